"""Text as words: what rules, lexicons and cues match on, before and without any parser.

A word's form is
lower-cased, contractions are taken apart and spelled out ("aren't": "are" "not"), and typographic variants are folded,
so that one spelling in a rule meets every spelling in copy.
"""

from __future__ import annotations

import re

from msgspec import Struct

# One code point for one code point: offsets into the folded text are offsets into the text.
FOLDED = str.maketrans("’‘ʼ“”„‐‑‒\u00a0\u202f\u2009\u2007", "'''\"\"\"---    ")

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[%$€£&]|'(?=[a-z])", re.UNICODE)
_CONTRACTION = re.compile(r"([^\W\d_]+?)(n't|'(?:s|ll|re|ve|d|m))\b", re.IGNORECASE)
_NOT = {"ca": "can", "wo": "will", "sha": "shall", "ai": "is"}
_CLITICS = {"n't": "not", "'ll": "will", "'re": "are", "'ve": "have", "'d": "would", "'m": "am", "'s": "'s"}
# After these words 's is "is"; after others it is more often the possessive.
_IS = frozenset("it that there here what who where he she this everything nothing".split())
# What may stand between two words that still make one phrase: space, hyphen, slash, quotes, brackets, marks such as ®.
_JOINT = re.compile(r"[\s\-/'\"()\[\]®™*+&]*\Z")


class Word(Struct, frozen=True, gc=False):
    """A word: its folded form, its range in the text, and whether it follows the word before without a break."""

    form: str
    start: int
    end: int
    joined: bool
    upper: bool = False


def fold(text: str) -> str:
    """``text`` with typographic quotes, hyphens and spaces made plain; of the same length."""
    return text.translate(FOLDED)


def split_words(text: str) -> tuple[Word, ...]:
    """The words of ``text``, in order; offsets count into ``text``."""
    folded = fold(text)
    has_clitics = "'" in folded
    words: list[Word] = []
    position = last = 0

    def add(form: str, start: int, end: int) -> None:
        nonlocal last
        # A space is what mostly stands between words, and quickly seen.
        joined = bool(words) and (folded[last:start] == " " or _JOINT.match(folded, last, start) is not None)
        # Lower-casing a few letters (such as the dotted capital I) changes their number; offsets do not hang on it.
        words.append(Word(form.lower(), start, end, joined, folded[start].isupper()))
        last = end

    while match := _WORD.search(folded, position):
        start, end = match.span()
        contraction = _CONTRACTION.match(folded, start) if has_clitics else None
        if contraction and contraction.end() > end:
            stem, clitic = contraction.group(1).lower(), contraction.group(2).lower()
            middle, position = contraction.end(1), contraction.end()
            add(_NOT.get(stem, stem) if clitic == "n't" else stem, start, middle)
            add("is" if clitic == "'s" and stem in _IS else _CLITICS[clitic], middle, position)
            continue
        position = end
        form = match.group()
        if form == "'":
            continue
        if end - start == len("cannot") and form.lower() == "cannot":
            add("can", start, start + 3)
            add("not", start + 3, end)
        else:
            add(form, start, end)
    return tuple(words)
