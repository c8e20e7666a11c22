"""Findings against gold, scored as ``corpus/README.md`` tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import fields

from linter.gold import Corpus, GoldClaim, GoldDisclosure
from linter.model import FileReport, Finding


class Score(Struct, frozen=True):
    """Counts of a category: findings that are right and false; firm claims to find, found, and found at their level."""

    right: int = 0
    false: int = 0
    wanted: int = 0
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
        return _share(self.found, self.wanted)

    @property
    def f1(self) -> float | None:
        """Harmonic mean of the two; None where one of them is."""
        precision, recall = self.precision, self.recall
        if precision is None or recall is None:
            return None
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    @property
    def level_accuracy(self) -> float | None:
        """Share of the firm claims found that have their gold level; None where none was found."""
        return _share(self.level, self.found)


class Evaluation(Struct, frozen=True):
    """What the findings are worth, and where they differ from gold."""

    categories: Mapping[str, Score]
    disclosures: int
    false: tuple[tuple[str, Finding], ...]
    missed: tuple[GoldClaim, ...]
    wrong_levels: tuple[tuple[GoldClaim, Finding], ...]
    wrong_disclosures: tuple[tuple[GoldDisclosure, str], ...]

    @property
    def micro(self) -> Score:
        """All categories together."""
        return sum(self.categories.values(), Score())

    @property
    def disclosures_right(self) -> int:
        """How many disclosures have their gold status."""
        return self.disclosures - len(self.wrong_disclosures)


def evaluate(corpus: Corpus, reports: Mapping[str, FileReport]) -> Evaluation:
    """Score the reports on the corpus's articles, by name. Only claims that are reported count as found."""
    scores: list[tuple[str, Score]] = []
    false: list[tuple[str, Finding]] = []
    missed: list[GoldClaim] = []
    wrong_levels: list[tuple[GoldClaim, Finding]] = []
    for doc, report in reports.items():
        gold = [claim for claim in corpus.claims if claim.doc == doc]
        findings = [finding for finding in report.findings if not finding.is_disclosure]
        for finding in findings:
            is_right = any(_overlap(claim, finding) for claim in gold if claim.qualification != "adequate")
            scores.append((finding.category, Score(right=int(is_right), false=int(not is_right))))
            if not is_right:
                false.append((doc, finding))
        for claim in gold:
            if not claim.is_wanted:
                continue
            best = _nearest(claim, findings)
            has_level = best is not None and best.qualification == claim.qualification
            scores.append((claim.category, Score(wanted=1, found=int(best is not None), level=int(has_level))))
            if best is None:
                missed.append(claim)
            elif not has_level:
                wrong_levels.append((claim, best))
    categories: dict[str, Score] = {}
    for category, score in scores:
        categories[category] = categories.get(category, Score()) + score
    statuses = [(gold, _status(reports, gold)) for gold in corpus.disclosures]
    return Evaluation(
        dict(sorted(categories.items())),
        len(corpus.disclosures),
        tuple(false),
        tuple(missed),
        tuple(wrong_levels),
        tuple((gold, status) for gold, status in statuses if status != gold.status),
    )


def _nearest(claim: GoldClaim, findings: Sequence[Finding]) -> Finding | None:
    """The finding that shares most with a gold claim, and so gives its level."""
    best = max(findings, key=lambda finding: _overlap(claim, finding), default=None)
    return best if best and _overlap(claim, best) else None


def _overlap(claim: GoldClaim, finding: Finding) -> int:
    """How many code points of a gold claim a finding shares with it, if it is of its category."""
    if finding.category != claim.category:
        return 0
    return max(0, min(claim.span.end, finding.end.offset) - max(claim.span.start, finding.start.offset))


def _status(reports: Mapping[str, FileReport], gold: GoldDisclosure) -> str:
    results = reports[gold.doc].disclosures
    return next((result.status for result in results if result.id == gold.disclosure), "not a disclosure of the rules")


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
