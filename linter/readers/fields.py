"""The fields of data (feeds, translations, front matter) that are copy, as the configuration names them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from linter.model import Block, Document, InputError
from linter.readers.derived import read_part
from linter.readers.fieldnames import ANY, Fields
from linter.readers.html import read_html
from linter.readers.outline import document
from linter.readers.quoted import Part
from linter.readers.text import read_text
from linter.source import Source

_MARKUP = re.compile(r"</?(?:p|br|div|span|ul|ol|li|h[1-6]|b|i|u|em|strong|a|table|section|blockquote)\b[^<>]*>", re.I)
_MOST_TOLD = 8


class Field(Struct, frozen=True):
    """A text in data: the keys that lead to it (of items in lists, their numbers), and what each part of it reads."""

    path: tuple[str, ...]
    parts: Callable[[], Sequence[Part]]


def read_fields(source: Source, found: Iterable[Field], fields: Fields) -> Document:
    """Read those of the fields found in a source that are named; each is HTML, if it has tags, or plain text.

    Raise InputError if none is named, or none of the names is there although others are.
    """
    if not fields:
        raise InputError("no fields of this file are copy; name some under “fields” in the configuration", source.path)
    blocks: list[Block] = []
    others: dict[str, None] = {}
    is_found = False
    for field in found:
        if fields.match(field.path):
            is_found = True
            blocks += read_part(source, field.parts(), _read)
        elif len(others) < _MOST_TOLD:
            others[_way(field.path)] = None
    if others and not is_found:
        message = f"found no field {_either(fields.ways)}; expected one of {', '.join(others)}"
        raise InputError(message, source.path)
    return document(source, blocks)


def _read(source: Source) -> Document:
    return read_html(source) if _MARKUP.search(source.text) else read_text(source)


def _way(path: Iterable[str]) -> str:
    return ".".join(ANY if key.isdecimal() else key for key in path)


def _either(ways: Sequence[str]) -> str:
    return " or ".join(f"“{way}”" for way in ways)
