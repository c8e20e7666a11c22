"""What is wrong with a pack although it compiles: what can never match, what stands there twice, what nothing uses.

Only what is certain is told. Whether a rule finds anything in practice is for its examples to show.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from linter.agents import PEOPLE, UNKNOWN
from linter.lexicon import NUMBER
from linter.patterns import Choice, Element, End, Gap, Literal, Pattern, PatternError, Reference, Start, parse
from linter.phrasefiles import INFLECTIONS
from linter.rulebook import Rulebook
from linter.ruletests import Failure
from linter.yamlfile import Node, Problems, load

# Text under these keys is for people: braces in it name no lexicons. Under any other key it may be a phrase.
_PROSE = frozenset("about citation examples message paraphrase source suggestion title why".split())
_NO_PHRASES = ("categories", "authorities", "lexicons")
_PARTS = ("action", "target", "subject")
# What must not be defined twice: section -> the key that names an entry, and what such an entry is called.
_NAMED = {
    "categories": ("", "categories"),
    "authorities": ("", "authorities"),
    "agents": ("kind", "agent kinds"),
    "disclosures": ("id", "disclosures"),
}


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase where it stands."""

    node: Node
    pattern: Pattern

    def failure(self, reason: str) -> Failure:
        return _failure(self.node, f"“{self.pattern.text}” can never match: {reason}")


def check_pack(files: Mapping[str, str], paths: Collection[str], rulebook: Rulebook) -> list[Failure]:
    """What is wrong in the files ``paths`` among ``files``, which were read as ``rulebook``; in the order of the files.

    The other files count as users of what is defined in these, and these of what is defined in them.
    """
    pack = _Pack(files)
    empty = _empty_lexicons(pack.lexicons)
    found = [
        *_twice(pack),
        *_unused(pack),
        *_hollow(pack),
        *(phrase.failure(flaw) for phrase in pack.all_phrases() if (flaw := _flaw(phrase.pattern.elements, empty))),
        *(failure for node in pack.items("rules") for failure in _dead(node, empty, rulebook)),
    ]
    own = {failure: None for failure in found if failure.path in paths}
    return sorted(own, key=lambda failure: (failure.path, failure.line))


class _Pack:
    """The nodes of a pack's files, which are known to compile.

    ``lexicons`` are kept by name; ``inside`` are the phrases in them, ``phrases`` those elsewhere, as far as they refer
    to a lexicon or hold on to an end of the sentence: no other can have a flaw.
    """

    def __init__(self, files: Mapping[str, str]) -> None:
        problems = Problems()
        tops = [load(text, path, problems) for path, text in sorted(files.items())]
        self._sections = [item for top in tops if top is not None for item in top.mapping().items()]
        self.lexicons = dict(self.entries("lexicons"))
        self.inside = {name: list(_phrases_in(node)) for name, node in self.lexicons.items()}
        self.phrases = [
            phrase for name, node in self._sections if name not in _NO_PHRASES for phrase in _phrases_in(node)
        ]

    def entries(self, section: str) -> Iterator[tuple[str, Node]]:
        """The named entries of a section that is a mapping."""
        for name, node in self._sections:
            if name == section:
                yield from node.mapping().items()

    def items(self, section: str) -> Iterator[Node]:
        """The entries of a section that is a list."""
        for name, node in self._sections:
            if name == section:
                yield from node.items()

    def all_phrases(self) -> Iterator[_Phrase]:
        """The phrases of lexicons and those elsewhere."""
        yield from (phrase for phrases in self.inside.values() for phrase in phrases)
        yield from self.phrases

    def citing(self) -> Iterator[str]:
        """The authorities that are cited."""
        for section in ("rules", "disclosures"):
            for node in self.items(section):
                yield from (cited.text() for cited in _list(node, "authority"))


def _failure(node: Node, message: str) -> Failure:
    return Failure(node.path, node.line, message)


def _list(node: Node, key: str) -> list[Node]:
    """The values under a key that may be missing, may be one and may be a list."""
    entry = node.mapping()
    return entry[key].one_or_more() if key in entry else []


