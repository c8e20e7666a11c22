"""The sections of rule files that say how a page is read: roles of headings, stance, what pronouns stand for, who is
quoted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from linter.anaphora import Pronouns
from linter.packshapes import NEUTRAL, PRONOUNS, SECTION_ROLE, SPEAKERS, STANCE
from linter.phrasefiles import PhraseReader
from linter.quotations import Speakers
from linter.rulebook import SectionRole
from linter.stance import Neutral, Stance
from linter.yamlfile import Node


class PageReader:
    """Reads these sections, with the lexicons of ``phrases``; ``categories`` and ``agents`` are the known names."""

    def __init__(self, phrases: PhraseReader, categories: Iterable[str], agents: Iterable[str]) -> None:
        self._phrases, self._categories, self._agents = phrases, tuple(categories), tuple(agents)

    def section_role(self, node: Node) -> SectionRole:
        """What one kind of heading says about the text under it."""
        entry = node.fields(SECTION_ROLE)
        return SectionRole(
            entry["role"].text() if "role" in entry else "",
            self._phrases.patterns(entry, "headings"),
            entry["agent"].choice(self._agents) if "agent" in entry else "",
            _names(entry, "silences", (*self._categories, "all")),
            "quotes" in entry and entry["quotes"].boolean(),
        )

    def stance(self, nodes: list[Node]) -> Stance:
        """When a page informs, and when it promotes nothing."""
        if not _is_one(nodes, "stance"):
            return Stance()
        entry = nodes[0].fields(STANCE)
        return Stance(
            self._phrases.patterns(entry, "limits"),
            self._phrases.patterns(entry, "sales"),
            self._phrases.patterns(entry, "invitations"),
            self._phrases.patterns(entry, "furniture"),
            entry["least"].integer() if "least" in entry else 1,
            entry["ratio"].decimal() if "ratio" in entry else 1.0,
            entry["strays"].integer() if "strays" in entry else 0,
            entry["outweighs"].decimal() if "outweighs" in entry else 1.0,
            self._phrases.patterns(entry, "declared"),
            _words(entry, "addressing"),
            self._neutral(entry["neutral"]) if "neutral" in entry else None,
        )

    def pronouns(self, nodes: list[Node]) -> Pronouns:
        """Which words stand for what, behind what."""
        if not _is_one(nodes, "pronouns"):
            return Pronouns()
        entry = nodes[0].fields(PRONOUNS)
        lexicons = self._phrases.lexicon_names
        return Pronouns(_words(entry, "words"), lexicons(entry, "after"), lexicons(entry, "meant"))

    def speakers(self, nodes: list[Node]) -> Speakers:
        """By which titles and offices those are known who are quoted and are no customers."""
        if not _is_one(nodes, "speakers"):
            return Speakers()
        entry = nodes[0].fields(SPEAKERS)
        return Speakers(*(_words(entry, key) for key in ("titles", "offices", "suffixes", "insiders")))

    def _neutral(self, node: Node) -> Neutral:
        entry = node.fields(NEUTRAL)
        return Neutral(
            entry["least"].integer() if "least" in entry else 1,
            entry["ratio"].decimal() if "ratio" in entry else 1.0,
            _share(entry, "claims"),
            _share(entry, "most"),
            _share(entry, "topic"),
            self._phrases.lexicon_names(entry, "general"),
            _share(entry, "voice"),
            _names(entry, "praise", self._categories),
            _words(entry, "voices"),
        )


def _is_one(nodes: list[Node], section: str) -> bool:
    """Whether there is such a section; a second one is a problem."""
    for extra in nodes[1:]:
        extra.problem(f"there are two “{section}” sections; the other stands at {nodes[0].path}:{nodes[0].line}")
    return bool(nodes)


def _share(entry: Mapping[str, Node], key: str) -> float:
    return entry[key].decimal() if key in entry else 0.0


def _words(entry: Mapping[str, Node], key: str) -> frozenset[str]:
    return frozenset(node.text() for node in entry[key].items()) if key in entry else frozenset()


def _names(entry: Mapping[str, Node], key: str, known: Iterable[str]) -> frozenset[str]:
    if key not in entry:
        return frozenset()
    return frozenset(name for node in entry[key].one_or_more() if (name := node.choice(known)))
