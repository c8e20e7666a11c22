"""The report for a terminal: every finding with its words marked, why, what to write instead, on what authority."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping

import click

from linter.model import SEVERITIES, DisclosureResult, FileReport, Finding, Report, Severity
from linter.reports.excerpt import excerpt, printable
from linter.source import Source

WIDTH = 100
_COLORS: Mapping[Severity, str] = {"error": "red", "warning": "yellow", "note": "cyan"}
_LEVELS = {"none": "not qualified", "weak": "weakly qualified", "adequate": "adequately qualified"}
_INDENT = 4
_LABEL_WIDTH = len("write instead") + 2


def render_text(report: Report, color: bool = False) -> str:
    """The findings of every file, the disclosures that it owes behind them, and a line that counts them."""
    paragraphs: list[str] = []
    for file in report.files:
        source = Source(file.path, file.source)
        claims = [finding for finding in file.findings if finding.category != "disclosure"]
        owed = [finding for finding in file.findings if finding.category == "disclosure"]
        owed.sort(key=lambda finding: -SEVERITIES.index(finding.severity))
        paragraphs += ["\n".join(_claim(finding, file, source, report.citations)) for finding in claims]
        if owed:
            paragraphs.append(click.style(f"{printable(file.path)}: disclosures missing or misplaced", bold=True))
            paragraphs += ["\n".join(_owed(finding, file, report.citations)) for finding in owed]
    paragraphs.append(_summary(report))
    text = "\n\n".join(paragraphs) + "\n"
    return text if color else click.unstyle(text)


def _claim(finding: Finding, file: FileReport, source: Source, citations: Mapping[str, str]) -> Iterator[str]:
    yield _head(finding, file, f"{finding.category}, {_LEVELS[finding.qualification]}")
    for line, marks in excerpt(source, finding.start, finding.end):
        yield " " * _INDENT + line
        if marks:
            yield " " * _INDENT + click.style(marks, fg=_COLORS[finding.severity])
    yield from _reasons(finding, citations)
    cues = dict.fromkeys(f"“{cue.text}” ({cue.kind})" for cue in finding.cues)
    yield from _labelled("decided by", ", ".join(cues))


def _owed(finding: Finding, file: FileReport, citations: Mapping[str, str]) -> Iterator[str]:
    result = next((result for result in file.disclosures if f"disclosure/{result.id}" == finding.rule), None)
    status = result.status if result else "absent"
    yield _head(finding, file, "misplaced" if result and result.is_misplaced else status)
    if result and result.text:
        yield from _labelled("found only", _found(result))
    yield from _reasons(finding, citations)


def _found(result: DisclosureResult) -> str:
    place = f" (line {result.start.line})" if result.start else ""
    return f"“{result.text}”{place}"


def _head(finding: Finding, file: FileReport, remark: str) -> str:
    place = click.style(f"{printable(file.path)}:{finding.start.line}:{finding.start.column}", bold=True)
    severity = click.style(finding.severity, fg=_COLORS[finding.severity], bold=True)
    return f"{place}: {severity} {finding.rule} ({remark})"


def _reasons(finding: Finding, citations: Mapping[str, str]) -> Iterator[str]:
    yield from _labelled("why", finding.message)
    yield from _labelled("write instead", finding.suggestion)
    yield from _labelled("authority", "; ".join(citations.get(name, name) for name in finding.authority))


def _labelled(label: str, text: str) -> Iterator[str]:
    """A label and, beside it, the text in as many lines as it needs; nothing where there is no text."""
    lines = textwrap.wrap(printable(" ".join(text.split())), WIDTH - _INDENT - _LABEL_WIDTH, break_on_hyphens=False)
    for number, line in enumerate(lines):
        shown = click.style(label, dim=True) + " " * (_LABEL_WIDTH - len(label)) if number == 0 else " " * _LABEL_WIDTH
        yield " " * _INDENT + shown + line


def _summary(report: Report) -> str:
    counts = ", ".join(_counted(report.count(severity), severity) for severity in reversed(SEVERITIES))
    skipped = f"; {_counted(len(report.errors), 'file')} not checked" if report.errors else ""
    return click.style(f"{counts} in {_counted(len(report.files), 'file')}{skipped}", bold=True)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
