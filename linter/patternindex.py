"""Which of many patterns can match in a sentence: those of which everything they cannot do without is there.

A rulebook has some two thousand patterns, of which a dozen can match in any one sentence.
"""

from __future__ import annotations

import operator
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct, field

from linter.elements import Anchor
from linter.patterns import UNNUMBERED, Hits, Pattern
from linter.words import Word


class Meaning(Struct, frozen=True, array_like=True):
    """What a word or lexicon means to an index: the needs that it meets, the patterns that it is the anchor of."""

    needs: tuple[int, ...]
    patterns: tuple[int, ...]


class PatternIndex(Struct, frozen=True):
    """Knows patterns, by their number, by what each of them needs (``needs``: numbers of anchors).

    ``forms`` and ``lexicons`` have numbers of ``meanings``: most words mean the same as others, as forms of one do.
    """

    forms: dict[str, int] = field(default_factory=dict)
    lexicons: dict[str, int] = field(default_factory=dict)
    meanings: tuple[Meaning, ...] = ()
    needs: dict[int, frozenset[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, patterns: Iterable[Pattern]) -> PatternIndex:
        """The index of ``patterns``, whose numbers differ."""
        numbers: dict[Anchor, int] = {}
        needs: dict[int, frozenset[int]] = {}
        anchored: defaultdict[Anchor, list[int]] = defaultdict(list)
        for pattern in patterns:
            needs[pattern.number] = frozenset(numbers.setdefault(anchor, len(numbers)) for anchor in pattern.needs)
            anchored[pattern.anchor].append(pattern.number)
        meanings: dict[Meaning, int] = {}
        forms, lexicons = (
            {key: meanings.setdefault(meaning, len(meanings)) for key, meaning in table.items()}
            for table in (
                _meant(numbers, anchored, operator.attrgetter("forms")),
                _meant(numbers, anchored, operator.attrgetter("lexicons")),
            )
        )
        return cls(forms, lexicons, tuple(meanings), needs)

    def possible(self, words: Sequence[Word], hits: Hits) -> frozenset[int]:
        """The numbers of the patterns that can match among ``words``, in which these lexicon entries stand.

        Those of no index have one number, which is always among them.
        """
        forms, lexicons = self.forms, self.lexicons
        meant = {forms[word.form] for word in words if word.form in forms}
        meant.update(lexicons[name] for name in hits if name in lexicons)
        met: set[int] = set()
        anchored: set[int] = set()
        for number in meant:
            meaning = self.meanings[number]
            met.update(meaning.needs)
            anchored.update(meaning.patterns)
        return frozenset((UNNUMBERED, *(number for number in anchored if self.needs[number] <= met)))


def _meant(
    numbers: Mapping[Anchor, int], anchored: Mapping[Anchor, Sequence[int]], keys: Callable[[Anchor], Iterable[str]]
) -> dict[str, Meaning]:
    """What each of the keys (forms or lexicons) means that the anchors have."""
    by_key: defaultdict[str, list[Anchor]] = defaultdict(list)
    for anchor in numbers:
        for key in sorted(keys(anchor)):
            by_key[key].append(anchor)
    return {
        key: Meaning(
            tuple(numbers[anchor] for anchor in anchors),
            tuple(number for anchor in anchors for number in anchored.get(anchor, ())),
        )
        for key, anchors in by_key.items()
    }
