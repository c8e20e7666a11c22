"""Reads Markdown (CommonMark, with tables, footnotes, definition and task lists and the like) and the HTML in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

import pyromark
from pyromark import Options
from pyromark.event import Event

from linter.model import Block, Document, Span
from linter.readers.fieldnames import NO_FIELDS, Fields
from linter.readers.flow import Flow
from linter.readers.frontmatter import read_front_matter
from linter.readers.markup import read_markup
from linter.readers.outline import document
from linter.readers.templates import Caption, with_captions, without_templates
from linter.source import Source

# The parser's own front matter is off: it takes text between any two thematic breaks of a page for it.
_OPTIONS = (
    Options.ENABLE_TABLES
    | Options.ENABLE_FOOTNOTES
    | Options.ENABLE_STRIKETHROUGH
    | Options.ENABLE_TASKLISTS
    | Options.ENABLE_HEADING_ATTRIBUTES
    | Options.ENABLE_DEFINITION_LIST
    | Options.ENABLE_GFM  # "> [!NOTE]"
)
_LONE_RETURN = re.compile(r"\r(?!\n)")
# The HTML elements that Markdown stands for; those that change nothing about blocks and prose are left out.
_ELEMENTS = {
    "Paragraph": "p",
    "List": "ul",
    "Item": "li",
    "BlockQuote": "blockquote",
    "FootnoteDefinition": "div",
    "DefinitionList": "dl",
    "DefinitionListTitle": "dt",
    "DefinitionListDefinition": "dd",
    "Table": "table",
    "TableHead": "tr",
    "TableRow": "tr",
    "TableCell": "td",
    "CodeBlock": "pre",
    "Strikethrough": "del",
    "Image": "img",
}


def read_markdown(source: Source, fields: Fields = NO_FIELDS) -> Document:
    """Read Markdown: its headings, paragraphs, items, cells and alternative texts, and titles and the named
    fields from its front matter.

    Code, addresses of links, footnote marks, struck-out text, comments and template tags are not prose. Raise
    InputError if the front matter is broken; nothing else is an error.
    """
    blocks, body = read_front_matter(source, fields)
    page, captions, comments = without_templates(source, body)
    return read_body(source, page, body, blocks, captions, comments)


def read_body(
    source: Source,
    page: Source,
    start: int,
    before: Sequence[Block],
    captions: Sequence[Caption],
    comments: Sequence[Span],
    has_indented_code: bool = True,
) -> Document:
    """Read what stands behind ``start``, with the blocks of what stands ``before``.

    ``page`` is the source without what a site generator replaces, ``captions`` and ``comments`` are what that shows and
    says. Without indented code, what is indented is prose.
    """
    flow = Flow(page)
    html: list[Span] = []  # the lines of the HTML block that is being read
    code: list[Span] = []
    for event, span in _events(page, start):
        match event:
            case {"Start": "HtmlBlock"}:
                flow.break_block()
            case {"End": "HtmlBlock"}:
                read_markup(flow, page, html)
                flow.end_scrap()
                html.clear()
            case {"Html": _}:
                html.append(span)
            case {"InlineHtml": _}:
                read_markup(flow, page, [span])
            case {"Code": _}:
                code.append(span)
            case {"Start": {"CodeBlock": "Indented"}} if not has_indented_code:
                flow.open("p")
            case {"Start": {"CodeBlock": _}}:
                code.append(span)
                flow.open("pre")
            case {"Start": {"Link": {"dest_url": str(address)}}}:
                flow.open("a")
                flow.link(address)
            case {"Start": tag}:
                flow.open(_element(tag))
            case {"End": tag}:
                flow.close(_element(tag))
            case {"Text": str(text)}:
                flow.put(text, span.start, span.end)
            case "SoftBreak" | "HardBreak":
                flow.put(" ", span.start, span.end)
            case "Rule":
                flow.break_block()
    shown = [caption for caption in captions if not _stands_in(caption.span, code)]
    said = [*flow.comments, *(comment for comment in comments if not _stands_in(comment, code))]
    return document(source, [*before, *with_captions(source, flow.finish(), shown)], said, flow.ends)


def _stands_in(span: Span, places: Sequence[Span]) -> bool:
    """Whether the span lies in one of the places, which are in order and apart."""
    index = bisect_right(places, span.start, key=lambda place: place.start)
    return index > 0 and places[index - 1].contains(span)


def _events(source: Source, start: int) -> Iterator[tuple[Event, Span]]:
    """Yield the parser's events for the source from ``start`` on, each with its span."""
    # The parser does not see the end of a heading at a lone carriage return.
    body = _LONE_RETURN.sub("\n", source.text[start:])
    # The parser counts bytes: how many code points have begun before each of them?
    begins = (byte & 0xC0 != 0x80 for byte in body.encode())
    offsets = range(start, start + len(body) + 1) if body.isascii() else list(accumulate(begins, initial=start))
    for event, place in pyromark.events_with_range(body, options=_OPTIONS):
        yield event, Span(offsets[place["start"]], offsets[place["end"]])


def _element(tag: object) -> str:
    """Return the HTML name of the parser's tag: a name, or a mapping of a name to what else there is to say."""
    match tag:
        case {"BlockQuote": str(_)}:  # an alert, which quotes nobody
            return "div"
        case {"Heading": {"level": str(level)}} | {"Heading": str(level)}:
            return level.lower()
        case dict():
            tag = next(iter(tag))
    return _ELEMENTS.get(str(tag), "")
