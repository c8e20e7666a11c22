"""Who does what to what, read off trees of the real model (of sentences that it reads as people do)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from linter import syntax
from linter.language import Parser, Tree
from linter.syntax import SUBJECTS

Parse = Callable[[str], Tree]


def at(tree: Tree, word: str) -> int:
    return [token.text for token in tree.tokens].index(word)


def words(tree: Tree, tokens: Iterable[int]) -> str:
    return " ".join(tree.tokens[token].text for token in dict.fromkeys(tokens))


@pytest.fixture
def parse(parser: Parser) -> Parse:
    """Parses one sentence."""

    def parse_one(text: str) -> Tree:
        (tree,) = parser.parse([text])
        return tree

    return parse_one


@pytest.mark.parametrize(
    ("text", "action", "themes"),
    [
        pytest.param("Cells relieve pain.", "relieve", "pain", id="object"),
        pytest.param(
            "Our cells relieve pain and stiffness in the knee.", "relieve", "pain stiffness", id="two objects"
        ),
        pytest.param("Pain is relieved by our cells.", "relieved", "Pain", id="subject of a passive"),
        pytest.param("Pain and stiffness were relieved.", "relieved", "Pain stiffness", id="two subjects of a passive"),
        pytest.param("We use cells to relieve pain.", "relieve", "pain", id="infinitive"),
        pytest.param("Cells help relieve chronic pain.", "relieve", "pain", id="bare infinitive"),
        pytest.param("Relieving pain is our goal.", "Relieving", "pain", id="gerund"),
        pytest.param("It is good for relieving pain.", "relieving", "pain", id="gerund behind a preposition"),
        pytest.param("Cells that relieve pain are injected.", "relieve", "pain", id="relative clause"),
        pytest.param("The pain that was relieved came back.", "relieved", "that pain", id="passive relative clause"),
        pytest.param("The pain which cells relieve is chronic.", "relieve", "which pain", id="object relative clause"),
        pytest.param("The pain relieved by cells came back.", "relieved", "pain", id="participle behind its noun"),
        pytest.param("Patients feel reduced pain.", "reduced", "pain", id="participle before its noun"),
        pytest.param("Cells ease and prevent pain.", "ease", "pain", id="first of two verbs"),
        pytest.param("Cells ease and prevent pain.", "prevent", "pain", id="second of two verbs"),
        pytest.param("Joints were repaired and strengthened.", "strengthened", "Joints", id="second of two passives"),
        pytest.param("Repaired and strengthened joints feel good.", "strengthened", "joints", id="second participle"),
        pytest.param("Relief of pain is common.", "Relief", "pain", id="noun with of"),
        pytest.param("You see an improvement in mobility.", "improvement", "mobility", id="noun with in"),
        pytest.param("Pain relief is common.", "relief", "Pain", id="compound"),
        pytest.param("The knee's regeneration is fast.", "regeneration", "knee", id="possessor"),
        pytest.param("Cells fight against pain.", "fight", "pain", id="preposition of a verb without an object"),
        pytest.param("Cells do not ease pain but they ease fear.", "ease", "pain", id="object of the first clause"),
    ],
)
def test_what_an_action_acts_on(parse: Parse, text: str, action: str, themes: str) -> None:
    tree = parse(text)
    assert words(tree, syntax.themes(tree, at(tree, action), at(tree, action))) == themes


@pytest.mark.parametrize(
    ("text", "first", "last", "themes"),
    [
        ("Cells help with pain.", "help", "with", "pain"),
        ("Get rid of pain.", "Get", "of", "pain"),
        ("They do away with pain.", "do", "with", "pain"),
    ],
)
def test_what_an_action_of_several_words_acts_on(parse: Parse, text: str, first: str, last: str, themes: str) -> None:
    tree = parse(text)
    assert words(tree, syntax.themes(tree, at(tree, first), at(tree, last))) == themes


@pytest.mark.parametrize(
    ("text", "action"),
    [
        pytest.param("Cells heal.", "heal", id="no object"),
        pytest.param("Cells relieve pain.", "pain", id="a plain noun"),
        pytest.param("Cells work during the night.", "work", id="a time is none"),
        pytest.param("Our team works without pain killers.", "works", id="nor what is absent"),
        pytest.param("Cells were injected because pain came back.", "came", id="nor the subject of an active verb"),
    ],
)
def test_what_acts_on_nothing(parse: Parse, text: str, action: str) -> None:
    tree = parse(text)
    assert words(tree, syntax.themes(tree, at(tree, action), at(tree, action))) == ""


@pytest.mark.parametrize(
    ("text", "state", "bearers"),
    [
        pytest.param("Your pain will be gone.", "gone", "pain", id="predicate"),
        pytest.param("The therapy is safe.", "safe", "therapy", id="adjective"),
        pytest.param("The gel and the cream are safe.", "safe", "gel cream", id="two subjects"),
        pytest.param("It is a cure.", "cure", "It", id="noun of a predicate"),
        pytest.param("Lasting relief is possible.", "Lasting", "relief", id="before its noun"),
        pytest.param("Relief that lasts is possible.", "lasts", "Relief that", id="relative clause"),
        pytest.param("Results lasting for years are common.", "lasting", "Results", id="participle behind its noun"),
        pytest.param("Pain starts to vanish.", "vanish", "Pain", id="infinitive"),
        pytest.param("Her symptoms disappeared within a week.", "disappeared", "symptoms", id="verb"),
        pytest.param("Less pain is possible.", "Less", "pain", id="quantity"),
    ],
)
def test_what_has_a_state(parse: Parse, text: str, state: str, bearers: str) -> None:
    tree = parse(text)
    assert words(tree, syntax.bearers(tree, at(tree, state))) == bearers


@pytest.mark.parametrize(("text", "word"), [("Cells relieve pain.", "pain"), ("Enjoy your life.", "life")])
def test_what_no_one_has(parse: Parse, text: str, word: str) -> None:
    tree = parse(text)
    assert syntax.bearers(tree, at(tree, word)) == []


@pytest.mark.parametrize(
    ("text", "verb", "subject"),
    [
        pytest.param("Cells relieve pain.", "relieve", "Cells", id="its own"),
        pytest.param("Pain is relieved by cells.", "relieved", "Pain", id="passive"),
        pytest.param("The cells ease pain and restored her sleep.", "restored", "cells", id="coordinated verb"),
        pytest.param("Cells are known to relieve pain.", "relieve", "Cells", id="infinitive of a passive"),
        pytest.param("Cells aim to relieve pain.", "relieve", "Cells", id="infinitive"),
        pytest.param("We use cells to relieve pain.", "relieve", "We", id="purpose"),
        pytest.param("Cells that relieve pain work.", "relieve", "that", id="relative pronoun"),
        pytest.param("Surgery works, but cells relieve pain.", "relieve", "cells", id="clause behind “but”"),
        pytest.param("We think that cells relieve pain.", "relieve", "cells", id="reported clause"),
        pytest.param("Relieve pain now.", "Relieve", "", id="imperative"),
        pytest.param("It works by relieving pain.", "relieving", "", id="gerund"),
    ],
)
def test_the_subject_of_a_clause(parse: Parse, text: str, verb: str, subject: str) -> None:
    tree = parse(text)
    assert words(tree, syntax.own_subject(tree, at(tree, verb))) == subject


@pytest.mark.parametrize(
    ("text", "noun", "inside", "outside"),
    [
        pytest.param("They measure levels of knee pain.", "levels", "levels knee pain", "They measure", id="a measure"),
        pytest.param(
            "We treat swelling and stiffness of the joints.",
            "swelling",
            "swelling stiffness joints",
            "treat",
            id="coordination and place",
        ),
        pytest.param(
            "We ease symptoms such as pain and nausea.", "symptoms", "symptoms pain nausea", "ease", id="such as"
        ),
        pytest.param("We ease symptoms like pain.", "symptoms", "symptoms pain", "ease", id="like"),
        pytest.param("We ease the pain caused by arthritis.", "pain", "pain arthritis", "caused ease", id="caused by"),
        pytest.param(
            "We ease symptoms associated with menopause.",
            "symptoms",
            "symptoms menopause",
            "associated",
            id="associated",
        ),
        pytest.param("It helps with losing weight.", "losing", "losing weight", "helps with", id="gerund"),
        pytest.param("We ease knees without surgery.", "knees", "knees", "surgery without", id="not what is absent"),
        pytest.param("We ease pain that follows surgery.", "pain", "pain", "follows surgery", id="not a clause"),
        pytest.param("We ease pain after surgery.", "pain", "pain", "surgery", id="not a time"),
    ],
)
def test_what_a_noun_phrase_is_about(parse: Parse, text: str, noun: str, inside: str, outside: str) -> None:
    tree = parse(text)
    found = syntax.inner_nouns(tree, at(tree, noun))
    assert {tree.tokens[token].text for token in found} >= set(inside.split())
    assert found.isdisjoint(at(tree, word) for word in outside.split())


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        pytest.param("Cells relieve pain.", "relieve", True, id="finite verb"),
        pytest.param("Cells may relieve pain.", "may", True, id="modal verb"),
        pytest.param("Relieving pain is hard.", "Relieving", True, id="gerund"),
        pytest.param("Pain was relieved.", "relieved", True, id="participle of a passive"),
        pytest.param("Patients feel reduced pain.", "reduced", False, id="participle before a noun"),
        pytest.param("Pain relief works.", "relief", False, id="noun"),
        pytest.param("The healing process works.", "healing", False, id="gerund in a compound"),
    ],
)
def test_what_is_used_as_a_verb(parse: Parse, text: str, word: str, expected: bool) -> None:
    tree = parse(text)
    assert syntax.is_verb(tree, at(tree, word)) is expected


def test_ways_up_and_down_a_tree(parse: Parse) -> None:
    tree = parse("Our new cells ease the pain and stiffness of many patients.")
    pain, cells = at(tree, "pain"), at(tree, "cells")
    assert words(tree, sorted(syntax.subtree(tree, pain))) == "the pain and stiffness of many patients"
    assert words(tree, sorted(syntax.subtree(tree, pain, frozenset(("conj", "cc", "det"))))) in (
        "pain",
        "pain of many patients",
    )
    assert words(tree, syntax.ancestors(tree, at(tree, "patients"))).endswith("pain ease")
    assert list(syntax.ancestors(tree, at(tree, "ease"))) == []
    assert syntax.is_within(tree, at(tree, "patients"), pain)
    assert not syntax.is_within(tree, at(tree, "patients"), pain, frozenset(("prep",)))
    assert not syntax.is_within(tree, pain, at(tree, "patients"))
    assert words(tree, syntax.children(tree, at(tree, "ease"), *SUBJECTS)) == "cells"
    assert syntax.children(tree, cells, "dobj") == []
    assert words(tree, syntax.conjuncts(tree, pain)) == "pain stiffness"
    assert syntax.first_conjunct(tree, at(tree, "stiffness")) == pain
    assert syntax.first_conjunct(tree, cells) == cells


@pytest.mark.parametrize(
    ("text", "run", "head"),
    [
        ("Our new cells ease pain.", "Our new cells", "cells"),
        ("Our cells ease the knee pain.", "the knee pain", "pain"),
        ("Our cells ease the knee pain.", "cells ease", "ease"),
        ("Our cells ease the knee pain.", "the", "the"),
    ],
)
def test_the_word_that_a_run_hangs_on(parse: Parse, text: str, run: str, head: str) -> None:
    tree = parse(text)
    assert syntax.head_of(tree, [at(tree, word) for word in run.split()]) == at(tree, head)


@pytest.mark.parametrize(
    ("text", "word", "prepositions", "objects"),
    [
        ("It works with cells during sleep.", "works", "with during", "cells sleep"),
        ("It works with cells during sleep.", "works", "by", ""),
        ("Pain was eased by cells.", "eased", "by", "cells"),
        ("It came out of the cells.", "came", "out", "cells"),
        ("It works by easing pain.", "works", "by", "easing"),
    ],
)
def test_the_objects_of_prepositions(parse: Parse, text: str, word: str, prepositions: str, objects: str) -> None:
    tree = parse(text)
    found = syntax.prepositional_objects(tree, at(tree, word), frozenset(prepositions.split()))
    assert words(tree, sorted(found)) == objects
