"""Which of many patterns can match in a sentence: those of which everything they cannot do without is there.

A rulebook has some two thousand patterns, of which a dozen can match in any one sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct, field

from linter.patterns import UNNUMBERED, Anchor, Hits, Pattern
from linter.words import Word


class Meaning(Struct, frozen=True):
    """What a word or lexicon means to an index: the needs that it meets, the patterns that it is the anchor of."""

    needs: list[int] = field(default_factory=list)
    patterns: list[int] = field(default_factory=list)


class PatternIndex(Struct, frozen=True):
    """Knows patterns, by their number, by what each of them needs (``needs``: numbers of anchors)."""

    forms: dict[str, Meaning] = field(default_factory=dict)
    lexicons: dict[str, Meaning] = field(default_factory=dict)
    needs: dict[int, frozenset[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, patterns: Iterable[Pattern]) -> PatternIndex:
        """The index of ``patterns``, whose numbers differ."""
        index = cls()
        numbers: dict[Anchor, int] = {}
        for pattern in patterns:
            for anchor in pattern.needs:
                if anchor not in numbers:
                    numbers[anchor] = len(numbers)
                    for meaning in index._meanings(anchor):
                        meaning.needs.append(numbers[anchor])
            index.needs[pattern.number] = frozenset(numbers[anchor] for anchor in pattern.needs)
            for meaning in index._meanings(pattern.anchor):
                meaning.patterns.append(pattern.number)
        return index

    def possible(self, words: Sequence[Word], hits: Hits) -> frozenset[int]:
        """The numbers of the patterns that can match among ``words``, in which these lexicon entries stand.

        Those of no index have one number, which is always among them.
        """
        met: set[int] = set()
        anchored: set[int] = set()
        for table, keys in ((self.forms, {word.form for word in words}), (self.lexicons, hits)):
            for key in keys:
                meaning = table.get(key)
                if meaning is not None:
                    met.update(meaning.needs)
                    anchored.update(meaning.patterns)
        return frozenset((UNNUMBERED, *(number for number in anchored if self.needs[number] <= met)))

    def _meanings(self, anchor: Anchor) -> list[Meaning]:
        of_forms = [self.forms.setdefault(form, Meaning()) for form in anchor.forms]
        return of_forms + [self.lexicons.setdefault(name, Meaning()) for name in anchor.lexicons]
