"""Is a claim qualified, and how far does the qualifier reach? Every scope and effect, cut where it should be."""

from __future__ import annotations

import pytest

from linter.analysis import Analyser
from linter.language import Parser
from linter.model import Span
from linter.qualification import BoundCue, CueRule, Effect, Scope, judge, level
from linter.readers.text import read_text
from linter.rulefiles import read_rulebook
from linter.source import Source

PACK = """\
categories: {efficacy: it works, safety: it is safe}
authorities:
  law: {citation: An Act, kind: statute, jurisdiction: us, read: read, as_of: "2026", paraphrase: Do not.}
lexicons:
  treatment: {inflect: noun, words: [injection, stem cell, laser]}
  care: {inflect: noun, words: [surgery]}
  third_party: {inflect: noun, words: [clinic]}
  relieve: {inflect: verb, words: [relieve, ease, reduce, restore]}
  bad: {inflect: noun, words: [pain, swelling, stiffness, mobility]}
agents:
  - {kind: promoted, names: ['{treatment}'], claims: true, topic: true, default: true}
  - {kind: other, names: ['{care}'], topic: true}
  - {kind: third-party, names: ['{third_party}']}
cues:
  - {kind: negation, effect: silent, scope: modified, phrases: ['"not"', '"never"']}
  - {kind: negation, effect: silent, scope: noun, phrases: ['"no"', none of]}
  - {kind: negation, effect: silent, scope: governed, phrases: [without, fail to]}
  - {kind: pseudo-negation, effect: none, scope: governed, phrases: [not only, no doubt]}
  - {kind: no evidence, effect: silent, scope: clause, phrases: [no evidence]}
  - {kind: reported, effect: silent, scope: clause, phrases: [claim], agents: [third-party]}
  - {kind: limit, effect: adequate, scope: paragraph, phrases: [result be not guaranteed]}
  - {kind: limit, effect: adequate, scope: sentence, phrases: [in mouse]}
  - {kind: modality, effect: weak, scope: modified, phrases: ['"may"', potential, promising], excluded: [safety]}
  - {kind: frequency, effect: weak, scope: predicate, phrases: [often]}
  - {kind: people, effect: weak, scope: noun, phrases: ['"some"']}
  - {kind: belief, effect: weak, scope: clause, phrases: [think to]}
  - {kind: results vary, effect: weak, scope: sentence, phrases: [result vary]}
  - {kind: capability, effect: none, scope: modified, phrases: ['"can"']}
  - {kind: topic, effect: silent, scope: sentence, phrases: [^ how], blocks: [heading]}
  - {kind: aim, effect: weak, scope: sentence, phrases: [goal], blocks: [label]}
  - {kind: tolerance, effect: weak, scope: sentence, phrases: [well tolerated], categories: [safety]}
rules:
  - id: efficacy/relief
    category: efficacy
    severity: error
    message: m
    suggestion: s
    authority: law
    frames: [{action: '({relieve}|relief|reduction)', target: '{bad}'}]
    phrases: [promising cure, no pain]
    examples: {flag: [], pass: []}
  - id: safety/safe
    category: safety
    severity: error
    message: m
    suggestion: s
    authority: law
    phrases: ['"safe"', no side effect]
    examples: {flag: [], pass: []}
"""


@pytest.fixture(scope="module")
def small(parser: Parser) -> Analyser:
    return Analyser(read_rulebook({"p.yml": PACK}), parser)


def claims(analyser: Analyser, text: str) -> list[str]:
    """The claims of a page, as "words: level (cues that decided)"."""
    document = read_text(Source("page.txt", text))
    found = []
    for claim in (claim for item in analyser.analyse(document) for claim in item.claims):
        words = document.blocks[claim.block].text[claim.span.start : claim.span.end]
        cues = f" ({', '.join(cue.text for cue in claim.cues)})" if claim.cues else ""
        found.append(f"{words}: {claim.qualification}{cues}")
    return found


