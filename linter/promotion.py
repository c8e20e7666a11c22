"""What a page promotes, worked out from the page.

Care that is established elsewhere ("physiotherapy") is what is promoted on the page of a clinic that sells it: where a
page that sells names it in its title or first heading, or calls it its own ("our massage therapy"), and comes back to
it. A page that names no treatment of its own and speaks to nobody promotes nothing: what it says of things in general
("most moles are harmless") is no claim.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from linter.agents import ASIDES, AgentKind
from linter.model import Agent, Document
from linter.patterns import Pattern
from linter.rulebook import Rulebook
from linter.scan import Scan
from linter.sentences import Sentence
from linter.stance import sells
from linter.words import split_words

_LEAST_MENTIONS = 2
# What a page comes back to this often, and in this share of its sentences, is its topic.
_LEAST_OF_TOPIC = 5
_SHARE_OF_TOPIC = 0.2

Name = tuple[str, ...]


def adopted_names(document: Document, sentences: Sequence[Sentence], rulebook: Rulebook) -> frozenset[Name]:
    """The names of other care that this page promotes, as word forms."""
    owners = frozenset(owner for kind in rulebook.agents for owner in kind.possessors)
    naming = _naming_blocks(document)
    mentions: Counter[Name] = Counter()
    named: set[Name] = set()
    for sentence in sentences:
        for start, end in _mentions(sentence, rulebook):
            name = _forms(sentence, start, end)
            mentions[name] += 1
            before = sentence.words[start - 1].form if start else ""
            if before in owners or (sentence.block in naming and before not in ASIDES):
                named.add(name)
    least = len(sentences) * _SHARE_OF_TOPIC
    topics = {name for name, count in mentions.most_common(1) if count >= max(_LEAST_OF_TOPIC, least)}
    sold = {name for name in named if mentions[name] >= _LEAST_MENTIONS}
    if sold and not any(sells(sentence, rulebook.stance) for sentence in sentences):
        sold = set()
    return frozenset(topics | sold)


def _naming_blocks(document: Document) -> frozenset[int]:
    """The titles of the page and its first heading, which say what the page is about."""
    kinds = [block.kind for block in document.blocks]
    first = kinds.index("heading") if "heading" in kinds else -1
    return frozenset({first, *(index for index, kind in enumerate(kinds) if kind == "title")})


def promotes(sentences: Iterable[Sentence], rulebook: Rulebook) -> bool:
    """Whether anything on the page is promoted: a treatment is named, or somebody speaks for one or is spoken to.

    Rules that do not say by which words a page speaks to somebody take every page to promote something.
    """
    if not rulebook.stance.addressing:
        return True
    promoting = [kind for kind in rulebook.agents if kind.topic and kind.name not in rulebook.excluding_agents]
    lexicons = frozenset(lexicon for kind in promoting for lexicon in kind.lexicons)
    words = frozenset(owner for kind in promoting for owner in kind.possessors) | rulebook.stance.addressing
    return any(
        not lexicons.isdisjoint(sentence.scan.hits) or any(word.form in words for word in sentence.words)
        for sentence in sentences
    )


def with_adopted(sentence: Sentence, names: frozenset[Name], rulebook: Rulebook) -> Sentence:
    """The sentence with those names among the promoted treatments instead of among other care."""
    return _with_promoted(
        sentence, [r for r in _mentions(sentence, rulebook) if _forms(sentence, *r) in names], rulebook
    )


def with_promoted(sentence: Sentence, names: Iterable[Pattern], rulebook: Rulebook) -> Sentence:
    """The sentence with what these phrases match among the promoted treatments, and among nothing else."""
    return _with_promoted(sentence, [found for name in names for found in sentence.find(name)], rulebook)


def _with_promoted(sentence: Sentence, ranges: Sequence[tuple[int, int]], rulebook: Rulebook) -> Sentence:
    if not ranges:
        return sentence
    (promoted, *_) = _promoted_kind(rulebook).lexicons
    others = [lexicon for kind in _other_kinds(rulebook) for lexicon in kind.lexicons]
    scan = sentence.scan
    for words in ranges:
        scan = scan.without_hits(others, words)
    names = (promoted, *rulebook.vocabulary.containers(promoted))
    return replace(
        sentence, scan=rulebook.vocabulary.with_hits(scan, [(name, words) for words in ranges for name in names])
    )


def promoted_names(sentences: Iterable[Sentence], rulebook: Rulebook) -> tuple[str, ...]:
    """What the page promotes, by the names that it has there, the most frequent first; adopted names among them."""
    return tuple(name for name, _ in _promoted(sentences, rulebook).most_common())


def most_named(sentences: Iterable[Sentence], rulebook: Rulebook) -> int:
    """How often the page names the promoted treatment that it names most; words for treatments in general aside."""
    return max(_promoted(sentences, rulebook, in_general=False).values(), default=0)


def names_in_general(agent: Agent, rulebook: Rulebook) -> bool:
    """Whether a promoted treatment is only called by words for treatments in general ("a healthy diet")."""
    if agent.kind != rulebook.default_agent:
        return False
    scan = rulebook.vocabulary.scan(split_words(agent.text))
    named = list(_named(scan, _promoted_kind(rulebook)))
    return bool(named) and all(_is_general(scan, start, end, rulebook) for start, end in named)


def _promoted_kind(rulebook: Rulebook) -> AgentKind:
    return next(kind for kind in rulebook.agents if kind.name == rulebook.default_agent)


def _promoted(sentences: Iterable[Sentence], rulebook: Rulebook, in_general: bool = True) -> Counter[str]:
    promoted = _promoted_kind(rulebook)
    found: Counter[str] = Counter()
    for sentence in sentences:
        end = 0
        for start, stop in sorted(_named(sentence.scan, promoted)):
            if start < end:  # of names inside each other the outer one
                continue
            end = stop
            if in_general or not _is_general(sentence.scan, start, stop, rulebook):
                found[" ".join(_forms(sentence, start, stop))] += 1
    return found


def _other_kinds(rulebook: Rulebook) -> list[AgentKind]:
    return [kind for kind in rulebook.agents if kind.topic and kind.name in rulebook.excluding_agents]


def _mentions(sentence: Sentence, rulebook: Rulebook) -> Iterator[tuple[int, int]]:
    for kind in _other_kinds(rulebook):
        yield from _named(sentence.scan, kind)


def _named(scan: Scan, kind: AgentKind) -> Iterator[tuple[int, int]]:
    """Where an agent of this kind is named: word ranges, of those with one beginning the longest."""
    for lexicon in kind.lexicons:
        yield from scan.ranges(lexicon)


def _is_general(scan: Scan, start: int, end: int, rulebook: Rulebook) -> bool:
    """Whether these words are one for treatments in general."""
    general = rulebook.stance.neutral.general if rulebook.stance.neutral else ()
    return any(scan.has(lexicon, start, end) for lexicon in general)


def _forms(sentence: Sentence, start: int, end: int) -> Name:
    return tuple(word.form for word in sentence.words[start:end])
