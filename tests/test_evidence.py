"""Evidence for claims: which entries cover one, which carry it, and what is told where they do not."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from linter import engine
from linter.analysis import Analyser
from linter.evidencefiles import read_register
from linter.language import Parser
from linter.model import FileReport
from linter.policy import Policy
from linter.readers import read
from linter.rulefiles import read_rulebook
from linter.source import Source
from linter.suppression.evidence import Entry, digest, settle

Run = Callable[..., Any]
SMALL = (Path(__file__).parent / "packs" / "small.yml").read_text(encoding="utf-8")
TODAY = date(2026, 7, 1)
PAIN = "{id: trial, words: relieve knee pain, source: 'doi:10.1000/182', approved-by: Ann"


@pytest.fixture(scope="module")
def small(parser: Parser) -> Analyser:
    return Analyser(read_rulebook({"small.yml": SMALL}), parser)


def entries(*texts: str) -> tuple[Entry, ...]:
    return read_register("claims:\n" + "".join(f"  - {text}\n" for text in texts), "evidence.yml").entries


def settled(small: Analyser, text: str, *register: Entry) -> FileReport:
    source = Source("page.md", text)
    found = engine.check(source, read(source), small, Policy(evidence=register))
    return settle(found, {entry.id: entry for entry in register}, TODAY)


def kept(report: FileReport) -> list[str]:
    return [finding.text for finding in report.findings if not finding.is_disclosure]


COVERED = {
    "the words themselves": ("relieve knee pain", "Our injections relieve knee pain.", True),
    "other forms of them": ("relieve knee pain", "Knee pain is gone. Injections relieved knee pains.", True),
    "one of several": ("[relieve knee pain, ease knee pain]", "Our injections ease knee pain.", True),
    "alternatives": ("'relieve (knee|hip) pain'", "Our injections relieve hip pain.", True),
    "words between that claim nothing": ("'relieve ... pain'", "Our injections relieve your pain.", True),
    "more words than the claim": ("injection relieve knee pain fast", "Our injections relieve knee pain fast.", True),
    "other words": ("relieve hip pain", "Our injections relieve knee pain.", False),
    "only some of the words": ("relieve", "Our injections relieve knee pain.", False),
    "the words elsewhere in the sentence": (
        "ease aches",
        "Our injections relieve knee pain, as rest eases aches.",
        False,
    ),
    "the words in another sentence": (
        "relieve hip pain",
        "Injections relieve knee pain. Surgery relieves hip pain.",
        False,
    ),
}


@pytest.mark.parametrize("name", COVERED)
def test_an_entry_covers(small: Analyser, name: str) -> None:
    words, text, is_covered = COVERED[name]
    (entry,) = entries(f"{{id: trial, words: {words}, source: 'doi:10.1000/182', approved-by: Ann}}")
    report = settled(small, text, entry)
    assert ("efficacy/relief" in {each.finding.rule for each in report.suppressed}) is is_covered


def test_a_claim_that_is_carried_is_told_with_its_source(small: Analyser) -> None:
    text = (
        "{id: x, words: relieve knee pain, source: ['doi:10.1000/182', 'pmid:1'], approved-by: Ann, until: 2026-12-31}"
    )
    (entry,) = entries(text)
    (passed,) = settled(small, "Our injections relieve knee pain.", entry).suppressed
    assert (passed.by, passed.place, passed.until) == ("evidence", "evidence.yml:2", date(2026, 12, 31))
    assert passed.reason == "doi:10.1000/182; pmid:1, approved by Ann"


CLAIM = "Our injections relieve knee pain."
CARRIED = {
    "it is for this rule": ("rules: efficacy/relief", CLAIM, ""),
    "it is for this category": ("rules: [efficacy]", CLAIM, ""),
    "its first day": ("from: 2026-07-01", CLAIM, ""),
    "its last day": ("until: 2026-07-01", CLAIM, ""),
    "its time is not yet": ("from: 2026-07-02", CLAIM, "it holds from 2026-07-02 on"),
    "its time is over": ("until: 2026-06-30", CLAIM, "it ran out on 2026-06-30"),
    "its qualifier": ("qualifier: in a trial", "In a trial, our injections relieve knee pain.", ""),
    "one of its qualifiers": ("qualifier: [study, in a trial]", "In a trial, our injections relieve knee pain.", ""),
    "its qualifier beside it": ("qualifier: study", f"{CLAIM} A study.", "it requires “study” in the same sentence"),
    "no qualifier": ("qualifier: in a trial", CLAIM, "it requires “in a trial” in the same sentence"),
    "its disclosure": ("disclosures: risks", f"{CLAIM} There is a risk of infection.", ""),
    "no disclosure": ("disclosures: disclosure/risks", CLAIM, "it requires the disclosure “risks” on the page"),
    "half a disclosure": (
        "disclosures: risks",
        f"{CLAIM} There are risks.",
        "it requires the disclosure “risks” on the page",
    ),
    "several things at once": (
        "disclosures: risks, qualifier: may, until: 2026-01-01",
        CLAIM,
        "it requires “may” in the same sentence and it requires the disclosure “risks” on the page "
        "and it ran out on 2026-01-01",
    ),
}


@pytest.mark.parametrize("name", CARRIED)
def test_an_entry_carries_or_says_why_not(small: Analyser, name: str) -> None:
    more, text, reason = CARRIED[name]
    report = settled(small, text, *entries(f"{PAIN}, {more}}}"))
    claims = [finding for finding in report.findings if not finding.is_disclosure]
    if reason:
        assert claims[0].message.endswith(f" The evidence “trial” does not carry it: {reason}.")
    else:
        assert claims == []


def test_an_entry_for_another_rule_says_nothing(small: Analyser) -> None:
    report = settled(small, CLAIM, *entries(f"{PAIN}, rules: disclosure}}"))
    assert not report.findings[-1].support


def test_where_one_entry_does_not_carry_another_may(small: Analyser) -> None:
    old, new = entries(f"{PAIN}, until: 2020-01-01}}", f"{PAIN}}}".replace("id: trial", "id: again"))
    assert settled(small, CLAIM, old, new).suppressed[0].place == "evidence.yml:3"


def test_an_entry_that_is_barred_says_so(small: Analyser) -> None:
    entry = replace(entries(f"{PAIN}}}")[0], barred="it is for uk/** only")
    (_, finding) = settled(small, CLAIM, entry).findings
    assert finding.message.endswith("does not carry it: it is for uk/** only.")


def test_the_digest_tells_what_pages_are_judged_by() -> None:
    (entry,) = entries(f"{PAIN}}}")
    assert digest([entry]) == digest([replace(entry, approved_by="Eve", end=date(2020, 1, 1))])
    others = [
        replace(entry, id="x"),
        replace(entry, rules=frozenset(["x"])),
        replace(entry, barred="x"),
        replace(entry, disclosures=("x",)),
        replace(entry, words=()),
        replace(entry, qualifier=entry.words),
    ]
    assert len({digest([each]) for each in (entry, *others)} | {digest([])}) == len(others) + 2


# -- with the command --------------------------------------------------------------------------------------------------

REGISTER = """\
claims:
  - id: trial
    words: relieve knee pain
    source: [doi:10.1000/182, study.txt]
    approved-by: Ann
    until: 2026-12-31
    files: us/**
  - id: lab
    words: ease aches
    source: study.txt
    approved-by: Ann
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small_rules: None) -> Path:
    """A site with a register and two pages as the current folder, and the small pack."""
    for name, text in {
        "caveat.yml": "ignore: disclosure",
        "evidence.yml": REGISTER,
        "study.txt": "Call us.",
        "us/a.md": CLAIM,
        "uk/a.md": f"{CLAIM} It eases pain.",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_carried_claims_do_not_fail_and_are_shown(folder: Path, caveat: Run) -> None:
    outcome = caveat("check", "us", "--today", "2026-07-01")
    assert (outcome.status, outcome.output) == (
        0,
        """\
us/a.md:1:16: substantiated efficacy/relief
    claim          “relieve knee pain”
    evidence       substantiated: doi:10.1000/182; study.txt, approved by Ann (evidence.yml:2, until
                   2026-12-31)

0 errors, 0 warnings, 0 notes in 1 file; 1 substantiated
""",
    )
    late = caveat("check", "us", "--today", "2027-01-01", "--format", "concise")
    assert late.status == 1
    assert "The evidence “trial” does not carry it: it ran out on 2026-12-31." in late.output


def test_what_is_kept_of_a_file_depends_on_the_evidence(folder: Path, caveat: Run) -> None:
    assert caveat("check", "us", "--today", "2026-07-01").status == 0
    (folder / "evidence.yml").write_text(REGISTER.replace("knee", "hip"))
    assert caveat("check", "us", "--today", "2026-07-01").status == 1


def test_the_list_goes_both_ways(folder: Path, caveat: Run) -> None:
    outcome = caveat("evidence", "--today", "2026-07-01")
    assert (outcome.status, outcome.output) == (
        0,
        """\
trial (evidence.yml:2): doi:10.1000/182; study.txt, approved by Ann, until 2026-12-31
  uk/a.md:1:16: efficacy/relief “relieve knee pain”: not carried: it is for us/** only
  us/a.md:1:16: efficacy/relief “relieve knee pain”: substantiated
lab (evidence.yml:8): study.txt, approved by Ann
  never used
claims without evidence
  uk/a.md:1:38: efficacy/relief “eases pain”
entries: 2, never used: 1; claims without evidence: 1
""",
    )
    content = json.loads(caveat("evidence", "--today", "2027-07-01", "--format", "json").output)
    assert [(entry["id"], entry["holds"], len(entry["uses"])) for entry in content["entries"]] == [
        ("trial", False, 2),
        ("lab", True, 0),
    ]
    assert content["uncovered"] == [
        {"path": "uk/a.md", "line": 1, "column": 38, "rule": "efficacy/relief", "text": "eases pain"}
    ]


def test_a_claim_that_is_qualified_well_enough_uses_its_entry(folder: Path, caveat: Run) -> None:
    (folder / "us" / "a.md").write_text("Our injections may relieve knee pain [1].\n")
    pack = SMALL.replace("effect: weak", "effect: adequate")
    (folder / "own.yml").write_text(
        "cues:\n  - {kind: source, effect: adequate, scope: modified, phrases: ['\"may\"']}\n"
    )
    assert pack != SMALL
    (folder / "caveat.yml").write_text("rules: own.yml\nignore: disclosure")
    lines = caveat("evidence", "us").output.splitlines()
    assert lines[1] == "  us/a.md: qualified well enough without it"


def test_init_writes_a_register(folder: Path, caveat: Run) -> None:
    again = caveat("init", "--evidence")
    assert (again.status, again.errors) == (2, "evidence.yml: there is a register already; “--force” writes it anew\n")
    assert caveat("init", "--evidence", "--force").output.startswith("wrote evidence.yml\n")
    assert caveat("evidence").output.splitlines()[-1] == "entries: 0, never used: 0; claims without evidence: 3"
    text = (folder / "evidence.yml").read_text()
    said = "".join(f"{line[2:]}\n" for line in text.splitlines() if line.startswith(("# - ", "#   ")))
    (entry,) = read_register(f"claims:\n{said}", "evidence.yml").entries
    assert (entry.id, entry.end, entry.disclosures) == ("knee-pain-trial", date(2026, 12, 31), ("risks",))


@pytest.mark.parametrize(
    ("config", "register", "told"),
    [
        (
            "evidence: gone.yml",
            REGISTER,
            "caveat.yml:1:11: there is no such file: “gone.yml”; “caveat init --evidence” writes it\n",
        ),
        (
            "",
            REGISTER.replace("study.txt]", "gone.pdf]"),
            "evidence.yml:4:31: there is no such file: “gone.pdf”; expected one beside the register\n",
        ),
        (
            "",
            REGISTER.replace("files: us/**", "rules: efficiency"),
            "evidence.yml:7:12: there is no rule or category “efficiency” (did you mean “efficacy”?); "
            "“caveat rules” lists them\n",
        ),
        (
            "",
            REGISTER.replace("files: us/**", "disclosures: risk"),
            "evidence.yml:7:18: there is no disclosure “risk” (did you mean “risks”?); “caveat rules” lists them\n",
        ),
        (
            "",
            REGISTER.replace("files: us/**", "profiles: ux"),
            "evidence.yml:7:15: there is no profile “ux”; expected us\n",
        ),
    ],
    ids=["no register", "no file", "no rule", "no disclosure", "no profile"],
)
def test_mistakes_are_told_with_their_places(folder: Path, caveat: Run, config: str, register: str, told: str) -> None:
    (folder / "caveat.yml").write_text(config)
    (folder / "evidence.yml").write_text(register)
    outcome = caveat("check", "us")
    assert (outcome.status, outcome.errors) == (2, told)
