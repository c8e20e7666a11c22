"""Times caveat against what it could be: `python tests/bench/compare.py [--rounds 5] [--memory]`.

Whole processes over made-up pages in which no sentence stands twice; medians of several rounds in which every command
has its turn, because machines are noisy: read the ratios, not the seconds. proselint and textlint are timed if they are
installed (`pip install proselint`, `npm install textlint`, on the PATH).
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pages import write_pages

FEW, MANY, VERY_MANY = 20, 200, 2000
CAVEAT = [str(Path(sys.executable).parent / "caveat"), "check", "--fail-on", "never", "--no-config"]
MODEL = """
import importlib
from linter.language import MODEL_PACKAGES
def load(**options):
    for name in MODEL_PACKAGES:
        try:
            return importlib.import_module(name).load(**options)
        except ModuleNotFoundError:
            pass
"""
BARE = f"""{MODEL}
import pathlib, sys
pipeline = load(exclude=["ner"])
texts = [path.read_text(encoding="utf-8") for path in sorted(pathlib.Path(sys.argv[1]).iterdir())]
for document in pipeline.pipe(texts):
    len(document)
"""
NO_CLAIM = "The town hall is open from nine to five.\n\nThe bus stops in front of it, and there is room for bicycles.\n"
# A phrase list for textlint, as somebody would write one for the copy of the pages.
PHRASES = r"""
const phrases = /\b(reliev\w+|reduc\w+|eas\w+|heal\w+|cur\w+|regenerat\w+|restor\w+|no side effects?|safe|proven)\b/gi;
module.exports = ({Syntax, RuleError, report, getSource}) => ({
  [Syntax.Str](node) {
    for (const match of getSource(node).matchAll(phrases)) report(node, new RuleError(match[0], {index: match.index}));
  }
});
"""


@dataclass(frozen=True)
class Timed:
    """A command, what it is compared with, and what has to be done before each run of it."""

    name: str
    command: list[str]
    against: str = ""
    prepare: Callable[[], object] = lambda: None


def commands(folder: Path) -> Iterator[Timed]:
    """What is timed, in the folder that holds the pages."""
    few, many = str(folder / "few"), str(folder / "many")
    bare, alone = f"bare spaCy without NER, {MANY} pages", f"caveat check --no-cache --jobs 1, {MANY} pages"
    yield Timed(bare, [sys.executable, "-c", BARE, many])
    yield Timed(alone, [*CAVEAT, "--no-cache", "--jobs", "1", many], bare)
    yield Timed(f"caveat check --no-cache --jobs 2, {MANY} pages", [*CAVEAT, "--no-cache", "--jobs", "2", many], alone)
    yield Timed(f"caveat check, {MANY} unchanged pages", [*CAVEAT, many], alone)
    if proselint := shutil.which("proselint"):
        yield Timed(f"proselint check, {FEW} pages", [proselint, "check", few])
        yield Timed(f"caveat check, {MANY} unchanged pages, again", [*CAVEAT, many], f"proselint check, {FEW} pages")
    if textlint := shutil.which("textlint"):
        (folder / "rules").mkdir()
        (folder / "rules" / "phrases.js").write_text(PHRASES, encoding="utf-8")
        yield Timed(f"textlint --rulesdir, {MANY} pages", [textlint, "--rulesdir", str(folder / "rules"), many], alone)
    loading = "python -c 'spacy.load(…)'"
    yield Timed(loading, [sys.executable, "-c", f"{MODEL}\nload()"])
    yield Timed(f"caveat check, one of {MANY} pages edited", [*CAVEAT, many], loading, lambda: edit(folder / "many"))
    importing = "python -c 'import click, yaml'"
    yield Timed(importing, [sys.executable, "-c", "import click, yaml"])
    yield Timed("caveat check --no-cache, a page without triggers", [*CAVEAT, "--no-cache", "plain.txt"], importing)
    yield Timed("caveat --help", [CAVEAT[0], "--help"], importing)


def edit(pages: Path) -> None:
    """Give one of the pages a paragraph that no page had before."""
    path = min(pages.iterdir())
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\nOur gel relieved knee pain in {time.time_ns()} people.\n", encoding="utf-8")


def run(command: list[str], folder: Path) -> tuple[float, float]:
    """Seconds that a command takes, and the MiB that it takes at most; linters may find something, but not fail."""
    # Sources of an editable install are compiled once, like those of the peers, not at each start.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise subprocess.CalledProcessError(process.returncode, command)
    return seconds, usage.ru_maxrss / 1024


@contextmanager
def pages() -> Iterator[Path]:
    """A folder with pages, and what caveat keeps of them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_pages(folder / "few", FEW)
        write_pages(folder / "many", MANY)
        (folder / "plain.txt").write_text(NO_CLAIM, encoding="utf-8")
        run([*CAVEAT, str(folder / "many")], folder)
        yield folder


def time_all(rounds: int) -> None:
    """Print the medians and their ratios as a table."""
    with pages() as folder:
        timed = list(commands(folder))
        times: dict[str, list[float]] = {each.name: [] for each in timed}
        for number in range(rounds):
            for each in timed:
                each.prepare()
                times[each.name].append(run(each.command, folder)[0])
            print(f"round {number + 1} of {rounds}", file=sys.stderr)
    medians = {name: statistics.median(runs) for name, runs in times.items()}
    print("| command | seconds | ratio | to |\n| --- | --- | --- | --- |")
    for each in timed:
        ratio = f"{medians[each.name] / medians[each.against]:.2f}" if each.against else ""
        print(f"| {each.name} | {medians[each.name]:.2f} | {ratio} | {each.against} |")


def measure_memory() -> None:
    """Print the peaks of memory for many and very many pages."""
    peaks = []
    with tempfile.TemporaryDirectory() as name:
        for count in (MANY, VERY_MANY):
            folder = Path(name) / str(count)
            write_pages(folder, count)
            peaks.append(run([*CAVEAT, "--no-cache", "--jobs", "1", str(folder)], Path(name))[1])
            print(f"{count} pages: {peaks[-1]:.0f} MiB")
    print(f"ratio: {peaks[1] / peaks[0]:.2f}")


def main() -> None:
    """Read the options, and time or measure."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--memory", action="store_true", help="measure memory instead of time")
    chosen = options.parse_args()
    if chosen.memory:
        measure_memory()
    else:
        time_all(chosen.rounds)


if __name__ == "__main__":
    main()
