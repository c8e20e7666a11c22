"""The flow of markup, element by element, into blocks; elements bear their HTML names, in every format."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection

from msgspec.structs import replace

from linter.model import Block, BlockKind, Span
from linter.readers.prose import BULLETS, Prose
from linter.source import Source

_QUESTION = "summary"  # what opens and closes something: that which it is called
_LISTS = frozenset({"ul", "ol", "menu", "dir"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TITLES = _HEADINGS | {_QUESTION}
_CELLS = frozenset({"td", "th"})
_TERMS = frozenset({"dt", "dd"})
# The innermost of these that is open says which kind of block a text is; without any it is a paragraph.
_KINDS: dict[str, BlockKind] = {
    **dict.fromkeys(_HEADINGS, "heading"),
    _QUESTION: "heading",
    **dict.fromkeys(_CELLS, "cell"),
    "li": "item",
    "caption": "caption",
    "figcaption": "caption",
    "title": "title",
}
# fmt: off
# Elements that end the block before them and the block in them.
_BLOCKS = frozenset(_KINDS) | _LISTS | {
    "address", "article", "aside", "blockquote", "body", "button", "center", "dd", "details", "dialog", "div", "dl",
    "dt", "fieldset", "figure", "footer", "form", "head", "header", "hgroup", "hr", "html", "legend", "main", "nav",
    "option", "p", "pre", "search", "section", "select", "table", "tbody", "tfoot", "thead", "tr",
}
# What stands in these is never seen, or leads elsewhere, or is there to choose from.
_HIDDEN = frozenset({
    "datalist", "iframe", "math", "nav", "noscript", "object", "script", "select", "style", "svg", "template",
    "textarea",
})
# What stands in these is code, or taken back, or no word: superscripts are reference marks, trade marks, exponents.
_UNREAD = frozenset({"code", "del", "kbd", "pre", "s", "samp", "strike", "sup"})
# fmt: on
_DROPPED = _HIDDEN | _UNREAD
_QUOTATION = frozenset({"blockquote"})
_SPEAKER = frozenset({"cite", "figcaption", "footer"})  # in a quotation these say whose it is
_ALT = "img"
_DEEPEST = 512  # browsers nest no deeper
_LOWEST = 6  # of the levels of headings

# Elements that a start tag closes, if one of them is open.
_CLOSED_BY: dict[str, Collection[str]] = {
    "li": {"li"},
    "tr": {"tr"} | _CELLS,
    **dict.fromkeys(_CELLS, _CELLS),
    **dict.fromkeys(_TERMS, _TERMS),
    **dict.fromkeys(_HEADINGS, _HEADINGS),
    **{name: {"p"} for name in ("p", "ul", "ol", "dl", "table", "div", "section", "blockquote")},
}
# How far out an end, written or implied, can reach: those of phrases to their block, those of other blocks and of what
# is not read through everything.
_LIMITS: dict[str, Collection[str]] = {
    **dict.fromkeys(_BLOCKS | _DROPPED, ()),
    "li": _LISTS,
    **{name: {"table"} for name in ("tr", *_CELLS)},
    **{name: {"dl"} for name in _TERMS},
    "p": _LISTS | _CELLS | {"li", "table", "caption"},
}
# Names that elements have besides their own.
_BLOCK, _HIDES, _DROPS = "a block", "hides", "drops"
_SHARED = {
    name: tuple(shared for shared, names in ((_BLOCK, _BLOCKS), (_HIDES, _HIDDEN), (_DROPS, _DROPPED)) if name in names)
    for name in _BLOCKS | _DROPPED
}


# Two phrases with nothing but their tags between them stand in boxes of their own if the first ends so, and the next
# begins with a capital: "relief</span><span>More", not "<b>A</b><i>CL</i>".
_ENDS_PHRASE = re.compile(r"[^\W_A-Z]|[.!?:;,)%”’…]")
_BULLET = re.compile(rf"\s*[{BULLETS}]\ufe0f?\s*")


class Flow:
    """Collects blocks while a reader goes through its source: opens and closes elements, and adds text in between.

    Nothing that is opened or closed is an error: a stray end is nothing, a missing one is implied. ``comments`` holds
    where comments stand, without their marks; ``ends`` the offsets behind which the sections of headings of a level end
    without another heading.
    """

    def __init__(self, source: Source) -> None:
        self.comments: list[Span] = []
        self.ends: list[tuple[int, int]] = []
        self._sections: list[int] = []  # of questions that open their answers: the places of the elements around them
        self._blocks: list[Block] = []
        self._open: list[tuple[str, ...]] = []  # the names of each open element, outermost first
        # Where in that list each name is, so that a search takes no longer the deeper a page is.
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        self._source = source
        self._prose = Prose(source)
        self._alt = Prose(source)
        self._asides: list[Block] = []  # wait for the end of the block that they stand in
        self._is_line_new = False
        self._is_item = False  # by a bullet, not by its element
        self._cells: list[tuple[int, int]] = []  # row and column in each open table, outermost first
        self._seam = 0  # between two phrases without anything between them: 1 behind the first, 2 in the second

    def open(self, name: str, likeness: str = "") -> None:
        """Begin an element, which may be like another in all but name: a ``div`` that is marked as a heading.

        ``img`` is one whose text is its alternative text.
        """
        if likeness == _QUESTION and self._innermost(_TITLES) >= 0:
            likeness = ""
        if self._is_block(name) or likeness in _BLOCKS:
            self.break_block()
        elif self._seam:
            self._seam = 2
        if name in _CLOSED_BY:
            self._pop(_CLOSED_BY[name], limits={_HIDES})
        if len(self._open) >= _DEEPEST:
            return
        names = (name, likeness, *_SHARED.get(name, ()), *_SHARED.get(likeness, ()))
        self._push(tuple(dict.fromkeys(filter(None, names))))
        self._count_cell(names)
        if _QUESTION in names:
            self._begin_section()

    def close(self, name: str) -> None:
        """End an element, and all that is still open in it."""
        if name == _ALT:
            self.aside(self._alt, "alt")
        if self._is_block(name):
            self.break_block()
        elif name and not self._seam:
            self._seam = 1
        self._pop({name})

    def take(self, start: int, end: int) -> None:
        """Add the source from ``start`` to ``end`` as it stands, without a bullet at the beginning of a line."""
        if bullet := self._bullet(self._source.text, start, end):
            self._begin_item()
            start = bullet.end()
        if start < end and (target := self._target_for(self._source.text[start:end], start)):
            target.take(start, end)

    def put(self, text: str, start: int, end: int) -> None:
        """Add decoded ``text`` that the source from ``start`` to ``end`` stands for."""
        if self._bullet(text, 0, len(text)):
            self._begin_item()
        elif text and (target := self._target_for(text, start)):
            target.put(text, start, end)

    def link(self, address: str) -> None:
        """Note that what comes next links to an address, also where it is only a mark that is not read."""
        if not self._places[_HIDES]:
            self._prose.link(address)

    def break_line(self, start: int, end: int) -> None:
        """End the line, which the source from ``start`` to ``end`` says; an empty line ends the block."""
        if self._is_line_new:
            self.break_block()
        else:
            self.put(" ", start, end)
        self._is_line_new = True

    def aside(self, prose: Prose, kind: BlockKind) -> None:
        """Add a block of its own, which comes behind the one that it stands in."""
        block = prose.block(kind)
        if block and not self._is_dropping():
            self._asides.append(block)

    def break_block(self) -> None:
        """End the block that is being gathered; the next text begins another."""
        if not self._prose.is_empty and (block := self._prose.block(*self._kind())):
            row, column = self._cells[-1] if self._cells and self._innermost(_CELLS) >= 0 else (0, 0)
            self._blocks.append(replace(block, is_quoted=self._is_quoting(), row=row, column=column))
        self._blocks += self._asides
        self._asides.clear()
        self._is_line_new = self._is_item = False
        self._seam = 0

    def end_scrap(self) -> None:
        """End the block, and the phrases open in it: a forgotten ``</del>`` must not hide the rest of a page."""
        self.break_block()
        kept = {place: names for place, names in enumerate(self._open) if _BLOCK in names or _HIDES in names}
        self._sections = [number for number, place in enumerate(kept) if place in self._sections]
        self._open.clear()
        self._places.clear()
        for names in kept.values():
            self._push(names)

    def finish(self) -> list[Block]:
        """End the last block and return all of them, in reading order."""
        self.break_block()
        return self._blocks

    def _kind(self) -> tuple[BlockKind, int]:
        """Return the kind and level of the text that stands here."""
        place = self._innermost(_KINDS)
        name = next((name for name in self._open[place] if name in _KINDS), "") if place >= 0 else ""
        kind = _KINDS.get(name, "paragraph")
        if name == _QUESTION:
            return kind, _LOWEST + max(1, len(self._sections))
        if kind == "heading":
            return kind, int(name[1])
        if kind == "item" or (kind in ("paragraph", "cell") and self._is_item):
            return "item", max(1, sum(len(self._places[name]) for name in _LISTS))
        return kind, 0

    def _target_for(self, text: str, start: int) -> Prose | None:
        """Return what the text that stands at ``start`` is to be added to, None if it is not read."""
        if self._is_dropping():
            return None
        if self._places[_ALT]:
            return self._alt
        last, end = self._prose.last
        if self._seam == 2 and _ENDS_PHRASE.match(last) and text[0].isupper():
            self._prose.put(" ", end, start)
        self._seam = 0
        self._is_line_new = self._is_line_new and text.isspace()
        return self._prose

    def _bullet(self, text: str, start: int, end: int) -> re.Match[str] | None:
        is_line = self._is_line_new or self._prose.is_empty
        return _BULLET.match(text, start, end) if is_line and not self._is_dropping() else None

    def _count_cell(self, names: Collection[str]) -> None:
        """Note that a table, a row or a cell begins."""
        if "table" in names:
            self._cells.append((0, 0))
        elif self._cells and "tr" in names:
            self._cells[-1] = (self._cells[-1][0] + 1, 0)
        elif self._cells and not _CELLS.isdisjoint(names):
            self._cells[-1] = (self._cells[-1][0], self._cells[-1][1] + 1)

    def _begin_item(self) -> None:
        self.break_block()
        self._is_item = True

    def _is_block(self, name: str) -> bool:
        return name in _BLOCKS or (name in _SPEAKER and self._innermost(_QUOTATION) >= 0)

    def _is_dropping(self) -> bool:
        return bool(self._places[_DROPS])

    def _is_quoting(self) -> bool:
        return self._innermost(_QUOTATION) > self._innermost(_SPEAKER)

    def _innermost(self, names: Collection[str]) -> int:
        """Return the place of the innermost open element that has one of these names, -1 if there is none."""
        return max((places[-1] for name in names if (places := self._places.get(name))), default=-1)

    def _begin_section(self) -> None:
        """Begin the section of a question that opens its answer; it ends with the element around the question."""
        parent = len(self._open) - 2
        while self._sections and self._sections[-1] >= parent:
            self._sections.pop()
        self._sections.append(parent)

    def _end_sections(self, place: int) -> None:
        """End the sections in the element at ``place``, behind the last block."""
        while self._sections and self._sections[-1] >= place:
            self._sections.pop()
            if self._blocks:
                self.ends.append((self._blocks[-1].pieces[-1].span.end, _LOWEST + 1 + len(self._sections)))

    def _push(self, names: tuple[str, ...]) -> None:
        for name in names:
            self._places[name].append(len(self._open))
        self._open.append(names)

    def _pop(self, names: Collection[str], limits: Collection[str] = ()) -> None:
        """Close the innermost of the named elements, and all inside it, unless a limit (of theirs) stands before it."""
        place = self._innermost(names)
        if place < 0 or (place < len(self._open) - 1 and self._is_barred(names, limits, place)):
            return
        if any(_BLOCK in closed for closed in self._open[place:]):
            self.break_block()
        self._end_sections(place)
        for closed in reversed(self._open[place:]):
            for name in closed:
                self._places[name].pop()
            if "table" in closed:
                self._cells.pop()
        del self._open[place:]

    def _is_barred(self, names: Collection[str], limits: Collection[str], place: int) -> bool:
        """Whether a limit, or one of these names' own, stands between here and the element at ``place``."""
        if self._innermost(limits) > place:
            return True
        # A forgotten end must not hide what comes behind it: those of hidden phrases reach beyond their block.
        of_phrase = () if _DROPS in self._open[place] else (_BLOCK,)
        return any(self._innermost(_LIMITS.get(name, of_phrase)) > place for name in names)
