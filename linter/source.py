"""Bytes to text, and the way between offsets and the places that people and editors speak of.

Offsets count Unicode code points of the decoded text and begin at 0; lines and columns begin at 1.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_left, bisect_right
from functools import cached_property

from msgspec import Struct

from linter.model import InputError, Position, Span

# Only these end a line, as in editors: not the form feeds and Unicode separators that str.splitlines() adds.
_NEWLINE = re.compile(r"\r\n|\n|\r")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
# How a page names its encoding, and how far from its top browsers look for that.
_DECLARATION = re.compile(rb"""<meta\b[^>]{0,300}?\bcharset\s*=\s*["']?\s*(?P<name>[\w.:-]{1,40})""", re.IGNORECASE)
_DECLARED_WITHIN = 1024
_WEB_ENCODING = re.compile(
    r"windows-125\d|iso-8859-(?:[2-9]|1[0-6])|koi8-[ru]|gbk|gb2312|gb18030|big5|shift_jis|euc-jp|euc-kr"
)
_LATIN_1 = frozenset({"iso-8859-1", "latin1", "ascii", "us-ascii", "windows-1252"})  # all mean Windows-1252 to browsers


class Source(Struct, frozen=True, dict=True):
    """The decoded text of a file, with its newlines as they stand."""

    path: str
    text: str

    @cached_property
    def lines(self) -> tuple[Span, ...]:
        """The span of every line without its newline; text that ends in a newline has an empty last line."""
        return tuple(_line_spans(self.text))

    @cached_property
    def _astral(self) -> tuple[int, ...]:
        """The characters that take two code units in UTF-16."""
        return tuple(match.start() for match in _ASTRAL.finditer(self.text))

    def position(self, offset: int) -> Position:
        """Return the place of ``offset``, which may be the end of the text; raise ValueError if it lies outside.

        An offset inside a newline counts as a column behind the end of its line.
        """
        line = self._line_at(offset)
        return Position(offset, line, offset - self.lines[line - 1].start + 1)

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a line and column; raise ValueError if there is no such place.

        The column behind the last character of a line, where its newline stands, is a place too.
        """
        if 1 <= line <= len(self.lines):
            span = self.lines[line - 1]
            if 1 <= column <= span.end - span.start + 1:
                return span.start + column - 1
        raise ValueError(f"{self.path} has no line {line}, column {column}")

    def line_text(self, line: int) -> str:
        """Return the text of a line, without its newline; raise ValueError if there is no such line."""
        start = self.offset(line, 1)
        return self.text[start : self.lines[line - 1].end]

    def utf16_column(self, offset: int) -> int:
        """Return the column of ``offset``, from 1, counted in UTF-16 code units, as editors and SARIF viewers do."""
        start = self.lines[self._line_at(offset) - 1].start
        return offset - start + bisect_left(self._astral, offset) - bisect_left(self._astral, start) + 1

    def _line_at(self, offset: int) -> int:
        if not 0 <= offset <= len(self.text):
            raise ValueError(f"{self.path} has no offset {offset}")
        return bisect_right(self.lines, offset, key=lambda span: span.start)


def decode(data: bytes, path: str) -> Source:
    """Decode the bytes of a file as UTF-8, or as UTF-16 if a byte order mark says so; the mark is dropped.

    What is not UTF-8 is read in the encoding that the file names for itself in a ``<meta charset>`` at its top. Raise
    InputError, with the place of the first offending byte, for binary files and other encodings.
    """
    utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encoding, name = ("utf-16", "UTF-16") if utf16 else ("utf-8-sig", "UTF-8")
    if not utf16 and b"\0" in data:
        before = data[: data.index(b"\0")].decode(encoding, "replace")
        raise _refusal(path, before, "a NUL byte: this is a binary file, or UTF-16 without a byte order mark")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        # error.object may lack the byte order mark; its offsets fit it, not ``data``.
        before = error.object[: error.start].decode(encoding)
        found = f"byte 0x{error.object[error.start]:02X}, which is not {name}"
        if (declared := _declared_encoding(data)) is None:
            raise _refusal(path, before, found) from None
        text = _decode_as(declared, data, path)
    if "\0" in text:
        raise _refusal(path, text[: text.index("\0")], "a NUL character: this is a binary file")
    return Source(path, text)


def _declared_encoding(data: bytes) -> str | None:
    """Return the encoding that an HTML file names for itself, None if it names none that web pages are written in."""
    match = _DECLARATION.search(data[:_DECLARED_WITHIN])
    if not match:
        return None
    name = match["name"].decode("ascii").lower()
    return "windows-1252" if name in _LATIN_1 else name if _WEB_ENCODING.fullmatch(name) else None


def _decode_as(encoding: str, data: bytes, path: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "replace")
        raise _refusal(path, before, f"byte 0x{data[error.start]:02X}, which is not {encoding}") from None


def _refusal(path: str, before: str, found: str) -> InputError:
    """Say what was found, behind the text ``before``, in a file that is no text."""
    place = Source(path, before).position(len(before))
    return InputError(f"found {found}; expected text: save it as UTF-8", path, place.line, place.column)


def _line_spans(text: str) -> list[Span]:
    spans, start = [], 0
    for newline in _NEWLINE.finditer(text):
        spans.append(Span(start, newline.start()))
        start = newline.end()
    return [*spans, Span(start, len(text))]
