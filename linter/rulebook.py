"""A rulebook: rules, disclosures, cues, agents, sections and lexicons, validated and compiled; data only."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct

from linter.agents import AgentKind
from linter.anaphora import Pronouns
from linter.lexicon import Vocabulary
from linter.model import CaveatError, DisclosureStatus, Qualification, Severity
from linter.patterns import Pattern
from linter.placement import Placement
from linter.profiles import Profile
from linter.qualification import CueRule
from linter.quotations import Speakers
from linter.stance import Stance

UNNAMED_AGENT = "the treatment"
"""Whose effect it is, in a message, where the text names nobody."""

DISCLOSURE = "disclosure"
"""The category of every disclosure."""


class Frame(Struct, frozen=True):
    """An action and what undergoes it (``target``), or what does or has it (``subject``); one of the two is set."""

    action: Pattern
    target: Pattern | None = None
    subject: Pattern | None = None

    @property
    def patterns(self) -> tuple[Pattern, ...]:
        """Its parts."""
        return tuple(part for part in (self.action, self.target, self.subject) if part is not None)


class Example(Struct, frozen=True):
    """A text that a rule must flag (at ``qualification``) or pass."""

    text: str
    flag: bool
    qualification: Qualification | None = None
    line: int = 0


class Rule(Struct, frozen=True):
    """A claim rule. ``agents`` are the kinds of agent whose effect makes the claim; ``unless`` phrases that overlap a
    match cancel it; of ``needs``, if there are any, one must stand in the same sentence, of ``question`` one in a
    question right before it, and of ``followed`` one in the sentence right behind it; ``blocks``, if there are any, are
    the only kinds of block that it looks at. With ``lead_in``, it looks at list items and cells only that one of these
    leads in to, and with ``against``, only in a table with one of these at the head of another column."""

    id: str
    category: str
    severity: Severity
    message: str
    suggestion: str
    why: str
    authority: tuple[str, ...]
    phrases: tuple[Pattern, ...]
    frames: tuple[Frame, ...]
    agents: frozenset[str]
    unless: tuple[Pattern, ...]
    needs: tuple[Pattern, ...]
    question: tuple[Pattern, ...]
    followed: tuple[Pattern, ...]
    lead_in: tuple[Pattern, ...]
    against: tuple[Pattern, ...]
    blocks: frozenset[str]
    examples: tuple[Example, ...]
    path: str
    line: int

    @property
    def takes_all(self) -> bool:
        """Whether it asks for no words: what it is led in to is a claim as a whole, unless it makes another one."""
        return bool(self.lead_in) and not self.phrases and not self.frames


class Disclosure(Struct, frozen=True):
    """A disclosure: what makes it due, what satisfies it, what only points that way, and what is mistaken for it.

    It is due where a claim of ``categories`` is made and, if there are ``mentions``, one of them occurs in the text.
    ``decoys`` cancel the matches that they overlap. ``count`` different matches of ``present`` are needed, and have to
    stand at one of the places of ``placement``.
    """

    id: str
    title: str
    severity: Severity
    message: str
    suggestion: str
    authority: tuple[str, ...]
    categories: frozenset[str]
    mentions: tuple[Pattern, ...]
    present: tuple[Pattern, ...]
    partial: tuple[Pattern, ...]
    decoys: tuple[Pattern, ...]
    count: int
    cited_source: bool
    placement: tuple[Placement, ...]
    examples: tuple[tuple[DisclosureStatus, str, int], ...]
    path: str
    line: int

    @property
    def rule(self) -> str:
        """What its findings call it."""
        return f"{DISCLOSURE}/{self.id}"


class SectionRole(Struct, frozen=True):
    """What a heading tells about the text under it: who is meant where no agent is named, which claims it silences.

    Where it ``quotes``, the text is read as if it stood in quotation marks.
    """

    role: str
    headings: tuple[Pattern, ...]
    agent: str
    silences: frozenset[str]
    quotes: bool = False


class Authority(Struct, frozen=True):
    """A provision: its citation, kind and jurisdiction, how it was read, and what it asks in our own words."""

    id: str
    citation: str
    kind: str
    jurisdiction: str
    read: str
    as_of: str
    paraphrase: str


class Remark(Struct, frozen=True):
    """Something about a place in a rule file."""

    message: str
    path: str
    line: int


class Rulebook(Struct, frozen=True, dict=True):
    """Everything that a check needs to know.

    ``default_agent`` is the kind that is meant where nobody is named, ``excluding_agents`` are those whose effect is no
    claim; ``actions`` are calls to action; ``digest`` identifies the text that the rulebook was read from; ``unused``
    says of what there is no use.
    """

    categories: Mapping[str, str]
    rules: tuple[Rule, ...]
    disclosures: tuple[Disclosure, ...]
    cues: tuple[CueRule, ...]
    agents: tuple[AgentKind, ...]
    sections: tuple[SectionRole, ...]
    stance: Stance
    pronouns: Pronouns
    speakers: Speakers
    actions: tuple[Pattern, ...]
    authorities: Mapping[str, Authority]
    profiles: Mapping[str, Profile]
    vocabulary: Vocabulary
    default_agent: str
    excluding_agents: frozenset[str]
    digest: str
    unused: tuple[Remark, ...] = ()

    @cached_property
    def targets(self) -> frozenset[str]:
        """What settings and waivers may name: categories, rules, disclosures."""
        claims = {name for rule in self.rules for name in (rule.category, rule.id)}
        return frozenset(claims | {DISCLOSURE} | {item.rule for item in self.disclosures})

    def applying(self, profile: Profile) -> frozenset[str]:
        """Those of the targets that can be reported under a profile."""
        found: set[str] = set()
        for rule in self.rules:
            if profile.severity(rule.id, rule.category, rule.severity, "none") is not None:
                found |= {rule.id, rule.category}
        for item in self.disclosures:
            if profile.disclosure_severity(item.id, item.severity) is not None:
                found |= {item.rule, DISCLOSURE}
        return frozenset(found)

    def profile(self, name: str) -> Profile:
        """The profile of this name; raise CaveatError if there is none."""
        if name not in self.profiles:
            known = ", ".join(sorted(self.profiles)) or "none"
            raise CaveatError(f"there is no profile “{name}”; expected one of {known}")
        return self.profiles[name]

    @cached_property
    def by_id(self) -> Mapping[str, Rule]:
        """The rules by their id."""
        return {rule.id: rule for rule in self.rules}


def summary(rule: Rule | Disclosure) -> str:
    """What a rule says of no words in particular."""
    return rule.message.format(text="…", agent=UNNAMED_AGENT)
