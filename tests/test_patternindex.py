"""The index of patterns: it leaves out only what cannot match."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from test_patterns import PHRASES, TEXTS, scanned

from linter.expectation import Expectation
from linter.patternindex import PatternIndex
from linter.patterns import UNNUMBERED, PatternError
from linter.phrases import parse


def possible(text: str, *phrases: str) -> set[int]:
    """The numbers, from 0, of those phrases that can match in the text."""
    patterns = [replace(parse(phrase), number=number) for number, phrase in enumerate(phrases)]
    index = PatternIndex.of(patterns, Expectation())
    return set(index.possible(*index.met(scanned(text)))) - {UNNUMBERED}


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        pytest.param('"a" "b"', "b a", True, id="all words are there, if in another order"),
        pytest.param('"a" "b"', "a c", False, id="one of two words is there"),
        pytest.param('("a"|"b") "c"', "b c", True, id="one alternative"),
        pytest.param('("a"|"b") "c"', "c c", False, id="no alternative"),
        pytest.param('["a"] "c"', "c", True, id="no optional word"),
        pytest.param('("a"|["b"]) "c"', "c", True, id="an alternative of nothing"),
        pytest.param("{long} c", "c d", True, id="a lexicon"),
        pytest.param("{long} c", "c a c", True, id="a phrase of a lexicon"),
        pytest.param("{long} c", "c b", False, id="no entry of the lexicon"),
        pytest.param('... "c"', "", False, id="nothing"),
    ],
)
def test_a_pattern_is_possible_where_all_that_it_needs_is_there(phrase: str, text: str, expected: bool) -> None:
    assert possible(text, phrase) == ({0} if expected else set())


@given(st.lists(PHRASES, min_size=1, max_size=4), TEXTS)
def test_what_matches_is_possible(phrases: list[str], text: str) -> None:
    try:
        found = possible(text, *phrases)
    except PatternError:  # one of them would match anything
        return
    matching = {number for number, phrase in enumerate(phrases) if parse(phrase).find(scanned(text))}
    assert matching <= found


def test_patterns_of_no_index_are_always_possible() -> None:
    index = PatternIndex()
    assert index.possible(*index.met(scanned("a"))) == {UNNUMBERED}
