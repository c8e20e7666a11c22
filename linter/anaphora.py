"""What pronouns stand for that undergo an action: in "Heel pain is stubborn. Shockwave fixes it" it is the pain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from linter.lexicon import Vocabulary
from linter.sentences import Sentence


class Pronouns(Struct, frozen=True):
    """``words`` right behind a word of the lexicons ``after`` stand for what was last called a word of ``meant``."""

    words: frozenset[str] = frozenset()
    after: tuple[str, ...] = ()
    meant: tuple[str, ...] = ()


def with_antecedents(sentences: Sequence[Sentence], pronouns: Pronouns, vocabulary: Vocabulary) -> list[Sentence]:
    """The sentences, in which such pronouns are hits of the lexicon of ``meant`` that their antecedent is in.

    The antecedent stands before the action in the same sentence, or else in the sentence before, not farther than the
    block before (Hobbs 1978 searches in that order; most antecedents are as near).
    """
    found = list(sentences)
    for index, sentence in enumerate(sentences):
        for position, action in _objects(sentence, pronouns):
            before = sentences[index - 1] if index else None
            near = before if before is not None and before.block >= sentence.block - 1 else None
            lexicon = _last_meant(sentence, action, pronouns)
            if lexicon is None and near is not None:
                lexicon = _last_meant(near, len(near.words), pronouns)
            if lexicon is not None:
                hit = (lexicon, (position, position + 1))
                found[index] = replace(found[index], scan=vocabulary.with_hits(found[index].scan, [hit]))
    return found


def _objects(sentence: Sentence, pronouns: Pronouns) -> Iterator[tuple[int, int]]:
    """Where such a pronoun stands, with where the action before it begins."""
    for lexicon in pronouns.after:
        for start, end in sentence.scan.all_ranges(lexicon):
            if end < len(sentence.words) and sentence.words[end].joined and sentence.words[end].form in pronouns.words:
                yield end, start


def _last_meant(sentence: Sentence, stop: int, pronouns: Pronouns) -> str | None:
    """The lexicon of ``meant`` that has the last word before ``stop``."""
    last = [
        (max(starts), lexicon)
        for lexicon in pronouns.meant
        if (starts := [start for start, _ in sentence.scan.ranges(lexicon) if start < stop])
    ]
    return max(last)[1] if last else None
