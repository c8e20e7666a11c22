"""Where a disclosure may stand: sections, the first call to action, the top and the foot of a page."""

from __future__ import annotations

import pytest

from linter.analysis import Analyser
from linter.lexicon import Vocabulary
from linter.model import Agent, Claim, Span
from linter.phrases import parse
from linter.placement import Layout, Placement
from linter.readers import read
from linter.sentences import split
from linter.source import Source


def stands_right(text: str, *placement: Placement, claims: str = "heals", path: str = "page.md") -> bool:
    """Whether the sentence of the page that has “known” in it stands right for the claims, which are these words."""
    document = read(Source(path, text))
    sentences = split(document, Vocabulary())
    (index,) = (index for index, sentence in enumerate(sentences) if "known" in sentence.text)
    made = [
        Claim("efficacy/x", "efficacy", number, Span(start, start + len(claims)), Agent("", "promoted"), "none", ())
        for number, block in enumerate(document.blocks)
        if (start := block.text.find(claims)) >= 0
    ]
    return Layout(document, sentences, [parse("call now"), parse("book online")]).stands_right(index, placement, made)


def page(*blocks: str | int) -> str:
    """A page of these blocks; a number stands for as many sentences of no interest."""
    return "\n\n".join("It rains. " * block if isinstance(block, int) else block for block in blocks)


@pytest.mark.parametrize("placement", ["section", "before-action", "top", "early"])
def test_a_footer_is_the_wrong_place_for_all_that_has_one(placement: Placement) -> None:
    text = page("It heals.", 18, "It is not known.")
    assert not stands_right(text, placement)
    assert not stands_right(text, placement, "early")
    assert stands_right(text, "anywhere")
    assert stands_right(text, placement, "anywhere")


@pytest.mark.parametrize("placement", ["section", "before-action", "top", "early"])
def test_a_short_page_is_seen_as_a_whole(placement: Placement) -> None:
    assert stands_right(page("It heals.", 7, "It is not known."), placement)


@pytest.mark.parametrize(
    ("before", "after", "is_early"),
    [
        pytest.param(8, 1, True, id="the ninth of ten"),
        pytest.param(9, 0, False, id="the last of ten"),
        pytest.param(17, 2, True, id="the last but two of twenty"),
        pytest.param(18, 1, False, id="the last but one of twenty"),
    ],
)
def test_the_last_tenth_is_counted_in_sentences(before: int, after: int, is_early: bool) -> None:
    assert stands_right(page(before, "It is not known.", after), "early") is is_early


@pytest.mark.parametrize(("before", "is_top"), [(0, True), (4, True), (5, False), (12, False)])
def test_the_top_is_the_first_quarter(before: int, is_top: bool) -> None:
    assert stands_right(page(before, "It is not known.", 19 - before), "top") is is_top


@pytest.mark.parametrize(
    ("blocks", "is_right"),
    [
        pytest.param((8, "Not known.", "Call now.", 8), True, id="before it"),
        pytest.param((8, "Call now.", "Not known.", 8), False, id="behind it"),
        pytest.param((8, "Call now. Not known.", 8), True, id="in its paragraph"),
        pytest.param((8, "Call now, it is not known.", 8), True, id="in its sentence"),
        pytest.param((8, "Call now.", "Not known.", "Book online.", 8), False, id="before another"),
        pytest.param((8, "Not known.", 8), True, id="no call to action"),
        pytest.param((8, "We call it so now.", "Not known.", 8), True, id="nothing that calls to action"),
        pytest.param((18, "Not known.", "Call now."), False, id="before it, at the foot"),
    ],
)
def test_it_has_to_come_before_the_first_call_to_action(blocks: tuple[str | int, ...], is_right: bool) -> None:
    assert stands_right(page(*blocks), "before-action") is is_right


@pytest.mark.parametrize(
    ("blocks", "is_right"),
    [
        pytest.param(("# Us", "## Knees", "It heals.", 5, "Not known.", 8), True, id="the same section"),
        pytest.param(("# Us", "## Knees", "It heals.", 5, "## Hips", "Not known.", 8), False, id="another"),
        pytest.param(("# Us", "## Knees", "It heals.", "### So", "Not known.", 8), True, id="a part of it"),
        pytest.param(("# Us", "## Knees", "### So", "It heals.", "### But", "Not known.", 8), True, id="its parts"),
        pytest.param(("# Us", "It heals.", "## Knees", "Not known.", 8), False, id="a claim above all sections"),
        pytest.param(("# Us", "It heals.", "Not known.", "## Knees", 8), True, id="both above all sections"),
        pytest.param(("# It heals", "Not known.", "## Knees", 8), True, id="a claim in the headline"),
        pytest.param(("# Us", "## It heals", "Not known.", 8), True, id="a claim in the heading"),
        pytest.param(("# Us", "It heals.", "# Not known", 8), False, id="in another heading"),
        pytest.param(("## Knees", "It heals.", "## Hips", "Not known.", 8), False, id="no headline"),
        pytest.param(("## Knees", "It heals.", "### So", "Not known.", "## Hips", 8), True, id="no headline, a part"),
        pytest.param(("It heals.", 5, "Not known.", 8), True, id="no sections"),
        pytest.param(("It heals.", 18, "It heals, it is not known."), True, id="beside a claim at the foot"),
        pytest.param(("## Knees", "It heals.", "## Hips", "It heals.", "Not known.", 8), True, id="one of two"),
        pytest.param((5, "Not known.", 8), False, id="no claim"),
        pytest.param(
            ("---\ntitle: It heals\n---", "# Us", "Not known.", "## Knees", 8), True, id="a claim in the page's title"
        ),
        pytest.param(
            ("---\ntitle: It heals\n---", "# Us", 5, "## Knees", "Not known.", 8), False, id="far from the title"
        ),
    ],
)
def test_it_has_to_stand_in_the_section_of_the_claim(blocks: tuple[str | int, ...], is_right: bool) -> None:
    assert stands_right(page(*blocks), "section") is is_right


def test_lines_of_plain_text_make_sections_too() -> None:
    rest = "It rains.\n" * 9
    assert stands_right(f"Knees\n\nIt heals.\nIt is not known.\nHips\n\n{rest}", "section", path="page.txt")
    assert not stands_right(f"Knees\n\nIt heals.\nHips\n\nIt is not known.\n{rest}", "section", path="page.txt")


def test_one_of_several_places_is_enough() -> None:
    text = page("# Us", "Call now.", "## Knees", "It heals.", "Not known.", 18)
    assert not stands_right(text, "before-action")
    assert stands_right(text, "section")
    assert stands_right(text, "before-action", "section")


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        ("Book your free consultation today.", True),
        ("Ready? Schedule an appointment.", True),
        ("Buy now and save.", True),
        ("Order yours today.", True),
        ("Add to basket", True),
        ("Call us on 555 0100.", True),
        ("Contact our team.", True),
        ("Get started today", True),
        ("Our treatment has helped our patients since 1999.", False),
        ("She booked a consultation and came in today.", False),
        ("We started here.", False),
        ("The order of the steps matters.", False),
        ("Call your doctor if it swells.", False),
        ("Contact sports are allowed.", False),
    ],
)
def test_the_built_in_rules_know_a_call_to_action(analyser: Analyser, text: str, calls: bool) -> None:
    (*_, sentence) = split(read(Source("page.md", text)), analyser.rulebook.vocabulary)
    found = [pattern.text for pattern in analyser.rulebook.actions if pattern.find(sentence.scan)]
    assert bool(found) is calls, found
