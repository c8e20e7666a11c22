"""Source lines with some of their words marked, laid out for a terminal."""

from __future__ import annotations

import functools
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from msgspec import Struct

from linter.model import Position
from linter.source import Source

WIDTH = 92
"""Columns that a line may take; a longer one is cut around the marked words."""
MOST_LINES = 4
TAB = 4
_REACH = 2 * WIDTH  # farther from the marked words, a line is not looked at: a whole page can be one line

_ZERO_WIDTH_JOINER = "\u200d"
_SOFT_HYPHEN = "\u00ad"  # terminals show it as a hyphen
# Code points of one column that are shown as they are, and of which most lines are made.
_PLAIN = re.compile("[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027]*")
# What moves the cursor or turns the direction of writing would spoil the layout, or let a file forge a report.
_UNSHOWABLE = re.compile("[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class _Cells(Struct, frozen=True):
    """The code points of a line as they are shown, and the column at which each begins; behind them, where all end."""

    texts: Sequence[str]
    columns: Sequence[int]

    def width(self, start: int, end: int) -> int:
        """The columns from one to another."""
        return self.columns[end] - self.columns[start]

    def back(self, end: int, room: int) -> int:
        """The start of the longest run of cells up to ``end`` that fits into ``room``."""
        return bisect_left(self.columns, self.columns[end] - room, 0, end)

    def ahead(self, start: int, room: int) -> int:
        """The end of the longest run of cells from ``start`` on that fits into ``room``."""
        return bisect_right(self.columns, self.columns[start] + room, start) - 1


def excerpt(source: Source, start: Position, end: Position) -> list[tuple[str, str]]:
    """The lines from ``start`` to ``end``, each with the marks under it; of many, the first ones and the last.

    Only their offsets count: lines and columns may be those of print.
    """
    start, end = source.position(start.offset), source.position(end.offset)
    numbers = list(range(start.line, end.line + 1))
    left_out = len(numbers) > MOST_LINES
    if left_out:
        numbers = [*numbers[: MOST_LINES - 1], numbers[-1]]
    lines = []
    for number in numbers:
        if left_out and number == end.line:
            lines.append(("…", ""))
        text = source.line_text(number)
        first = start.column - 1 if number == start.line else len(text) - len(text.lstrip())
        last = end.column - 1 if number == end.line else len(text.rstrip())
        if first < last:
            lines.append(_marked(text, first, last))
    return lines


def printable(text: str) -> str:
    """``text`` on one line, without anything that would steer a terminal."""
    return _UNSHOWABLE.sub("\N{REPLACEMENT CHARACTER}", text.replace("\t", " "))


def _marked(line: str, start: int, end: int) -> tuple[str, str]:
    """A line, cut to ``WIDTH``, and the marks under its code points ``start`` to ``end``."""
    left = max(0, start - _REACH)
    right = min(end, start + _REACH) + _REACH
    cells = _cells(line[left:right])
    start, end = start - left, min(end, right) - left
    first, last = _window(cells, start, end)
    before = "… " if left + first > 0 else ""
    after = " …" if left + last < len(line) else ""
    shown = before + "".join(cells.texts[first:last]) + after
    margin = len(before) + cells.width(first, start)
    return shown.rstrip(), " " * margin + "~" * max(1, cells.width(start, min(end, last)))


def _window(cells: _Cells, start: int, end: int) -> tuple[int, int]:
    """The part of a line to show: all that fits around the marked words, cut between words."""
    texts = cells.texts
    if cells.width(0, len(texts)) <= WIDTH:
        return 0, len(texts)
    room = WIDTH - cells.width(start, end)
    if room <= 0:
        return start, _between_words(texts, start, cells.ahead(start, WIDTH))
    after = cells.ahead(end, room - min(room // 2, cells.width(0, start)))
    before = cells.back(start, room - cells.width(end, after))
    while 0 < before < start and not texts[before - 1].isspace():
        before += 1
    return before, _between_words(texts, end, after)


def _between_words(texts: Sequence[str], start: int, end: int) -> int:
    """The last place up to ``end`` where a word ends, if there is one from ``start`` on; otherwise ``end``."""
    places = (place for place in range(end, start - 1, -1) if place == len(texts) or texts[place].isspace())
    return next(places, end)


def _cells(text: str) -> _Cells:
    if _PLAIN.fullmatch(text):
        return _Cells(text, range(len(text) + 1))
    texts, columns = [], [0]
    joined = False
    for character in text:
        shown, width = _tab(columns[-1]) if character == "\t" else _cell(character)
        if joined:  # what follows a joiner melts into one emoji with what stands before it
            width = 0
        joined = character == _ZERO_WIDTH_JOINER
        texts.append(shown)
        columns.append(columns[-1] + width)
    return _Cells(texts, columns)


def _tab(column: int) -> tuple[str, int]:
    width = TAB - column % TAB
    return " " * width, width


@functools.lru_cache(maxsize=4096)
def _cell(character: str) -> tuple[str, int]:
    """A code point as it is shown, and the columns that it takes."""
    if _UNSHOWABLE.match(character):
        return "\N{REPLACEMENT CHARACTER}", 1
    if unicodedata.category(character) in ("Mn", "Me", "Cf") and character != _SOFT_HYPHEN:
        return character, 0
    return character, 2 if unicodedata.east_asian_width(character) in "WF" else 1
