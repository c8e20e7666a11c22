"""Lexicons: named words and phrases, found in one pass over a text."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.lexicon import Vocabulary, VocabularyBuilder
from linter.phrases import parse
from linter.rulefiles import read_rulebook
from linter.scan import Scan
from linter.words import split_words


def seen(vocabulary: Vocabulary, text: str) -> dict[str, list[str]]:
    """The entries of each lexicon, as they stand in the text."""
    words = split_words(text)
    scan = vocabulary.scan(words)
    return {
        name: [text[words[start].start : words[end - 1].end] for start, end in scan.all_ranges(name)]
        for name in sorted(scan.hits)
    }


def entries_in(lexicons: str, text: str) -> dict[str, list[str]]:
    """The same for the lexicons of a pack, each a line of YAML."""
    pack = "lexicons:\n" + "".join(f"  {line.strip()}\n" for line in lexicons.strip().split("\n"))
    return seen(read_rulebook({"lexicons.yml": pack}).vocabulary, text)


def vocabulary(lexicons: dict[str, Iterable[str]]) -> Vocabulary:
    words = VocabularyBuilder()
    for name, entries in lexicons.items():
        for entry in entries:
            words.add(name, [{part} for part in entry.split()])
    return words.vocabulary()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("Knee pain hurts.", {"pain": ["Knee pain", "pain"], "site": ["Knee"]}, id="also inside another"),
        pytest.param("pain pain", {"pain": ["pain", "pain"]}, id="twice"),
        pytest.param("knee‑pain", {"pain": ["knee‑pain", "pain"], "site": ["knee"]}, id="hyphen"),
        pytest.param("knee, pain", {"pain": ["pain"], "site": ["knee"]}, id="no phrase across a comma"),
        pytest.param("knee replacement", {"site": ["knee"]}, id="the beginning of an entry is none"),
        pytest.param("painful kneecap", {}, id="parts of words are none"),
        pytest.param("", {}, id="no text"),
    ],
)
def test_entries_are_found_wherever_they_stand(text: str, found: dict[str, list[str]]) -> None:
    words = vocabulary({"pain": ["pain", "knee pain"], "site": ["knee"], "care": ["knee replacement surgery"]})
    assert seen(words, text) == found


def test_every_number_in_digits_is_in_the_lexicon_of_numbers() -> None:
    assert seen(Vocabulary(), "40 patients, 1,200 sessions, 95% in 2021; B12") == {
        "number": ["40", "1,200", "95", "2021", "12"]
    }


def test_a_pack_may_add_number_words() -> None:
    assert entries_in("number: {inflect: none, words: [two, a dozen]}", "two or 3 of a dozen") == {
        "number": ["two", "3", "a dozen"]
    }


@pytest.mark.parametrize(
    ("inflect", "text", "found"),
    [
        pytest.param(
            "noun", "stem cells, stem cell, stems cell", ["stem cells", "stem cell"], id="noun: the last word"
        ),
        pytest.param("noun", "wear off, wears off, wear offs", ["wear off", "wear offs"], id="noun: not the first"),
        pytest.param(
            "verb", "wear off, wore off, wears off", ["wear off", "wore off", "wears off"], id="verb: the first"
        ),
        pytest.param("verb", "stem cells, stemmed cell", ["stemmed cell"], id="verb: not the last"),
        pytest.param("adjective", "safer, safe, safes", ["safer", "safe"], id="adjective"),
        pytest.param("none", "safe, safer, stem cells, stem cell", ["safe", "stem cell"], id="none"),
        pytest.param(
            "any", "safe, safes, stem cells, wear off, wears off", ["safe", "safes", "stem cells", "wear off"]
        ),
    ],
)
def test_entries_inflect_as_their_lexicon_says(inflect: str, text: str, found: list[str]) -> None:
    line = f"a: {{inflect: {inflect}, words: [stem cell, wear off, safe]}}"
    assert entries_in(line, text) == {"a": found}


def test_quoted_entries_do_not_inflect() -> None:
    assert entries_in("a: {inflect: noun, words: ['\"may\"', pain]}", "may mays pain pains") == {
        "a": ["may", "pain", "pains"]
    }


def test_entries_with_alternatives_stand_for_each() -> None:
    lines = "a: {inflect: noun, words: ['(stem|adult stem) cell [therapy]']}"
    assert entries_in(lines, "adult stem cells, stem cell therapies, adult cell") == {
        "a": ["adult stem cells", "stem cells", "stem cell", "stem cell therapies"]
    }


@pytest.mark.parametrize("turn", [1, -1], ids=["as written", "the other way round"])
def test_inclusion_goes_through_chains_and_cycles_in_any_order(turn: int) -> None:
    lines = [
        "bad: {words: ['{symptom}', harm]}",
        "symptom: {words: ['{pain}', fever]}",
        "pain: {words: [ache, '{sore}'], suffixes: [algia]}",
        "sore: {words: [blister, '{pain}']}",
        "good: {words: [sleep]}",
    ][::turn]
    assert entries_in("\n".join(lines), "ache blister fever harm sleep neuralgia") == {
        "bad": ["ache", "blister", "fever", "harm", "neuralgia"],
        "good": ["sleep"],
        "pain": ["ache", "blister", "neuralgia"],
        "sore": ["ache", "blister", "neuralgia"],
        "symptom": ["ache", "blister", "fever", "neuralgia"],
    }


def test_a_lexicon_that_includes_another_gives_it_nothing() -> None:
    assert entries_in("bad: {words: ['{pain}', harm]}\npain: {words: [ache]}", "harm") == {"bad": ["harm"]}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("arthritis and tendinitis", ["arthritis", "tendinitis"], id="words that end so"),
        pytest.param("Arthritis", ["Arthritis"], id="capital letter"),
        pytest.param("arthritic itis", [], id="other words, and the ending on its own"),
        pytest.param("circuitis", [], id="an exception"),
        pytest.param("abitis", [], id="too little before the ending"),
    ],
)
def test_suffixes_add_words_and_exceptions_take_them_out(text: str, found: list[str]) -> None:
    line = "disease: {suffixes: [itis], except: [circuitis]}"
    assert entries_in(line, text) == ({"disease": found} if found else {})


def test_exceptions_take_single_words_out_in_all_their_forms() -> None:
    line = "pain: {inflect: noun, words: [ache, sore, sore throat], except: [sore]}"
    assert entries_in(line, "aches, sores, a sore, sore throats") == {"pain": ["aches", "sore throats"]}


def test_composite_entries_are_matched_with_the_lexicons_they_name() -> None:
    lines = """
        dose: {words: ['{number} mg', 'a ...1 spoonful']}
        drug: {inflect: noun, words: [aspirin, '{dose} of aspirin']}
        thing: {words: ['{drug}']}
    """
    assert entries_in(lines, "500 mg of aspirin, a big spoonful of aspirin") == {
        "dose": ["500 mg", "a big spoonful"],
        "drug": ["500 mg of aspirin", "aspirin", "a big spoonful of aspirin", "aspirin"],
        "number": ["500"],
        "thing": ["500 mg of aspirin", "aspirin", "a big spoonful of aspirin", "aspirin"],
    }


@pytest.mark.parametrize("text", ["mg 500", "500, mg", "a very big spoonful", "five mg"])
def test_composite_entries_in_another_shape_are_not_found(text: str) -> None:
    assert "dose" not in entries_in("dose: {words: ['{number} mg', 'a ...1 spoonful']}", text)


def test_an_entry_of_too_many_phrases_is_matched_like_any_other() -> None:
    line = "long: {words: ['(a|b|c|d|e) (a|b|c|d|e) (a|b|c|d|e) (a|b|c|d|e)']}"
    assert entries_in(line, "a e b d, a b c") == {"long": ["a e b d"]}


ENTRIES = st.lists(st.lists(st.sampled_from("abc"), min_size=1, max_size=3).map(" ".join), min_size=1, max_size=5)


@given(ENTRIES, st.lists(st.sampled_from(("a", "b", "c", "d", "a,", "B-")), max_size=12).map(" ".join))
def test_the_scan_finds_what_looking_for_each_entry_finds(entries: list[str], text: str) -> None:
    words = split_words(text)
    singly = {match for entry in entries for match in parse(f'"{entry}"').find(Scan.of(words))}
    assert vocabulary({"x": entries}).scan(words).all_ranges("x") == sorted(singly)
