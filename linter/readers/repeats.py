"""Metadata and alternative texts that only say again what a page says in its text, or what other metadata says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from linter.model import Block, BlockKind, Piece, Span

_REPEATING: frozenset[BlockKind] = frozenset({"title", "description", "alt"})
# What stands between the title of a page and the name of its site.
_SEPARATOR = re.compile(r"(?<!\s)\s+(?:[|–—·•»:/-]|::)\s+")
_LETTERS = re.compile(r"\w+")


def without_repeats(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks without those parts of titles, descriptions and alternative texts that are said elsewhere.

    The text that readers see counts before metadata, and of metadata what comes first. A title has parts: "Relief for
    knees | Our clinic" above the heading "Relief for knees" is no more than "Our clinic".
    """
    said = {_words(block.text) for block in blocks if block.kind not in _REPEATING}
    return [kept for block in blocks for kept in (_new(block, said) if block.kind in _REPEATING else [block])]


def _new(block: Block, said: set[str]) -> Iterator[Block]:
    """Yield what of a block is not said yet, and note that it is said now."""
    parts = [span for span in _parts(block) if _words(block.text[span.start : span.end]) not in said]
    whole = _words(block.text)
    if not parts or whole in said:
        return
    said |= {whole, *(_words(block.text[part.start : part.end]) for part in parts)}
    yield _cut(block, Span(parts[0].start, parts[-1].end))


def _parts(block: Block) -> Iterable[Span]:
    start = 0
    if block.kind == "title":
        for separator in _SEPARATOR.finditer(block.text):
            yield Span(start, separator.start())
            start = separator.end()
    yield Span(start, len(block.text))


def _words(text: str) -> str:
    """Return the words of a text as they are compared: without case, punctuation and white space."""
    return " ".join(_LETTERS.findall(text.casefold()))


def _cut(block: Block, span: Span) -> Block:
    """Return the part of a block that a range of its text comes from."""
    pieces, offset = [], 0
    for piece in block.pieces:
        start, end = max(span.start - offset, 0), min(span.end - offset, len(piece.text))
        if start < end:
            is_copy = len(piece.text) == piece.span.end - piece.span.start
            place = Span(piece.span.start + start, piece.span.start + end) if is_copy else piece.span
            pieces.append(Piece(piece.text[start:end], place))
        offset += len(piece.text)
    return Block.of(block.kind, tuple(pieces), block.level)
