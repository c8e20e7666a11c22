"""Decisions of the user's: which rules apply where, how serious they are, what fails a run. Pure.

A configuration is read by ``configfiles``. What holds for a file are its layers, one on the other: the defaults, the
configuration, the overrides whose globs match the file, the command line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Literal, get_args

from msgspec import Struct, field
from msgspec.structs import replace

from linter.hints import did_you_mean
from linter.model import SEVERITIES, CaveatError, Report, RuleError, Severity
from linter.phrases import parse
from linter.policy import Policy
from linter.profiles import DEFAULT_PROFILE, Profile
from linter.rulebook import DISCLOSURE, Rulebook
from linter.suppression.waivers import CATEGORY, RULES

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

PYPROJECT = "pyproject.toml"
FILE_NAMES = ("caveat.yml", "caveat.yaml", PYPROJECT)
"""The files that a configuration may stand in; a folder has one of them."""

FailOn = Literal["error", "warning", "note", "never"]
FAIL_ON: tuple[FailOn, ...] = get_args(FailOn)

CLEAN, FINDINGS, MISTAKE = 0, 1, 2
"""Exit statuses: nothing at or above the threshold; something; a file, rule or option that is wrong."""

BASELINE, EVIDENCE = "caveat-baseline.json", "evidence.yml"
"""The files that are used if they stand beside the configuration."""


class Place(Struct, frozen=True):
    """Where a setting stands: a file, line and column; without a file, what ``path`` says ("default")."""

    path: str
    line: int = 0
    column: int = 0

    @property
    def parts(self) -> tuple[str, int, int]:
        """Path, line and column, as an error takes them."""
        return self.path, self.line, self.column

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


class Settings(Struct, frozen=True, dict=True):
    """What holds for a file. Without ``select``, all rules apply; ``places`` says of each setting where it was made."""

    profile: str = DEFAULT_PROFILE
    promoted: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    fail_on: FailOn = "error"
    places: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)
    fields: tuple[str, ...] = ()

    @cached_property
    def digest(self) -> str:
        """The same for settings by which every page is judged alike, in every run (``fail_on`` judges none)."""
        lists = [sorted(names) for names in (self.promoted, self.select, self.ignore, self.fields)]
        parts = (self.profile, lists, sorted(self.severity.items()))
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


_REPLACED = ("profile", "select", "fail-on")


class Layer(Struct, frozen=True):
    """Settings that somebody made, with their places; None says nothing, and leaves what other layers say."""

    profile: str | None = None
    promoted: tuple[str, ...] = ()
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    fail_on: FailOn | None = None
    places: Mapping[str, Place] = field(default_factory=dict)
    fields: tuple[str, ...] = ()

    def on(self, settings: Settings) -> Settings:
        """The settings with this layer on them: lists grow, all else is replaced."""
        places = {
            key: (place,) if key in _REPLACED else (*settings.places.get(key, ()), place)
            for key, place in self.places.items()
        }
        return Settings(
            self.profile or settings.profile,
            (*settings.promoted, *self.promoted),
            settings.select if self.select is None else self.select,
            (*settings.ignore, *self.ignore),
            {**settings.severity, **self.severity},
            self.fail_on or settings.fail_on,
            {**settings.places, **places},
            (*settings.fields, *self.fields),
        )


class Override(Struct, frozen=True, dict=True):
    """A layer for the files that one of the globs matches."""

    files: tuple[str, ...]
    layer: Layer

    @cached_property
    def spec(self) -> GitIgnoreSpec:
        """What matches the files."""
        from pathspec import GitIgnoreSpec  # files that are named outright need no globs

        return GitIgnoreSpec.from_lines(self.files)


class Named(Struct, frozen=True):
    """A name that a file uses and the rules have to know: a profile, a rule or category, a disclosure."""

    kind: str
    name: str
    place: Place


class Config(Struct, frozen=True, dict=True):
    """A configuration file, or what holds where there is none.

    ``folder`` is the one that its globs and paths count from; ``baseline`` and ``evidence`` are None where the
    configuration does not say which.
    """

    path: str = ""
    folder: str = ""
    base: Layer = field(default_factory=Layer)
    overrides: tuple[Override, ...] = ()
    exclude: tuple[str, ...] = ()
    rules: tuple[tuple[str, Place], ...] = ()
    baseline: tuple[str, Place] | None = None
    evidence: tuple[str, Place] | None = None
    names: tuple[Named, ...] = ()

    @cached_property
    def excluded(self) -> GitIgnoreSpec:
        """What matches the files that are left out of folders."""
        from pathspec import GitIgnoreSpec

        return GitIgnoreSpec.from_lines(self.exclude)

    def settings(self, path: str, command_line: Layer) -> Settings:
        """What holds for a file; ``path`` counts from the configuration's folder, with forward slashes."""
        layers = [self.base, *(item.layer for item in self.overrides if item.spec.match_file(path)), command_line]
        settings = Settings()
        for layer in layers:
            settings = layer.on(settings)
        return settings


