"""Which disclosures a document has, only points at, has in the wrong place, or lacks; and which its claims make due."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from linter.model import Claim, DisclosureStatus, Span
from linter.patterns import Pattern
from linter.placement import Layout
from linter.rulebook import Disclosure
from linter.sentences import Sentence


class DisclosureState(Struct, frozen=True):
    """A disclosure in a document: its status, the words that decided (block and range), the claim that is owed it.

    One that is due and present ``is_misplaced`` if it would not be present in what stands where it has to stand.
    """

    disclosure: Disclosure
    status: DisclosureStatus
    place: tuple[int, Span] | None
    due_to: Claim | None
    is_misplaced: bool = False


class _Match(Struct, frozen=True):
    index: int  # of the sentence
    words: str


def find_disclosures(
    layout: Layout, claims: Sequence[Claim], disclosures: Sequence[Disclosure]
) -> tuple[DisclosureState, ...]:
    """The state of every disclosure on a page; ``claims`` are all that were found there."""
    return tuple(_state(layout, claims, disclosure) for disclosure in disclosures)


def _state(layout: Layout, claims: Sequence[Claim], disclosure: Disclosure) -> DisclosureState:
    sentences = layout.sentences
    owing = _owing(layout, claims, disclosure)
    due_to = _first_due(layout, owing, disclosure)
    present = _matches(layout, disclosure.present, disclosure)
    if disclosure.cited_source:
        present += _citations(sentences)
    if _suffices(present, disclosure):
        right = [m for m in present if layout.stands_right(m.index, disclosure.placement, owing)]
        is_right = _suffices(right, disclosure)
        shown = sentences[next(m.index for m in present if (m in right) == is_right)]
        return DisclosureState(disclosure, "present", (shown.block, shown.span), due_to, bool(owing) and not is_right)
    partial = present + _matches(layout, disclosure.partial, disclosure, with_decoys=True)
    if partial:
        shown = sentences[partial[0].index]
        return DisclosureState(disclosure, "partial", (shown.block, shown.span), due_to)
    return DisclosureState(disclosure, "absent", None, due_to)


def _suffices(present: Sequence[_Match], disclosure: Disclosure) -> bool:
    return len({match.words for match in present}) >= disclosure.count


def _owing(layout: Layout, claims: Sequence[Claim], disclosure: Disclosure) -> list[Claim]:
    """The claims that make the disclosure due, in reading order, adequately qualified ones left out."""
    if disclosure.mentions and next(layout.find_all(disclosure.mentions), None) is None:
        return []
    owing = (c for c in claims if c.category in disclosure.categories and c.qualification != "adequate")
    return sorted(owing, key=lambda claim: (claim.block, claim.span.start))


def _first_due(layout: Layout, owing: Sequence[Claim], disclosure: Disclosure) -> Claim | None:
    """The claim that makes it due: the first in a sentence that names what it is about, or else the first at all."""
    naming = [layout.sentences[index] for index, _ in layout.find_all(disclosure.mentions)]
    named = (c for c in owing if any(s.block == c.block and s.span.contains(c.span) for s in naming))
    return next(named, next(iter(owing), None))


def _matches(
    layout: Layout, patterns: Sequence[Pattern], disclosure: Disclosure, with_decoys: bool = False
) -> list[_Match]:
    """Where the disclosure's words stand, in reading order."""
    found = []
    for index, (start, end) in layout.find_all(patterns):
        sentence = layout.sentences[index]
        decoys = [] if with_decoys else sentence.find_all(disclosure.decoys)
        if sentence.is_question or any(first < end and start < last for first, last in decoys):
            continue
        words = " ".join(word.form for word in sentence.words[start:end])
        found.append(_Match(index, words))
    return found


def _citations(sentences: Sequence[Sentence]) -> list[_Match]:
    return [
        _Match(index, sentence.text[span.start : span.end])
        for index, sentence in enumerate(sentences)
        for span in sentence.citations
    ]
