"""The report for a terminal: every finding with its words marked, why, what to write instead, on what authority."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

import click

from linter.model import SEVERITIES, DisclosureResult, FileReport, Finding, Report, Suppressed
from linter.reports.concise import COLORS, not_checked
from linter.reports.excerpt import excerpt, printable
from linter.reports.wording import deciding_cues, one_line, passing, provisions, remark, totals
from linter.source import Source

WIDTH = 100
_INDENT = 4
_LABEL_WIDTH = len("write instead") + 2


def render_text(report: Report) -> str:
    """The findings of every file, the disclosures that it owes behind them, and a line that counts them; in colour."""
    return "".join(text_parts(report, partial(render_file, citations=report.citations)))


def text_parts(report: Report, file_text: Callable[[FileReport], str]) -> Iterator[str]:
    """The same piece by piece; ``file_text`` gives what ``render_file`` makes of a file."""
    yield from (f"{text}\n\n" for file in report.files if (text := file_text(file)))
    yield from (f"{not_checked(error)}\n\n" for error in report.errors)
    yield click.style(totals(report), bold=True) + "\n"


def render_file(file: FileReport, citations: Mapping[str, str]) -> str:
    """The part of one file; nothing, if nothing was found in it."""
    source = Source(file.path, file.source)
    claims = [finding for finding in file.findings if not finding.is_disclosure]
    owed = [finding for finding in file.findings if finding.is_disclosure]
    owed.sort(key=lambda finding: -SEVERITIES.index(finding.severity))
    paragraphs = ["\n".join(_claim(finding, file, source, citations)) for finding in claims]
    paragraphs += ["\n".join(_carried(each, file)) for each in file.suppressed if each.by == "evidence"]
    if owed:
        paragraphs.append(click.style(f"{printable(file.path)}: disclosures missing or misplaced", bold=True))
        paragraphs += ["\n".join(_owed(finding, file, citations)) for finding in owed]
    return "\n\n".join(paragraphs)


def _claim(finding: Finding, file: FileReport, source: Source, citations: Mapping[str, str]) -> Iterator[str]:
    yield _head(finding, file, ", ".join(dict.fromkeys((finding.category, remark(finding, file)))))
    for line, marks in excerpt(source, finding.start, finding.end):
        yield " " * _INDENT + line
        if marks:
            yield " " * _INDENT + click.style(marks, fg=COLORS[finding.severity])
    yield from _reasons(finding, citations)
    yield from _labelled("decided by", deciding_cues(finding))


def _carried(passed: Suppressed, file: FileReport) -> Iterator[str]:
    """A claim that evidence carries: its words, and what they rest on."""
    place = click.style(f"{printable(file.path)}:{passed.finding.start.line}:{passed.finding.start.column}", bold=True)
    yield f"{place}: {click.style('substantiated', fg='green', bold=True)} {passed.finding.rule}"
    yield from _labelled("claim", f"“{passed.finding.text}”")
    yield from _labelled("evidence", passing(passed))


def _owed(finding: Finding, file: FileReport, citations: Mapping[str, str]) -> Iterator[str]:
    yield _head(finding, file, remark(finding, file))
    result = next((result for result in file.disclosures if result.rule == finding.rule), None)
    if result and result.text:
        yield from _labelled("found only", _found(result))
    yield from _reasons(finding, citations)


def _found(result: DisclosureResult) -> str:
    place = f" (line {result.start.line})" if result.start else ""
    return f"“{result.text}”{place}"


def _head(finding: Finding, file: FileReport, remark: str) -> str:
    place = click.style(f"{printable(file.path)}:{finding.start.line}:{finding.start.column}", bold=True)
    severity = click.style(finding.severity, fg=COLORS[finding.severity], bold=True)
    return f"{place}: {severity} {finding.rule} ({remark})"


def _reasons(finding: Finding, citations: Mapping[str, str]) -> Iterator[str]:
    yield from _labelled("why", finding.message)
    yield from _labelled("write instead", finding.suggestion)
    yield from _labelled("authority", provisions(finding, citations))


@functools.lru_cache(maxsize=1024)  # rules say the same of every finding
def _labelled(label: str, text: str) -> Sequence[str]:
    """A label and, beside it, the text in as many lines as it needs; nothing where there is no text."""
    margin = " " * _INDENT
    shown = margin + click.style(label, dim=True) + " " * (_LABEL_WIDTH - len(label))
    lines = _wrapped(one_line(text), WIDTH - _INDENT - _LABEL_WIDTH)
    return [(margin + " " * _LABEL_WIDTH if number else shown) + line for number, line in enumerate(lines)]


def _wrapped(line: str, width: int) -> Iterator[str]:
    """Words with one space between them, in lines of no more than ``width``; what is longer than a line is broken."""
    while len(line) > width:
        space = line.rfind(" ", 0, width + 1)
        end = space if space > 0 else width
        yield line[:end]
        line = line[end:].removeprefix(" ")
    if line:
        yield line
