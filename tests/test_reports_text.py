"""The text report: layout of findings, marks under words of any width, colours."""

from __future__ import annotations

import click
import pytest
from msgspec.structs import replace

from linter.model import Cue, DisclosureResult, FileReport, Finding, InputError, Report, Span
from linter.reports import render
from linter.reports.excerpt import WIDTH, excerpt
from linter.source import Source


def marked(text: str, words: str) -> list[tuple[str, str]]:
    source = Source("a.txt", text)
    start = text.index(words)
    return excerpt(source, source.position(start), source.position(start + len(words)))


def finding(source: Source, words: str, **changes: object) -> Finding:
    start = source.text.index(words)
    made = Finding(
        rule="efficacy/relief",
        category="efficacy",
        severity="error",
        qualification="none",
        message=f"“{words}” says much.",
        suggestion="Say less.",
        authority=("law", "memo"),
        text=words,
        agent="",
        section=(),
        cues=(),
        start=source.position(start),
        end=source.position(start + len(words)),
        fingerprint="0",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def report(*files: FileReport, errors: tuple[InputError, ...] = ()) -> Report:
    return Report("0.1", "0", "model", "us", files, errors, {"law": "An Act", "memo": "A Memo (unverified)"})


SOURCE = Source("pages/a.md", "# Relief\n\nIt may ease pain.\nIt heals\nall.\n")
CUE = Cue("may", "modality", "weak", Span(3, 6), Span(0, 17))
DUE = finding(
    SOURCE,
    "ease pain",
    rule="disclosure/risks",
    category="disclosure",
    severity="note",
    message="Name the risks.",
)
LATE = finding(
    SOURCE, "It heals", rule="disclosure/limits", category="disclosure", message="It is said where readers may miss it."
)
FILE = FileReport(
    "pages/a.md",
    SOURCE.text,
    (
        finding(SOURCE, "ease pain", severity="warning", qualification="weak", cues=(CUE,)),
        DUE,
        finding(SOURCE, "heals\nall", message="“heals all” says much.", suggestion="Say less. " * 12),
        replace(DUE, rule="disclosure/references", severity="error", message="No source is named."),
        replace(LATE, severity="warning"),
    ),
    (
        DisclosureResult("references", "absent", True),
        DisclosureResult("risks", "partial", True, "It may", SOURCE.position(10), SOURCE.position(16)),
        DisclosureResult("limits", "present", True, "It heals", SOURCE.position(28), SOURCE.position(36), True),
    ),
)


def test_the_whole_report() -> None:
    error = InputError("this file cannot be read: Permission denied", "pages/b.md")
    clean = FileReport("pages/c.md", "Call us.", (), ())
    assert render("text", report(FILE, clean, errors=(error,))) == (
        """\
pages/a.md:3:8: warning efficacy/relief (efficacy, weakly qualified)
    It may ease pain.
           ~~~~~~~~~
    why            “ease pain” says much.
    write instead  Say less.
    authority      An Act; A Memo (unverified)
    decided by     “may” (modality)

pages/a.md:4:4: error efficacy/relief (efficacy, not qualified)
    It heals
       ~~~~~
    all.
    ~~~
    why            “heals all” says much.
    write instead  Say less. Say less. Say less. Say less. Say less. Say less. Say less. Say less.
                   Say less. Say less. Say less. Say less.
    authority      An Act; A Memo (unverified)

pages/a.md: disclosures missing or misplaced

pages/a.md:3:8: error disclosure/references (absent)
    why            No source is named.
    write instead  Say less.
    authority      An Act; A Memo (unverified)

pages/a.md:4:1: warning disclosure/limits (misplaced)
    found only     “It heals” (line 4)
    why            It is said where readers may miss it.
    write instead  Say less.
    authority      An Act; A Memo (unverified)

pages/a.md:3:8: note disclosure/risks (partial)
    found only     “It may” (line 3)
    why            Name the risks.
    write instead  Say less.
    authority      An Act; A Memo (unverified)

pages/b.md: error: this file was not checked: this file cannot be read: Permission denied

2 errors, 2 warnings, 1 note in 2 files; 1 file not checked
"""
    )


def test_a_run_without_findings_is_one_line() -> None:
    assert render("text", report(FileReport("c.md", "Call us.", (), ()))) == "0 errors, 0 warnings, 0 notes in 1 file\n"


def test_colours_change_nothing_but_the_colour() -> None:
    plain, colored = render("text", report(FILE)), render("text", report(FILE), color=True)
    assert "\x1b" not in plain
    assert "\x1b[31m   ~~~~~\x1b[0m" in colored
    assert click.unstyle(colored) == plain


@pytest.mark.parametrize(
    ("message", "lines"),
    [
        ("a" * 81, ["a" * 81]),
        ("a" * 82, ["a" * 81, "a"]),
        ("a" * 40 + " " + "b" * 40, ["a" * 40 + " " + "b" * 40]),
        ("a" * 40 + " " + "b" * 41, ["a" * 40, "b" * 41]),
        ("eases\tall  pain " * 6, ["eases all pain " * 5 + "eases", "all pain"]),
        ("a " + "b" * 90, ["a", "b" * 81, "b" * 9]),
    ],
)
def test_what_is_said_is_wrapped_between_words(message: str, lines: list[str]) -> None:
    text = render("text", report(FileReport("a.md", SOURCE.text, (finding(SOURCE, "ease pain", message=message),), ())))
    said = text.split("    why            ")[1].split("    write instead")[0]
    assert [line.strip() for line in said.splitlines()] == lines


def test_an_authority_without_a_citation_is_named_by_its_id() -> None:
    unknown = FileReport("a.md", SOURCE.text, (finding(SOURCE, "ease pain", authority=("eu-x",)),), ())
    assert "    authority      eu-x\n" in render("text", report(unknown))


@pytest.mark.parametrize(
    ("text", "words", "line", "marks"),
    [
        pytest.param("It eases pain.", "eases", "It eases pain.", "   ~~~~~", id="plain words"),
        pytest.param("\tIt eases\tpain.", "pain", "    It eases    pain.", "                ~~~~", id="tabs"),
        pytest.param("疼痛 gone", "gone", "疼痛 gone", "     ~~~~", id="wide characters before the words"),
        pytest.param("no 疼痛 now", "疼痛", "no 疼痛 now", "   ~~~~", id="wide characters marked"),
        pytest.param("cafe\u0301 cure", "cure", "cafe\u0301 cure", "     ~~~~", id="a combining accent"),
        pytest.param("💊 cure", "cure", "💊 cure", "   ~~~~", id="an emoji"),
        pytest.param("👩\u200d⚕️ cure", "cure", "👩\u200d⚕️ cure", "   ~~~~", id="an emoji of several code points"),
        pytest.param("a\u00a0cure", "cure", "a\u00a0cure", "  ~~~~", id="a no-break space"),
        pytest.param("\x1b[2J\u202ecure", "cure", "�[2J�cure", "     ~~~~", id="what would steer the terminal"),
    ],
)
def test_marks_stand_under_the_words(text: str, words: str, line: str, marks: str) -> None:
    assert marked(text, words) == [(line, marks)]


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        pytest.param("", "well " * 40, "cure " + "well " * 16 + "well …", id="words at the beginning"),
        pytest.param("well " * 40, "", "… " + "well " * 17 + "cure", id="words at the end"),
        pytest.param(
            "well " * 40, "then " * 40, "… " + "well " * 8 + "cure " + "then " * 7 + "then …", id="words in the middle"
        ),
    ],
)
def test_a_long_line_is_cut_between_words(before: str, after: str, line: str) -> None:
    (shown, marks) = marked(f"{before}cure {after}", "cure")[0]
    assert shown == line
    assert marks.index("~") == shown.index("cure")
    assert marks.count("~") == len("cure")


def test_a_page_in_one_line_is_cut_like_any_other() -> None:
    assert marked("well " * 200_000 + "cure " + "then " * 200_000, "cure") == marked(
        "well " * 40 + "cure " + "then " * 40, "cure"
    )
    long = "x" * 1_000_000
    assert marked(f"So {long} end", long) == marked(f"So {long[:200]} end", long[:200])


def test_marked_words_that_do_not_fit_are_cut_at_their_end() -> None:
    (line, marks) = marked("So " + "x" * 200 + " end", "x" * 200)[0]
    assert line == "… " + "x" * WIDTH + " …"
    assert marks == "  " + "~" * WIDTH


def test_of_many_lines_the_middle_ones_are_left_out() -> None:
    text = "one\ntwo\n\n  three\nfour\nfive\n"
    assert marked(text, text.rstrip()) == [
        ("one", "~~~"),
        ("two", "~~~"),
        ("…", ""),
        ("five", "~~~~"),
    ]
