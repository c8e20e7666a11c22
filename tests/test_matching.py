"""Where rules could match by words, and what of it the tree bears out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from linter.agents import Context
from linter.language import Parser
from linter.matching import Matcher
from linter.model import Agent, Block, BlockKind, Document, Piece, Span
from linter.rulebook import Rulebook
from linter.rulefiles import read_rulebook
from linter.sentences import Sentence, split

PACK = """\
categories: {efficacy: it works, safety: it is safe, hype: it is great}
authorities:
  law: {citation: An Act, kind: statute, jurisdiction: us, read: read, as_of: "2026", paraphrase: Do not.}
lexicons:
  treatment: {inflect: noun, words: [injection, stem cell, laser]}
  care: {inflect: noun, words: [surgery, pain medication, physical therapist]}
  people: {inflect: noun, words: [patient, arthritis patient]}
  relieve: {inflect: verb, words: [relieve, ease, reduce, say goodbye to, get rid of]}
  bad: {inflect: noun, words: [pain, knee pain, swelling, arthritis, joint stiffness, stiffness]}
agents:
  - {kind: promoted, names: ['{treatment}'], claims: true, topic: true, default: true}
  - {kind: other, names: ['{care}'], topic: true}
  - {kind: people, names: ['{people}'], transparent: true}
rules:
  - id: relief
    category: efficacy
    severity: error
    message: m
    suggestion: s
    authority: law
    frames:
      - {action: '{relieve}', target: '{bad}'}
      - {action: '(relief|reduction)', target: '{bad}'}
      - {action: '(fade|disappear|gone|vanish|"less"|absent)', subject: '{bad}'}
    examples: {flag: [], pass: []}
  - id: safe
    category: safety
    severity: error
    message: m
    suggestion: s
    authority: law
    phrases: ['"safe"', (low|minimal) risk]
    unless: [safe distance, keep ... safe]
    agents: any
    examples: {flag: [], pass: []}
  - id: great
    category: hype
    severity: error
    message: m
    suggestion: s
    authority: law
    phrases: [amazing, best ...2 clinic]
    needs: [we, '{treatment}']
    agents: any
    examples: {flag: [], pass: []}
  - id: title
    category: hype
    severity: error
    message: m
    suggestion: s
    authority: law
    phrases: [welcome]
    blocks: [heading, label, quotation]
    agents: any
    examples: {flag: [], pass: []}
