"""How reports put things: phrases that several formats share, on one line each and harmless to whoever shows them."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping

from linter.model import (
    SEVERITIES,
    SUPPRESSORS,
    CaveatError,
    FileReport,
    Finding,
    Qualification,
    Report,
    Suppressed,
    Suppressor,
)
from linter.reports.excerpt import printable

LEVELS: Mapping[Qualification, str] = {
    "none": "not qualified",
    "weak": "weakly qualified",
    "adequate": "adequately qualified",
}
PASSED: Mapping[Suppressor, str] = {"waiver": "waived", "evidence": "substantiated", "baseline": "known"}
NOT_CHECKED = "this file was not checked"


@functools.lru_cache(maxsize=1024)  # rules say the same of every finding
def one_line(text: str) -> str:
    """``text`` in one line, without anything that would steer a terminal or turn the direction of writing."""
    return printable(" ".join(text.split()))


def counted(number: int, noun: str) -> str:
    """``1 file``, ``2 files``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def totals(report: Report) -> str:
    """``2 errors, 1 warning, 0 notes in 3 files; 1 waived, 2 known; 1 file not checked``."""
    counts = ", ".join(counted(report.count(severity), severity) for severity in reversed(SEVERITIES))
    skipped = f"; {counted(len(report.errors), 'file')} not checked" if report.errors else ""
    passed = ", ".join(f"{count} {PASSED[by]}" for by in SUPPRESSORS if (count := report.suppressed(by)))
    return f"{counts} in {counted(len(report.files), 'file')}{f'; {passed}' if passed else ''}{skipped}"


def refusal(error: CaveatError) -> str:
    """Why a file was not checked, in a place that names the file but not the line."""
    place = f"line {error.line}, column {error.column}: " if error.line else ""
    return one_line(f"{place}{error.message}")


def provisions(finding: Finding, citations: Mapping[str, str]) -> str:
    """What the authorities of a finding are called."""
    return one_line("; ".join(citations.get(name, name) for name in finding.authority))


def passing(passed: Suppressed) -> str:
    """By what a finding passes: ``waived: approved by counsel (page.md:3, until 2027-01-01)``."""
    until = f", until {passed.until.isoformat()}" if passed.until else ""
    return one_line(f"{PASSED[passed.by]}: {passed.reason} ({passed.place}{until})")


def deciding_cues(finding: Finding) -> str:
    """The cues that decided a finding, each once, with their kinds."""
    return one_line(", ".join(dict.fromkeys(f"“{cue.text}” ({cue.kind})" for cue in finding.cues)))


def remark(finding: Finding, file: FileReport) -> str:
    """What stands beside the name of a rule: how a claim is qualified, what became of a disclosure, or its category."""
    if finding.category == "waiver":
        return finding.category
    if not finding.is_disclosure:
        return LEVELS[finding.qualification]
    result = next((result for result in file.disclosures if result.rule == finding.rule), None)
    if result is None:
        return "absent"
    return "misplaced" if result.is_misplaced else result.status


def details(finding: Finding, citations: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """All that a finding has to say, in order, each thing with what it is called."""
    said = {
        "Why": one_line(finding.message),
        "Write instead": one_line(finding.suggestion),
        "Decided by": deciding_cues(finding),
        "Authority": provisions(finding, citations),
    }
    return ((label, text) for label, text in said.items() if text)


def explanation(finding: Finding, citations: Mapping[str, str]) -> str:
    """The same in lines; the first one, which says why, goes without a label."""
    return "\n".join(text if label == "Why" else f"{label}: {text}" for label, text in details(finding, citations))
