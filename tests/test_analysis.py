"""A document read as a whole: what is parsed, where claims stand, which are one, and what sections and pages say."""

from __future__ import annotations

import pytest

from linter.analysis import AnalysedSentence, Analyser
from linter.language import Parser
from linter.model import Agent, Claim, Cue, Document, Span
from linter.readers import read
from linter.rulefiles import read_rulebook
from linter.source import Source
from linter.stance import INFORMING_PAGE

PACK = """\
categories: {efficacy: it works, safety: it is safe, hype: it is great}
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
stance: {limits: [evidence is weak], sales: [call us], least: 1, ratio: 1}
sections:
  - {role: quoting, headings: [myth], silences: all}
  - {role: risks, headings: [risk], silences: [safety]}
  - {role: stories, headings: [story], quotes: true}
  - {role: alternatives, headings: [alternative], agent: other}
cues:
  - {kind: negation, effect: silent, scope: modified, phrases: ['"not"']}
  - {kind: modality, effect: weak, scope: modified, phrases: ['"may"', '"potential"']}
  - {kind: hedge, effect: weak, scope: paragraph, phrases: [result vary]}
  - {kind: reported, effect: silent, scope: clause, phrases: [claim], agents: [third-party]}
rules:
  - id: efficacy/relief
    category: efficacy
    severity: error
    message: m
    suggestion: s
    authority: law
    frames: [{action: '({relieve}|relief)', target: '{bad}'}]
    examples: {flag: [], pass: []}
  - id: efficacy/listed
    category: efficacy
    severity: error
    message: m
    suggestion: s
    authority: law
    lead_in: [benefit]
    unless: [parking]
    examples: {flag: [], pass: []}
  - id: hype/table
    category: hype
    severity: note
    message: m
    suggestion: s
    authority: law
    agents: any
    lead_in: ['{treatment}']
    against: ['{care}']
    examples: {flag: [], pass: []}
  - id: hype/beside
    category: hype
    severity: error
    message: m
    suggestion: s
    authority: law
    agents: any
    phrases: [tablet fade]
    followed: [ours]
    examples: {flag: [], pass: []}
  - id: efficacy/lasting
    category: efficacy
    severity: error
    message: m
    suggestion: s
    authority: law
    phrases: [restore, potential cure, pain for potential year]
    examples: {flag: [], pass: []}
  - id: safety/safe
    category: safety
    severity: error
    message: m
    suggestion: s
    authority: law
    agents: any
    phrases: ['"safe"']
    examples: {flag: [], pass: []}
"""


@pytest.fixture(scope="module")
def small(parser: Parser) -> Analyser:
    return Analyser(read_rulebook({"p.yml": PACK}), parser)


def analysed(analyser: Analyser, text: str, parse_all: bool = False) -> tuple[Document, tuple[AnalysedSentence, ...]]:
    document = read(Source("page.md", text))
    return document, analyser.analyse(document, parse_all)


def claims(analyser: Analyser, text: str) -> list[Claim]:
    return [claim for item in analysed(analyser, text)[1] for claim in item.claims]


def shown(analyser: Analyser, text: str) -> list[str]:
    """The claims of a page, as "category: words (level)"."""
    document, items = analysed(analyser, text)
    found = []
    for claim in (claim for item in items for claim in item.claims):
        words = document.blocks[claim.block].text[claim.span.start : claim.span.end]
        found.append(f"{claim.category}: {words} ({claim.qualification})")
    return found


PAGE = "# Care\n\nWelcome. *Injections* relieve pain.\n\n- Call us: now\n- It is safe.\n"


def test_all_sentences_are_there_in_reading_order(small: Analyser) -> None:
    _, items = analysed(small, PAGE)
    sentences = [(item.sentence.block, item.sentence.text, item.sentence.is_label) for item in items]
    assert sentences == [
        (0, "Care", False),
        (1, "Welcome.", False),
        (1, "Injections relieve pain.", False),
        (2, "Call us:", True),
        (2, "now", False),
        (3, "It is safe.", False),
    ]


@pytest.mark.parametrize(("parse_all", "parsed"), [(False, [2, 5]), (True, [0, 1, 2, 3, 4, 5])])
def test_only_sentences_in_which_a_rule_could_match_are_parsed(
    small: Analyser, parse_all: bool, parsed: list[int]
) -> None:
    _, items = analysed(small, PAGE, parse_all)
    assert [index for index, item in enumerate(items) if item.sentence.tree is not None] == parsed
    assert [index for index, item in enumerate(items) if item.claims] == [2, 5]


