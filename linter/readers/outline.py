"""What stands above a block: the headings of its section, and the words that lead in to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from linter.model import Block, Document, Span
from linter.source import Source

# Blocks that stand aside from the text: a list's lead-in is looked for beyond them.
_ASIDES = ("cell", "alt", "caption", "title", "description")


# Longer first rows are no heads: tables also lay out pages.
_LONGEST_HEAD = 60

Ends = Sequence[tuple[int, int]]
"""Offsets behind which sections of headings of a level end without another heading."""


def document(source: Source, blocks: Sequence[Block], comments: Iterable[Span] = (), ends: Ends = ()) -> Document:
    """Make the document of a source from its blocks, in reading order, and its comments, and fill in its outline."""
    return Document(source.path, outline(blocks, ends), tuple(sorted(comments)))


def outline(blocks: Sequence[Block], ends: Ends = ()) -> tuple[Block, ...]:
    """Return the blocks with ``section`` and ``lead_in`` filled in.

    A lead-in is a block that ends with a colon. It leads in to the items of the list below it, or to the headings of
    one level below it ("The most common include:" and numbered headings), as long as no outer heading ends them. A
    heading, or a paragraph that reads like one, leads in to a list right below it ("Potential benefits"). A nested item
    is led in by the item that holds it, or else by whatever leads in to that one; a cell by the head of its column.
    """
    trail = _Trail(ends)
    return tuple(trail.place(index, block) for index, block in enumerate(blocks))


class _Trail:
    """What a reader who has come to a block still has in mind."""

    def __init__(self, ends: Ends) -> None:
        self._ends = list(reversed(ends))  # those to come
        self._headings: list[Block] = []  # open sections, outermost first
        self._items: list[tuple[int, int | None]] = []  # open items: level, and what leads in to items inside them
        self._last: int | None = None  # the block right before, asides left out, if it leads in
        self._list_lead: int | None = None  # what leads in to the outermost items of a list here
        self._heads: dict[int, int] = {}  # of the columns of this table: their cells in its first row
        self._row = 0  # of the last cell
        self._topics: list[tuple[int, int]] = []  # levels of headings that are led in, and their lead-ins, outer first

    def place(self, index: int, block: Block) -> Block:
        """Return the block, which has this index, with its section and lead-in."""
        while self._ends and self._ends[-1][0] <= block.pieces[0].span.start:
            _, level = self._ends.pop()
            self._leave(level)
        if block.kind == "heading":
            placed = self._heading(block)
        elif block.kind == "item":
            placed = self._item(index, block)
        elif block.row:
            placed = self._cell(index, block)
        else:
            placed = replace(block, section=self._section())
        if block.kind not in _ASIDES:
            self._last = index if _leads_in(block) else None
            if block.kind != "item":
                self._list_lead, self._items = index if _is_title(block) else self._last, []
        return placed

    def _section(self) -> tuple[str, ...]:
        return tuple(heading.text for heading in self._headings)

    def _heading(self, block: Block) -> Block:
        # Only a heading deeper than the section that the lead-in stands in can complete it.
        depth = self._headings[-1].level if self._headings else 0
        while self._topics and self._topics[-1][0] > block.level:
            self._topics.pop()
        if self._last is not None and block.level > depth:
            self._topics.append((block.level, self._last))
        self._leave(block.level)
        lead_in = self._topics[-1][1] if self._topics and self._topics[-1][0] == block.level else None
        placed = replace(block, section=self._section(), lead_in=lead_in)
        self._headings.append(block)
        return placed

    def _leave(self, level: int) -> None:
        """Leave the sections of headings of this level, and those in them."""
        while self._headings and self._headings[-1].level >= level:
            self._headings.pop()

    def _item(self, index: int, block: Block) -> Block:
        while self._items and self._items[-1][0] >= block.level:
            self._items.pop()
        lead_in = self._items[-1][1] if self._items else self._list_lead
        self._items.append((block.level, index if _leads_in(block) else lead_in))
        return replace(block, section=self._section(), lead_in=lead_in)

    def _cell(self, index: int, block: Block) -> Block:
        if block.row < self._row or (block.row == 1 and block.column in self._heads):  # this is another table
            self._heads = {}
        self._row = block.row
        if block.row == 1 and len(block.text) <= _LONGEST_HEAD:
            self._heads[block.column] = index
        lead_in = self._heads.get(block.column) if block.row > 1 else None
        return replace(block, section=self._section(), lead_in=lead_in)


def _is_title(block: Block) -> bool:
    """Whether this is a heading, or reads like one: a few words in bold that end in nothing."""
    return block.kind == "heading" or (len(block.text) <= _LONGEST_HEAD and block.text[-1].isalnum())


def _leads_in(block: Block) -> bool:
    return block.text.endswith(":")
