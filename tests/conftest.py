"""What many tests share: the trained pipeline, loaded once, and the built-in rules."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from linter import cli
from linter.analysis import Analyser
from linter.language import Parser
from linter.rulefiles import builtin_pack, read_rulebook

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Outcome:
    """What a run of the command left behind."""

    status: int
    output: str
    errors: str


Run = Callable[..., Outcome]


@pytest.fixture(scope="session")
def parser() -> Parser:
    """The one parser of the session, which loads the model when it is first used."""
    return Parser()


@pytest.fixture(scope="session")
def analyser(parser: Parser) -> Analyser:
    """An analyser with the built-in rules."""
    return Analyser(read_rulebook(builtin_pack()), parser)


@pytest.fixture
def caveat(parser: Parser, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs the command in this process, with the session's parser: ``caveat("check", "-", stdin=b"…")``."""
    monkeypatch.setattr(cli, "Parser", lambda: parser)

    def run(*arguments: str, stdin: bytes = b"") -> Outcome:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capfdbinary.readouterr()
        status = cli.run(arguments)
        captured = capfdbinary.readouterr()
        return Outcome(status, captured.out.decode(), captured.err.decode())

    return run


@pytest.fixture
def small_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes a small pack the built-in one, so that whole outputs can be compared."""
    text = (ROOT / "tests" / "packs" / "small.yml").read_text(encoding="utf-8")
    monkeypatch.setattr(cli, "builtin_pack", lambda: {"rules/small.yml": text})
