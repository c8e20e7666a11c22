"""Decisions of the user's: how serious a finding must be to fail a run. Pure."""

from __future__ import annotations

from typing import Literal, get_args

from linter.model import SEVERITIES, Report

FailOn = Literal["error", "warning", "note", "never"]
FAIL_ON: tuple[FailOn, ...] = get_args(FailOn)

CLEAN, FINDINGS, MISTAKE = 0, 1, 2
"""Exit statuses: nothing at or above the threshold; something; a file, rule or option that is wrong."""


def exit_status(report: Report, fail_on: FailOn) -> int:
    """How a run ends: a file that was not checked outweighs findings, which count from the severity ``fail_on`` up."""
    if report.errors:
        return MISTAKE
    if fail_on == "never":
        return CLEAN
    counted = SEVERITIES[SEVERITIES.index(fail_on) :]
    return FINDINGS if any(report.count(severity) for severity in counted) else CLEAN
