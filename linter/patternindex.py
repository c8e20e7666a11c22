"""Which of many patterns can match in a sentence: those of which everything they cannot do without is there.

A rulebook has some four thousand patterns, of which two dozen can match in any one sentence.
"""

from __future__ import annotations

import operator
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

from msgspec import Struct, field

from linter.elements import AT_START, Anchor, Cost
from linter.patterns import UNNUMBERED, Pattern
from linter.scan import Scan

_Value = TypeVar("_Value")


class Meaning(Struct, frozen=True, array_like=True):
    """What a key or lexicon means to an index: the needs that it meets, the patterns, by ascending
    numbers, that it is the anchor of."""

    needs: tuple[int, ...]
    patterns: tuple[int, ...]


class PatternIndex(Struct, frozen=True, dict=True):
    """Knows patterns, by their number, by what each of them needs: first its anchor, then others (``needs``: their
    numbers).

    ``keys``, ``lexicons`` and lexicons ``at_start`` of a text have numbers of ``meanings``: most words mean the same as
    others, as forms of one do. ``firsts`` are the words that keys of two words begin with.
    """

    keys: dict[str, int] = field(default_factory=dict)
    lexicons: dict[str, int] = field(default_factory=dict)
    meanings: tuple[Meaning, ...] = ()
    needs: dict[int, tuple[int, ...]] = field(default_factory=dict)
    at_start: dict[str, int] = field(default_factory=dict)
    firsts: frozenset[str] = frozenset()

    @classmethod
    def of(cls, patterns: Iterable[Pattern], cost: Cost) -> PatternIndex:
        """The index of ``patterns``, whose numbers differ; raise PatternError if one of them would match anything.

        ``cost`` says how often something can be expected to occur.
        """
        others: dict[int, tuple[Anchor, ...]] = {}
        anchored: defaultdict[Anchor, list[int]] = defaultdict(list)
        tries: defaultdict[Anchor, float] = defaultdict(float)
        for pattern in patterns:
            anchors = dict.fromkeys(pattern.needs(cost))
            rarest = min(anchors, key=cost)
            anchored[rarest].append(pattern.number)
            others[pattern.number] = tuple(anchor for anchor in anchors if anchor != rarest)
            for anchor in others[pattern.number]:
                tries[anchor] += cost(rarest)
        # What is asked for most has the lowest number, so that most masks are short.
        numbers = {anchor: number for number, anchor in enumerate(sorted(tries, key=lambda anchor: -tries[anchor]))}
        needs = {number: tuple(map(numbers.__getitem__, anchors)) for number, anchors in others.items()}
        meanings: dict[Meaning, int] = {}
        keys, lexicons = (
            {key: meanings.setdefault(meaning, len(meanings)) for key, meaning in table.items()}
            for table in (
                _meant(numbers, anchored, operator.attrgetter("keys")),
                _meant(numbers, anchored, operator.attrgetter("lexicons")),
            )
        )
        prefix = f"{AT_START} "
        at_start = {name.removeprefix(prefix): lexicons.pop(name) for name in list(lexicons) if name.startswith(prefix)}
        firsts = frozenset(key.partition(" ")[0] for key in keys if " " in key)
        return cls(keys, lexicons, tuple(meanings), needs, at_start, firsts)

    def possible(self, met: int, meant: Iterable[int]) -> frozenset[int]:
        """The numbers of those of these patterns that can match in a text that meets these needs, and of whose keys and
        lexicons these are the meanings.

        Patterns of no index have one number, which is always among them.
        """
        tests = self._tests
        found = [number for meaning in meant for number, mask in tests[meaning] if mask & met == mask]
        return frozenset((UNNUMBERED, *found))

    def anchored(self, meant: Iterable[int], below: int) -> Iterator[int]:
        """The patterns with a lower number than this one that have their anchor among these meanings."""
        for meaning in meant:
            for number in self.meanings[meaning].patterns:
                if number >= below:
                    break
                yield number

    def met(self, scan: Scan) -> tuple[int, set[int]]:
        """The needs that a text meets, as bits of a number, and what its words and lexicons mean."""
        keys, lexicons = self.keys, self.lexicons
        meant = {keys[form] for form in scan.forms if form in keys}
        before = AT_START
        for word in scan.words:
            if before in self.firsts and (word.joined or before == AT_START):
                key = f"{before} {word.form}"
                if key in keys:
                    meant.add(keys[key])
            before = word.form
        meant.update([lexicons[name] for name in scan.hits if name in lexicons])
        for name in self.at_start.keys() & scan.hits.keys():
            if scan.begins(name):
                meant.add(self.at_start[name])
        return self._meet(meant)

    def meet(self, lexicon: str, scan: Scan) -> tuple[int, set[int]]:
        """The same for the entries of one lexicon in a text."""
        meant = {self.lexicons[lexicon]} if lexicon in self.lexicons else set()
        if lexicon in self.at_start and scan.begins(lexicon):
            meant.add(self.at_start[lexicon])
        return self._meet(meant)

    def is_possible(self, number: int, met: int) -> bool:
        """Whether a text that meets these needs has all that a pattern needs."""
        mask = self._masks[number]
        return mask & met == mask

    def _meet(self, meant: set[int]) -> tuple[int, set[int]]:
        met, masks = 0, self._met
        for meaning in meant:
            met |= masks[meaning]
        return met, meant

    @cached_property
    def _masks(self) -> Mapping[int, int]:
        """The needs of each pattern as bits of a number."""
        return Memo(lambda number: _bits(self.needs[number]))

    @cached_property
    def _met(self) -> Mapping[int, int]:
        """The needs that each meaning meets, in the same way."""
        return Memo(lambda meaning: _bits(self.meanings[meaning].needs))

    @cached_property
    def _tests(self) -> Mapping[int, Sequence[tuple[int, int]]]:
        """The patterns of which each meaning is the anchor, with their needs."""
        return Memo(lambda meaning: [(number, self._masks[number]) for number in self.meanings[meaning].patterns])


class Memo(dict[int, _Value]):
    """What a function makes of numbers, worked out when it is first asked for."""

    def __init__(self, function: Callable[[int], _Value]) -> None:
        self._function = function

    def __missing__(self, key: int) -> _Value:
        self[key] = value = self._function(key)
        return value


def _bits(numbers: Iterable[int]) -> int:
    """Numbers as bits of one."""
    bits = 0
    for number in numbers:
        bits |= 1 << number
    return bits


def _meant(
    numbers: Mapping[Anchor, int], anchored: Mapping[Anchor, Sequence[int]], keys: Callable[[Anchor], Iterable[str]]
) -> dict[str, Meaning]:
    """What each of the keys (keys or lexicons) means that the anchors have."""
    by_key: defaultdict[str, list[Anchor]] = defaultdict(list)
    for anchor in dict.fromkeys((*numbers, *anchored)):
        for key in sorted(keys(anchor)):
            by_key[key].append(anchor)
    return {
        key: Meaning(
            tuple(numbers[anchor] for anchor in anchors if anchor in numbers),
            tuple(sorted(number for anchor in anchors for number in anchored.get(anchor, ()))),
        )
        for key, anchors in by_key.items()
    }