def scopes(analyser: Analyser, text: str) -> dict[str, str]:
    """Every cue of a page with the words that it reaches, from the first to the last."""
    document = read_text(Source("page.txt", text))
    cues = [cue for item in analyser.analyse(document, parse_all=True) for cue in item.cues]
    texts = [document.blocks[cue.block].text for cue in cues]
    assert all(text[cue.span.start : cue.span.end] == cue.text for cue, text in zip(cues, texts, strict=True))
    return {cue.text: text[cue.scope.start : cue.scope.end] for cue, text in zip(cues, texts, strict=True)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("Stem cells may relieve pain.", "relieve pain: weak (may)", id="auxiliary"),
        pytest.param("Potential relief of pain is here.", "relief of pain: weak (Potential)", id="adjective"),
        pytest.param("Stem cells often relieve pain.", "relieve pain: weak (often)", id="adverb"),
        pytest.param("Some injections relieve pain.", "relieve pain: weak (Some)", id="determiner of the subject"),
        pytest.param("Stem cells are thought to relieve pain.", "relieve pain: weak (thought to)", id="verb above"),
        pytest.param("Stem cells relieve pain, but results vary.", "relieve pain: weak (results vary)", id="beside it"),
        pytest.param(
            "Stem cells that may relieve pain are new.", "relieve pain: weak (may)", id="in a relative clause"
        ),
        pytest.param(
            "Our promising cure is here.", "promising cure: weak (promising)", id="among the claim's own words"
        ),
        pytest.param("Stem cells relieve pain in mice.", "relieve pain: adequate (in mice)", id="plain limit"),
        pytest.param("Stem cells relieve pain (Lee 2021).", "relieve pain: adequate ((Lee 2021))", id="source"),
        pytest.param(
            "Stem cells may relieve pain [3].", "relieve pain: adequate ([3])", id="source beside a vague word"
        ),
    ],
)
def test_a_cue_that_reaches_a_claim_qualifies_it(small: Analyser, text: str, found: str) -> None:
    assert claims(small, text) == [found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("Stem cells relieve pain.", "relieve pain: none", id="no cue"),
        pytest.param("Stem cells can relieve pain.", "relieve pain: none (can)", id="capability is shown, no more"),
        pytest.param("Stem cells relieve pain and some sleep.", "relieve pain: none", id="the cue is in the object"),
        pytest.param("Stem cells relieve pain, and the room may be cold.", "relieve pain: none", id="another clause"),
        pytest.param("Stem cells may be used because they relieve pain.", "relieve pain: none", id="because-clause"),
        pytest.param("Stem cells may be injected while they relieve pain.", "relieve pain: none", id="while-clause"),
        pytest.param(
            "Stem cells relieve pain in the joint, although they may not restore mobility.",
            "relieve pain: none",
            id="a hedged although-clause",
        ),
        pytest.param("Stem cells relieve pain, but they may not restore mobility.", "relieve pain: none", id="“but”"),
        pytest.param(
            "Stem cells are a promising method by easing pain.",
            "easing pain: none",
            id="the means of what is promising",
        ),
        pytest.param("The laser may be new. It relieves pain.", "relieves pain: none", id="another sentence"),
        pytest.param("We claim that stem cells relieve pain.", "relieve pain: none", id="our own word"),
        pytest.param("Stem cells may be safe.", "safe: none", id="not the cue's category"),
        pytest.param("Stem cells relieve pain and are well tolerated.", "relieve pain: none", id="another's category"),
    ],
)
def test_a_cue_that_does_not_reach_a_claim_qualifies_nothing(small: Analyser, text: str, found: str) -> None:
    assert claims(small, text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Stem cells do not relieve pain.", id="not"),
        pytest.param("Stem cells don’t relieve pain.", id="contraction"),
        pytest.param("Stem cells never relieve pain.", id="never"),
        pytest.param("No stem cell relieves pain.", id="no, of the subject"),
        pytest.param("None of the injections relieve pain.", id="none of"),
        pytest.param("Stem cells work without easing pain.", id="without"),
        pytest.param("Stem cells fail to relieve pain.", id="fail to"),
        pytest.param("There is no evidence that stem cells relieve pain.", id="no evidence"),
        pytest.param("Clinics claim that stem cells relieve pain.", id="others claim it"),
        pytest.param("It does not ease pain, reduce swelling or restore mobility.", id="coordination"),
        pytest.param("Stem cells are not safe.", id="a predicate"),
        pytest.param("Stem cells may not relieve pain.", id="a negation beats a hedge"),
        pytest.param("Stem cells do not relieve pain [3].", id="a negation beats a source"),
        pytest.param("Do stem cells relieve pain?", id="question"),
        pytest.param("Stem cells relieve pain, do they?", id="tag question"),
        pytest.param("Their “pain relief” is a joke.", id="mention"),
        pytest.param('They call it "pain relief" today.', id="mention in plain quotation marks"),
        pytest.param("How stem cells relieve pain", id="a heading that asks"),
    ],
)
def test_a_claim_that_is_not_made_is_none(small: Analyser, text: str) -> None:
    assert claims(small, text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("Stem cells not only relieve pain.", ["relieve pain: none"], id="not only"),
        pytest.param("Stem cells no doubt relieve pain.", ["relieve pain: none"], id="no doubt"),
        pytest.param("It has no side effects.", ["no side effects: none"], id="a negation that is part of the claim"),
        pytest.param("You feel no pain.", ["no pain: none"], id="a negated thing that is part of the claim"),
        pytest.param(
            "Stem cells do not relieve pain of this rare kind, but they restore mobility.",
            ["restore mobility: none"],
            id="“but” after a negation",
        ),
        pytest.param(
            "Stem cells do not relieve the pain of arthritis; however, they restore mobility.",
            ["restore mobility: none"],
            id="“however” after a negation",
        ),
        pytest.param(
            "The laser, which eases pain at night, is not surgery.", ["eases pain: none"], id="relative clause inside"
        ),
        pytest.param(
            "Stem cells relieve pain because it is not old.", ["relieve pain: none"], id="negated because-clause"
        ),
        pytest.param(
            "Stem cells relieve pain without surgery.", ["relieve pain: none"], id="only the means is negated"
        ),
        pytest.param("It eases pain, it does not mask it.", ["eases pain: none"], id="the next clause is negated"),
        pytest.param("“Stem cells relieve pain.”", ["relieve pain: none"], id="quoted"),
        pytest.param("How stem cells relieve pain is known.", ["relieve pain: none"], id="a sentence that begins so"),
        pytest.param("Why wait? Stem cells relieve pain.", ["relieve pain: none"], id="the question before"),
    ],
)
def test_what_only_looks_like_a_negation_leaves_the_claim(small: Analyser, text: str, found: list[str]) -> None:
    assert claims(small, text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            "Stem cells may relieve pain and restore mobility.",
            ["relieve pain and restore mobility: weak (may)"],
            id="verbs that share the auxiliary",
        ),
        pytest.param(
            "Stem cells may relieve pain in every joint of the body, and they restore the mobility that you miss.",
            ["relieve pain: weak (may)", "restore the mobility: none"],
            id="a clause with a subject of its own",
        ),
        pytest.param(
            "Stem cells may relieve pain and the laser reduces stiffness in the morning.",
            ["relieve pain: weak (may)", "reduces stiffness: none"],
            id="a clause with a subject of its own, without a comma",
        ),
        pytest.param(
            "The laser relieves pain in every joint of the body, and it may even restore mobility.",
            ["relieves pain: none", "restore mobility: weak (may)"],
            id="the second clause is hedged",
        ),
    ],
)
def test_coordinated_clauses_are_judged_each(small: Analyser, text: str, found: list[str]) -> None:
    assert claims(small, text) == found


