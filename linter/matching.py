"""Sentences -> matches of claim rules.

In two steps: ``propose`` needs words only and says where a rule could match, so that other sentences are never parsed;
``confirm`` reads the tree: does the target really undergo the action, and whose effect is it?
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from linter.agents import AgentResolver, Context
from linter.model import Agent, Span
from linter.patterns import Pattern
from linter.rulebook import Frame, Rule, Rulebook
from linter.scan import Range
from linter.sentences import Sentence
from linter.syntax import SUBJECTS, bearers, children, head_of, inner_nouns, is_verb, themes

# What may stand between an action and its target where the parse has lost them: determiners, modifiers, coordination.
_BETWEEN = ("DT", "VBD", "JJ", "PRP$", "CC", "RB", "NN", "CD", "VBN", "VBG", "POS", "HYPH", "AFX", "PDT")
_FARTHEST = 5


class Proposal(Struct, frozen=True):
    """A place where a rule could match: the words of a phrase, or of a frame's action and its other part."""

    rule: Rule
    words: Range
    frame: Frame | None = None
    other: Range | None = None


class Match(Struct, frozen=True):
    """A confirmed match: the tokens that make it, the token that carries it, its range in the sentence, its agent."""

    rule: Rule
    tokens: frozenset[int]
    head: int
    span: Span
    agent: Agent


class Matcher:
    """Matches the claim rules of a rulebook."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.resolver = AgentResolver(rulebook.agents)
        self._seekers: dict[int, tuple[Rule, Pattern, Frame | None]] = {}
        for rule in rulebook.rules:
            self._seekers.update((phrase.number, (rule, phrase, None)) for phrase in rule.phrases)
            self._seekers.update((frame.action.number, (rule, frame.action, frame)) for frame in rule.frames)
        self._takers = tuple(rule for rule in rulebook.rules if rule.takes_all)
        wordless = (rule for rule in rulebook.rules if not rule.phrases and not rule.frames)
        self._of_blocks = tuple(rule for rule in wordless if not rule.takes_all)

    def propose(self, sentence: Sentence, block_kind: str) -> tuple[Proposal, ...]:
        """Where rules could match, by words alone."""
        found: list[Proposal] = []
        kinds = {block_kind}
        kinds |= {"label"} if sentence.is_label else set()
        kinds |= {"quotation"} if sentence.is_quoted and sentence.speaker in ("", "lay") else set()
        kinds |= {"attributed"} if sentence.is_attributed else set()
        kinds |= {"vouched"} if sentence.speaker == "expert" else set()
        closed: dict[str, Sequence[Range] | None] = {}
        for number in sorted(sentence.scan.possible & self._seekers.keys()):
            rule, pattern, frame = self._seekers[number]
            if rule.id not in closed:
                is_looking = not rule.blocks or not rule.blocks.isdisjoint(kinds)
                closed[rule.id] = _closed(sentence, rule) if is_looking else None
            excluded = closed[rule.id]
            if excluded is not None:
                found.extend(p for p in _proposals(sentence, rule, pattern, frame) if not _overlaps(p, excluded))
        wanted = (rule for rule in self._of_blocks if not rule.blocks.isdisjoint(kinds))
        return (*found, *_whole(sentence, wanted))

    def take(self, sentence: Sentence) -> tuple[Proposal, ...]:
        """The whole sentence, for those of the rules that ask for no words in it."""
        return tuple(_whole(sentence, self._takers))

    def confirm(self, sentence: Sentence, proposals: Iterable[Proposal], context: Context) -> list[Match]:
        """The proposals that the tree bears out, with an agent whose effect the rule is about."""
        matches = []
        for proposal in proposals:
            match = self._confirm(sentence, proposal, context)
            if match is not None and (not proposal.rule.agents or match.agent.kind in proposal.rule.agents):
                matches.append(match)
        return matches

    def _confirm(self, sentence: Sentence, proposal: Proposal, context: Context) -> Match | None:
        tree = sentence.tree
        assert tree is not None
        tokens = own = sentence.tokens(*proposal.words)
        if proposal.frame is not None and proposal.other is not None:
            others = sentence.tokens(*proposal.other)
            related = self._acts_on if proposal.frame.target else _has
            if not related(sentence, proposal.words, proposal.other):
                return None
            head = _action_head(sentence, proposal.words)
            own = tokens + others
            tokens = list(range(min(tokens + others), max(tokens + others) + 1))
        else:
            head = head_of(tree, tokens)
        span = Span(tree.tokens[tokens[0]].start, tree.tokens[tokens[-1]].end)
        agent = self.resolver.resolve(sentence, head, context, frozenset(own))
        return Match(proposal.rule, frozenset(own), head, span, agent)

    def _acts_on(self, sentence: Sentence, action: Range, target: Range) -> bool:
        """Whether the words of ``target`` undergo the action."""
        tree = sentence.tree
        assert tree is not None
        head = _action_head(sentence, action)
        goal = head_of(tree, sentence.tokens(*target))
        last = sentence.tokens(*action)[-1]
        reached = any(goal in inner_nouns(tree, theme) for theme in themes(tree, head, last) if theme != head)
        if not reached and not _beside(sentence, action, target, head):
            return False
        return not self._belongs_to_care(sentence, target)

    def _belongs_to_care(self, sentence: Sentence, target: Range) -> bool:
        """Whether the target is only part of the name of an agent ("pain medication", "arthritis patients")."""
        for kind, (start, end) in self.resolver.mentions(sentence):
            longer = end - start > target[1] - target[0] and start <= target[0] and target[1] <= end
            follows = start == target[1] and sentence.words[start].joined
            if (longer and end > target[1]) or (follows and not kind.transparent):
                return True
        return False


def _proposals(sentence: Sentence, rule: Rule, pattern: Pattern, frame: Frame | None) -> Iterable[Proposal]:
    if frame is None:
        yield from (Proposal(rule, words) for words in sentence.find(pattern))
        return
    other = frame.target or frame.subject
    assert other is not None
    others = sentence.find(other)
    for words in sentence.find(pattern) if others else []:
        for range_ in others:
            if range_[1] <= words[0] or words[1] <= range_[0]:
                yield Proposal(rule, words, frame, range_)


def _whole(sentence: Sentence, rules: Iterable[Rule]) -> Iterable[Proposal]:
    """The whole sentence, where nothing in it is an exception of a rule and what the rule needs is there."""
    if sentence.words:
        whole = (0, len(sentence.words))
        yield from (Proposal(rule, whole) for rule in rules if _closed(sentence, rule) == [])


def _closed(sentence: Sentence, rule: Rule) -> list[Range] | None:
    """Where exceptions of a rule stand; None where what it needs is not there."""
    if rule.needs and not sentence.has_any(rule.needs):
        return None
    return list(sentence.find_all(rule.unless))


def _overlaps(proposal: Proposal, excluded: Iterable[Range]) -> bool:
    start, end = proposal.words
    if proposal.other:
        start, end = min(start, proposal.other[0]), max(end, proposal.other[1])
    return any(s < end and start < e for s, e in excluded)


def _action_head(sentence: Sentence, action: Range) -> int:
    """The first verb of the action's words where there is one, otherwise their head."""
    tree = sentence.tree
    assert tree is not None
    tokens = sentence.tokens(*action)
    verbs = [token for token in tokens if tree.tokens[token].tag.startswith("VB")]
    return verbs[0] if verbs and len(tokens) > 1 else head_of(tree, tokens)


