"""YAML text -> a validated rulebook. All mistakes of a pack are told at once, each with file, line and column.

A pack is any number of files; each is a mapping with one or more of the sections named in ``SECTIONS``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from string import Formatter
from typing import TypeVar

from linter.agents import NAMED, UNKNOWN, AgentKind
from linter.examplefiles import read_examples, read_status_examples
from linter.expectation import Expectation
from linter.model import SEVERITIES, RuleError, Severity
from linter.packshapes import AGENT, AUTHORITY, BLOCK_KINDS, CUE, DISCLOSURE, FRAME, PACK, RULE, SECTIONS
from linter.pagefiles import PageReader
from linter.phrasefiles import PhraseReader
from linter.placement import PLACEMENTS
from linter.profilefiles import read_profiles
from linter.qualification import EFFECTS, SCOPES, CueRule
from linter.rulebook import Authority, Disclosure, Frame, Remark, Rule, Rulebook
from linter.words import split_words
from linter.yamlfile import Node, Problems, load, unique

_Defined = TypeVar("_Defined", Rule, Disclosure)


def read_rulebook(files: Mapping[str, str]) -> Rulebook:
    """Compile the files of one or more packs (path -> text); raise RuleError with all that is wrong.

    Of two things that have one name, the one in the later file is wrong.
    """
    return _Compiler(files).rulebook()


class _Compiler:
    def __init__(self, files: Mapping[str, str]) -> None:
        self.problems = Problems()
        self.digest = hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest()[:16]
        self.sections: dict[str, list[Node]] = {name: [] for name in SECTIONS}
        for path, text in files.items():
            top = load(text, path, self.problems)
            if top is not None:
                for name, node in top.fields(PACK).items():
                    self.sections[name].append(node)
        self.phrases = PhraseReader(self._named("lexicons"))
        self.categories: dict[str, str] = {}
        self.authorities: dict[str, Authority] = {}
        self.cited: set[str] = set()
        self.agent_kinds: dict[str, AgentKind] = {}
        self.claiming: set[str] = {UNKNOWN, NAMED}
        self.default_agent = ""

    def rulebook(self) -> Rulebook:
        self._read_categories()
        self._read_authorities()
        self._read_agents()
        pages = PageReader(self.phrases, self.categories, self.agent_kinds)
        sections = tuple(pages.section_role(node) for node in self._entries("sections"))
        stance, pronouns = pages.stance(self.sections["stance"]), pages.pronouns(self.sections["pronouns"])
        speakers = pages.speakers(self.sections["speakers"])
        cues = tuple(self._cue(node) for node in self._entries("cues"))
        rules = self._unique("rules", [self._rule(node) for node in self._entries("rules")])
        disclosures = self._unique("disclosures", [self._disclosure(node) for node in self._entries("disclosures")])
        actions = tuple(p for node in self._entries("actions") if (p := self.phrases.pattern(node)) is not None)
        profiles = read_profiles(self._named("profiles"), rules, disclosures, self.authorities.values())
        if self.problems.found:
            raise RuleError(tuple(sorted(self.problems.found, key=lambda p: (p.path, p.line, p.column))))
        vocabulary = self.phrases.vocabulary
        examples = (example.text for rule in rules for example in rule.examples)
        expectation = Expectation([vocabulary.scan(split_words(text)) for text in examples])
        return Rulebook(
            self.categories,
            rules,
            disclosures,
            cues,
            tuple(self.agent_kinds.values()),
            sections,
            stance,
            pronouns,
            speakers,
            actions,
            self.authorities,
            profiles,
            vocabulary.indexed(self.phrases.found, expectation),
            self.default_agent,
            frozenset(self.agent_kinds) - self.claiming,
            self.digest,
            tuple(self._unused(rules)),
        )

    def _entries(self, section: str) -> Iterable[Node]:
        for node in self.sections[section]:
            yield from node.items()

    def _named(self, section: str) -> Iterable[tuple[str, Node]]:
        return unique(section, (item for node in self.sections[section] for item in node.mapping().items()))

    def _unique(self, section: str, entries: list[_Defined]) -> tuple[_Defined, ...]:
        first: dict[str, _Defined] = {}
        for entry in entries:
            other = first.setdefault(entry.id, entry)
            if entry.id and other is not entry:
                message = f"there are two {section} “{entry.id}”; the other stands at {other.path}:{other.line}"
                self.problems.add(message, entry.path, entry.line)
        return tuple(entries)

    def _unused(self, rules: Iterable[Rule]) -> Iterable[Remark]:
        """What stands in the pack and has no use in it."""
        for name, node in self.phrases.unused():
            yield Remark(f"nothing uses the lexicon “{name}”", node.path, node.line)
        for name, node in self._named("authorities"):
            if name not in self.cited:
                yield Remark(f"nothing cites the authority “{name}”", node.path, node.line)
        had = {rule.category for rule in rules}
        for name, node in self._named("categories"):
            if name not in had:
                yield Remark(f"no rule has the category “{name}”", node.path, node.line)

    def _read_categories(self) -> None:
        for name, node in self._named("categories"):
            self.categories[name] = node.text()

    def _read_authorities(self) -> None:
        for name, node in self._named("authorities"):
            entry = node.fields(AUTHORITY)
            if len(entry) == len(AUTHORITY.fields):
                self.authorities[name] = Authority(
                    name,
                    entry["citation"].text(),
                    entry["kind"].choice(),
                    entry["jurisdiction"].text(),
                    entry["read"].choice(),
                    entry["as_of"].text(),
                    entry["paraphrase"].text(),
                )

    def _read_agents(self) -> None:
        for node in self._entries("agents"):
            entry = node.fields(AGENT)
            name = entry["kind"].text() if "kind" in entry else ""
            if name and name in self.agent_kinds:
                node.problem(f"there are two kinds of agent “{name}”")
            lexicons = self.phrases.lexicon_names(entry, "names")
            owners = frozenset(owner.text() for owner in entry["owners"].items()) if "owners" in entry else frozenset()
            transparent = "transparent" in entry and entry["transparent"].boolean()
            topic = "topic" in entry and entry["topic"].boolean()
            self.agent_kinds[name] = AgentKind(
                name, lexicons, transparent, owners, topic, self.phrases.lexicon_names(entry, "left")
            )
            if "claims" in entry and entry["claims"].boolean():
                self.claiming.add(name)
            if "default" in entry and entry["default"].boolean():
                self.default_agent = name

    def _names(self, entry: Mapping[str, Node], key: str, known: Iterable[str]) -> frozenset[str]:
        if key not in entry:
            return frozenset()
        return frozenset(name for node in entry[key].one_or_more() if (name := node.choice(known)))

    def _agent_names(self, entry: Mapping[str, Node], key: str) -> frozenset[str]:
        return self._names(entry, key, (*self.agent_kinds, UNKNOWN, NAMED, "any"))

    def _cue(self, node: Node) -> CueRule:
        entry = node.fields(CUE)
        effect = entry["effect"].choice() if "effect" in entry else ""
        scope = entry["scope"].choice() if "scope" in entry else ""
        return CueRule(
            entry["kind"].text() if "kind" in entry else "",
            next((known for known in EFFECTS if known == effect), "none"),
            next((known for known in SCOPES if known == scope), "modified"),
            self.phrases.patterns(entry, "phrases"),
            self._names(entry, "categories", self.categories),
            self._names(entry, "excluded", self.categories),
            self._agent_names(entry, "agents"),
            self._names(entry, "blocks", BLOCK_KINDS),
        )

    def _severity(self, entry: Mapping[str, Node]) -> Severity:
        chosen = entry["severity"].choice() if "severity" in entry else ""
        return next((known for known in SEVERITIES if known == chosen), "warning")

    def _message(self, entry: Mapping[str, Node], fields: Iterable[str]) -> str:
        """A message, whose only fields in braces are ``fields``."""
        message = self._text(entry, "message")
        try:
            used = {name for _, name, _, _ in Formatter().parse(message) if name is not None}
        except ValueError as error:
            entry["message"].problem(f"“message” cannot be filled in: {error}")
            return ""
        for name in sorted(used.difference(fields)):
            expected = " or ".join(f"{{{field}}}" for field in fields)
            entry["message"].problem(f"“message” has the unknown field {{{name}}}; expected {expected}")
        return message

    def _text(self, entry: Mapping[str, Node], key: str) -> str:
        return " ".join(entry[key].text().split()) if key in entry else ""

    def _rule(self, node: Node) -> Rule:
        entry = node.fields(RULE)
        phrases = self.phrases.patterns(entry, "phrases")
        frames = (
            tuple(frame for item in entry["frames"].one_or_more() if (frame := self._frame(item)))
            if "frames" in entry
            else ()
        )
        if not any(entry[key].one_or_more() for key in ("phrases", "frames", "lead_in", "blocks") if key in entry):
            node.problem("a rule has neither “phrases” nor “frames”, “lead_in” or “blocks”; it would match anything")
        agents = self._agent_names(entry, "agents")
        if "any" in agents:
            agents = frozenset()
        elif "agents" not in entry:
            agents = frozenset(self.claiming)
        return Rule(
            self._text(entry, "id"),
            entry["category"].choice(self.categories) if "category" in entry else "",
            self._severity(entry),
            self._message(entry, ("text", "agent")),
            self._text(entry, "suggestion"),
            self._text(entry, "why"),
            self._authority(entry),
            phrases,
            frames,
            agents,
            self.phrases.patterns(entry, "unless"),
            self.phrases.patterns(entry, "needs"),
            self.phrases.patterns(entry, "question"),
            self.phrases.patterns(entry, "followed"),
            self.phrases.patterns(entry, "lead_in"),
            self.phrases.patterns(entry, "against"),
            self._names(entry, "blocks", BLOCK_KINDS),
            read_examples(entry),
            node.path,
            node.line,
        )

    def _frame(self, node: Node) -> Frame | None:
        entry = node.fields(FRAME)
        if not entry:
            return None
        if ("target" in entry) == ("subject" in entry):
            node.problem(
                "a frame has an action and either a target (what undergoes it) or a subject (what does or has it)"
            )
            return None
        parts = {key: self.phrases.pattern(value) for key, value in entry.items()}
        action = parts.get("action")
        return Frame(action, parts.get("target"), parts.get("subject")) if action else None

    def _authority(self, entry: Mapping[str, Node]) -> tuple[str, ...]:
        if "authority" not in entry:
            return ()
        names = [name for node in entry["authority"].one_or_more() if (name := node.choice(self.authorities))]
        self.cited.update(names)
        return tuple(names)

    def _disclosure(self, node: Node) -> Disclosure:
        entry = node.fields(DISCLOSURE)
        places = self._names(entry, "placement", PLACEMENTS)
        return Disclosure(
            self._text(entry, "id"),
            self._text(entry, "title"),
            self._severity(entry),
            self._message(entry, ("text",)),
            self._text(entry, "suggestion"),
            self._authority(entry),
            self._names(entry, "categories", self.categories),
            self.phrases.patterns(entry, "mentions"),
            self.phrases.patterns(entry, "present"),
            self.phrases.patterns(entry, "partial"),
            self.phrases.patterns(entry, "decoys"),
            entry["count"].integer() if "count" in entry else 1,
            "cited_source" in entry and entry["cited_source"].boolean(),
            tuple(place for place in PLACEMENTS if place in places) or ("anywhere",),
            read_status_examples(entry),
            node.path,
            node.line,
        )
