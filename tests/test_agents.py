"""Whose effect is it? The agent of an action in a sentence, and in what stands around it."""

from __future__ import annotations

import pytest

from linter.analysis import Analyser
from linter.language import Parser
from linter.readers.text import read_text
from linter.rulefiles import read_rulebook
from linter.source import Source

PACK = """\
categories: {efficacy: it works}
authorities:
  law: {citation: An Act, kind: statute, jurisdiction: us, read: read, as_of: "2026", paraphrase: Do not.}
lexicons:
  treatment: {inflect: noun, words: [injection, stem cell, laser, wrap, session]}
  promoter: {words: [we, our clinic]}
  care: {inflect: noun, words: [surgery, surgeon, medication, morphine, exercise, ibuprofen]}
  people: {inflect: noun, words: [patient, you, woman]}
  body: {inflect: noun, words: [body]}
  disease: {inflect: noun, words: [arthritis]}
  relieve: {inflect: verb, words: [relieve, ease, reduce, calm]}
  relief: {inflect: noun, words: [relief, reduction]}
  bad: {inflect: noun, words: [pain, swelling, stiffness, inflammation]}
agents:
  - {kind: promoted, names: ['{treatment}'], claims: true, topic: true, default: true}
  - {kind: promoter, names: ['{promoter}'], owners: [our], claims: true, topic: true}
  - {kind: other, names: ['{care}'], topic: true}
  - {kind: people, names: ['{people}'], transparent: true}
  - {kind: body, names: ['{body}'], transparent: true}
  - {kind: disease, names: ['{disease}']}
sections:
  - {role: alternatives, headings: ['^ (alternative|other option)'], agent: other}
  - {role: benefits, headings: [benefit], agent: promoted}
rules:
  - id: efficacy/relief
    category: efficacy
    severity: error
    message: m
    suggestion: s
    authority: law
    agents: any
    frames:
      - {action: '({relieve}|{relief})', target: '{bad}'}
      - {action: (fade|disappear|gone), subject: '{bad}'}
    examples: {flag: [], pass: []}
"""


@pytest.fixture(scope="module")
def small(parser: Parser) -> Analyser:
    return Analyser(read_rulebook({"p.yml": PACK}), parser)


def agents(analyser: Analyser, text: str) -> list[str]:
    """The agents of all actions in a page, as "kind: words"; "kind:" where nobody is named."""
    document = read_text(Source("page.txt", text))
    claims = [claim for item in analyser.analyse(document) for claim in item.claims]
    return [f"{claim.agent.kind}: {claim.agent.text}".rstrip() for claim in claims]


@pytest.mark.parametrize(
    ("text", "agent"),
    [
        pytest.param("Stem cells relieve pain.", "promoted: Stem cells", id="subject"),
        pytest.param("Pain is relieved by stem cells.", "promoted: stem cells", id="by-phrase"),
        pytest.param("Stem cells are known to relieve pain.", "promoted: Stem cells", id="infinitive of a passive"),
        pytest.param("Stem cells that relieve pain are injected.", "promoted: Stem cells", id="relative clause"),
        pytest.param(
            "Injections, which relieve pain, are safe.", "promoted: Injections", id="relative clause in commas"
        ),
        pytest.param("Stem cells work by reducing inflammation.", "promoted: Stem cells", id="gerund behind by"),
        pytest.param("Stem cells ease pain and reduce swelling.", "promoted: Stem cells", id="coordinated verbs"),
        pytest.param("A course of injections relieves pain.", "promoted: injections", id="a measure of it"),
        pytest.param("Using stem cells reduces pain.", "promoted: stem cells", id="its use"),
        pytest.param("Stem cells' relief of pain is known.", "promoted: Stem cells'", id="possessor of a noun"),
        pytest.param("Our wrap relieves pain.", "promoter: Our wrap", id="owned by the promoter"),
        pytest.param("We use stem cells to relieve pain.", "promoted: stem cells", id="purpose"),
        pytest.param("Patients take our wrap to relieve pain.", "promoter: our wrap", id="purpose of people"),
        pytest.param("We work hard to relieve pain.", "promoter: We", id="purpose without a means"),
        pytest.param("Surgeons have proven stem cells to ease pain.", "promoted: stem cells", id="object that acts"),
        pytest.param("Unlike surgery, stem cells relieve pain.", "promoted: stem cells", id="other care only compared"),
        pytest.param("Your pain will fade after the injection.", "promoted: the injection", id="means of a state"),
        pytest.param(
            "The injection reaches the body, which relieves pain.", "promoted: The injection", id="behind a comma"
        ),
    ],
)
def test_the_promoted_treatment_is_the_agent(small: Analyser, text: str, agent: str) -> None:
    assert agents(small, text) == [agent]


