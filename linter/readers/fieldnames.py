"""The names of fields in data, as the configuration writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from msgspec import Struct

ANY, _ANY_DEPTH = "*", "**"
_END = "\0"  # of a key; it stands in no text


class Fields(Struct, frozen=True, dict=True):
    """Ways to fields, as keys with dots between them; ``*`` is any key or item of a list, ``**`` any number of them."""

    ways: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.ways)

    def match(self, path: Iterable[str]) -> bool:
        """Whether one of the ways leads to the field at ``path``."""
        text = "".join(f"{key}{_END}" for key in path)
        return any(pattern.fullmatch(text) for pattern in self._patterns)

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile("".join(map(_pattern, way.split(".")))) for way in self.ways)


NO_FIELDS = Fields()


def _pattern(key: str) -> str:
    if key == _ANY_DEPTH:
        return f"(?:[^{_END}]*{_END})*"
    return f"[^{_END}]*{_END}" if key == ANY else re.escape(key) + _END
