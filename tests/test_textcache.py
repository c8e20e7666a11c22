"""Text reports from the cache: those that were laid out, as long as nothing in them changes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from msgspec.structs import replace

from linter import textcache
from linter.analysis import Analyser
from linter.cache import Cache
from linter.engine import check
from linter.model import FileReport
from linter.readers import read
from linter.reports.text import render_file
from linter.source import Source
from linter.textcache import kept_text

CITATIONS = {"us-ftc-hpcg-substantiation": "A guide"}


@pytest.fixture
def file(analyser: Analyser) -> FileReport:
    source = Source("a\udce9.txt", "Our “stem” cell therapy relieves knee pain 😀.")
    return check(source, read(source, "text"), analyser)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the files whose report is laid out."""
    paths: list[str] = []

    def noted(file: FileReport, citations: Mapping[str, str]) -> str:
        paths.append(file.path)
        return render_file(file, citations)

    monkeypatch.setattr(textcache, "render_file", noted)
    return paths


def test_a_report_is_laid_out_once(file: FileReport, made: list[str], tmp_path: Path) -> None:
    expected = render_file(file, CITATIONS)
    for _ in range(2):
        cache = Cache(tmp_path / "cache")
        assert kept_text(cache, CITATIONS)(file) == expected
        cache.close()
    assert made == [file.path]


def test_what_changes_is_laid_out_anew(file: FileReport, made: list[str], tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    changed = replace(file, findings=file.findings[:1])
    moved = replace(file, path="b.txt")
    for each in (file, changed, moved):
        assert kept_text(cache, CITATIONS)(each) == render_file(each, CITATIONS)
    kept_text(cache, {})(file)
    assert made == [file.path, changed.path, moved.path, file.path]


def test_without_a_cache_that_works_reports_are_laid_out(file: FileReport, made: list[str], tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file in its place")
    for _ in range(2):
        assert kept_text(Cache(tmp_path / "cache"), {})(file) == render_file(file, {})
    assert made == [file.path, file.path]
