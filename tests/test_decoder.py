"""The search for trees, made for many sentences at once: what it finds is what the parser of spaCy finds."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy
import pytest
from thinc.api import Linear, Model, Relu, noop

from linter.decoder import Decoder, Parse
from linter.language import MODEL_PACKAGES, Parser, normalised
from linter.lexicon import Vocabulary
from linter.readers import read
from linter.sentences import split
from linter.source import decode

CORPUS = Path(__file__).parent.parent / "corpus"


@pytest.fixture(scope="module")
def sentences() -> list[str]:
    """Sentences of the corpus that have their full stop, so that none is added."""
    parts = ("articles", "voices/articles", "voices-third/articles", "voices-fourth/articles")
    paths = [path for part in parts for path in sorted((CORPUS / part).glob("*.*"))]
    documents = [read(decode(path.read_bytes(), path.name)) for path in paths]
    texts = [sentence.text for document in documents for sentence in split(document, Vocabulary())]
    return [text for text in texts if text.endswith((".", "?", "!"))]


@pytest.fixture(scope="module")
def pipeline() -> Any:
    """The trained pipeline as spaCy loads it."""
    (name,) = (name for name in MODEL_PACKAGES if importlib.util.find_spec(name))
    return importlib.import_module(name).load(exclude=["ner", "lemmatizer", "attribute_ruler"])


def one_sentence(pipeline: Any, text: str) -> Any:
    """A text of which spaCy's parser is told that it is one sentence."""
    doc = pipeline.make_doc(text)
    for token in doc[1:]:
        token.is_sent_start = False
    return doc


def test_trees_are_those_of_spacy(pipeline: Any, parser: Parser, sentences: list[str]) -> None:
    docs = pipeline.pipe(one_sentence(pipeline, normalised(text)) for text in sentences)
    expected = [[(token.text, token.tag_, token.dep_, token.head.i) for token in doc] for doc in docs]
    found = parser.parse(sentences)
    trees = [[(token.text, token.tag, token.dep, token.head) for token in tree.tokens] for tree in found]
    assert len(sentences) > 500
    # Where two moves are equally good, rounding decides, and that depends on what is parsed together.
    different = [text for text, one, other in zip(sentences, expected, trees, strict=True) if one != other]
    assert len(different) <= len(sentences) / 500


def test_what_the_parser_has_lifted_is_put_back(parser: Parser) -> None:
    (tree,) = parser.parse(["What kind of treatment do you think that we should ask them about?"])
    assert not [token.dep for token in tree.tokens if "||" in token.dep]


@pytest.mark.parametrize("seed", range(4))
def test_words_that_make_no_sense_are_searched_alike(pipeline: Any, seed: int) -> None:
    """Vectors of no language lead to moves that sentences seldom need."""
    random = numpy.random.default_rng(seed)
    lengths = [*range(1, 60), 200]
    docs = [one_sentence(pipeline, "word " * length) for length in lengths]
    for doc in docs:
        doc.tensor = random.normal(scale=1.5, size=(len(doc), 96)).astype("float32")
    parser = pipeline.get_pipe("parser")
    expected = [parse_of(state.arcs, len(doc), pipeline) for state, doc in zip(parser.predict(docs), docs, strict=True)]
    assert any("||" in label for parse in expected for label in parse.labels)
    assert Decoder(parser).parses([doc.tensor for doc in docs]) == expected


def parse_of(arcs: Sequence[dict[str, int]], length: int, pipeline: Any) -> Parse:
    """The tree that the arcs of spaCy's search make."""
    parse = Parse(list(range(length)), ["ROOT"] * length)
    for arc in arcs:
        parse.heads[arc["child"]] = arc["head"]
        parse.labels[arc["child"]] = pipeline.vocab.strings[arc["label"]]
    return parse


def test_sentences_without_words_have_no_tree(pipeline: Any) -> None:
    decoder = Decoder(pipeline.get_pipe("parser"))
    nothing: Any = numpy.zeros((0, 96), dtype="float32")
    word: Any = numpy.ones((1, 96), dtype="float32")
    assert decoder.parses([nothing]) == [Parse([], [])]
    assert decoder.parses([nothing, word, nothing]) == [Parse([], []), Parse([0], ["ROOT"]), Parse([], [])]


@pytest.mark.parametrize("upper", [noop(), Linear(3, 3)], ids=["no upper layer", "other features"])
def test_another_parser_is_refused(upper: Model[Any, Any]) -> None:
    lower: Model[Any, Any] = Model("lower", lambda *_: None, dims={"nF": 13, "nP": 2})
    with pytest.raises(ValueError, match="expected one that looks at 8 words in 2 pieces"):
        Decoder(SimpleNamespace(model=SimpleNamespace(layers=[Relu(), lower, upper])))