@pytest.mark.parametrize(
    ("text", "reached"),
    [
        pytest.param("Stem cells may help.", {"may": "Stem cells may help."}, id="modified: its verb and what depends"),
        pytest.param(
            "We know that stem cells may help, but surgery works.",
            {"may": "that stem cells may help"},
            id="modified: no further than its clause",
        ),
        pytest.param(
            "They are potential cures, and they last.", {"potential": "potential cures"}, id="modified: its noun"
        ),
        pytest.param(
            "The promising laser works.", {"promising": "The promising laser works."}, id="modified: a subject"
        ),
        pytest.param("The cells often ease pain.", {"often": "often ease pain."}, id="predicate: without the subject"),
        pytest.param("No cell eases pain.", {"No": "No cell eases pain."}, id="noun: the clause of its subject"),
        pytest.param("They feel relief with some drugs.", {"some": "some drugs"}, id="noun: an object stays alone"),
        pytest.param(
            "They work in none of the patients.", {"none of": "none of the patients"}, id="noun: behind a preposition"
        ),
        pytest.param("They work without drugs, and they last.", {"without": "without drugs"}, id="governed"),
        pytest.param("They fail to ease pain.", {"fail to": "They fail to ease pain."}, id="governed by a verb"),
        pytest.param(
            "There is no evidence that they work, but clinics sell them.",
            {"no evidence": "There is no evidence that they work, but"},
            id="clause: up to the next",
        ),
        pytest.param("Results vary, but cells work.", {"Results vary": "Results vary, but cells work."}, id="sentence"),
        pytest.param("Call us. Is it new?", {"?": "Is it new?"}, id="question"),
        pytest.param("We call it “pain relief” here.", {"“pain relief”": "“pain relief”"}, id="mention"),
        pytest.param("It works [3].", {"[3]": "It works [3]."}, id="citation"),
        pytest.param("He says it may help because it is new.", {"may": "it may help"}, id="no because-clause"),
        pytest.param("It helps, it does not cure.", {"not": "it does not cure"}, id="negation: not the clause before"),
        pytest.param("It helps.", {}, id="no cue"),
    ],
)
def test_how_far_a_cue_reaches(small: Analyser, text: str, reached: dict[str, str]) -> None:
    found = {cue: words.removeprefix(", ") for cue, words in scopes(small, text).items()}
    assert found == reached


