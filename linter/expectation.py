"""How often what patterns need can be expected to occur in a sentence, so that they are looked for where that is rare.

It is measured on a sample; the examples of a pack's rules are at hand, and speak as its pages do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from linter.elements import AT_START, Anchor
from linter.scan import Scan

# What is not in the sample: a word of one letter (longer ones are rarer), and a lexicon.
_UNSEEN_WORD, _UNSEEN_LEXICON = 0.003, 0.002
# How much rarer something is at the beginning of a sentence; how much more often than by chance words stand together.
_AT_START, _TOGETHER = 0.1, 5


class Expectation:
    """Says how often an anchor can be expected to occur, by the sentences of a sample; none are needed."""

    def __init__(self, sample: Collection[Scan] = ()) -> None:
        self._sentences = max(len(sample), 1)
        self._words = Counter(form for scan in sample for form in scan.forms)
        self._lexicons = Counter(lexicon for scan in sample for lexicon in scan.hits)

    def __call__(self, anchor: Anchor) -> float:
        """The share of sentences that have what the anchor asks for."""
        return sum(map(self._of_key, anchor.keys)) + sum(map(self._of_lexicon, anchor.lexicons))

    def _of_key(self, key: str) -> float:
        first, _, second = key.partition(" ")
        if first == AT_START:
            return self._of_key(second) * _AT_START
        if second:
            return self._of_key(first) * self._of_key(second) * _TOGETHER
        return self._words[key] / self._sentences + _UNSEEN_WORD / len(key)

    def _of_lexicon(self, name: str) -> float:
        if name.startswith(AT_START):
            return self._of_lexicon(name[len(AT_START) + 1 :]) * _AT_START
        return self._lexicons[name] / self._sentences + _UNSEEN_LEXICON
