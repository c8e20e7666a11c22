"""The data that every part of caveat shares: positions, documents, claims, findings, reports, errors.

Everything here is frozen and depends on nothing. All offsets are half-open ranges of Unicode code points:
``source`` offsets count into the decoded text of a file, ``block`` offsets into ``Block.text``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct, field

BlockKind = Literal["heading", "paragraph", "item", "cell", "caption", "alt", "title", "description"]
Severity = Literal["error", "warning", "note"]
Qualification = Literal["none", "weak", "adequate"]
DisclosureStatus = Literal["present", "partial", "absent"]
Suppressor = Literal["waiver", "evidence", "baseline"]

SEVERITIES: tuple[Severity, ...] = ("note", "warning", "error")
QUALIFICATIONS: tuple[Qualification, ...] = ("none", "weak", "adequate")
SUPPRESSORS: tuple[Suppressor, ...] = ("waiver", "evidence", "baseline")


class CaveatError(Exception):
    """A mistake of the user's (input, rules, configuration) that is told in one line, without a traceback.

    ``path``, ``line`` and ``column`` (1-based) say where; 0 means that there is no such place. ``problems`` are the
    single mistakes: this one, unless it stands for several.
    """

    def __init__(self, message: str, path: str = "", line: int = 0, column: int = 0) -> None:
        self.message, self.path, self.line, self.column = message, path, line, column
        self.problems: tuple[CaveatError, ...] = (self,)
        super().__init__(str(self))

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part)
        return f"{place}: {self.message}" if place else self.message


class InputError(CaveatError):
    """A file that cannot be read, decoded or understood as its format."""


class UsageError(CaveatError):
    """A word on the command line that means nothing; ``path`` is the option."""


class RuleError(CaveatError):
    """One or more mistakes in rules or configuration; ``problems`` holds every one of them."""

    def __init__(self, problems: tuple[CaveatError, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class Span(Struct, frozen=True, order=True):
    """A half-open range of code points."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


class Position(Struct, frozen=True):
    """A place in a source: its offset, and the line and column (in code points, from 1) that people call it by."""

    offset: int
    line: int
    column: int


class Piece(Struct, frozen=True):
    """A run of block text and the run of source that it comes from.

    Where the two have the same length they correspond code point by code point; otherwise (an entity, a line break that
    became a space) the piece is one whole: any part of it stands for all of it.
    """

    text: str
    span: Span


class Link(Struct, frozen=True):
    """Where a text links to, and how much of the text of its block stands before the link."""

    offset: int
    address: str


class Block(Struct, frozen=True):
    """One unit of prose, with the way back to its source.

    ``text`` is the prose after markup is decoded; ``section`` the headings above it, outermost first; ``level`` the
    level of a heading or the nesting depth of a list item (1 is outermost); ``lead_in`` the index, in the document, of
    the block whose last sentence this list item, list heading or cell completes ("Benefits include:", the head of a
    column), if there is one; a block that ``is_quoted`` is marked as what somebody said, and need not stand in
    quotation marks. ``row`` and ``column`` count from 1 in a table, whose first row is its head; 0 outside of tables.
    """

    kind: BlockKind
    text: str
    pieces: tuple[Piece, ...]
    level: int = 0
    section: tuple[str, ...] = ()
    lead_in: int | None = None
    is_quoted: bool = False
    row: int = 0
    column: int = 0
    links: tuple[Link, ...] = ()

    @classmethod
    def of(cls, kind: BlockKind, pieces: tuple[Piece, ...], level: int = 0) -> Block:
        """Make a block from its pieces, which are in source order and not empty; raise ValueError if they are not."""
        last = -1
        for piece in pieces:
            if not piece.text or piece.span.start < last or piece.span.end <= piece.span.start:
                raise ValueError(f"a piece is empty or out of order: {piece!r}")
            last = piece.span.end
        return cls(kind, "".join(piece.text for piece in pieces), pieces, level)

    def source_span(self, span: Span) -> Span:
        """The source range from which the block range ``span`` was read; ``span`` is not empty and lies in ``text``."""
        start = end = -1
        offset = 0
        for piece in self.pieces:
            after = offset + len(piece.text)
            whole = len(piece.text) != piece.span.end - piece.span.start
            if start < 0 and span.start < after:
                start = piece.span.start if whole else piece.span.start + span.start - offset
            if span.end <= after:
                end = piece.span.end if whole else piece.span.start + span.end - offset
                break
            offset = after
        if start < 0 or end < 0 or span.start >= span.end:
            raise ValueError(f"{span!r} is not a range of {self.text!r}")
        return Span(start, end)

    def text_span(self, source: Span) -> Span | None:
        """The range of ``text`` that was read from ``source``; None if that begins or ends where no text comes from."""
        start = end = -1
        offset = 0
        for piece in self.pieces:
            whole = len(piece.text) != piece.span.end - piece.span.start
            if piece.span.start <= source.start < piece.span.end:
                start = offset if whole else offset + source.start - piece.span.start
            if piece.span.start < source.end <= piece.span.end:
                end = offset + (len(piece.text) if whole else source.end - piece.span.start)
            offset += len(piece.text)
        return Span(start, end) if 0 <= start < end else None


class Document(Struct, frozen=True):
    """A file as prose: its blocks in reading order; ``comments`` are where its comments stand, without their marks."""

    path: str
    blocks: tuple[Block, ...]
    comments: tuple[Span, ...] = ()


class Agent(Struct, frozen=True):
    """Who or what brings about an effect: the words that name it ("" where nobody is named) and its kind."""

    text: str
    kind: str


