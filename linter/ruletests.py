"""Runs the examples that rules and disclosures carry: what they must flag, what they must pass.

A pack is tested together with the built-in rules, whose lexicons, agents and cues it may use.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from msgspec import Struct

from linter.analysis import AnalysedSentence, Analyser
from linter.disclosures import find_disclosures
from linter.language import Parser, Tree
from linter.model import Claim, Document
from linter.placement import Layout
from linter.readers.markdown import read_markdown
from linter.readers.text import read_text
from linter.rulebook import Disclosure, Example, Rule, Rulebook
from linter.sentences import split
from linter.source import Source


class Failure(Struct, frozen=True, order=True):
    """What is wrong at a place in a pack: most often, an example that does not do what it stands for."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


def _read(text: str) -> Document:
    """An example of one line as plain text, one of several as Markdown, in which there are lists and tables."""
    source = Source("example", text)
    return read_markdown(source) if "\n" in text.strip() else read_text(source)


class ExampleRunner:
    """Runs the examples of the rules and disclosures in ``rulebook`` that stand in the files ``paths``."""

    def __init__(self, rulebook: Rulebook, paths: Iterable[str], parser: Parser) -> None:
        chosen = frozenset(paths)
        self._rulebook = rulebook
        self.rules = tuple(rule for rule in rulebook.rules if rule.path in chosen)
        self.disclosures = tuple(item for item in rulebook.disclosures if item.path in chosen)
        self._documents = {text: _read(text) for text in self._texts()}
        self._parser = parser

    @property
    def count(self) -> int:
        """How many examples there are."""
        return sum(1 for _ in self._texts())

    def failures(self) -> Iterator[Failure]:
        """The examples that fail, rule by rule."""
        analyser = Analyser(self._rulebook, _Parsed(self._parser, self._sentences()))
        analysed = {text: analyser.analyse(document) for text, document in self._documents.items()}
        for rule in self.rules:
            groups = {"flag" if example.flag else "pass" for example in rule.examples}
            yield from _missing_examples(rule, ("flag", "pass"), groups)
            for example in rule.examples:
                claims = [claim for item in analysed[example.text] for claim in item.claims]
                if problem := _judge(rule, example, claims):
                    yield Failure(rule.path, example.line, f"{rule.id} {problem}: “{example.text}”")
        for disclosure in self.disclosures:
            is_possible = disclosure.present or disclosure.cited_source  # some things no wording makes lawful
            groups = {status for status, _, _ in disclosure.examples}
            yield from _missing_examples(disclosure, ("present", "absent") if is_possible else ("absent",), groups)
            for wanted, text, line in disclosure.examples:
                status = _status(disclosure, self._documents[text], analysed[text])
                if status != wanted:
                    message = f"{disclosure.id} is {status}, expected {wanted}: “{text}”"
                    yield Failure(disclosure.path, line, message)

    def _texts(self) -> Iterator[str]:
        for rule in self.rules:
            yield from (example.text for example in rule.examples)
        for disclosure in self.disclosures:
            yield from (text for _, text, _ in disclosure.examples)

    def _sentences(self) -> list[str]:
        book = self._rulebook
        documents = self._documents.values()
        return [item.text for document in documents for item in split(document, book.vocabulary, book.speakers)]


class _Parsed(Parser):
    """A parser that has read all sentences at once, which is much faster than to read them text by text."""

    def __init__(self, parser: Parser, sentences: Iterable[str]) -> None:
        texts = list(dict.fromkeys(sentences))
        self._trees = dict(zip(texts, parser.parse(texts), strict=True))

    def parse(self, sentences: Iterable[str]) -> Iterator[Tree]:
        """The trees of sentences that were read before."""
        return (self._trees[sentence] for sentence in sentences)


def _missing_examples(entry: Rule | Disclosure, wanted: Iterable[str], groups: Collection[str]) -> Iterator[Failure]:
    for group in wanted:
        if group not in groups:
            yield Failure(entry.path, entry.line, f"{entry.id} has no example under “{group}”")


def _judge(rule: Rule, example: Example, claims: Iterable[Claim]) -> str:
    """What is wrong with the outcome of an example, if anything; an adequately qualified claim is not flagged."""
    own = [claim for claim in claims if rule.id in (claim.rule, *claim.merged)]
    flagged = [claim for claim in own if claim.qualification != "adequate"]
    if not example.flag:
        return "flags what it should pass" if flagged else ""
    levels = sorted({claim.qualification for claim in own})
    if example.qualification:
        return "" if example.qualification in levels else f"finds {_levels(levels)}, expected {example.qualification}"
    return "" if flagged else f"finds {_levels(levels)}"


def _levels(levels: Sequence[str]) -> str:
    return " and ".join(levels) or "nothing"


def _status(disclosure: Disclosure, document: Document, analysed: Iterable[AnalysedSentence]) -> str:
    sentences = [item.sentence for item in analysed]
    return find_disclosures(Layout(document, sentences, ()), (), (disclosure,))[0].status
