"""Elements of Word's XML, made anew."""

from __future__ import annotations

from lxml import etree

from linter.readers.wordtext import Element
from linter.reports.xmltext import xml_text

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WORD = f"{{{NAMESPACE}}}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
"""The attribute with which ``preserve`` keeps the spaces around a text."""


def make(name: str, *children: Element, **attributes: str) -> Element:
    """Return an element of Word's namespace with attributes of that namespace."""
    named = {WORD + key: value for key, value in attributes.items()}
    element = etree.Element(WORD + name, named, nsmap={"w": NAMESPACE})
    element.extend(children)
    return element


def make_run(text: str, is_bold: bool = False) -> Element:
    """Return a run of text."""
    words = make("t")
    words.text = xml_text(text)
    words.set(SPACE, "preserve")
    return make("r", *([make("rPr", make("b"))] if is_bold else []), words)
