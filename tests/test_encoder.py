"""The model's vectors, worked out in less time: the parses stay the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from thinc.api import LayerNorm, Maxout, Model, Relu, chain, expand_window

from linter import encoder
from linter.encoder import Convolution, speed_up
from linter.language import Parser, Tree
from linter.lexicon import Vocabulary
from linter.readers import read
from linter.sentences import split
from linter.source import decode

ARTICLES = Path(__file__).parent.parent / "corpus" / "articles"


@pytest.fixture(scope="module")
def texts() -> list[str]:
    documents = [read(decode(path.read_bytes(), path.name)) for path in sorted(ARTICLES.glob("*.txt"))]
    return [sentence.text for document in documents for sentence in split(document, Vocabulary())]


@pytest.fixture(scope="module")
def trees(texts: list[str]) -> list[Tree]:
    """What the model makes of the texts as it is."""
    left_alone: list[Any] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("linter.encoder.speed_up", left_alone.append)
        found = list(Parser().parse(texts))
    assert len(left_alone) == 1
    return found


def test_the_trees_are_those_of_the_model_as_it_is(parser: Parser, texts: list[str], trees: list[Tree]) -> None:
    assert len(texts) > 250  # more than a batch
    assert list(parser.parse(texts)) == trees


def test_so_they_are_where_words_are_forgotten(
    monkeypatch: pytest.MonkeyPatch, parser: Parser, texts: list[str], trees: list[Tree]
) -> None:
    monkeypatch.setattr(encoder, "_MOST_WORDS", 10)
    monkeypatch.setattr(encoder, "_ROWS_AT_ONCE", 50)
    assert list(parser.parse(texts)) == trees


def test_another_embedding_is_refused() -> None:
    with pytest.raises(ValueError, match="has 2 layers, expected 5"):
        speed_up(chain(chain(Relu(), Relu()), Relu()))


@pytest.mark.parametrize(
    "layer", [Relu(), chain(expand_window(2), chain(Maxout(), LayerNorm()))], ids=["another layer", "a wider window"]
)
def test_another_encoder_is_refused(layer: Model[Any, Any]) -> None:
    with pytest.raises(ValueError, match="expected expand_window>>maxout>>layernorm"):
        Convolution.of(layer)
