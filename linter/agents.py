"""Whose effect is it? The agent of an action, resolved through the sentence, the label, the section and the page.

Subjects, by-phrases and instruments are read off the tree; what kind of agent the words name (the promoted treatment,
other care, the body, the disease, people) is decided by lexicons that the rulebook assigns to kinds. Pronouns resolve
to the agent that was last spoken of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from linter.language import Tree
from linter.model import Agent
from linter.scan import Range, Scan
from linter.sentences import Sentence
from linter.syntax import (
    SUBJECTS,
    ancestors,
    children,
    first_conjunct,
    is_verb,
    is_within,
    prepositional_objects,
    subtree,
)

UNKNOWN = "unknown"
# What no lexicon has, but is called by a name of its own: a product or a person.
NAMED = "named"
INSTRUMENTS = frozenset("with by through via using from after following under thanks during upon in".split())
# A pronoun that stands for something said before; "we" and "you" are lexicon matters.
ANAPHORS = frozenset("it they them this these those that such which both".split())
TEMPORAL = frozenset("after following during upon in".split())
_MEANS_OF_NOUNS = frozenset(("by", "with", "after", "following", "through", "via"))
RELATIVES = frozenset(("WDT", "WP"))
NAMES = frozenset(("NNP", "NNPS"))
# What people do with the thing that then has an effect: "we use a laser to ease pain", "people take it to sleep".
USING = frozenset(
    "use uses used using take takes took taking taken apply applies applied applying wear wears wore wearing "
    "choose chooses chose choosing chosen".split()
)
# Kinds that are no topics of their own (a disease, a study) are what a sentence is about only where they begin it.
_TOPIC_POSITION = 2
# Words before a name that keep it from being what the sentence is about ("Unlike surgery, ...").
ASIDES = frozenset("unlike like than versus vs besides for without instead beyond with from to of in as or and".split())


class AgentKind(Struct, frozen=True):
    """A kind of agent. ``transparent`` ones (people, the body) only pass an effect on: the cause is looked for beyond.

    ``topic`` ones are what a list item is about whose label or lead-in names them; what ``possessors`` own is theirs.
    """

    name: str
    lexicons: tuple[str, ...]
    transparent: bool = False
    possessors: frozenset[str] = frozenset()
    topic: bool = False
    left: tuple[str, ...] = ()


class Context(Struct, frozen=True):
    """What the sentences before, the label, the section and the page say about who acts.

    ``antecedent`` is what a first pronoun stands for, ``default`` is meant where nobody is named.
    """

    antecedent: Agent
    default: Agent


class AgentResolver:
    """Resolves agents with the kinds of a rulebook, which are ordered: the first of equally long names wins."""

    def __init__(self, kinds: Sequence[AgentKind]) -> None:
        self.kinds = {kind.name: kind for kind in kinds}
        self._possessors = {word: kind.name for kind in kinds for word in kind.possessors}
        self._naming: dict[str, list[tuple[int, AgentKind]]] = {}
        for rank, (lexicon, named) in enumerate((lexicon, kind) for kind in kinds for lexicon in kind.lexicons):
            self._naming.setdefault(lexicon, []).append((rank, named))
        self._told: tuple[Scan | None, Sequence[tuple[AgentKind, Range]]] = (None, ())

    def mentions(self, sentence: Sentence) -> Sequence[tuple[AgentKind, Range]]:
        """Where agents are named, as ranges of words: those of the first kind first, each from left to right."""
        scan, told = self._told
        if scan is not sentence.scan:
            naming = self._naming
            ranked = sorted(
                (rank, words, kind)
                for lexicon in sentence.scan.hits
                for rank, kind in naming.get(lexicon, ())
                for words in sentence.scan.ranges(lexicon)
            )
            told = [(kind, words) for _, words, kind in ranked]
            self._told = sentence.scan, told
        return told

    def resolve(self, sentence: Sentence, action: int, context: Context, own: frozenset[int] = frozenset()) -> Agent:
        """The agent of the token ``action``: the first that is named and not transparent, going outwards.

        ``own`` are the tokens of the match, among which it is not looked for.
        """
        passed: Agent | None = None
        for agent in self._agents(sentence, action, context, own):
            if agent.kind in self.kinds and self.kinds[agent.kind].transparent:
                passed = passed or agent
            else:
                return agent
        if passed is not None and passed.kind != "people":
            return passed
        return context.default

    def speaker(self, sentence: Sentence, verb: int, context: Context) -> Agent:
        """Who says what the token ``verb`` tells of: unlike an effect, words are nobody's but the nearest agent's."""
        return next(self._agents(sentence, verb, context), context.default)

    def _agents(
        self, sentence: Sentence, action: int, context: Context, own: frozenset[int] = frozenset()
    ) -> Iterator[Agent]:
        """Those that may be the agent of a token, the most likely first."""
        assert sentence.tree is not None
        for noun, is_means in _candidates(sentence.tree, action):
            if noun in own:
                continue
            agent = self.classify(sentence, noun, context)
            # "struggling with pain", "relief within weeks": no means to the effect
            if not is_means or (agent.kind in self.kinds and self.kinds[agent.kind].topic):
                yield agent

    def classify(self, sentence: Sentence, noun: int, context: Context) -> Agent:
        """What kind of agent the noun phrase headed by ``noun`` names."""
        tree = sentence.tree
        assert tree is not None
        token = tree.tokens[noun]
        if token.tag == "VBG" or (is_verb(tree, noun) and token.dep in ("pcomp", "csubj")):
            inner = children(tree, noun, "dobj") or prepositional_objects(tree, noun, INSTRUMENTS)
            if inner:
                return self.classify(sentence, inner[0], context)
        text = _phrase_text(sentence, noun)
        owner = self._owner(tree, noun)
        named = self._named(sentence, {noun})
        if named and self.kinds[named].transparent:
            return Agent(text, named)
        if owner:
            return Agent(text, owner)
        if named:
            return Agent(text, named)
        if token.text.lower() in ANAPHORS:
            # "It is not a steroid, and it ...": the same pronoun goes on meaning what it meant first
            first = next(other for other in tree.tokens if other.text.lower() == token.text.lower())
            return self.last_named(sentence, first.start) or context.antecedent
        for inner_noun in prepositional_objects(tree, noun, frozenset(("of",))):
            agent = self.classify(sentence, inner_noun, context)
            if agent.kind != UNKNOWN:
                return agent
        return Agent(text, self._kind_of_modifiers(sentence, noun) or (NAMED if token.tag in NAMES else UNKNOWN))

    def _kind_of_modifiers(self, sentence: Sentence, noun: int) -> str:
        """The kind that the words before a noun lend it: they make it some treatment, but no person and no disease."""
        assert sentence.tree is not None
        kind = self._named(sentence, set(children(sentence.tree, noun, "compound", "amod", "nmod", "poss")))
        return kind if kind and self.kinds[kind].topic else ""

    def last_named(self, sentence: Sentence, before: int | None = None) -> Agent | None:
        """The agent that a sentence is about, by its words alone: the first non-transparent one before an offset."""
        best: tuple[bool, int, int, int] | None = None
        mentions = self.mentions(sentence)
        for rank, (kind, (start, end)) in enumerate(mentions):
            if kind.transparent or (start >= _TOPIC_POSITION and not kind.topic):
                continue
            if before is not None and sentence.words[end - 1].end > before:
                continue
            key = (_is_by_the_way(sentence, start, kind), start, -end, rank)
            best = min(best, key) if best else key
        if best is None:
            return None
        aside, start, negative_end, rank = best
        kind, _ = mentions[rank]
        if aside and kind.left:
            return None
        first, last = sentence.words[start], sentence.words[-negative_end - 1]
        return Agent(sentence.text[first.start : last.end], kind.name)

    def _owner(self, tree: Tree, noun: int) -> str:
        for child in children(tree, noun, "poss"):
            kind = self._possessors.get(tree.tokens[child].text.lower())
            if kind:
                return kind
        return ""

    def _named(self, sentence: Sentence, nouns: set[int]) -> str:
        """The kind of the longest agent name that covers one of ``nouns``."""
        best = ""
        length = 0
        for kind, (start, end) in self.mentions(sentence):
            if end - start > length and nouns.intersection(sentence.tokens(start, end)):
                best, length = kind.name, end - start
        return best


def _candidates(tree: Tree, action: int) -> Iterator[tuple[int, bool]]:
    """The nouns that may be the agent of ``action`` and whether they are named as its means ("with X").

    The most likely come first: from the action outwards through the clauses.
    """
    yield from _beside(tree, action)
    current = action
    label = ""
    for head in (None, *ancestors(tree, action)):
        if head is not None:
            label = tree.tokens[current].dep
            yield from ((noun, False) for noun in _at_boundary(tree, current, head, label))
            if label == "relcl" and not _is_object_relative(tree, current) and not _is_aside(tree, current):
                return
            current = head
        if is_verb(tree, current) or children(tree, current, *SUBJECTS):
            means = label != "conj"  # what is done by means of something says nothing of how the next thing is done
            yield from (
                (noun, is_means) for noun, is_means in _of_clause(tree, current, action) if means or not is_means
            )


def _beside(tree: Tree, action: int) -> Iterator[tuple[int, bool]]:
    """Agents of a noun or participle within its own phrase: possessors, by-phrases, "relief with X"."""
    if not is_verb(tree, action):
        yield from ((child, False) for child in children(tree, action, "poss"))
        yield from ((noun, True) for noun in prepositional_objects(tree, action, _MEANS_OF_NOUNS))
        for clause in children(tree, action, "relcl"):  # "the relief they offer"
            if _is_object_relative(tree, clause):
                yield from ((noun, False) for noun in children(tree, clause, *SUBJECTS))
    for by_phrase in children(tree, action, "agent"):
        yield from ((noun, False) for noun in children(tree, by_phrase, "pobj", "pcomp"))


def _at_boundary(tree: Tree, current: int, head: int, label: str) -> Iterator[int]:
    """The noun that a dependent clause hangs on, when it is what acts ("cells that heal", "exercises to ease pain")."""
    token = tree.tokens[current]
    if label in ("acl", "relcl") and not is_verb(tree, head):
        passive = bool(children(tree, current, "nsubjpass", "auxpass"))
        if label == "acl" and token.tag in ("VB", "VBG", "VBP") and not _is_predicate(tree, head):
            yield head
        elif label == "relcl" and not passive and not _is_object_relative(tree, current):
            yield first_conjunct(tree, head)
    if token.tag == "VB" and label in ("advcl", "xcomp"):
        yield from _controlling(tree, head, label)
    if label == "advcl" and token.tag == "VB":  # purpose: "performed under anaesthesia to ease discomfort"
        before = [child for child in children(tree, head, "prep", "agent") if child < current]
        if before:
            yield from children(tree, before[-1], "pobj")
    if label == "pcomp" or (label == "pobj" and tree.tokens[head].dep == "prep"):
        carrier = tree.tokens[head].head
        if not is_verb(tree, carrier) and label == "pcomp" and not _is_predicate(tree, carrier):
            yield carrier


def _controlling(tree: Tree, verb: int, label: str) -> Iterator[int]:
    """The object of a verb that then acts: "use it to ease pain"; of others only what is named ("found the gel to be
    safer", but "tell it to heal"), and not in a clause of purpose."""
    is_used = tree.tokens[verb].text.lower() in USING
    for noun in children(tree, verb, "dobj"):
        if is_used or (label == "xcomp" and tree.tokens[noun].tag != "PRP"):
            yield noun


def _of_clause(tree: Tree, verb: int, action: int) -> Iterator[tuple[int, bool]]:
    subjects = children(tree, verb, *SUBJECTS)
    passive = bool(children(tree, verb, "nsubjpass", "auxpass"))
    undergoing = []
    for subject in sorted(subjects, key=lambda index: abs(verb - index)):  # of two, a fronted clause has lost one
        if is_within(tree, action, subject, frozenset(("relcl",))) or tree.tokens[subject].tag in ("EX",):
            continue
        if tree.tokens[subject].tag in RELATIVES:
            continue
        if passive and verb == action and tree.tokens[subject].dep == "nsubjpass":
            undergoing.append(subject)
        else:
            yield subject, False
    # "Eases stiffness after exercise": the subject left out is the product; the time says nothing of the means.
    elliptical = not subjects and not passive and is_verb(tree, verb) and tree.tokens[verb].tag != "VBG"
    for noun in prepositional_objects(tree, verb, INSTRUMENTS - TEMPORAL if elliptical else INSTRUMENTS):
        if verb == action or not is_within(tree, noun, action):
            yield noun, True
    for clause in children(tree, verb, "advcl"):  # "using laser light, we ..."
        if tree.tokens[clause].text.lower() in ("using", "combining", "introducing"):
            yield from ((noun, True) for noun in children(tree, clause, "dobj"))
    yield from ((noun, True) for noun in undergoing)  # "statins are well tolerated": it is still they that are safe


def _is_predicate(tree: Tree, noun: int) -> bool:
    """Whether a noun only says what the subject is ("it is a standard option for easing pain")."""
    token = tree.tokens[noun]
    return token.dep == "attr" or (token.dep == "pobj" and tree.tokens[token.head].text.lower() == "as")


def _is_aside(tree: Tree, verb: int) -> bool:
    """Whether a relative clause stands behind a comma: it may then be about all that was said before it."""
    first = min(subtree(tree, verb))
    return tree.tokens[first].text == "," or (first > 0 and tree.tokens[first - 1].text == ",")


def _is_object_relative(tree: Tree, verb: int) -> bool:
    """Whether a relative clause has a subject of its own ("the relief you feel")."""
    return any(tree.tokens[child].tag not in RELATIVES for child in children(tree, verb, *SUBJECTS))


def _phrase_text(sentence: Sentence, noun: int) -> str:
    """The words of a noun phrase, without clauses that hang on it."""
    tree = sentence.tree
    assert tree is not None
    inside = subtree(tree, noun, frozenset(("relcl", "acl", "advcl", "conj", "cc", "punct", "ccomp", "appos")))
    run = {noun}
    for step in (-1, 1):  # the unbroken run around the head
        current = noun + step
        while current in inside or (0 <= current < len(tree.tokens) and tree.tokens[current].text == "-"):
            run.add(current)
            current += step
    return sentence.text[tree.tokens[min(run)].start : tree.tokens[max(run)].end]


def _is_by_the_way(sentence: Sentence, start: int, kind: AgentKind) -> bool:
    """Whether an agent is named by the way ("unlike surgery"), or as what is left behind ("avoid surgery")."""
    if start and sentence.words[start - 1].form in ASIDES:
        return True
    return any(end == start for lexicon in kind.left for _, end in sentence.scan.all_ranges(lexicon))
