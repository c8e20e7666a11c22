"""Profiles: what one and the same claim amounts to under the law of a place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from linter.model import SEVERITIES, Qualification, Severity

DEFAULT_PROFILE = "us"
WEAK: tuple[str, ...] = ("lower", "same")


class Profile(Struct, frozen=True):
    """Which rules and disclosures apply, at which severity, and what qualifying words may do.

    ``severities`` and ``incurable`` go by rule id or, behind that, by category. ``weak`` says what a vague word does:
    it lowers the severity by one step, or leaves it the same. A claim of an ``incurable`` category or rule is reported
    at the severity given there, however well it is qualified. ``disclosures`` are those that can be due, with their
    severity; None means all, at their own. Provisions of the ``jurisdictions`` are cited, where there are any.
    """

    name: str = DEFAULT_PROFILE
    about: str = ""
    jurisdictions: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = field(default_factory=dict)
    weak: Literal["lower", "same"] = "lower"
    incurable: Mapping[str, Severity] = field(default_factory=dict)
    disclosures: Mapping[str, Severity] | None = None
    excluded: frozenset[str] = frozenset()

    def severity(self, rule: str, category: str, own: Severity, qualification: Qualification) -> Severity | None:
        """The severity at which a claim is reported, ``own`` being that of its rule; None where it is not."""
        if rule in self.excluded or category in self.excluded:
            return None
        if qualification == "adequate":
            return self.incurable.get(rule, self.incurable.get(category))
        severity = self.severities.get(rule, self.severities.get(category, own))
        if qualification == "weak" and self.weak == "lower":
            return one_step_lower(severity)
        return severity

    def disclosure_severity(self, disclosure: str, own: Severity) -> Severity | None:
        """The severity of a missing disclosure, ``own`` being that of its definition; None where it is not due."""
        return own if self.disclosures is None else self.disclosures.get(disclosure)


def one_step_lower(severity: Severity) -> Severity:
    """The next lower severity; the lowest stays."""
    return SEVERITIES[max(0, SEVERITIES.index(severity) - 1)]
