"""What a page promotes, worked out from the page.

Care that is established elsewhere ("physiotherapy") is what is promoted on the page of a clinic that sells it: where a
page that sells names it in its title or first heading, or calls it its own ("our massage therapy"), and comes back to
it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from linter.agents import ASIDES, AgentKind
from linter.model import Document
from linter.rulebook import Rulebook
from linter.sentences import Sentence
from linter.stance import sells

_LEAST_MENTIONS = 2
_NAMING_BLOCKS = ("title", "heading")

Name = tuple[str, ...]


def adopted_names(document: Document, sentences: Sequence[Sentence], rulebook: Rulebook) -> frozenset[Name]:
    """The names of other care that this page promotes, as word forms."""
    if not any(sells(sentence, rulebook.stance) for sentence in sentences):
        return frozenset()
    owners = frozenset(owner for kind in rulebook.agents for owner in kind.possessors)
    first = next((i for i, block in enumerate(document.blocks) if block.kind in _NAMING_BLOCKS), None)
    mentions: Counter[Name] = Counter()
    candidates: set[Name] = set()
    for sentence in sentences:
        for start, end in _mentions(sentence, rulebook):
            name = _forms(sentence, start, end)
            mentions[name] += 1
            before = sentence.words[start - 1].form if start else ""
            if before in owners or (sentence.block == first and before not in ASIDES):
                candidates.add(name)
    return frozenset(name for name in candidates if mentions[name] >= _LEAST_MENTIONS)


def with_adopted(sentence: Sentence, names: frozenset[Name], rulebook: Rulebook) -> Sentence:
    """The sentence with those names among the promoted treatments instead of among other care."""
    promoted = next(kind for kind in rulebook.agents if kind.name == rulebook.default_agent)
    moved = [(start, end) for start, end in _mentions(sentence, rulebook) if _forms(sentence, start, end) in names]
    if not moved:
        return sentence
    hits = {lexicon: {start: list(ends) for start, ends in found.items()} for lexicon, found in sentence.hits.items()}
    for start, end in moved:
        for kind in _other_kinds(rulebook):
            for lexicon in kind.lexicons:
                hits.get(lexicon, {}).pop(start, None)
        hits.setdefault(promoted.lexicons[0], {}).setdefault(start, []).append(end)
    return replace(sentence, hits=hits)


def _other_kinds(rulebook: Rulebook) -> list[AgentKind]:
    return [kind for kind in rulebook.agents if kind.topic and kind.name in rulebook.excluding_agents]


def _mentions(sentence: Sentence, rulebook: Rulebook) -> Iterator[tuple[int, int]]:
    for kind in _other_kinds(rulebook):
        for lexicon in kind.lexicons:
            for start, ends in sentence.hits.get(lexicon, {}).items():
                yield start, max(ends)


def _forms(sentence: Sentence, start: int, end: int) -> Name:
    return tuple(word.form for word in sentence.words[start:end])
