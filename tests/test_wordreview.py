"""Comments in Word documents: on the words that they are about, with nothing else changed."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, timezone
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace
from test_annotated import ADVICE, LIMITS, RISKS, finding
from test_readers_docx import BODIES, SPACES, paragraph, run, saved, word, zipped

from linter import wordreview
from linter.model import Cue, DisclosureResult, FileReport, InputError, Report, Span, Suppressed
from linter.readers import load
from linter.readers.docx import open_docx
from linter.source import Source
from linter.wordreview import MOST_COMMENTS, comment_document

SOURCE = Source("a.docx", "It heals.\nAsk Ann.\n")
TIME = datetime(2026, 11, 21, 12, 30)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DOCUMENT, COMMENTS, TYPES = "word/document.xml", "word/comments.xml", "[Content_Types].xml"


def reviewed(data: bytes, *words: str | Span) -> bytes:
    """The document with a comment on each of these words, or ranges of its text, which says them."""
    source, document = load(data, "a.docx")
    spans = (each if isinstance(each, Span) else place(source.text, each) for each in words)
    found = tuple(replace(finding(source, span), message=source.text[span.start : span.end]) for span in spans)
    return written(data, FileReport("a.docx", source.text, found, (), "us", blocks=document.blocks))


def place(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def written(data: bytes, file: FileReport) -> bytes:
    described = {info.id: info for info in (RISKS, ADVICE, LIMITS)}
    return comment_document(
        data, file, Report("0", "0", "en", "us", (file,), (), {"law": "An Act, s. 5"}, described), TIME
    )


def comments(data: bytes) -> list[tuple[str, str]]:
    """The comments of caveat in their order: the words that each stands on, and what it says."""
    read = open_docx(data, "a.docx")
    order = {element: number for number, element in enumerate(read.package.element.iter())}
    marks = {(mark.tag, mark.get(f"{W}id")): number for mark, number in order.items() if mark.get(f"{W}id")}
    found = []
    for comment in read.package.comments:
        if comment.author == "caveat":
            at = (f"{W}{name}" for name in ("commentRangeStart", "commentRangeEnd", "commentReference"))
            start, end, mark = (marks.get((tag, str(comment.comment_id)), -1) for tag in at)
            assert mark > end >= start
            inside = (each.span for each in read.runs if start < order.get(each.element, -2) < end)
            found.append(("".join(read.source.text[span.start : span.end] for span in inside), comment.text))
    return found


def files(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def bare(data: bytes) -> str:
    """The document without comments of caveat, in one form however its runs are cut."""
    document = docx.Document(io.BytesIO(data))
    ours = {str(comment.comment_id) for comment in document.comments if comment.author == "caveat"}
    root = document.element
    for mark in [each for each in root.iter() if each.tag.startswith(f"{W}comment") and each.get(f"{W}id") in ours]:
        gone = mark.getparent() if mark.tag == f"{W}commentReference" else mark
        gone.getparent().remove(gone)
    for each in [each for each in root.iter(f"{W}p") if each.pPr is not None and not len(each.pPr)]:
        each.remove(each.pPr)
    for each in [*root.iter(f"{W}r")]:
        join(each)
    for text in root.iter(f"{W}t"):
        text.attrib.clear()
    return etree.tostring(root, method="c14n").decode()


def join(each: Any) -> None:
    """Take into a run what follows it and looks the same, and make one of texts side by side."""
    while (after := each.getnext()) is not None and after.tag == each.tag and look(after) == look(each):
        each.extend([child for child in after if child.tag != f"{W}rPr"])
        each.getparent().remove(after)
    for text in [*each]:
        before = text.getprevious()
        if before is not None and before.tag == text.tag == f"{W}t":
            before.text = (before.text or "") + (text.text or "")
            each.remove(text)


def look(each: Any) -> tuple[Any, ...]:
    properties = each.find(f"{W}rPr")
    return dict(each.attrib), None if properties is None else etree.tostring(properties)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(run("It eases pain now."), id="part of a run"),
        pytest.param(run("eases pain"), id="a run"),
        pytest.param(run("It ea") + run("ses ", "<w:b/>") + run("pain now."), id="split runs"),
        pytest.param(f'<w:ins w:id="1" w:author="A">{run("It eases")}</w:ins>{run(" pain.")}', id="tracked insertion"),
        pytest.param(
            run("eases") + '<w:del w:id="1" w:author="A"><w:r><w:delText>!</w:delText></w:r></w:del>' + run(" pain"),
            id="tracked deletion",
        ),
        pytest.param(f"<w:hyperlink>{run('It eases')}</w:hyperlink>{run(' pain')}", id="hyperlink"),
        pytest.param(f"<w:sdt><w:sdtPr/><w:sdtContent>{run('It eases pain')}</w:sdtContent></w:sdt>", id="control"),
        pytest.param("<w:r><w:t>It</w:t><w:tab/><w:t>eases pain</w:t><w:br/><w:t>now</w:t></w:r>", id="tab and break"),
        pytest.param("<w:r><w:t>eases</w:t><w:t xml:space='preserve'> pain</w:t></w:r>", id="texts in a run"),
        pytest.param(run("😀 It eases pain 😀"), id="emoji"),
    ],
)
@pytest.mark.parametrize("style", ["", "ListBullet2", "cell"])
def test_a_comment_stands_on_its_words(content: str, style: str) -> None:
    body = (
        f"<w:tbl><w:tr><w:tc>{paragraph(content)}</w:tc></w:tr></w:tbl>"
        if style == "cell"
        else paragraph(content, style)
    )
    data = word(paragraph(run("First.")) + body)
    result = reviewed(data, "eases pain")
    assert [words for words, _ in comments(result)] == ["eases pain"]
    assert bare(result) == bare(data)
    assert load(result, "a.docx")[0].text == load(data, "a.docx")[0].text


def test_claims_that_overlap_and_touch() -> None:
    data = word(paragraph(run("It eases ") + run("pain and heals")))
    words = ["It eases", "eases pain", "eases pain and", "pain", " and heals", "heals"]
    result = reviewed(data, *words)
    assert [each for each, _ in comments(result)] == words
    assert bare(result) == bare(data)


def test_the_look_of_words_stays() -> None:
    data = word(
        paragraph('<w:r w:rsidR="00AB"><w:rPr><w:b/><w:color w:val="FF0000"/></w:rPr><w:t>It eases pain.</w:t></w:r>')
    )
    parts = [
        (each.text, each.bold, str(each.font.color.rgb), each._r.get(f"{W}rsidR"))
        for each in docx.Document(io.BytesIO(reviewed(data, "eases"))).paragraphs[0].runs
        if each.text
    ]
    assert parts == [(text, True, "FF0000", "00AB") for text in ("It ", "eases", " pain.")]


BOX = f"<w:txbxContent>{paragraph(run('It heals.'))}</w:txbxContent>"
DRAWING = f'<w:drawing><wp:inline><wp:docPr id="1" name="x" descr="A happy patient"/>{BOX}</wp:inline></w:drawing>'
NOTE = f'<w:footnote w:id="2">{paragraph(run("It works."))}</w:footnote>'


@pytest.mark.parametrize(
    ("words", "on", "says"),
    [
        pytest.param("happy patient", "It heals.", "In the alternative text: “happy patient”", id="alternative text"),
        pytest.param("heals", "It heals.", "In the text box: “heals”", id="text box"),
        pytest.param("works", "", "In the footnote: “works”", id="footnote"),
        pytest.param("Our clinic", "", "In the header: “Our clinic”", id="header"),
        pytest.param("No advice", "", "In the footer: “No advice”", id="footer"),
    ],
)
def test_what_cannot_be_commented_is_where_word_allows_it(words: str, on: str, says: str) -> None:
    body = paragraph(run("First.")) + paragraph(
        run("See") + f"<w:r>{DRAWING}</w:r><w:r><w:footnoteReference w:id='2'/></w:r>"
    )
    data = word(body, "Our clinic", "No advice.", NOTE)
    result = reviewed(data, words)
    ((under, text),) = comments(result)
    # A text box stands in the run that the comment is on.
    assert (under.removeprefix("A happy patient"), text.splitlines()[1]) == (on, says)
    assert bare(result) == bare(data)
    marked = etree.tostring(docx.Document(io.BytesIO(result)).paragraphs[0 if "er:" in says else 1]._p)
    assert b"commentReference" in marked
    assert all(content == files(data)[name] for name, content in files(result).items() if "footnotes" in name)


def test_a_header_is_commented_where_its_section_begins() -> None:
    document = docx.Document()
    document.add_paragraph("One.")
    document.add_paragraph("Two.")
    header = document.add_section().header
    header.is_linked_to_previous = False
    header.paragraphs[0].text = "It heals."
    for text in ("Three.", "Four."):
        document.add_paragraph(text)
    result = docx.Document(io.BytesIO(reviewed(saved(document), "heals")))
    assert [each.text for each in result.paragraphs if each._p.xpath(".//w:commentReference")] == ["Three."]


def test_a_document_without_paragraphs_gets_one_to_be_commented() -> None:
    data = word("", "It heals.")
    assert not docx.Document(io.BytesIO(data)).paragraphs
    result = docx.Document(io.BytesIO(reviewed(data, "heals")))
    assert [each.text for each in result.paragraphs] == [""]
    assert len(result.comments) == 1


def test_what_comments_say() -> None:
    data = word(paragraph(run("It may ease pain and heals all.")))
    source, document = load(data, "a.docx")
    first, second = (finding(source, place(source.text, words)) for words in ("ease pain", "heals all"))
    cue = Cue("may", "modality", "weak", Span(3, 6), Span(3, 16))
    first = replace(first, severity="warning", qualification="weak", cues=(cue,), authority=("law",))
    owed = [finding(source, Span(0, 2), f"disclosure/{name}", "warning") for name in ("limits", "risks")]
    allowed = [Suppressed(each, "waiver", "by counsel", "w.yml:1", date(2027, 1, 1)) for each in (second, owed[0])]
    results = (
        DisclosureResult("limits", "partial", True, "Results vary."),
        DisclosureResult("risks", "absent", True),
        DisclosureResult("advice", "absent", False),
    )
    file = FileReport("a.docx", source.text, (owed[1], first), results, "us", (), tuple(allowed), document.blocks)
    (_, top), (_, claim), (_, passed) = comments(written(data, file))
    assert top.splitlines() == [
        "Disclosures that the claims make due",
        "Risks: missing (warning) [disclosure/risks]",
        "It says much.",
        "Write instead: Say less.",
        "Limits: partial (waived) [disclosure/limits]",
        "There is: “Results vary.”",
        "waived: by counsel (w.yml:1, until 2027-01-01)",
        "It says much.",
        "Write instead: Say less.",
    ]
    assert claim.splitlines() == [
        "Warning: efficacy, weakly qualified [efficacy/x]",
        "It says much.",
        "Write instead: Say less.",
        "Decided by: “may” (modality)",
        "Authority: An Act, s. 5",
    ]
    assert passed.splitlines() == [
        "Waived: efficacy, not qualified [efficacy/x]",
        "waived: by counsel (w.yml:1, until 2027-01-01)",
        "It says much.",
        "Write instead: Say less.",
    ]


def test_comments_come_in_the_order_of_their_words_with_disclosures_at_the_top() -> None:
    data = word(paragraph(run("It eases pain.")) + paragraph(run("It heals.")), "It works.")
    source, document = load(data, "a.docx")
    found = [finding(source, place(source.text, words)) for words in ("It works", "eases", "heals")]
    owed = finding(source, place(source.text, "heals"), "disclosure/risks")
    results = (DisclosureResult("risks", "absent", True),)
    file = FileReport("a.docx", source.text, (*found, owed), results, "us", blocks=document.blocks)
    result = written(data, file)
    assert [words for words, _ in comments(result)] == ["", "", "eases", "heals"]
    root = docx.Document(io.BytesIO(result)).element
    marks = [mark.get(f"{W}id") for mark in root.iter(f"{W}commentReference")]
    assert marks == sorted(marks, key=int)
    assert root.body[0][1][-1].tag == f"{W}commentReference"


def test_comments_are_signed_and_dated() -> None:
    (comment,) = docx.Document(io.BytesIO(reviewed(word(paragraph(run("It heals."))), "heals"))).comments
    assert (comment.author, comment.initials, comment.timestamp) == ("caveat", "c", TIME.replace(tzinfo=timezone.utc))
    assert [each.text for each in comment.paragraphs[0].runs if each.bold] == ["Error"]


def test_text_that_no_document_may_hold_is_shown_as_a_gap() -> None:
    data = word(paragraph(run("It heals.")))
    source, document = load(data, "a.docx")
    found = replace(finding(source, Span(3, 8)), message="a\x00b\uffff<w:p/>&\u202e", rule="x/\ud800")
    ((_, text),) = comments(written(data, FileReport("a.docx", source.text, (found,), (), blocks=document.blocks)))
    assert text.splitlines()[:2] == ["Error: efficacy, not qualified [x/\ufffd]", "a\ufffdb\ufffd<w:p/>&\ufffd"]


def commented() -> bytes:
    """A document with a comment, and a mark of another one that is gone."""
    document = docx.Document()
    runs = [document.add_paragraph().add_run(text) for text in ("It heals.", "Ask Ann.")]
    document.add_comment(runs, "Who is Ann?", "Bob", "B")
    mark = f'<w:r {SPACES}><w:commentReference w:id="7"/></w:r>'
    document.paragraphs[1]._p.append(parse_xml(mark))
    return saved(document)


def test_comments_that_are_there_stay() -> None:
    data = commented()
    result = reviewed(data, "heals")
    before, after = files(data), files(result)
    assert before.keys() == after.keys()
    assert [name for name in before if before[name] != after[name]] == [DOCUMENT, COMMENTS]
    numbers = [(each.author, each.comment_id) for each in docx.Document(io.BytesIO(result)).comments]
    assert numbers == [("Bob", 0), ("caveat", 8)]
    assert bare(result) == bare(data)
    again = reviewed(result, "Ask")
    assert [words for words, _ in comments(again)] == ["heals", "Ask"]
    assert bare(again) == bare(data)


def test_nothing_else_in_the_package_changes() -> None:
    plain = word(paragraph(run("It heals.")), "Header", "Footer", NOTE)
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as new:
        new.comment = b"of a printer"
        for name in reversed(old.namelist()):
            new.writestr(zipfile.ZipInfo(name, (2020, 1, 2, 3, 4, 6)), old.read(name))
        new.writestr("word/comments.xml", b"left over, and nothing leads to it")
        new.writestr("custom/secret.bin", bytes(range(256)))
    data = stream.getvalue()
    result = reviewed(data, "heals")
    before, after = files(data), files(result)
    changed = [name for name in before if before[name] != after[name]]
    assert sorted(changed) == [TYPES, "word/_rels/document.xml.rels", DOCUMENT]
    assert after.keys() - before.keys() == {"word/comments1.xml"}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(io.BytesIO(result)) as new:
        assert new.testzip() is None
        assert new.comment == old.comment
        kept = [(each.filename, each.date_time, each.compress_type) for each in new.infolist()]
        assert kept[:-1] == [(each.filename, each.date_time, each.compress_type) for each in old.infolist()]
    for name in (TYPES, "word/_rels/document.xml.rels"):
        whole = [etree.tostring(each) for each in etree.fromstring(after[name])]
        assert [etree.tostring(each) for each in etree.fromstring(before[name])] == whole[:-1]


def test_without_anything_to_say_the_document_is_the_same() -> None:
    data = word(paragraph(run("Call us.")))
    assert reviewed(data) == data


def replaced(data: bytes, name: str, content: bytes) -> bytes:
    return zipped({**files(data), name: content})


UNKNOWN_TYPE = replaced(
    replaced(commented(), TYPES, files(commented())[TYPES].replace(b"wordprocessingml.comments+xml", b"x")),
    COMMENTS,
    b"<x",
)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(
            replaced(commented(), COMMENTS, b"<x/>"), "found “x” in the place of comments; ", id="no comments"
        ),
        pytest.param(UNKNOWN_TYPE, "found broken comments (", id="broken comments"),
        pytest.param(replaced(commented(), COMMENTS, b"<x"), "found a broken Word document (", id="broken XML"),
    ],
)
def test_a_document_with_broken_comments_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(InputError) as refused:
        written(data, FileReport("a.docx", "It heals.\nAsk Ann.\n", (finding(SOURCE, Span(3, 8)),), ()))
    assert str(refused.value).startswith(f"a.docx: {message}")
    assert "; expected " in str(refused.value)


def test_comments_elsewhere_and_odd_numbers_are_left_alone() -> None:
    parts = files(commented())
    name = "word/_rels/document.xml.rels"
    away = parts[name].replace(b'Target="comments.xml"', b'Target="https://example.org/c.xml" TargetMode="External"')
    assert away != parts[name]
    odd = parts[DOCUMENT].replace(b'w:id="7"', b'w:id="99999999999"').replace(b'w:id="0"', b'w:id="-3"')
    result = files(reviewed(zipped({**parts, name: away, DOCUMENT: odd}), "heals"))
    assert [each.get(f"{W}id") for each in etree.fromstring(result["word/comments1.xml"])] == ["0"]
    assert result[COMMENTS] == parts[COMMENTS]


def test_more_comments_than_word_takes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_COMMENTS == 32_767
    monkeypatch.setattr(wordreview, "MOST_COMMENTS", 2)
    assert len(comments(reviewed(commented(), "heals"))) == 1
    with pytest.raises(InputError, match=r"^a\.docx: found 3 comments to write; expected 2 at most, as in Word$"):
        reviewed(commented(), "heals", "Ask")


def test_a_document_that_changed_meanwhile_is_refused() -> None:
    with pytest.raises(InputError, match=r"^a\.docx: this file changed while it was reviewed; expected "):
        written(word(paragraph(run("It heels."))), FileReport("a.docx", "It heals.\n", (), ()))


@settings(max_examples=40)
@given(BODIES, st.data())
def test_comments_stand_on_any_words_and_change_nothing(body: str, data: st.DataObject) -> None:
    draft = word(body)
    source, document = load(draft, "a.docx")
    spans = []
    for _ in range(data.draw(st.integers(1, 5)) if document.blocks else 0):
        block = data.draw(st.sampled_from(document.blocks))
        start = data.draw(st.integers(0, len(block.text) - 1))
        spans.append(block.source_span(Span(start, data.draw(st.integers(start + 1, len(block.text))))))
    result = reviewed(draft, *spans)
    expected = sorted(spans)
    assert [words for words, _ in comments(result)] == [source.text[span.start : span.end] for span in expected]
    assert bare(result) == bare(draft)
    assert load(result, "a.docx") == (source, document)
