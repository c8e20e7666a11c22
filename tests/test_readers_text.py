"""Plain text: lines to blocks, with their sections and lead-ins."""

from __future__ import annotations

from pathlib import Path

import pytest

from linter.model import Document, InputError, Link, Span
from linter.readers import CONTAINERS, DATA, FORMATS, SUFFIXES, read
from linter.source import Source, decode

ARTICLES = Path(__file__).parent.parent / "corpus" / "articles"


def read_text(text: str) -> Document:
    return read(Source("page.txt", text))


def golden(document: Document) -> list[str]:
    """Render blocks as "kind level: text | section > section | <- lead-in"."""
    lines = []
    for block in document.blocks:
        kind = f"{block.kind} {block.level}" if block.level else block.kind
        parts = [f"{kind}: {block.text}", *([" > ".join(block.section)] if block.section else [])]
        lines.append(" | ".join([*parts, *([f"<- {block.lead_in}"] if block.lead_in is not None else [])]))
    return lines


def quote(text: str, words: str) -> str:
    """Return the source of the words, which stand in one block."""
    document = read_text(text)
    block = next(block for block in document.blocks if words in block.text)
    start = block.text.index(words)
    span = block.source_span(Span(start, start + len(words)))
    return text[span.start : span.end]


def test_an_article_is_headings_paragraphs_and_items() -> None:
    text = """\
Neck pain is a prevalent issue.

What is Stem Cell Therapy?
It uses cells.
Benefits
Potential benefits include:
- Pain Reduction: Many patients report relief.
- Improved Mobility: More motion.
This is not advice.
Leave a Reply
"""
    assert golden(read_text(text)) == [
        "paragraph: Neck pain is a prevalent issue.",
        "heading 1: What is Stem Cell Therapy?",
        "paragraph: It uses cells. | What is Stem Cell Therapy?",
        "heading 1: Benefits",
        "paragraph: Potential benefits include: | Benefits",
        "item 1: Pain Reduction: Many patients report relief. | Benefits | <- 4",
        "item 1: Improved Mobility: More motion. | Benefits | <- 4",
        "paragraph: This is not advice. | Benefits",
        "heading 1: Leave a Reply",
    ]


def test_numbered_titles_above_paragraphs_are_headings_with_a_lead_in() -> None:
    text = """\
Conditions
Some of the most common include:
1. Osteoarthritis
It is common in the knees.
2) Tendon Injuries
They heal badly.
Risks
There are some:
3. Infection
It is rare.
"""
    assert golden(read_text(text)) == [
        "heading 1: Conditions",
        "paragraph: Some of the most common include: | Conditions",
        "heading 2: Osteoarthritis | Conditions | <- 1",
        "paragraph: It is common in the knees. | Conditions > Osteoarthritis",
        "heading 2: Tendon Injuries | Conditions | <- 1",
        "paragraph: They heal badly. | Conditions > Tendon Injuries",
        "heading 1: Risks",
        "paragraph: There are some: | Risks",
        "heading 2: Infection | Risks | <- 7",
        "paragraph: It is rare. | Risks > Infection",
    ]


def test_numbered_lines_in_a_row_are_items_also_above_a_paragraph() -> None:
    assert golden(read_text("1. Knees\n2. Hips\n3. Backs\nAll of these get better.\n")) == [
        "item 1: Knees",
        "item 1: Hips",
        "item 1: Backs",
        "paragraph: All of these get better.",
    ]


def test_items_nest_by_indentation_and_take_their_parents_lead_in() -> None:
    text = "We treat:\n- Joints\n    - Knees:\n\t\t* Left\n  • Hips\n- Spines\n"
    assert golden(read_text(text)) == [
        "paragraph: We treat:",
        "item 1: Joints | <- 0",
        "item 2: Knees: | <- 0",
        "item 3: Left | <- 2",
        "item 2: Hips | <- 0",
        "item 1: Spines | <- 0",
    ]


