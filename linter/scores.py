"""An evaluation as a table for people or as JSON, if asked with every finding that differs from gold."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from linter.evaluation import Evaluation, Score
from linter.gold import Corpus

_COLUMNS = "{:<14}{:>10}{:>8}{:>7}{:>7}{:>8}{:>7}{:>7}{:>8}"


def render_scores(corpus: Corpus, evaluation: Evaluation, show: bool = False) -> str:
    """Precision, recall, F1 and level accuracy by category and together; with ``show``, what differs from gold."""
    lines = [_COLUMNS.format("category", "precision", "recall", "F1", "level", "right", "false", "found", "wanted")]
    lines += [_row(category, score) for category, score in evaluation.categories.items()]
    lines.append(_row("all (micro)", evaluation.micro))
    if evaluation.disclosures:
        lines += ["", f"disclosures: {evaluation.disclosures_right} of {evaluation.disclosures} right"]
    if show:
        differences = _differences(corpus, evaluation)
        lines += ["", *(f"{path}:{line}:{column}: {remark}" for path, line, column, remark in differences)]
    return "\n".join(lines) + "\n"


def render_scores_json(corpus: Corpus, evaluation: Evaluation, show: bool = False) -> str:
    """The same as one JSON object; a share of nothing is ``null``."""
    content: dict[str, Any] = {
        "micro": _score(evaluation.micro),
        "categories": {category: _score(score) for category, score in evaluation.categories.items()},
        "disclosures": {"right": evaluation.disclosures_right, "of": evaluation.disclosures},
    }
    if show:
        names = ("path", "line", "column", "remark")
        content["differences"] = [dict(zip(names, item, strict=True)) for item in _differences(corpus, evaluation)]
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _row(name: str, score: Score) -> str:
    shares = (score.precision, score.recall, score.f1, score.level_accuracy)
    shown = ("–" if share is None else f"{share:.2f}" for share in shares)
    return _COLUMNS.format(name, *shown, score.right, score.false, score.found, score.wanted)


def _score(score: Score) -> dict[str, Any]:
    return {
        "precision": score.precision,
        "recall": score.recall,
        "f1": score.f1,
        "level_accuracy": score.level_accuracy,
        "right": score.right,
        "false": score.false,
        "found": score.found,
        "wanted": score.wanted,
        "level": score.level,
    }


def _differences(corpus: Corpus, evaluation: Evaluation) -> Iterator[tuple[str, int, int, str]]:
    """What differs: path, line, column and remark; the claims in reading order, then the disclosures."""
    lines = []
    for doc, finding in evaluation.false:
        remark = f"false {finding.category} ({finding.rule}, {finding.qualification}): “{_oneline(finding.text)}”"
        lines.append((doc, finding.start.offset, remark))
    for claim in evaluation.missed:
        remark = f"missed {claim.category} ({claim.qualification}): “{_oneline(claim.text)}”"
        lines.append((claim.doc, claim.span.start, remark))
    for claim, finding in evaluation.wrong_levels:
        remark = f"{finding.rule} is {finding.qualification}, gold {claim.qualification}: “{_oneline(finding.text)}”"
        lines.append((claim.doc, claim.span.start, remark))
    for doc, offset, remark in sorted(lines):
        source = corpus.sources[doc]
        place = source.position(offset)
        yield source.path, place.line, place.column, remark
    for gold, status in evaluation.wrong_disclosures:
        yield corpus.sources[gold.doc].path, 1, 1, f"disclosure {gold.disclosure} is {status}, gold {gold.status}"


def _oneline(text: str) -> str:
    return " ".join(text.split())
