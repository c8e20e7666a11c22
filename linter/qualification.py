"""Is a claim qualified, and how far does the qualifier reach?

The method is that of ConText (Harkema, Dowling, Thornblade and Chapman 2009, J Biomed Inform 42:839) with scopes from
the dependency parse instead of word windows: find cues; prune overlapping ones to the longest; let pseudo-cues ("not
only") block what they contain; set each scope, cut at terminators ("but", a clause with a subject of its own); bind a
cue to the claims whose head lies in its scope.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from linter.language import Tree, covering
from linter.model import Cue, Qualification, Span
from linter.patterns import Pattern
from linter.sentences import Sentence
from linter.syntax import SUBJECTS, ancestors, children, head_of, is_verb, subtree

Scope = Literal["modified", "predicate", "noun", "governed", "clause", "sentence", "paragraph"]
Effect = Literal["none", "weak", "adequate", "silent"]
SCOPES: tuple[Scope, ...] = ("modified", "predicate", "noun", "governed", "clause", "sentence", "paragraph")
EFFECTS: tuple[Effect, ...] = ("none", "weak", "adequate", "silent")

ADVERSATIVES = frozenset("but yet however although though whereas".split())
# Clauses that state their own fact: a hedge or a negation outside them says nothing about it.
ASSERTING_MARKS = frozenset("because since while although though as whereas so unlike".split())
OPEN_ENDINGS = frozenset(
    "to including include includes following follows are is that by with for can may might".split()
)


class CueRule(Struct, frozen=True, dict=True):
    """A kind of cue: its phrases, what it does to the claims in its scope, and how far that reaches.

    ``categories`` are the only ones that it bears on (empty: all); ``excluded`` those it does not;
    ``agents`` the kinds of agent that a reporting verb must have ("clinics claim"), ``blocks`` the kinds of block that
    it is looked for in.
    """

    kind: str
    effect: Effect
    scope: Scope
    patterns: tuple[Pattern, ...]
    categories: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()
    agents: frozenset[str] = frozenset()
    blocks: frozenset[str] = frozenset()

    @cached_property
    def numbers(self) -> frozenset[int]:
        """Those of its patterns."""
        return frozenset(pattern.number for pattern in self.patterns)

    def bears_on(self, category: str) -> bool:
        """Whether the cue has a say on claims of this category."""
        return category not in self.excluded and (not self.categories or category in self.categories)


class BoundCue(Struct, frozen=True):
    """A cue found in a sentence: its rule, its place, and the tokens of the sentence that it reaches."""

    rule: CueRule
    span: Span
    tokens: frozenset[int]
    reach: frozenset[int]

    def as_cue(self, sentence: Sentence) -> Cue:
        """The cue as it is reported, ``sentence`` being the one that it stands in."""
        scope = Span(0, len(sentence.text))
        if sentence.tree and self.reach:
            tokens = sentence.tree.tokens
            scope = Span(tokens[min(self.reach)].start, tokens[max(self.reach)].end)
        text = sentence.text[self.span.start : self.span.end]
        start = sentence.span.start
        span = Span(start + self.span.start, start + self.span.end)
        scope = Span(start + scope.start, start + scope.end)
        return Cue(text, self.rule.kind, self.rule.effect, span, scope, sentence.block)


# What is no word: a citation, a question mark, quotation marks around a few words.
CITATION = CueRule("citation", "adequate", "sentence", ())
QUESTION = CueRule("question", "silent", "sentence", ())
MENTION = CueRule("mention", "silent", "governed", ())
_MENTIONED = re.compile(r"[“\"][^“”\"]{2,40}[”\"]")


def cue_words(sentence: Sentence, rules: Sequence[CueRule], block_kind: str) -> list[tuple[int, int, CueRule]]:
    """The cues of a sentence as word ranges, overlapping ones pruned to the longest; no tree is needed."""
    found = [
        (start, end, rule)
        for rule in rules
        if not rule.blocks or block_kind in rule.blocks or (sentence.is_label and "label" in rule.blocks)
        if not rule.numbers.isdisjoint(sentence.scan.possible)
        for start, end in sentence.find_all(rule.patterns)
    ]
    kept: list[tuple[int, int, CueRule]] = []
    for start, end, rule in sorted(found, key=lambda item: item[0] - item[1]):
        if not any(_outdoes(other, start, end, rule) for other in kept):
            kept.append((start, end, rule))
    return sorted(kept, key=lambda item: item[:2])


def _outdoes(longer: tuple[int, int, CueRule], start: int, end: int, rule: CueRule) -> bool:
    """Whether a cue contains another; on the same words, cues that differ in what they do stand side by side."""
    if (longer[0], longer[1]) == (start, end):
        return replace(longer[2], patterns=()) == replace(rule, patterns=())
    return longer[0] <= start and end <= longer[1]


def find_cues(sentence: Sentence, rules: Sequence[CueRule], block_kind: str) -> tuple[BoundCue, ...]:
    """The cues of a parsed sentence with their scopes; a citation counts as one that reaches the whole sentence."""
    tree = sentence.tree
    assert tree is not None
    cues = [_bind(sentence, tree, start, end, rule) for start, end, rule in cue_words(sentence, rules, block_kind)]
    everything = frozenset(range(len(tree.tokens)))
    cues.extend(BoundCue(CITATION, span, frozenset(), everything) for span in sentence.citations)
    cues.extend(_mentions(sentence, tree))
    if sentence.is_mentioned:
        cues.append(BoundCue(MENTION, Span(0, len(sentence.text)), frozenset(), everything))
    if sentence.is_question:
        end = len(sentence.text)
        cues.append(BoundCue(QUESTION, Span(max(0, end - 1), end), frozenset(), everything))
    return tuple(cues)


def _mentions(sentence: Sentence, tree: Tree) -> Iterator[BoundCue]:
    """Words in quotation marks inside a sentence are spoken of, not said ("regrow cartilage")."""
    if sentence.is_quoted:
        return
    for match in _MENTIONED.finditer(sentence.text):
        if match.start() == 0 and match.end() >= len(sentence.text) - 1:
            continue
        reach = frozenset(covering(tree, *match.span()))
        yield BoundCue(MENTION, Span(*match.span()), frozenset(), reach)


def neighbouring_cues(sentence: Sentence, rules: Sequence[CueRule], block_kind: str) -> tuple[BoundCue, ...]:
    """The cues of a sentence, parsed or not, that also bear on the sentences right beside it in the paragraph."""
    nothing: frozenset[int] = frozenset()
    return tuple(
        BoundCue(rule, Span(sentence.words[start].start, sentence.words[end - 1].end), nothing, nothing)
        for start, end, rule in cue_words(sentence, [rule for rule in rules if rule.scope == "paragraph"], block_kind)
    )


def judge(
    category: str, head: int, own: frozenset[int], cues: Iterable[BoundCue], around: Iterable[BoundCue]
) -> tuple[Effect, tuple[BoundCue, ...]]:
    """The effect of all cues on a claim whose head is the token ``head`` and whose words are the tokens ``own``.

    ``around`` are cues outside the sentence that reach it (a lead-in, the sentence beside it). A negation among the
    claim's own words is part of the claim ("no side effects"); a hedge among them ("promising") hedges it.
    """
    bound: list[BoundCue] = []
    for cue in cues:
        inside = bool(cue.tokens) and cue.tokens <= own
        if not inside and not cue.rule.bears_on(category):
            continue
        if cue.rule.effect in ("silent", "none"):
            if head in cue.reach and not inside:
                bound.append(cue)
        elif inside or head in cue.reach:
            bound.append(cue)
    bound.extend(cue for cue in around if cue.rule.bears_on(category))
    for effect in ("silent", "adequate", "weak"):
        deciding = tuple(cue for cue in bound if cue.rule.effect == effect)
        if deciding:
            return effect, deciding
    return "none", tuple(cue for cue in bound if cue.rule.effect == "none")


def level(effect: Effect) -> Qualification:
    """The qualification that an effect other than ``silent`` amounts to."""
    if effect == "silent":
        raise ValueError("a silenced claim has no level")
    return effect


def completing_cues(lead_in: Sentence, cues: Iterable[BoundCue]) -> tuple[BoundCue, ...]:
    """The cues of a lead-in that reach the list under it: those whose scope the list items complete.

    "Potential benefits include:" is open, and hedges each item; "Several potential benefits make it an option:" is a
    whole sentence of its own.
    """
    tree = lead_in.tree
    assert tree is not None
    last = max((i for i, token in enumerate(tree.tokens) if token.dep != "punct" and token.text != ":"), default=0)
    root = next(i for i, token in enumerate(tree.tokens) if token.head == i)
    is_open = tree.tokens[last].text.lower() in OPEN_ENDINGS or is_verb(tree, last) or not is_verb(tree, root)
    if not is_open:  # "Be wary of lines like these:" says what the items are worth all the same
        return tuple(cue for cue in cues if cue.rule.effect == "silent" and last in cue.reach)
    return tuple(cue for cue in cues if last in cue.reach or root in cue.reach)


def _bind(sentence: Sentence, tree: Tree, start: int, end: int, rule: CueRule) -> BoundCue:
    tokens = sentence.tokens(start, end)
    span = Span(sentence.words[start].start, sentence.words[end - 1].end)
    head = head_of(tree, tokens)
    reach = frozenset(_reach(tree, head, rule))
    return BoundCue(rule, span, frozenset(tokens), reach)


def _reach(tree: Tree, head: int, rule: CueRule) -> set[int]:
    if rule.scope in ("sentence", "paragraph"):
        return set(range(len(tree.tokens)))
    anchor = head
    if rule.scope in ("modified", "predicate"):
        anchor = _modified(tree, head)
    elif rule.scope == "noun":
        if tree.tokens[head].dep == "intj":
            return {head}  # "No, it is painless" answers a question, and denies nothing that follows
        noun = _modified(tree, head)
        anchor = noun
        if tree.tokens[noun].dep in SUBJECTS:
            anchor = tree.tokens[noun].head
        elif tree.tokens[noun].dep == "pobj" and tree.tokens[tree.tokens[noun].head].dep == "prep":
            # "in none of the cases", "for no reason": the phrase stands for the clause only before its verb
            anchor = noun
    elif rule.scope == "clause":
        anchor = clause_head(tree, head)
    if rule.scope == "modified" and not is_verb(tree, anchor) and tree.tokens[anchor].dep in SUBJECTS:
        anchor = tree.tokens[anchor].head
    negative = rule.effect == "silent" and rule.scope in ("modified", "predicate", "noun")
    if rule.scope == "predicate":  # what is said of the subject, not the subject: "nine in ten never need surgery"
        subjects = {i for subject in children(tree, anchor, *SUBJECTS) for i in subtree(tree, subject)}
        return _cut_subtree(tree, anchor, negative, not is_verb(tree, anchor)) - subjects
    return _cut_subtree(tree, anchor, negative, not is_verb(tree, anchor))


def _modified(tree: Tree, head: int) -> int:
    """The word that a modifier (auxiliary, adverb, adjective, determiner, negation) belongs to."""
    token = tree.tokens[head]
    if token.dep in (
        "aux",
        "auxpass",
        "advmod",
        "neg",
        "amod",
        "det",
        "preconj",
        "npadvmod",
        "quantmod",
        "nummod",
        "predet",
        "mark",
        "cc",
        "compound",
        "acomp",
        "dep",
        "prt",
        "intj",
    ):
        return token.head
    return head


def clause_head(tree: Tree, index: int) -> int:
    """The verb (or predicate) of the smallest clause that a token stands in."""
    if is_verb(tree, index) and tree.tokens[index].dep not in ("aux", "auxpass"):
        return index
    for ancestor in ancestors(tree, index):
        if is_verb(tree, ancestor) or tree.tokens[ancestor].head == ancestor:
            return ancestor
    return index


def _cut_subtree(tree: Tree, anchor: int, negative: bool, nominal: bool) -> set[int]:
    """What depends on ``anchor``, cut at terminators; ``nominal`` where the anchor is no verb."""
    found = {anchor}
    todo = [anchor]
    while todo:
        current = todo.pop()
        for child in tree.children[current]:
            if not _terminates(tree, current, child, negative, nominal):
                found.add(child)
                todo.append(child)
    return found


def _terminates(tree: Tree, head: int, child: int, negative: bool, nominal: bool) -> bool:
    token = tree.tokens[child]
    if token.dep == "conj" and is_verb(tree, child):
        joiners = {tree.tokens[cc].text.lower() for cc in children(tree, head, "cc") if cc < child}
        own = bool(children(tree, child, *SUBJECTS, "aux", "auxpass"))
        first = tree.tokens[head].tag
        finite = token.tag in ("VBZ", "VBD") and is_verb(tree, head) and first not in (token.tag, "VBG")
        finite = finite or (negative and first == "VBN" and token.tag == "VBP")  # "have not found relief and want"
        return own or finite or bool(joiners & ADVERSATIVES)
    if (
        token.dep in ("conj", "appos", "dep")
        and negative
        and any(tree.tokens[child_of].text.lower() == "no" for child_of in children(tree, child, "det"))
    ):
        return True  # "no foam and no side effects": each has its own negation
    if token.dep == "conj":
        between = {tree.tokens[cc].text.lower() for cc in children(tree, head, "cc") if cc < child}
        return bool(between & ADVERSATIVES)
    if token.dep == "advcl":
        marks = {tree.tokens[mark].text.lower() for mark in children(tree, child, "mark", "advmod")}
        return bool(marks & ASSERTING_MARKS)
    if token.dep == "prep" and nominal:  # "a promising approach by repairing ...": the means are asserted
        return token.text.lower() == "by"
    if token.dep in ("parataxis", "ccomp") and child < head and negative and token.dep == "ccomp":
        # "It relieves pain, it does not cure it": the fronted clause stands on its own
        return not children(tree, child, "mark") and bool(children(tree, child, *SUBJECTS))
    return negative and token.dep == "relcl"
