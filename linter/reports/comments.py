"""What a review says in the margin of a document: a comment on each claim, and one on the disclosures that lack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from linter.model import FileReport, Report, Span
from linter.reports.annotated import Item, Notice, annotate
from linter.reports.wording import details, one_line, passing

Line = tuple[str, str]
"""Words to stand out (there may be none), and what is said after them."""


class Comment(Struct, frozen=True):
    """What is said of a range of the source, or, where ``span`` is None, of the document as a whole."""

    span: Span | None
    text: str
    lines: tuple[Line, ...]


def comments(file: FileReport, report: Report) -> list[Comment]:
    """The comments on a file: first on the disclosures, if any lacks, then on the claims in their order."""
    page = annotate(file, report)
    lacking = [line for notice in page.notices if notice.item for line in _on_disclosure(notice, report.citations)]
    items = [*(item for passage in page.passages for item in passage.claims), *page.asides]
    said = [Comment(None, "", (("Disclosures that the claims make due", ""), *lacking))] if lacking else []
    for item in sorted(items, key=lambda item: item.number):
        finding = item.finding
        span = Span(finding.start.offset, finding.end.offset)
        said.append(Comment(span, one_line(finding.text), tuple(_on_claim(item, report.citations))))
    return said


def _on_claim(item: Item, citations: Mapping[str, str]) -> Iterator[Line]:
    finding = item.finding
    level = f", {item.remark}" if item.remark != finding.category else ""
    yield item.label.capitalize(), f": {finding.category}{level} [{finding.rule}]"
    yield from _reasons(item, citations)


def _on_disclosure(notice: Notice, citations: Mapping[str, str]) -> Iterator[Line]:
    if notice.item:
        label = notice.item.label
        yield f"{notice.info.title}: {notice.status}", f" ({label}) [{notice.info.id}]"
        if notice.result.text:
            yield "There is", f": “{one_line(notice.result.text)}”"
        yield from _reasons(notice.item, citations)


def _reasons(item: Item, citations: Mapping[str, str]) -> Iterator[Line]:
    if item.passed:
        yield "", passing(item.passed)
    for label, text in details(item.finding, citations):
        yield ("", text) if label == "Why" else (label, f": {text}")
