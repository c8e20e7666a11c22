"""``caveat.yml``, or ``[tool.caveat]`` of a ``pyproject.toml``, to a configuration. All mistakes are told at once.

Whether the rules know the names that it uses is for ``config.check_names`` to say, once there are rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

from linter.config import FAIL_ON, Config, FailOn, Layer, Named, Override, Place
from linter.globs import MOST_STARS, is_bounded, matches_anything
from linter.model import SEVERITIES, RuleError, Severity
from linter.patterns import PatternError
from linter.phrases import parse
from linter.shapes import Choice, Fields, Listed, Shape, Text
from linter.shapes import Named as Mapped
from linter.tomlfile import load_table
from linter.yamlfile import Node, Problems, load

TABLE = ("tool", "caveat")

_SETTINGS: dict[str, Shape] = {
    "profile": Text("Whose law is applied: us, uk, eu, au, or a profile of your own rules."),
    "promoted": Listed(Text(), True, "Names of what you promote (products, procedures), as phrases."),
    "select": Listed(Text(), True, "The only rules, categories and disclosures that apply; without it, all do."),
    "ignore": Listed(Text(), True, "Rules, categories and disclosures that do not apply."),
    "severity": Mapped(Choice(SEVERITIES), "Severities by rule or category, in place of those of the profile."),
    "fail-on": Choice(FAIL_ON, "The least severity that fails a run."),
    "fields": Listed(Text(), True, "Fields of JSON, YAML, CSV and front matter that are copy: products.*.description."),
}
_OVERRIDE = Fields(
    {"files": Listed(Text(), True, "Globs, as in .gitignore, from the folder of this file."), **_SETTINGS},
    ("files",),
    "Settings for some files.",
)
CONFIG = Fields(
    {
        **_SETTINGS,
        "exclude": Listed(Text(), True, "Globs, as in .gitignore, of what is left out of folders."),
        "rules": Listed(Text(), True, "Rule files of your own, or folders of them, besides the built-in rules."),
        "baseline": Text(
            "The file of known findings; otherwise caveat-baseline.json beside this file, if it is there."
        ),
        "evidence": Text("The register of evidence; otherwise evidence.yml beside this file, if it is there."),
        "overrides": Listed(_OVERRIDE, about="Settings for some files; where several match, the last one wins."),
    },
    about="The configuration of caveat.",
)
"""What a configuration may say."""


def read_config(text: str, path: str) -> Config | None:
    """The configuration in a file; None for TOML without its table. Raise RuleError with all mistakes."""
    problems = Problems()
    config = _read(text, path, problems)
    if problems.found:
        raise RuleError(tuple(sorted(problems.found, key=lambda problem: (problem.line, problem.column))))
    return config


def _read(text: str, path: str, problems: Problems) -> Config | None:
    folder = str(PurePath(path).parent)
    if PurePath(path).suffix == ".toml":
        top = load_table(text, path, TABLE, problems) if TABLE[-1] in text else None
        if top is None:
            return None
    else:
        if not _says_anything(text):
            return Config(path, folder)
        top = load(text, path, problems)
        if top is None:
            return None
    reader = _Reader()
    return reader.config(top, path, folder)


def _says_anything(text: str) -> bool:
    return any(line.strip() and not line.lstrip().startswith("#") for line in text.splitlines())


class _Reader:
    """Reads one file, and gathers the names in it that rules have to know."""

    def __init__(self) -> None:
        self.names: list[Named] = []

    def config(self, top: Node, path: str, folder: str) -> Config:
        entry = top.fields(CONFIG)
        overrides = entry["overrides"].items() if "overrides" in entry else []
        return Config(
            path=path,
            folder=folder,
            base=self._layer(entry),
            overrides=tuple(self._override(node) for node in overrides),
            exclude=read_globs(entry, "exclude"),
            rules=tuple(_placed(node) for node in _nodes(entry, "rules")),
            baseline=_placed(entry["baseline"]) if "baseline" in entry else None,
            evidence=_placed(entry["evidence"]) if "evidence" in entry else None,
            names=tuple(self.names),
        )

    def _override(self, node: Node) -> Override:
        entry = node.fields(_OVERRIDE)
        if set(entry) == {"files"}:
            node.problem("these files have no settings of their own; expected a key such as “profile” or “ignore”")
        return Override(read_globs(entry, "files"), self._layer(entry))

    def _layer(self, entry: Mapping[str, Node]) -> Layer:
        return Layer(
            profile=self._name("profile", entry["profile"]) if "profile" in entry else None,
            promoted=tuple(name for node in _nodes(entry, "promoted") if (name := read_phrase(node))),
            select=self._rules(entry, "select") if "select" in entry else None,
            ignore=self._rules(entry, "ignore"),
            severity=self._severities(entry),
            fail_on=_fail_on(entry["fail-on"]) if "fail-on" in entry else None,
            fields=tuple(name for node in _nodes(entry, "fields") if (name := _field(node))),
            places={key: _place(node.key or node) for key, node in entry.items() if key != "files"},
        )

    def _rules(self, entry: Mapping[str, Node], key: str) -> tuple[str, ...]:
        return tuple(self._name("rule", node) for node in _nodes(entry, key))

    def _severities(self, entry: Mapping[str, Node]) -> dict[str, Severity]:
        found: dict[str, Severity] = {}
        for node in entry["severity"].mapping().values() if "severity" in entry else ():
            chosen = node.choice()
            for severity in SEVERITIES:
                if severity == chosen and node.key:
                    found[self._name("rule", node.key)] = severity
        return found

    def _name(self, kind: str, node: Node) -> str:
        name = node.text()
        if name:
            self.names.append(Named("profile" if kind == "profile" else "rule", name, _place(node)))
        return name


def _fail_on(node: Node) -> FailOn | None:
    chosen = node.choice()
    return next((known for known in FAIL_ON if known == chosen), None)


def _nodes(entry: Mapping[str, Node], key: str) -> list[Node]:
    return entry[key].one_or_more() if key in entry else []


def read_globs(entry: Mapping[str, Node], key: str) -> tuple[str, ...]:
    """The globs (one or a list) under ``key``, if there is such a key."""
    return tuple(glob for node in _nodes(entry, key) if (glob := _glob(node)))


def _field(node: Node) -> str:
    """A way to a field: keys with dots between them."""
    name = node.text()
    if name and not all(name.split(".")):
        node.problem(f"{node.name} is “{name}”; expected keys with single dots between them: products.*.description")
    return name


def _glob(node: Node) -> str:
    """A glob, which must be able to match something below the folder."""
    glob = node.text()
    if not glob:
        return ""
    if {".", ".."} & set(glob.split("/")):
        node.problem(f"{node.name} is “{glob}”; globs count from the folder of this file, without “.” and “..”")
    elif "\\" in glob:
        node.problem(f"{node.name} is “{glob}”; expected forward slashes")
    elif not is_bounded(glob):
        node.problem(
            f"{node.name} is “{glob}”; expected at most {MOST_STARS} stars in a part, and as many double stars"
        )
    elif not matches_anything(glob):
        node.problem(f"{node.name} is “{glob}”, which matches nothing; expected a glob as in .gitignore: drafts/**")
    return glob


def read_phrase(node: Node) -> str:
    """A phrase, as in rules but without lexicons; nothing, with a problem recorded, where it is none."""
    text = node.text()
    try:
        pattern = parse(text) if text else None
    except PatternError as error:
        node.problem(f"bad phrase “{text}”: {error}", error.column)
        return ""
    if pattern and any(pattern.references()):
        node.problem(f"bad phrase “{text}”: no {{lexicon}} is known here; write the words", text.index("{"))
        return ""
    return text


def _placed(node: Node) -> tuple[str, Place]:
    return node.text(), _place(node)


def _place(node: Node) -> Place:
    return Place(node.path, node.line, node.column)
