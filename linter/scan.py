"""A text as phrases are looked for in it: where each of its words and each entry of a lexicon stands.

Places are bits of a number: ``1 << n`` is the place right before word n, and that before word ``len(words)`` the end.
So what can follow from many places at once takes a few operations on numbers, as in bit-parallel string matching
(Baeza-Yates and Gonnet 1992).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from linter.words import Word

Places = int
# lexicon -> length of entries in words -> where entries of that length begin
Hits = Mapping[str, Mapping[int, Places]]
Range = tuple[int, int]


class Scan(Struct, frozen=True):
    """The words of a text; ``forms`` says where each form stands, ``joined`` which words follow the word before without
    a break (the end of the text is among them), and ``hits`` where entries of lexicons stand. ``possible`` are the
    numbers of the patterns that can match."""

    words: Sequence[Word]
    forms: Mapping[str, Places]
    joined: Places
    hits: Hits
    possible: frozenset[int] = frozenset()

    @classmethod
    def of(cls, words: Sequence[Word]) -> Scan:
        """The words, in which no lexicon was looked for."""
        forms: dict[str, Places] = {}
        joined, place = 0, 1
        for word in words:
            forms[word.form] = forms.get(word.form, 0) | place
            if word.joined:
                joined |= place
            place <<= 1
        return cls(words, forms, joined | place, {})

    @property
    def end(self) -> Places:
        """The place behind the last word."""
        return 1 << len(self.words)

    def ranges(self, lexicon: str) -> list[Range]:
        """The longest entry of a lexicon from each place, as ranges of words, left to right."""
        lengths = self.hits.get(lexicon)
        if not lengths:
            return []
        longest = {start: start + length for length in sorted(lengths) for start in numbers(lengths[length])}
        return sorted(longest.items())

    def all_ranges(self, lexicon: str) -> list[Range]:
        """All entries of a lexicon, as ranges of words, left to right."""
        lengths = self.hits.get(lexicon, {})
        return sorted((start, start + length) for length, starts in lengths.items() for start in numbers(starts))

    def has(self, lexicon: str, start: int, end: int) -> bool:
        """Whether an entry of a lexicon stands there."""
        return bool(self.hits.get(lexicon, {}).get(end - start, 0) >> start & 1)

    def begins(self, lexicon: str) -> bool:
        """Whether the text begins with an entry of a lexicon."""
        return any(starts & 1 for starts in self.hits.get(lexicon, {}).values())

    def with_hits(self, hits: Iterable[tuple[str, Range]]) -> Scan:
        """The same, with more entries of lexicons."""
        changed = {lexicon: dict(lengths) for lexicon, lengths in self.hits.items()}
        for lexicon, (start, end) in hits:
            add_hits(changed, lexicon, end - start, 1 << start)
        return replace(self, hits=changed)

    def without_hits(self, lexicons: Iterable[str], within: Range) -> Scan:
        """The same, without entries of these lexicons that begin within a range."""
        start, end = within
        kept = ~((1 << end) - (1 << start))
        changed = dict(self.hits)
        for lexicon in set(lexicons) & changed.keys():
            lengths = {length: starts & kept for length, starts in changed[lexicon].items()}
            changed[lexicon] = {length: starts for length, starts in lengths.items() if starts}
            if not changed[lexicon]:
                del changed[lexicon]
        return replace(self, hits=changed)


def add_hits(hits: dict[str, dict[int, Places]], lexicon: str, length: int, starts: Places) -> None:
    """Add entries of one length to those of a lexicon."""
    lengths = hits.get(lexicon)
    if lengths is None:
        hits[lexicon] = {length: starts}
    else:
        lengths[length] = lengths.get(length, 0) | starts


def numbers(places: Places) -> Iterator[int]:
    """The numbers of places, ascending."""
    while places:
        lowest = places & -places
        yield lowest.bit_length() - 1
        places ^= lowest
