"""Does a page inform or sell?"""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from linter.lexicon import Vocabulary
from linter.model import Agent, Block, Claim, Cue, Document, Piece, Span
from linter.patterns import Pattern
from linter.phrases import parse
from linter.sentences import Sentence, split
from linter.stance import INFORMING_PAGE, Neutral, Stance, informs, promotes_nothing, qualified_by_page


def patterns(*phrases: str) -> tuple[Pattern, ...]:
    return tuple(parse(phrase) for phrase in phrases)


STANCE = Stance(
    patterns("no evidence", "side effect", "unproven"),
    sales=patterns("call now"),
    invitations=patterns("our clinic"),
    furniture=patterns("cookies"),
    least=3,
    ratio=0.5,
    strays=4,
    outweighs=2.0,
)
LIMITS = "There is no evidence. It has side effects. It is unproven."


def claim(category: str) -> Claim:
    return Claim("a/b", category, 0, Span(0, 1), Agent("", "promoted"), "none", ())


def efficacy(number: int) -> list[Claim]:
    return [claim("efficacy")] * number


def page(*blocks: str) -> tuple[Sentence, ...]:
    made = tuple(Block.of("paragraph", (Piece(text, Span(0, len(text))),)) for text in blocks)
    return split(Document("page.txt", made), Vocabulary())


@pytest.mark.parametrize(
    ("blocks", "claims"),
    [
        pytest.param([LIMITS], 0, id="as many limits as needed, no claim"),
        pytest.param([LIMITS], 6, id="just enough limits for the claims"),
        pytest.param(LIMITS.split(". "), 6, id="in separate blocks"),
        pytest.param([LIMITS, "It is unproven.", "Really unproven."], 10, id="more limits bear more claims"),
        pytest.param([LIMITS, "Call your doctor now."], 1, id="a call that sells nothing"),
        pytest.param([LIMITS, "The clinic told us."], 1, id="somebody else's clinic"),
        pytest.param([LIMITS, "Visit our clinic"], 1, id="a button that invites"),
        pytest.param([LIMITS, "It is unproven. We at our clinic know."], 1, id="one invitation among many limits"),
        pytest.param([LIMITS, "Accept cookies and call now."], 1, id="furniture of the site"),
        pytest.param([LIMITS, "It is unproven. Call now."], 2, id="it sells, and limits outweigh its claims"),
        pytest.param(
            [LIMITS, LIMITS, "Our clinic helps. Call now."], 3, id="it sells twice, with three limits for each"
        ),
        pytest.param([LIMITS, "“Our clinic helps. Call now.”"], 1, id="others sell"),
    ],
)
def test_a_page_that_says_enough_about_limits_informs(blocks: list[str], claims: int) -> None:
    assert informs(page(*blocks), efficacy(claims), STANCE)


@pytest.mark.parametrize(
    ("blocks", "claims"),
    [
        pytest.param([LIMITS], 7, id="too many claims"),
        pytest.param(["There is no evidence. It has side effects."], 1, id="too few limits"),
        pytest.param(["No evidence, side effects, unproven."], 1, id="all in one sentence count once"),
        pytest.param([LIMITS, "Call now."], 1, id="it sells"),
        pytest.param(["Our clinics are open.", LIMITS], 1, id="it invites at the top"),
        pytest.param([LIMITS, "Call now"], 1, id="a button that sells"),
        pytest.param([f"{LIMITS} We at our clinic know."], 1, id="it sells in passing"),
        pytest.param([LIMITS, "It is unproven. Our clinic helps. Ask our clinic."], 1, id="two invitations"),
        pytest.param([LIMITS, "It is unproven. Call now."], 3, id="it sells among many limits and claims"),
        pytest.param([LIMITS, "It is unproven. Our clinic helps. Call now."], 1, id="it sells more than it limits"),
        pytest.param(["It works."], 1, id="nothing of the kind"),
        pytest.param([], 0, id="empty page"),
    ],
)
def test_a_page_that_sells_or_says_too_little_does_not_inform(blocks: list[str], claims: int) -> None:
    assert not informs(page(*blocks), efficacy(claims), STANCE)


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        pytest.param(["Patient leaflet", "It works.", "It is unproven."], True, id="declared, with one limit"),
        pytest.param(["Title", "By us", "This is a patient leaflet. It is unproven."], True, id="in the third block"),
        pytest.param(
            ["Cookies", "We", "I", "Patient leaflet. Unproven."], True, id="in the third that is no furniture"
        ),
        pytest.param(["Patient leaflet", "It works."], False, id="declared, without a limit"),
        pytest.param(["Patient leaflet", "It is unproven.", "Call now."], False, id="declared, and it sells"),
        pytest.param(["Title", "By us", "It is unproven.", "It is so.", "Patient leaflet"], False, id="too far down"),
        pytest.param(["It is unproven."], False, id="not declared"),
    ],
)
def test_a_page_that_declares_itself_needs_one_limit(blocks: list[str], expected: bool) -> None:
    stance = replace(STANCE, declared=patterns("patient leaflet"))
    assert informs(page(*blocks), efficacy(9), stance) is expected


