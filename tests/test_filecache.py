"""Reports on files, packed: what comes out is what went in."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from linter import filecache
from linter.analysis import Analyser
from linter.engine import check
from linter.filecache import Reports, pack, unpack
from linter.model import FileReport
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
