"""The whole way on one page: a source and its document in, findings and disclosures out. Pure: no files, no output."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from msgspec.structs import replace

from linter import __version__
from linter.agents import UNKNOWN
from linter.analysis import AnalysedSentence, Analyser
from linter.disclosures import DisclosureState, find_disclosures
from linter.fingerprints import fingerprint, numbered
from linter.language import MODEL, Reading
from linter.model import (
    Agent,
    CaveatError,
    Claim,
    Cue,
    DisclosureResult,
    Document,
    FileReport,
    Finding,
    Report,
    RuleInfo,
    Span,
    Support,
    Waiver,
)
from linter.placement import PLACEMENTS, Layout
from linter.policy import Policy
from linter.profiles import DEFAULT_PROFILE, Profile, one_step_lower
from linter.rulebook import DISCLOSURE, UNNAMED_AGENT, Rulebook, summary
from linter.source import Source
from linter.suppression.evidence import supports
from linter.suppression.waivers import CATEGORY as WAIVER
from linter.suppression.waivers import RULES, read_waivers

EVERYTHING = Policy()


def check(source: Source, document: Document, analyser: Analyser, policy: Policy = EVERYTHING) -> FileReport:
    """Find what has to be reported under ``policy`` in ``document``, which was read from ``source``.

    What this comes to on a day, waivers and the like seen, is for ``suppression`` to say.
    """
    (report,) = analyser.parser.serve([reading(source, document, analyser, policy)])
    return report


def reading(source: Source, document: Document, analyser: Analyser, policy: Policy) -> Reading[FileReport]:
    """The same as work that asks for trees, so that those of many files can be made at once."""
    analysed = yield from analyser.reading(document, promoted=policy.promoted)
    rulebook, profile = analyser.rulebook, policy.profile
    claims = [claim for item in analysed for claim in item.claims]
    layout = Layout(document, [item.sentence for item in analysed], rulebook.actions)
    states = find_disclosures(layout, claims, rulebook.disclosures)
    results = tuple(_result(source, document, state, profile) for state in states)
    findings: list[Finding] = []
    unneeded: set[str] = set()
    for item, claim in ((each, claim) for each in analysed for claim in each.claims):
        support = _support(item, claim, policy, results)
        finding = _claim_finding(source, document, item, claim, rulebook, profile)
        if finding is None:
            unneeded |= {each.entry for each in support}
        else:
            findings.append(replace(finding, support=support) if support else finding)
    findings += [
        finding for state in states if (finding := _owed(source, document, state, rulebook, profile)) is not None
    ]
    waivers: tuple[Waiver, ...] = ()
    if document.comments:
        waivers, mistakes = read_waivers(source, document, rulebook.targets, rulebook.applying(profile))
        findings += mistakes
    findings.sort(key=lambda finding: (finding.start.offset, finding.end.offset, finding.rule))
    return FileReport(
        source.path,
        source.text,
        numbered(findings),
        results,
        profile.name,
        waivers,
        blocks=document.blocks,
        unneeded=tuple(sorted(unneeded)),
    )


def report(files: Sequence[FileReport], errors: Iterable[CaveatError], rulebooks: Iterable[Rulebook]) -> Report:
    """A run as a whole: what was found in its files, what went wrong with others, and what did the checking."""
    used = tuple(rulebooks)
    citations = {
        name: f"{authority.citation} (unverified)" if authority.read == "unverified" else authority.citation
        for rulebook in used
        for name, authority in rulebook.authorities.items()
    }
    profiles = tuple(dict.fromkeys(file.profile for file in files)) or (DEFAULT_PROFILE,)
    described = {info.id: info for rulebook in used for info in _described(rulebook, profiles)}
    rules = ", ".join(dict.fromkeys(rulebook.digest for rulebook in used))
    return Report(__version__, rules, MODEL, ", ".join(profiles), files, tuple(errors), citations, described)


def _described(rulebook: Rulebook, profiles: Iterable[str]) -> Iterator[RuleInfo]:
    """What every rule and disclosure says of itself under these profiles, in the order of the rulebook."""
    held = [rulebook.profiles[name] for name in profiles if name in rulebook.profiles]
    places = [place for profile in held for place in profile.jurisdictions]
    for rule in rulebook.rules:
        title, authority = rulebook.categories[rule.category], _cited(rule.authority, rulebook, places)
        yield RuleInfo(
            rule.id, title, rule.category, rule.severity, summary(rule), rule.why, rule.suggestion, authority
        )
    for item in rulebook.disclosures:
        authority = _cited(item.authority, rulebook, places)
        yield RuleInfo(item.rule, item.title, DISCLOSURE, item.severity, summary(item), "", item.suggestion, authority)
    for known in RULES.values():
        yield RuleInfo(known.id, "Waivers", WAIVER, known.severity, known.summary, "", known.suggestion, ())


def _cited(authorities: Sequence[str], rulebook: Rulebook, places: Collection[str]) -> tuple[str, ...]:
    """The provisions to cite: those of the places (jurisdictions) where there are any, otherwise all."""
    own = tuple(name for name in authorities if rulebook.authorities[name].jurisdiction in places)
    return own or tuple(authorities)


def _named(agent: Agent, text: str) -> str:
    """How a message names the agent: in its own words, if they say who it is and are not the claim itself."""
    says = agent.text and agent.kind != UNKNOWN and text not in agent.text
    return f"“{agent.text}”" if says else UNNAMED_AGENT


def _claim_finding(
    source: Source,
    document: Document,
    item: AnalysedSentence,
    claim: Claim,
    rulebook: Rulebook,
    profile: Profile,
) -> Finding | None:
    rule = rulebook.by_id[claim.rule]
    severity = profile.severity(rule.id, rule.category, rule.severity, claim.qualification)
    if severity is None:
        return None
    block = document.blocks[claim.block]
    span = block.source_span(claim.span)
    text = block.text[claim.span.start : claim.span.end]
    return Finding(
        rule=rule.id,
        category=rule.category,
        severity=severity,
        qualification=claim.qualification,
        message=rule.message.format(text=text, agent=_named(claim.agent, text)),
        suggestion=rule.suggestion,
        authority=_cited(rule.authority, rulebook, profile.jurisdictions),
        text=text,
        agent=claim.agent.text,
        section=block.section,
        cues=tuple(_cue_in_source(document, cue) for cue in claim.cues),
        start=source.position(span.start),
        end=source.position(span.end),
        fingerprint=fingerprint(rule.id, text, item.sentence.text),
    )


def _support(
    item: AnalysedSentence, claim: Claim, policy: Policy, results: Iterable[DisclosureResult]
) -> tuple[Support, ...]:
    """The evidence that covers a claim."""
    if not policy.evidence:
        return ()
    start = item.sentence.span.start
    span = Span(claim.span.start - start, claim.span.end - start)
    return supports(policy.evidence, (claim.rule, claim.category), item.sentence.words, span, results)


def _cue_in_source(document: Document, cue: Cue) -> Cue:
    """A cue with its ranges in the source."""
    if cue.block < 0:
        return cue
    block = document.blocks[cue.block]
    return replace(cue, span=block.source_span(cue.span), scope=block.source_span(cue.scope))


def _owed(
    source: Source, document: Document, state: DisclosureState, rulebook: Rulebook, profile: Profile
) -> Finding | None:
    """The finding for a disclosure that is due and lacks; one in part, or in the wrong place, one step lower."""
    disclosure, claim = state.disclosure, state.due_to
    severity = profile.disclosure_severity(disclosure.id, disclosure.severity)
    if claim is None or severity is None or (state.status == "present" and not state.is_misplaced):
        return None
    index, span, suggestion = claim.block, claim.span, disclosure.suggestion
    claimed = document.blocks[index].text[span.start : span.end]
    message = disclosure.message.format(text=claimed)
    if state.is_misplaced and state.place:
        index, span = state.place
        places = " or ".join(PLACEMENTS[place] for place in disclosure.placement)
        message = f"“{disclosure.title}”, which “{claimed}” makes due, is said where readers may miss it."
        suggestion = f"Say it clearly and conspicuously: {places}."
    block = document.blocks[index]
    source_span = block.source_span(span)
    return Finding(
        rule=disclosure.rule,
        category=DISCLOSURE,
        severity=severity if state.status == "absent" else one_step_lower(severity),
        qualification="none",
        message=message,
        suggestion=suggestion,
        authority=_cited(disclosure.authority, rulebook, profile.jurisdictions),
        text=block.text[span.start : span.end],
        agent="",
        section=block.section,
        cues=(),
        start=source.position(source_span.start),
        end=source.position(source_span.end),
        fingerprint=fingerprint(disclosure.rule, "misplaced" if state.is_misplaced else "", ""),
    )


def _result(source: Source, document: Document, state: DisclosureState, profile: Profile) -> DisclosureResult:
    disclosure = state.disclosure
    required = state.due_to is not None and profile.disclosure_severity(disclosure.id, disclosure.severity) is not None
    if state.place is None:
        return DisclosureResult(disclosure.id, state.status, required)
    index, span = state.place
    block = document.blocks[index]
    text = block.text[span.start : span.end]
    source_span = block.source_span(span)
    place = source.position(source_span.start), source.position(source_span.end)
    return DisclosureResult(disclosure.id, state.status, required, text, *place, required and state.is_misplaced)