def test_the_longest_of_overlapping_cues_counts(small: Analyser) -> None:
    assert list(scopes(small, "There is no evidence, no doubt, not only here.")) == [
        "no evidence",
        "no doubt",
        "not only",
    ]
    assert list(scopes(small, "No cell is not new.")) == ["No", "not"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            "Stem cells relieve pain. Results are not guaranteed.",
            ["relieve pain: adequate (Results are not guaranteed)"],
            id="behind",
        ),
        pytest.param(
            "Results are not guaranteed. Stem cells relieve pain.",
            ["relieve pain: adequate (Results are not guaranteed)"],
            id="before",
        ),
        pytest.param(
            "Stem cells relieve pain. Call us. Results are not guaranteed.",
            ["relieve pain: none"],
            id="not right beside",
        ),
        pytest.param(
            "Stem cells relieve pain.\nResults are not guaranteed.", ["relieve pain: none"], id="another block"
        ),
        pytest.param("Stem cells relieve pain. Results vary.", ["relieve pain: none"], id="a scope of one sentence"),
        pytest.param("Stem cells relieve pain. Not bad!", ["relieve pain: none"], id="a negation beside it"),
    ],
)
def test_a_cue_of_the_paragraph_reaches_the_sentences_beside_it(small: Analyser, text: str, found: list[str]) -> None:
    assert claims(small, text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            "Potential benefits include:\n- Relief of pain\n- Reduction of swelling",
            ["Relief of pain: weak (Potential)", "Reduction of swelling: weak (Potential)"],
            id="open, noun",
        ),
        pytest.param("The injections may:\n- relieve pain", ["relieve pain: weak (may)"], id="open, verb"),
        pytest.param("There is no evidence of:\n- relief of pain", [], id="open and silent"),
        pytest.param(
            "Many potential benefits make it an option:\n- Relief of pain", ["Relief of pain: none"], id="closed"
        ),
        pytest.param("Benefits include:\n- Relief of pain", ["Relief of pain: none"], id="open without a cue"),
        pytest.param("Potential benefits include:\nRelief of pain.", ["Relief of pain: none"], id="no list"),
        pytest.param(
            "Potential benefits include:\n- Comfort. Relief of pain.", ["Relief of pain: none"], id="a second sentence"
        ),
        pytest.param(
            "Potential benefits include:\n- Comfort: Relief of pain.", ["Relief of pain: none"], id="behind a label"
        ),
    ],
)
def test_list_items_complete_an_open_lead_in(small: Analyser, text: str, found: list[str]) -> None:
    assert claims(small, text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("How lasers restore mobility", [], id="in the block it is looked for in"),
        pytest.param("How lasers restore mobility is known.", ["restore mobility: none"], id="in another block"),
        pytest.param(
            "Our goal: relief of pain at last.", ["relief of pain: none"], id="in a label, for the label alone"
        ),
    ],
)
def test_a_cue_may_be_looked_for_in_some_blocks_only(small: Analyser, text: str, found: list[str]) -> None:
    assert claims(small, text) == found


