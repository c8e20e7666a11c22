"""The model's word and context vectors, worked out in less time by the same arithmetic.

Three of four words of a text have come up before, and the vector of a word depends on nothing else: it is looked up.
Their context is a stack of convolutions, which takes half again as long as its matrix products in thinc, because
everything between these goes through main memory; here it is done on so few rows at a time that they stay in the
processor's cache. The vectors are the same but for rounding, and the parses the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Any, NamedTuple, TypeAlias

import numpy
from thinc.api import Model, Ragged, chain

Rows: TypeAlias = Any  # a two-dimensional array of numbers, one row for each word

# So many rows are kept of words that were looked up.
_MOST_WORDS = 20_000
# In all some 2 KB each, which is what fits the cache of one processor core.
_ROWS_AT_ONCE = 400
# What layernorm of thinc adds to a variance, which may be nothing.
_LEAST_VARIANCE = 1e-8


def speed_up(tok2vec: Model[Any, Any]) -> None:
    """Change the layers of a model of the architecture "spacy.Tok2Vec.v2", made of "spacy.MultiHashEmbed.v2" and
    "spacy.MaxoutWindowEncoder.v2" with a window of one word; raise ValueError if it is another one."""
    embedding, encoder = tok2vec.layers
    if len(embedding.layers) != 5:
        raise ValueError(f"the embedding of the model has {len(embedding.layers)} layers, expected 5")
    features, to_rows, hashes, mixture, from_rows = embedding.layers
    convolutions = [Convolution.of(layer) for layer in encoder.layers[0].layers]
    embedding.layers[:] = [features, to_rows, Model("remembered", Remembered(chain(hashes, mixture))), from_rows]
    tok2vec.layers[1] = _encoder(convolutions, padding=encoder.attrs["pad"])


class Convolution(NamedTuple):
    """A layer of the encoder: each row and the two beside it, through a maxout unit and normalised, added to the row.

    The columns of ``weights`` and ``bias`` are those of the first piece of the unit, then of the second, and so on.
    """

    weights: Rows
    bias: Rows
    pieces: int
    gain: Rows
    shift: Rows

    @classmethod
    def of(cls, layer: Model[Any, Any]) -> Convolution:
        """Take the numbers out of a layer of thinc; raise ValueError if it is no such layer."""
        parts = {part.name: part for part in layer.walk()}
        if not {"expand_window", "maxout", "layernorm"} <= parts.keys() or parts["expand_window"].attrs != {
            "window_size": 1
        }:
            raise ValueError(f"a layer of the encoder is {layer.name}, expected expand_window>>maxout>>layernorm")
        weights: Rows = parts["maxout"].get_param("W")
        bias: Rows = parts["maxout"].get_param("b")
        width, pieces, inputs = weights.shape
        return cls(
            numpy.ascontiguousarray(weights.transpose(2, 1, 0).reshape(inputs, pieces * width)),
            bias.T.reshape(pieces * width),
            pieces,
            parts["layernorm"].get_param("G"),
            parts["layernorm"].get_param("b"),
        )

    def applied(self, rows: Rows) -> Rows:
        """What the layer makes of these rows; before the first and behind the last there is nothing."""
        width = rows.shape[1]
        windows = numpy.zeros((len(rows), 3 * width), dtype=rows.dtype)
        windows[1:, :width] = rows[:-1]
        windows[:, width : 2 * width] = rows
        windows[:-1, 2 * width :] = rows[1:]
        pieces = windows @ self.weights
        pieces += self.bias
        best = pieces[:, :width]
        for piece in range(1, self.pieces):
            numpy.maximum(best, pieces[:, piece * width : (piece + 1) * width], out=best)
        best -= best.mean(axis=1, keepdims=True)
        variances = numpy.einsum("ij,ij->i", best, best) / width + _LEAST_VARIANCE
        best *= (variances**-0.5)[:, numpy.newaxis]
        best *= self.gain
        best += self.shift
        best += rows
        return best


def _encoder(convolutions: Sequence[Convolution], padding: int) -> Model[list[Rows], list[Rows]]:
    """A layer that puts sequences of rows, with so many empty ones between them, through all convolutions."""

    def forward(model: Model[list[Rows], list[Rows]], given: list[Rows], is_train: bool) -> tuple[list[Rows], Any]:
        return [found for some in _portions(given) for found in _encoded(some, convolutions, padding)], _no_training

    return Model("encoder", forward)


def _portions(sequences: Iterable[Rows]) -> Iterator[list[Rows]]:
    """The sequences in lists of not many rows."""
    portion: list[Rows] = []
    for sequence in sequences:
        portion.append(sequence)
        if sum(map(len, portion)) >= _ROWS_AT_ONCE:
            yield portion
            portion = []
    if portion:
        yield portion


def _encoded(sequences: Sequence[Rows], convolutions: Iterable[Convolution], padding: int) -> list[Rows]:
    ends = list(accumulate((len(sequence) + padding for sequence in sequences), initial=padding))
    rows = numpy.zeros((ends[-1], sequences[0].shape[1]), dtype=sequences[0].dtype)
    places = [slice(start, start + len(sequence)) for start, sequence in zip(ends, sequences, strict=False)]
    for place, sequence in zip(places, sequences, strict=True):
        rows[place] = sequence
    for convolution in convolutions:
        rows = convolution.applied(rows)
    return [rows[place] for place in places]


class Remembered:
    """The forward pass of a layer that makes of each row what another one makes of it, which sees the same row once."""

    def __init__(self, inner: Model[Ragged, Ragged]) -> None:
        self._inner = inner
        self._numbers: dict[bytes, int] = {}
        self._known: Rows = None

    def __call__(self, model: Model[Ragged, Ragged], given: Ragged, is_train: bool) -> tuple[Ragged, Any]:
        rows: Rows = numpy.ascontiguousarray(given.data)
        if len(self._numbers) > _MOST_WORDS:
            self._numbers, self._known = {}, None
        numbers, before = self._numbers, len(self._numbers)
        keys = rows.view(f"V{rows.shape[1] * rows.itemsize}").ravel().tolist()
        places: Any = numpy.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype="int64")
        if len(numbers) > before:
            _, firsts = numpy.unique(places, return_index=True)
            made = self._made(rows[firsts[places[firsts] >= before]])
            self._known = made if self._known is None else numpy.concatenate([self._known, made])
        return Ragged(self._known[places], given.lengths), _no_training

    def _made(self, rows: Rows) -> Rows:
        lengths: Any = numpy.array([len(rows)], dtype="int32")
        return self._inner.predict(Ragged(rows, lengths)).data


def _no_training(_: Any) -> Any:
    raise NotImplementedError("the model is not trained here")