@pytest.mark.parametrize(
    ("text", "agent"),
    [
        pytest.param("Surgery relieves pain.", "other: Surgery", id="subject"),
        pytest.param("Pain is relieved by morphine.", "other: morphine", id="by-phrase"),
        pytest.param("Relief of pain by surgery is common.", "other: surgery", id="by-phrase of a noun"),
        pytest.param("Pain relief with morphine is common.", "other: morphine", id="means of a noun"),
        pytest.param("Patients relieve pain with morphine.", "other: morphine", id="means beyond people"),
        pytest.param("The use of morphine relieves pain.", "other: morphine", id="its use"),
        pytest.param("Surgery works by reducing inflammation.", "other: Surgery", id="gerund behind by"),
        pytest.param("Medications that relieve pain cause harm.", "other: Medications", id="relative clause"),
        pytest.param("Exercises to ease pain are useful.", "other: Exercises", id="infinitive behind its noun"),
        pytest.param("The surgeon uses exercise to relieve pain.", "other: exercise", id="purpose"),
        pytest.param("Patients use morphine to relieve pain.", "other: morphine", id="purpose of people"),
        pytest.param("Our patients have proven surgery to ease pain.", "other: surgery", id="object that acts"),
        pytest.param("Unlike stem cells, surgery relieves pain.", "other: surgery", id="the promoted only compared"),
        pytest.param("Ibuprofen eases pain after the injection.", "other: Ibuprofen", id="the promoted only a time"),
        pytest.param("Her pain may fade after surgery.", "other: surgery", id="means of a state"),
        pytest.param("The body relieves pain.", "body: The body", id="the body, with nothing beyond"),
        pytest.param("Arthritis reduces stiffness.", "disease: Arthritis", id="the disease"),
        pytest.param("The banana relieves pain.", "unknown: The banana", id="an unknown thing"),
        pytest.param("Body bananas relieve pain.", "unknown: Body bananas", id="named after the body"),
        pytest.param("Flexoril relieves pain.", "named: Flexoril", id="an unknown name"),
    ],
)
def test_others_are_the_agent(small: Analyser, text: str, agent: str) -> None:
    assert agents(small, text) == [agent]


def test_each_clause_has_its_own_agent(small: Analyser) -> None:
    between = "in the weeks that follow the first visit"
    assert agents(small, f"Surgery eases pain {between}, but stem cells reduce swelling.") == [
        "other: Surgery",
        "promoted: stem cells",
    ]
    assert agents(small, f"Stem cells reduce swelling {between}, but surgery eases pain.") == [
        "promoted: Stem cells",
        "other: surgery",
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Pain is relieved.", id="passive"),
        pytest.param("Relieve pain.", id="imperative"),
        pytest.param("Relief of pain", id="fragment"),
        pytest.param("Women relieve pain.", id="people only feel it"),
        pytest.param("There is relief of pain.", id="there is"),
        pytest.param("It relieves pain.", id="pronoun with nothing before"),
    ],
)
def test_where_nobody_is_named_the_promoted_treatment_is_meant(small: Analyser, text: str) -> None:
    assert agents(small, text) == ["promoted:"]


