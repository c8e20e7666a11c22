"""What pronouns stand for: object pronouns of the built-in rules, and how far their antecedent may be."""

from __future__ import annotations

import pytest

from linter.anaphora import Pronouns, with_antecedents
from linter.lexicon import Vocabulary, VocabularyBuilder
from linter.model import Block, Document, Piece, Span
from linter.sentences import split

PRONOUNS = Pronouns(frozenset({"it", "them"}), ("act",), ("bad", "tissue"))


def vocabulary() -> Vocabulary:
    made = VocabularyBuilder()
    for lexicon, words in {"act": "fixes eases", "bad": "pain wrinkles", "tissue": "cartilage"}.items():
        for word in words.split():
            made.add(lexicon, [[word]])
    return made.vocabulary()


def meant(*blocks: str) -> list[tuple[str, str]]:
    """The pronouns that stand for something, each with its lexicon, in reading order."""
    document = Document("p.txt", tuple(Block.of("paragraph", (Piece(text, Span(0, len(text))),)) for text in blocks))
    sentences = split(document, vocabulary())
    return [
        (sentence.words[start].form, lexicon)
        for before, sentence in zip(sentences, with_antecedents(sentences, PRONOUNS, vocabulary()), strict=True)
        for lexicon in ("bad", "tissue")
        for start, end in sentence.scan.all_ranges(lexicon)
        if not before.scan.has(lexicon, start, end)
    ]


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        pytest.param(["The pain is bad. This fixes it."], [("it", "bad")], id="the sentence before"),
        pytest.param(["It finds the pain and fixes it."], [("it", "bad")], id="the same sentence"),
        pytest.param(["Wrinkles?", "This fixes them."], [("them", "bad")], id="the block before"),
        pytest.param(["Pain wears the cartilage. This fixes it."], [("it", "tissue")], id="the last of two"),
        pytest.param(["The pain stays. Cartilage is worn, and this fixes it."], [("it", "tissue")], id="nearer wins"),
        pytest.param(["The pain. It eases it. It fixes it."], [("it", "bad")], id="not from pronoun to pronoun"),
        pytest.param(["The pain stays. Call us. This fixes it."], [], id="two sentences before"),
        pytest.param(["The pain stays.", "Call us.", "This fixes it."], [], id="two blocks before"),
        pytest.param(["This fixes it, also pain."], [], id="behind the pronoun"),
        pytest.param(["The pain stays. It is known."], [], id="no action"),
        pytest.param(["The pain stays. This fixes, it says."], [], id="not right behind the action"),
        pytest.param(["This fixes it."], [], id="nothing before"),
    ],
)
def test_an_object_pronoun_stands_for_what_was_last_spoken_of(
    blocks: list[str], expected: list[tuple[str, str]]
) -> None:
    assert meant(*blocks) == expected


def test_without_pronouns_nothing_changes() -> None:
    document = Document("p.txt", (Block.of("paragraph", (Piece("Pain. It fixes it.", Span(0, 18)),)),))
    sentences = split(document, vocabulary())
    assert tuple(with_antecedents(sentences, Pronouns(), vocabulary())) == sentences
