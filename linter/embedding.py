"""The model's first layers, worked out once for each different word of a batch instead of once for each token.

What they make of a token depends on nothing but its own features, and three tokens of four are words that the batch
has already. What follows, and with it the parse, stays the same.
"""

from __future__ import annotations

from typing import Any

import numpy
from thinc.api import Model, Ragged, chain


def embed_words_once(tok2vec: Model[Any, Any]) -> None:
    """Change a model of the architecture "spacy.Tok2Vec.v2" with embedding "spacy.MultiHashEmbed.v2"; raise ValueError
    if it is another one."""
    embedding = tok2vec.layers[0]
    if len(embedding.layers) != 5:
        raise ValueError(f"the embedding of the model has {len(embedding.layers)} layers, expected 5")
    features, to_rows, hashes, mixture, from_rows = embedding.layers
    embedding.layers[:] = [features, to_rows, _once(chain(hashes, mixture)), from_rows]


def _once(inner: Model[Ragged, Ragged]) -> Model[Ragged, Ragged]:
    """A layer that makes of each row what another one makes of it, which sees every different row once."""

    def forward(model: Model[Ragged, Ragged], given: Ragged, is_train: bool) -> tuple[Ragged, Any]:
        rows: Any = numpy.ascontiguousarray(given.data)
        numbers: dict[bytes, int] = {}
        whole_rows = rows.view(f"V{rows.shape[1] * rows.itemsize}").ravel().tolist()
        places: Any = numpy.array([numbers.setdefault(row, len(numbers)) for row in whole_rows], dtype="int64")
        _, firsts = numpy.unique(places, return_index=True)
        lengths: Any = numpy.array([len(firsts)], dtype="int32")
        different: Any = inner.predict(Ragged(rows[firsts], lengths))
        return Ragged(different.data[places], given.lengths), _no_training

    return Model("once", forward)


def _no_training(_: Any) -> Any:
    raise NotImplementedError("the model is not trained here")
