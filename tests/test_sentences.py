"""Blocks to sentences and labels, with exact places, before any parser."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from linter.expectation import Expectation
from linter.lexicon import Vocabulary, VocabularyBuilder
from linter.model import Block, BlockKind, Document, Link, Piece, Span
from linter.phrases import parse
from linter.quotations import Speakers
from linter.sentences import Sentence, sentence_spans, split


def block(text: str, kind: BlockKind = "paragraph") -> Block:
    return Block.of(kind, (Piece(text, Span(0, len(text))),))


def sentences(text: str, kind: BlockKind = "paragraph") -> list[str]:
    """The sentences of a block; a label is shown as "[label]"."""
    return [
        f"[{text[span.start : span.end]}]" if is_label else text[span.start : span.end]
        for span, is_label in sentence_spans(block(text, kind))
    ]


def split_text(text: str) -> tuple[Sentence, ...]:
    return split(Document("page.txt", (block(text),)), Vocabulary())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("It works. It lasts.", ["It works.", "It lasts."], id="full stops"),
        pytest.param("Does it? It does! Yes.", ["Does it?", "It does!", "Yes."], id="other marks"),
        pytest.param("It works!!! Really?!", ["It works!!!", "Really?!"], id="several marks"),
        pytest.param("(It works.) It lasts.", ["(It works.)", "It lasts."], id="closing bracket"),
        pytest.param("It works.* It lasts.²", ["It works.*", "It lasts.²"], id="marks of footnotes"),
        pytest.param("It works [3]. It lasts.", ["It works [3].", "It lasts."], id="note before the full stop"),
        pytest.param('"It works." We know.', ['"It works."', "We know."], id="quotation marks"),
        pytest.param("It works.\nIt lasts.", ["It works.", "It lasts."], id="line break"),
        pytest.param("It works.\u00a0It lasts.", ["It works.", "It lasts."], id="no-break space"),
        pytest.param("In 2021. Then 3. It grew.", ["In 2021.", "Then 3.", "It grew."], id="numbers"),
        pytest.param("It works etc. We know.", ["It works etc.", "We know."], id="abbreviation at the end"),
        pytest.param("Made in the U.S. It works.", ["Made in the U.S.", "It works."], id="country at the end"),
        pytest.param("We at Acme Inc. We care.", ["We at Acme Inc.", "We care."], id="company at the end"),
        pytest.param("no closing mark", ["no closing mark"], id="no mark"),
        pytest.param("  It works.  ", ["It works."], id="white space around"),
        pytest.param("Less pain • More motion | Sleep", ["Less pain •", "More motion |", "Sleep"], id="bullets inside"),
        pytest.param("• Less pain. • More.", ["Less pain.", "More."], id="bullets in front"),
        pytest.param(" . ", ["."], id="only a mark"),
        pytest.param(" \n ", [], id="only white space"),
    ],
)
def test_where_sentences_end(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Dr. Smith works here.", id="title"),
        pytest.param("See Prof. Lee and Mrs. Park.", id="titles"),
        pytest.param("It helps, e.g. Knees and i.e. Hips.", id="e.g. and i.e."),
        pytest.param("It took approx. Three weeks.", id="approx."),
        pytest.param("J. R. Smith wrote it.", id="initials"),
        pytest.param("The U.S. Food and Drug Administration cleared it.", id="U.S. in a name"),
        pytest.param("It is sold in the U.S.", id="U.S. at the end of all"),
        pytest.param("The U.S. approves it.", id="U.S. before a small letter"),
        pytest.param("Pain, swelling etc. are gone.", id="etc. before a small letter"),
        pytest.param("At 9 a.m. we open.", id="a.m. before a small letter"),
        pytest.param("Lee et al. found nothing.", id="et al. before a small letter"),
        pytest.param("It rose by 2.5 points.", id="decimal number"),
        pytest.param("Visit example.com now.", id="address"),
        pytest.param("It works ... somehow.", id="dots before a small letter"),
        pytest.param("Relief (see Fig. 3) lasts.", id="abbreviation in brackets"),
        pytest.param("No. 1 in pain relief", id="No. 1"),
    ],
)
def test_where_sentences_do_not_end(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize("end", ["", " end", " " * 5000])
def test_text_without_full_stops_is_taken_in_pieces_of_whole_words(end: str) -> None:
    text = "it eases pain, " * 1000 + end
    pieces = sentences(text)
    assert " ".join(pieces).split() == text.split()
    assert max(map(len, pieces)) <= 2000
    assert len(pieces) == 8


def test_a_word_of_any_length_is_taken_in_pieces() -> None:
    text = "pain" * 5000
    assert sentences(text) == [text[:2000]] * 10
    assert sentences(text[:2000]) == [text[:2000]]


@pytest.mark.parametrize("unit", ["!?", "...", ".)", '!"', "A. ", "•", " | ", "a: "])
def test_runaway_marks_are_split_in_time(unit: str) -> None:
    text = "relief" + unit * 100_000 + "x"
    spans = [span for span, _ in sentence_spans(block(text))]
    between = "".join(text[one.end : other.start] for one, other in pairwise(spans))
    assert (spans[0].start, spans[-1].end) == (0, len(text))
    assert set(between) <= set(" •|")


@pytest.mark.parametrize("kind", ["item", "paragraph", "cell"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Pain Relief: It eases pain.", ["[Pain Relief:]", "It eases pain."], id="label and sentence"),
        pytest.param("Eases pain* – 70% of it is nerves", ["[Eases pain* –]", "70% of it is nerves"], id="dash, share"),
        pytest.param("Relief: It eases. It lasts.", ["[Relief:]", "It eases.", "It lasts."], id="and another"),
        pytest.param("Question: Does it: work?", ["[Question:]", "Does it: work?"], id="the first colon only"),
    ],
)
def test_a_label_stands_before_its_sentence(kind: BlockKind, text: str, expected: list[str]) -> None:
    assert sentences(text, kind) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("Pain Relief: the facts", "heading", id="heading"),
        pytest.param("Pain Relief: the facts", "caption", id="caption"),
        pytest.param("Benefits include:", "item", id="nothing behind the colon"),
        pytest.param("Open 9:30 to 10:30", "item", id="time of day"),
        pytest.param(f"{'One of the most ' * 3}honest words: it helps", "item", id="more than nine words"),
        pytest.param(f"{'x' * 80}: it helps", "item", id="more than seventy characters"),
        pytest.param("A; b: c", "item", id="other punctuation before"),
    ],
)
def test_what_is_no_label(text: str, kind: BlockKind) -> None:
    assert sentences(text, kind) == [text]


def test_only_the_first_sentence_of_a_block_has_a_label() -> None:
    assert sentences("It works. Relief: It eases pain.", "item") == ["It works.", "Relief: It eases pain."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Does it work?", [True]),
        ("Does it work? It does.", [True, False]),
        ("“Does it work?”", [True]),
        ('(Does it work?") ', [True]),
        ("Does it work?...", [True]),
        ("Is it? No!", [True, False]),
        ("The question? is asked", [True, False]),
        ("Ask us whether it works.", [False]),
    ],
)
def test_a_question_ends_in_a_question_mark(text: str, expected: list[bool]) -> None:
    assert [sentence.is_question for sentence in split_text(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("“My knee is fine after all these years. I run.”", [True, True], id="both sentences"),
        pytest.param("“My knee is fine after all these years.", [True], id="never closed"),
        pytest.param('She says "my knee is as good as new after one single shot".', [True], id="in a sentence"),
        pytest.param('We call it "a beacon of hope".', [False], id="a few words"),
        pytest.param("My knee is fine after all these years.", [False], id="nobody quoted"),
        pytest.param("It’s the patient’s own choice after all these years.", [False], id="apostrophes"),
        pytest.param(
            'We call our "shots" a wonder of modern regenerative medicine and "hope".', [False], id="between two quotes"
        ),
    ],
)
def test_sentences_in_longer_quotations_are_quoted(text: str, expected: list[bool]) -> None:
    assert [sentence.is_quoted for sentence in split_text(text)] == expected


def test_sentences_know_their_block_their_words_and_their_hits() -> None:
    builder = VocabularyBuilder()
    builder.add("pain", [{"pain"}])
    patterns = (replace(parse("less pain"), number=3), replace(parse("{pain}"), number=7), parse("never"))
    blocks = (block("Title", "heading"), block("Relief: Less pain. No pain."))
    found = split(Document("page.txt", blocks), builder.vocabulary().indexed(patterns, Expectation()))
    assert [(item.block, item.span, item.text, item.is_label, item.scan.all_ranges("pain")) for item in found] == [
        (0, Span(0, 5), "Title", False, []),
        (1, Span(0, 7), "Relief:", True, []),
        (1, Span(8, 18), "Less pain.", False, [(1, 2)]),
        (1, Span(19, 27), "No pain.", False, [(1, 2)]),
    ]
    assert [word.form for word in found[2].words] == ["less", "pain"]
    assert [sorted(item.scan.possible) for item in found] == [[-1], [-1], [-1, 3, 7], [-1, 7]]
    assert [found[2].text[word.start : word.end] for word in found[2].words] == ["Less", "pain"]
    assert all(item.tree is None for item in found)


@given(
    st.text(min_size=1)
    | st.lists(st.sampled_from(("A", "b.", "e.g.", "Is it?", "x: ", "“Q", "”", " ", "• ", "\n"))).map("".join)
)
def test_sentences_are_in_order_and_lose_nothing_that_is_read(text: str) -> None:
    if not text:
        return
    spans = [span for span, _ in sentence_spans(block(text))]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(span.end <= following.start for span, following in pairwise(spans))
    inside = {offset for span in spans for offset in range(span.start, span.end)}
    assert all(offset in inside or not character.isalnum() for offset, character in enumerate(text))
    assert all(not text[span.start].isspace() and not text[span.end - 1].isspace() for span in spans)


SPEAKERS = Speakers(frozenset({"Dr"}), frozenset({"dentist"}), frozenset({"ologist"}), frozenset({"founder"}))


def kinds_of_quotation(*blocks: str) -> list[str]:
    """For every sentence of these paragraphs: "" or what it is said to be, of quoted, attributed and mentioned."""
    document = Document("page.txt", tuple(block(text) for text in blocks))
    return [
        " ".join(
            word
            for word, holds in {
                "quoted": sentence.is_quoted,
                "attributed": sentence.is_attributed,
                "mentioned": sentence.is_mentioned,
            }.items()
            if holds
        )
        for sentence in split(document, Vocabulary(), SPEAKERS)
    ]


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        pytest.param(['"My knee is fine now." – Ada'], ["quoted attributed", ""], id="a dash and a name"),
        pytest.param(['"My knee is fine now." ★★★★★'], ["quoted attributed", ""], id="stars"),
        pytest.param(["“My knee is fine now.”", "Ada Byron, 36"], ["quoted attributed", ""], id="a name below"),
        pytest.param(["★★★★★ A great way to sleep!"], ["quoted attributed"], id="behind stars"),
        pytest.param(["★★★★★", "We sell it."], ["", ""], id="nothing behind the stars"),
        pytest.param(["“Ada’s knee is fine.”", "Book a visit today."], ["quoted", ""], id="no name below"),
        pytest.param(["“My knee is fine now.”", "Book a visit today."], ["quoted attributed", ""], id="alone"),
        pytest.param(["“My knee is fine now.”", "– Dr Ada Byron"], ["quoted", ""], id="an office"),
        pytest.param(["“My knee is fine,” said founder Ada. “It really is.”"], ["quoted", "quoted"], id="a founder"),
        pytest.param(["“My knee is fine.”", "– Ada Byron, dentist"], ["quoted", ""], id="an office behind the name"),
        pytest.param(["“My knee is fine.”", "– Ada Byron, Cardiologist"], ["quoted", ""], id="the end of an office"),
        pytest.param(
            ["“My knee is fine.”", "– dr Ada Byron"], ["quoted attributed", ""], id="a title in small letters"
        ),
        pytest.param(["“My knee is fine,” writes Ada."], ["quoted attributed"], id="a letter"),
        pytest.param(["“Doubt whatever sounds too good to be true,” writes Ada."], ["quoted"], id="advice in a letter"),
        pytest.param(["***** Great for bad knees"], ["quoted attributed"], id="asterisks for stars"),
        pytest.param(["Ada ji, Indore: My knee is fine."], ["quoted", "quoted attributed"], id="a form of address"),
        pytest.param(["Ada (62): My knee is fine."], ["quoted", "quoted attributed"], id="an age in brackets"),
        pytest.param(["Mrs. Byron, Pune: My knee is fine."], ["quoted attributed"], id="a title before a place"),
        pytest.param(['"It simply works" (Ada)'], ["quoted attributed"], id="a few words that are signed"),
        pytest.param(['Ada from Bath says: "It is fine now."'], ["", "quoted attributed"], id="somebody says"),
        pytest.param(["“No more sticks.”", "Ada (62), Bath"], ["quoted attributed", ""], id="an age and a place below"),
        pytest.param(["⭐️⭐️⭐️ Good for bad knees"], ["quoted attributed"], id="stars as pictures"),
        pytest.param(['Ada, 36: "My knee is fine now."'], ["", "quoted attributed"], id="a name before"),
        pytest.param(['"My knee is fine now." (Ada B.)'], ["quoted attributed", ""], id="a name in brackets"),
        pytest.param(["“Melts fat away.” So they say."], ["quoted mentioned", ""], id="nobody's own words"),
        pytest.param(["“Melts fat away.”"], ["quoted"], id="alone on its page"),
        pytest.param(
            ["“Detox in a day.”", "It cannot.", "“Melts fat away.”"],
            ["quoted mentioned", "", "quoted mentioned"],
            id="again and again",
        ),
        pytest.param(["“Gone in a day,” the box says."], [""], id="a few words in a sentence"),
        pytest.param(["It works."], [""], id="no quotation"),
        pytest.param(['A 5" wide and 7" long pad.'], [""], id="inches"),
    ],
)
def test_who_is_quoted_with_what(blocks: list[str], expected: list[str]) -> None:
    assert kinds_of_quotation(*blocks) == expected


@pytest.mark.parametrize(
    ("before", "linked"),
    [("", 0), ("It works", 0), ("It works.", 0), ("It works. ", 1), ("It works. It lasts.", 1)],
)
def test_a_sentence_links_to_literature(before: str, linked: int) -> None:
    links = (Link(len(before), "https://doi.org/10.1000/x"), Link(0, "https://clinic.example/a"))
    page = Document("page.txt", (replace(block("It works. It lasts."), links=links),))
    first, second = split(page, Vocabulary())
    assert [first.citations, second.citations] == [
        (Span(0, 9),) if linked == 0 else (),
        (Span(0, 9),) if linked == 1 else (),
    ]
