"""The parser's search for a tree, made for many sentences at once by matrix operations.

It is the greedy search of the arc-eager system (Nivre, "Incrementality in deterministic dependency parsing", 2004) with
the features and the weights of the trained parser, and "unshift" (Nivre and Fernández-González, "Arc-eager parsing with
the tree constraint", 2014): a word on the stack that has found no head goes back to the queue. spaCy makes one move for
one sentence at a time, and takes the interpreter's lock around each; here all sentences make a move together, and the
trees are the same in a quarter of the time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy

Numbers: TypeAlias = Any  # an array of numbers

# What a move does, by the first letter of its name in spaCy.
_SHIFT, _REDUCE, _LEFT, _RIGHT = "SDLR"
# What may be done is a sum of these; arcs to the left and to the right need the same.
_MAY_SHIFT, _MAY_REDUCE, _MAY_LINK = 1, 2, 4
_NEEDS = {_SHIFT: _MAY_SHIFT, _REDUCE: _MAY_REDUCE, _LEFT: _MAY_LINK, _RIGHT: _MAY_LINK}
# The words that a choice looks at: two of the queue, three of the stack, and the last dependents of the first of these.
_LOOKS_AT = 8
_PIECES = 2
_ROOT = "ROOT"


class Parse(NamedTuple):
    """The head of each word of a sentence, the root being its own, and how the word depends on it."""

    heads: list[int]
    labels: list[str]


class Decoder:
    """The weights of a trained parser ("spacy.TransitionBasedParser.v2" with an upper layer), as matrices."""

    def __init__(self, parser: Any) -> None:
        """Take the weights out of a parser of spaCy; raise ValueError if they are not those of such a model."""
        first, lower, upper = parser.model.layers
        if not upper.has_param("W") or (lower.get_dim("nF"), lower.get_dim("nP")) != (_LOOKS_AT, _PIECES):
            raise ValueError(
                f"the parser's model is {[layer.name for layer in parser.model.layers]}, expected one that looks at "
                f"{_LOOKS_AT} words in {_PIECES} pieces, with an upper layer"
            )
        self._first = _transposed(first.layers[-1].get_param("W")), first.layers[-1].get_param("b")
        # A row for each input; columns by word looked at, piece of the maxout unit, and unit.
        weights: Numbers = lower.get_param("W").transpose(3, 0, 2, 1)
        self._lower = numpy.ascontiguousarray(weights.reshape(len(weights), -1))
        self._missing: Numbers = lower.get_param("pad")[0].transpose(0, 2, 1).reshape(_LOOKS_AT, -1)
        self._bias: Numbers = lower.get_param("b").T.ravel()
        self._upper = _transposed(upper.get_param("W"))
        self._kinds = numpy.array([name[0] for name in parser.move_names])
        self._labels = [name[2:] for name in parser.move_names]
        needs = numpy.array([_NEEDS.get(kind, 0) for kind in self._kinds.tolist()])
        allowed = numpy.arange(_MAY_SHIFT + _MAY_REDUCE + _MAY_LINK + 1)[:, numpy.newaxis] & needs
        self._offsets = numpy.where(allowed, upper.get_param("b"), numpy.float32("-inf"))

    def parses(self, vectors: Sequence[Numbers]) -> list[Parse]:
        """The trees of sentences, given a row of numbers for each of their words. Labels are those of the parser: an
        arc that was lifted to make the tree projective still says so ("dobj||xcomp")."""
        lengths = numpy.array([len(rows) for rows in vectors], dtype="int64")
        states = _States(lengths)
        seen = self._seen(numpy.concatenate(vectors))
        while states.left():
            moves = self._best(states, seen)
            states.move(moves, self._kinds[moves])
        own = numpy.arange(states.none)
        heads = numpy.where(states.heads[:-1] == states.none, own, states.heads[:-1])
        firsts = numpy.repeat(numpy.cumsum(lengths) - lengths, lengths)
        labels = [_ROOT if move < 0 else self._labels[move] for move in states.moves[:-1].tolist()]
        local, parses, start = (heads - firsts).tolist(), [], 0
        for length in lengths.tolist():
            parses.append(Parse(local[start : start + length], labels[start : start + length]))
            start += length
        return parses

    def _seen(self, rows: Numbers) -> Numbers:
        """What each word contributes at each place that a choice looks at; the last ones are for no word."""
        weights, bias = self._first
        inputs = rows @ weights + bias
        seen: Numbers = numpy.empty((len(rows) + 1, self._lower.shape[1]), dtype=rows.dtype)
        numpy.matmul(inputs, self._lower, out=seen[:-1])
        seen = seen.reshape(len(seen) * _LOOKS_AT, -1)
        seen[-_LOOKS_AT:] = self._missing
        return seen

    def _best(self, states: _States, seen: Numbers) -> Numbers:
        """The number of the best move of those allowed, for each sentence that is left."""
        places = states.looked_at() * _LOOKS_AT + numpy.arange(_LOOKS_AT)
        pieces = seen.take(places, axis=0).sum(axis=1)
        pieces += self._bias
        half = pieces.shape[1] // _PIECES
        scores = numpy.maximum(pieces[:, :half], pieces[:, half:]) @ self._upper
        scores += self._offsets[states.allowed()]
        return scores.argmax(axis=1)


class _States:
    """How far the parses of sentences are. Words are numbered through all sentences; ``none`` stands for no word.

    Stacks and queues stand one behind another, with "no word" before each stack and behind each queue; ``_top`` and
    ``_next`` are places in there. What is kept for each sentence is kept for those which are left only.
    """

    def __init__(self, lengths: Numbers) -> None:
        self.none = none = int(lengths.sum())
        firsts = numpy.cumsum(lengths) - lengths
        # Behind a queue the next two words are looked at, before the top of a stack the two below.
        width = int(lengths.max(initial=0)) + 3
        words = numpy.arange(width)
        inside = words < lengths[:, numpy.newaxis]
        self._queue = numpy.where(inside, firsts[:, numpy.newaxis] + words, none).ravel()
        self._stack = numpy.full(len(lengths) * width, none)
        self._next = numpy.arange(len(lengths)) * width
        self._top = self._next + 2  # of an empty stack
        self._waiting, self._depth = lengths.copy(), numpy.zeros_like(lengths)
        self.heads, self.moves = numpy.full(none + 1, none), numpy.full(none + 1, -1)
        # The last dependent of each word on either side, and the one of its head before it.
        self._left, self._right, self._before = (numpy.full(none + 1, none) for _ in range(3))
        self._put_back = numpy.zeros(none + 1, dtype=bool)
        self._push(numpy.flatnonzero(lengths))

    def left(self) -> bool:
        """Whether a sentence is left; those that are done are put aside."""
        going = (self._waiting + self._depth) > 0
        if not going.all():
            self._next, self._top = self._next[going], self._top[going]
            self._waiting, self._depth = self._waiting[going], self._depth[going]
        return len(self._next) > 0

    def looked_at(self) -> Numbers:
        """The words that the choice of the next move depends on, in columns."""
        first, top = self._queue[self._next], self._stack[self._top]
        second, third = self._stack[self._top - 1], self._stack[self._top - 2]
        columns = first, self._queue[self._next + 1], top, second, third, self._left[first], self._left[top]
        return numpy.stack((*columns, self._right[top]), axis=1)

    def allowed(self) -> Numbers:
        """What may be done next: a word may be shifted once only, and the last one on the stack has to wait for the
        last one in the queue, as they are in one sentence."""
        shift = (self._waiting > 1) & ~self._put_back[self._queue[self._next]]
        reduce = (self._depth > 1) | (self._waiting == 0)
        return _MAY_SHIFT * shift + _MAY_REDUCE * reduce + _MAY_LINK * (self._waiting > 0)

    def move(self, moves: Numbers, kinds: Numbers) -> None:
        """Make one move for each sentence that is left; with nothing on its stack it then shifts, as it must."""
        first, top = self._queue[self._next], self._stack[self._top]
        left, right, reduce = (numpy.flatnonzero(kinds == kind) for kind in (_LEFT, _RIGHT, _REDUCE))
        self._link_left(first[left], top[left], moves[left])
        self._link_right(top[right], first[right], moves[right])
        self._push(numpy.flatnonzero((kinds == _RIGHT) | (kinds == _SHIFT)))
        self._pop(numpy.flatnonzero((kinds == _LEFT) | (kinds == _REDUCE)))
        headless = reduce[(self.heads[top[reduce]] == self.none) & (self._depth[reduce] > 0)]
        self._unshift(headless, top[headless])
        self._push(numpy.flatnonzero((self._depth == 0) & (self._waiting > 0)))

    def _link_left(self, heads: Numbers, words: Numbers, moves: Numbers) -> None:
        self._right[self.heads[words]] = self._before[words]  # which they were the last dependents of, if any
        self.heads[words], self.moves[words] = heads, moves
        self._left[heads] = words
        self._put_back[heads] = False

    def _link_right(self, heads: Numbers, words: Numbers, moves: Numbers) -> None:
        self.heads[words], self.moves[words] = heads, moves
        self._before[words] = self._right[heads]
        self._right[heads] = words

    def _push(self, rows: Numbers) -> None:
        self._top[rows] += 1
        self._depth[rows] += 1
        self._stack[self._top[rows]] = self._queue[self._next[rows]]
        self._next[rows] += 1
        self._waiting[rows] -= 1

    def _pop(self, rows: Numbers) -> None:
        self._top[rows] -= 1
        self._depth[rows] -= 1

    def _unshift(self, rows: Numbers, words: Numbers) -> None:
        self._next[rows] -= 1
        self._waiting[rows] += 1
        self._queue[self._next[rows]] = words
        self._put_back[words] = True


def _transposed(weights: Numbers) -> Numbers:
    return numpy.ascontiguousarray(weights.T)
