"""A run: files in, each checked by what is configured for it; a report out."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from linter import engine
from linter.analysis import Analyser
from linter.cache import Cache, cache_key
from linter.config import Config, FailOn, policy, waiver_severities
from linter.filecache import pack, unpack
from linter.language import MODEL, Parser, Reading
from linter.model import CaveatError, Document, FileReport, InputError, Report, RuleError
from linter.policy import Policy
from linter.readers import load
from linter.readers.fieldnames import Fields
from linter.rulebook import Rulebook
from linter.source import Source
from linter.suppression import evidence, waivers
from linter.suppression.evidence import Entry
from linter.workers import INHERITED, Workers
from linter.workspace import Workspace

if TYPE_CHECKING:
    from linter.suppression.baseline import Known

_CHUNK = 4  # files that are parsed together


class _Page(Struct, frozen=True):
    """A file of a run: the bytes at a path, the key of what is kept of it, and what is."""

    path: str
    data: bytes
    key: bytes = b""
    kept: FileReport | None = None
    error: CaveatError | None = None


class Run:
    """Checks files as on a day; ``fail_on`` says, by the path of each, what fails the run.

    What is found in a file is looked up in the ``cache``, if there is one; much is spread over ``jobs`` processes.
    """

    def __init__(
        self,
        workspace: Workspace,
        parser: Parser,
        today: date | None = None,
        jobs: int = 1,
        cache: Cache | None = None,
    ) -> None:
        self.fail_on: dict[str, FailOn] = {}
        self._workspace, self._parser, self._today = workspace, parser, today or date.today()
        self._jobs, self.cache = jobs, cache
        self._used: dict[str, Rulebook] = {}
        self._analysers: dict[str, Analyser] = {}
        self._policies: dict[tuple[str, str], Policy] = {}
        self._notices: list[CaveatError] = []

    def check_all(self, files: Iterable[tuple[str, Callable[[], bytes]]]) -> Iterator[FileReport | CaveatError]:
        """Check files (path, and what reads it): what was found in each, in their order, or the InputError or RuleError
        that says what is wrong with it, or with what is configured for it."""
        chunks: deque[list[_Page]] = deque()
        workers = Workers(self._examine, self._jobs, lambda page: len(page.data), self._prepare)
        for results in workers.results(self._missing(files, chunks)):
            yield from self._settled(chunks.popleft(), results)

    def _missing(
        self, files: Iterable[tuple[str, Callable[[], bytes]]], chunks: deque[list[_Page]]
    ) -> Iterator[list[_Page]]:
        """Files a few at a time, all of which go to ``chunks``: those that have to be checked."""
        waiting = iter(files)
        while chunk := [self._page(path, read) for path, read in islice(waiting, _CHUNK)]:
            if self.cache is not None:
                kept = self.cache.find(page.key for page in chunk if page.key)
                chunk = [
                    replace(page, kept=unpack(kept[page.key], page.path)) if page.key in kept else page
                    for page in chunk
                ]
            chunks.append(chunk)
            yield [page for page in chunk if page.error is None and page.kept is None]

    def _page(self, path: str, read: Callable[[], bytes]) -> _Page:
        try:
            data = read()
            rules = self._rulebook(path).digest
            proof = evidence.digest(self._workspace.evidence(path))
        except (InputError, RuleError) as error:
            return _Page(path, b"", error=error)
        if self.cache is None:
            return _Page(path, data)
        settings = self._workspace.settings(path).digest
        parts = (MODEL, rules, settings, proof, path)
        return _Page(path, data, cache_key("file", *(part.encode("utf-8", "surrogateescape") for part in parts), data))

    def _examine(self, pages: Sequence[_Page]) -> list[FileReport | CaveatError]:
        """What is in files that were not checked before."""
        errors: dict[int, CaveatError] = {}

        def readings() -> Iterator[Reading[FileReport]]:
            for number, page in enumerate(pages):
                try:
                    source, document = self.load(page.data, page.path)
                    yield engine.reading(source, document, *self.standard(page.path))
                except (InputError, RuleError) as error:
                    errors[number] = error

        reports = list(self._parser.serve(readings()))[::-1]
        return [errors[number] if number in errors else reports.pop() for number in range(len(pages))]

    def _settled(
        self, chunk: Sequence[_Page], results: Sequence[FileReport | CaveatError]
    ) -> Iterator[FileReport | CaveatError]:
        """What is told of a chunk of files, ``results`` being what was found in those of it that were missing."""
        rest = iter(results)
        found = [page.error or page.kept or next(rest) for page in chunk]
        if self.cache is not None:
            pairs = [(page.key, each) for page, each in zip(chunk, found, strict=True) if page.kept is None]
            self.cache.keep({key: pack(each) for key, each in pairs if isinstance(each, FileReport)})
        for page, each in zip(chunk, found, strict=True):
            if isinstance(each, CaveatError):
                yield each
            else:
                settings = self._workspace.settings(page.path)
                self.fail_on[page.path] = settings.fail_on
                self._use(self._rulebook(page.path))
                entries = {entry.id: entry for entry in self._workspace.evidence(page.path)}
                carried = evidence.settle(each, entries, self._today)
                yield waivers.settle(carried, self._today, waiver_severities(settings))

    def _prepare(self) -> None:
        """Before processes start: where they can share it, the model is loaded once for all of them; the database that
        is open here they must not have."""
        if INHERITED:
            self._parser.load()
        if self.cache is not None:
            self.cache.disconnect()

    def load(self, data: bytes, path: str) -> tuple[Source, Document]:
        """Read the bytes of a file, with the fields that are configured; raise InputError where it is wrong."""
        return load(data, path, Fields(self._workspace.settings(path).fields))

    def settle(self, files: Sequence[FileReport], errors: list[CaveatError]) -> Sequence[FileReport]:
        """Set aside what baselines know; add to ``errors`` what is wrong with one, to the notices what is no more."""
        configs = {path: self._workspace.config(path) for path in self.fail_on}.values()
        if not any(self._has_baseline(config) for config in configs):
            return files
        settled = {file.path: file for file in files}
        for config, group in self.by_config(files):
            try:
                known = self._workspace.baseline(config)
            except RuleError as error:
                errors += error.problems
                continue
            if not known:
                continue
            from linter.suppression import baseline  # few runs have one

            path = self._workspace.baseline_path(config)
            names = {file.path: self._workspace.baseline_name(config, file.path) for file in group}
            result = baseline.settle(group, known, path, names, self._workspace.gone(config, known))
            settled |= {file.path: file for file in result.files}
            self._notices += (_no_longer(entry, path) for entry in result.stale)
        return list(settled.values())

    def _has_baseline(self, config: Config) -> bool:
        """Whether there is one, or a mistake that says why not."""
        try:
            return bool(self._workspace.baseline(config))
        except RuleError:
            return True

    def registers(self, files: Sequence[FileReport]) -> list[tuple[list[FileReport], tuple[Entry, ...]]]:
        """The files by configuration, each group with its register; without files, that of the current folder."""
        groups = self.by_config(files) or [(self._workspace.config("."), [])]
        return [(group, self._workspace.register(config).entries) for config, group in groups]

    def by_config(self, files: Iterable[FileReport]) -> list[tuple[Config, list[FileReport]]]:
        """The files together that share a configuration."""
        groups: dict[str, tuple[Config, list[FileReport]]] = {}
        for file in files:
            config = self._workspace.config(file.path)
            groups.setdefault(self._workspace.baseline_path(config), (config, []))[1].append(file)
        return list(groups.values())

    def standard(self, path: str) -> tuple[Analyser, Policy]:
        """What a file is checked with and by."""
        rulebook = self._rulebook(path)
        settings = self._workspace.settings(path)
        if rulebook.digest not in self._analysers:
            self._analysers[rulebook.digest] = Analyser(rulebook, self._parser)
        key = (rulebook.digest, settings.digest)
        if key not in self._policies:
            self._policies[key] = policy(settings, rulebook)
        holding = replace(self._policies[key], evidence=self._workspace.evidence(path))
        return self._analysers[rulebook.digest], holding

    def report(self, files: Sequence[FileReport], errors: Iterable[CaveatError]) -> Report:
        """The report on files that were checked, and what went wrong, each mistake once.

        A run without either has what holds in the current folder.
        """
        told = {str(error): error for error in errors}
        if not files and not told:
            self._use(self._rulebook("."))
        report = engine.report(files, told.values(), self._used.values())
        return replace(report, notices=tuple(self._notices))

    def _use(self, rulebook: Rulebook) -> None:
        self._used[rulebook.digest] = rulebook

    def _rulebook(self, path: str) -> Rulebook:
        return self._workspace.rulebook(self._workspace.config(path))


def _no_longer(entry: Known, path: str) -> CaveatError:
    text = f" “{entry.text}”" if entry.text else ""
    message = f"{entry.rule}{text} no longer occurs in {entry.path}; “caveat baseline” takes it out"
    return CaveatError(message, path, entry.line)
