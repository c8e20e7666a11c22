"""Text as words: forms, places, and what stands between them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.words import FOLDED, fold, split_words

# What a word of the text may be spelled out as.
CONTRACTIONS = {
    "ca": "can",
    "wo": "will",
    "sha": "shall",
    "ai": "is",
    "n't": "not",
    "'ll": "will",
    "'re": "are",
    "'ve": "have",
    "'d": "would",
    "'m": "am",
    "'s": "is",
}


def forms(text: str) -> str:
    return " ".join(word.form for word in split_words(text))


def runs(text: str) -> list[str]:
    """The runs of words that follow each other without a break."""
    found: list[str] = []
    for word in split_words(text):
        if word.joined:
            found[-1] += f" {word.form}"
        else:
            found.append(word.form)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("It aren't so", "it are not so", id="n't"),
        pytest.param("You can't, won't, shan't", "you can not will not shall not", id="n't that changes the verb"),
        pytest.param("It ain't gone", "it is not gone", id="ain't"),
        pytest.param("We cannot say; CANNOT", "we can not say can not", id="cannot"),
        pytest.param("We'll see", "we will see", id="'ll"),
        pytest.param("You're sure they've got it", "you are sure they have got it", id="'re and 've"),
        pytest.param("I'd say I'm well", "i would say i am well", id="'d and 'm"),
        pytest.param("It's proven; that's it; who's who", "it is proven that is it who is who", id="'s as is"),
        pytest.param("DON'T and Don’t", "do not and do not", id="capitals and a typographic apostrophe"),
    ],
)
def test_contractions_are_spelled_out(text: str, expected: str) -> None:
    assert forms(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("the patient's pain", "the patient 's pain", id="a possessive is not “is”"),
        pytest.param("our patients' pain", "our patients pain", id="the possessive of a plural"),
        pytest.param("'twas 'pain'", "twas pain", id="single quotes"),
        pytest.param("seven o'clock", "seven o clock", id="an apostrophe inside a word"),
        pytest.param("in the '90s, 5' tall", "in the 90 s 5 tall", id="apostrophes at numbers"),
        pytest.param("ant want cant", "ant want cant", id="words that only end like it"),
        pytest.param("n't 's", "n t s", id="endings on their own"),
        pytest.param("cannot-do cannots", "can not do cannots", id="cannot inside a longer word"),
    ],
)
def test_other_apostrophes_take_nothing_apart_that_is_whole(text: str, expected: str) -> None:
    assert forms(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,000 of 2.5", "1,000 of 2.5"),
        ("50% off $200", "50 % off $ 200"),
        ("in 2021.", "in 2021"),
        ("24/7", "24 7"),
        ("10mg B12", "10 mg b 12"),
        ("1, 2", "1 2"),
        ("1.5.", "1.5"),
        ("COVID-19", "covid 19"),
        ("A & B", "a & b"),
        ("snake_case #tag @x", "snake case tag x"),
        ("naïve Größe ΑΒ", "naïve größe αβ"),
        ("😀 !? … —", ""),
        ("", ""),
    ],
)
def test_numbers_signs_and_letters_are_words(text: str, expected: str) -> None:
    assert forms(text) == expected


def test_typographic_variants_are_folded_code_point_for_code_point() -> None:
    text = "“Long‑lasting” ‘relief’: it’s\u00a0here"
    assert fold(text) == "\"Long-lasting\" 'relief': it's here"
    assert forms(text) == "long lasting relief it is here"


@pytest.mark.parametrize("between", [" ", "\n", "-", "‑", "/", " (", ") ", '" ', "® ", "™ ", "\u00a0", " + ", "* "])
def test_words_are_joined_across_what_does_not_part_them(between: str) -> None:
    assert runs(f"lasting{between}relief") == ["lasting relief"]


@pytest.mark.parametrize("between", [", ", "; ", ": ", ". ", "! ", " — ", " – ", "… ", " • ", " | ", " 😀 ", "_"])
def test_words_are_not_joined_across_punctuation(between: str) -> None:
    assert runs(f"lasting{between}relief") == ["lasting", "relief"]


def test_a_word_knows_its_place_and_its_capital() -> None:
    text = "Stem-cells: they CAN’T “Heal”"
    assert [(text[word.start : word.end], word.form, word.joined, word.upper) for word in split_words(text)] == [
        ("Stem", "stem", False, True),
        ("cells", "cells", True, False),
        ("they", "they", False, False),
        ("CA", "can", True, True),
        ("N’T", "not", True, True),
        ("Heal", "heal", True, True),
    ]


def test_a_letter_whose_lower_case_is_longer_shifts_nothing() -> None:
    text = "İstanbul heals"
    assert [text[word.start : word.end] for word in split_words(text)] == ["İstanbul", "heals"]


@given(st.text() | st.text(alphabet="abcnst't’d İ-,.1%_é\u0301😀\n"))
def test_every_word_stands_where_it_says(text: str) -> None:
    words = split_words(text)
    assert [word.start for word in words] == sorted({word.start for word in words})
    for word, following in pairwise(words):
        assert word.end <= following.start
    for word in words:
        written = fold(text[word.start : word.end]).lower()
        assert word.form in (written, CONTRACTIONS.get(written))
    inside = {offset for word in words for offset in range(word.start, word.end)}
    assert all(offset in inside for offset, character in enumerate(text) if character.isalpha() or character.isdigit())


@given(st.text() | st.text(alphabet=[*map(chr, FOLDED), "a"]))
def test_folding_keeps_the_length_and_happens_once(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded
    assert all(new == old or ord(old) in FOLDED for new, old in zip(folded, text, strict=True))
