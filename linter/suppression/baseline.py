"""A baseline: findings that are known, by rule and sentence, so that old copy can be taken in and only new claims fail.

An entry belongs to a file. A paragraph that moves stays known: in its file wherever it stands, and in another file if
its own one lost it in the same run or is no more. A sentence that changes is new.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from linter.model import FileReport, Finding, RuleError, Suppressed
from linter.rulebook import DISCLOSURE
from linter.shapes import Choice, Fields, Listed, Text
from linter.suppression.waivers import CATEGORY as WAIVER
from linter.yamlfile import Problems, load

VERSION = "1"
_ABOUT = "Findings that are known to caveat. “caveat baseline” writes this file anew."
_ENTRY = Fields({name: Text() for name in ("path", "rule", "fingerprint", "text")}, ("path", "rule", "fingerprint"))
SHAPE = Fields(
    {
        "about": Text(),
        "version": Choice((VERSION,)),
        "findings": Listed(_ENTRY),
    },
    ("version", "findings"),
)
"""What a baseline says. JSON is YAML, and is read as such, with places."""


class Known(Struct, frozen=True, order=True):
    """A known finding: its file (from the folder of the baseline, with forward slashes), what it is, and the line of
    the baseline that says so."""

    path: str
    rule: str
    fingerprint: str
    text: str = ""
    line: int = 0


def read_baseline(text: str, path: str) -> tuple[Known, ...]:
    """The entries of a baseline; raise RuleError with all that is wrong with it."""
    problems = Problems()
    known: list[Known] = []
    top = load(text, path, problems)
    if top is not None:
        entries = top.fields(SHAPE)
        if "version" in entries:
            entries["version"].choice()
        for node in entries["findings"].items() if "findings" in entries else ():
            said = {key: value.text() for key, value in node.fields(_ENTRY).items()}
            if not problems.found:
                known.append(Known(**said, line=node.line))
    if problems.found:
        raise RuleError(tuple(problems.found))
    return tuple(known)


def render_baseline(known: Iterable[Known]) -> str:
    """A baseline as text: sorted, a line an entry, so that changes to it can be reviewed and merged."""
    rows = (
        {"path": each.path, "rule": each.rule, "fingerprint": each.fingerprint, "text": each.text}
        for each in sorted(known)
    )
    lines = ",\n".join(f"    {json.dumps(row, ensure_ascii=False)}" for row in rows)
    findings = f"[\n{lines}\n  ]" if lines else "[]"
    about = json.dumps(_ABOUT, ensure_ascii=False)
    return f'{{\n  "about": {about},\n  "version": {VERSION},\n  "findings": {findings}\n}}\n'


def as_known(file: FileReport, name: str) -> Iterator[Known]:
    """What a baseline says of a file that goes by this name there: the findings that count, but none on waivers."""
    for finding in file.findings:
        if finding.category != WAIVER:
            yield Known(name, finding.rule, finding.fingerprint, as_plain(" ".join(finding.text.split())))


def as_plain(text: str) -> str:
    """Text that any file can hold: what cannot be printed, or is no text at all, is spelled out."""
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)


class Settled(Struct, frozen=True):
    """Reports without what is known, and the entries of the baseline that no longer occur."""

    files: tuple[FileReport, ...]
    stale: tuple[Known, ...]


def settle(
    files: Sequence[FileReport], known: Iterable[Known], place: str, names: Mapping[str, str], gone: Collection[str]
) -> Settled:
    """Set aside what a baseline knows, which stands at ``place``.

    ``names`` says how the baseline calls the paths of the files, ``gone`` which of the files that it names are no more.
    """
    checked = frozenset(names.values())
    matcher = _Matcher(known, gone, checked)
    for file in files:
        for finding in (*file.findings, *(each.finding for each in file.suppressed)):
            matcher.match(names[file.path], finding)
    for file in files:
        for finding in file.findings:
            matcher.match_moved(names[file.path], finding)
    settled = tuple(_without(file, matcher.matched, names[file.path], place) for file in files)
    stale = tuple(sorted(entry for entry in matcher.left.values() if entry.path in checked or entry.path in gone))
    return Settled(settled, stale)


class _Matcher:
    """Matches findings with the entries that know them, each entry once."""

    def __init__(self, known: Iterable[Known], gone: Collection[str], checked: Collection[str]) -> None:
        self.left = {(entry.path, entry.fingerprint): entry for entry in known}
        self.matched: dict[tuple[str, str], Known] = {}
        self._gone, self._checked = gone, checked
        self._alike: dict[str, list[Known]] = {}
        for entry in self.left.values():
            self._alike.setdefault(_base(entry.fingerprint), []).append(entry)

    def match(self, name: str, finding: Finding) -> None:
        """Match a finding with the entry of its own file."""
        key = (name, finding.fingerprint)
        if key in self.left:
            self.matched[key] = self.left.pop(key)

    def match_moved(self, name: str, finding: Finding) -> None:
        """Match a finding that no entry of its file knows with one that another file has lost."""
        if (name, finding.fingerprint) in self.matched:
            return
        for entry in self._alike.get(_base(finding.fingerprint), ()):
            key = (entry.path, entry.fingerprint)
            if key in self.left and self._has_lost(entry):
                self.matched[name, finding.fingerprint] = self.left.pop(key)
                return

    def _has_lost(self, entry: Known) -> bool:
        """Whether the file of an entry no longer has it; what a page owes does not move to another page that stays."""
        moves = not entry.rule.startswith(f"{DISCLOSURE}/")
        return entry.path in self._gone or (moves and entry.path in self._checked)


def _base(fingerprint: str) -> str:
    """A fingerprint without the number that tells equal ones in a file apart."""
    return fingerprint.partition("-")[0]


def _without(file: FileReport, matched: Mapping[tuple[str, str], Known], name: str, place: str) -> FileReport:
    kept, suppressed = [], []
    for finding in file.findings:
        entry = matched.get((name, finding.fingerprint))
        if entry is None:
            kept.append(finding)
        else:
            suppressed.append(Suppressed(finding, "baseline", "", f"{place}:{entry.line}"))
    return replace(file, findings=tuple(kept), suppressed=(*file.suppressed, *suppressed))