def test_a_label_is_a_block_that_cues_may_name(small: Analyser) -> None:
    assert scopes(small, "Our goal: no cure.") == {"goal": "Our goal:", "no": "no cure."}
    assert scopes(small, "Our goal is no cure.") == {"no": "no cure"}


def cue(effect: Effect, reach: str, tokens: str = "", scope: Scope = "sentence", **limits: frozenset[str]) -> BoundCue:
    """A cue that is made of some tokens and reaches some, by their numbers."""
    rule = CueRule(effect, effect, scope, (), **limits)
    return BoundCue(rule, Span(0, 1), frozenset(map(int, tokens)), frozenset(map(int, reach)))


@pytest.mark.parametrize(
    ("cues", "effect", "deciding"),
    [
        pytest.param([], "none", 0, id="no cue"),
        pytest.param([cue("none", "45")], "none", 1, id="a cue without effect is shown"),
        pytest.param([cue("weak", "45")], "weak", 1, id="weak"),
        pytest.param([cue("weak", "45"), cue("weak", "456")], "weak", 2, id="all that decide are named"),
        pytest.param([cue("weak", "45"), cue("adequate", "4")], "adequate", 1, id="adequate beats weak"),
        pytest.param([cue("adequate", "45"), cue("silent", "4"), cue("weak", "4")], "silent", 1, id="silent beats all"),
        pytest.param([cue("none", "4"), cue("weak", "4")], "weak", 1, id="weak beats no effect"),
        pytest.param([cue("weak", "012")], "none", 0, id="it does not reach the head"),
        pytest.param([cue("silent", "4", "5")], "none", 0, id="a negation among the claim's own words"),
        pytest.param([cue("silent", "4", "3")], "silent", 1, id="a negation beside them"),
        pytest.param([cue("silent", "4", "35")], "silent", 1, id="a negation partly among them"),
        pytest.param([cue("weak", "0", "5")], "weak", 1, id="a hedge among them, wherever it reaches"),
        pytest.param([cue("weak", "4", excluded=frozenset(["efficacy"]))], "none", 0, id="excluded category"),
        pytest.param([cue("weak", "4", excluded=frozenset(["safety"]))], "weak", 1, id="another excluded category"),
        pytest.param([cue("weak", "4", categories=frozenset(["safety"]))], "none", 0, id="other categories only"),
        pytest.param([cue("weak", "4", categories=frozenset(["efficacy"]))], "weak", 1, id="this category only"),
    ],
)
def test_cues_are_judged_together(cues: list[BoundCue], effect: str, deciding: int) -> None:
    found, decided = judge("efficacy", 4, frozenset((4, 5)), cues, ())
    assert (found, len(decided)) == (effect, deciding)
    assert all(each.rule.effect == effect for each in decided)


@pytest.mark.parametrize(
    ("around", "effect"),
    [
        ([cue("weak", "")], "weak"),
        ([cue("silent", "")], "silent"),
        ([cue("weak", ""), cue("adequate", "")], "adequate"),
        ([cue("weak", "", excluded=frozenset(["efficacy"]))], "none"),
    ],
)
def test_cues_around_the_sentence_reach_all_of_it(around: list[BoundCue], effect: str) -> None:
    assert judge("efficacy", 4, frozenset((4,)), (), around)[0] == effect


def test_a_silenced_claim_has_no_level() -> None:
    assert [level(effect) for effect in ("none", "weak", "adequate")] == ["none", "weak", "adequate"]
    with pytest.raises(ValueError, match="a silenced claim has no level"):
        level("silent")
