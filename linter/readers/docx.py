"""Reads Word documents: every paragraph is a line of the text, so that a position is a paragraph and a character."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from msgspec import Struct

from linter.model import Document, InputError
from linter.readers.archive import BROKEN, check_archive
from linter.readers.flow import Flow
from linter.readers.outline import document
from linter.readers.wordtext import RELATION, Element, Run, Style, WordText, read_styles
from linter.source import Source

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NOTES = ("footnotes", "endnotes")
# The root of a part of a document, and the addresses that the part links to, by its ids for them.
_Part: TypeAlias = tuple[Element, Mapping[str, str]]
_EXTRA = "reading Word documents needs python-docx; install it with: pip install 'caveat[docx]'"


class WordDocument(Struct, frozen=True):
    """A Word document as it was read: its text, its blocks, and where in the document each run of the text stands.

    ``package`` is the document of python-docx that the elements of the runs belong to.
    """

    source: Source
    document: Document
    runs: tuple[Run, ...]
    package: Any


def read_docx(data: bytes, path: str) -> tuple[Source, Document]:
    """Read a Word document: headers, paragraphs, lists, tables, text boxes, alternative texts, notes, footers.

    Tracked deletions, hidden and struck-out text, superscripts, field codes and tables of contents are not prose. Raise
    InputError if it is no Word document, encrypted, broken, or larger than one can be.
    """
    word = open_docx(data, path)
    return word.source, word.document


def open_docx(data: bytes, path: str) -> WordDocument:
    """Read a Word document, and keep what leads back into it; raise InputError as ``read_docx`` does."""
    package, styles, roots = _open(data, path)
    text = WordText(styles)
    for root, addresses in roots:
        text.add_part(root, addresses)
    source = Source(path, text.text)
    flow = Flow(source)
    for event in text.events:
        match event.act:
            case "open":
                flow.open(event.name)
            case "close":
                flow.close(event.name)
            case "read":
                flow.take(event.start, event.end)
            case "break":
                flow.break_line(event.start, event.end)
            case "link":
                flow.link(event.name)
    return WordDocument(source, document(source, flow.finish()), tuple(text.runs), package)


def _open(data: bytes, path: str) -> tuple[Any, Mapping[str, Style], list[_Part]]:
    """Return the document of python-docx, its styles, and its parts in reading order."""
    try:
        import docx
        from docx.opc.exceptions import OpcError
        from lxml.etree import LxmlError
    except ImportError:
        raise InputError(_EXTRA, path) from None
    if data.startswith(_OLE):
        message = "found an encrypted document, or one of Word before 2007; expected a .docx without a password"
        raise InputError(message, path)
    check_archive(data, path, "a Word document")
    try:
        package = docx.Document(io.BytesIO(data))
        return package, read_styles(package.styles.element), list(_parts(package))
    except (OpcError, LxmlError, AttributeError, TypeError, *BROKEN) as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise InputError(f"found a broken Word document ({reason}); expected a .docx", path) from None


def _parts(package: Any) -> Iterator[_Part]:
    """Yield the parts of a document in the order in which readers come to them, each once."""
    body = package.element.body
    if body is None:
        raise ValueError("a document without a body")
    parts = {relation.rId: relation for relation in package.part.rels.values() if not relation.is_external}
    yield from _referenced(body, parts, "headerReference")
    yield body, _addresses(package.part)
    for relation in parts.values():
        if relation.reltype.rpartition("/")[2] in _NOTES:
            yield _read(relation.target_part)
    yield from _referenced(body, parts, "footerReference")


def _referenced(body: Element, parts: dict[str, Any], name: str) -> Iterator[_Part]:
    ids = dict.fromkeys(reference.get(RELATION) for reference in body.iter(_WORD + name))
    for part in dict.fromkeys(parts[id].target_part for id in ids if id in parts):
        yield _read(part)


def _read(part: Any) -> _Part:
    """Return the XML of a part; one that python-docx does not know is parsed as it does, which expands no entity."""
    from docx.oxml import parse_xml

    return part.element if hasattr(part, "element") else parse_xml(part.blob), _addresses(part)


def _addresses(part: Any) -> Mapping[str, str]:
    return {relation.rId: relation.target_ref for relation in part.rels.values() if relation.is_external}
