"""What is configured for the files of a run: finds configurations, and reads them and their rules, each once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from linter.config import BASELINE, EVIDENCE, FILE_NAMES, Config, Layer, Named, Place, Settings, check_names
from linter.files import find_files, read_bytes
from linter.model import CaveatError, InputError, RuleError, UsageError
from linter.packs import builtin_pack, load_rulebook
from linter.readers import is_data
from linter.rulebook import Rulebook
from linter.source import decode

if TYPE_CHECKING:
    from linter.evidencefiles import Register
    from linter.suppression.baseline import Known
    from linter.suppression.evidence import Entry

_Key = TypeVar("_Key")
_Made = TypeVar("_Made")

RULE_SUFFIXES = (".yml", ".yaml")


class Workspace:
    """The configurations that a run meets.

    ``chosen`` is a configuration that holds for every file; with ``is_bare``, none holds. ``command_line`` is what was
    asked for there, ``names`` the names in it that rules have to know.
    """

    def __init__(
        self,
        chosen: str | None = None,
        is_bare: bool = False,
        command_line: Layer | None = None,
        names: Sequence[Named] = (),
    ) -> None:
        self._command_line, self._names = command_line or Layer(), tuple(names)
        self._is_bare = is_bare
        self._chosen = None if chosen is None else _read_chosen(chosen)
        self._found: dict[str, Config | CaveatError] = {}
        self._rulebooks: dict[tuple[str, str], Rulebook | CaveatError] = {}
        self._compiled: dict[tuple[tuple[str, str], ...], Rulebook | CaveatError] = {}
        self._baselines: dict[str, tuple[Known, ...] | CaveatError] = {}
        self._registers: dict[str, Register | CaveatError] = {}

    def config(self, path: str) -> Config:
        """The configuration for a file or folder: the nearest one, in its folder or above, as far as its repository
        goes. Raise RuleError if it is wrong."""
        if self._chosen is not None:
            return self._chosen
        absolute = os.path.abspath(path)
        return self._config_in(absolute if os.path.isdir(absolute) else os.path.dirname(absolute))

    def settings(self, path: str) -> Settings:
        """What holds for a file."""
        config = self.config(path)
        return config.settings(path_below(config.folder, path), self._command_line)

    def is_excluded(self, path: str, is_folder: bool = False) -> bool:
        """Whether the configuration leaves a file or folder out of the folders that are checked.

        Data of which it names no field is left out, too.
        """
        try:
            config = self.config(os.path.dirname(os.path.abspath(path)))
        except RuleError:
            return False  # it is told when the files are checked
        if not is_folder and is_data(path) and (os.path.basename(path) in FILE_NAMES or not self.settings(path).fields):
            return True
        return config.excluded.match_file(path_below(config.folder, path) + "/" * is_folder)

    def rulebook(self, config: Config) -> Rulebook:
        """The rules that a configuration asks for; raise RuleError for mistakes in them, or in what names them."""
        return _once(self._rulebooks, (config.path, config.folder), lambda: self._rules_for(config))

    def baseline_path(self, config: Config) -> str:
        """The baseline that goes with a configuration, there or not."""
        return _beside(config, config.baseline, BASELINE)

    def baseline(self, config: Config) -> tuple[Known, ...]:
        """What is known; nothing, if there is no baseline. Raise RuleError if it is wrong, or named and not there."""
        path = self.baseline_path(config)
        return _once(self._baselines, path, lambda: _read_baseline(path, config.baseline))

    def evidence(self, path: str) -> tuple[Entry, ...]:
        """The evidence for claims in a file; entries that are not for it say so. Raise RuleError for mistakes in it."""
        config = self.config(path)
        if config.evidence is None and not os.path.exists(self.evidence_path(config)):
            return ()
        register = self.register(config)
        name, profile = path_below(config.folder, path), self.settings(path).profile
        return tuple(replace(entry, barred=_barred(entry, name, profile)) for entry in register.entries)

    def evidence_path(self, config: Config) -> str:
        """The register that goes with a configuration, there or not."""
        return _beside(config, config.evidence, EVIDENCE)

    def register(self, config: Config) -> Register:
        """The register of evidence that goes with a configuration; raise RuleError for mistakes in it."""
        path = self.evidence_path(config)
        return _once(self._registers, path, lambda: self._read_register(config, path))

    def _read_register(self, config: Config, path: str) -> Register:
        from linter.evidencefiles import Register, read_register

        text = _read_beside(path, config.evidence, "init --evidence")
        if text is None:
            return Register()
        register = read_register(text, path)
        folder = os.path.dirname(os.path.abspath(path))
        gone = [
            CaveatError(f"there is no such file: “{name}”; expected one beside the register", *place.parts)
            for name, place in register.files
            if not os.path.exists(os.path.join(folder, name))
        ]
        if gone:
            raise RuleError(tuple(gone))
        check_names(register.names, self.rulebook(config))
        return register

    def baseline_name(self, config: Config, path: str) -> str:
        """What a file is called in the baseline."""
        from linter.suppression.baseline import as_plain

        return as_plain(path_below(self._baseline_folder(config), path))

    def gone(self, config: Config, known: Iterable[Known]) -> frozenset[str]:
        """The files in a baseline that are no more."""
        folder = self._baseline_folder(config)
        return frozenset(e.path for e in known if not os.path.exists(os.path.join(folder, e.path)))

    def _baseline_folder(self, config: Config) -> str:
        return os.path.dirname(os.path.abspath(self.baseline_path(config)))

    def _rules_for(self, config: Config) -> Rulebook:
        files, _ = combine(_own_rules(config), builtin_pack())
        rulebook = _once(self._compiled, tuple(files.items()), lambda: load_rulebook(files))
        check_names(config.names, rulebook)
        try:
            check_names(self._names, rulebook)
        except RuleError as error:  # on the command line: it is no file's mistake, and ends the run
            raise UsageError(error.problems[0].message, error.problems[0].path) from None
        return rulebook

    def _config_in(self, folder: str) -> Config:
        return _once(self._found, folder, lambda: self._look_in(folder))

    def _look_in(self, folder: str) -> Config:
        if not self._is_bare:
            paths = [path for name in FILE_NAMES if os.path.isfile(path := os.path.join(folder, name))]
            if (config := _read(paths)) is not None:
                return config
        above = os.path.dirname(folder)
        if self._is_bare or above == folder or os.path.exists(os.path.join(folder, ".git")):
            return Config(folder=os.getcwd())
        return self._config_in(above)


def _once(made: dict[_Key, _Made | CaveatError], key: _Key, make: Callable[[], _Made]) -> _Made:
    """What ``make`` made the first time that it was asked for under this key, or the mistake that it told then."""
    if key not in made:
        try:
            made[key] = make()
        except CaveatError as error:
            made[key] = error
    found = made[key]
    if isinstance(found, CaveatError):
        raise found
    return found


def _read(paths: Sequence[str]) -> Config | None:
    """The configuration in one of the files of a folder."""
    if not paths:
        return None
    from linter.configfiles import read_config  # with YAML and TOML, which many runs do without

    found: list[Config] = []
    for path in paths:
        shown = os.path.relpath(path)
        try:
            config = read_config(decode(read_bytes(path), shown).text, shown)
        except InputError as error:
            raise RuleError((error,)) from None
        if config is not None:
            found.append(replace(config, folder=os.path.dirname(os.path.abspath(path))))
    if len(found) > 1:
        message = f"there are two configurations in this folder, {found[0].path} and {found[1].path}; keep one of them"
        raise RuleError((CaveatError(message, found[1].path),))
    return found[0] if found else None


def _read_chosen(path: str) -> Config:
    """The configuration in a file that is named outright."""
    config = _read([path])
    if config is None:
        raise RuleError((CaveatError("there is no table [tool.caveat] in this file", path),))
    return config


def read_pack(paths: Sequence[str]) -> dict[str, str]:
    """The rule files behind paths: path -> text; raise InputError where there is none."""
    found, missing = find_files(paths, RULE_SUFFIXES)
    if missing:
        raise missing[0]
    if not found:
        raise InputError(f"there is no rule file ({', '.join(RULE_SUFFIXES)})", paths[0])
    return {path: decode(read_bytes(path), path).text for path in found}


def combine(pack: Mapping[str, str], builtin: Mapping[str, str]) -> tuple[dict[str, str], frozenset[str]]:
    """The files of a pack together with the built-in ones, and the paths by which the pack's own are known.

    A file that only looks like a built-in one, by its path, is kept apart from it; the same file is not read twice.
    """
    files, own = dict(builtin), set()
    for path, text in pack.items():
        name = path if builtin.get(path, text) == text else f"./{path}"
        files[name] = text
        own.add(name)
    return files, frozenset(own)


def _own_rules(config: Config) -> dict[str, str]:
    """The rule files that a configuration names; raise RuleError, with its place, for one that is not there."""
    files: dict[str, str] = {}
    problems: list[CaveatError] = []
    for name, place in config.rules:
        path = os.path.relpath(os.path.join(config.folder, name))
        try:
            files |= read_pack([path])
        except InputError as error:
            problems.append(CaveatError(f"{error.message}: “{name}”", *place.parts))
    if problems:
        raise RuleError(tuple(problems))
    return files


def _beside(config: Config, named: tuple[str, Place] | None, usual: str) -> str:
    """The path of a file that a configuration names, or of the one that usually stands beside it."""
    return os.path.relpath(os.path.join(config.folder, named[0] if named else usual))


def _read_baseline(path: str, named: tuple[str, Place] | None) -> tuple[Known, ...]:
    text = _read_beside(path, named, "baseline")
    if text is None:
        return ()
    from linter.suppression.baseline import read_baseline

    return read_baseline(text, path)


def _read_beside(path: str, named: tuple[str, Place] | None, command: str) -> str | None:
    """The text of such a file; None, if it is neither named nor there. Raise RuleError if it cannot be read."""
    if named is None and not os.path.exists(path):
        return None
    try:
        if named is not None and not os.path.exists(path):
            raise InputError(f"there is no such file: “{named[0]}”; “caveat {command}” writes it", *named[1].parts)
        return decode(read_bytes(path), path).text
    except InputError as error:
        raise RuleError((error,)) from None


def _barred(entry: Entry, name: str, profile: str) -> str:
    """Why an entry may not be used for a file of this name, under this profile; nothing where it may."""
    if entry.profiles and profile not in entry.profiles:
        return f"it is for the profile {' or '.join(entry.profiles)} only"
    from pathspec import GitIgnoreSpec

    if entry.files and not GitIgnoreSpec.from_lines(entry.files).match_file(name):
        return f"it is for {', '.join(entry.files)} only"
    return ""


def path_below(folder: str, path: str) -> str:
    """A path as globs see it: from the folder on, with forward slashes."""
    return os.path.relpath(os.path.abspath(path), folder).replace(os.sep, "/")