def _text(node: Node, key: str) -> str:
    entry = node.mapping()
    return entry[key].text() if key in entry else ""


def _phrases_in(node: Node) -> Iterator[_Phrase]:
    """The phrases anywhere in ``node`` that refer to a lexicon or hold on to an end of the sentence."""
    if node.is_text():
        text = node.text()
        if any(mark in text for mark in "{^$") and (pattern := _parsed(text)) is not None:
            yield _Phrase(node, pattern)
        return
    parts = node.one_or_more()
    if any(part is node for part in parts):
        parts = [value for key, value in node.mapping().items() if key not in _PROSE]
    for part in parts:
        yield from _phrases_in(part)


def _parsed(text: str) -> Pattern | None:
    try:
        return parse(text)
    except PatternError:  # no phrase
        return None


def _twice(pack: _Pack) -> Iterator[Failure]:
    """What is defined twice; lexicons and rules are looked after where a pack is read."""
    for section, (key, what) in _NAMED.items():
        first: dict[str, Node] = {}
        entries = ((_text(node, key), node) for node in pack.items(section)) if key else pack.entries(section)
        for name, node in entries:
            other = first.setdefault(name, node)
            if other is not node:
                message = f"there are two {what} “{name}”; the other stands at {other.path}:{other.line}"
                yield _failure(node, message)


def _unused(pack: _Pack) -> Iterator[Failure]:
    used = _used_lexicons(pack)
    for name, node in pack.lexicons.items():
        if name not in used:
            yield _failure(node, f"nothing uses the lexicon “{name}”")
    cited = set(pack.citing())
    for name, node in pack.entries("authorities"):
        if name not in cited:
            yield _failure(node, f"nothing cites the authority “{name}”")
    had = {_text(node, "category") for node in pack.items("rules")}
    for name, node in pack.entries("categories"):
        if name not in had:
            yield _failure(node, f"no rule has the category “{name}”")


def _used_lexicons(pack: _Pack) -> set[str]:
    """The lexicons that a phrase refers to, directly or through other lexicons."""
    todo = [name for phrase in pack.phrases for name in phrase.pattern.references()]
    used: set[str] = set()
    while todo:
        name = todo.pop()
        if name not in used:
            used.add(name)
            todo.extend(inner for phrase in pack.inside.get(name, ()) for inner in phrase.pattern.references())
    return used


def _hollow(pack: _Pack) -> Iterator[Failure]:
    """Entries that are there in vain: without phrases, or without anything that makes them due."""
    for section, key, name, what in (
        ("sections", "headings", "role", "the section role “{}” has no headings"),
        ("cues", "phrases", "kind", "the cue “{}” has no phrases"),
        ("disclosures", "categories", "id", "the disclosure “{}” has no categories; it can never be due"),
    ):
        for node in pack.items(section):
            if not _list(node, key):
                yield _failure(node, what.format(_text(node, name)))
    for node in pack.items("disclosures"):
        if not _list(node, "present") and _text(node, "cited_source") != "true":
            yield _failure(node, f"the disclosure “{_text(node, 'id')}” has nothing under “present”; no page can make it")


def _dead(node: Node, empty: Collection[str], rulebook: Rulebook) -> Iterator[Failure]:
    """Phrases of a rule that it cancels itself, and the rule if it can never match."""
    unless = [parse(phrase.text()) for phrase in _list(node, "unless")]
    frames = [part.mapping() for part in _list(node, "frames")]
    ways = [[phrase] for phrase in _list(node, "phrases")] + [[frame[k] for k in _PARTS if k in frame] for frame in frames]
    alive = False
    for way in ways:
        phrases = [_Phrase(part, parse(part.text())) for part in way]
        cancelled = [
            phrase.failure(f"“{other.text}” under “unless” cancels it")
            for phrase in phrases
            if (other := _canceller(phrase.pattern, unless)) is not None
        ]
        yield from cancelled
        alive = alive or not (cancelled or any(_flaw(phrase.pattern.elements, empty) for phrase in phrases))
    needs = [parse(phrase.text()) for phrase in _list(node, "needs")]
    agents = [agent.text() for agent in _list(node, "agents")]
    reasons = []
    if not alive:
        reasons.append("nothing under “phrases” or “frames” can")
    if needs and all(_flaw(pattern.elements, empty) for pattern in needs):
        reasons.append("nothing under “needs” can")
    if agents and "any" not in agents and not _acting(rulebook, empty).intersection(agents):
        reasons.append(f"no effect is ever put down to the agent {' or '.join(f'“{agent}”' for agent in agents)}")
    for reason in reasons:
        yield _failure(node, f"{_text(node, 'id')} can never match: {reason}")


