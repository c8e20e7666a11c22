"""Compiled phrases, and their matcher.

It keeps sets of places instead of backtracking, so that its time is bounded by pattern length times sentence length,
whatever the pattern.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property

from msgspec import Raw, Struct
from msgspec.msgpack import Decoder, Encoder
from msgspec.structs import replace

from linter.elements import (
    Anchor,
    Choice,
    Cost,
    Element,
    Gap,
    Literal,
    Reference,
    Start,
    anchors_in,
    first_anchor,
    lexicons_in,
    with_words_merged,
    word_sequences,
)
from linter.scan import Places, Range, Scan, numbers

# What patterns have for a number that are in no index.
UNNUMBERED = -1

_NONE: Mapping[int, Places] = {}


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

    def find(self, scan: Scan) -> list[Range]:
        """All matches as ranges of words, the longest one from each start, left to right."""
        elements, beginnings = self._decoded
        starts = _starts(beginnings, scan)
        if len(elements) == 1:
            (only,) = elements
            if isinstance(only, Reference):
                return scan.ranges(only.name)
            if isinstance(only, Literal):
                return [(start, start + 1) for start in numbers(_behind_word(only, starts, scan) >> 1)]
        matches = []
        while starts:
            first = starts & -starts
            starts ^= first
            ends = _ends(elements, first, scan, first)
            if ends > first:
                matches.append((first.bit_length() - 1, ends.bit_length() - 1))
        return matches

    def with_merged_words(self) -> Pattern:
        """The same pattern, found sooner: alternatives of one word each are made one word with all of their forms."""
        return replace(Pattern.of(self.text, with_words_merged(self.elements)), number=self.number)

    def references(self) -> Iterator[str]:
        """The names of the lexicons that the phrase uses."""
        yield from lexicons_in(self.elements)

    def needs(self, cost: Cost) -> tuple[Anchor, ...]:
        """All that every match contains; raise PatternError where that is nothing."""
        needs = tuple(anchors_in(self.elements, cost))
        if not needs:
            raise PatternError("it has nothing but gaps and optional words, and would match anything", 0)
        return needs

    def sequences(self) -> list[tuple[frozenset[str], ...]] | None:
        """Every sequence of words (as sets of forms) that the phrase stands for; None where they cannot be listed."""
        return word_sequences(self.elements)


_ENCODER = Encoder(order="deterministic")  # equal patterns have equal bodies
_DECODER = Decoder(tuple[tuple[Element, ...], Anchor | None])


def _starts(beginnings: Anchor | None, scan: Scan) -> Places:
    """Where a match can begin."""
    if beginnings is None:
        return scan.end - 1
    starts = 0
    if beginnings.keys:
        for form in beginnings.keys.intersection(scan.forms):
            starts |= scan.forms[form]
    for lexicon in beginnings.lexicons:
        for places in scan.hits.get(lexicon, _NONE).values():
            starts |= places
    return starts


def _ends(elements: tuple[Element, ...], starts: Places, scan: Scan, first: Places, loose: Places = 0) -> Places:
    """Where a match of ``elements`` from any of ``starts`` can end.

    Its words are joined; only at ``first`` it begins, and the word at ``loose`` places stands behind a gap.
    """
    for element in elements:
        if isinstance(element, Literal):
            starts = _behind_word(element, starts & (scan.joined | first | loose), scan)
            loose = 0
        elif isinstance(element, Reference):
            starts = _behind_entry(element, starts & (scan.joined | first | loose), scan)
            loose = 0
        elif isinstance(element, Choice):
            found = 0
            for branch in element.possible(_forms(starts, scan)):
                found |= _ends(branch, starts, scan, first, loose)
            loose = loose & starts if element.is_optional else 0
            starts = found
        elif isinstance(element, Gap):
            for _ in range(element.size):
                starts |= starts << 1
            starts &= (scan.end << 1) - 1
            loose = -1
        else:
            starts &= 1 if isinstance(element, Start) else scan.end
        if not starts:
            break
    return starts


def _forms(starts: Places, scan: Scan) -> Collection[str]:
    """The words behind these places."""
    words = scan.words
    if starts & (starts - 1):
        return {words[number].form for number in numbers(starts & (scan.end - 1))}
    number = starts.bit_length() - 1
    return (words[number].form,) if number < len(words) else ()


def _behind_word(word: Literal, starts: Places, scan: Scan) -> Places:
    """The places behind those that this word follows."""
    found, forms = 0, scan.forms
    for form in word.forms.intersection(forms):
        found |= forms[form]
    found &= starts
    if word.upper and found:
        found = sum(1 << number for number in numbers(found) if scan.words[number].upper)
    return found << 1


def _behind_entry(lexicon: Reference, starts: Places, scan: Scan) -> Places:
    """The places behind the entries of a lexicon that stand at these."""
    ends = 0
    for length, places in scan.hits.get(lexicon.name, _NONE).items():
        ends |= (starts & places) << length
    return ends