def test_without_words_for_limits_no_page_informs() -> None:
    assert not informs(page(LIMITS), [], Stance())
    assert not informs(page(LIMITS), [], Stance(sales=STANCE.sales))


def test_the_claims_of_an_informing_page_are_qualified_by_it() -> None:
    cue = Cue("may", "modality", "weak", Span(0, 3), Span(0, 9))
    claims = (
        Claim("a/b", "efficacy", 0, Span(0, 4), Agent("", "promoted"), "none", ()),
        Claim("a/c", "safety", 1, Span(2, 4), Agent("PRP", "promoted"), "weak", (cue,), ("a/d",)),
    )
    assert qualified_by_page(claims) == (
        Claim("a/b", "efficacy", 0, Span(0, 4), Agent("", "promoted"), "adequate", (INFORMING_PAGE,)),
        Claim("a/c", "safety", 1, Span(2, 4), Agent("PRP", "promoted"), "adequate", (cue, INFORMING_PAGE), ("a/d",)),
    )
    assert qualified_by_page(()) == ()


NEUTRAL = Neutral(4, 0.2, 0.5, 0.9, 0.25, (), 0.5, frozenset({"hype"}), frozenset({"we"}))
ADVICE = ["Walk.", "Rest.", "Eat well.", "Sleep."]


@pytest.mark.parametrize(
    ("blocks", "categories", "topic", "expected"),
    [
        pytest.param(ADVICE, ["efficacy"], 4, True, id="few claims, on one treatment"),
        pytest.param(ADVICE, ["efficacy"] * 3, 0, True, id="many claims, on none"),
        pytest.param(ADVICE, ["efficacy"] * 4, 0, False, id="a claim in every sentence"),
        pytest.param([*ADVICE, "We know."], ["efficacy"], 0, True, id="a word of the promoter's"),
        pytest.param(ADVICE, ["efficacy"] * 2, 1, False, id="claims on a treatment it comes back to"),
        pytest.param(ADVICE, ["hype"], 0, True, id="a word of praise"),
        pytest.param(ADVICE, ["hype", "hype"], 0, False, id="praise"),
        pytest.param([*ADVICE, "Call now."], ["efficacy"], 0, False, id="it sells"),
        pytest.param(["We walk.", "We rest.", *ADVICE[2:]], ["efficacy"], 0, False, id="the promoter speaks"),
        pytest.param(ADVICE[1:], ["efficacy"], 0, False, id="too short to say"),
    ],
)
def test_a_page_without_a_seller_and_a_treatment_promotes_nothing(
    blocks: list[str], categories: list[str], topic: int, expected: bool
) -> None:
    claims = [claim(category) for category in categories]
    assert promotes_nothing(page(*blocks), claims, topic, replace(STANCE, neutral=NEUTRAL)) is expected


def test_without_a_word_on_neutral_pages_every_page_promotes() -> None:
    assert not promotes_nothing(page(*ADVICE), [], 0, STANCE)


@pytest.mark.parametrize(
    ("blocks", "claims", "expected"),
    [
        pytest.param([*ADVICE, "It has side effects."], efficacy(5), True, id="just enough limits"),
        pytest.param([*ADVICE, "It has side effects."], efficacy(6), False, id="too few limits"),
        pytest.param(ADVICE, efficacy(1), False, id="no limit"),
        pytest.param(["It has side effects.", *ADVICE[:2]], efficacy(1), False, id="too short to say"),
        pytest.param([*ADVICE, "It has side effects. Call now."], efficacy(1), False, id="it sells"),
        pytest.param([*ADVICE, "It has side effects."], [claim("hype")] * 2, False, id="praise"),
    ],
)
def test_where_nobody_promotes_few_limits_are_enough(blocks: list[str], claims: list[Claim], expected: bool) -> None:
    assert informs(page(*blocks), claims, replace(STANCE, neutral=NEUTRAL)) is expected
