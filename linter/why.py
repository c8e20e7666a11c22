"""What caveat sees in a line of text: tokens, claims with their agents, cues with their scopes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from linter.analysis import AnalysedSentence, Analyser
from linter.language import Token
from linter.model import QUALIFICATIONS, Block, Claim, Cue, Document, Qualification, Span
from linter.policy import Policy
from linter.promotion import promoted_names
from linter.source import Source


class SeenClaim(Struct, frozen=True):
    """A claim and its range in the line."""

    claim: Claim
    span: Span


class SeenCue(Struct, frozen=True):
    """A cue, its range in the line and that of the words that it reaches."""

    cue: Cue
    span: Span
    scope: Span


class Insight(Struct, frozen=True):
    """A text as it was understood; all ranges are of ``text``, and heads are indices of ``tokens``.

    ``promoted`` are the names of what it promotes, the most frequent first.
    """

    text: str
    promoted: tuple[str, ...]
    tokens: tuple[Token, ...]
    claims: tuple[SeenClaim, ...]
    cues: tuple[SeenCue, ...]

    @property
    def qualification(self) -> Qualification | None:
        """That of the least qualified claim; None without claims."""
        return min((seen.claim.qualification for seen in self.claims), key=QUALIFICATIONS.index, default=None)


def look(source: Source, document: Document, analyser: Analyser, policy: Policy) -> Insight:
    """Analyse a page, or a line as if it were one; every sentence is parsed."""
    text = source.text
    tokens: list[Token] = []
    claims: list[SeenClaim] = []
    cues: list[SeenCue] = []
    analysed = analyser.analyse(document, parse_all=True, promoted=policy.promoted)
    promoted = promoted_names([item.sentence for item in analysed], analyser.rulebook)
    for item in analysed:
        block = document.blocks[item.sentence.block]
        tokens += _tokens(text, item, block, len(tokens))
        claims += (SeenClaim(claim, block.source_span(claim.span)) for claim in item.claims)
        cues += (SeenCue(cue, block.source_span(cue.span), block.source_span(cue.scope)) for cue in item.cues)
    return Insight(text, promoted, tuple(tokens), tuple(claims), tuple(cues))


def render_insight(insight: Insight) -> str:
    """The text, what it promotes, its claims and its cues, for people."""
    lines = [insight.text.rstrip("\n")]
    if insight.promoted:
        lines.append(f"  promoted: {', '.join(insight.promoted)}")
    for seen in insight.claims:
        claim = seen.claim
        agent = f"“{claim.agent.text}” ({claim.agent.kind})" if claim.agent.text else f"not named ({claim.agent.kind})"
        cues = ", ".join(f"“{cue.text}” ({cue.kind})" for cue in claim.cues)
        lines.append(f"  claim: “{_words(insight, seen.span)}” ({claim.rule}, {claim.category})")
        lines.append(f"    agent: {agent}")
        lines.append(f"    qualification: {claim.qualification}{' by ' + cues if cues else ''}")
    for known in insight.cues:
        cue, scope = known.cue, _words(insight, known.scope)
        lines.append(f"  cue: “{_words(insight, known.span)}” ({cue.kind}, {cue.effect}) reaches “{scope}”")
    if not insight.claims:
        lines.append("  no claim")
    return "\n".join(lines) + "\n"


def render_insight_json(insight: Insight) -> str:
    """The same, with the tokens, as one JSON object on one line."""
    content = {
        "text": insight.text,
        "promoted": list(insight.promoted),
        "qualification": insight.qualification,
        "tokens": [_token(token) for token in insight.tokens],
        "claims": [_claim(insight, seen) for seen in insight.claims],
        "cues": [_cue(insight, seen) for seen in insight.cues],
    }
    return json.dumps(content, ensure_ascii=False) + "\n"


def _tokens(text: str, item: AnalysedSentence, block: Block, first: int) -> Iterator[Token]:
    """The tokens of a sentence, ``first`` of them before it, as they stand in the line."""
    for token in item.sentence.tree.tokens if item.sentence.tree else ():
        span = _placed(item, block, Span(token.start, token.end))
        yield Token(span.start, span.end, text[span.start : span.end], token.tag, token.dep, first + token.head)


def _placed(item: AnalysedSentence, block: Block, span: Span) -> Span:
    """A range of a sentence as a range of the line."""
    start = item.sentence.span.start
    return block.source_span(Span(start + span.start, start + span.end))


def _words(insight: Insight, span: Span) -> str:
    return insight.text[span.start : span.end]


def _token(token: Token) -> dict[str, Any]:
    return {
        "text": token.text,
        "tag": token.tag,
        "dep": token.dep,
        "head": token.head,
        "span": _span(Span(token.start, token.end)),
    }


def _claim(insight: Insight, seen: SeenClaim) -> dict[str, Any]:
    claim = seen.claim
    return {
        "category": claim.category,
        "rule": claim.rule,
        "qualification": claim.qualification,
        "text": _words(insight, seen.span),
        "span": _span(seen.span),
        "agent": {"text": claim.agent.text, "kind": claim.agent.kind},
        "cues": [{"text": cue.text, "kind": cue.kind, "effect": cue.effect} for cue in claim.cues],
    }


def _cue(insight: Insight, seen: SeenCue) -> dict[str, Any]:
    return {
        "text": _words(insight, seen.span),
        "kind": seen.cue.kind,
        "effect": seen.cue.effect,
        "span": _span(seen.span),
        "scope": _span(seen.scope),
    }


def _span(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}
