"""A text as it is searched: places as bits of numbers, and entries of lexicons at places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.scan import Range, Scan, numbers
from linter.words import split_words

SCAN = Scan.of(split_words("Deep knee pain, or knee ache")).with_hits(
    [("bad", (1, 3)), ("bad", (2, 3)), ("bad", (4, 6)), ("bad", (4, 5)), ("part", (1, 2))]
)


@given(st.sets(st.integers(0, 200)))
def test_places_have_numbers(places: set[int]) -> None:
    assert list(numbers(sum(1 << place for place in places))) == sorted(places)


def test_words_stand_at_places() -> None:
    assert {form: list(numbers(places)) for form, places in SCAN.forms.items()} == {
        "deep": [0],
        "knee": [1, 4],
        "pain": [2],
        "or": [3],
        "ache": [5],
    }
    assert list(numbers(SCAN.joined)) == [1, 2, 4, 5, 6]  # not behind the comma; the end is
    assert list(numbers(SCAN.end)) == [6]


@pytest.mark.parametrize(
    ("lexicon", "longest", "every"),
    [
        pytest.param("bad", [(1, 3), (2, 3), (4, 6)], [(1, 3), (2, 3), (4, 5), (4, 6)], id="of several lengths"),
        pytest.param("part", [(1, 2)], [(1, 2)], id="of one"),
        pytest.param("other", [], [], id="without entries"),
    ],
)
def test_a_lexicon_has_ranges(lexicon: str, longest: list[Range], every: list[Range]) -> None:
    assert SCAN.ranges(lexicon) == longest
    assert SCAN.all_ranges(lexicon) == every


@pytest.mark.parametrize(
    ("words", "expected"), [((1, 3), True), ((4, 5), True), ((4, 6), True), ((1, 2), False), ((3, 4), False)]
)
def test_an_entry_stands_where_it_was_found(words: Range, expected: bool) -> None:
    assert SCAN.has("bad", *words) is expected
    assert not SCAN.has("other", *words)


def test_a_text_may_begin_with_an_entry() -> None:
    assert not SCAN.begins("bad")
    assert SCAN.with_hits([("bad", (0, 2))]).begins("bad")
    assert not SCAN.begins("other")


def test_entries_are_added_and_taken_out_of_copies() -> None:
    assert SCAN.with_hits([("part", (4, 5)), ("new", (0, 1))]).hits == {**SCAN.hits, "part": {1: 18}, "new": {1: 1}}
    without = SCAN.without_hits(["bad", "part", "other"], (1, 4))
    assert {lexicon: without.all_ranges(lexicon) for lexicon in without.hits} == {"bad": [(4, 5), (4, 6)]}
    assert SCAN.all_ranges("part") == [(1, 2)]
