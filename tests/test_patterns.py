"""The phrase syntax: what each piece of it finds, where it is wrong, and how much work a search can become."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import overload

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Raw, msgpack
from msgspec.structs import replace

from linter.elements import Anchor, Choice, Element, Gap, Literal
from linter.expectation import Expectation
from linter.inflection import noun_forms
from linter.lexicon import Vocabulary, VocabularyBuilder
from linter.patterns import Pattern, PatternError
from linter.phrases import parse
from linter.scan import Scan
from linter.words import Word, split_words

LEXICONS = {"cell": ["stem cell", "stem cell therapy", "prp"], "pain": ["pain", "ache"]}


def vocabulary() -> Vocabulary:
    words = VocabularyBuilder()
    for name, entries in LEXICONS.items():
        for entry in entries:
            words.add(name, [{part} for part in entry.split()])
    return words.vocabulary()


VOCABULARY = vocabulary()


def find(phrase: str, text: str) -> list[str]:
    """What the phrase matches, as it stands in the text."""
    words = split_words(text)
    found = parse(phrase).find(VOCABULARY.scan(words))
    return [text[words[start].start : words[end - 1].end] for start, end in found]


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        pytest.param("beacon of hope", "A beacon of hope, two beacons of hope", ["beacon of hope", "beacons of hope"]),
        pytest.param("relieve", "It RELIEVES, relieved, is relieving", ["RELIEVES", "relieved", "relieving"]),
        pytest.param("long-lasting", "long lasting or long‑lasting", ["long lasting", "long‑lasting"]),
        pytest.param("are not", "They aren’t", ["aren’t"]),
        pytest.param("24/7", "Open 24/7.", ["24/7"]),
        pytest.param("relief", "the “relief” (relief) relief®", ["relief", "relief", "relief"]),
    ],
)
def test_words_meet_every_inflected_and_typographic_form(phrase: str, text: str, found: list[str]) -> None:
    assert find(phrase, text) == found


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        pytest.param("beacon of hope", "beacon hope of", id="another order"),
        pytest.param("beacon of hope", "beacon of great hope", id="a word between"),
        pytest.param("beacon of hope", "beacon of, hope", id="a comma between"),
        pytest.param("beacon of hope", "beacon. Of hope", id="a full stop between"),
        pytest.param("beacon of hope", "beacon of", id="the end is missing"),
        pytest.param("relieve", "relief, reliever, relie", id="other words"),
        pytest.param("the", "then", id="closed-class words do not inflect"),
        pytest.param("pain", "", id="no text"),
    ],
)
def test_words_in_another_shape_are_not_found(phrase: str, text: str) -> None:
    assert find(phrase, text) == []


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        pytest.param('"may"', "may MAY mays mayed", ["may", "MAY"], id="no inflected form"),
        pytest.param('"US"', "US us Us", ["US", "Us"], id="a capital in the quotes asks for a capital"),
        pytest.param('"not only"', "not only", ["not only"], id="several words"),
        pytest.param('the "claims"', "the claims, the claim", ["the claims"], id="in a phrase"),
        pytest.param("“may”", "may mays", ["may"], id="typographic quotes"),
    ],
)
def test_quoted_words_are_meant_in_this_form(phrase: str, text: str, found: list[str]) -> None:
    assert find(phrase, text) == found


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        pytest.param("{cell}", "stem cell therapy and PRP", ["stem cell therapy", "PRP"], id="the longest entry"),
        pytest.param("{cell} heal", "stem cell therapy heals", ["stem cell therapy heals"], id="in a phrase"),
        pytest.param("{cell} therapy", "stem cell therapy", ["stem cell therapy"], id="the entry that fits"),
        pytest.param("{ cell }", "prp", ["prp"], id="white space in the braces"),
        pytest.param("{number} patient", "40 patients; 1,200 patients", ["40 patients", "1,200 patients"]),
        pytest.param("{cell}", "cell therapy, stem-like cells", [], id="no entry"),
        pytest.param("{unheard_of}", "prp", [], id="no hits of such a lexicon"),
        pytest.param("{number}", "forty patients in B12 x2", ["12", "2"], id="digits only"),
    ],
)
def test_lexicons_stand_for_their_entries(phrase: str, text: str, found: list[str]) -> None:
    assert find(phrase, text) == found


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        pytest.param("(a|one of the) best", "a best one of the best", ["a best", "one of the best"], id="alternatives"),
        pytest.param("[very] safe", "very safe, safe", ["very safe", "safe", "safe"], id="optional word"),
        pytest.param("[very|so] safe", "so safe", ["so safe", "safe"], id="optional alternatives"),
        pytest.param("safe [and sound]", "safe and sound, safe and", ["safe and sound", "safe"], id="longest match"),
        pytest.param("(un|in)safe", "un safe unsafe", ["un safe"], id="alternatives are words, not prefixes"),
        pytest.param("((a|b) c|d) e", "a c e b c e d e", ["a c e", "b c e", "d e"], id="nested"),
        pytest.param("[[very] very] safe", "very very safe", ["very very safe", "very safe", "safe"], id="nested []"),
        pytest.param("({pain}|relieve) now", "ache now relieved now", ["ache now", "relieved now"], id="lexicon in ()"),
        pytest.param("[very] safe", "very, safe", ["safe"], id="no optional word across a comma"),
        pytest.param("safe [and sound]", "safe, and sound", ["safe"], id="an optional word left out before a comma"),
        pytest.param("so [very] ... safe", "so, safe", ["so, safe"], id="and before a gap over the comma"),
        pytest.param("so , [very] safe", "so, safe so, very safe", ["so, safe", "so, very safe"], id="behind a comma"),
        pytest.param("so , [very] safe", "so, very, safe", [], id="no comma behind the optional word"),
        pytest.param("(a|b) c", "c ac", [], id="none of the alternatives"),
        pytest.param("[very]", "safe", [], id="an empty match is none"),
    ],
)
def test_alternatives_and_optional_words(phrase: str, text: str, found: list[str]) -> None:
    assert find(phrase, text) == found


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        pytest.param("pain ... gone", "pain gone", ["pain gone"], id="no word"),
        pytest.param("pain ... gone", "pain is at last all gone", ["pain is at last all gone"], id="four words"),
        pytest.param("pain ... gone", "pain is now at last all gone", [], id="five words"),
        pytest.param("pain ...1 gone", "pain is gone", ["pain is gone"], id="one of one"),
        pytest.param("pain ...1 gone", "pain is all gone", [], id="two of one"),
        pytest.param("pain ...12 gone", "pain " + "x " * 12 + "gone", ["pain " + "x " * 12 + "gone"], id="the longest"),
        pytest.param("pain ... gone", "pain, at last, gone", ["pain, at last, gone"], id="across commas"),
        pytest.param("pain ... (all gone|over)", "pain, at last, over", ["pain, at last, over"], id="to a choice"),
        pytest.param(
            "pain ... (all gone|over)", "pain, all gone", ["pain, all gone"], id="to a choice of several words"
        ),
        pytest.param("pain ... (all gone|over)", "pain, all, gone", [], id="not within a choice"),
        pytest.param("pain ... gone", "gone pain", [], id="another order"),
        pytest.param(
            "pain ... pain", "pain a pain b pain", ["pain a pain b pain", "pain b pain"], id="the longest one"
        ),
        pytest.param("... gone", "all gone", ["all gone", "gone"], id="in front"),
        pytest.param("pain ...", "no pain a b c d e", ["pain a b c d"], id="behind"),
    ],
)
def test_gaps_are_words_of_any_kind(phrase: str, text: str, found: list[str]) -> None:
    assert find(phrase, text) == found


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        pytest.param("safe , fast", "safe, fast", ["safe, fast"], id="comma"),
        pytest.param("safe , fast", "safe fast", ["safe fast"], id="no comma"),
        pytest.param("safe , (fast|easy)", "safe, fast", ["safe, fast"], id="comma before one of several"),
        pytest.param("safe , [very] fast", "safe, fast", ["safe, fast"], id="comma before a word that may be missing"),
        pytest.param("safe (fast|easy)", "safe, fast", [], id="one of several, no comma in the phrase"),
        pytest.param("safe , fast", "safe, very fast", [], id="another word"),
        pytest.param("safe fast", "safe, fast", [], id="no comma in the phrase"),
        pytest.param("^ pain", "Pain, no pain", ["Pain"], id="beginning"),
        pytest.param("^ [the] pain", "The pain", ["The pain"], id="beginning with an optional word"),
        pytest.param("(^|no) pain", "no pain, pain", ["no pain"], id="beginning as an alternative"),
        pytest.param("^ ...2 pain", "my own pain, pain", ["my own pain"], id="beginning and gap"),
        pytest.param("^ pain", "no pain", [], id="not the beginning"),
        pytest.param("pain $", "pain, no pain!", ["pain"], id="end"),
        pytest.param("(pain|pain [is] gone) $", "Pain is gone", ["Pain is gone"], id="end with an optional word"),
        pytest.param("^ [no] pain $", "no pain", ["no pain"], id="the whole sentence"),
        pytest.param("pain $", "pain is gone", [], id="not the end"),
        pytest.param("$ 5", "$ 5", [], id="a price is written in quotes"),
        pytest.param('"$" 5', "only $5", ["$5"], id="price"),
    ],
)
def test_commas_the_beginning_and_the_end(phrase: str, text: str, found: list[str]) -> None:
    assert find(phrase, text) == found


def test_words_inflect_as_they_are_told_to() -> None:
    words = split_words("tear tears tore tearing")
    assert [start for start, _ in parse("tear", noun_forms).find(Scan.of(words))] == [0, 1]


@pytest.mark.parametrize(
    ("phrase", "column", "message"),
    [
        ("", 0, "it is empty"),
        ("  ", 0, "it is empty"),
        ("pain (gone", 5, "'(' is never closed"),
        ("pain [gone", 5, "'[' is never closed"),
        ("pain (a|b", 5, "'(' is never closed"),
        ("pain (a]", 7, "']' closes or divides nothing"),
        ("pain )", 5, "')' closes or divides nothing"),
        ("pain ] b", 5, "']' closes or divides nothing"),
        ("a | b", 2, "'|' closes or divides nothing"),
        ("pain ()", 5, "an alternative is empty; write optional words in [ ]"),
        ("pain (a|)", 5, "an alternative is empty; write optional words in [ ]"),
        ("[|a]", 0, "an alternative is empty; write optional words in [ ]"),
        ('pain ""', 5, "there is nothing between the quotes"),
        ('pain "—"', 5, "'—' holds no word"),
        ("pain — gone", 5, "'—' holds no word"),
        ("{Pain}", 0, "'{Pain}' does not name a lexicon (small letters, digits and _)"),
        ("a {b c}", 2, "'{b c}' does not name a lexicon (small letters, digits and _)"),
        ("a {}", 2, "'{}' does not name a lexicon (small letters, digits and _)"),
        ("{a", 0, "'{' has no meaning here or is not closed"),
        ('"a', 0, "'\"' has no meaning here or is not closed"),
        ("a ...0 b", 2, "a gap of 0 words; 1 to 12 is possible"),
        ("a ...13 b", 2, "a gap of 13 words; 1 to 12 is possible"),
    ],
)
def test_mistakes_are_told_with_their_column(phrase: str, column: int, message: str) -> None:
    with pytest.raises(PatternError) as refused:
        parse(phrase)
    assert (refused.value.column, str(refused.value)) == (column, message)


@pytest.mark.parametrize(
    ("phrase", "needs"),
    [
        pytest.param('"beacon" "of"', [{"beacon"}, {"beacon of"}], id="words that follow each other"),
        pytest.param('"beacon" ... "of"', [{"beacon"}, {"of"}], id="words apart"),
        pytest.param('("the"|"a") "of"', [{"the", "a"}, {"of"}], id="a choice before a word"),
        pytest.param("{pain} {harm}", [{"{pain}"}, {"{harm}"}], id="lexicons"),
        pytest.param('["very"] "safe"', [{"safe"}], id="no optional word"),
        pytest.param('({pain}|"regeneration")', [{"regeneration", "{pain}"}], id="a lexicon or a word"),
        pytest.param('("a" ["b"]|["c"] "d")', [{"a", "d"}], id="alternatives with optional words"),
        pytest.param('^ ... "safe" ...', [{"safe"}], id="no gaps"),
        pytest.param('^ ["so"] "safe"', [{"^ so", "^ safe"}, {"safe"}], id="the beginning"),
        pytest.param('^ {pain} "goes"', [{"{^ pain}"}, {"{pain}"}, {"goes"}], id="a lexicon at the beginning"),
        pytest.param('(^ "safe"|"sound")', [{"^ safe", "sound"}], id="the beginning, of an alternative"),
    ],
)
def test_what_every_match_has_is_told(phrase: str, needs: list[set[str]]) -> None:
    often = {"beacon": 0.5, "of": 0.5}  # rare words are not looked for in pairs

    def cost(anchor: Anchor) -> float:
        return max((often.get(key, 0.001) for key in anchor.keys), default=0.01)

    told = [{*anchor.keys, *(f"{{{name}}}" for name in anchor.lexicons)} for anchor in parse(phrase).needs(cost)]
    assert sorted(map(sorted, told)) == sorted(map(sorted, needs))


@pytest.mark.parametrize("phrase", ["...", "[very]", "^ ...", "([a]|b)", ",", "[a] ... [b]"])
def test_a_phrase_that_would_match_anything_needs_nothing(phrase: str) -> None:
    with pytest.raises(PatternError, match="it has nothing but gaps and optional words, and would match anything"):
        parse(phrase).needs(Expectation())


def test_a_phrase_names_the_lexicons_that_it_uses() -> None:
    assert list(parse("{a} ({b}|c [{d_2}]) {a}").references()) == ["a", "b", "d_2", "a"]


def test_a_phrase_of_plain_words_can_be_listed() -> None:
    sequences = parse('("good"|"best") "cell" ["now"]').sequences()
    assert sequences is not None
    assert {" ".join(*zip(*sequence, strict=True)) for sequence in sequences} == {
        "good cell now",
        "good cell",
        "best cell now",
        "best cell",
    }


@pytest.mark.parametrize("phrase", ["{pain} relief", "pain ... gone", "^ pain", "(a|[{pain}]) b", "(a|b|c|d) " * 5])
def test_other_phrases_and_too_many_cannot_be_listed(phrase: str) -> None:
    assert parse(phrase).sequences() is None


def sequences(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(parts, min_size=1, max_size=3).map(" ".join)


def choices(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    branches = st.lists(sequences(parts), min_size=1, max_size=3).map("|".join)
    return st.tuples(st.sampled_from(("()", "[]")), branches).map(lambda pair: f"{pair[0][0]}{pair[1]}{pair[0][1]}")


PHRASES = sequences(
    st.recursive(
        st.sampled_from(('"a"', '"b"', '"A"', '"c" "a"', "{ab}", "{long}", "...1", "...3", ",", "^", "$")),
        choices,
        max_leaves=6,
    )
)
TEXTS = st.lists(st.sampled_from(("a", "b", "c", "d", "A,", "b,", "C.")), max_size=9).map(" ".join)


def scanned(text: str) -> Scan:
    lexicons = VocabularyBuilder()
    for entry in ("a", "b", "a b"):
        lexicons.add("ab", [{part} for part in entry.split()])
    for entry in ("c a", "c d b", "d"):
        lexicons.add("long", [{part} for part in entry.split()])
    return lexicons.vocabulary().scan(split_words(text))


@given(PHRASES, TEXTS)
def test_to_start_where_a_match_can_begin_finds_what_starting_everywhere_finds(phrase: str, text: str) -> None:
    pattern = parse(phrase)
    scan = scanned(text)
    everywhere = replace(pattern, body=Raw(msgpack.encode((pattern.elements, None))))
    assert pattern.find(scan) == everywhere.find(scan)


@given(PHRASES, TEXTS)
def test_merged_words_change_no_match(phrase: str, text: str) -> None:
    pattern = parse(phrase)
    scan = scanned(text)
    assert pattern.with_merged_words().find(scan) == pattern.find(scan)


@pytest.mark.parametrize(
    ("phrase", "merged"),
    [
        pytest.param('("a"|"b"|"c")', (Literal(frozenset("abc")),), id="a word"),
        pytest.param(
            '("a"|"b" "c"|"c")',
            (Choice(((Literal(frozenset("b")), Literal(frozenset("c"))), (Literal(frozenset("ac")),))),),
            id="a word beside a phrase",
        ),
        pytest.param('["a"|"b"]', (Choice(((), (Literal(frozenset("ab")),))),), id="an optional word"),
        pytest.param(
            '"a" ...1 ("b"|"c")', (Literal(frozenset("a")), Gap(1), Literal(frozenset("bc"))), id="behind a gap"
        ),
    ],
)
def test_alternatives_of_one_word_are_merged(phrase: str, merged: tuple[Element, ...]) -> None:
    assert parse(phrase).with_merged_words().elements == merged


@given(PHRASES, TEXTS)
def test_every_match_has_what_the_phrase_needs(phrase: str, text: str) -> None:
    scan = scanned(text)
    try:
        # As if everything were frequent, so that words are looked for in pairs too.
        needs = parse(phrase).needs(lambda anchor: len(anchor.keys) + len(anchor.lexicons))
    except PatternError:
        return
    for start, end in parse(phrase).find(scan):
        forms = [word.form for word in scan.words[start:end]]
        keys = {*forms, *map(" ".join, pairwise(forms))} | ({f"^ {forms[0]}"} if start == 0 else set())
        lexicons = {name for name in scan.hits if any(start <= at < end for at, _ in scan.ranges(name))}
        lexicons |= {f"^ {name}" for name in scan.hits if start == 0 and scan.begins(name)}
        assert all(keys & need.keys or lexicons & need.lexicons for need in needs)


@given(st.text(alphabet='ab "()[]|{}^$.,1…“—'))
def test_any_phrase_is_compiled_or_refused_within_its_bounds(phrase: str) -> None:
    try:
        column = 0 if parse(phrase).elements else -1
    except PatternError as error:
        column = error.column
    assert 0 <= column <= len(phrase)


class Counted(Sequence[Word]):
    """Words that count how often they are looked at."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words, self.looks = words, 0

    def __len__(self) -> int:
        return len(self.words)

    @overload
    def __getitem__(self, index: int) -> Word: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Word]: ...
    def __getitem__(self, index: int | slice) -> Word | Sequence[Word]:
        self.looks += 1
        return self.words[index]


