"""Reads plain text, in which a line is a block and its shape says which kind of block it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from linter.model import Block, BlockKind, Document, Span
from linter.readers.outline import document
from linter.readers.prose import BULLETS, Prose
from linter.source import Source

_MARKER = re.compile(rf"[-*–](?=\s|$)|[{BULLETS}]\ufe0f?|(?P<number>\d{{1,3}}[.)])(?=\s|$)")
_RULE = re.compile(r"[-–—=_*~#.·•\s]+")  # a line of nothing but these underlines or separates
_LINK = re.compile(
    r"!?\[(?P<text>[^\[\]]+)\]\((?P<address>(?:#|/|https?://|www\.|mailto:)[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)?\)"
)

_CLOSING = tuple(".!?:;,…")
_QUOTES_AND_BRACKETS = "\"'”’»)]*_"
# A line that ends with one of these has not come to its end.
_UNFINISHED = re.compile(r"(?:,|\b(?:a|an|the|and|or|of|in|on|to|for|from|by|with|as|at|is|are|that|which|than))$")
_HEADING_WORDS, _HEADING_LENGTH, _QUESTION_WORDS = 12, 90, 16
_WRAPPED_LENGTH = 60  # a line shorter than this was not broken for want of room


class _Entry(Struct):
    """Lines that belong together: a heading, a paragraph or an item, still without its kind."""

    spans: list[Span]  # the text of each line, without white space and marker
    text: str
    number: int  # of the last line
    width: int  # of the last line, with all its white space
    indent: int
    marker: str
    numbered: bool


def read_text(source: Source) -> Document:
    """Read plain text: headings, paragraphs and items, each a line, or several where hard wrapping is evident.

    A short line without closing punctuation is a heading of level 1, as is a short question; a numbered one above a
    paragraph is a heading of level 2. Several short lines behind a colon are items. Of Markdown links only the words
    are kept; bare addresses stay.
    """
    entries = _entries(source)
    blocks = []
    prose = Prose(source)
    for index, (kind, level) in enumerate(_kinds(entries)):
        if block := _block(source, prose, entries[index], kind, level):
            blocks.append(block)
    return document(source, blocks)


def _entries(source: Source) -> list[_Entry]:
    """Gather the lines of the text into entries."""
    entries: list[_Entry] = []
    for number, span in enumerate(source.lines, 1):
        entry = _entry(source, number, span)
        if not entry:
            continue
        if entries and _continues(entries[-1], entry):
            last = entries[-1]
            last.spans += entry.spans
            last.text, last.number, last.width = f"{last.text} {entry.text}".strip(), number, entry.width
        else:
            entries.append(entry)
    return [entry for entry in entries if entry.text]


def _entry(source: Source, number: int, span: Span) -> _Entry | None:
    """Make an entry of one line, None if it is blank or a rule; the text is empty if the line is a lone marker."""
    line = source.text[span.start : span.end]
    stripped = line.strip()
    marker = _MARKER.match(stripped)
    if not stripped or (_RULE.fullmatch(stripped) and not (marker and marker[0] == stripped)):
        return None
    before = len(line) - len(line.lstrip())
    text = (stripped[marker.end() :] if marker else stripped).lstrip()
    end = span.start + before + len(stripped)
    return _Entry(
        spans=[Span(end - len(text), end)] if text else [],
        text=text,
        number=number,
        width=len(line.rstrip().expandtabs(4)),
        indent=len(line[:before].expandtabs(4)),
        marker=marker[0] if marker else "",
        numbered=bool(marker and marker["number"]),
    )


def _continues(last: _Entry, entry: _Entry) -> bool:
    """Whether an entry only goes on with the last one: behind a lone marker, or where a line was wrapped."""
    if entry.marker:
        return False
    if last.marker and not last.text:
        return True
    if entry.number != last.number + 1:
        return False
    lower, closed, full = entry.text[0].islower(), _closes(last.text), last.width >= _WRAPPED_LENGTH
    if last.marker and entry.indent > last.indent:
        # The paragraph below a title is indented, too.
        return lower or closed or full or bool(_UNFINISHED.search(last.text))
    unfinished = not last.text.endswith((".", "!", "?", ":")) and (lower or bool(_UNFINISHED.search(last.text)))
    return full and unfinished


def _kinds(entries: Sequence[_Entry]) -> list[tuple[BlockKind, int]]:
    """Return the kind and level of every entry."""
    kinds: list[tuple[BlockKind, int]] = []
    indents: list[int] = []  # of the open items
    for index, entry in enumerate(entries):
        if entry.marker and not _is_numbered_heading(entries, index):
            while indents and indents[-1] >= entry.indent:
                indents.pop()
            indents.append(entry.indent)
            kinds.append(("item", len(indents)))
            continue
        indents.clear()
        if entry.marker:
            kinds.append(("heading", 2))
        elif _is_listed(entries, index, bool(kinds) and kinds[-1][0] == "item"):
            kinds.append(("item", 1))
        else:
            kinds.append(("heading", 1) if _is_heading(entry.text) else ("paragraph", 0))
    return kinds


def _is_heading(text: str) -> bool:
    words = len(text.split())
    if text.endswith("?"):
        return words <= _QUESTION_WORDS
    return words <= _HEADING_WORDS and len(text) <= _HEADING_LENGTH and not _closes(text)


def _is_listed(entries: Sequence[_Entry], index: int, is_behind_item: bool) -> bool:
    """Whether a line without a marker is an item all the same: one of several short ones behind a colon."""
    if not index or not _is_phrase(entries[index]):
        return False
    before = entries[index - 1]
    if is_behind_item and not before.marker:
        return before.number + 1 == entries[index].number
    below = entries[index + 1] if index + 1 < len(entries) else None
    follows = below is not None and below.number == entries[index].number + 1 and _is_phrase(below)
    return before.text.endswith(":") and follows


def _is_phrase(entry: _Entry) -> bool:
    return not entry.marker and not entry.text.endswith("?") and _is_heading(entry.text)


def _is_numbered_heading(entries: Sequence[_Entry], index: int) -> bool:
    """Whether a numbered line is the title of the paragraph below it, and not the last item of a list."""
    entry = entries[index]
    if not entry.numbered or not _is_heading(entry.text) or (index and entries[index - 1].numbered):
        return False
    below = entries[index + 1] if index + 1 < len(entries) else None
    return below is not None and not below.marker and not _is_heading(below.text)


def _closes(text: str) -> bool:
    """Whether the text ends with punctuation that closes or interrupts a sentence."""
    return text.rstrip(_QUOTES_AND_BRACKETS).endswith(_CLOSING)


def _block(source: Source, prose: Prose, entry: _Entry, kind: BlockKind, level: int) -> Block | None:
    """Make the block of an entry, with single spaces for newlines and without the addresses of links."""
    end = 0
    for span in entry.spans:
        if end:
            # The newline and what indents the next line; at least one code point, for two spans are two lines.
            prose.put(" ", end, span.start)
        start, end = span.start, span.end
        for link in _LINK.finditer(source.text, start, end):
            prose.take(start, link.start())
            prose.link(link["address"] or "")
            prose.take(*link.span("text"))
            start = link.end()
        prose.take(start, end)
    return prose.block(kind, level)