"""
NOBODY = Agent("", "promoted")
Matches = Callable[[str], list[str]]


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return read_rulebook({"p.yml": PACK})


@pytest.fixture(scope="module")
def matcher(rulebook: Rulebook) -> Matcher:
    return Matcher(rulebook)


def sentences(rulebook: Rulebook, text: str, kind: BlockKind) -> tuple[Sentence, ...]:
    block = Block.of(kind, (Piece(text, Span(0, len(text))),))
    return split(Document("page.txt", (block,)), rulebook.vocabulary)


def proposed(matcher: Matcher, rulebook: Rulebook, text: str, kind: BlockKind = "paragraph") -> list[str]:
    """Where rules could match, as "rule: words" or "rule: action > other"."""
    found = []
    for sentence in sentences(rulebook, text, kind):
        for proposal in matcher.propose(sentence, kind):
            ranges = [proposal.words, *([proposal.other] if proposal.other else [])]
            quoted = [sentence.text[sentence.words[s].start : sentence.words[e - 1].end] for s, e in ranges]
            found.append(f"{proposal.rule.id}: {' > '.join(quoted)}")
    return found


@pytest.fixture
def matches(parser: Parser, matcher: Matcher, rulebook: Rulebook) -> Matches:
    """``matches(text)``: what is confirmed, each range once, as "rule: words"."""

    def confirmed(text: str) -> list[str]:
        found: dict[str, None] = {}
        for sentence in sentences(rulebook, text, "paragraph"):
            proposals = matcher.propose(sentence, "paragraph")
            (tree,) = parser.parse([sentence.text])
            parsed = replace(sentence, tree=tree)
            for match in matcher.confirm(parsed, proposals, Context(NOBODY, NOBODY)):
                assert match.tokens
                assert match.head in range(len(tree.tokens))
                found[f"{match.rule.id}: {sentence.text[match.span.start : match.span.end]}"] = None
        return list(found)

    return confirmed


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("It is safe.", ["safe: safe"], id="phrase"),
        pytest.param("It is of low risk.", ["safe: low risk"], id="phrase of two words"),
        pytest.param("It eases pain.", ["relief: eases > pain"], id="frame with a target"),
        pytest.param("Pain relief", ["relief: relief > Pain"], id="frame, the other way round"),
        pytest.param("The pain is gone.", ["relief: gone > pain"], id="frame with a subject"),
        pytest.param("We are amazing.", ["great: amazing"], id="phrase with what it needs"),
        pytest.param("Amazing injections!", ["great: Amazing"], id="phrase with a lexicon that it needs"),
        pytest.param(
            "It eases pain and swelling.",
            ["relief: eases > pain", "relief: eases > swelling"],
            id="every pair of words",
        ),
    ],
)
def test_words_propose_where_a_rule_could_match(
    matcher: Matcher, rulebook: Rulebook, text: str, found: list[str]
) -> None:
    assert proposed(matcher, rulebook, text) == found


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("It eases the mind.", id="frame without a target"),
        pytest.param("Pain is bad.", id="frame without an action"),
        pytest.param("Keep a safe distance.", id="unless"),
        pytest.param("Keep your knees safe.", id="unless, with a gap"),
        pytest.param("They are amazing.", id="what is needed is missing"),
        pytest.param("It is safely stored.", id="another word"),
    ],
)
def test_other_words_propose_nothing(matcher: Matcher, rulebook: Rulebook, text: str) -> None:
    assert proposed(matcher, rulebook, text) == []


def test_an_exception_cancels_only_what_it_overlaps(matcher: Matcher, rulebook: Rulebook) -> None:
    assert proposed(matcher, rulebook, "At a safe distance it is safe.") == ["safe: safe"]


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        pytest.param("Welcome to us", "heading", ["title: Welcome"], id="a kind of block"),
        pytest.param("Welcome: it is here.", "item", ["title: Welcome"], id="a label"),
        pytest.param(
            "“You are all very welcome here, my dear friends.”", "paragraph", ["title: welcome"], id="quotation"
        ),
        pytest.param("Welcome to us.", "paragraph", [], id="another kind of block"),
        pytest.param("Hello: welcome to us.", "item", [], id="behind a label"),
        pytest.param("It is safe", "heading", ["safe: safe"], id="a rule for every block"),
    ],
)
def test_a_rule_may_be_for_some_blocks(
    matcher: Matcher, rulebook: Rulebook, text: str, kind: BlockKind, found: list[str]
) -> None:
    assert proposed(matcher, rulebook, text, kind) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("Injections ease pain.", "relief: ease pain", id="object"),
        pytest.param(
            "Injections ease chronic knee pain.", "relief: ease chronic knee pain", id="with what describes it"
        ),
        pytest.param("Pain is eased.", "relief: Pain is eased", id="passive"),
        pytest.param("We use lasers to ease pain.", "relief: ease pain", id="infinitive"),
        pytest.param("Injections that ease pain are new.", "relief: ease pain", id="relative clause"),
        pytest.param("Say goodbye to pain.", "relief: Say goodbye to pain", id="action of several words"),
        pytest.param("They get rid of the pain.", "relief: get rid of the pain", id="action with a preposition"),
        pytest.param("A reduction of pain is common.", "relief: reduction of pain", id="noun"),
        pytest.param("Pain relief is common.", "relief: Pain relief", id="compound"),
        pytest.param("Reduced swelling is common.", "relief: Reduced swelling", id="participle"),
        pytest.param("Reduce pain", "relief: Reduce pain", id="fragment"),
        pytest.param("It eases symptoms such as pain.", "relief: eases symptoms such as pain", id="example"),
        pytest.param("Your pain will be gone.", "relief: pain will be gone", id="predicate"),
        pytest.param("Her pain disappeared within a week.", "relief: pain disappeared", id="verb of a state"),
        pytest.param("Less swelling is common.", "relief: Less swelling", id="quantity"),
        pytest.param(
            "Arthritis patients say that it eases pain.", "relief: eases pain", id="people named by a disease"
        ),
    ],
)
def test_a_target_that_undergoes_the_action_is_a_match(matches: Matches, text: str, found: str) -> None:
    assert found in matches(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Because of the pain, injections reduce the sales of the shop.", id="another object"),
        pytest.param("Pain reduces the joy of life.", id="the disease is the subject"),
        pytest.param("Lasers ease the work of people who live with pain.", id="in a clause about somebody"),
        pytest.param("They ease pain medication use.", id="part of the name of other care"),
        pytest.param("Reduce the pain medications.", id="part of the name of other care, right behind"),
        pytest.param("The pain is mild, but the worry is gone.", id="the subject of another clause"),
        pytest.param("Pain is common; the reduction, in our view, was small.", id="beyond punctuation"),
        pytest.param("Surgery eases pain.", id="the effect of other care"),
        pytest.param("Pain is eased by pain medication.", id="by other care"),
    ],
)
def test_words_without_that_relation_are_none(matches: Matches, text: str) -> None:
    assert [found for found in matches(text) if found.startswith("relief")] == []


def test_a_match_knows_its_agent_and_its_tokens(parser: Parser, matcher: Matcher, rulebook: Rulebook) -> None:
    (sentence,) = sentences(rulebook, "Our stem cells ease chronic knee pain.", "paragraph")
    (tree,) = parser.parse([sentence.text])
    sentence = replace(sentence, tree=tree)
    found = matcher.confirm(sentence, matcher.propose(sentence, "paragraph"), Context(NOBODY, NOBODY))
    words = [token.text for token in tree.tokens]
    seen = {
        (
            match.agent.kind,
            match.agent.text,
            words[match.head],
            " ".join(words[token] for token in sorted(match.tokens)),
        )
        for match in found
    }
    assert seen == {
        ("promoted", "Our stem cells", "ease", "ease knee pain"),
        ("promoted", "Our stem cells", "ease", "ease pain"),
    }


def test_no_rules_propose_nothing(rulebook: Rulebook) -> None:
    assert proposed(Matcher(read_rulebook({})), rulebook, "It is safe and eases pain.") == []
