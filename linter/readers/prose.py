"""Runs of source text, gathered and tidied into blocks: the one place where blocks are made."""

from __future__ import annotations

import re

from msgspec.structs import replace

from linter.model import Block, BlockKind, Link, Piece, Span
from linter.source import Source

# Soft hyphens, zero-width spaces, word joiners and byte order marks, which web pages leave inside words.
_INVISIBLE = "\u00ad\u200b\u2060\ufeff"
# All that does not read as it stands; a single plain space does.
_UNTIDY = re.compile(rf"[^\S ]\s*| \s+|[{_INVISIBLE}]+")

BULLETS = "•‣▪▫◦●○■□✓✔✅"
"""Signs that begin an item of a list wherever they begin a line."""


class Prose:
    """Gathers the text of one block after another.

    White space of any kind and number (newlines, tabs, no-break spaces) reads as one space, and as nothing at the ends
    of a block; invisible characters read as nothing.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        # Start, end and text of every run; None says that the text is the source's own, and may grow with it.
        self._runs: list[tuple[int, int, str | None]] = []
        self._links: list[Link] = []
        self._wants_space = False  # whether a space would stand between words: not at the start, not behind another

    @property
    def is_empty(self) -> bool:
        """Whether nothing is gathered."""
        return not self._runs

    @property
    def last(self) -> tuple[str, int]:
        """The last code point that was gathered, "" if there is none, and where its source ends."""
        if not self._runs:
            return "", 0
        _, end, text = self._runs[-1]
        return self._source.text[end - 1] if text is None else text[-1], end

    def take(self, start: int, end: int) -> None:
        """Add the source from ``start`` to ``end`` as it stands."""
        for untidy in _UNTIDY.finditer(self._source.text, start, end):
            self._copy(start, untidy.start())
            if untidy[0].isspace():
                self._replace(" ", *untidy.span())
            start = untidy.end()
        self._copy(start, end)

    def put(self, text: str, start: int, end: int) -> None:
        """Add decoded ``text`` that the source from ``start`` to ``end`` stands for, as one whole.

        Raise ValueError for text that is as long as its source but differs: it would pass for a copy. One code point
        may stand for another, as a space does for a newline.
        """
        if text == self._source.text[start:end]:
            self.take(start, end)
            return
        tidy = _UNTIDY.sub(lambda untidy: " " if untidy[0].isspace() else "", text)
        if len(tidy) == end - start > 1:
            raise ValueError(f"decoded text is as long as its source: {tidy!r}")
        self._replace(tidy, start, end)

    def link(self, address: str) -> None:
        """Note that what comes next links to an address."""
        length = sum(end - start if text is None else len(text) for start, end, text in self._runs)
        self._links.append(Link(length, address))

    def block(self, kind: BlockKind, level: int = 0) -> Block | None:
        """Return what was gathered as a block, None if it holds no text; begin anew."""
        links, self._links = tuple(self._links), []
        pieces = [
            Piece(self._source.text[start:end] if text is None else text, Span(start, end))
            for start, end, text in self._runs
        ]
        if pieces and not self._wants_space:
            pieces[-1:] = _without_last_space(pieces[-1])
        self._runs, self._wants_space = [], False
        return replace(Block.of(kind, tuple(pieces), level), links=links) if pieces else None

    def _copy(self, start: int, end: int) -> None:
        if start < end and self._source.text[start] == " " and not self._wants_space:
            start += 1
        if start == end:
            return
        self._wants_space = self._source.text[end - 1] != " "
        if self._runs and self._runs[-1][1:] == (start, None):
            start = self._runs.pop()[0]
        self._runs.append((start, end, None))

    def _replace(self, text: str, start: int, end: int) -> None:
        if not self._wants_space:
            text = text.removeprefix(" ")
        if text:
            self._runs.append((start, end, text))
            self._wants_space = not text.endswith(" ")


def _without_last_space(piece: Piece) -> list[Piece]:
    """Return the piece without the space at its end, or nothing if it is no more than that."""
    if piece.text == " ":
        return []
    copied = len(piece.text) == piece.span.end - piece.span.start
    return [Piece(piece.text[:-1], Span(piece.span.start, piece.span.end - 1) if copied else piece.span)]