def test_a_lead_in_is_parsed_with_what_completes_it(small: Analyser) -> None:
    _, items = analysed(small, "We offer:\n\n- rest\n- relief of pain\n\nOur aims are:\n\n- rest\n")
    parsed = [item.sentence.text for item in items if item.sentence.tree is not None]
    assert parsed == ["We offer:", "relief of pain"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("Tablets fade. Ours last.", [0], id="right behind"),
        pytest.param("Tablets fade. So it is. Ours last.", [], id="further on"),
        pytest.param("Tablets fade.\n\nOurs last.", [], id="in another block"),
        pytest.param("Ours last. Tablets fade.", [], id="before"),
        pytest.param("Tablets fade, ours last.", [], id="in the same sentence"),
    ],
)
def test_what_is_followed_by_words_that_a_rule_asks_for(small: Analyser, text: str, found: list[int]) -> None:
    _, items = analysed(small, text)
    assert [index for index, item in enumerate(items) if item.claims] == found


def test_nothing_is_analysed_of_nothing(small: Analyser) -> None:
    assert analysed(small, "", parse_all=True)[1] == ()


def test_a_claim_says_all_there_is_to_say(small: Analyser) -> None:
    document, items = analysed(small, "Welcome. The *injections* may ease chronic pain.")
    cue = Cue("may", "modality", "weak", Span(24, 27), Span(9, 46), 0)
    agent = Agent("The injections", "promoted")
    assert items[1].claims == (Claim("efficacy/relief", "efficacy", 0, Span(28, 45), agent, "weak", (cue,)),)
    assert document.blocks[0].text[28:45] == "ease chronic pain"
    assert items[1].cues == (cue,)
    assert items[0].cues == ()


def test_a_cue_is_found_even_where_it_decides_nothing(small: Analyser) -> None:
    _, (item,) = analysed(small, "You may call us.", parse_all=True)
    assert ([cue.text for cue in item.cues], item.claims) == (["may"], ())


def test_a_cue_of_another_sentence_keeps_its_own_place(small: Analyser) -> None:
    (led,) = claims(small, "# A\n\nThe injections may:\n\n- relieve pain\n")
    assert [(cue.text, cue.block, cue.span) for cue in led.cues] == [("may", 1, Span(15, 18))]
    (beside,) = claims(small, "Results vary. Injections relieve pain.")
    assert [(cue.text, cue.block, cue.span) for cue in beside.cues] == [("Results vary", 0, Span(0, 12))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            "Injections ease pain and swelling.", ["efficacy: ease pain and swelling (none)"], id="two targets, inside"
        ),
        pytest.param(
            "Injections ease pain and reduce swelling.",
            ["efficacy: ease pain and reduce swelling (none)"],
            id="side by side",
        ),
        pytest.param(
            "Injections ease pain, and in many of our old guests they reduce swelling.",
            ["efficacy: ease pain (none)", "efficacy: reduce swelling (none)"],
            id="too many words between",
        ),
        pytest.param(
            "Injections ease pain. Lasers ease swelling.",
            ["efficacy: ease pain (none)", "efficacy: ease swelling (none)"],
            id="two sentences",
        ),
        pytest.param(
            "Safe injections ease pain.",
            ["safety: Safe (none)", "efficacy: ease pain (none)"],
            id="two categories",
        ),
        pytest.param(
            "Injections ease pain and may reduce swelling.",
            ["efficacy: ease pain (none)", "efficacy: reduce swelling (weak)"],
            id="two levels, side by side",
        ),
        pytest.param(
            "A potential cure restores mobility.", ["efficacy: potential cure restores mobility (weak)"], id="across"
        ),
        pytest.param(
            "Injections ease pain for potential years.",
            ["efficacy: ease pain for potential years (weak)"],
            id="across, and one of them holds a hedge",
        ),
    ],
)
def test_claims_that_are_one_are_merged(small: Analyser, text: str, found: list[str]) -> None:
    assert sorted(shown(small, text)) == sorted(found)


def test_a_hedge_in_one_of_them_decides(small: Analyser) -> None:
    (claim,) = claims(small, "Injections ease pain for potential years.")
    assert [cue.text for cue in claim.cues] == ["potential"]


