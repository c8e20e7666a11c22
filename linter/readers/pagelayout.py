"""Lines of print into blocks: which go on with the line above, which are headings, which only repeat on every page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from linter.readers.prose import BULLETS

_MARKER = re.compile(rf"[{BULLETS}\uf0b7\uf0a7]\ufe0f?\s*|[-*–]\s+|\d{{1,2}}[.)]\s+")
_CLOSED = re.compile(r"[.!?:…][\"'”’»)\]]*$")
_PAGE_NUMBER = re.compile(r"(?:page )?\d{1,4}(?: ?(?:/|of) ?\d{1,4})?", re.IGNORECASE)
_ANY_NUMBER = re.compile(r"\d+")
_LOWEST = 6
_MOST_WORDS = 16  # of a heading
_LARGER = 1.12  # than the text, as headings are
_LEADING = 1.75  # times their size: lines that stand closer belong together
_FULL = 0.88  # of the longest line of its column: the first word of the next line had no room there
_SHORTEST_COLUMN = 40
_RUNNING_PAGES = 3
_EDGE_LINES = 2  # of a page, at its top and bottom, that may be running titles


class Line(Struct, frozen=True):
    """A line of print: its text, its page (from 1), where it begins (in points, upwards), its size, whether in bold."""

    text: str
    page: int
    x: float
    y: float
    size: float
    is_bold: bool


class Group(Struct, frozen=True):
    """The lines of one block, by their numbers, and the HTML element that it is: a heading, an item, a paragraph."""

    name: str
    lines: tuple[int, ...]


def group_lines(lines: Sequence[Line]) -> list[Group]:
    """Gather lines, in reading order and none of them blank, into blocks; page numbers and running titles are left out.

    A running title is read where it stands first.
    """
    text_size = _text_size(lines)
    sizes = sorted({round(line.size) for line in lines if line.size > text_size * _LARGER}, reverse=True)
    columns = _columns(lines)
    repeated = _repeated(lines)
    groups: list[Group] = []
    for number, line in enumerate(lines):
        if number in repeated:
            continue
        last = lines[groups[-1].lines[-1]] if groups else None
        if last and _goes_on(last, line, columns[_column(last)]):
            groups[-1] = replace(groups[-1], lines=(*groups[-1].lines, number))
        else:
            groups.append(Group(_name(line, sizes), (number,)))
    return [_checked(group, [lines[number] for number in group.lines]) for group in groups]


def marker_length(text: str) -> int:
    """Return how many code points the bullet or number at the beginning of an item takes, 0 if there is none."""
    marker = _MARKER.match(text)
    return marker.end() if marker else 0


def _text_size(lines: Iterable[Line]) -> float:
    """Return the size in which most of the text stands."""
    counts: Counter[float] = Counter()
    for line in lines:
        counts[line.size] += len(line.text)
    return max(counts, key=lambda size: counts[size], default=0)


def _column(line: Line) -> tuple[int, int, int]:
    return line.page, round(line.x / 4), round(line.size)


def _columns(lines: Iterable[Line]) -> dict[tuple[int, int, int], int]:
    """Return the length of the longest line of every column."""
    columns: defaultdict[tuple[int, int, int], int] = defaultdict(lambda: _SHORTEST_COLUMN)
    for line in lines:
        columns[_column(line)] = max(columns[_column(line)], len(line.text))
    return columns


def _goes_on(last: Line, line: Line, longest: int) -> bool:
    """Whether a line goes on with the last one, in a column whose longest line has this length."""
    if _MARKER.match(line.text) or round(line.size) != round(last.size):
        return False
    is_open, goes_on_small = not _CLOSED.search(last.text), line.text[0].islower()
    if line.is_bold != last.is_bold and not (is_open and goes_on_small):
        return False
    is_full = len(last.text) + 1 + len(line.text.split()[0]) >= longest * _FULL
    is_near = line.page == last.page and 0 < last.y - line.y <= line.size * _LEADING
    if is_near:
        return goes_on_small or is_full
    is_elsewhere = line.page != last.page or line.y > last.y
    return is_elsewhere and is_open and (goes_on_small or is_full)


def _name(line: Line, sizes: Sequence[int]) -> str:
    if round(line.size) in sizes and len(line.text.split()) <= _MOST_WORDS:
        return f"h{min(sizes.index(round(line.size)) + 1, _LOWEST)}"
    if _MARKER.match(line.text):
        return "li"
    return f"h{_LOWEST}" if line.is_bold else "p"


def _checked(group: Group, lines: Sequence[Line]) -> Group:
    """Return a group that only looked like a heading as a paragraph."""
    is_heading = group.name.startswith("h")
    words = sum(len(line.text.split()) for line in lines)
    is_sentence = group.name == f"h{_LOWEST}" and lines[-1].text.endswith((".", ":", ",", ";"))
    return replace(group, name="p") if is_heading and (words > _MOST_WORDS or is_sentence) else group


def _repeated(lines: Sequence[Line]) -> set[int]:
    """Return the numbers of lines that are page numbers, or running titles that stood on a page before."""
    pages: defaultdict[int, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        pages[line.page].append(number)
    places: defaultdict[str, list[int]] = defaultdict(list)
    for numbers in pages.values():
        numbers.sort(key=lambda number: -lines[number].y)
        for number in dict.fromkeys(numbers[:_EDGE_LINES] + numbers[-_EDGE_LINES:]):
            places[_ANY_NUMBER.sub("0", lines[number].text)].append(number)
    repeated = {
        number
        for numbers in places.values()
        for number in numbers[1:]
        if len({lines[place].page for place in numbers}) >= max(_RUNNING_PAGES, len(pages) / 2)
    }
    edges = {number for numbers in places.values() for number in numbers}
    return repeated | {number for number in edges if _PAGE_NUMBER.fullmatch(lines[number].text)}
