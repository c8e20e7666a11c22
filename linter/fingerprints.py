"""What identifies a finding wherever it moves."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from msgspec.structs import replace

from linter.model import Finding


def fingerprint(rule: str, text: str, sentence: str) -> str:
    """Identifies a finding by its rule, its words and its sentence, white space and case apart."""
    parts = (rule, " ".join(text.lower().split()), " ".join(sentence.lower().split()))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def numbered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings with equal fingerprints (a sentence that stands twice) told apart by their order."""
    seen: dict[str, int] = {}
    told_apart = []
    for finding in findings:
        count = seen[finding.fingerprint] = seen.get(finding.fingerprint, 0) + 1
        told_apart.append(finding if count == 1 else replace(finding, fingerprint=f"{finding.fingerprint}-{count}"))
    return tuple(told_apart)
