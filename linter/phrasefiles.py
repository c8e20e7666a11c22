"""Lexicons and phrases as they stand in rule files -> a vocabulary and compiled patterns.

A phrase may refer to lexicons, so that all lexicons of a pack are read before the first rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from linter.elements import Choice, Element, End, Literal, Reference, Start
from linter.expectation import Expectation
from linter.hints import did_you_mean
from linter.inflection import adjective_forms, all_forms, noun_forms, verb_forms
from linter.lexicon import LONGEST_SUFFIX, NUMBER, SHORTEST_SUFFIX, VocabularyBuilder
from linter.packshapes import LEXICON
from linter.patterns import Pattern, PatternError
from linter.phrases import Inflect, parse
from linter.yamlfile import Node

INFLECTIONS: Mapping[str, Inflect] = {
    "verb": verb_forms,
    "noun": noun_forms,
    "adjective": adjective_forms,
    "any": all_forms,
    "none": lambda word: {word},
}


class PhraseReader:
    """Reads lexicons (``named``: name and node), then phrases that may refer to them; mistakes go to the nodes.

    ``found`` are the phrases that were read outside of lexicons, each with its number.
    """

    def __init__(self, named: Iterable[tuple[str, Node]]) -> None:
        self.found: list[Pattern] = []
        self._builder = VocabularyBuilder()
        self._lexicons = dict(named)
        # lexicon -> the lexicons that its entries refer to; "" -> those that phrases elsewhere refer to
        self._references: dict[str, set[str]] = {"": set()}
        for name, node in self._lexicons.items():
            self._read(name, node)
        self.vocabulary = self._builder.vocabulary()
        self._first = len(self.vocabulary.patterns)

    def pattern(self, node: Node) -> Pattern | None:
        """The phrase at ``node``; None, with a problem recorded, where it is not one."""
        pattern = self._parsed(node, all_forms, "")
        if pattern is None:
            return None
        self.found.append(replace(pattern.with_merged_words(), number=self._first + len(self.found)))
        return self.found[-1]

    def patterns(self, entry: Mapping[str, Node], key: str) -> tuple[Pattern, ...]:
        """The phrases (one or a list) under ``key``, if there is such a key."""
        if key not in entry:
            return ()
        return tuple(pattern for node in entry[key].one_or_more() if (pattern := self.pattern(node)) is not None)

    def lexicon_names(self, entry: Mapping[str, Node], key: str) -> tuple[str, ...]:
        """The lexicons (one or a list) named in braces under ``key``."""
        names = []
        for node in entry[key].one_or_more() if key in entry else ():
            pattern = self.pattern(node)
            if pattern and len(pattern.elements) == 1 and isinstance(pattern.elements[0], Reference):
                names.append(pattern.elements[0].name)
            elif pattern:
                node.problem(f"“{pattern.text}” is not one {{lexicon}}; expected the names of lexicons in braces")
        return tuple(names)

    def unused(self) -> Iterator[tuple[str, Node]]:
        """The lexicons that no phrase refers to, directly or through other lexicons."""
        used: set[str] = set()
        todo = [""]
        while todo:
            found = self._references.get(todo.pop(), set()) - used
            used |= found
            todo.extend(found)
        return ((name, node) for name, node in self._lexicons.items() if name not in used)

    def _read(self, name: str, node: Node) -> None:
        entry = node.fields(LEXICON)
        if not any(entry[key].items() for key in ("words", "suffixes") if key in entry):
            node.problem(f"the lexicon “{name}” has neither “words” nor “suffixes”; it can never match")
        inflection = (entry["inflect"].choice() if "inflect" in entry else "") or "any"
        for word in entry["words"].items() if "words" in entry else []:
            self._read_entry(name, word, inflection)
        for suffix in entry["suffixes"].items() if "suffixes" in entry else []:
            self._read_suffix(name, suffix)
        for word in entry["except"].items() if "except" in entry else []:
            self._builder.exclude(name, INFLECTIONS[inflection](word.text().lower()))

    def _read_suffix(self, name: str, node: Node) -> None:
        suffix = node.text().lower()
        if suffix and not (suffix.isalpha() and SHORTEST_SUFFIX <= len(suffix) <= LONGEST_SUFFIX):
            node.problem(f"bad suffix “{suffix}”; expected {SHORTEST_SUFFIX} to {LONGEST_SUFFIX} letters")
        self._builder.add_suffix(name, suffix)

    def _read_entry(self, name: str, node: Node, inflection: str) -> None:
        pattern = self._parsed(node, _plain, name)
        if pattern is None:
            return
        if len(pattern.elements) == 1 and isinstance(pattern.elements[0], Reference):
            self._builder.include(pattern.elements[0].name, name)
            return
        sequences = pattern.sequences()
        if sequences is None:  # it stands for too many phrases to list them: it is matched as a phrase
            inflected = self._parsed(node, all_forms, name)
            if inflected is not None:
                self._builder.add_pattern(name, inflected.with_merged_words())
            return
        quoted = '"' in pattern.text
        for sequence in sequences:
            self._builder.add(name, sequence if quoted else _inflected(sequence, inflection))

    def _parsed(self, node: Node, inflect: Inflect, lexicon: str) -> Pattern | None:
        """The phrase at ``node``, which stands in ``lexicon`` unless that is empty."""
        text = node.text()
        if not text:
            return None
        if "*" in text:
            node.problem(f"bad phrase “{text}”: “*” has no meaning; all forms of a word are meant", text.index("*"))
            return None
        try:
            pattern = parse(text, inflect)
            pattern.needs(Expectation())  # a phrase without any would match anything
        except PatternError as error:
            node.problem(f"bad phrase “{text}”: {error}", error.column)
            return None
        if misplaced := _misplaced(pattern.elements):
            node.problem(f"bad phrase “{text}”: {misplaced}; it can never match")
            return None
        self._references.setdefault(lexicon, set()).update(pattern.references())
        for name in pattern.references():
            if name not in self._lexicons and name != NUMBER:
                node.problem(f"unknown lexicon “{name}”{did_you_mean(name, self._lexicons)}")
                return None
        return pattern


def _misplaced(elements: Iterable[Element], begun: bool = False) -> str:
    """Which mark of an end of the sentence has words beyond it, so that nothing can match; words come before if
    ``begun``."""
    ended = False
    for element in elements:
        if isinstance(element, Start) and begun:
            return "“^” does not stand at its beginning"
        if ended and _takes_words(element):
            return "“$” does not stand at its end"
        if isinstance(element, Choice):
            flaws = [_misplaced(branch, begun) for branch in element.branches]
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


def _plain(word: str) -> set[str]:
    return {word}


def _inflected(sequence: tuple[frozenset[str], ...], inflection: str) -> list[set[str]]:
    """A lexicon entry in all its forms: of a verb the first word inflects, of anything else the last one."""
    inflect = INFLECTIONS[inflection]
    changing = {"verb": (0,), "none": ()}.get(inflection, (len(sequence) - 1,))
    return [
        {form for base in forms for form in inflect(base)} if position in changing else set(forms)
        for position, forms in enumerate(sequence)
    ]
