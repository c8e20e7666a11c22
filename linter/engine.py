"""The whole way on one page: a source and its document in, findings and disclosures out. Pure: no files, no output."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

from linter import __version__
from linter.analysis import AnalysedSentence, Analyser
from linter.disclosures import DisclosureState, find_disclosures
from linter.language import MODEL
from linter.model import (
    SEVERITIES,
    CaveatError,
    Claim,
    Cue,
    DisclosureResult,
    Document,
    FileReport,
    Finding,
    Report,
    Severity,
)
from linter.rulebook import Rulebook
from linter.source import Source

PROFILE = "us"
UNNAMED_AGENT = "the treatment"


def check(source: Source, document: Document, analyser: Analyser) -> FileReport:
    """Find what has to be reported in ``document``, which was read from ``source``."""
    analysed = analyser.analyse(document)
    rulebook = analyser.rulebook
    claims = [claim for item in analysed for claim in item.claims]
    states = find_disclosures([item.sentence for item in analysed], claims, rulebook.disclosures)
    findings = [
        _claim_finding(source, document, item, claim, rulebook)
        for item in analysed
        for claim in item.claims
        if claim.qualification != "adequate"
    ]
    findings += [_missing(source, document, state, state.due_to) for state in states if state.due_to and _lacks(state)]
    findings.sort(key=lambda finding: (finding.start.offset, finding.end.offset, finding.rule))
    results = tuple(_result(source, document, state) for state in states)
    return FileReport(source.path, source.text, tuple(_numbered(findings)), results)


def report(files: Iterable[FileReport], errors: Iterable[CaveatError], rulebook: Rulebook) -> Report:
    """A run as a whole: what was found in its files, what went wrong with others, and what did the checking."""
    citations = {
        name: f"{authority.citation} (unverified)" if authority.read == "unverified" else authority.citation
        for name, authority in rulebook.authorities.items()
    }
    return Report(__version__, rulebook.digest, MODEL, PROFILE, tuple(files), tuple(errors), citations)


def severity_of(severity: Severity, qualification: str) -> Severity:
    """The severity at which a claim is reported: that of its rule, one step lower where a vague word weakens it."""
    step = SEVERITIES.index(severity) - (qualification == "weak")
    return SEVERITIES[max(0, step)]


def _claim_finding(
    source: Source, document: Document, item: AnalysedSentence, claim: Claim, rulebook: Rulebook
) -> Finding:
    rule = rulebook.by_id[claim.rule]
    block = document.blocks[claim.block]
    span = block.source_span(claim.span)
    text = block.text[claim.span.start : claim.span.end]
    agent = f"“{claim.agent.text}”" if claim.agent.text else UNNAMED_AGENT
    return Finding(
        rule=rule.id,
        category=rule.category,
        severity=severity_of(rule.severity, claim.qualification),
        qualification=claim.qualification,
        message=rule.message.format(text=text, agent=agent),
        suggestion=rule.suggestion,
        authority=rule.authority,
        text=text,
        agent=claim.agent.text,
        section=block.section,
        cues=tuple(_cue_in_source(document, cue) for cue in claim.cues),
        start=source.position(span.start),
        end=source.position(span.end),
        fingerprint=_fingerprint(rule.id, text, item.sentence.text),
    )


def _cue_in_source(document: Document, cue: Cue) -> Cue:
    """A cue with its ranges in the source."""
    if cue.block < 0:
        return cue
    block = document.blocks[cue.block]
    return replace(cue, span=block.source_span(cue.span), scope=block.source_span(cue.scope))


def _lacks(state: DisclosureState) -> bool:
    return state.status != "present"


def _missing(source: Source, document: Document, state: DisclosureState, claim: Claim) -> Finding:
    """The finding for a disclosure that is due; one that is there in part is reported one step lower."""
    disclosure = state.disclosure
    block = document.blocks[claim.block]
    span = block.source_span(claim.span)
    text = block.text[claim.span.start : claim.span.end]
    rule = f"disclosure/{disclosure.id}"
    return Finding(
        rule=rule,
        category="disclosure",
        severity=severity_of(disclosure.severity, "weak" if state.status == "partial" else "none"),
        qualification="none",
        message=disclosure.message.format(text=text),
        suggestion=disclosure.suggestion,
        authority=disclosure.authority,
        text=text,
        agent="",
        section=block.section,
        cues=(),
        start=source.position(span.start),
        end=source.position(span.end),
        fingerprint=_fingerprint(rule, "", ""),
    )


def _result(source: Source, document: Document, state: DisclosureState) -> DisclosureResult:
    required = state.due_to is not None
    if state.block is None or state.span is None:
        return DisclosureResult(state.disclosure.id, state.status, required)
    block = document.blocks[state.block]
    span = block.source_span(state.span)
    text = block.text[state.span.start : state.span.end]
    place = source.position(span.start), source.position(span.end)
    return DisclosureResult(state.disclosure.id, state.status, required, text, *place)


def _fingerprint(rule: str, text: str, sentence: str) -> str:
    """Identifies a finding wherever it moves: by its rule, its words and its sentence, white space and case apart."""
    parts = (rule, " ".join(text.lower().split()), " ".join(sentence.lower().split()))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def _numbered(findings: Sequence[Finding]) -> list[Finding]:
    """Findings with equal fingerprints (a sentence that stands twice) told apart by their order."""
    seen: dict[str, int] = {}
    numbered = []
    for finding in findings:
        count = seen[finding.fingerprint] = seen.get(finding.fingerprint, 0) + 1
        numbered.append(finding if count == 1 else replace(finding, fingerprint=f"{finding.fingerprint}-{count}"))
    return numbered
