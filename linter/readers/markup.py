"""HTML, whole or in scraps, into a flow of blocks, with exact positions."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from itertools import accumulate

from linter.model import BlockKind, Span
from linter.readers.flow import Flow
from linter.readers.jsonstrings import json_strings
from linter.readers.likeness import Attributes, controlled_ids, likeness
from linter.readers.prose import Prose
from linter.readers.quoted import quoted_parts
from linter.source import Source

# fmt: off
# Elements without content: none of them is ever open.
_VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
})
# fmt: on
_REFERENCE = re.compile(r"&#?\w+;?")
_ATTRIBUTE = re.compile(r"""(?P<name>[^\s/>=]+)(?:\s*=\s*(?:"(?P<two>[^"]*)"|'(?P<one>[^']*)'|(?P<bare>[^\s>"']+)))?""")
# What of a page is shown by others (search engines, networks), by the name or property of its meta element.
_METADATA: dict[str, BlockKind] = {
    **dict.fromkeys(("description", "og:description", "twitter:description"), "description"),
    **dict.fromkeys(("title", "og:title", "twitter:title"), "title"),
    **dict.fromkeys(("og:image:alt", "twitter:image:alt"), "alt"),
}
_JSON = "application/ld+json"
_COMMENT = "<!--"
_ALTERNATIVES = ("alt", "aria-label")
_BUTTONS = frozenset({"submit", "button"})
_UNSEEN = frozenset({"template", "nav"})


def read_markup(flow: Flow, source: Source, spans: Sequence[Span]) -> None:
    """Pass on to ``flow`` the HTML that stands in ``spans`` of the source, in order.

    The spans are one text to the HTML parser: what lies between them (the marks of a Markdown quotation) is not there.
    Text becomes prose; alternative texts and labels, the metadata that is shown elsewhere and the descriptions in
    JSON-LD become blocks of their own; comments, scripts, styles, navigation, what is hidden and other attributes are
    dropped. Malformed HTML is read as far as it goes, as in a browser; nothing is an error.
    """
    _Parser(flow, source, spans).read()


