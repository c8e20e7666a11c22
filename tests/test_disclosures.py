"""Disclosures: there, only pointed at, or missing; and which the claims of a page make due."""

from __future__ import annotations

import pytest

from linter.disclosures import DisclosureState, find_disclosures
from linter.model import Agent, Block, Claim, Document, Piece, Qualification, Span
from linter.placement import Layout
from linter.rulebook import Rulebook
from linter.rulefiles import read_rulebook
from linter.sentences import split

PACK = """\
categories: {efficacy: it works, safety: it is safe, hype: it is great}
authorities:
  law: {citation: An Act, kind: statute, jurisdiction: us, read: read, as_of: "2026", paraphrase: Do not.}
lexicons:
  cell: {inflect: noun, words: [stem cell]}
disclosures:
  - id: risks
    title: Risks
    severity: warning
    message: m
    suggestion: s
    authority: law
    categories: [efficacy, safety]
    present: [infection, bleeding, pain at the site]
    partial: [risk, side effect]
    decoys: [fight infection, no ...2 (infection|bleeding), risk free]
    count: 2
    placement: [before-action, top]
    examples: {present: [], partial: [], absent: []}
  - id: status
    title: Status
    severity: error
    message: m
    suggestion: s
    authority: law
    categories: [efficacy]
    mentions: ['{cell}']
    present: [not approved]
    placement: section
    examples: {present: [], partial: [], absent: []}
  - id: sources
    title: Sources
    severity: note
    message: m
    suggestion: s
    authority: law
    categories: [hype]
    cited_source: true
    partial: [study show]
    examples: {present: [], partial: [], absent: []}
actions: [call now]
"""


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return read_rulebook({"p.yml": PACK})


def states(rulebook: Rulebook, text: str, *claims: Claim) -> dict[str, DisclosureState]:
    """The disclosures of a page, a line a block."""
    blocks = tuple(Block.of("paragraph", (Piece(line, Span(0, len(line))),)) for line in text.split("\n"))
    document = Document("page.txt", blocks)
    layout = Layout(document, split(document, rulebook.vocabulary), rulebook.actions)
    found = find_disclosures(layout, claims, rulebook.disclosures)
    assert [state.disclosure.id for state in found] == ["risks", "status", "sources"]
    return {state.disclosure.id: state for state in found}


def claim(category: str, block: int = 0, start: int = 0, qualification: Qualification = "none") -> Claim:
    return Claim(f"{category}/x", category, block, Span(start, start + 1), Agent("", "promoted"), qualification, ())


@pytest.mark.parametrize(
    ("text", "status"),
    [
        pytest.param("Infection and bleeding can occur.", "present", id="as many as it takes"),
        pytest.param("Infection can occur. So can bleeding.", "present", id="in two sentences"),
        pytest.param("Infection can occur.\nBleeding\nToo", "present", id="in two blocks"),
        pytest.param("Infections and bleeding.", "present", id="inflected"),
        pytest.param("Infection can occur.", "partial", id="too few"),
        pytest.param("Infection, infection!", "partial", id="the same twice"),
        pytest.param("There are risks.", "partial", id="only pointed at"),
        pytest.param("Side effects: infection.", "partial", id="pointed at, and too few"),
        pytest.param("It is risk free.", "partial", id="a decoy of what is there does not hide what points at it"),
        pytest.param("It is great.", "absent", id="nothing"),
        pytest.param("It fights infection and stops bleeding.", "partial", id="a decoy hides one of two"),
        pytest.param("It fights infection.", "absent", id="a decoy"),
        pytest.param("No infection, no bleeding.", "absent", id="decoys"),
        pytest.param("There is no known risk of infection, or bleeding.", "present", id="too far for a decoy"),
        pytest.param("Is there infection or bleeding?", "absent", id="a question"),
        pytest.param("Are there risks?", "absent", id="a question that points at it"),
        pytest.param("Risks? Infection and bleeding.", "present", id="the answer to a question"),
    ],
)
def test_a_disclosure_is_there_in_part_or_not(rulebook: Rulebook, text: str, status: str) -> None:
    assert states(rulebook, text)["risks"].status == status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        pytest.param("It helped (Lee 2021).", "present", id="a source"),
        pytest.param("See [3].", "present", id="a note"),
        pytest.param("Studies show it.", "partial", id="no source that one could look up"),
        pytest.param("As of May 2021, it helps.", "absent", id="a date"),
    ],
)
def test_a_source_that_can_be_looked_up_may_be_asked_for(rulebook: Rulebook, text: str, status: str) -> None:
    assert states(rulebook, text)["sources"].status == status


@pytest.mark.parametrize(
    ("text", "block", "quoted"),
    [
        pytest.param(
            "Good.\nWell. There is infection and bleeding. Yes.", 1, "There is infection and bleeding.", id="there"
        ),
        pytest.param("Risks.\nThere is bleeding.\nInfection!", 1, "There is bleeding.", id="there: the first"),
        pytest.param("Good.\nThere are risks.", 1, "There are risks.", id="in part"),
        pytest.param(
            "There are risks.\nThere is bleeding.", 1, "There is bleeding.", id="in part: what counts, if any"
        ),
    ],
)
def test_a_disclosure_is_placed_at_its_sentence(rulebook: Rulebook, text: str, block: int, quoted: str) -> None:
    state = states(rulebook, text)["risks"]
    assert state.place is not None
    index, span = state.place
    assert index == block
    assert text.split("\n")[index][span.start : span.end] == quoted


