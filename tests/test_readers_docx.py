"""Word documents: blocks, and the paragraphs and characters at which they stand."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Mapping

import docx
import pytest
from blocks import check_pieces, check_ranges, check_words, quoted, rendered
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.model import InputError, Link
from linter.readers import load
from linter.readers.docx import open_docx

SPACES = " ".join(
    f'xmlns:{prefix}="http://schemas.openxmlformats.org/{path}"'
    for prefix, path in (
        ("w", "wordprocessingml/2006/main"),
        ("mc", "markup-compatibility/2006"),
        ("wp", "drawingml/2006/wordprocessingDrawing"),
    )
)


def word(body: str, header: str = "", footer: str = "", footnotes: str = "") -> bytes:
    """Make a Word document of the XML of its parts."""
    document = docx.Document()
    section = document.sections[0]
    for part, text in ((section.header, header), (section.footer, footer)):
        if text:
            part.paragraphs[0].text = text
    if footnotes:
        blob = f"<w:footnotes {SPACES}>{footnotes}</w:footnotes>".encode()
        name, kind = (
            PackURI("/word/footnotes.xml"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
        )
        document.part.relate_to(Part(name, kind, blob, document.part.package), RELATIONSHIP_TYPE.FOOTNOTES)
    elements = parse_xml(f"<w:body {SPACES}>{body}</w:body>")
    document.element.body[:0] = list(elements)
    return saved(document)


def saved(document: docx.document.Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def paragraph(content: str, style: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{content}</w:p>' if style else f"<w:p>{content}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def golden(data: bytes) -> list[str]:
    return rendered(load(data, "a.docx")[1])


def test_a_whole_document_is_read_in_the_order_of_its_parts() -> None:
    items = [paragraph(run("less pain"), "ListBullet"), paragraph(run("in the knee"), "ListBullet2")]
    numbered = '<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr>' + run("rest") + "</w:p>"
    plain = '<w:p><w:pPr><w:pStyle w:val="ListBullet"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:p>'
    table = "".join(
        f"<w:tr><w:tc>{paragraph(run(a))}</w:tc><w:tc>{paragraph(run(b))}</w:tc></w:tr>" for a, b in ("AB", "CD")
    )
    gone = f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{paragraph(run('cures'))}</w:tc></w:tr>"
    body = [
        paragraph(run("Knees"), "Title"),
        paragraph(run("Knees 1"), "TOC1"),
        paragraph(run("What it does"), "Heading2"),
        paragraph(run("Benefits include:")),
        *items,
        numbered,
        plain,
        f"<w:tbl>{table}{gone}</w:tbl>",
        paragraph(run("It changed my life."), "Quote"),
        paragraph(run("Knee of a runner"), "Caption"),
        paragraph(run("Why us?", "<w:b/>")),
        paragraph(run("We care.", "<w:b/>")),
        f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph(run('• Ask us'))}</w:sdtContent></w:sdt>",
        '<w:p><w:pPr><w:outlineLvl w:val="2"/></w:pPr>' + run("Deep") + "</w:p>",
    ]
    separator = f'<w:footnote w:type="separator">{paragraph(run("cures"))}</w:footnote>'
    notes = f"{separator}<w:footnote>{paragraph(run('Smith 2020.'))}</w:footnote>"
    styles = word("".join(body), "Our clinic", "No advice.", notes)
    assert golden(styles) == [
        "paragraph: Our clinic",
        "heading 1: Knees",
        "heading 2: What it does | Knees",
        "paragraph: Benefits include: | Knees > What it does",
        "item 1: less pain | Knees > What it does | <- 3",
        "item 2: in the knee | Knees > What it does | <- 3",
        "item 2: rest | Knees > What it does | <- 3",
        "cell: A | Knees > What it does",
        "cell: B | Knees > What it does",
        "cell: C | Knees > What it does | <- 7",
        "cell: D | Knees > What it does | <- 8",
        "paragraph”: It changed my life. | Knees > What it does",
        "caption: Knee of a runner | Knees > What it does",
        "heading 6: Why us? | Knees > What it does",
        "paragraph: We care. | Knees > What it does > Why us?",
        "item 1: Ask us | Knees > What it does > Why us?",
        "heading 3: Deep | Knees > What it does",
        "paragraph: Smith 2020. | Knees > What it does > Deep",
        "paragraph: No advice. | Knees > What it does > Deep",
    ]


@pytest.mark.parametrize(
    ("content", "words", "source"),
    [
        pytest.param(
            run("It re") + run("lieves", "<w:b/>") + run(" pain"), "relieves pain", "relieves pain", id="runs"
        ),
        pytest.param(
            run("It") + f"<w:ins>{run(' eases')}</w:ins>" + run(" pain"), "eases pain", "eases pain", id="inserted"
        ),
        pytest.param(
            run("It ") + "<w:del><w:r><w:delText>cures</w:delText></w:r></w:del>" + run("eases"),
            "It eases",
            "It eases",
            id="deleted",
        ),
        pytest.param(
            f"<w:moveFrom>{run('cures')}</w:moveFrom><w:moveTo>{run('It')}</w:moveTo>" + run(" eases"),
            "It eases",
            "It eases",
            id="moved",
        ),
        pytest.param(f"<w:hyperlink>{run('It')}</w:hyperlink>" + run(" eases"), "It eases", "It eases", id="hyperlink"),
        pytest.param(run("It ") + run("cures", "<w:vanish/>") + run("eases"), "It eases", "It eases", id="hidden"),
        pytest.param(run("It ") + run("eases", '<w:vanish w:val="0"/>'), "It eases", "It eases", id="not hidden"),
        pytest.param(
            run("It ") + run("cures ", "<w:strike/>") + run("eases"), "It eases", "It cures eases", id="struck"
        ),
        pytest.param(
            run("It") + run("1", '<w:vertAlign w:val="superscript"/>') + run(" eases"),
            "It eases",
            "It1 eases",
            id="superscript",
        ),
        pytest.param(
            "<w:r><w:t>It</w:t><w:tab/><w:t>eases</w:t><w:br/><w:t>pain</w:t></w:r>",
            "It eases pain",
            "It\teases\u2028pain",
            id="tab and line break",
        ),
        pytest.param(
            "<w:r><w:t>pain</w:t><w:noBreakHyphen/><w:t>fr</w:t><w:softHyphen/><w:t>ee</w:t></w:r>",
            "pain‑free",
            "pain‑fr\u00adee",
            id="hyphens",
        ),
        pytest.param(
            run("It") + "<w:r><w:instrText>cures</w:instrText></w:r>" + run(" eases"),
            "It eases",
            "It eases",
            id="field code",
        ),
        pytest.param(run("😀 Ít ") + run("eases"), "Ít eases", "Ít eases", id="emoji"),
    ],
)
def test_a_phrase_is_read_whole_and_found_where_it_stands(content: str, words: str, source: str) -> None:
    text, document = load(word(paragraph(run("First.")) + paragraph(content)), "a.docx")
    assert quoted(text, document, words) == source
    assert text.position(text.text.index(source)).line == 2
    assert not any("cures" in block.text for block in document.blocks)


def test_text_boxes_and_alternative_texts_come_behind_their_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph(run('In a box'))}</w:txbxContent>"
    drawing = (
        f'<w:drawing><wp:inline><wp:docPr id="1" name="x" descr="A happy&#10;patient"/>{box}</wp:inline></w:drawing>'
    )
    fallback = f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
    content = (
        run("Before ")
        + f"<w:r><mc:AlternateContent><mc:Choice>{drawing}</mc:Choice>{fallback}</mc:AlternateContent></w:r>"
    )
    data = word(paragraph(content + run("and behind.")) + paragraph(run("End.")))
    assert golden(data) == [
        "paragraph: Before and behind.",
        "alt: A happy patient",
        "paragraph: In a box",
        "paragraph: End.",
    ]
    text, document = load(data, "a.docx")
    assert quoted(text, document, "happy patient") == "happy patient"


def test_every_run_of_the_text_stands_in_its_element() -> None:
    document = open_docx(word(paragraph(run("It re") + run("lieves")) + paragraph(run("pain."))), "a.docx")
    runs = [(document.source.text[run.span.start : run.span.end], run.element.text) for run in document.runs]
    assert runs == [("It re", "It re"), ("lieves", "lieves"), ("pain.", "pain.")]


WORDS = st.text(alphabet="ab é😀\u0301\u00a0\u00ad•-:.1\t", min_size=1, max_size=8)
RUNS = st.tuples(WORDS, st.sampled_from(["", "<w:b/>", "<w:vanish/>", "<w:strike/>"])).map(lambda parts: run(*parts))
WRAPPED = st.tuples(
    RUNS,
    st.sampled_from(
        ["{}", "<w:ins>{}</w:ins>", "<w:del>{}</w:del>", "<w:hyperlink>{}</w:hyperlink>{}", "<w:r><w:br/></w:r>{}"]
    ),
).map(lambda parts: parts[1].replace("{}", parts[0]))
PARAGRAPHS = st.tuples(
    st.lists(WRAPPED, max_size=4).map("".join), st.sampled_from(["", "Heading1", "ListBullet", "Quote", "TOC1"])
).map(lambda parts: paragraph(*parts))
BODIES = st.lists(
    PARAGRAPHS | PARAGRAPHS.map(lambda text: f"<w:tbl><w:tr><w:tc>{text}</w:tc></w:tr></w:tbl>"), max_size=4
).map("".join)


@settings(max_examples=60)
@given(BODIES, st.data())
def test_every_piece_is_a_copy_of_the_text(body: str, data: st.DataObject) -> None:
    document = open_docx(word(body), "a.docx")
    check_pieces(document.source, document.document)
    check_ranges(document.source, document.document, data)
    for place in document.runs:
        assert (place.element.text or "\u2028") == document.source.text[place.span.start : place.span.end]


@settings(max_examples=30)
@given(st.lists(st.lists(st.sampled_from(["", "<w:b/>"]), min_size=1, max_size=4), min_size=1, max_size=5))
def test_no_word_is_lost_or_moved(structure: list[list[str]]) -> None:
    count, body = 0, ""
    for properties in structure:
        runs = [run(f"w{count + index} ", each) for index, each in enumerate(properties)]
        count, body = count + len(runs), body + paragraph("".join(runs))
    check_words(*load(word(body), "a.docx"), count)


def zipped(entries: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return stream.getvalue()


def with_entry(name: str, content: bytes) -> bytes:
    """A Word document with another content of one of its entries."""
    with zipfile.ZipFile(io.BytesIO(word(paragraph(run("Text"))))) as archive:
        return zipped({**{entry: archive.read(entry) for entry in archive.namelist()}, name: content})


def encrypted(data: bytes) -> bytes:
    """The container with the flag of encryption in the directory at its end."""
    place = data.rindex(b"PK\x01\x02")
    return data[: place + 8] + bytes([data[place + 8] | 1]) + data[place + 9 :]


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b'<!ENTITY b "&a;&a;&a;&a;&a;&a;">' + b"]><x>&b;</x>"
NESTED = f"<w:document {SPACES}><w:body>".encode() + b"<w:sdt>" * 100_000


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"", "found a broken container (File is not a zip file)", id="empty"),
        pytest.param(
            word(paragraph(run("x")))[:-100], "found a broken container (File is not a zip file)", id="truncated"
        ),
        pytest.param(word("")[:40] + bytes(400) + word("")[440:], "found a broken container (", id="damaged"),
        pytest.param(word("")[:-22] + word("")[50:], "found a broken ", id="two halves"),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
            "found an encrypted document, or one of Word before 2007",
            id="encrypted",
        ),
        pytest.param(encrypted(word("")), "found an encrypted container", id="encrypted container"),
        pytest.param(
            zipped({"a.xml": bytes(60 * 2**20)}),
            "found a container of 60 MB when unpacked; expected 24 MB at most",
            id="zip bomb",
        ),
        pytest.param(
            zipped({"a.bin": bytes(260 * 2**20)}),
            "found a container of 260 MB when unpacked; expected 256 MB at most",
            id="zip bomb of other data",
        ),
        pytest.param(
            zipped({f"{n}.xml": b"" for n in range(5001)}), "found 5001 files in a container", id="many files"
        ),
        pytest.param(
            with_entry("word/document.xml", BOMB),
            "found a document type declaration in word/document.xml",
            id="entity bomb",
        ),
        pytest.param(
            with_entry("word/document.xml", BOMB.decode().encode("utf-16")),
            "found a document type declaration in word/document.xml",
            id="entity bomb in UTF-16",
        ),
        pytest.param(with_entry("word/document.xml", b"<x"), "found a broken Word document (", id="broken XML"),
        pytest.param(with_entry("word/document.xml", NESTED), "found a broken Word document (", id="nested too deeply"),
        pytest.param(
            with_entry("word/document.xml", f"<w:document {SPACES}/>".encode()),
            "found a broken Word document (",
            id="no body",
        ),
        pytest.param(
            with_entry("word/_rels/document.xml.rels", b"<x/>"), "found a broken Word document (", id="no relations"
        ),
        pytest.param(
            zipped({"mimetype": b"application/epub+zip"}), "found a broken Word document (", id="another container"
        ),
    ],
)
def test_what_is_no_sound_word_document_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(InputError) as refused:
        load(data, "a.docx")
    assert str(refused.value).startswith(f"a.docx: {message}")
    assert "; expected " in str(refused.value)


def test_an_extra_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(InputError) as refused:
        load(word(""), "a.docx")
    assert str(refused.value) == (
        "a.docx: reading Word documents needs python-docx; install it with: pip install 'caveat[docx]'"
    )


def test_where_links_lead_is_kept_for_each_part_of_its_own() -> None:
    document = docx.Document()
    address = "https://doi.org/10.1/x"
    link = document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    footer = document.sections[0].footer.part
    other = footer.relate_to("https://clinic.example/", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    relations = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    see = '<w:r><w:t xml:space="preserve">See </w:t></w:r>'
    linked = f'<w:p {SPACES} {relations}>{see}<w:hyperlink r:id="{{}}">{run("it")}</w:hyperlink></w:p>'
    document.element.body.insert(0, parse_xml(linked.format(link)))
    document.element.body.insert(1, parse_xml(linked.format("rId999")))
    footer.element.append(parse_xml(linked.format(other)))
    first, second, last = load(saved(document), "page.docx")[1].blocks
    assert first.links == (Link(4, address),)
    assert second.links == ()
    assert last.links == (Link(4, "https://clinic.example/"),)
