"""The phrase syntax that rules, lexicons and cues are written in, and its matcher.

======================  =====================================================================
``beacon of hope``      these words in this order, in any inflected form
``"may"``               this form only; with a capital letter in the quotes, case counts too
``{medication}``        any entry of a lexicon
``(a|one of the)``      one of several
``[very]``              optional
``...``  ``...3``       a gap of up to four (up to three) words
``,``                   a comma may stand here
``^`` and ``$``         the beginning and the end of the sentence
======================  =====================================================================

Words that follow each other in a pattern follow each other in the text, with no punctuation between them but hyphens,
quotes, brackets and slashes; a gap may also cross commas. Matching keeps sets of positions instead of backtracking, so
its time is bounded by pattern length times sentence length, whatever the pattern.
"""

from __future__ import annotations

import functools
import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from linter.inflection import all_forms
from linter.words import Word, fold, split_words

DEFAULT_GAP = 4
LONGEST_GAP = 12
MOST_EXPANSIONS = 400
# What patterns have for a number that are in no index.
UNNUMBERED = -1

# lexicon name -> start word -> ends of the entries that start there
Hits = Mapping[str, Mapping[int, Sequence[int]]]
Inflect = Callable[[str], set[str]]

_TOKEN = re.compile(
    r'\s*(?:(?P<quoted>"[^"]*")|(?P<lexicon>\{[^}]*\})|(?P<gap>\.\.\.(?P<size>\d+)?)|(?P<mark>[()\[\]|])'
    r"|(?P<start>\^)|(?P<end>\$(?!\S))|(?P<word>[^\s()\[\]|{}\"^]+))"
)