def _acting(rulebook: Rulebook, empty: Collection[str]) -> set[str]:
    """The kinds of agent that an effect can be put down to (``AgentResolver.resolve``)."""
    kinds = {UNKNOWN, rulebook.default_agent, *(role.agent for role in rulebook.sections)}
    for kind in rulebook.agents:
        named = kind.possessors or any(lexicon not in empty for lexicon in kind.lexicons)
        if named and not (kind.transparent and kind.name == PEOPLE):
            kinds.add(kind.name)
    return kinds


def _empty_lexicons(lexicons: Mapping[str, Node]) -> set[str]:
    """The lexicons that no text can have an entry of."""
    empty = set(lexicons) - {NUMBER}
    while filled := {name for name in empty if _has_entry(lexicons[name], empty)}:
        empty -= filled
    return empty


def _has_entry(lexicon: Node, empty: Collection[str]) -> bool:
    inflect = INFLECTIONS[_text(lexicon, "inflect") or "any"]
    excepted = {form for word in _list(lexicon, "except") for form in inflect(word.text().lower())}
    if _list(lexicon, "suffixes"):
        return True
    for word in _list(lexicon, "words"):
        elements = parse(word.text(), inflect).elements
        is_excepted = len(elements) == 1 and isinstance(elements[0], Literal) and elements[0].forms <= excepted
        if not is_excepted and not _flaw(elements, empty):
            return True
    return False


def _flaw(elements: Iterable[Element], empty: Collection[str], begun: bool = False) -> str:
    """Why no text can match these elements, of which words come before if ``begun``; nothing where it might."""
    ended = False
    for element in elements:
        if isinstance(element, Start) and begun:
            return "“^” does not stand at its beginning"
        if ended and _takes_words(element):
            return "“$” does not stand at its end"
        if isinstance(element, Reference) and element.name in empty:
            return f"the lexicon “{element.name}” is empty"
        if isinstance(element, Choice):
            flaws = [_flaw(branch, empty, begun) for branch in element.branches]
            if all(flaws):
                return flaws[0]
        begun = begun or _takes_words(element)
        ended = ended or isinstance(element, End)
    return ""


def _takes_words(element: Element) -> bool:
    """Whether every match of an element has a word."""
    if isinstance(element, Choice):
        return all(any(_takes_words(inner) for inner in branch) for branch in element.branches)
    return isinstance(element, Literal | Reference)


def _canceller(pattern: Pattern, unless: Iterable[Pattern]) -> Pattern | None:
    """The exception that overlaps every match of a pattern, as far as their elements show."""
    return next((other for other in unless if _holds(pattern.elements, other.elements)), None)


def _holds(elements: Sequence[Element], part: Sequence[Element]) -> bool:
    """Whether every match of ``elements`` has a match of ``part`` in it."""
    return any(
        all(_is_one_of(*pair) for pair in zip(elements[start:], part, strict=False))
        for start in range(len(elements) - len(part) + 1)
    )


def _is_one_of(element: Element, other: Element) -> bool:
    """Whether whatever matches ``element`` also matches ``other``."""
    if element == other:
        return True
    if isinstance(element, Choice):
        return all(len(branch) == 1 and _is_one_of(branch[0], other) for branch in element.branches)
    if isinstance(other, Choice):
        return any(len(branch) == 1 and _is_one_of(element, branch[0]) for branch in other.branches)
    if isinstance(element, Gap) and isinstance(other, Gap):
        return element.size <= other.size
    if isinstance(element, Literal) and isinstance(other, Literal):
        return element.forms <= other.forms and (element.upper or not other.upper)
    return False
