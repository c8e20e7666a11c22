"""Compiled phrases, and their matcher.

It keeps sets of positions instead of backtracking, so that its time is bounded by pattern length times sentence length,
whatever the pattern.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Raw, Struct
from msgspec.msgpack import Decoder, Encoder
from msgspec.structs import replace

from linter.elements import (
    Anchor,
    Choice,
    Element,
    End,
    Gap,
    Literal,
    Reference,
    Start,
    anchors_in,
    cost,
    first_anchor,
    lexicons_in,
    with_words_merged,
    word_sequences,
)
from linter.words import Word

# What patterns have for a number that are in no index.
UNNUMBERED = -1

# lexicon name -> start word -> ends of the entries that start there
Hits = Mapping[str, Mapping[int, Sequence[int]]]


class PatternError(ValueError):
    """A phrase that is not written in the syntax; ``column`` (0-based) is where in the phrase."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.column = column


class Pattern(Struct, frozen=True, dict=True):
    """A compiled phrase, with its number among those of a rulebook.

    What it is made of stays encoded (``body``) until it is first tried: a page tries few of thousands.
    """

    text: str
    body: Raw
    number: int = UNNUMBERED

    @classmethod
    def of(cls, text: str, elements: tuple[Element, ...]) -> Pattern:
        """The pattern of a phrase that is made of ``elements``."""
        beginnings, _ = first_anchor(elements)
        return cls(text, Raw(_ENCODER.encode((elements, beginnings))))

    @property
    def elements(self) -> tuple[Element, ...]:
        """What it is made of."""
        return self._decoded[0]

    @property
    def beginnings(self) -> Anchor | None:
        """What a match can begin with; None where that is any word."""
        return self._decoded[1]

    @cached_property
    def _decoded(self) -> tuple[tuple[Element, ...], Anchor | None]:
        return _DECODER.decode(self.body)

    def find(self, words: Sequence[Word], hits: Hits) -> list[tuple[int, int]]:
        """All matches as word ranges (start, end), the longest one from each start, left to right."""
        elements, beginnings = self._decoded
        if len(elements) == 1:
            (only,) = elements
            if isinstance(only, Reference):
                return [(start, max(ends)) for start, ends in sorted(hits.get(only.name, {}).items())]
            if isinstance(only, Literal):
                return [(end - 1, end) for end in sorted(_behind_word(only, range(len(words)), words))]
        matches = []
        for start in _starts(beginnings, words, hits):
            ends = _ends(elements, {start}, words, hits, start)
            if ends and max(ends) > start:
                matches.append((start, max(ends)))
        return matches

    def with_merged_words(self) -> Pattern:
        """The same pattern, found sooner: alternatives of one word each are made one word with all of their forms."""
        return replace(Pattern.of(self.text, with_words_merged(self.elements)), number=self.number)

    def references(self) -> Iterator[str]:
        """The names of the lexicons that the phrase uses."""
        yield from lexicons_in(self.elements)

    @cached_property
    def anchor(self) -> Anchor:
        """The most selective thing that every match contains; raise PatternError if there is none."""
        if not self.needs:
            raise PatternError("it has nothing but gaps and optional words, and would match anything", 0)
        return min(self.needs, key=cost)

    @cached_property
    def needs(self) -> tuple[Anchor, ...]:
        """All that every match contains."""
        return tuple(anchors_in(self.elements))

    def sequences(self) -> list[tuple[frozenset[str], ...]] | None:
        """Every sequence of words (as sets of forms) that the phrase stands for; None where they cannot be listed."""
        return word_sequences(self.elements)


_ENCODER = Encoder(order="deterministic")  # equal patterns have equal bodies
_DECODER = Decoder(tuple[tuple[Element, ...], Anchor | None])


def _starts(beginnings: Anchor | None, words: Sequence[Word], hits: Hits) -> Iterable[int]:
    if beginnings is None:
        return range(len(words))
    forms = beginnings.forms
    starts = {start for start, word in enumerate(words) if word.form in forms} if forms else set()
    for lexicon in beginnings.lexicons:
        starts.update(hits.get(lexicon, ()))
    return sorted(starts)


def _ends(
    elements: tuple[Element, ...],
    starts: set[int],
    words: Sequence[Word],
    hits: Hits,
    first: int,
    after_gap: bool = False,
) -> set[int]:
    """The positions that a match of ``elements`` from any of ``starts`` can end at."""
    count = len(words)
    for element in elements:
        if isinstance(element, Gap):
            starts = {end for start in starts for end in range(start, min(start + element.size, count) + 1)}
            after_gap = True
            continue
        if isinstance(element, (Start, End)):
            starts = starts & ({0} if isinstance(element, Start) else {count})
            continue
        if not after_gap and starts != {first}:
            starts = {start for start in starts if start == first or start >= count or words[start].joined}
        if isinstance(element, Literal):
            starts = _behind_word(element, starts, words)
        elif isinstance(element, Reference):
            by_start = hits.get(element.name, {})
            starts = {end for start in starts for end in by_start.get(start, ())}
        else:
            ends: set[int] = set()
            for branch in element.possible({words[start].form for start in starts if start < count}):
                # Where it is settled whether words are joined, one of a few words is quickly found.
                only = branch[0] if len(branch) == 1 else None
                if isinstance(only, Literal):
                    ends |= _behind_word(only, starts, words)
                else:
                    ends |= _ends(branch, starts, words, hits, first, after_gap) if branch else starts
            starts = ends
        after_gap = after_gap and isinstance(element, Choice) and () in element.branches
        if not starts:
            break
    return starts


def _behind_word(word: Literal, starts: Iterable[int], words: Sequence[Word]) -> set[int]:
    forms, count = word.forms, len(words)
    ends = {start + 1 for start in starts if start < count and words[start].form in forms}
    return {end for end in ends if words[end - 1].upper} if word.upper else ends