class _Parser(HTMLParser):
    """Finds the tags. Its lines and columns count in the joined spans, and are translated to offsets of the source."""

    def __init__(self, flow: Flow, source: Source, spans: Sequence[Span]) -> None:
        super().__init__(convert_charrefs=False)
        self._flow, self._source, self._spans = flow, source, spans
        self._text = "".join(source.text[span.start : span.end] for span in spans)
        self._starts = [0, *accumulate(span.end - span.start for span in spans)]  # of the spans, in the joined text
        self._is_closing = False
        self._is_data = False
        self._controlled = controlled_ids(self._text)
        self._lines = [0, *(newline.end() for newline in re.finditer("\n", self._text))]

    def read(self) -> None:
        # Character references are decoded here, for the parser does not say where they end, and treats broken ones
        # differently from version to version; it sees a sign of the same length that means nothing to it. So too where
        # no tag can end any more: there it would look for the end again and again.
        ended = self._text.rfind(">") + 1
        comment = self._text.find(_COMMENT, ended)
        comment = len(self._text) if comment < 0 else comment
        last = self._text[ended:comment].replace("<", "+")
        self.feed((self._text[:ended] + last + self._text[comment:]).replace("&", "+"))
        self._is_closing = True
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(reversed(attrs))  # of several with one name the first one counts
        like = likeness(tag, attributes, self._controlled)
        if tag not in _UNSEEN and like not in _UNSEEN:
            self._read_attributes(tag, attributes)
        self._is_data = tag == "script" and (attributes.get("type") or "").strip().lower() == _JSON
        if tag == "br":
            self._flow.break_line(*self._source_range(self._here(), self._tag_end()))
        elif tag == "hr":
            self._flow.break_block()
        elif tag not in _VOID and not self._is_data:
            self._flow.open(tag, like)
        if tag == "a" and (address := self._attribute("href").block("paragraph")):
            self._flow.link(address.text)
        if tag == "q":
            self._flow.put("“", *self._source_range(self._here(), self._tag_end()))

    def handle_endtag(self, tag: str) -> None:
        if tag == "q":
            self._flow.put("”", *self._source_range(self._here(), self._text.find(">", self._here()) + 1))
        if tag not in _VOID:
            self._flow.close(tag)
        self._is_data = False

    def handle_data(self, data: str) -> None:
        start = self._here()
        if self._is_data:
            self._read_json(start, start + len(data))
        else:
            self._copy(self._flow, start, start + len(data))

    def handle_comment(self, data: str) -> None:
        start = self._here() + len(_COMMENT)
        is_whole = self._text.startswith(_COMMENT, self._here()) and self._text.startswith("--", start + len(data))
        if data and is_whole:
            self._flow.comments.append(Span(*self._source_range(start, start + len(data))))

    def parse_comment(self, i: int, report: bool = True) -> int:
        """Take a comment that nobody closed to go on to the end, as browsers do, in every version of the parser."""
        end = super().parse_comment(i, report)
        return len(self.rawdata) if end < 0 and self._is_closing else end

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Take ``<![if IE]>`` and its like for comments, as browsers do; the inherited method raises for some."""
        return self.parse_bogus_comment(i, report)

    def _read_attributes(self, tag: str, attributes: Attributes) -> None:
        """Pass on what the attributes of a start tag say to readers."""
        for name in _ALTERNATIVES:
            if name in attributes:
                self._flow.aside(self._attribute(name), "alt")
        if tag == "meta":
            subject = attributes.get("name") or attributes.get("property") or attributes.get("itemprop") or ""
            if kind := _METADATA.get(subject.strip().lower()):
                self._flow.aside(self._attribute("content"), kind)
        elif tag == "input" and (attributes.get("type") or "").lower() in _BUTTONS:
            self._flow.aside(self._attribute("value"), "paragraph")

    def _read_json(self, start: int, end: int) -> None:
        for keys, span in json_strings(self._text, start, end):
            if keys and keys[-1] == "description" and span.start < span.end:
                prose = Prose(self._source)
                for first, last, text in quoted_parts(
                    self._source.text, *self._source_range(span.start, span.end), '"'
                ):
                    if text == self._source.text[first:last]:
                        self._decode(prose, Span(first, last))  # many sites write references here, too
                    else:
                        prose.put(text, first, last)
                self._flow.aside(prose, "description")

    def _attribute(self, name: str) -> Prose:
        """Return the value of the named attribute of the start tag that is being handled."""
        prose = Prose(self._source)
        for attribute in _ATTRIBUTE.finditer(self._text, self._here() + 1, self._tag_end()):
            if attribute["name"].lower() == name:
                value = attribute.lastgroup
                if value and value != "name":
                    self._copy(prose, *attribute.span(value))
                break  # of several, the first one counts
        return prose

    def _copy(self, target: Flow | Prose, start: int, end: int) -> None:
        """Add the joined text from ``start`` to ``end``, with its character references decoded."""
        for span in self._source_spans(start, end):
            self._decode(target, span)

    def _decode(self, target: Flow | Prose, span: Span) -> None:
        last = span.start
        for reference in _REFERENCE.finditer(self._source.text, span.start, span.end):
            target.take(last, reference.start())
            target.put(html.unescape(reference[0]), *reference.span())
            last = reference.end()
        target.take(last, span.end)

    def _here(self) -> int:
        """Return the offset, in the joined text, of what is being handled."""
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def _tag_end(self) -> int:
        """Return the offset, in the joined text, of the end of the start tag that is being handled."""
        return self._here() + len(self.get_starttag_text() or "")

    def _source_range(self, start: int, end: int) -> tuple[int, int]:
        """Return the start and end, in the source, of what the joined text from ``start`` to ``end`` comes from."""
        spans = list(self._source_spans(start, end))
        return spans[0].start, spans[-1].end

    def _source_spans(self, start: int, end: int) -> Iterator[Span]:
        """Yield the parts of the source from which the joined text from ``start`` to ``end`` comes."""
        index = bisect_right(self._starts, start) - 1
        while start < end:
            shift = self._spans[index].start - self._starts[index]
            stop = min(end, self._starts[index + 1])
            yield Span(start + shift, stop + shift)
            start, index = stop, index + 1
