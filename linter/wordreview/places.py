"""Where in a Word document comments can stand: on the words, or as near to them as Word allows.

Word ignores comments in headers, footers, text boxes, footnotes and endnotes ([MS-OI29500], commentRangeStart).
"""

from __future__ import annotations

from bisect import bisect_right
from copy import deepcopy

from msgspec import Struct

from linter.model import Span
from linter.readers.docx import WordDocument
from linter.readers.wordtext import Element, Run
from linter.wordreview.elements import SPACE, WORD, make

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BOX = f"{WORD}txbxContent"
_NOTES = {f"{WORD}footnotes": "footnote", f"{WORD}endnotes": "endnote"}
_MARGINS = {f"{WORD}hdr": "header", f"{WORD}ftr": "footer"}


class Place(Struct, frozen=True):
    """The elements that a comment begins before and ends after; without a ``first``, it stands at a point.

    ``aside`` says what the words stand in that it is about, if they can have no comment of their own.
    """

    first: Element | None
    last: Element
    aside: str = ""

    def anchor(self, number: int) -> None:
        """Anchor a comment here, before what was anchored at the same place earlier."""
        id = str(number)
        look = make("rPr", make("rStyle", val="CommentReference"))
        self.last.addnext(make("r", look, make("commentReference", id=id)))
        if self.first is not None:
            self.last.addnext(make("commentRangeEnd", id=id))
            self.first.addprevious(make("commentRangeStart", id=id))


class Places:
    """Finds the places of comments in a document; cuts its runs where the words of a finding begin and end.

    A place holds until the next one is asked for; marks that stand around what is cut later stay around it.
    """

    def __init__(self, word: WordDocument) -> None:
        self._document, self._body = word.package, word.package.element.body
        self._runs = list(word.runs)

    def find(self, span: Span | None) -> Place:
        """Return the place of a range of the source, or the top of the document, if that stands nowhere in it."""
        if span is None or not (self._holds(span.start) and self._holds(span.end - 1)):
            return self._top("")
        start, end = self._run(span.start).element, self._run(span.end - 1).element
        story = start.getroottree().getroot()
        if story.tag in _NOTES:
            return self._at_reference(start, _NOTES[story.tag])
        if story.tag in _MARGINS:
            return self._at_section(story, _MARGINS[story.tag])
        if _outermost(start) is start.getparent() and _outermost(end) is end.getparent():
            return Place(self._begin(span.start), self._end(span.end))
        inside = "alternative text" if start.tag.endswith("}docPr") else "text box"
        return self._around(start, end, inside if inside == "alternative text" or _is_boxed(start) else "")

    def _around(self, start: Element, end: Element, aside: str) -> Place:
        """The runs of the text that elements stand in, however deep."""
        first, last = _outermost(start), _outermost(end)
        return self._top(aside) if first is None or last is None else Place(first, last, aside)

    def _at_reference(self, element: Element, name: str) -> Place:
        """The mark in the text that leads to a note."""
        number = next(note.get(f"{WORD}id") for note in element.iterancestors(WORD + name))
        for mark in self._body.iter(f"{WORD}{name}Reference"):
            if mark.get(f"{WORD}id") == number:
                return self._around(mark, mark, name)
        return self._top(name)

    def _at_section(self, story: Element, name: str) -> Place:
        """The beginning of the first section that has a header or footer."""
        relations = self._document.part.rels
        parts = {id: None if each.is_external else each.target_part for id, each in relations.items()}
        first = None
        for element in self._body.iter(f"{WORD}p", f"{WORD}sectPr"):
            if element.tag == f"{WORD}p":
                # A paragraph that a section ends with comes before what says so; one in a box begins no section.
                first = element if first is None and not _is_boxed(element) else first
                continue
            ids = (mark.get(_RELATION) for mark in element.iter(f"{WORD}{name}Reference"))
            if first is not None and any(getattr(parts.get(id), "element", None) is story for id in ids):
                return _beginning(first, name)
            first = None
        return self._top(name)

    def _top(self, aside: str) -> Place:
        paragraph = next(self._body.iter(f"{WORD}p"), None)
        return _beginning(self._body.add_p() if paragraph is None else paragraph, aside)

    def _holds(self, offset: int) -> bool:
        return bool(self._runs) and self._run(offset).span.contains(Span(offset, offset + 1))

    def _index(self, offset: int) -> int:
        return max(0, bisect_right(self._runs, offset, key=lambda run: run.span.start) - 1)

    def _run(self, offset: int) -> Run:
        """The piece of a run that holds a character of the source, if any does."""
        return self._runs[self._index(offset)]

    def _begin(self, offset: int) -> Element:
        """Return a run that begins with a character."""
        self._cut(offset)
        return _part(self._run(offset).element)

    def _end(self, offset: int) -> Element:
        """Return a run that ends with the character before ``offset``."""
        if self._run(offset - 1).span.end > offset:
            self._cut(offset)
        element = self._run(offset - 1).element
        if (rest := element.getnext()) is not None:
            _part(rest)
        return element.getparent()

    def _cut(self, offset: int) -> None:
        """Make two elements of the one that holds a character and does not begin with it."""
        index = self._index(offset)
        span, element = self._runs[index].span, self._runs[index].element
        if offset > span.start:
            rest = deepcopy(element)
            element.text, rest.text = element.text[: offset - span.start], element.text[offset - span.start :]
            for each in (element, rest):
                each.set(SPACE, "preserve")
            element.addnext(rest)
            self._runs[index : index + 1] = [
                Run(Span(span.start, offset), element),
                Run(Span(offset, span.end), rest),
            ]


def _part(element: Element) -> Element:
    """Make an element the first in its run, but for the properties: what stands before it stays behind in a run."""
    run = element.getparent()
    properties = run.find(f"{WORD}rPr")
    if all(each is properties for each in element.itersiblings(preceding=True)):
        return run
    rest = run.makeelement(run.tag, dict(run.attrib))
    if properties is not None:
        rest.append(deepcopy(properties))
    rest.extend([element, *element.itersiblings()])
    run.addnext(rest)
    return rest


def _outermost(element: Element) -> Element | None:
    """The run, in no other one, that an element stands in."""
    return next(iter([*element.iterancestors(f"{WORD}r")][::-1]), None)


def _is_boxed(element: Element) -> bool:
    return next(element.iterancestors(_BOX), None) is not None


def _beginning(paragraph: Element, aside: str) -> Place:
    return Place(None, paragraph.get_or_add_pPr(), aside)
