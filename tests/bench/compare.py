"""Times caveat against bare spaCy over the same text: `python tests/bench/compare.py [FILE...]`.

Whole processes, medians of five, alternating in one run, because machines are noisy: read the ratio, not the seconds.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROUNDS = 5
CAVEAT = str(Path(sys.executable).parent / "caveat")
ARTICLES = Path(__file__).parents[2] / "corpus" / "articles"
SPACY = """
import sys, pathlib
from linter.language import MODEL_PACKAGES
import importlib
for name in MODEL_PACKAGES:
    try:
        package = importlib.import_module(name)
        break
    except ModuleNotFoundError:
        pass
pipeline = package.load(exclude=["ner"])
texts = [pathlib.Path(path).read_text(encoding="utf-8") for path in sys.argv[1:]]
for document in pipeline.pipe(texts):
    len(document)
"""


def commands(files: list[str]) -> dict[str, list[str]]:
    """What is timed: name -> command line."""
    return {
        "caveat check": [CAVEAT, "check", "--fail-on", "never", *files],
        "bare spaCy, default pipeline without NER": [sys.executable, "-c", SPACY, *files],
        "caveat --help": [CAVEAT, "--help"],
        "python -c 'import click, yaml'": [sys.executable, "-c", "import click, yaml"],
    }


def seconds(command: list[str]) -> float:
    """The wall-clock time of one run; raises CalledProcessError where it fails."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    """Print a table of medians and their ratios to bare spaCy."""
    files = sys.argv[1:] or [str(path) for path in sorted(ARTICLES.glob("*.txt"))]
    times: dict[str, list[float]] = {name: [] for name in commands(files)}
    for _ in range(ROUNDS):
        for name, command in commands(files).items():
            times[name].append(seconds(command))
    base = statistics.median(times["bare spaCy, default pipeline without NER"])
    print(f"{len(files)} files, medians of {ROUNDS}")
    for name, runs in times.items():
        median = statistics.median(runs)
        print(f"{name:42} {median:6.2f} s  {median / base:5.2f}")


if __name__ == "__main__":
    main()
