"""The wheel holds what is tracked, all of it and nothing else."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def tracked(*folders: str) -> list[str]:
    """The files of folders that git knows, or is about to (new files that it does not ignore)."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *folders]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    return sorted({name for name in names if name and (ROOT / name).exists()})


@pytest.fixture(scope="module")
def contents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What a wheel holds that is built from a copy of the tracked files; what an older build left behind stays out."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is not a checkout")
    folder = tmp_path_factory.mktemp("wheel")
    for name in tracked():
        (folder / "copy" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, folder / "copy" / name)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "./copy"]
    subprocess.run(command, cwd=folder, check=True)
    (wheel,) = folder.glob("caveat-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_packages_hold_the_tracked_files(contents: dict[str, bytes]) -> None:
    expected = tracked("linter") + [f"linter/{name}" for name in tracked("rules")]
    assert sorted(name for name in contents if name.startswith("linter/")) == sorted(expected)
    for name in expected:
        source = name.removeprefix("linter/") if name.startswith("linter/rules/") else name
        assert contents[name] == (ROOT / source).read_bytes(), name


def test_there_is_nothing_else(contents: dict[str, bytes]) -> None:
    others = {name.split("/")[0] for name in contents} - {"linter"}
    assert len(others) == 1
    assert others.pop().endswith(".dist-info")


def test_the_command_is_installed(contents: dict[str, bytes]) -> None:
    (points,) = (data for name, data in contents.items() if name.endswith("/entry_points.txt"))
    assert points.decode().split() == ["[console_scripts]", "caveat", "=", "linter.cli:main"]
