"""What a page promotes: established care counts as promoted where a page sells it as its own."""

from __future__ import annotations

import pytest

from linter.analysis import Analyser
from linter.phrases import parse
from linter.readers import read
from linter.source import Source

SELLING = """# Physiotherapy for back pain in Northtown

Physiotherapy relieves back pain and restores mobility.

Book an appointment online.
"""
INFORMING = """# Physiotherapy after a knee replacement

Physiotherapy relieves back pain and restores mobility.

Your ward team will tell you more.
"""
ASIDE = """# A natural alternative to surgery

Surgery restores mobility. Surgery relieves pain.

Book an appointment online.
"""
OWNED = """# Back pain

With our massage we end a long day. Massage relaxes. Medication relieves pain, and medication eases stiffness.

Book an appointment online.
"""


def claims(text: str, analyser: Analyser, *promoted: str) -> list[str]:
    """The words of the efficacy claims on a page."""
    document = read(Source("page.md", text))
    names = tuple(parse(name) for name in promoted)
    return [
        document.blocks[claim.block].text[claim.span.start : claim.span.end]
        for item in analyser.analyse(document, promoted=names)
        for claim in item.claims
        if claim.category == "efficacy"
    ]


def test_a_page_that_sells_physiotherapy_makes_claims_for_it(analyser: Analyser) -> None:
    assert claims(SELLING, analyser) == ["relieves back pain and restores mobility"]


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(INFORMING, id="a page that sells nothing"),
        pytest.param(ASIDE, id="a title that names it only as what is replaced"),
        pytest.param(OWNED, id="a page that owns something else"),
    ],
)
def test_other_pages_make_none(page: str, analyser: Analyser) -> None:
    assert [words for words in claims(page, analyser) if "mobility" in words or "pain" in words] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("Magpies reduce pain.\n", [], id="nothing is promoted"),
        pytest.param("Magpies reduce pain.\n\nBook our laser.\n", ["reduce pain"], id="the page promotes something"),
        pytest.param("Magpies reduce your pain.\n", ["reduce your pain"], id="it speaks to somebody"),
        pytest.param("This magpie reduces pain.\n", ["reduces pain"], id="one of them is meant"),
        pytest.param("Flexoril reduces pain.\n", ["reduces pain"], id="a name of its own"),
    ],
)
def test_what_is_said_of_things_in_general_is_no_claim(text: str, found: list[str], analyser: Analyser) -> None:
    assert claims(text, analyser) == found


# What a public page tells people to do; nobody sells anything there.
ADVICE = """# Keeping well as you grow older

Keep a healthy weight.

Walk to the shops when you can. Lift your shopping with bent knees. Drink water with every meal.

Protect your bones with milk, fish and greens. A balanced diet lowers your blood pressure.

Go to bed at the same time each day. Cut down on salt. Look after your feet.

Ask somebody to check the carpets. Put a lamp on the stairs.
"""
BOILERPLATE = """
Book an appointment

Sign up for our newsletter.

We use cookies to improve your experience.
"""


@pytest.mark.parametrize(
    ("page", "found"),
    [
        pytest.param(ADVICE, [], id="advice"),
        pytest.param(ADVICE + BOILERPLATE, [], id="advice with what stands on every page of the site"),
        pytest.param(
            f"{ADVICE}\nShockwave relieves heel pain.\n", ["relieves heel pain"], id="a treatment with a name"
        ),
        pytest.param(
            f"{ADVICE}\nCome to our clinic: book an appointment with us today. Be free from pain.\n",
            ["healthy weight", "bones", "blood pressure", "free from pain"],
            id="it sells",
        ),
    ],
)
def test_where_nobody_promotes_advice_is_no_claim(page: str, found: list[str], analyser: Analyser) -> None:
    words = claims(page, analyser)
    assert len(words) == len(found)
    assert all(part in whole for part, whole in zip(found, words, strict=True))


def test_a_page_on_what_is_said_to_be_promoted_makes_claims(analyser: Analyser) -> None:
    assert claims(ADVICE, analyser, "Vitalia") == []
    assert len(claims(f"{ADVICE}\nAsk for Vitalia.\n", analyser, "Vitalia")) == 3
