"""The text report on a file, kept: to lay it out takes longer than to look it up."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping

import msgspec
from msgspec.structs import replace

from linter.cache import Cache, cache_key
from linter.model import FileReport
from linter.reports.text import render_file


def kept_text(cache: Cache, citations: Mapping[str, str]) -> Callable[[FileReport], str]:
    """A function that gives what ``render_file`` makes of a file, now or earlier."""
    names = msgspec.msgpack.encode(dict(citations))

    def text(file: FileReport) -> str:
        found = msgspec.msgpack.encode(replace(file, path=""))
        key = cache_key("text", names, os.fsencode(file.path), found)
        kept = cache.find([key]).get(key)
        if kept is None:
            kept = render_file(file, citations).encode("utf-8", "surrogatepass")
            cache.keep({key: kept})
        return kept.decode("utf-8", "surrogatepass")

    return text