def test_a_merged_claim_names_the_other_rules(small: Analyser) -> None:
    (claim,) = claims(small, "Injections restore mobility.")
    assert (claim.rule, claim.merged) == ("efficacy/relief", ("efficacy/lasting",))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("# Myths\n\nIt is safe and eases pain.", [], id="all categories"),
        pytest.param("# Risks\n\nIt is safe and eases pain.", ["efficacy: eases pain (none)"], id="one category"),
        pytest.param("# Risks: is it safe", [], id="in the heading itself"),
        pytest.param("# Myths\n\n## Price\n\nIt is safe.", [], id="the section around"),
        pytest.param("# Myths\n\n# Price\n\nIt is safe.", ["safety: safe (none)"], id="the section before"),
        pytest.param("# Myths\n\n## Risks\n\nIt eases pain.", ["efficacy: eases pain (none)"], id="the inner counts"),
        pytest.param("It is safe. Myths are many.", ["safety: safe (none)"], id="no heading"),
    ],
)
def test_a_section_may_silence_claims(small: Analyser, text: str, found: list[str]) -> None:
    assert shown(small, text) == found


def test_a_section_says_whose_effect_is_meant(small: Analyser) -> None:
    assert shown(small, "# Alternatives\n\nEase pain.\n\n# Price\n\nEase swelling.") == [
        "efficacy: Ease swelling (none)"
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("Clinics claim that injections ease pain.", [], id="one of its speakers"),
        pytest.param("We claim that injections ease pain.", ["efficacy: ease pain (none)"], id="another speaker"),
    ],
)
def test_a_cue_may_depend_on_who_speaks(small: Analyser, text: str, found: list[str]) -> None:
    assert shown(small, text) == found


def test_on_a_page_that_informs_limits_qualify_every_claim(small: Analyser) -> None:
    found = claims(small, "# Injections\n\nThey may ease pain.\n\nThe evidence is weak.\n")
    assert [claim.qualification for claim in found] == ["adequate"]
    assert [cue.text for claim in found for cue in claim.cues] == ["may", INFORMING_PAGE.text]


@pytest.mark.parametrize(
    "more",
    [
        pytest.param("Call us.", id="it sells"),
        pytest.param("Lasers ease swelling.", id="more claims than limits"),
    ],
)
def test_on_other_pages_they_do_not(small: Analyser, more: str) -> None:
    found = claims(small, f"# Injections\n\nThey ease pain.\n\nThe evidence is weak.\n\n{more}\n")
    assert {claim.qualification for claim in found} == {"none"}


def test_a_page_is_analysed_the_same_twice(small: Analyser) -> None:
    first, second = (analysed(small, PAGE)[1] for _ in range(2))
    assert [item.claims for item in first] == [item.claims for item in second]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("# Stories\n\nIt went.\n\nIt came.", ["It went.", "It came."], id="nothing in quotation marks"),
        pytest.param(
            '# Stories\n\nIt went.\n\n"I came here in June." – Ada', ['"I came here in June."'], id="only that"
        ),
        pytest.param("# News\n\nIt went.", [], id="another section"),
    ],
)
def test_what_a_section_of_stories_quotes(small: Analyser, text: str, expected: list[str]) -> None:
    _, items = analysed(small, text)
    quoted = [item.sentence.text for item in items if item.sentence.is_quoted]
    assert [text for text in quoted if text != "– Ada"] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("## Benefits\n\n- good nights", ["good nights"], id="a list below a heading"),
        pytest.param("Its benefits are:\n\n- good nights\n- parking", ["good nights"], id="without what is excepted"),
        pytest.param("Its benefits are:\n\n- Nights. They are good.", [], id="a label and what it labels"),
        pytest.param("Its benefits are:\n\n- relief of pain", [], id="what makes a claim of its own"),
        pytest.param("Its benefits are:\n\nGood nights", [], id="a paragraph"),
        pytest.param("Our rooms are:\n\n- good nights", [], id="another lead-in"),
        pytest.param("What are its benefits?\n\n- Are nights good?", [], id="a question"),
    ],
)
def test_what_a_list_of_claims_holds_is_one(small: Analyser, text: str, expected: list[str]) -> None:
    document, _ = analysed(small, text)
    found = [claim for claim in claims(small, text) if claim.rule == "efficacy/listed"]
    assert [document.blocks[c.block].text[c.span.start : c.span.end] for c in found] == expected


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        pytest.param("| Laser | Surgery |", ["a day"], id="against other care"),
        pytest.param("| Surgery | Laser |", ["weeks"], id="the other way round"),
        pytest.param("| Laser | Price |", [], id="against nothing"),
    ],
)
def test_a_table_sets_columns_against_each_other(small: Analyser, heads: str, expected: list[str]) -> None:
    text = f"{heads}\n| --- | --- |\n| a day | weeks |\n"
    document, _ = analysed(small, text)
    assert [document.blocks[claim.block].text for claim in claims(small, text)] == expected


def test_a_lead_in_may_complete_another_one(small: Analyser) -> None:
    text = "What we do:\n\n- In the morning:\n  - Injections ease pain.\n"
    assert [claim.rule for claim in claims(small, text)] == ["efficacy/relief"]