def test_what_is_absent_has_no_place(rulebook: Rulebook) -> None:
    state = states(rulebook, "It is great.")["risks"]
    assert state.place is None


def test_the_first_claim_of_a_category_makes_a_disclosure_due(rulebook: Rulebook) -> None:
    late, early, first = claim("efficacy", 1, 9), claim("safety", 1, 2), claim("hype", 0, 5)
    found = states(rulebook, "Stem cells are great.", late, early, first)
    assert {name: state.due_to for name, state in found.items()} == {"risks": early, "status": late, "sources": first}


def test_it_is_due_whether_it_is_there_or_not(rulebook: Rulebook) -> None:
    made = claim("efficacy")
    state = states(rulebook, "Infection and bleeding.", made)["risks"]
    assert (state.status, state.due_to) == ("present", made)


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        pytest.param("Stem cells.", [], id="no claim"),
        pytest.param("Stem cells.", [claim("hype")], id="a claim of another category"),
        pytest.param("Stem cells.", [claim("efficacy", qualification="adequate")], id="an adequately qualified claim"),
        pytest.param("Lasers.", [claim("efficacy")], id="what it is about is not mentioned"),
        pytest.param("Stem, cells.", [claim("efficacy")], id="nor in passing"),
    ],
)
def test_what_makes_no_disclosure_due(rulebook: Rulebook, text: str, claims: list[Claim]) -> None:
    assert states(rulebook, text, *claims)["status"].due_to is None


@pytest.mark.parametrize("qualification", ["none", "weak"])
def test_weakly_qualified_claims_owe_disclosures_too(rulebook: Rulebook, qualification: Qualification) -> None:
    made = claim("efficacy", qualification=qualification)
    assert states(rulebook, "Lasers.\nSee stem cells.", made)["status"].due_to == made


FILLING = "It rains. " * 9
LATE = FILLING + "\nCall now."


@pytest.mark.parametrize(
    ("text", "quoted", "is_misplaced"),
    [
        pytest.param("Infection and bleeding.\n" + LATE, "Infection and bleeding.", False, id="in time"),
        pytest.param(LATE + "\nInfection and bleeding.\n" + FILLING, "Infection and bleeding.", True, id="too late"),
        pytest.param(LATE + "\nInfection.\nBleeding.\n" + FILLING, "Infection.", True, id="both too late"),
        pytest.param("Bleeding.\n" + LATE + "\nInfection.\n" + FILLING, "Infection.", True, id="too few in time"),
        pytest.param(
            "Infection and bleeding.\n" + LATE + "\nInfection and bleeding!\n" + FILLING,
            "Infection and bleeding.",
            False,
            id="in time, and said again",
        ),
    ],
)
def test_what_stands_where_readers_miss_it_is_misplaced(
    rulebook: Rulebook, text: str, quoted: str, is_misplaced: bool
) -> None:
    state = states(rulebook, text, claim("efficacy"))["risks"]
    assert (state.status, state.is_misplaced) == ("present", is_misplaced)
    assert state.place is not None
    assert text.split("\n")[state.place[0]] == quoted


def test_any_claim_that_makes_it_due_may_be_the_near_one(rulebook: Rulebook) -> None:
    text = "Stem cells.\n" + LATE + "\nIt helps, and is not approved."
    assert states(rulebook, text, claim("efficacy"), claim("efficacy", 3))["status"].is_misplaced is False
    assert states(rulebook, text, claim("efficacy"), claim("safety", 3))["status"].is_misplaced is True


@pytest.mark.parametrize("text", [LATE + "\nThere are risks.", LATE, LATE + "\nIs there infection or bleeding?"])
def test_only_what_is_present_can_be_misplaced(rulebook: Rulebook, text: str) -> None:
    assert states(rulebook, text, claim("efficacy"))["risks"].is_misplaced is False


def test_what_is_not_due_is_not_misplaced(rulebook: Rulebook) -> None:
    found = states(rulebook, LATE + "\nInfection and bleeding. Stem cells are not approved.\n" + FILLING)
    assert [(found[name].status, found[name].is_misplaced) for name in ("risks", "status")] == [("present", False)] * 2


def test_an_empty_page_has_and_owes_nothing(rulebook: Rulebook) -> None:
    found = find_disclosures(Layout(Document("page.txt", ()), (), ()), (), rulebook.disclosures)
    assert [(state.status, state.place, state.due_to) for state in found] == [("absent", None, None)] * 3


def test_a_disclosure_is_due_to_the_claim_that_names_what_it_is_about(rulebook: Rulebook) -> None:
    text = "It is great.\nStem cells are great. So is it.\nStem cells!"
    first, naming, later = claim("efficacy"), claim("efficacy", 1), claim("efficacy", 2)
    assert states(rulebook, text, first, naming, later)["status"].due_to == naming
    assert states(rulebook, text, first, claim("efficacy", 1, 24))["status"].due_to == first
