"""``evidence.yml`` to the entries of a register. All mistakes are told at once.

Whether the rules know the names in it is for ``config.check_names`` to say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from linter.config import Named, Place
from linter.configfiles import read_globs, read_phrase
from linter.model import RuleError
from linter.patterns import Pattern
from linter.phrases import parse
from linter.rulebook import DISCLOSURE
from linter.shapes import Date, Fields, Listed, Text
from linter.suppression.evidence import Entry
from linter.yamlfile import Node, Problems, load, unique

ENTRY = Fields(
    {
        "id": Text("What the entry is called."),
        "words": Listed(Text(), True, "The words of the claim, as phrases; each word in all its forms."),
        "rules": Listed(Text(), True, "The rules or categories that it is about; without it, all."),
        "source": Listed(Text(), True, "doi:10.…, pmid:…, an https:// address, or a file beside the register."),
        "approved-by": Text("Who approved the claim."),
        "from": Date("The first day on which it may be made."),
        "until": Date("The last day on which it may be made."),
        "files": Listed(Text(), True, "Globs, as in .gitignore, of the files that may make it; without it, all."),
        "profiles": Listed(Text(), True, "The profiles under which it may be made; without it, all."),
        "qualifier": Listed(Text(), True, "Phrases, of which one has to stand in the same sentence."),
        "disclosures": Listed(Text(), True, "Disclosures that have to stand on the page."),
    },
    ("id", "words", "source", "approved-by"),
)
REGISTER = Fields(
    {"claims": Listed(ENTRY, about="The claims that may be made.")}, ("claims",), "A register of evidence."
)
"""What a register says."""

_SCHEMES = {
    "doi": (re.compile(r"10\.\d{4,9}/\S+"), "doi:10.1000/182"),
    "pmid": (re.compile(r"\d{1,9}"), "pmid:31452104"),
    "https": (re.compile(r"//[^\s/]+\.\S+"), "https://example.org/trial"),
    "http": (re.compile(r"//[^\s/]+\.\S+"), "https://example.org/trial"),
}


class Register(Struct, frozen=True):
    """The entries of a register, the names in it that rules have to know, and the files that have to be there."""

    entries: tuple[Entry, ...] = ()
    names: tuple[Named, ...] = ()
    files: tuple[tuple[str, Place], ...] = ()


def read_register(text: str, path: str) -> Register:
    """The register in a file; raise RuleError with all mistakes."""
    problems = Problems()
    top = load(text, path, problems)
    reader = _Reader()
    if top is not None:
        claims = top.fields(REGISTER).get("claims")
        named = ((_id(node), node) for node in (claims.items() if claims else ()))
        for _, node in unique("claims", named):
            reader.read(node)
    if problems.found:
        raise RuleError(tuple(sorted(problems.found, key=lambda problem: (problem.line, problem.column))))
    return Register(tuple(reader.entries), tuple(reader.names), tuple(reader.files))


def _id(node: Node) -> str:
    """What an entry is called, without a word on what is wrong with it."""
    return node.peek("id") or f"{node.line}"


class _Reader:
    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.names: list[Named] = []
        self.files: list[tuple[str, Place]] = []

    def read(self, node: Node) -> None:
        entry = node.fields(ENTRY)
        start, end = (entry[key].date() if key in entry else None for key in ("from", "until"))
        if start and end and end < start:
            entry["until"].problem(f"“until” is {end}, before “from” ({start}); expected the same day or a later one")
        disclosures = self._named(entry, "disclosures", "disclosure")
        self.entries.append(
            Entry(
                id=entry["id"].text() if "id" in entry else "",
                words=_phrases(entry, "words"),
                rules=frozenset(self._named(entry, "rules", "rule")),
                source=tuple(self._source(item) for item in entry["source"].one_or_more()) if "source" in entry else (),
                approved_by=entry["approved-by"].text() if "approved-by" in entry else "",
                start=start,
                end=end,
                files=read_globs(entry, "files"),
                profiles=self._named(entry, "profiles", "profile"),
                qualifier=_phrases(entry, "qualifier"),
                disclosures=tuple(name.removeprefix(f"{DISCLOSURE}/") for name in disclosures),
                place=f"{node.path}:{node.line}",
            )
        )

    def _named(self, entry: Mapping[str, Node], key: str, kind: str) -> tuple[str, ...]:
        names = []
        for node in entry[key].one_or_more() if key in entry else ():
            if name := node.text():
                names.append(name)
                self.names.append(Named(kind, name, Place(node.path, node.line, node.column)))
        return tuple(names)

    def _source(self, node: Node) -> str:
        """A source, which has to look like what it says it is."""
        source = node.text()
        scheme, colon, rest = source.partition(":")
        if colon and scheme.lower() in _SCHEMES:
            pattern, example = _SCHEMES[scheme.lower()]
            if not pattern.fullmatch(rest.strip()):
                node.problem(f"{node.name} is “{source}”; expected something like {example}")
        elif _SCHEMES["doi"][0].fullmatch(source):
            node.problem(f"{node.name} is “{source}” (did you mean “doi:{source}”?)")
        elif source:
            self.files.append((source, Place(node.path, node.line, node.column)))
        return source


def _phrases(entry: Mapping[str, Node], key: str) -> tuple[Pattern, ...]:
    nodes = entry[key].one_or_more() if key in entry else []
    return tuple(parse(phrase) for node in nodes if (phrase := read_phrase(node)))
