"""Reads PDF: a position is a page and a line on it."""

from __future__ import annotations

import io
import logging
import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from msgspec import Struct

from linter.model import Document, InputError, Position, Span
from linter.readers.flow import Flow
from linter.readers.outline import document
from linter.readers.pagelayout import Group, Line, group_lines, marker_length
from linter.source import Source

# A matrix of PDF: a, b, c, d, e, f.
Matrix = Sequence[float]

MOST_PAGES, MOST_BYTES, MOST_LETTERS = 1_000, 24 * 2**20, 8 * 2**20
"""How many pages a PDF may have, how many bytes of drawing, unpacked, and how many letters."""

_EXTRA = "reading PDF needs pypdf; install it with: pip install 'caveat[pdf]'"
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"})
# A word that is divided at the end of a line, and one with a hyphen of its own.
_DIVIDED = re.compile(r"(?<![^\W\d_])(?P<head>[^\W\d_]+)[-‐\u00ad]$")
_COMPOUND = re.compile(r"(?<![^\W\d_])[^\W\d_]+[-‐][^\W\d_]+")


# What broken files make pypdf raise besides its own errors.
_BROKEN = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, MemoryError, NotImplementedError, OSError,
    RecursionError, TypeError, ValueError,
)  # fmt: skip


class _Fragment(Struct, frozen=True):
    text: str
    x: float
    y: float
    size: float
    is_bold: bool


class PagedSource(Source, frozen=True):
    """The text of a PDF, a line for each page; ``starts`` are the places in it at which lines of print begin."""

    starts: tuple[int, ...] = ()

    def position(self, offset: int) -> Position:
        """Return the place of ``offset``: as line its page, as column its line on the page."""
        place = Source.position(self, offset)
        before = bisect_left(self.starts, self.lines[place.line - 1].start)
        return Position(offset, place.line, max(1, bisect_right(self.starts, offset) - before))


def read_pdf(data: bytes, path: str) -> tuple[Source, Document]:
    """Read a PDF: the text of its pages, as far as it goes; what stands in pictures cannot be read.

    Raise InputError if it is no PDF, encrypted, broken, larger than one can be, or holds no text.
    """
    pages = _pages(data, path)
    lines = [line for page in pages for line in page]
    if not lines:
        raise InputError("found no text, as in a PDF of scanned pages; expected one with text", path)
    spans = list(_spans(pages))
    text = "\n".join(" ".join(line.text for line in page) for page in pages)
    source = PagedSource(path, text, tuple(span.start for span in spans))
    compounds = frozenset(compound.lower() for compound in _COMPOUND.findall(text))
    flow = Flow(source)
    for group in group_lines(lines):
        _add(flow, source, group, spans, compounds)
    return source, document(source, flow.finish())


def _spans(pages: Iterable[Sequence[Line]]) -> Iterator[Span]:
    """Yield the places of all lines in the text: a space behind every line, a newline behind every page."""
    start = 0
    for page in pages:
        for line in page:
            yield Span(start, start + len(line.text))
            start += len(line.text) + 1
        start += not page  # a page without lines has its newline only


def _add(flow: Flow, source: Source, group: Group, spans: Sequence[Span], compounds: Collection[str]) -> None:
    """Add a block to the flow, with divided words put together."""
    flow.open(group.name)
    end = -1  # of the line before, if a space is to follow it
    for number, following in zip(group.lines, (*group.lines[1:], None), strict=True):
        span = spans[number]
        if end >= 0:
            flow.put(" ", end, span.start)
        start = span.start
        if group.name == "li" and number == group.lines[0]:
            start += marker_length(source.text[span.start : span.end])
        after = "" if following is None else source.text[spans[following].start : spans[following].end]
        cut = _cut(source.text[span.start : span.end], after, compounds)
        flow.take(start, span.end - max(cut, 0))
        end = span.end if cut < 0 else -1
    flow.close(group.name)


def _cut(text: str, following: str, compounds: Collection[str]) -> int:
    """Return how much at the end of a line only divides a word; -1 if no word is divided there."""
    divided = _DIVIDED.search(text)
    if not divided or not following[:1].islower():
        return -1
    rest = re.match(r"[^\W\d_]+", following)
    compound = f"{divided['head']}-{rest[0] if rest else ''}".lower()
    return 0 if compound in compounds else 1


def _pages(data: bytes, path: str) -> list[list[Line]]:
    """Return the lines of every page."""
    try:
        import pypdf
        from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError
    except ImportError:
        raise InputError(_EXTRA, path) from None
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells on standard error what it mends
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise FileNotDecryptedError
        if len(reader.pages) > MOST_PAGES:
            raise InputError(f"found {len(reader.pages)} pages; expected {MOST_PAGES} at most", path)
        return list(_read_pages(reader, path))
    except (DependencyError, FileNotDecryptedError):
        raise InputError("found an encrypted PDF; expected one without a password", path) from None
    except (PyPdfError, *_BROKEN) as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise InputError(f"found a broken PDF ({reason}); expected a .pdf", path) from None


def _read_pages(reader: Any, path: str) -> Iterator[list[Line]]:
    size = letters = 0
    for number, page in enumerate(reader.pages, 1):
        contents = page.get_contents()
        size += len(contents.get_data()) if contents is not None else 0
        if size > MOST_BYTES:
            raise InputError(f"found more than {MOST_BYTES // 2**20} MB of drawing; expected a PDF of copy", path)
        print_ = _Print(number)
        page.extract_text(visitor_text=print_.visit)
        lines = print_.lines()
        letters += sum(len(line.text) for line in lines)
        if letters > MOST_LETTERS:
            raise InputError(f"found more than {MOST_LETTERS} letters; expected a PDF of copy", path)
        yield lines


class _Print:
    """Gathers what is printed on a page, fragment by fragment, into lines."""

    def __init__(self, page: int) -> None:
        self._page = page
        self._fragments: list[_Fragment] = []
        self._lines: list[Line] = []

    def visit(self, text: str, user: Matrix, matrix: Matrix, font: Any, size: float) -> None:
        """Take a fragment, as pypdf tells of it: where it begins, in which font and size."""
        x = matrix[4] * user[0] + matrix[5] * user[2] + user[4]
        y = matrix[4] * user[1] + matrix[5] * user[3] + user[5]
        scale = math.hypot(matrix[2], matrix[3]) * math.hypot(user[2], user[3])
        name = str((font or {}).get("/BaseFont", ""))
        first, *others = text.translate(_LIGATURES).split("\n")
        self._fragments.append(_Fragment(first, x, y, size * scale, "bold" in name.lower()))
        for other in others:
            self._end_line()
            self._fragments.append(_Fragment(other, x, y, size * scale, "bold" in name.lower()))

    def lines(self) -> list[Line]:
        """Return the lines of the page, without those that are blank."""
        self._end_line()
        return self._lines

    def _end_line(self) -> None:
        shown = [fragment for fragment in self._fragments if fragment.text.strip()]
        if shown:
            text = re.sub(r"\s+", " ", "".join(fragment.text for fragment in self._fragments)).strip()
            sizes: Counter[float] = Counter()
            for fragment in shown:
                sizes[round(fragment.size, 1)] += len(fragment.text)
            size = max(sizes, key=lambda each: sizes[each])
            is_bold = all(fragment.is_bold for fragment in shown)
            self._lines.append(Line(text, self._page, shown[0].x, shown[0].y, size, is_bold))
        self._fragments = []
