"""The model's first layers, worked out once for each word: the parses stay the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from thinc.api import Relu, chain

from linter.embedding import embed_words_once
from linter.language import Parser, Tree
from linter.lexicon import Vocabulary
from linter.readers import read
from linter.sentences import split
from linter.source import decode

ARTICLES = Path(__file__).parent.parent / "corpus" / "articles"


def test_the_trees_are_those_of_the_model_as_it_is(monkeypatch: pytest.MonkeyPatch, parser: Parser) -> None:
    documents = [read(decode(path.read_bytes(), path.name)) for path in sorted(ARTICLES.glob("*.txt"))]
    texts = [sentence.text for document in documents for sentence in split(document, Vocabulary())]
    assert len(texts) > 250  # more than a batch
    mended: list[Tree] = list(parser.parse(texts))
    left_alone: list[Any] = []
    monkeypatch.setattr("linter.embedding.embed_words_once", left_alone.append)
    assert list(Parser().parse(texts)) == mended
    assert len(left_alone) == 1


def test_another_architecture_is_refused() -> None:
    with pytest.raises(ValueError, match="has 2 layers, expected 5"):
        embed_words_once(chain(chain(Relu(), Relu()), Relu()))
