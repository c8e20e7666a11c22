"""What phrases are made of, and what can be told from that: what a match begins with, and what it cannot do without."""

from __future__ import annotations

import functools
import operator
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

MOST_EXPANSIONS = 400
# The words that nearly every page is full of.
_COMMON = frozenset(
    "the a an and or but not no of to in on at by for from with without into over after before about as than is are "
    "was were be been have has had do does did will would can could may might must should it its this that these "
    "those they them their you your we us our i my me he she his her who which what when where how if so all any some "
    "many most more much very also just only even other one two up out off back then there here now get make take "
    "help good well best new like time day days week weeks year years people treatment patient patients pain "
    "body".split()
)


class Literal(Struct, frozen=True, tag=True, array_like=True):
    """One word, in any of ``forms``; ``upper`` asks for a capital letter."""

    forms: frozenset[str]
    upper: bool = False


class Reference(Struct, frozen=True, tag=True, array_like=True):
    """Any entry of the lexicon ``name``."""

    name: str


class Choice(Struct, frozen=True, tag=True, array_like=True, dict=True):
    """One of several sequences; an empty one among them makes the choice optional."""

    branches: tuple[tuple[Element, ...], ...]

    def possible(self, forms: Iterable[str]) -> list[tuple[Element, ...]]:
        """The branches that can match where the next word has one of these forms, and others."""
        by_form = self._by_form
        found = {id(branch): branch for form in forms for branch in by_form.get(form, ())}
        return [*self._others, *found.values()]

    @cached_property
    def _by_form(self) -> Mapping[str, Sequence[tuple[Element, ...]]]:
        """The branches that begin with a word, by its forms."""
        found: dict[str, list[tuple[Element, ...]]] = {}
        for branch in self.branches:
            if branch and isinstance(branch[0], Literal):
                for form in branch[0].forms:
                    found.setdefault(form, []).append(branch)
        return found

    @cached_property
    def _others(self) -> Sequence[tuple[Element, ...]]:
        return [branch for branch in self.branches if not branch or not isinstance(branch[0], Literal)]


class Gap(Struct, frozen=True, tag=True, array_like=True):
    """Up to ``size`` words of any kind."""

    size: int


class Start(Struct, frozen=True, tag=True, array_like=True):
    """The beginning of the sentence."""


class End(Struct, frozen=True, tag=True, array_like=True):
    """The end of the sentence."""


Element = Literal | Reference | Choice | Gap | Start | End


class Anchor(Struct, frozen=True):
    """What must occur in a sentence for a pattern to match: one of these forms, or a hit of one of these lexicons."""

    forms: frozenset[str]
    lexicons: frozenset[str]

    def is_met(self, forms: Collection[str], lexicons: Iterable[str]) -> bool:
        """Whether one of its forms or lexicons is among these."""
        return not self.forms.isdisjoint(forms) or not self.lexicons.isdisjoint(lexicons)

    def __or__(self, other: Anchor) -> Anchor:
        return Anchor(self.forms | other.forms, self.lexicons | other.lexicons)


def with_words_merged(elements: tuple[Element, ...]) -> tuple[Element, ...]:
    merged: list[Element] = []
    for element in elements:
        if isinstance(element, Choice):
            branches = [with_words_merged(branch) for branch in element.branches]
            words = [branch[0] for branch in branches if len(branch) == 1 and isinstance(branch[0], Literal)]
            plain = [word.forms for word in words if not word.upper]
            others = [branch for branch in branches if len(branch) != 1 or branch[0] not in words or branch[0].upper]
            word = Literal(frozenset().union(*plain))
            element = Choice((*others, *([(word,)] if plain else []))) if others else word
        merged.append(element)
    return tuple(merged)


def lexicons_in(elements: tuple[Element, ...]) -> Iterator[str]:
    for element in elements:
        if isinstance(element, Reference):
            yield element.name
        elif isinstance(element, Choice):
            for branch in element.branches:
                yield from lexicons_in(branch)


def first_anchor(elements: tuple[Element, ...]) -> tuple[Anchor | None, bool]:
    """What a match of ``elements`` can begin with (None: anything), and whether it can be empty."""
    found = Anchor(frozenset(), frozenset())
    for element in elements:
        if isinstance(element, Start | End):
            continue
        if isinstance(element, Gap):
            return None, False
        if isinstance(element, Literal):
            return found | Anchor(element.forms, frozenset()), False
        if isinstance(element, Reference):
            return found | Anchor(frozenset(), frozenset([element.name])), False
        can_be_empty = False
        for branch in element.branches:
            inner, empty = first_anchor(branch)
            if inner is None:
                return None, False
            found = found | inner
            can_be_empty = can_be_empty or empty
        if not can_be_empty:
            return found, False
    return found, True


def anchors_in(elements: tuple[Element, ...]) -> Iterator[Anchor]:
    for element in elements:
        if isinstance(element, Literal):
            yield Anchor(element.forms, frozenset())
        elif isinstance(element, Reference):
            yield Anchor(frozenset(), frozenset([element.name]))
        elif isinstance(element, Choice):
            branches = [min(anchors_in(branch), key=cost, default=None) for branch in element.branches]
            needed = [anchor for anchor in branches if anchor is not None]
            if len(needed) == len(branches):
                yield functools.reduce(operator.or_, needed)


def cost(anchor: Anchor) -> float:
    """How often an anchor can be expected to occur, roughly: common words most, then short words and lexicons."""
    return sum(1 / len(form) ** 3 + 0.1 * (form in _COMMON) for form in anchor.forms) + 0.05 * len(anchor.lexicons)


def word_sequences(elements: tuple[Element, ...]) -> list[tuple[frozenset[str], ...]] | None:
    sequences: list[tuple[frozenset[str], ...]] = [()]
    for element in elements:
        if isinstance(element, Literal):
            tails: list[tuple[frozenset[str], ...]] = [(element.forms,)]
        elif isinstance(element, Choice):
            tails = []
            for branch in element.branches:
                inner = word_sequences(branch)
                if inner is None:
                    return None
                tails.extend(inner)
        else:
            return None
        if len(sequences) * len(tails) > MOST_EXPANSIONS:
            return None
        sequences = [head + tail for head in sequences for tail in tails]
    return sequences