class Cue(Struct, frozen=True):
    """Words that qualify, silence or merely colour a claim.

    ``effect`` is what the cue does (``none``, ``weak``, ``adequate``, ``silent``); ``scope`` goes from the first to the
    last token that it reaches. Ranges count into the text of the block with the index ``block`` (-1: the page as a
    whole); in a finding, into the source.
    """

    text: str
    kind: str
    effect: str
    span: Span
    scope: Span
    block: int = -1


class Claim(Struct, frozen=True):
    """A claim in a sentence: its rule, where it stands in the block, whose effect it is, how it is qualified.

    ``cues`` are those that decided the qualification, ``merged`` the other rules whose matches are part of it.
    """

    rule: str
    category: str
    block: int
    span: Span
    agent: Agent
    qualification: Qualification
    cues: tuple[Cue, ...]
    merged: tuple[str, ...] = ()


class Support(Struct, frozen=True):
    """That an entry of a register of evidence covers a claim, and what it lacks to carry it, whatever the day."""

    entry: str
    lacks: tuple[str, ...] = ()


class Finding(Struct, frozen=True):
    """What is reported: a claim that the page should not make so, or a disclosure that it owes.

    ``text`` is the source from ``start`` to ``end`` as the reader sees it; ``fingerprint`` stays the same when the text
    moves. Of a disclosure, ``category`` is ``disclosure`` and the place that of the claim that made it due, if it is
    missing, or where it stands, if that is the wrong place. ``support`` is the evidence that covers a claim.
    """

    rule: str
    category: str
    severity: Severity
    qualification: Qualification
    message: str
    suggestion: str
    authority: tuple[str, ...]
    text: str
    agent: str
    section: tuple[str, ...]
    cues: tuple[Cue, ...]
    start: Position
    end: Position
    fingerprint: str
    support: tuple[Support, ...] = ()

    @property
    def is_disclosure(self) -> bool:
        """Whether it is a disclosure that lacks, and not a claim."""
        return self.category == "disclosure"


class DisclosureResult(Struct, frozen=True):
    """What became of a disclosure in a document: its status, whether the claims made it due, the words that serve.

    It ``is_misplaced`` if it is required and present, but only where readers may miss it.
    """

    id: str
    status: DisclosureStatus
    required: bool
    text: str = ""
    start: Position | None = None
    end: Position | None = None
    is_misplaced: bool = False

    @property
    def rule(self) -> str:
        """What a finding about it calls it."""
        return f"disclosure/{self.id}"


class Waiver(Struct, frozen=True):
    """A remark in a file that lets findings pass: of these rules or categories, in the range ``span`` of the source.

    It holds up to and including the day ``until``, if there is one; ``start`` and ``end`` are the places of the remark.
    """

    rules: tuple[str, ...]
    reason: str
    until: date | None
    span: Span
    start: Position
    end: Position


class Suppressed(Struct, frozen=True):
    """A finding that does not count, by what (``SUPPRESSORS``), why, and where that is said (``page.md:3``)."""

    finding: Finding
    by: Suppressor
    reason: str
    place: str
    until: date | None = None


class FileReport(Struct, frozen=True):
    """All that was found in one file, in reading order, under a profile; ``source`` is its decoded text.

    ``waivers`` are the remarks in it that let findings pass; what does not count because of them, of a register of
    evidence or of a baseline is not among the ``findings`` but ``suppressed``. ``blocks`` are its prose;
    ``unneeded`` the entries of the register for claims that are qualified well enough without them.
    """

    path: str
    source: str
    findings: tuple[Finding, ...]
    disclosures: tuple[DisclosureResult, ...]
    profile: str = ""
    waivers: tuple[Waiver, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    blocks: tuple[Block, ...] = ()
    unneeded: tuple[str, ...] = ()

    def count(self, severity: Severity) -> int:
        """How many findings have this severity."""
        return sum(finding.severity == severity for finding in self.findings)

    def weighed(self) -> list[tuple[Finding, Suppressed | None]]:
        """All findings in reading order, with why they do not count, if they do not."""
        found: list[tuple[Finding, Suppressed | None]] = [(finding, None) for finding in self.findings]
        found += [(each.finding, each) for each in self.suppressed]
        return sorted(found, key=lambda pair: (pair[0].start.offset, pair[0].end.offset, pair[0].rule))


class RuleInfo(Struct, frozen=True):
    """What a rule or disclosure says of itself, of no words in particular; ``authority`` as in a finding."""

    id: str
    title: str
    category: str
    severity: Severity
    summary: str
    why: str
    suggestion: str
    authority: tuple[str, ...]


class Report(Struct, frozen=True):
    """A run: its files in the order they were asked for, what went wrong with others, and what did the checking.

    ``citations`` holds what the authorities of the findings are called, and says so where one was not verified;
    ``described`` what the rules and disclosures (by the ``rule`` of a finding) say of themselves. ``notices`` is what
    else there is to tell, with places, and fails nothing: entries of a baseline that no longer occur.
    """

    version: str
    rules: str
    model: str
    profile: str
    files: Sequence[FileReport]
    errors: tuple[CaveatError, ...]
    citations: Mapping[str, str] = field(default_factory=dict)
    described: Mapping[str, RuleInfo] = field(default_factory=dict)
    notices: tuple[CaveatError, ...] = ()

    def count(self, severity: Severity) -> int:
        """How many findings have this severity."""
        return sum(file.count(severity) for file in self.files)

    def suppressed(self, by: Suppressor) -> int:
        """How many findings do not count because of this."""
        return sum(each.by == by for file in self.files for each in file.suppressed)