class PatternError(ValueError):
    """A phrase that is not written in the syntax; ``column`` (0-based) is where in the phrase."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.column = column


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

    def __or__(self, other: Anchor) -> Anchor:
        return Anchor(self.forms | other.forms, self.lexicons | other.lexicons)


class Pattern(Struct, frozen=True, dict=True):
    """A compiled phrase, with its number among those of a rulebook."""

    text: str
    elements: tuple[Element, ...]
    # What a match can begin with; None where that is any word.
    beginnings: Anchor | None
    number: int = UNNUMBERED

    def find(self, words: Sequence[Word], hits: Hits) -> list[tuple[int, int]]:
        """All matches as word ranges (start, end), the longest one from each start, left to right."""
        if len(self.elements) == 1:
            (only,) = self.elements
            if isinstance(only, Reference):
                return [(start, max(ends)) for start, ends in sorted(hits.get(only.name, {}).items())]
            if isinstance(only, Literal):
                return [(end - 1, end) for end in sorted(_behind_word(only, range(len(words)), words))]
        matches = []
        for start in self._starts(words, hits):
            ends = _ends(self.elements, {start}, words, hits, start)
            if ends and max(ends) > start:
                matches.append((start, max(ends)))
        return matches

    def _starts(self, words: Sequence[Word], hits: Hits) -> Iterable[int]:
        if self.beginnings is None:
            return range(len(words))
        forms, lexicons = self.beginnings.forms, self.beginnings.lexicons
        starts = {start for start, word in enumerate(words) if word.form in forms} if forms else set()
        for lexicon in lexicons:
            starts.update(hits.get(lexicon, ()))
        return sorted(starts)

    def with_merged_words(self) -> Pattern:
        """The same pattern, found sooner: alternatives of one word each are made one word with all of their forms."""
        return replace(self, elements=_with_merged_words(self.elements))

    def references(self) -> Iterator[str]:
        """The names of the lexicons that the phrase uses."""
        yield from _references(self.elements)

    @cached_property
    def anchor(self) -> Anchor:
        """The most selective thing that every match contains; raise PatternError if there is none."""
        if not self.needs:
            raise PatternError("it has nothing but gaps and optional words, and would match anything", 0)
        return min(self.needs, key=_cost)

    @cached_property
    def needs(self) -> tuple[Anchor, ...]:
        """All that every match contains."""
        return tuple(_needs(self.elements))

    def sequences(self) -> list[tuple[frozenset[str], ...]] | None:
        """Every sequence of words (as sets of forms) that the phrase stands for; None where they cannot be listed."""
        return _sequences(self.elements)


def parse(text: str, inflect: Inflect = all_forms) -> Pattern:
    """Compile a phrase; raise PatternError where it is not written in the syntax."""
    parser = _Parser(text, inflect)
    elements = parser.sequence(closers="")
    if not elements:
        raise PatternError("it is empty", 0)
    beginnings, _ = _beginnings(elements)
    return Pattern(text, elements, beginnings)


class _Parser:
    def __init__(self, text: str, inflect: Inflect) -> None:
        self.text, self.inflect = text, inflect
        self.position = 0
        self.tokens: list[tuple[str, str, int]] = []
        folded = fold(text)
        position = 0
        while folded[position:].strip():
            match = _TOKEN.match(folded, position)
            if not match:
                raise PatternError(f"{folded[position:].strip()[0]!r} has no meaning here or is not closed", position)
            kind = match.lastgroup or ""
            kind = "gap" if kind == "size" else kind
            self.tokens.append((kind, match.group(kind), match.start(kind)))
            position = match.end()

    def sequence(self, closers: str) -> tuple[Element, ...]:
        elements: list[Element] = []
        while self.position < len(self.tokens):
            kind, value, column = self.tokens[self.position]
            if kind == "mark" and value in closers + "|" and closers:
                break
            self.position += 1
            elements.extend(self.element(kind, value, column))
        return tuple(elements)

    def element(self, kind: str, value: str, column: int) -> list[Element]:
        if kind == "word" and value == ",":
            return [Gap(0)]
        if kind == "word":
            return self.words(value, column)
        if kind == "quoted":
            return self.quoted(value[1:-1], column)
        if kind == "lexicon":
            name = value[1:-1].strip()
            if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
                raise PatternError(f"{value!r} does not name a lexicon (small letters, digits and _)", column)
            return [Reference(name)]
        if kind == "start":
            return [Start()]
        if kind == "end":
            return [End()]
        if kind == "gap":
            size = int(value[3:] or DEFAULT_GAP)
            if not 1 <= size <= LONGEST_GAP:
                raise PatternError(f"a gap of {size} words; 1 to {LONGEST_GAP} is possible", column)
            return [Gap(size)]
        if value in "([":
            return [self.choice(value, column)]
        raise PatternError(f"{value!r} closes or divides nothing", column)

    def choice(self, opener: str, column: int) -> Choice:
        closer = ")" if opener == "(" else "]"
        branches = [self.sequence(closers=closer)]
        while self.position < len(self.tokens) and self.tokens[self.position][1] == "|":
            self.position += 1
            branches.append(self.sequence(closers=closer))
        if self.position >= len(self.tokens):
            raise PatternError(f"{opener!r} is never closed", column)
        self.position += 1
        if not all(branches):
            raise PatternError("an alternative is empty; write optional words in [ ]", column)
        return Choice((*branches, ()) if opener == "[" else tuple(branches))

    def words(self, value: str, column: int) -> list[Element]:
        return [Literal(frozenset(self.inflect(form))) for form in _split(value, column)]

    def quoted(self, value: str, column: int) -> list[Element]:
        if not value.strip():
            raise PatternError("there is nothing between the quotes", column)
        return [Literal(frozenset([form]), upper=value != value.lower()) for form in _split(value, column)]


def _split(value: str, column: int) -> list[str]:
    forms = [word.form for word in split_words(value)]
    if not forms:
        raise PatternError(f"{value!r} holds no word", column)
    return forms


def _ends(
    elements: tuple[Element, ...],
    starts: set[int],
    words: Sequence[Word],
    hits: Hits,
    first: int,
    after_gap: bool = False,
) -> set[int]:
    """The positions that a match of ``elements`` from any of ``starts`` can end at."""
    count = len(words)
    for element in elements:
        if isinstance(element, Gap):
            starts = {end for start in starts for end in range(start, min(start + element.size, count) + 1)}
            after_gap = True
            continue
        if isinstance(element, (Start, End)):
            starts = starts & ({0} if isinstance(element, Start) else {count})
            continue
        if not after_gap and starts != {first}:
            starts = {start for start in starts if start == first or start >= count or words[start].joined}
        if isinstance(element, Literal):
            starts = _behind_word(element, starts, words)
        elif isinstance(element, Reference):
            by_start = hits.get(element.name, {})
            starts = {end for start in starts for end in by_start.get(start, ())}
        else:
            ends: set[int] = set()
            for branch in element.possible({words[start].form for start in starts if start < count}):
                # Where it is settled whether words are joined, one of a few words is quickly found.
                only = branch[0] if len(branch) == 1 else None
                if isinstance(only, Literal):
                    ends |= _behind_word(only, starts, words)
                else:
                    ends |= _ends(branch, starts, words, hits, first, after_gap) if branch else starts
            starts = ends
        after_gap = after_gap and isinstance(element, Choice) and () in element.branches
        if not starts:
            break
    return starts


def _behind_word(word: Literal, starts: Iterable[int], words: Sequence[Word]) -> set[int]:
    forms, count = word.forms, len(words)
    ends = {start + 1 for start in starts if start < count and words[start].form in forms}
    return {end for end in ends if words[end - 1].upper} if word.upper else ends


def _with_merged_words(elements: tuple[Element, ...]) -> tuple[Element, ...]:
    merged: list[Element] = []
    for element in elements:
        if isinstance(element, Choice):
            branches = [_with_merged_words(branch) for branch in element.branches]
            words = [branch[0] for branch in branches if len(branch) == 1 and isinstance(branch[0], Literal)]
            plain = [word.forms for word in words if not word.upper]
            others = [branch for branch in branches if len(branch) != 1 or branch[0] not in words or branch[0].upper]
            word = Literal(frozenset().union(*plain))
            element = Choice((*others, *([(word,)] if plain else []))) if others else word
        merged.append(element)
    return tuple(merged)


def _references(elements: tuple[Element, ...]) -> Iterator[str]:
    for element in elements:
        if isinstance(element, Reference):
            yield element.name
        elif isinstance(element, Choice):
            for branch in element.branches:
                yield from _references(branch)


def _beginnings(elements: tuple[Element, ...]) -> tuple[Anchor | None, bool]:
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
            inner, empty = _beginnings(branch)
            if inner is None:
                return None, False
            found = found | inner
            can_be_empty = can_be_empty or empty
        if not can_be_empty:
            return found, False
    return found, True


def _needs(elements: tuple[Element, ...]) -> Iterator[Anchor]:
    for element in elements:
        if isinstance(element, Literal):
            yield Anchor(element.forms, frozenset())
        elif isinstance(element, Reference):
            yield Anchor(frozenset(), frozenset([element.name]))
        elif isinstance(element, Choice):
            branches = [min(_needs(branch), key=_cost, default=None) for branch in element.branches]
            needed = [anchor for anchor in branches if anchor is not None]
            if len(needed) == len(branches):
                yield functools.reduce(operator.or_, needed)


def _cost(anchor: Anchor) -> float:
    """How often an anchor can be expected to occur, roughly: short words and lexicons occur most."""
    return sum(1 / len(form) ** 3 for form in anchor.forms) + 0.05 * len(anchor.lexicons)


def _sequences(elements: tuple[Element, ...]) -> list[tuple[frozenset[str], ...]] | None:
    sequences: list[tuple[frozenset[str], ...]] = [()]
    for element in elements:
        if isinstance(element, Literal):
            tails: list[tuple[frozenset[str], ...]] = [(element.forms,)]
        elif isinstance(element, Choice):
            tails = []
            for branch in element.branches:
                inner = _sequences(branch)
                if inner is None:
                    return None
                tails.extend(inner)
        else:
            return None
        if len(sequences) * len(tails) > MOST_EXPANSIONS:
            return None
        sequences = [head + tail for head in sequences for tail in tails]
    return sequences
