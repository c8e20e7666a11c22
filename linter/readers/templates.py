"""What a site generator replaces before anybody reads a page: shortcodes, template tags and attribute lists.

Hugo's ``{{< >}}`` and ``{{% %}}``, the ``{% %}``, ``{{ }}`` and ``{# #}`` of Jekyll and its like, the ``{{{ }}}`` of
Handlebars, the ``<?php ?>`` of PHP, the ``<% %>`` of embedded Ruby and its like, MDX comments,
kramdown's ``{: }`` and Pandoc's ``{. }`` and ``:::``, and the ``==`` of highlighters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from linter.model import Block, BlockKind, Span
from linter.readers.prose import Prose
from linter.source import Source

NOTHING = "\u2060"
"""Reads as nothing, and is neither a space nor a sign of Markdown."""

# Each alternative is bounded and stops where the next one begins, so that no text makes the search run away. A tag
# holds no backtick and no blank line: what does is text about tags.
_TAG = re.compile(
    r"""
      \{?\{\{ (?:(?!\}\}|\{\{|\n[ \t]*\r?\n)[^`]){0,2000} \}\}\}?
    | \{% (?:(?!%\}|\{%|\n[ \t]*\r?\n)[^`]){0,2000} %\}
    | \{\# (?:(?!\#\}|\{\#|\n[ \t]*\r?\n)[^`]){0,2000} \#\}
    | \{/\* (?:(?!\*/\}|\{/\*)[^`]){0,2000} \*/\}
    | <\?(?:php|=) (?:(?!\?>|<\?).){0,4000} (?:\?>|\Z)
    | <% (?:(?!%>|<%)[^`]){0,2000} %>
    | \{:[^{}\r\n]{0,200}\} | (?<=[\])*_`])\{[.\#][^{}\r\n]{0,200}\}    # attribute lists
    | ^[ \t]*:{3,}[ \t]*(?:[\w-]{1,40}|\{[^{}\r\n]{0,200}\})?(?=[ \t]*\r?$)  # a fence around a part of the page
    | (?<!=)==(?=[^\s=]) | (?<=[^\s=])==(?!=)                           # highlighting
    """,
    re.VERBOSE | re.MULTILINE,
)
_NAME = re.compile(r"\{[{%][<%]?-?\s*(?P<name>/?\s*\w+)")
# What stands between these and their ends is not shown, or is code.
_UNREAD = frozenset({"comment", "highlight", "codeblock", "mermaid"})
_SHOWN = re.compile(r"""\b(?P<name>alt|caption|title)\s*=\s*(?:"(?P<two>[^"]+)"|'(?P<one>[^']+)')""")


# What writers tell each other, between the marks of several generators.
_COMMENT = re.compile(r"\{\{/\*(.*)\*/\}\}|\{/\*(.*)\*/\}|\{\#(.*)\#\}", re.DOTALL)


class Caption(Struct, frozen=True):
    """Words that a tag shows to the reader, and the kind of block that they make."""

    kind: BlockKind
    span: Span


def without_templates(source: Source, start: int) -> tuple[Source, tuple[Caption, ...], tuple[Span, ...]]:
    """Return the source with signs that read as nothing in place of every tag behind ``start``, what tags show, and
    where comments stand, without their marks.

    Positions stay as they are, and so do the ends of lines.
    """
    captions: list[Caption] = []
    comments: list[Span] = []
    parts, end = [source.text[:start]], start
    for span in _tags(source.text, start):
        if span.start < end:  # behind it, or in a part that is not read
            continue
        parts += source.text[end : span.start], re.sub(r"[^\r\n]", NOTHING, source.text[span.start : span.end])
        captions += _captions(source.text, span)
        if comment := _COMMENT.fullmatch(source.text, span.start, span.end):
            comments.append(Span(*comment.span(comment.lastindex or 0)))
        end = span.end
    bare = Source(source.path, "".join([*parts, source.text[end:]])) if end > start else source
    return bare, tuple(captions), tuple(comments)


def with_captions(source: Source, blocks: Sequence[Block], captions: Sequence[Caption]) -> Iterator[Block]:
    """Yield the blocks with the captions among them, before the first block that begins behind them."""
    waiting = list(reversed(captions))
    for block in blocks:
        while waiting and waiting[-1].span.start < block.pieces[0].span.start:
            yield from _caption(source, waiting.pop())
        yield block
    while waiting:
        yield from _caption(source, waiting.pop())


def _caption(source: Source, caption: Caption) -> Iterator[Block]:
    prose = Prose(source)
    prose.take(caption.span.start, caption.span.end)
    if block := prose.block(caption.kind):
        yield block


def _tags(text: str, start: int) -> list[Span]:
    """Return the tags of a text and the parts between tags that are not read, outer ones first."""
    spans: list[Span] = []
    opened, name = 0, ""
    for tag in _TAG.finditer(text, start):
        found = _NAME.match(tag[0])
        this = found["name"].replace(" ", "") if found else ""
        if name and this in (f"end{name}", f"/{name}"):
            spans.append(Span(opened, tag.end()))
            name = ""
        elif not name and this in _UNREAD:
            opened, name = tag.start(), this
        spans.append(Span(*tag.span()))
    return sorted(spans, key=lambda span: (span.start, -span.end))


def _captions(text: str, tag: Span) -> Iterator[Caption]:
    if not text.startswith(("{{<", "{{%", "{%"), tag.start):
        return
    for shown in _SHOWN.finditer(text, tag.start, tag.end):
        kind: BlockKind = "alt" if shown["name"] == "alt" else "caption"
        yield Caption(kind, Span(*shown.span(shown.lastgroup or 0)))
