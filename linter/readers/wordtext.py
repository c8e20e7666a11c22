"""The text of Word's XML: paragraph for paragraph a line, and what each of them is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from msgspec import Struct

from linter.model import Span

# An element of lxml, which has no types of its own.
Element = Any

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VALUE = f"{_WORD}val"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# What in a run reads as something else than its text; a line break ends no line of the text.
_SIGNS = {"tab": "\t", "br": "\u2028", "cr": "\u2028", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
LINE_BREAK = _SIGNS["br"]
# What was deleted or moved away, what says how things look, and what Word computes.
_DROPPED = frozenset(
    "del moveFrom delText instrText pPr rPr tblPr tblGrid tcPr sdtPr sdtEndPr sectPr object Fallback oMath".split()
)
_CONTENTS = re.compile(r"toc ?\d|table of (?:figures|authorities)")
_HEADING = re.compile(r"heading (?P<level>\d)")
_LIST = re.compile(r"list (?:bullet|number)(?: (?P<level>[2-5]))?")
_TABLES = {"tbl": "table", "tr": "tr", "tc": "td"}
_NOTES = ("footnote", "endnote")
_LOWEST = 6
_MAX_WORDS = 12  # of a paragraph in bold that is a heading

Act = Literal["open", "close", "read", "break", "link"]


class Event(Struct, frozen=True):
    """A step through the document: a named element begins or ends, a range of the text is read or breaks a line, or
    what comes next links to the address that is its name."""

    act: Act
    name: str = ""
    start: int = 0
    end: int = 0


class Run(Struct, frozen=True):
    """A span of the text, and the element of the document that it stands in."""

    span: Span
    element: Element


class Style(Struct, frozen=True):
    """What a paragraph style makes of a paragraph: its English name, its level as a heading (0: none) and in lists."""

    name: str = ""
    heading: int = 0
    item: int = 0


def read_styles(root: Element) -> Mapping[str, Style]:
    """Return the paragraph styles by their ids, each with what it has from the style that it is based on."""
    elements = {style.get(f"{_WORD}styleId"): style for style in root.iter(f"{_WORD}style")}
    return {name: _style(name, elements) for name in elements if name}


def _style(name: str, elements: Mapping[str, Element]) -> Style:
    heading = item = 0
    own, seen = "", set()
    while name in elements and name not in seen:
        seen.add(name)
        element = elements[name]
        called = (_value(element, "name") or name).lower()
        own = own or called
        match = _HEADING.fullmatch(called)
        heading = heading or (int(match["level"]) if match else int(called == "title")) or _outline(element)
        numbered = _LIST.fullmatch(called)
        item = item or (int(numbered["level"] or 1) if numbered else _list_level(element))
        name = _value(element, "basedOn") or ""
    return Style(own, heading, item)


class WordText:
    """Gathers the text of a document part by part, the events that lead through it and the runs that it comes from."""

    def __init__(self, styles: Mapping[str, Style]) -> None:
        self.events: list[Event] = []
        self.runs: list[Run] = []
        self._styles = styles
        self._addresses: Mapping[str, str] = {}
        self._parts: list[str] = []
        self._length = 0
        self._boxes: list[Element] = []  # wait for the end of the paragraph that they stand in

    @property
    def text(self) -> str:
        """What was gathered: a line for each paragraph."""
        return "".join(self._parts)

    def add_part(self, root: Element, addresses: Mapping[str, str]) -> None:
        """Add a part of the document; ``addresses`` are those that it links to, by the ids that it has for them."""
        self._addresses = addresses
        self.add(root)

    def add(self, element: Element) -> None:
        """Add the paragraphs and tables in an element."""
        for child, name in _children(element):
            if name == "p":
                self._add_paragraph(child)
            elif name in _TABLES:
                self._add_table(child, _TABLES[name])
            else:
                self.add(child)

    def _add_table(self, element: Element, name: str) -> None:
        if element.find(f"{_WORD}trPr/{_WORD}del") is None:
            self.events.append(Event("open", name))
            self.add(element)
            self.events.append(Event("close", name))

    def _add_paragraph(self, element: Element) -> None:
        style = self._style_of(element)
        if _CONTENTS.fullmatch(style.name):
            return
        place, first = len(self.events), len(self._parts)
        is_bold = self._add_runs(element)
        names = _elements(style, is_bold, "".join(self._parts[first:]))
        self.events[place:place] = [Event("open", name) for name in names]
        self.events += [Event("close", name) for name in reversed(names)]
        self._put("\n")
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            if alternative := box.get("descr"):
                span = self._put(_one_line(alternative))
                self.runs.append(Run(span, box))
                self.events += [Event("open", "img"), _span_event("read", span), Event("close", "img")]
                self._put("\n")
            else:
                self.add(box)

    def _add_runs(self, element: Element) -> bool:
        """Add the runs in a paragraph, or in a part of it; whether all that they say is in bold."""
        is_bold = True
        for child, name in _children(element):
            if name == "r":
                is_bold = self._add_run(child) and is_bold
            elif name == "txbxContent" or (name == "docPr" and child.get("descr")):
                self._boxes.append(child)
            else:
                if name == "hyperlink" and (address := self._addresses.get(child.get(RELATION))):
                    self.events.append(Event("link", address))
                is_bold = self._add_runs(child) and is_bold
        return is_bold

    def _add_run(self, run: Element) -> bool:
        """Add a run; whether it is in bold, or says nothing."""
        if _is_on(run, "vanish"):
            return True
        is_struck = _is_on(run, "strike") or _is_on(run, "dstrike")
        is_read = not is_struck and _value(run, "rPr", "vertAlign") != "superscript"
        is_bold = _is_on(run, "b") or _value(run, "rPr", "rStyle") == "Strong"
        is_silent = True
        for child, name in _children(run):
            text = child.text or "" if name == "t" else _SIGNS.get(name, "")
            if text:
                span = self._put(_one_line(text))
                self.runs.append(Run(span, child))
                is_silent = is_silent and text.isspace()
                if is_read:
                    self.events.append(_span_event("break" if text == LINE_BREAK else "read", span))
            elif name != "t":
                self._add_runs(child)  # drawings, with text boxes in them
        return is_bold or is_silent

    def _style_of(self, paragraph: Element) -> Style:
        """Return the style of a paragraph, with what the paragraph itself says otherwise."""
        id = _value(paragraph, "pPr", "pStyle") or ""
        style = self._styles.get(id, Style(id.lower()))
        return Style(style.name, style.heading or _outline(paragraph), _list_level(paragraph) or style.item)

    def _put(self, text: str) -> Span:
        self._parts.append(text)
        self._length += len(text)
        return Span(self._length - len(text), self._length)


def _span_event(act: Act, span: Span) -> Event:
    return Event(act, start=span.start, end=span.end)


def _elements(style: Style, is_bold: bool, text: str) -> list[str]:
    """Return the names of the HTML elements that a paragraph stands for, the outer ones first."""
    if style.heading:
        return [f"h{min(style.heading, _LOWEST)}"]
    if style.item:
        return [*["ul"] * style.item, "li"]
    if "quote" in style.name:
        return ["blockquote", "p"]
    if style.name == "caption":
        return ["caption"]
    # What many writers use in place of a heading.
    words = text.split()
    is_heading = is_bold and 0 < len(words) <= _MAX_WORDS and not words[-1].endswith((".", ":", ";", ",", "!"))
    return [f"h{_LOWEST}" if is_heading else "p"]


def _children(element: Element) -> Iterator[tuple[Element, str]]:
    """Yield the elements in an element that are read, with their names."""
    for child in element.iterchildren(tag="*"):
        name = child.tag.rpartition("}")[2]
        is_separator = name in _NOTES and child.get(f"{_WORD}type", "normal") != "normal"
        if name not in _DROPPED and not is_separator:
            yield child, name


def _one_line(text: str) -> str:
    return re.sub(r"[\r\n]", " ", text)


def _value(element: Element, *names: str) -> str | None:
    """Return the value of the property that a path leads to, None if there is none."""
    found = element.find("/".join(_WORD + name for name in names))
    value: str | None = None if found is None else found.get(_VALUE)
    return value


def _is_on(run: Element, name: str) -> bool:
    """Whether a run has a property that is on or off."""
    found = run.find(f"{_WORD}rPr/{_WORD}{name}")
    return found is not None and found.get(_VALUE, "on") not in ("0", "false", "off")


def _outline(element: Element) -> int:
    """Return the level as a heading, from 1, that a style or paragraph has outright; 0 if it has none."""
    level = _value(element, "pPr", "outlineLvl") or ""
    return int(level) + 1 if level.isdecimal() and int(level) < 9 else 0


def _list_level(element: Element) -> int:
    """Return the level in a list, from 1, that a style or paragraph has outright; 0 if it has none."""
    if _value(element, "pPr", "numPr", "numId") in (None, "0"):
        return 0
    level = _value(element, "pPr", "numPr", "ilvl") or "0"
    return int(level) + 1 if level.isdecimal() and int(level) < 9 else 1
