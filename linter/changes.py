"""What changed since a revision, as git says: for runs that only tell what a change brings in.

Lines are counted as git counts them, by line feeds.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from linter.hints import did_you_mean
from linter.model import CaveatError, FileReport, Finding, InputError

Lines = tuple[range, ...]
"""Runs of lines, counted from 1."""

EVERYTHING: Lines = (range(1, sys.maxsize),)
# Without context, every line of a file stands behind a sign: no content looks like these.
_HUNK = re.compile(rb"^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@", re.MULTILINE)
_BINARY = re.compile(rb"^Binary files ", re.MULTILINE)
# Nothing that a repository configures may run or change what is printed.
_DIFF = "diff --no-color --no-ext-diff --no-textconv --no-relative --find-renames --ignore-submodules".split()


class Changes(Struct, frozen=True):
    """The files of a repository that differ from the commit ``base``: how (git's letter), and what they were called."""

    root: str
    base: str
    changed: Mapping[str, tuple[str, str]]
    tracked: frozenset[str]

    def lines(self, path: str) -> Lines:
        """The lines of a file that were added or changed; all, if it is new or git cannot tell.

        Raise InputError if it lies outside the repository.
        """
        name = os.path.relpath(os.path.realpath(path), self.root).replace(os.sep, "/")
        if name == ".." or name.startswith("../"):
            raise InputError(f"this file is outside the git repository “{self.root}”", path)
        if name not in self.changed:
            return () if name in self.tracked else EVERYTHING
        status, old = self.changed[name]
        if status not in ("M", "R"):
            return EVERYTHING
        both = (f":(top,literal){each}" for each in dict.fromkeys((old, name)))
        return _added(_git(*_DIFF, "--unified=0", "--inter-hunk-context=0", self.base, "--", *both))


def changes_since(revision: str) -> Changes:
    """The changes in the current folder's repository, committed or not, since it left ``revision``.

    Raise CaveatError where git is missing, there is no repository, or no such revision.
    """
    root = os.path.realpath(_told("rev-parse", "--show-toplevel"))
    base = _base(revision)
    status = _git(*_DIFF, "--name-status", "-z", base, "--").decode("utf-8", "surrogateescape").split("\0")
    tracked = _git("ls-files", "-z", "--full-name", ":/").decode("utf-8", "surrogateescape").split("\0")
    return Changes(root, base, _changed(status[:-1]), frozenset(tracked))


def only_changed(file: FileReport, lines: Lines) -> FileReport:
    """A report with the findings that stand on one of the lines, those that do not count included."""
    findings = tuple(finding for finding in file.findings if _is_on(finding, file.source, lines))
    suppressed = tuple(each for each in file.suppressed if _is_on(each.finding, file.source, lines))
    return replace(file, findings=findings, suppressed=suppressed)


def _is_on(finding: Finding, source: str, lines: Lines) -> bool:
    first = source.count("\n", 0, finding.start.offset) + 1
    last = first + source.count("\n", finding.start.offset, finding.end.offset)
    return any(first < run.stop and run.start <= last for run in lines)


def _base(revision: str) -> str:
    """The commit at which the current one left ``revision``: what came there since is not this change's."""
    shallow = ""
    if _told("rev-parse", "--is-shallow-repository") == "true":
        shallow = "; this clone is shallow: fetch its history (git fetch --unshallow)"
    try:
        if not revision or revision.startswith("-"):
            raise CaveatError("no name of a revision")
        commit = _told("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    except CaveatError:
        known = _told("for-each-ref", "--format=%(refname:short)").splitlines()
        raise CaveatError(
            f"git knows no revision “{revision}”{did_you_mean(revision, known)}{shallow}; "
            "expected a commit, branch or tag for --diff-base"
        ) from None
    try:
        return _told("merge-base", commit, "HEAD")
    except CaveatError:
        raise CaveatError(
            f"“{revision}” and HEAD have no commit in common{shallow}; expected one for --diff-base"
        ) from None


def _changed(fields: Sequence[str]) -> dict[str, tuple[str, str]]:
    """From git's ``--name-status -z``: the name of a file, and how it changed and what it was called."""
    changed = {}
    rest = iter(fields)
    for status in rest:
        old = next(rest)
        new = next(rest) if status[0] in "RC" else old
        changed[new] = (status[0], old)
    return changed


def _added(patch: bytes) -> Lines:
    """The lines that a patch of one file adds; all, if git takes it for a binary file."""
    if _BINARY.search(patch):
        return EVERYTHING
    hunks = ((int(start), int(count or 1)) for start, count in _HUNK.findall(patch))
    return tuple(range(start, start + count) for start, count in hunks if count)


def _told(*arguments: str) -> str:
    return _git(*arguments).decode("utf-8", "surrogateescape").rstrip("\n")


def _git(*arguments: str) -> bytes:
    """What git prints; raise CaveatError with its first words of complaint if it fails."""
    # Reading must not take the lock of a commit that is under way.
    environment = os.environ | {"GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    command = ["git", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false", *arguments]
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, env=environment, check=False)
    except OSError as error:
        raise CaveatError(f"git cannot be run: {error.strerror}; expected it to be installed for --diff-base") from None
    if done.returncode:
        complaint = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0].removeprefix("fatal: ")
        raise CaveatError(f"--diff-base needs git, which says “{complaint}”")
    return done.stdout
