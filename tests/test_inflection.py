"""Surface forms of base forms."""

from __future__ import annotations

from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.inflection import (
    IRREGULAR_VERBS,
    UNINFLECTED,
    adjective_forms,
    all_forms,
    noun_forms,
    verb_forms,
)


@pytest.mark.parametrize(
    ("base", "forms"),
    [
        pytest.param("treat", "treats treated treating", id="as it is"),
        pytest.param("relieve", "relieves relieved relieving", id="e is dropped"),
        pytest.param("stop", "stops stopped stopping", id="consonant doubles"),
        pytest.param("travel", "travels traveled travelled traveling travelling", id="consonant may double"),
        pytest.param("heal", "heals healed healing", id="two vowels: none doubles"),
        pytest.param("fix", "fixes fixed fixing", id="x never doubles"),
        pytest.param("slow", "slows slowed slowing", id="w never doubles"),
        pytest.param("carry", "carries carried carrying", id="y to ie"),
        pytest.param("destroy", "destroys destroyed destroying", id="y after a vowel stays"),
        pytest.param("push", "pushes pushed pushing", id="sibilant"),
        pytest.param("banish", "banishes banished banishing", id="sibilant, two syllables"),
        pytest.param("tie", "ties tied tying", id="ie to ying"),
        pytest.param("agree", "agrees agreed agreeing", id="ee"),
        pytest.param("panic", "panics panicked paniced panicking panicing", id="c to ck"),
    ],
)
def test_regular_verbs(base: str, forms: str) -> None:
    assert verb_forms(base) == {base, *forms.split()}


@pytest.mark.parametrize(
    ("base", "forms"),
    [
        ("be", "is am are was were been being"),
        ("have", "has had having"),
        ("get", "gets got gotten getting"),
        ("grow", "grows grew grown growing"),
        ("regrow", "regrows regrew regrown regrowing"),
        ("overcome", "overcomes overcame overcoming"),
        ("undergo", "undergoes underwent undergone undergoing"),
        ("lie", "lies lay lain lying"),
        ("cut", "cuts cutting"),
        ("wear", "wears wore worn wearing"),
    ],
)
def test_irregular_verbs(base: str, forms: str) -> None:
    assert verb_forms(base) == {base, *forms.split()}


@pytest.mark.parametrize(
    ("base", "forms"),
    [
        ("outgrow", "outgrows outgrew outgrown outgrowing"),
        ("remake", "remakes remade remaking"),
        ("redo", "redoes redid redone redoing"),
        ("overtake", "overtakes overtook overtaken overtaking"),
    ],
)
def test_a_prefixed_verb_goes_like_the_verb_inside(base: str, forms: str) -> None:
    assert verb_forms(base) == {base, *forms.split()}


@pytest.mark.parametrize("base", ["return", "reach", "resist", "unite", "rely", "rest"])
def test_what_only_begins_like_a_prefix_is_regular(base: str) -> None:
    assert {f"{base.removesuffix('e').removesuffix('y')}{'i' * base.endswith('y')}ed"} < verb_forms(base)


@pytest.mark.parametrize(
    ("base", "plural"),
    [
        pytest.param("joint", "joints", id="s"),
        pytest.param("ache", "aches", id="e"),
        pytest.param("injury", "injuries", id="y to ies"),
        pytest.param("delay", "delays", id="y after a vowel"),
        pytest.param("abscess", "abscesses", id="ss"),
        pytest.param("patch", "patches", id="ch"),
        pytest.param("reflex", "reflexes", id="x"),
        pytest.param("diagnosis", "diagnoses", id="sis in the table"),
        pytest.param("stenosis", "stenoses", id="sis"),
        pytest.param("axis", "axes", id="xis"),
        pytest.param("pelvis", "pelvises", id="vis"),
        pytest.param("craftsman", "craftsmen", id="man"),
        pytest.param("human", "humans", id="human is no man"),
        pytest.param("foot", "feet", id="irregular"),
        pytest.param("person", "people persons", id="two plurals"),
        pytest.param("vertebra", "vertebrae vertebras", id="Latin"),
        pytest.param("series", "", id="no other form"),
    ],
)
def test_nouns(base: str, plural: str) -> None:
    assert noun_forms(base) == {base, *plural.split()}


@pytest.mark.parametrize(
    ("base", "forms"),
    [
        pytest.param("strong", "stronger strongest", id="one syllable"),
        pytest.param("big", "bigger biggest", id="consonant doubles"),
        pytest.param("safe", "safer safest", id="e"),
        pytest.param("free", "freer freest", id="ee"),
        pytest.param("healthy", "healthier healthiest", id="two syllables with y"),
        pytest.param("simple", "simpler simplest", id="two syllables with le"),
        pytest.param("narrow", "narrower narrowest", id="two syllables with ow"),
        pytest.param("good", "better best", id="irregular"),
        pytest.param("many", "more most", id="irregular quantity"),
        pytest.param("painful", "", id="two syllables"),
        pytest.param("effective", "", id="long"),
        pytest.param("natural", "", id="three syllables"),
    ],
)
def test_adjectives(base: str, forms: str) -> None:
    assert adjective_forms(base) == {base, *forms.split()}


def test_a_word_of_no_told_class_has_the_forms_of_noun_and_verb() -> None:
    assert all_forms("cure") == {"cure", "cures", "cured", "curing"}
    assert all_forms("leaf") == {"leaf", "leaves", "leafs", "leafed", "leafing"}


def test_words_of_closed_classes_and_what_is_no_word_do_not_inflect() -> None:
    assert {"the", "not", "may", "without", "our"} < UNINFLECTED
    alone = [*UNINFLECTED, "%", "24", "'s", "3.5", "&", "b12"]
    assert {word: forms for word in alone if (forms := all_forms(word)) != {word}} == {}


def test_an_irregular_verb_has_no_regular_past() -> None:
    told = {base: {base, *" ".join(parts).split()} for base, parts in IRREGULAR_VERBS.items()}
    made = {base: {form for form in verb_forms(base) if form.endswith("ed")} - told[base] for base in told}
    assert {base: forms for base, forms in made.items() if forms} == {}


@given(st.text(alphabet=ascii_lowercase, min_size=1, max_size=12))
def test_any_word_has_itself_among_its_forms_and_no_form_is_empty(base: str) -> None:
    for inflect in (verb_forms, noun_forms, adjective_forms, all_forms):
        forms = inflect(base)
        assert base in forms
        assert all(form.isalpha() and form == form.lower() for form in forms)
