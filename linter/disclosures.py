"""Which disclosures a document has, only points at, or lacks; and which its claims make due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from linter.model import Claim, DisclosureStatus, Span
from linter.patterns import Pattern
from linter.references import find_references
from linter.rulebook import Disclosure
from linter.sentences import Sentence


@dataclass(frozen=True, slots=True)
class DisclosureState:
    """A disclosure in a document: its status, the words that decided (block and range), the claim that is owed it."""

    disclosure: Disclosure
    status: DisclosureStatus
    block: int | None
    span: Span | None
    due_to: Claim | None


def find_disclosures(
    sentences: Sequence[Sentence], claims: Sequence[Claim], disclosures: Sequence[Disclosure]
) -> tuple[DisclosureState, ...]:
    """The state of every disclosure; ``sentences`` are all of the document, ``claims`` all that were found."""
    return tuple(_state(sentences, claims, disclosure) for disclosure in disclosures)


def _state(sentences: Sequence[Sentence], claims: Sequence[Claim], disclosure: Disclosure) -> DisclosureState:
    due_to = _due_to(sentences, claims, disclosure)
    present = _matches(sentences, disclosure.present, disclosure)
    if disclosure.cited_source:
        present += _citations(sentences)
    if len({text for _, _, text in present}) >= disclosure.count:
        block, span, _ = present[0]
        return DisclosureState(disclosure, "present", block, span, due_to)
    partial = present + _matches(sentences, disclosure.partial, disclosure, with_decoys=True)
    if partial:
        block, span, _ = partial[0]
        return DisclosureState(disclosure, "partial", block, span, due_to)
    return DisclosureState(disclosure, "absent", None, None, due_to)


def _due_to(sentences: Sequence[Sentence], claims: Sequence[Claim], disclosure: Disclosure) -> Claim | None:
    """The first claim that makes the disclosure due, adequately qualified ones left out."""
    mentioned = not disclosure.mentions or any(
        pattern.find(sentence.words, sentence.hits) for sentence in sentences for pattern in disclosure.mentions
    )
    if not mentioned:
        return None
    owing = (c for c in claims if c.category in disclosure.categories and c.qualification != "adequate")
    return min(owing, key=lambda claim: (claim.block, claim.span.start), default=None)


def _matches(
    sentences: Sequence[Sentence], patterns: Sequence[Pattern], disclosure: Disclosure, with_decoys: bool = False
) -> list[tuple[int, Span, str]]:
    """Where the disclosure's words stand: block, range of the sentence in it, and the words that matched."""
    found = []
    for sentence in sentences:
        decoys = (
            []
            if with_decoys
            else [span for pattern in disclosure.decoys for span in pattern.find(sentence.words, sentence.hits)]
        )
        for pattern in patterns:
            for start, end in pattern.find(sentence.words, sentence.hits):
                if any(first < end and start < last for first, last in decoys):
                    continue
                if sentence.is_question:
                    continue
                words = " ".join(word.form for word in sentence.words[start:end])
                found.append((sentence.block, sentence.span, words))
    return sorted(found, key=lambda item: (item[0], item[1].start))


def _citations(sentences: Sequence[Sentence]) -> list[tuple[int, Span, str]]:
    return [
        (sentence.block, sentence.span, sentence.text[span.start : span.end])
        for sentence in sentences
        for span in find_references(sentence.text)
    ]
