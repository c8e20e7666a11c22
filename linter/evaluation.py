"""Findings against gold. How a finding is scored is told in ``corpus/README.md``.

A corpus is a folder with ``articles/``, ``gold/claims.jsonl`` and, if disclosures are scored, ``gold/disclosures.jsonl``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from linter.files import find_files, read_bytes
from linter.model import QUALIFICATIONS, FileReport, Finding, InputError, Span
from linter.source import Source, decode

STATUSES = ("present", "partial", "absent")


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """A claim that readers found: one line of ``claims.jsonl``."""

    doc: str
    start: int
    end: int
    text: str
    category: str
    qualification: str
    optional: bool

    @property
    def span(self) -> Span:
        """Its range in the source."""
        return Span(self.start, self.end)

    @property
    def counts(self) -> bool:
        """Whether it has to be found: it is firm, and not adequately qualified."""
        return not self.optional and self.qualification != "adequate"


@dataclass(frozen=True, slots=True)
class GoldDisclosure:
    """The state of a disclosure in a document: one line of ``disclosures.jsonl``."""

    doc: str
    disclosure: str
    status: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """Articles by the names that gold calls them, and what readers found in them."""

    sources: Mapping[str, Source]
    claims: tuple[GoldClaim, ...]
    disclosures: tuple[GoldDisclosure, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of a category: findings that are right and false; firm claims to find, found, and found at their level."""

    right: int = 0
    false: int = 0
    gold: int = 0
    found: int = 0
    level: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(*(getattr(self, field.name) + getattr(other, field.name) for field in fields(Score)))

    @property
    def precision(self) -> float | None:
        """Share of the findings that are right; None without findings."""
        return _share(self.right, self.right + self.false)

    @property
    def recall(self) -> float | None:
        """Share of the firm claims that were found; None where there are none."""
        return _share(self.found, self.gold)

    @property
    def f1(self) -> float | None:
        """Harmonic mean of the two; None where there was nothing to find and nothing found."""
        precision, recall = self.precision or 0.0, self.recall or 0.0
        if self.precision is None and self.recall is None:
            return None
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    @property
    def level_accuracy(self) -> float | None:
        """Share of the firm claims found that have their gold level; None where none was found."""
        return _share(self.level, self.found)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What the findings are worth, and where they differ from gold."""

    categories: Mapping[str, Score]
    disclosures_right: int
    disclosures: int
    false: tuple[tuple[str, Finding], ...]
    missed: tuple[GoldClaim, ...]
    wrong_level: tuple[tuple[GoldClaim, Finding], ...]
    wrong_disclosures: tuple[tuple[GoldDisclosure, str], ...]

    @property
    def micro(self) -> Score:
        """All categories together."""
        return sum(self.categories.values(), Score())


def evaluate(corpus: Corpus, reports: Mapping[str, FileReport]) -> Evaluation:
    """Score the reports of the corpus's articles, which are named as in the corpus."""
    categories: dict[str, Score] = {}
    false: list[tuple[str, Finding]] = []
    missed: list[GoldClaim] = []
    wrong_level: list[tuple[GoldClaim, Finding]] = []
    for doc, report in reports.items():
        findings = [finding for finding in report.findings if finding.category != "disclosure"]
        gold = [claim for claim in corpus.claims if claim.doc == doc]
        for finding in findings:
            is_right = any(_overlap(claim, finding) for claim in gold if claim.qualification != "adequate")
            score = Score(right=1) if is_right else Score(false=1)
            categories[finding.category] = categories.get(finding.category, Score()) + score
            if not is_right:
                false.append((doc, finding))
        for claim in gold:
            if not claim.counts:
                continue
            best = max(findings, key=lambda finding: _overlap(claim, finding), default=None)
            score = Score(gold=1)
            if best is None or not _overlap(claim, best):
                missed.append(claim)
            elif best.qualification == claim.qualification:
                score = Score(gold=1, found=1, level=1)
            else:
                score = Score(gold=1, found=1)
                wrong_level.append((claim, best))
            categories[claim.category] = categories.get(claim.category, Score()) + score
    wrong_disclosures = [
        (expected, status)
        for expected in corpus.disclosures
        if (status := _status(reports[expected.doc], expected.disclosure)) != expected.status
    ]
    return Evaluation(
        dict(sorted(categories.items())),
        len(corpus.disclosures) - len(wrong_disclosures),
        len(corpus.disclosures),
        tuple(false),
        tuple(missed),
        tuple(wrong_level),
        tuple(wrong_disclosures),
    )


def _overlap(claim: GoldClaim, finding: Finding) -> int:
    """How many code points of a gold claim a finding of its category shares with it."""
    if finding.category != claim.category:
        return 0
    return max(0, min(claim.end, finding.end.offset) - max(claim.start, finding.start.offset))


def _status(report: FileReport, disclosure: str) -> str:
    return next((result.status for result in report.disclosures if result.id == disclosure), "unknown")


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
