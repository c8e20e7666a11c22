"""The flow of markup, element by element, into blocks; elements bear their HTML names, in every format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from linter.model import Block, BlockKind
from linter.readers.prose import Prose
from linter.source import Source

_LISTS = frozenset({"ul", "ol", "menu", "dir"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CELLS = frozenset({"td", "th"})
# The innermost of these that is open says which kind of block a text is; without any it is a paragraph.
_KINDS: dict[str, BlockKind] = {
    **dict.fromkeys(_HEADINGS, "heading"),
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
    "option", "p", "pre", "search", "section", "select", "summary", "table", "tbody", "tfoot", "thead", "tr",
}
# What stands in these is never seen.
_HIDDEN = frozenset({"iframe", "math", "noscript", "object", "script", "style", "svg", "template"})
# What stands in these is code, or taken back, or no word: superscripts are reference marks, trade marks, exponents.
_UNREAD = frozenset({"code", "del", "kbd", "pre", "s", "samp", "strike", "sup"})
# fmt: on
_DROPPED = _HIDDEN | _UNREAD
_ALT = "img"
_DEEPEST = 512  # browsers nest no deeper; it bounds the time that a runaway page takes

# Elements that a start tag closes, if one of them is open.
_CLOSED_BY: dict[str, Collection[str]] = {
    "li": {"li"},
    "tr": {"tr"} | _CELLS,
    **dict.fromkeys(_CELLS, _CELLS),
    **dict.fromkeys(_HEADINGS, _HEADINGS),
    **{name: {"p"} for name in ("p", "ul", "ol", "dl", "table", "div", "section", "blockquote")},
}
# How far out an end, written or implied, can reach; those of other elements reach through everything.
_LIMITS: dict[str, Collection[str]] = {
    "li": _LISTS,
    **{name: {"table"} for name in ("tr", *_CELLS)},
    "p": _LISTS | _CELLS | {"li", "table", "caption"},
}


class Flow:
    """Collects blocks while a reader goes through its source: opens and closes elements, and adds text in between.

    Nothing that is opened or closed is an error: a stray end is nothing, a missing one is implied.
    """

    def __init__(self, source: Source) -> None:
        self._blocks: list[Block] = []
        self._open: list[str] = []  # outermost first; only elements that matter here
        self._counts: Counter[str] = Counter()  # of what is open, so that what is not open need not be looked for
        self._prose = Prose(source)
        self._alt = Prose(source)
        self._asides: list[Block] = []  # wait for the end of the block that they stand in

    def open(self, name: str) -> None:
        """Begin an element. ``img`` is one whose text is its alternative text."""
        if name in _BLOCKS:
            self.break_block()
        if name in _CLOSED_BY:
            self._pop(_CLOSED_BY[name], limits=_HIDDEN)
        matters = name in _BLOCKS or name in _HIDDEN or name in _UNREAD or name == _ALT
        if matters and len(self._open) < _DEEPEST:
            self._open.append(name)
            self._counts[name] += 1

    def close(self, name: str) -> None:
        """End an element, and all that is still open in it."""
        if name == _ALT:
            self.aside(self._alt, "alt")
        if name in _BLOCKS:
            self.break_block()
        self._pop({name})

    def take(self, start: int, end: int) -> None:
        """Add the source from ``start`` to ``end`` as it stands."""
        if target := self._target():
            target.take(start, end)

    def put(self, text: str, start: int, end: int) -> None:
        """Add decoded ``text`` that the source from ``start`` to ``end`` stands for."""
        if target := self._target():
            target.put(text, start, end)

    def aside(self, prose: Prose, kind: BlockKind) -> None:
        """Add a block of its own, which comes behind the one that it stands in."""
        block = prose.block(kind)
        if block and not self._is_dropping():
            self._asides.append(block)

    def break_block(self) -> None:
        """End the block that is being gathered; the next text begins another."""
        if not self._prose.is_empty and (block := self._prose.block(*self._kind())):
            self._blocks.append(block)
        self._blocks += self._asides
        self._asides.clear()

    def end_scrap(self) -> None:
        """End the block, and the phrases open in it: a forgotten ``</del>`` must not hide the rest of a page."""
        self.break_block()
        self._open = [name for name in self._open if name not in _UNREAD]
        self._counts = Counter(self._open)

    def finish(self) -> list[Block]:
        """End the last block and return all of them, in reading order."""
        self.break_block()
        return self._blocks

    def _kind(self) -> tuple[BlockKind, int]:
        """Return the kind and level of the text that stands here."""
        name = next((name for name in reversed(self._open) if name in _KINDS), "p")
        kind = _KINDS.get(name, "paragraph")
        if kind == "heading":
            return kind, int(name[1])
        return kind, max(1, sum(self._counts[name] for name in _LISTS)) if kind == "item" else 0

    def _target(self) -> Prose | None:
        if self._is_dropping():
            return None
        return self._alt if self._counts[_ALT] else self._prose

    def _is_dropping(self) -> bool:
        return any(self._counts[name] for name in _DROPPED)

    def _pop(self, names: Collection[str], limits: Collection[str] = ()) -> None:
        """Close the innermost of the named elements, and all inside it, unless a limit (of theirs) stands before it."""
        if not any(self._counts[name] for name in names):
            return
        for index in reversed(range(len(self._open))):
            name = self._open[index]
            if name in names:
                self._counts.subtract(self._open[index:])
                del self._open[index:]
                return
            if name in limits or any(name in _LIMITS.get(closed, ()) for closed in names):
                return
