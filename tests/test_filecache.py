"""Reports on files, packed: what comes out is what went in."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from linter import filecache
from linter.analysis import Analyser
from linter.engine import check
from linter.filecache import Reports, pack, unpack
from linter.model import CaveatError, FileReport
from linter.readers import read
from linter.source import Source


@pytest.fixture
def file(analyser: Analyser) -> FileReport:
    source = Source(
        "a.md", "# Care\n\n<!-- caveat: allow hype -- x until 2030-01-01 -->\n\nOur PRP may relieve pain 😀.\n"
    )
    return check(source, read(source), analyser)


def test_a_report_is_unpacked_as_it_was(file: FileReport) -> None:
    assert file.findings
    assert file.waivers
    assert unpack(pack(file), file.path) == file
    assert unpack(pack(replace(file, path="\udce9")), "\udce9").path == "\udce9"


def test_many_reports_are_a_sequence(file: FileReport, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filecache, "_MOST_LOOSE", 2)
    files = [replace(file, path=f"{number}.md") for number in range(5)]
    reports = Reports()
    assert not reports
    for each in files:
        reports.append(each)
    assert len(reports) == 5
    assert list(reports) == files
    assert reports[1:4] == files[1:4]
    assert (reports[-1], reports[2]) == (files[-1], files[2])
    with pytest.raises(IndexError):
        reports[5]


def test_reports_may_be_added_after_some_were_read(file: FileReport, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filecache, "_MOST_LOOSE", 0)
    reports = Reports()
    reports.append(file)
    assert reports[0] == file
    reports.append(replace(file, path="b.md"))
    assert [each.path for each in reports] == ["a.md", "b.md"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_a_full_disk_is_told(file: FileReport, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filecache, "_MOST_LOOSE", 0)
    with Path("/dev/full").open("r+b", buffering=0) as full:
        monkeypatch.setattr("tempfile.TemporaryFile", lambda **options: full)
        with pytest.raises(CaveatError, match="cannot be kept in a temporary file: No space left on device"):
            Reports().append(file)
