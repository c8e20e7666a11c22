"""Lexicons and phrases as they stand in rule files -> a vocabulary and compiled patterns.

A phrase may refer to lexicons, so that all lexicons of a pack are read before the first rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from linter.inflection import adjective_forms, all_forms, noun_forms, verb_forms
from linter.lexicon import NUMBER, Vocabulary
from linter.patterns import Inflect, Pattern, PatternError, Reference, parse
from linter.yamlfile import Node, did_you_mean

INFLECTIONS: Mapping[str, Inflect] = {
    "verb": verb_forms,
    "noun": noun_forms,
    "adjective": adjective_forms,
    "any": all_forms,
    "none": lambda word: {word},
}


class PhraseReader:
    """Reads lexicons (``named``: name and node), then phrases that may refer to them; mistakes go to the nodes."""

    def __init__(self, named: Iterable[tuple[str, Node]]) -> None:
        self.vocabulary = Vocabulary()
        self._lexicons: dict[str, Node] = {}
        for name, node in named:
            if name in self._lexicons:
                other = self._lexicons[name]
                node.problem(f"there are two lexicons “{name}”; the other stands at {other.path}:{other.line}")
            self._lexicons[name] = node
        for name, node in self._lexicons.items():
            self._read(name, node)
        self.vocabulary.close()

    def pattern(self, node: Node) -> Pattern | None:
        """The phrase at ``node``; None, with a problem recorded, where it is not one."""
        return self._parsed(node, all_forms)

    def patterns(self, entry: Mapping[str, Node], key: str) -> tuple[Pattern, ...]:
        """The phrases (one or a list) under ``key``, if there is such a key."""
        if key not in entry:
            return ()
        return tuple(pattern for node in entry[key].one_or_more() if (pattern := self.pattern(node)) is not None)

    def _read(self, name: str, node: Node) -> None:
        entry = node.mapping(("about", "source", "inflect", "words", "suffixes", "except"))
        inflection = (entry["inflect"].choice(INFLECTIONS) if "inflect" in entry else "") or "any"
        for word in entry["words"].items() if "words" in entry else []:
            self._read_entry(name, word, inflection)
        for suffix in entry["suffixes"].items() if "suffixes" in entry else []:
            self.vocabulary.add_suffix(name, suffix.text().lower())
        for word in entry["except"].items() if "except" in entry else []:
            self.vocabulary.exclude(name, INFLECTIONS[inflection](word.text().lower()))

    def _read_entry(self, name: str, node: Node, inflection: str) -> None:
        pattern = self._parsed(node, _plain)
        if pattern is None:
            return
        if len(pattern.elements) == 1 and isinstance(pattern.elements[0], Reference):
            self.vocabulary.include(pattern.elements[0].name, name)
            return
        sequences = pattern.sequences()
        if sequences is None:  # it stands for too many phrases to list them: it is matched as a phrase
            inflected = self.pattern(node)
            if inflected is not None:
                self.vocabulary.add_pattern(name, inflected)
            return
        quoted = '"' in pattern.text
        for sequence in sequences:
            self.vocabulary.add(name, sequence if quoted else _inflected(sequence, inflection))

    def _parsed(self, node: Node, inflect: Inflect) -> Pattern | None:
        text = node.text()
        if not text:
            return None
        try:
            pattern = parse(text, inflect)
            pattern.anchor()
        except PatternError as error:
            node.problem(f"bad phrase “{text}”: {error}", error.column)
            return None
        for name in pattern.references():
            if name not in self._lexicons and name != NUMBER:
                node.problem(f"unknown lexicon “{name}”{did_you_mean(name, self._lexicons)}")
                return None
        return pattern


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
