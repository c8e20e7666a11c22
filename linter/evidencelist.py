"""Claims in the copy against a register of evidence, both ways: where each entry is used, and what has no entry."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from linter.model import FileReport, Finding
from linter.reports.excerpt import printable
from linter.reports.wording import one_line
from linter.suppression.evidence import Entry, why_not
from linter.suppression.waivers import CATEGORY as WAIVER

CARRIED, UNNEEDED = "substantiated", "qualified well enough without it"


class Use(Struct, frozen=True):
    """A claim that an entry covers, and whether it carries it or why not; one that needs no evidence has no finding."""

    path: str
    state: str
    finding: Finding | None = None


class EvidenceList(Struct, frozen=True):
    """The entries of registers and where they are used, and the claims that no entry covers."""

    today: date
    uses: tuple[tuple[Entry, tuple[Use, ...]], ...]
    uncovered: tuple[tuple[str, Finding], ...]


def list_evidence(groups: Iterable[tuple[Sequence[FileReport], Iterable[Entry]]], today: date) -> EvidenceList:
    """What reports on files come to, which come in groups, each with the entries of its register."""
    uses: list[tuple[Entry, tuple[Use, ...]]] = []
    uncovered: list[tuple[str, Finding]] = []
    for files, entries in groups:
        known = {entry.id: entry for entry in entries}
        found: dict[str, list[Use]] = {name: [] for name in known}
        for file in files:
            uncovered += ((file.path, finding) for finding in file.findings if _wants_evidence(finding))
            for finding, support in ((f, each) for f, _ in file.weighed() for each in f.support):
                found[support.entry].append(Use(file.path, why_not(support, known, today) or CARRIED, finding))
            for name in file.unneeded:
                found[name].append(Use(file.path, UNNEEDED))
        uses += ((known[name], tuple(each)) for name, each in found.items())
    return EvidenceList(today, tuple(uses), tuple(uncovered))


def _wants_evidence(finding: Finding) -> bool:
    return not (finding.support or finding.is_disclosure or finding.category == WAIVER)


def render_evidence(listed: EvidenceList) -> str:
    """The same for people."""
    lines: list[str] = []
    for entry, uses in listed.uses:
        late = entry.out_of_date(listed.today)
        lines.append(f"{entry.id} ({entry.place}): {_source(entry)}{f'; {late}' if late else ''}")
        lines += (f"  {_use(use)}" for use in uses)
        lines += [] if uses else ["  never used"]
    if listed.uncovered:
        lines.append("claims without evidence")
        lines += (f"  {_claim(path, finding)}" for path, finding in listed.uncovered)
    unused = sum(not uses for _, uses in listed.uses)
    lines.append(f"entries: {len(listed.uses)}, never used: {unused}; claims without evidence: {len(listed.uncovered)}")
    return "\n".join(map(_one_line, lines)) + "\n"


def render_evidence_json(listed: EvidenceList) -> str:
    """The same for programs, as one JSON object."""
    content = {
        "entries": [
            {
                "id": entry.id,
                "place": entry.place,
                "source": list(entry.source),
                "approved_by": entry.approved_by,
                "from": _day(entry.start),
                "until": _day(entry.end),
                "holds": not entry.out_of_date(listed.today),
                "uses": [{**_where(use.path, use.finding), "state": use.state} for use in uses],
            }
            for entry, uses in listed.uses
        ],
        "uncovered": [_where(path, finding) for path, finding in listed.uncovered],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _one_line(line: str) -> str:
    """A line without anything that would steer a terminal, indented as it was."""
    bare = line.lstrip(" ")
    return " " * (len(line) - len(bare)) + one_line(bare)


def _source(entry: Entry) -> str:
    span = f", until {entry.end}" if entry.end else ""
    return f"{'; '.join(entry.source)}, approved by {entry.approved_by}{span}"


def _use(use: Use) -> str:
    if use.finding is None:
        return f"{printable(use.path)}: {use.state}"
    state = use.state if use.state == CARRIED else f"not carried: {use.state}"
    return f"{_claim(use.path, use.finding)}: {state}"


def _claim(path: str, finding: Finding) -> str:
    return f"{printable(path)}:{finding.start.line}:{finding.start.column}: {finding.rule} “{finding.text}”"


def _where(path: str, finding: Finding | None) -> dict[str, Any]:
    if finding is None:
        return {"path": path, "line": None, "column": None, "rule": None, "text": None}
    place = {"line": finding.start.line, "column": finding.start.column}
    return {"path": path, **place, "rule": finding.rule, "text": finding.text}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
