"""Waivers: remarks in a file that let findings pass, each with a reason, and if wanted until a day.

==============================================  =========================================================
``caveat: allow hype -- why``                   in the block that it stands in or ends, or else in the next one
``caveat: begin allow hype, cure -- why``       from here on …
``caveat: end allow hype, cure``                … to here
``caveat: allow hype -- why until 2027-01-01``  up to and including that day
==============================================  =========================================================
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from linter.fingerprints import fingerprint, numbered
from linter.hints import did_you_mean, read_date
from linter.model import Block, Document, FileReport, Finding, Severity, Span, Suppressed, Waiver
from linter.source import Source

CATEGORY = "waiver"
INVALID, EXPIRED, UNUSED = "waiver/invalid", "waiver/expired", "waiver/unused"


class WaiverRule(Struct, frozen=True):
    """What is wrong with a waiver: the name by which it is reported, how serious it is, what it is, what to do."""

    id: str
    severity: Severity
    summary: str
    suggestion: str


RULES = {
    rule.id: rule
    for rule in (
        WaiverRule(INVALID, "error", "A waiver cannot be understood.", "Write: caveat: allow RULE -- reason"),
        WaiverRule(EXPIRED, "warning", "A waiver has run out.", "Have it approved anew, or change what it let pass."),
        WaiverRule(UNUSED, "warning", "A waiver lets nothing pass.", "Take it out."),
    )
}
"""What is reported of waivers themselves."""

_REMARK = re.compile(r"\s*caveat\s*:")
_LONGEST = 2000  # a remark; what follows need not be bounded in time beyond that
_QUOTED_LINE = re.compile(r"\n[ \t]*>+")  # the marks of a Markdown quotation
_ACTIONS = ("allow", "begin allow", "end allow")
# What others call it, so that a remark that is meant for this program is not taken for words to a colleague.
_MISNAMED = frozenset("begin end start stop ignore disable enable skip waive off accept permit suppress noqa".split())
_ACTION = re.compile(r"(?P<action>(?:(?:begin|end)\s+)?\w*)\s*(?P<rest>.*)", re.DOTALL)
_REASON = re.compile(r"(?:^|\s)(?:---?|—|–)(?:\s|$)")
_UNTIL = re.compile(r"[\s,;(]*\buntil:?\s+(?P<day>\S*\d\S*?)[.)]*$")


class _RemarkError(ValueError):
    """What is wrong with a remark."""


class _Remark(Struct, frozen=True):
    """A remark to this program: what it does, for which rules, why, until when."""

    action: str
    rules: tuple[str, ...]
    reason: str
    until: date | None
    span: Span  # of the comment in the source


def read_waivers(
    source: Source, document: Document, known: Collection[str], applying: Collection[str]
) -> tuple[tuple[Waiver, ...], tuple[Finding, ...]]:
    """The waivers in a document, and findings for remarks that are none.

    ``known`` are the rules and categories; a waiver is one only of those that are ``applying`` to the document.
    """
    waivers: list[Waiver] = []
    findings: list[Finding] = []
    opened: list[_Remark] = []
    for span in document.comments:
        text = source.text[span.start : span.end]
        try:
            remark = _read(text, span, known)
            if remark is None:
                continue
            if remark.action == "begin allow":
                opened.append(remark)
            elif remark.action == "end allow":
                begun = _begun(opened, remark)
                opened.remove(begun)
                waivers.append(_waiver(source, begun, Span(begun.span.start, span.end)))
            else:
                waivers.append(_waiver(source, remark, _block(source, document, span)))
        except _RemarkError as mistake:
            findings.append(_finding(INVALID, source, span, f"This waiver {mistake}.", text))
    for remark in opened:
        message = "This waiver is never ended; expected “caveat: end allow …” where it shall end."
        findings.append(_finding(INVALID, source, remark.span, message, remark.reason))
    effective = [replace(each, rules=tuple(name for name in each.rules if name in applying)) for each in waivers]
    return tuple(waiver for waiver in effective if waiver.rules), tuple(findings)


def settle(file: FileReport, today: date, severities: Mapping[str, Severity]) -> FileReport:
    """The report with what its waivers let pass set aside, and with findings for those that ran out or are not needed.

    ``severities`` are those of the findings about waivers; what is not among them is not reported.
    """
    used: dict[Waiver, set[str]] = {waiver: set() for waiver in file.waivers}
    kept, suppressed = [], []
    for finding in file.findings:
        holding = None
        for waiver in file.waivers:
            names = {finding.rule, finding.category}.intersection(waiver.rules)
            if names and finding.category != CATEGORY and _stands_in(finding, waiver.span):
                used[waiver] |= names
                holding = holding or (waiver if _holds(waiver, today) else None)
        if holding is None:
            kept.append(finding)
        else:
            place = f"{file.path}:{holding.start.line}"
            suppressed.append(Suppressed(finding, "waiver", holding.reason, place, holding.until))
    source = Source(file.path, file.source)
    kept += (each for waiver in file.waivers for each in _complaints(source, waiver, used[waiver], today))
    findings = _weighed(kept, severities)
    return replace(file, findings=findings, suppressed=(*file.suppressed, *suppressed))


def _weighed(findings: Iterable[Finding], severities: Mapping[str, Severity]) -> tuple[Finding, ...]:
    """The findings in the order of the source, those about waivers with the severities that are asked for."""
    weighed = []
    for finding in findings:
        if finding.category != CATEGORY:
            weighed.append(finding)
        elif finding.rule in severities:
            weighed.append(replace(finding, severity=severities[finding.rule]))
    return numbered(sorted(weighed, key=lambda finding: (finding.start.offset, finding.end.offset, finding.rule)))


def _holds(waiver: Waiver, today: date) -> bool:
    return waiver.until is None or today <= waiver.until


def _stands_in(finding: Finding, span: Span) -> bool:
    return finding.start.offset < span.end and span.start < finding.end.offset


def _complaints(source: Source, waiver: Waiver, used: Collection[str], today: date) -> Iterator[Finding]:
    span = Span(waiver.start.offset, waiver.end.offset)
    unused = [name for name in waiver.rules if name not in used]
    if not _holds(waiver, today):
        then = "nothing needs it any more" if len(unused) == len(waiver.rules) else "what it let pass counts again"
        message = f"This waiver ran out on {waiver.until}; {then}."
        yield _finding(EXPIRED, source, span, message, waiver.reason)
    elif unused:
        message = f"This waiver lets no finding of {_listed(unused)} pass."
        yield _finding(UNUSED, source, span, message, waiver.reason)


def _read(text: str, span: Span, known: Collection[str]) -> _Remark | None:
    """What a comment says to this program; None if it says nothing to it."""
    to_us = _REMARK.match(text)
    if to_us is None:
        return None
    if len(text) > _LONGEST:
        raise _RemarkError(f"is longer than {_LONGEST} signs; expected a rule or two, and a reason")
    said = _ACTION.match(_QUOTED_LINE.sub("\n", text[to_us.end() :]).strip())
    action = " ".join(said["action"].split()) if said else ""
    if said is None or action not in _ACTIONS:
        near = did_you_mean(action, _ACTIONS)
        if not near and action.partition(" ")[0] not in _MISNAMED:
            return None  # “caveat: the numbers are of 2019”
        raise _RemarkError(f"begins with “{action}”{near}; expected “allow”, “begin allow” or “end allow”")
    names, *reasons = _REASON.split(said["rest"], maxsplit=1)
    rules = tuple(dict.fromkeys(names.replace(",", " ").split()))
    for name in rules:
        if name not in known:
            raise _RemarkError(f"names “{name}”{did_you_mean(name, known)}, which is no rule and no category")
    reason, until = _reason(reasons[0] if reasons else "")
    if action != "end allow" and not rules:
        raise _RemarkError("names no rule; expected “caveat: allow efficacy/relief -- who approved it, and why”")
    if action != "end allow" and not reason:
        raise _RemarkError("gives no reason; expected “ -- ” and who approved it, and why")
    return _Remark(action, rules, reason, until, span)


def _reason(text: str) -> tuple[str, date | None]:
    """A reason, and the day behind its “until”."""
    text = " ".join(text.split())
    until = _UNTIL.search(text)
    if until is None:
        return text, None
    try:
        return text[: until.start()], read_date(until["day"])
    except ValueError as error:
        raise _RemarkError(f"holds until “{until['day']}”; {error}") from None


def _begun(opened: Sequence[_Remark], end: _Remark) -> _Remark:
    """The last waiver that begins with the rules that ``end`` names, or without them the last one."""
    for remark in reversed(opened):
        if not end.rules or remark.rules == end.rules:
            return remark
    raise _RemarkError("ends nothing that began before; expected “begin allow” with the same rules above")


def _block(source: Source, document: Document, comment: Span) -> Span:
    """The source of the block that a comment stands in, or that it ends on the same line; or of the next block."""
    start, blocks = comment.start, [(_extent(block), block.kind) for block in document.blocks]
    line = start - source.position(start).column + 1
    around = [span for span, _ in blocks if span.start < start < span.end]
    if around:
        return min(around, key=lambda span: span.end - span.start)
    behind = [span for span, _ in blocks if span.start >= start]
    # Where the next block begins on the same line, as in HTML without line breaks, only a cell is ended.
    goes_on = bool(behind) and source.position(min(behind).start).line == source.position(start).line
    ended = [span for span, kind in blocks if line < span.end <= start and (kind == "cell" or not goes_on)]
    if ended:
        return max(ended)
    if not behind:
        raise _RemarkError("stands before nothing; expected a text behind it")
    return min(behind)


def _extent(block: Block) -> Span:
    return Span(block.pieces[0].span.start, block.pieces[-1].span.end)


def _waiver(source: Source, remark: _Remark, span: Span) -> Waiver:
    start, end = source.position(remark.span.start), source.position(remark.span.end)
    return Waiver(remark.rules, remark.reason, remark.until, span, start, end)


def _finding(rule: str, source: Source, span: Span, message: str, text: str) -> Finding:
    known = RULES[rule]
    return Finding(
        rule=rule,
        category=CATEGORY,
        severity=known.severity,
        qualification="none",
        message=message,
        suggestion=known.suggestion,
        authority=(),
        text=" ".join(source.text[span.start : span.end].split()),
        agent="",
        section=(),
        cues=(),
        start=source.position(span.start),
        end=source.position(span.end),
        fingerprint=fingerprint(rule, text, ""),
    )


def _listed(names: Sequence[str]) -> str:
    return " or ".join(f"“{name}”" for name in names)