def test_a_paragraph_ends_the_reach_of_a_lead_in() -> None:
    assert golden(read_text("Benefits:\n- Less pain\nAsk us.\n- More motion\n")) == [
        "paragraph: Benefits:",
        "item 1: Less pain | <- 0",
        "paragraph: Ask us.",
        "item 1: More motion",
    ]


def test_short_lines_behind_a_colon_are_items() -> None:
    text = "Our drops help babies to:\n\nbring up wind\nsettle at night\n\nPrices\n\nAsk us about:\n\nGift cards\n"
    assert golden(read_text(text)) == [
        "paragraph: Our drops help babies to:",
        "item 1: bring up wind | <- 0",
        "item 1: settle at night | <- 0",
        "heading 1: Prices",
        "paragraph: Ask us about: | Prices",
        "heading 1: Gift cards",
    ]


@pytest.mark.parametrize("marker", ["-", "*", "–", "•", "▪", "✓", "✔️", "1.", "12)"])
def test_every_marker_begins_an_item(marker: str) -> None:
    assert golden(read_text(f"  {marker} Less pain.\n")) == ["item 1: Less pain."]


def test_a_lone_marker_belongs_to_the_line_below() -> None:
    assert golden(read_text("  •\n\n  Less pain\n  •\n  More motion\n•\n")) == [
        "item 1: Less pain",
        "item 1: More motion",
    ]


@pytest.mark.parametrize(
    "line", ["-5 degrees or less", "2024 was a good year", "1.5 million patients", "—Jane, a patient", "*terms apply"]
)
def test_a_sign_within_a_word_begins_no_item(line: str) -> None:
    assert golden(read_text(line)) == [f"heading 1: {line}"]


@pytest.mark.parametrize(
    "line",
    [
        "Pain relief that lasts.",
        "“It changed my life!”",
        "Benefits include:",
        "Call now!",
        "Our treatment has helped so many patients to get back to the life they love",
        "Who would have thought that one single injection of these cells could do all that for so many people?",
    ],
)
def test_a_sentence_and_a_long_line_are_paragraphs(line: str) -> None:
    assert golden(read_text(line)) == [f"paragraph: {line}"]


def test_rules_and_blank_lines_are_nothing() -> None:
    assert golden(read_text("Title\n=====\n\n * * *\nIt helps.\n----\n...\n \t\n")) == [
        "heading 1: Title",
        "paragraph: It helps. | Title",
    ]


def test_a_wrapped_paragraph_is_joined_with_exact_positions() -> None:
    text = (
        "Stem cell therapy is a form of regenerative medicine that relieves\r\n"
        "chronic pain in the knees and was long thought of as something for the\r\n"
        "FDA to decide.\r\n"
        "It is new."
    )
    assert golden(read_text(text)) == [
        "paragraph: Stem cell therapy is a form of regenerative medicine that relieves chronic pain in the knees and "
        "was long thought of as something for the FDA to decide.",
        "paragraph: It is new.",
    ]
    assert quote(text, "relieves chronic pain") == "relieves\r\nchronic pain"
    assert quote(text, " chronic") == "\r\nchronic"
    assert quote(text, "It is new") == "It is new"


def test_an_indented_line_continues_its_item() -> None:
    text = "- Less pain, more\n  motion.\n  And sleep.\n\n  Ask us.\n"
    assert golden(read_text(text)) == ["item 1: Less pain, more motion. And sleep.", "paragraph: Ask us."]
    assert quote(text, "more motion") == "more\n  motion"


def test_an_indented_paragraph_below_a_numbered_title_stays_apart() -> None:
    assert golden(read_text("1. Injection\n   The cells are injected.\n")) == [
        "heading 2: Injection",
        "paragraph: The cells are injected. | Injection",
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Reduces pain\nrestores motion", id="short lines"),
        pytest.param(f"{'It was a long line that came to its end in time ' * 2}.\nlower case", id="closed line"),
        pytest.param(
            f"{'It was a long line that did not come to its end ' * 2}\n\nlower case", id="blank line between"
        ),
        pytest.param(f"{'It was a long line that did not come to its end ' * 2}\nUpper Case", id="capital letter"),
        pytest.param(f"{'It was a long line that did not come to its end ' * 2}\n- lower case", id="item"),
    ],
)
def test_lines_stay_apart_unless_wrapping_is_evident(text: str) -> None:
    assert len(read_text(text).blocks) == 2


