"""A document read: its sentences, the claims in them, the cues that decided.

Brings matching and qualification together with what stands around a sentence: the label and the lead-in it completes,
the sentence before, the heading above, the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from linter.agents import UNKNOWN, Context
from linter.anaphora import with_antecedents
from linter.language import Parser, Reading
from linter.matching import Match, Matcher, Proposal
from linter.model import QUALIFICATIONS, Claim, Cue, Document, Span
from linter.page import Page
from linter.patterns import Pattern
from linter.promotion import adopted_names, most_named, names_in_general, with_adopted, with_promoted
from linter.qualification import (
    BoundCue,
    completing_cues,
    find_cues,
    judge,
    level,
    neighbouring_cues,
)
from linter.rulebook import Rulebook
from linter.sentences import Sentence, split
from linter.stance import informs, promotes_nothing, qualified_by_page

# Claims of one category and level that stand this close (in words) are one claim.
_NEAR = 4


class AnalysedSentence(Struct, frozen=True):
    """A sentence with its claims (spans count into the block's text) and the cues found in it (into the sentence's)."""

    sentence: Sentence
    claims: tuple[Claim, ...] = ()
    cues: tuple[Cue, ...] = ()


class Analyser:
    """Finds and judges the claims of documents, with one rulebook and one parser."""

    def __init__(self, rulebook: Rulebook, parser: Parser) -> None:
        self.rulebook, self.parser = rulebook, parser
        self._matcher = Matcher(rulebook)

    def analyse(
        self, document: Document, parse_all: bool = False, promoted: Sequence[Pattern] = ()
    ) -> tuple[AnalysedSentence, ...]:
        """All sentences of ``document`` in reading order; with ``parse_all``, those without a candidate too.

        ``promoted`` are names of what the page promotes, besides those that the rulebook knows.
        """
        (analysed,) = self.parser.serve([self.reading(document, parse_all, promoted)])
        return analysed

    def reading(
        self, document: Document, parse_all: bool = False, promoted: Sequence[Pattern] = ()
    ) -> Reading[tuple[AnalysedSentence, ...]]:
        """The same as work that asks for trees, so that those of many documents can be made at once."""
        sentences = list(split(document, self.rulebook.vocabulary, self.rulebook.speakers))
        is_told = any(sentence.find(name) for sentence in sentences for name in promoted)
        sentences = [with_promoted(sentence, promoted, self.rulebook) for sentence in sentences]
        adopted = adopted_names(document, sentences, self.rulebook)
        if adopted:
            sentences = [with_adopted(sentence, adopted, self.rulebook) for sentence in sentences]
        sentences = with_antecedents(sentences, self.rulebook.pronouns, self.rulebook.vocabulary)
        page = Page(document, sentences, self.rulebook, self._matcher)
        sentences = [page.as_told(sentence) for sentence in sentences]
        proposals = {
            index: found
            for index, sentence in enumerate(sentences)
            if (found := self._proposals(page, index, sentence))
        }
        wanted = set(range(len(sentences))) if parse_all else set(proposals)
        wanted |= {lead for index in proposals if (lead := page.lead_in(index)) is not None}
        order = sorted(wanted)
        trees = yield [sentences[index].text for index in order]
        for index, tree in zip(order, trees, strict=True):
            sentences[index] = sentences[index].with_tree(tree)
        page.sentences = sentences
        analysed = [self._analysed(page, index, proposals.get(index, ())) for index in range(len(sentences))]
        return tuple(self._in_its_page(sentences, analysed, is_told))

    def _proposals(self, page: Page, index: int, sentence: Sentence) -> tuple[Proposal, ...]:
        """Where rules could match; those about the answer to a question only behind such a question.

        What is asked, or only quoted as said elsewhere, is silenced as a whole: to parse it would change nothing.
        """
        if sentence.is_question or sentence.is_mentioned:
            return ()
        found = self._matcher.propose(sentence, page.document.blocks[sentence.block].kind)
        if page.introduction(index) is not None and page.ends_its_block(index):
            found += self._matcher.take(sentence)
        return tuple(
            proposal
            for proposal in found
            if not page.silences(sentence.block, proposal.rule.category)
            and (not proposal.rule.question or page.asks(index, proposal.rule.question))
            and (not proposal.rule.followed or page.is_followed(index, proposal.rule.followed))
            and (not proposal.rule.lead_in or page.is_led_in(index, proposal.rule))
        )

    def _in_its_page(
        self, sentences: Sequence[Sentence], analysed: Sequence[AnalysedSentence], is_told: bool
    ) -> Sequence[AnalysedSentence]:
        """The same, seen in the page as a whole: on one that informs, its limits qualify every claim.

        With ``is_told``, it has a name of which somebody said that it is promoted.
        """
        stance = self.rulebook.stance
        claims = _unqualified(analysed)
        if not is_told and promotes_nothing(sentences, claims, most_named(sentences, self.rulebook), stance):
            analysed = [replace(item, claims=self._of_named(item.claims)) for item in analysed]
        own = _unqualified(item for item in analysed if not item.sentence.is_quoted)
        if not claims or not informs(sentences, own, stance):
            return analysed
        return [replace(item, claims=qualified_by_page(item.claims)) for item in analysed]

    def _of_named(self, claims: Iterable[Claim]) -> tuple[Claim, ...]:
        """The claims that are put down to somebody or something known by name, and not only by a general word."""
        return tuple(
            claim
            for claim in claims
            if claim.agent.text and claim.agent.kind != UNKNOWN and not names_in_general(claim.agent, self.rulebook)
        )

    def _analysed(self, page: Page, index: int, proposals: Sequence[Proposal]) -> AnalysedSentence:
        sentence = page.sentences[index]
        if sentence.tree is None:
            return AnalysedSentence(sentence)
        cues = self._cues(page, index)
        shown = tuple(cue.as_cue(sentence) for cue in cues)
        context = page.context(index)
        matches = self._matcher.confirm(sentence, proposals, context)
        around = self._around(page, index) if matches else ()  # only then is there a tree of the lead-in
        claims = [
            claim
            for match in matches
            if (claim := self._claim(page, sentence, match, cues, around, context)) is not None
        ]
        own = [claim for claim in claims if not self.rulebook.by_id[claim.rule].takes_all]
        return AnalysedSentence(sentence, tuple(_merged(sentence, own or claims)), shown)

    def _cues(self, page: Page, index: int) -> tuple[BoundCue, ...]:
        sentence = page.sentences[index]
        kind = page.document.blocks[sentence.block].kind
        return find_cues(sentence, self.rulebook.cues, kind)

    def _around(self, page: Page, index: int) -> tuple[tuple[BoundCue, Sentence], ...]:
        """Cues outside the sentence that reach it, each with the sentence that it stands in."""
        found: list[tuple[BoundCue, Sentence]] = []
        sentence = page.sentences[index]
        lead = page.lead_in(index)
        if lead is not None and page.completes(index):
            lead_sentence = page.sentences[lead]
            cues = completing_cues(lead_sentence, self._cues(page, lead))
            is_heading = page.document.blocks[lead_sentence.block].kind == "heading"  # as a topic it silences nothing
            found.extend((cue, lead_sentence) for cue in cues if not (is_heading and cue.rule.effect == "silent"))
        kind = page.document.blocks[sentence.block].kind
        for beside in page.beside(index):
            neighbour = page.sentences[beside]
            found.extend((cue, neighbour) for cue in neighbouring_cues(neighbour, self.rulebook.cues, kind))
        return tuple(found)

    def _claim(
        self,
        page: Page,
        sentence: Sentence,
        match: Match,
        cues: Sequence[BoundCue],
        around: Sequence[tuple[BoundCue, Sentence]],
        context: Context,
    ) -> Claim | None:
        category = match.rule.category
        if page.silences(sentence.block, category) or page.speaks_in_general(match.agent):
            return None
        homes = {id(cue): home for cue, home in around}
        here = [cue for cue in cues if self._speaks(sentence, cue, context)]
        effect, deciding = judge(category, match.head, match.tokens, here, [cue for cue, _ in around])
        if effect == "silent":
            return None
        shown = tuple(cue.as_cue(homes.get(id(cue), sentence)) for cue in deciding)
        span = Span(sentence.span.start + match.span.start, sentence.span.start + match.span.end)
        return Claim(match.rule.id, category, sentence.block, span, match.agent, level(effect), shown)

    def _speaks(self, sentence: Sentence, cue: BoundCue, context: Context) -> bool:
        """Whether a cue that depends on who speaks ("clinics claim") is spoken by one of its kinds of agent."""
        if not cue.rule.agents or not cue.tokens:
            return True
        speaker = self._matcher.resolver.speaker(sentence, min(cue.tokens), context)
        return speaker.kind in cue.rule.agents


def _merged(sentence: Sentence, claims: Iterable[Claim]) -> list[Claim]:
    """Claims of one category inside or across each other are one; then also those of one level side by side."""
    merged = list(claims)
    for belong in (_overlap, _stand_side_by_side):
        kept: list[Claim] = []
        for claim in sorted(merged, key=lambda claim: (claim.span.start, -claim.span.end)):
            index = next((i for i, other in enumerate(kept) if belong(sentence, other, claim)), None)
            if index is None:
                kept.append(claim)
            else:
                kept[index] = _joined(kept[index], claim)
        merged = kept
    return merged


def _joined(first: Claim, second: Claim) -> Claim:
    merged = tuple(dict.fromkeys((*first.merged, second.rule)))
    if first.span.contains(second.span):
        return replace(first, merged=merged)
    # Of two that overlap, one holds the hedge in its words; it hedges both.
    hedged = max(first.qualification, second.qualification, key=QUALIFICATIONS.index)
    cues = tuple(dict.fromkeys((*first.cues, *second.cues)))
    span = Span(first.span.start, max(first.span.end, second.span.end))
    return replace(first, span=span, cues=cues, qualification=hedged, merged=merged)


def _overlap(sentence: Sentence, first: Claim, second: Claim) -> bool:
    return first.category == second.category and first.span.overlaps(second.span)


def _stand_side_by_side(sentence: Sentence, first: Claim, second: Claim) -> bool:
    if (first.category, first.qualification) != (second.category, second.qualification):
        return False
    start = first.span.end - sentence.span.start
    end = second.span.start - sentence.span.start
    return sum(start <= word.start < end for word in sentence.words) <= _NEAR


def _unqualified(items: Iterable[AnalysedSentence]) -> list[Claim]:
    """The claims in sentences that are not adequately qualified there."""
    return [claim for item in items for claim in item.claims if claim.qualification != "adequate"]
