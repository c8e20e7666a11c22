"""A document as a review shows it: its copy with marks, findings beside it, the disclosures that it owes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from linter.model import (
    SEVERITIES,
    Block,
    DisclosureResult,
    FileReport,
    Finding,
    Position,
    Report,
    RuleInfo,
    Severity,
    Span,
    Suppressed,
)
from linter.reports.wording import PASSED, deciding_cues, provisions, remark

_VERDICTS: Mapping[Severity, str] = {
    "error": "Not ready to publish",
    "warning": "Needs a look",
    "note": "Small things to mend",
}
_CLEAN = "Nothing found"


class Item(Struct, frozen=True):
    """A finding, and what there is to say of it besides; claims are numbered from 1 in their document, others too.

    ``passed`` says why it does not count, if it does not.
    """

    number: int
    finding: Finding
    passed: Suppressed | None
    remark: str
    cues: str
    authority: str

    @property
    def level(self) -> str:
        """Its severity, or ``passed``."""
        return "passed" if self.passed else self.finding.severity

    @property
    def label(self) -> str:
        """The same in the word that readers get: ``waived``, ``substantiated`` or ``known`` for what passed."""
        return PASSED[self.passed.by] if self.passed else self.finding.severity


class Notice(Struct, frozen=True):
    """A disclosure that a document owes: what became of it, and what lacks, if it does not stand as it has to."""

    info: RuleInfo
    result: DisclosureResult
    item: Item | None

    @property
    def status(self) -> str:
        """``present``, ``misplaced``, ``partial`` or ``missing``."""
        if self.result.is_misplaced:
            return "misplaced"
        return "missing" if self.result.status == "absent" else self.result.status

    @property
    def rank(self) -> int:
        """Sorts disclosures, what lacks most first."""
        return -1 - SEVERITIES.index(self.item.finding.severity) if self.item and not self.item.passed else 0


class Run(Struct, frozen=True):
    """A piece of text, the claims that it is part of (the last to end first), those that end there; if it discloses."""

    text: str
    claims: tuple[Item, ...]
    ends: tuple[Item, ...]
    discloses: bool


class Passage(Struct, frozen=True):
    """A block of the copy, and the claims that begin in it."""

    block: Block
    runs: tuple[Run, ...]
    claims: tuple[Item, ...]


class Page(Struct, frozen=True):
    """A document; ``severity`` is the worst in it, or empty; ``asides`` are findings that stand nowhere in its copy."""

    file: FileReport
    severity: str
    verdict: str
    passages: tuple[Passage, ...]
    asides: tuple[Item, ...]
    notices: tuple[Notice, ...]
    not_due: tuple[str, ...]

    @property
    def lacking(self) -> int:
        """How many disclosures are owed and not there as they have to be."""
        return sum(notice.rank < 0 for notice in self.notices)

    @property
    def risk(self) -> tuple[int, ...]:
        """Sorts documents, the worst first: by errors, then warnings, then notes."""
        return tuple(-self.file.count(severity) for severity in reversed(SEVERITIES))


def annotate(file: FileReport, report: Report) -> Page:
    """Lay out what was found in a file over its blocks."""
    claims = list(_items(file, report, False))
    owed = {item.finding.rule: item for item in _items(file, report, True)}
    described = [(report.described[result.rule], result) for result in file.disclosures]
    notices = [Notice(info, result, owed.get(info.id)) for info, result in described if result.required]
    severity = next((severity for severity in reversed(SEVERITIES) if file.count(severity)), None)
    passages = tuple(_passages(file.blocks, claims, file.disclosures))
    shown = {item.number for passage in passages for item in passage.claims}
    return Page(
        file,
        severity or "",
        _VERDICTS[severity] if severity else _CLEAN,
        passages,
        tuple(item for item in claims if item.number not in shown),
        tuple(sorted(notices, key=lambda notice: notice.rank)),
        tuple(info.title for info, result in described if not result.required),
    )


def _items(file: FileReport, report: Report, disclosures: bool) -> Iterator[Item]:
    """The disclosures or the claims in a file, in their order, those that do not count among them."""
    meant = (pair for pair in file.weighed() if pair[0].is_disclosure == disclosures)
    for number, (finding, passed) in enumerate(meant, 1):
        authority = provisions(finding, report.citations)
        yield Item(number, finding, passed, remark(finding, file), deciding_cues(finding), authority)


def _passages(
    blocks: Sequence[Block], claims: Iterable[Item], disclosures: Iterable[DisclosureResult]
) -> Iterator[Passage]:
    starts = sorted((piece.span.start, index) for index, block in enumerate(blocks) for piece in block.pieces)
    marks: dict[int, list[tuple[Span, Item | None]]] = {}

    def mark(start: Position, end: Position, item: Item | None) -> None:
        """Lay a mark over the words that were read from this range of the source, if it is part of a block."""
        before = bisect_right(starts, (start.offset, len(blocks)))
        index = starts[before - 1][1] if before else 0
        if before and (span := blocks[index].text_span(Span(start.offset, end.offset))):
            marks.setdefault(index, []).append((span, item))

    for item in claims:
        mark(item.finding.start, item.finding.end, item)
    for result in disclosures:
        if result.required and result.start and result.end:
            mark(result.start, result.end, None)
    for index, block in enumerate(blocks):
        here = marks.get(index, [])
        yield Passage(block, tuple(_runs(block.text, here)), tuple(item for _, item in here if item))


def _runs(text: str, marks: Sequence[tuple[Span, Item | None]]) -> Iterator[Run]:
    """The text, cut wherever a mark begins or ends."""
    beginning: dict[int, list[tuple[int, Item | None]]] = {}
    for span, item in marks:
        beginning.setdefault(span.start, []).append((span.end, item))
    cuts = sorted({0, len(text), *(place for span, _ in marks for place in (span.start, span.end))})
    over: list[tuple[int, Item | None]] = []
    for start, end in pairwise(cuts):
        over = sorted([*over, *beginning.get(start, ())], key=lambda mark: -mark[0])
        yield Run(
            text[start:end],
            tuple(item for _, item in over if item),
            tuple(item for last, item in over if item and last == end),
            any(item is None for _, item in over),
        )
        over = [mark for mark in over if mark[0] > end]