@pytest.mark.parametrize(
    ("text", "agent"),
    [
        pytest.param("Stem cells were injected. They relieve pain.", "promoted: Stem cells", id="they"),
        pytest.param("Surgery is old. It relieves pain.", "other: Surgery", id="it"),
        pytest.param("Surgery is old. This relieves pain.", "other: Surgery", id="this"),
        pytest.param(
            "Stem cells differ from surgery. It relieves pain.", "promoted: Stem cells", id="the topic of two"
        ),
        pytest.param("Surgery is old. Stem cells relieve pain.", "promoted: Stem cells", id="a name beats a topic"),
        pytest.param("Surgery is old. Relief of pain is fast.", "promoted:", id="no pronoun, no antecedent"),
        pytest.param("Surgery is old.\nIt relieves pain.", "other: Surgery", id="from the block before"),
        pytest.param("Surgery is old.\nThe sun is warm.\nIt relieves pain.", "promoted:", id="too far away"),
        pytest.param("Surgery\nIt relieves pain.", "other: Surgery", id="from the heading"),
        pytest.param("Surgery is old.\n\nIs it? It relieves pain.", "promoted:", id="a question begins anew"),
        pytest.param("Is surgery old?\n\nIt relieves pain.", "other: surgery", id="from the question"),
        pytest.param("Patients are many. It relieves pain.", "promoted:", id="people are no antecedent"),
    ],
)
def test_pronouns_stand_for_what_was_spoken_of(small: Analyser, text: str, agent: str) -> None:
    assert agents(small, text) == [agent]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("Surgery: Relief of pain is fast.", ["other: Surgery"], id="label"),
        pytest.param("Laser: Relief of pain is fast.", ["promoted: Laser"], id="label with the treatment"),
        pytest.param("Arthritis: Relief of pain is fast.", ["promoted:"], id="a disease is no topic"),
        pytest.param("Good to know: Relief of pain is fast.", ["promoted:"], id="label without a name"),
        pytest.param("Surgery: Stem cells relieve pain.", ["promoted: Stem cells"], id="the sentence has its own"),
        pytest.param(
            "Surgery can help with:\n- Relief of pain\n- Reduction of swelling",
            ["other: Surgery", "other: Surgery"],
            id="lead-in",
        ),
        pytest.param(
            "Our options:\n- Surgery: Relief of pain is fast.", ["other: Surgery"], id="a label beats a lead-in"
        ),
        pytest.param("It can help with:\n- Relief of pain", ["promoted:"], id="lead-in without a name"),
        pytest.param("Surgery can help.\n\nRelief of pain is fast.", ["promoted:"], id="no lead-in"),
    ],
)
def test_labels_and_lead_ins_name_who_is_meant(small: Analyser, text: str, found: list[str]) -> None:
    assert agents(small, text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("Alternatives\nRelief of pain is fast.", ["other:"], id="a section on other care"),
        pytest.param(
            "Other options\nStem cells relieve pain.", ["promoted: Stem cells"], id="the sentence has its own"
        ),
        pytest.param("Benefits\nRelief of pain is fast.", ["promoted:"], id="a section on benefits"),
        pytest.param("Some facts\nRelief of pain is fast.", ["promoted:"], id="a section without a role"),
        pytest.param(
            "Alternatives\nWe know some.\nBenefits\nRelief of pain is fast.", ["promoted:"], id="the section ends"
        ),
        pytest.param("Alternatives\nLaser: Relief of pain is fast.", ["promoted: Laser"], id="a label beats a section"),
    ],
)
def test_a_section_says_who_is_meant(small: Analyser, text: str, found: list[str]) -> None:
    assert agents(small, text) == found


def test_the_longest_name_decides_and_of_equals_the_first_kind(parser: Parser) -> None:
    pack = PACK.replace("words: [surgery,", "words: [surgery, laser surgery, wrap,")
    analyser = Analyser(read_rulebook({"p.yml": pack}), parser)
    assert agents(analyser, "Laser surgery eases pain.") == ["other: Laser surgery"]
    assert agents(analyser, "The wrap eases pain.") == ["promoted: The wrap"]


def test_only_agents_that_a_rule_is_about_make_its_claims(parser: Parser) -> None:
    analyser = Analyser(read_rulebook({"p.yml": PACK.replace("    agents: any\n", "")}), parser)
    assert agents(analyser, "Surgery relieves pain.") == []
    assert agents(analyser, "Arthritis reduces stiffness.") == []
    assert agents(analyser, "The body relieves pain.") == []
    assert agents(analyser, "Stem cells relieve pain.") == ["promoted: Stem cells"]
    assert agents(analyser, "The banana relieves pain.") == ["unknown: The banana"]
    assert agents(analyser, "Our clinic relieves pain.") == ["promoter: Our clinic"]
