"""The phrase syntax that rules, lexicons and cues are written in, as text and compiled.

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

import re
from collections.abc import Callable

from linter.elements import Choice, Element, End, Gap, Literal, Reference, Start
from linter.inflection import all_forms
from linter.patterns import Pattern, PatternError
from linter.words import fold, split_words

DEFAULT_GAP = 4
LONGEST_GAP = 12

Inflect = Callable[[str], set[str]]

_TOKEN = re.compile(
    r'\s*(?:(?P<quoted>"[^"]*")|(?P<lexicon>\{[^}]*\})|(?P<gap>\.\.\.(?P<size>\d+)?)|(?P<mark>[()\[\]|])'
    r"|(?P<start>\^)|(?P<end>\$(?!\S))|(?P<word>[^\s()\[\]|{}\"^]+))"
)


def parse(text: str, inflect: Inflect = all_forms) -> Pattern:
    """Compile a phrase; raise PatternError where it is not written in the syntax."""
    parser = _Parser(text, inflect)
    elements = parser.sequence(closers="")
    if not elements:
        raise PatternError("it is empty", 0)
    return Pattern.of(text, elements)


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