def command_line(
    profile: str | None, select: Sequence[str], ignore: Sequence[str], fail_on: FailOn | None
) -> tuple[Layer, tuple[Named, ...]]:
    """What was asked for on the command line, and the names in it that rules have to know."""
    given = {"profile": profile, "select": select, "ignore": ignore, "fail-on": fail_on}
    places = {key: Place(f"--{key}") for key, value in given.items() if value}
    names = [Named("profile", profile, places["profile"])] if profile else []
    names += (
        Named("rule", name, places[key]) for key, rules in (("select", select), ("ignore", ignore)) for name in rules
    )
    layer = Layer(profile, (), tuple(select) or None, tuple(ignore), {}, fail_on, places)
    return layer, tuple(names)


def check_names(names: Iterable[Named], rulebook: Rulebook) -> None:
    """Raise RuleError if the rules do not know one of the names."""
    disclosures = {item.id for item in rulebook.disclosures} | {item.rule for item in rulebook.disclosures}
    known: dict[str, tuple[str, Collection[str]]] = {
        "profile": ("profile", rulebook.profiles),
        "rule": ("rule or category", rulebook.targets | {CATEGORY, *RULES}),
        "disclosure": ("disclosure", disclosures),
    }
    problems = []
    for named in names:
        kind, options = known[named.kind]
        if named.name not in options:
            near = did_you_mean(named.name, sorted(options))
            few = f"expected {', '.join(sorted(options))}" if kind == "profile" else "“caveat rules” lists them"
            message = f"there is no {kind} “{named.name}”{near}; {few}"
            problems.append(CaveatError(message, *named.place.parts))
    if problems:
        raise RuleError(tuple(problems))


def waiver_severities(settings: Settings) -> dict[str, Severity]:
    """How serious it is what is wrong with a waiver; what is ignored is left out."""
    chosen = replace(settings, select=())
    return {
        rule.id: _severity((rule.id, CATEGORY), settings) or rule.severity
        for rule in RULES.values()
        if _applies((rule.id, CATEGORY), chosen)
    }


def policy(settings: Settings, rulebook: Rulebook) -> Policy:
    """What a file is checked by; raise CaveatError for a profile that the rules do not know."""
    profile = rulebook.profile(settings.profile)
    severities, incurable, excluded = dict(profile.severities), dict(profile.incurable), set(profile.excluded)
    for rule in rulebook.rules:
        names = (rule.id, rule.category)
        if not _applies(names, settings):
            excluded.add(rule.id)
        if severity := _severity(names, settings):
            severities[rule.id] = severity
            if rule.id in incurable or rule.category in incurable:
                incurable[rule.id] = severity
    promoted = tuple(parse(name) for name in settings.promoted)
    disclosures = _disclosures(settings, profile, rulebook)
    changed = replace(
        profile,
        severities=severities,
        incurable=incurable,
        disclosures=disclosures,
        excluded=frozenset(excluded),
    )
    return Policy(changed, promoted)


def _disclosures(settings: Settings, profile: Profile, rulebook: Rulebook) -> dict[str, Severity]:
    """The disclosures that can be due, with their severities; naming one does not make it due in another place."""
    found: dict[str, Severity] = {}
    for item in rulebook.disclosures:
        severity = profile.disclosure_severity(item.id, item.severity)
        names = (item.rule, DISCLOSURE)
        if severity is not None and _applies(names, settings):
            found[item.id] = _severity(names, settings) or severity
    return found


def _applies(names: Sequence[str], settings: Settings) -> bool:
    """Whether a rule applies, by its id and its category: what names the one outweighs what names the other."""
    own, category = names
    if own in settings.ignore or (category in settings.ignore and own not in settings.select):
        return False
    return not settings.select or own in settings.select or category in settings.select


def _severity(names: Sequence[str], settings: Settings) -> Severity | None:
    return next((settings.severity[name] for name in names if name in settings.severity), None)


def exit_status(report: Report, fail_on: Mapping[str, FailOn]) -> int:
    """How a run ends: a file that was not checked outweighs findings, which count from a severity up.

    ``fail_on`` says from which, by the path of the file.
    """
    if report.errors:
        return MISTAKE
    for file in report.files:
        threshold = fail_on[file.path]
        counted = () if threshold == "never" else SEVERITIES[SEVERITIES.index(threshold) :]
        if any(finding.severity in counted for finding in file.findings):
            return FINDINGS
    return CLEAN