def test_links_keep_their_words_and_lose_their_addresses() -> None:
    text = (
        "Whether it is [stem cell treatment](#), [care](https://x.org/a_(b)) or ![a scan](/s.png): see https://y.org."
    )
    assert golden(read_text(text)) == [
        "paragraph: Whether it is stem cell treatment, care or a scan: see https://y.org."
    ]
    assert quote(text, "treatment, care") == "treatment](#), [care"
    assert quote(text, "stem cell treatment") == "stem cell treatment"


def test_where_links_lead_is_kept() -> None:
    (block,) = read_text("A [trial](https://doi.org/10.1000/x) and [more](#).").blocks
    assert block.links == (Link(2, "https://doi.org/10.1000/x"), Link(12, "#"))


@pytest.mark.parametrize("text", ["As shown [3] (and again).", "Pain [sic](acute).", "See [3](p. 4)."])
def test_brackets_that_are_no_links_stay(text: str) -> None:
    assert golden(read_text(text)) == [f"paragraph: {text}"]


def test_white_space_reads_as_single_spaces_and_invisible_characters_as_nothing() -> None:
    text = "😀 Relieves\u00a0 \t pain and re\u00adgen\u200berates  tissue.\u00a0"
    assert golden(read_text(text)) == ["paragraph: 😀 Relieves pain and regenerates tissue."]
    assert quote(text, "Relieves pain") == "Relieves\u00a0 \t pain"
    assert quote(text, "regenerates") == "re\u00adgen\u200berates"
    assert quote(text, "tissue.") == "tissue."


def test_an_empty_text_has_no_blocks() -> None:
    assert read_text("\n \n").blocks == ()


@pytest.mark.parametrize(
    ("name", "headings", "items", "led_in"),
    [
        ("chronic-pain", 24, 0, 16),
        ("joint-pain", 6, 16, 16),
        ("neck-pain", 10, 15, 15),
        ("spinal-stenosis", 9, 8, 8),
        ("spine-pain", 7, 17, 17),
    ],
)
def test_the_articles_have_the_outline_that_a_reader_sees(name: str, headings: int, items: int, led_in: int) -> None:
    source = decode((ARTICLES / f"{name}.txt").read_bytes(), f"{name}.txt")
    blocks = read(source).blocks
    counts = [sum(block.kind == kind for block in blocks) for kind in ("heading", "item")]
    assert [*counts, sum(block.lead_in is not None for block in blocks)] == [headings, items, led_in]
    assert len(blocks) == sum(span.start != span.end for span in source.lines)  # a line is a block


def test_the_ending_of_the_path_says_the_format() -> None:
    assert read(Source("A.MD", "# T")).blocks[0].text == "T"
    assert read(Source("README", "# T")).blocks[0].text == "# T"
    assert read(Source("a.txt", "# T"), "markdown").blocks[0].text == "T"
    assert read(Source("a.htm", "<h1>T")).blocks[0].text == "T"
    assert set(SUFFIXES.values()) == {*FORMATS, *DATA, *CONTAINERS}


@pytest.mark.parametrize(
    ("path", "format", "message"),
    [
        ("a.xyz", None, f"a.xyz: found a file that ends in '.xyz'; expected one of {', '.join(SUFFIXES)}"),
        ("a.txt", "pdf", "a.txt: found the format 'pdf'; expected one of text, markdown, mdx, html, json, yaml, csv"),
    ],
)
def test_an_unknown_format_is_refused_with_the_known_ones(path: str, format: str | None, message: str) -> None:
    with pytest.raises(InputError) as refused:
        read(Source(path, "x"), format)
    assert str(refused.value) == message