def _has(sentence: Sentence, action: Range, subject: Range) -> bool:
    """Whether the words of ``subject`` do or have the action."""
    tree = sentence.tree
    assert tree is not None
    head = _action_head(sentence, action)
    goal = head_of(tree, sentence.tokens(*subject))
    if is_verb(tree, head) and children(tree, head, "dobj"):
        return False  # "the body heals the joint": here the joint is what counts
    if any(goal in inner_nouns(tree, bearer) for bearer in bearers(tree, head)):
        return True
    if action[1] == subject[0] and sentence.words[subject[0]].joined:  # "long-lasting relief"
        return not is_verb(tree, head)
    follows = subject[1] == action[0] and sentence.words[action[0]].joined  # "fatigue melts away"
    return follows and is_verb(tree, head) and not children(tree, head, *SUBJECTS)


def _beside(sentence: Sentence, action: Range, target: Range, head: int) -> bool:
    """Whether word order alone ties the two ("reduce knee pain", "pain relief"): the parse loses such fragments."""
    tree = sentence.tree
    assert tree is not None
    if target[1] <= action[0]:
        noun = tree.tokens[head].tag.startswith("NN") or tree.tokens[head].tag == "VBG"
        return target[1] == action[0] and sentence.words[action[0]].joined and noun
    if target[0] - action[1] > _FARTHEST:
        return False
    if not all(word.joined for word in sentence.words[action[1] : target[0] + 1]):
        return False
    between = _tokens_between(sentence, action[1], target[0])
    return all(
        tree.tokens[token].tag.startswith(_BETWEEN) or tree.tokens[token].text in ("-", "of") for token in between
    )


def _tokens_between(sentence: Sentence, start: int, end: int) -> Sequence[int]:
    if start >= end:
        return ()
    return sentence.tokens(start, end)