def size(elements: tuple[Element, ...]) -> int:
    """How many elements there are, at every depth."""
    return sum(1 + (sum(map(size, element.branches)) if isinstance(element, Choice) else 0) for element in elements)


def reach(elements: tuple[Element, ...]) -> int:
    """How many words a match can be long."""
    total = 0
    for element in elements:
        if isinstance(element, Choice):
            total += max(map(reach, element.branches))
        else:
            total += element.size if isinstance(element, Gap) else 1
    return total


class CountedForms(dict[str, int]):
    """Forms that count how often they are gone through."""

    looks = 0

    def __iter__(self) -> Iterator[str]:
        self.looks += 1
        return super().__iter__()


def looks_at(pattern: Pattern, count: int) -> int:
    words = Counted(split_words("a " * count))
    scan = Scan.of(words)
    words.looks, forms = 0, CountedForms(scan.forms)
    pattern.find(replace(scan, forms=forms))
    return words.looks + forms.looks


@pytest.mark.parametrize(
    "phrase",
    [
        pytest.param('["a"] ' * 20 + '"b"', id="many optional words"),
        pytest.param('... "a" ' * 5 + '... "b"', id="many gaps"),
        pytest.param('["a" ["a" ["a" ["a" ["a" ["a" ["a"]]]]]]] ' * 2 + '"b"', id="nested optional words"),
        pytest.param('("a"|"a" "a"|["a"] "a" ["a"]) ' * 6 + '"b"', id="ambiguous alternatives"),
        pytest.param('[("a" ...|["a"] ...2 "a")] ' * 4 + '"b"', id="gaps in optional alternatives"),
    ],
)
def test_no_phrase_makes_a_search_run_away(phrase: str) -> None:
    pattern = parse(phrase)
    count = 2000
    # Per start and element, each position that a match can have come to is looked at three times at most.
    looks = looks_at(pattern, count)
    assert looks <= 3 * count * size(pattern.elements) * (reach(pattern.elements) + 1)
    assert looks <= 12 * looks_at(pattern, count // 10)
