"""What phrases are made of, and what can be told from that: what a match begins with, and what it cannot do without."""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeAlias

from msgspec import Struct

MOST_EXPANSIONS = 400
# What stands before the first word of a sentence.
AT_START = "^"
# A word that can be expected less often is looked for by itself, others with the word behind them, in so many forms.
_RARE = 0.006
_MOST_PAIRS = 64


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

    def possible(self, forms: Collection[str]) -> Iterable[tuple[Element, ...]]:
        """The branches that can match where the next word has one of these forms, and others."""
        by_form, others = self._by_form, self._others
        if len(forms) == 1:
            (form,) = forms
            return by_form.get(form, others)
        found = {id(branch): branch for form in forms for branch in by_form.get(form, ())}
        return found.values() or others

    @cached_property
    def is_optional(self) -> bool:
        """Whether it can match nothing."""
        return () in self.branches

    @cached_property
    def _by_form(self) -> Mapping[str, Sequence[tuple[Element, ...]]]:
        """The branches that can match where the next word has one of the forms that others begin with."""
        found: dict[str, list[tuple[Element, ...]]] = {}
        for branch in self.branches:
            if branch and isinstance(branch[0], Literal):
                for form in branch[0].forms:
                    found.setdefault(form, list(self._others)).append(branch)
        return found

    @cached_property
    def _others(self) -> Sequence[tuple[Element, ...]]:
        """The branches that do not begin with a certain word."""
        return [branch for branch in self.branches if not branch or not isinstance(branch[0], Literal)]


class Gap(Struct, frozen=True, tag=True, array_like=True):
    """Up to ``size`` words of any kind."""

    size: int


class Start(Struct, frozen=True, tag=True, array_like=True):
    """The beginning of the sentence."""


class End(Struct, frozen=True, tag=True, array_like=True):
    """The end of the sentence."""


Element = Literal | Reference | Choice | Gap | Start | End
Cost: TypeAlias = "Callable[[Anchor], float]"


class Anchor(Struct, frozen=True):
    """What must occur in a sentence for a pattern to match: one of these keys, or a hit of one of these lexicons.

    Keys are forms of words, and of two words that follow each other, with a space between them; AT_START stands for the
    word before the first one. It also stands before the names of lexicons whose hit must be at the beginning.
    """

    keys: frozenset[str]
    lexicons: frozenset[str]

    def __or__(self, other: Anchor) -> Anchor:
        return Anchor(self.keys | other.keys, self.lexicons | other.lexicons)


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


def anchors_in(elements: tuple[Element, ...], cost: Cost) -> Iterator[Anchor]:
    """All that every match of ``elements`` contains; of what a choice leaves open, the alternatives that cost least."""
    before: Element | None = None
    if elements and isinstance(elements[0], Start):
        first, is_optional = first_anchor(elements)
        if first is not None and not is_optional:
            yield Anchor(*(frozenset(f"{AT_START} {name}" for name in names) for names in (first.keys, first.lexicons)))
    for element in elements:
        if isinstance(element, Literal):
            pair = _pair(before, element, cost) if isinstance(before, Literal) else None
            yield pair or Anchor(element.forms, frozenset())
        elif isinstance(element, Reference):
            yield Anchor(frozenset(), frozenset([element.name]))
        elif isinstance(element, Choice):
            branches = [min(anchors_in(branch, cost), key=cost, default=None) for branch in element.branches]
            needed = [anchor for anchor in branches if anchor is not None]
            if len(needed) == len(branches):
                yield functools.reduce(operator.or_, needed)
        before = element


def _pair(first: Literal, second: Literal, cost: Cost) -> Anchor | None:
    """Two words that follow each other, where neither is rare enough by itself."""
    if len(first.forms) * len(second.forms) > _MOST_PAIRS:
        return None
    if any(cost(Anchor(word.forms, frozenset())) < _RARE for word in (first, second)):
        return None
    return Anchor(frozenset(f"{form} {other}" for form in first.forms for other in second.forms), frozenset())


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
