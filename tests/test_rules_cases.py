"""Cases in ``tests/rules/*.yml``: texts, and the claims that must be found in them, quoted.

A case has a ``text`` (a page of plain text) and either ``claims``, each with its ``category``, a ``quote`` that the
finding must overlap and, if it matters, a ``qualification``; or ``none: true``. Of the categories that a case names,
nothing else may be found; with ``none``, nothing at all. A claim that is expected to be ``adequate`` must be seen and
not be reported. ``todo`` gives the reason why a case is known to fail; it is an error if it passes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from linter.analysis import Analyser
from linter.engine import check
from linter.model import QUALIFICATIONS, Claim, Finding, Span
from linter.readers.text import read_text
from linter.source import Source

FOLDER = Path(__file__).parent / "rules"


@dataclass(frozen=True)
class Expected:
    """A claim that a case expects."""

    category: str
    quote: str
    span: Span
    qualification: str | None


@dataclass(frozen=True)
class Case:
    """A text and what must be found in it."""

    id: str
    text: str
    claims: tuple[Expected, ...]
    todo: str


def read_cases(path: Path) -> Iterator[Case]:
    """The cases of a file; a mistake in one is an error, with its number."""
    with path.open(encoding="utf-8") as file:
        entries = yaml.safe_load(file)
    for number, entry in enumerate(entries, 1):
        name = f"{path.name} {number}: {' '.join(entry['text'].split())[:60]}"
        assert entry.keys() <= {"text", "claims", "none", "todo"}, name
        assert ("claims" in entry) != (entry.get("none") is True), f"{name}: expected either claims or none"
        claims = tuple(read_expected(claim, entry["text"], name) for claim in entry.get("claims", ()))
        yield Case(name, entry["text"], claims, entry.get("todo", ""))


def read_expected(entry: dict[str, str], text: str, name: str) -> Expected:
    assert {"category", "quote"} <= entry.keys() <= {"category", "quote", "qualification"}, name
    quote, level = entry["quote"], entry.get("qualification")
    assert text.count(quote) == 1, f"{name}: “{quote}” does not stand there once"
    assert level is None or level in QUALIFICATIONS, f"{name}: there is no level {level}"
    start = text.index(quote)
    return Expected(entry["category"], quote, Span(start, start + len(quote)), level)


CASES = [case for path in sorted(FOLDER.glob("*.yml")) for case in read_cases(path)]


def parameters(cases: list[Case]) -> list[Any]:
    def marks(case: Case) -> tuple[pytest.MarkDecorator, ...]:
        return (pytest.mark.xfail(raises=AssertionError, strict=True, reason=case.todo),) if case.todo else ()

    return [pytest.param(case, id=case.id, marks=marks(case)) for case in cases]


@pytest.mark.parametrize("case", parameters(CASES))
def test_case(case: Case, analyser: Analyser) -> None:
    source = Source("case.txt", case.text)
    document = read_text(source)
    found = [finding for finding in check(source, document, analyser).findings if finding.category != "disclosure"]
    for finding in found:
        quoted = source.text[finding.start.offset : finding.end.offset]
        assert quoted.split() == finding.text.split()
    reported = [claim for claim in case.claims if claim.qualification != "adequate"]
    for expected in reported:
        hits = [finding for finding in found if matches(finding, expected)]
        assert hits, f"{expected.category} is not found in “{expected.quote}”, but {told(found)}"
        if expected.qualification:
            best = max(hits, key=lambda finding: finding.end.offset - finding.start.offset)
            assert best.qualification == expected.qualification, told(hits)
    named = {claim.category for claim in case.claims}
    others = [
        finding
        for finding in found
        if (not case.claims or finding.category in named) and not any(matches(finding, each) for each in reported)
    ]
    assert not others, f"not expected: {told(others)}"
    adequate = [claim for claim in case.claims if claim.qualification == "adequate"]
    if adequate:
        seen = [
            (claim, document.blocks[claim.block].source_span(claim.span))
            for item in analyser.analyse(document)
            for claim in item.claims
        ]
        for expected in adequate:
            is_seen = any(is_adequate(claim, span, expected) for claim, span in seen)
            assert is_seen, f"“{expected.quote}” is not seen as adequate"


def matches(finding: Finding, expected: Expected) -> bool:
    span = Span(finding.start.offset, finding.end.offset)
    return finding.category == expected.category and span.overlaps(expected.span)


def is_adequate(claim: Claim, span: Span, expected: Expected) -> bool:
    return claim.category == expected.category and claim.qualification == "adequate" and span.overlaps(expected.span)


def told(findings: list[Finding]) -> str:
    return "; ".join(f"{each.rule} {each.qualification} “{each.text}”" for each in findings) or "nothing"


@pytest.mark.parametrize("case", parameters([case for case in CASES if case.id.startswith("contrast.yml")]))
def test_contrast_through_the_command(case: Case, caveat: Callable[..., Any]) -> None:
    """The pairs of issue 2, through ``caveat check -`` and ``caveat why``."""
    checked = json.loads(caveat("check", "-", "--format", "json", stdin=case.text.encode()).output)
    seen = json.loads(caveat("why", "--format", "json", case.text).output)
    expected = {claim.category for claim in case.claims}
    found = {finding["category"] for finding in checked["files"][0]["findings"]} - {"disclosure"}
    claimed = {claim["category"] for claim in seen["claims"] if claim["qualification"] != "adequate"}
    if not expected:
        assert (found, claimed) == (set(), set())
    assert expected <= found
    assert expected <= claimed
