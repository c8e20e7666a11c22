"""Text in text: a field of data that is itself prose or HTML, read as such, with positions in the file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate

from msgspec.structs import replace

from linter.model import Block, Document, Piece, Span
from linter.readers.quoted import Part
from linter.source import Source


def read_part(source: Source, parts: Sequence[Part], read: Callable[[Source], Document]) -> list[Block]:
    """Read what parts of a source read, one behind the other, and return the blocks with positions in the source."""
    parts = [part for part in parts if part[2]]
    starts = list(accumulate((len(text) for _, _, text in parts), initial=0))
    derived = Source(source.path, "".join(text for _, _, text in parts))
    return [
        replace(block, pieces=tuple(_joined(piece for each in block.pieces for piece in _placed(each, parts, starts))))
        for block in read(derived).blocks
    ]


def _placed(piece: Piece, parts: Sequence[Part], starts: Sequence[int]) -> list[Piece]:
    """Return a piece of the derived text as pieces of the source: a copy may be cut where parts end, a whole is one."""
    pieces: list[Piece] = []
    index, start = bisect_right(starts, piece.span.start) - 1, piece.span.start
    while start < piece.span.end:
        first, last, text = parts[index]
        end = min(piece.span.end, starts[index + 1])
        if last - first == len(text):
            first, last = first + start - starts[index], first + end - starts[index]
        pieces.append(Piece(piece.text[start - piece.span.start : end - piece.span.start], Span(first, last)))
        start, index = end, index + 1
    if len(piece.text) == piece.span.end - piece.span.start:
        return pieces
    return [Piece(piece.text, Span(pieces[0].span.start, pieces[-1].span.end))]


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the pieces, with those that come from the same place as one."""
    last: Piece | None = None
    for piece in pieces:
        if last and piece.span.start < last.span.end:
            last = Piece(last.text + piece.text, Span(last.span.start, max(last.span.end, piece.span.end)))
            continue
        if last:
            yield last
        last = piece
    if last:
        yield last
