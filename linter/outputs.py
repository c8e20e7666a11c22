"""Where reports go: which formats were asked for, and into which files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from msgspec import Struct

from linter.hints import did_you_mean
from linter.model import CaveatError, InputError
from linter.reports import RENDERERS

STDOUT = "-"
DEFAULT = "text"
WORD, WORD_ENDING = "docx", ".docx"
"""The review as comments in a Word document."""
REVIEWS = {".html": "html", ".htm": "html", ".md": "markdown", ".csv": "csv", WORD_ENDING: WORD}
"""Endings of reviews, and their formats."""


class Output(Struct, frozen=True):
    """A format, and the file that it goes to (``-`` is standard output)."""

    form: str
    path: str = STDOUT


def find_outputs(formats: Iterable[str], file: str | None) -> tuple[Output, ...]:
    """The outputs behind ``NAME`` and ``NAME=FILE``; one without a file goes to ``file``, or to standard output.

    Raise CaveatError for a format that is not known, two outputs to one place, and a file that cannot be written,
    before the work is done that it was to hold.
    """
    if file == "":
        raise CaveatError("no file is named by --output; expected a name")
    outputs = []
    for text in tuple(formats) or (DEFAULT,):
        form, _, path = text.partition("=")
        if form not in RENDERERS:
            raise CaveatError(f"there is no format “{form}”{did_you_mean(form, RENDERERS)}; expected {_known()}")
        outputs.append(Output(form, path or file or STDOUT))
    if file is not None and all(file != output.path for output in outputs):
        raise CaveatError(f"no format is left for --output “{file}”; expected one without a file of its own")
    taken: dict[str, Output] = {}
    for output in outputs:
        place = output.path if output.path == STDOUT else os.path.realpath(output.path)
        other = taken.setdefault(place, output)
        if other is not output:
            name = "standard output" if place == STDOUT else f"“{output.path}”"
            raise CaveatError(f"{other.form} and {output.form} both go to {name}; expected --format NAME=FILE")
        if place != STDOUT:
            _expect_writable(output.path)
    return tuple(outputs)


def review_output(file: str) -> Output:
    """The output of a review, in the format that the ending of its file says; raise CaveatError as ``find_outputs``."""
    ending = os.path.splitext(file)[1].lower()
    if ending not in REVIEWS:
        raise CaveatError(f"found the review “{file}”; expected a name that ends in {', '.join(REVIEWS)}")
    _expect_writable(file)
    return Output(REVIEWS[ending], file)


def expect_draft(paths: Sequence[str], output: Output) -> None:
    """Raise CaveatError if the review is comments in a Word document, and these files are not the one to comment on."""
    if output.form == WORD:
        expected = f"expected one Word document other than “{output.path}”, which gets its comments"
        if len(paths) != 1:
            raise CaveatError(f"found {len(paths)} files to review; {expected}")
        if os.path.splitext(paths[0])[1].lower() != WORD_ENDING:
            name = "standard input" if paths[0] == STDOUT else f"“{paths[0]}”"
            raise CaveatError(f"found {name} to review; {expected}")


def without_outputs(paths: Iterable[str], outputs: Iterable[Output]) -> list[str]:
    """The files that a run does not write itself: an older report is no copy."""
    written = {os.path.realpath(output.path) for output in outputs if output.path != STDOUT}
    return [path for path in paths if path == STDOUT or os.path.realpath(path) not in written]


def _expect_writable(path: str) -> None:
    folder = os.path.dirname(os.path.realpath(path))
    if os.path.isdir(path):
        raise InputError("this is a folder; expected a file to write to", path)
    if not os.path.isdir(folder):
        raise InputError(f"this file cannot be written: there is no folder “{folder}”", path)
    if not os.access(folder, os.W_OK):
        raise InputError(f"this file cannot be written: the folder “{folder}” is closed to you", path)


def _known() -> str:
    *names, last = RENDERERS
    return f"one of {', '.join(names)} or {last}"
