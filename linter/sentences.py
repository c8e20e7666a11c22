"""Sentences: the units that are matched, parsed and judged.

Blocks are split without a parser, so that a sentence in which nothing matched never needs one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from linter.language import Tree, covering
from linter.lexicon import Vocabulary
from linter.model import Block, Document, Span
from linter.patterns import Pattern
from linter.quotations import Speaker, Speakers, is_signature, quotations
from linter.references import find_references, is_literature
from linter.scan import Range, Scan
from linter.words import Word, split_words

_ABBREVIATIONS = frozenset(
    "dr mr mrs ms prof st vs etc e.g i.e cf approx dept fig no inc ltd co jr sr al u.s u.k a.m p.m".split()
)
_SENTENCE_END = re.compile(r"(?<![.!?])[.!?]+[\"'”’»)\]*†‡§¹²³⁴⁵⁶⁷⁸⁹⁰]*(?=\s)|\s[•|]\s")
# "Label: sentence", or "Label – Sentence" with a dash before a capital letter
_LABEL = re.compile(r"[^.:;?!]{2,70}:\s+(?=\S)|[A-Z][^.:;?!–—]{2,70}\s[–—-]\s+(?=[A-Z]|\d+ ?%)")
_MAX_LABEL_WORDS = 9
# In code points: text without full stops is taken in pieces, as the time for a sentence grows with the square of this.
_LONGEST = 2_000
_PIECE = re.compile(rf"\S(?:.{{0,{_LONGEST - 2}}}(?!\S)|.{{{_LONGEST - 1}}})", re.DOTALL)
# "Isn't it better to ...?", and "Why suffer when ...?", which has no subject.
_RHETORICAL = re.compile(
    r"\W*(?:(?:is|are|would|do|does|should|could|was|did)n[’']t\b"
    r"|why (?:suffer|settle|struggle|endure|risk|put up with|live with|let|wait|swallow|mask|gamble)\b)",
    re.IGNORECASE,
)
# What begins a sentence rather than a name ("the U.S. Food and Drug Administration").
_OPENINGS = frozenset("The It We Our This These They In As A An If You Your But And For He She There No Not I".split())
_ALL_QUOTED = re.compile(r"[“\"][^“”\"]+[”\"][.!]?")
_OWN = frozenset("i my me mine we our us he she his her".split())
_NOBODY = Speakers()


class Sentence(Struct, frozen=True, dict=True):
    """A sentence or label of a document.

    ``block`` is the index of its block, ``span`` its range in the block's text; offsets of words and tokens count into
    ``text``. ``is_quoted`` says that it stands in a longer quotation, ``speaker`` who said it, if that is told,
    ``is_mentioned`` that it only quotes what is said elsewhere, and ``links_source`` that it links to literature.
    ``tree`` is None where no rule could match and so nothing was parsed.
    """

    block: int
    span: Span
    text: str
    is_label: bool
    is_quoted: bool
    speaker: Speaker
    is_mentioned: bool
    words: Sequence[Word]
    scan: Scan
    links_source: bool = False
    tree: Tree | None = None

    def with_tree(self, tree: Tree) -> Sentence:
        """The sentence as it was parsed."""
        return replace(self, tree=tree)

    def tokens(self, start: int, end: int) -> list[int]:
        """The tokens of the word range ``start`` to ``end``."""
        assert self.tree is not None
        return covering(self.tree, self.words[start].start, self.words[end - 1].end)

    def find(self, pattern: Pattern) -> list[Range]:
        """The matches of a pattern, as word ranges."""
        return pattern.find(self.scan) if pattern.number in self.scan.possible else []

    def find_all(self, patterns: Iterable[Pattern]) -> Iterator[Range]:
        """The matches of several patterns, one after the other."""
        possible = self.scan.possible
        for pattern in patterns:
            if pattern.number in possible:
                yield from pattern.find(self.scan)

    def has_any(self, patterns: Iterable[Pattern]) -> bool:
        """Whether one of several patterns matches."""
        possible = self.scan.possible
        return any(pattern.number in possible and pattern.find(self.scan) for pattern in patterns)

    @cached_property
    def citations(self) -> tuple[Span, ...]:
        """Where it names a source that readers can look up: the whole of it, where it links to one."""
        linked = (Span(0, len(self.text)),) if self.links_source else ()
        return (*find_references(self.text), *linked)

    @property
    def is_attributed(self) -> bool:
        """Whether it stands in the quotation of a customer who is named."""
        return self.speaker == "lay"

    @property
    def is_question(self) -> bool:
        """Whether it asks: it ends in a question mark, and does not only expect a yes ("Isn't it better to ...?")."""
        return self.text.rstrip("\"')]”’… .").endswith("?") and not _RHETORICAL.match(self.text)


def split(document: Document, vocabulary: Vocabulary, speakers: Speakers = _NOBODY) -> tuple[Sentence, ...]:
    """All sentences of a document in reading order, scanned for what the vocabulary knows, not yet parsed.
    ``speakers`` tells who is quoted.

    What stands between quotation marks and tells nobody's own experience is mentioned: in a list, a table or a sentence
    among others, and where a page quotes like that again and again. A single such paragraph is a quotation of the page.
    """
    sentences = []
    is_list = sum(bool(_ALL_QUOTED.fullmatch(block.text)) for block in document.blocks) > 1
    for number, (block, quoted) in enumerate(zip(document.blocks, quotations(document.blocks, speakers), strict=True)):
        units = sentence_spans(block)
        linking = _linking(block, [span for span, _ in units])
        for span, is_label in units:
            text = block.text[span.start : span.end]
            words = split_words(text)
            around = [quotation for quotation in quoted if span.overlaps(quotation.span)]
            speaker = around[0].speaker if around and not is_signature(text) else ""
            aside = is_list or text != block.text or block.kind in ("heading", "item", "cell")
            is_mentioned = aside and not speaker and _speaks_of_nobody(text, words)
            scan = vocabulary.scan(words)
            is_quoted = bool(around)
            sentences.append(
                Sentence(
                    number, span, text, is_label, is_quoted, speaker, is_mentioned, words, scan, span.start in linking
                )
            )
    return tuple(sentences)


def _linking(block: Block, spans: Sequence[Span]) -> set[int]:
    """Where the sentences begin that link to literature; a mark behind the full stop belongs to what it ends."""
    offsets = [link.offset for link in block.links if is_literature(link.address)]
    return {max((span.start for span in spans if span.start <= offset), default=0) for offset in offsets}


def _speaks_of_nobody(text: str, words: Iterable[Word]) -> bool:
    """Whether a sentence is all in quotation marks and tells nobody's own experience."""
    return bool(_ALL_QUOTED.fullmatch(text)) and _OWN.isdisjoint(word.form for word in words)


def sentence_spans(block: Block) -> tuple[tuple[Span, bool], ...]:
    """The sentences of a block as (range in its text, is it a label); "Label: sentence" gives both."""
    text = block.text
    units: list[tuple[Span, bool]] = []
    for span in _split(text):
        label = _LABEL.match(text, span.start, span.end)
        first = not units
        if label and first and block.kind in ("item", "paragraph", "cell") and _is_label(label.group()):
            units.append((_trimmed(text, Span(span.start, label.end())), True))
            units.append((_trimmed(text, Span(label.end(), span.end)), False))
        else:
            units.append((span, False))
    return tuple(unit for unit in units if unit[0].start < unit[0].end)


def _is_label(text: str) -> bool:
    return len(text.split()) <= _MAX_LABEL_WORDS


def _split(text: str) -> list[Span]:
    ends = [match.end() for match in _SENTENCE_END.finditer(text) if _ends_sentence(text, match)]
    spans = (_trimmed(text, Span(start, end)) for start, end in pairwise((0, *ends, len(text))))
    return [piece for span in spans if span.start < span.end for piece in _pieces(text, span)]


def _pieces(text: str, span: Span) -> Iterable[Span]:
    """A sentence, or if it is longer than any that people write, as much of it as may be at a time, by whole words."""
    if span.end - span.start <= _LONGEST:
        return (span,)
    pieces = (Span(*match.span()) for match in _PIECE.finditer(text, span.start, span.end))
    return [_trimmed(text, piece) for piece in pieces]


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    """A full stop after an abbreviation or an initial, or before a lower-case word, does not end a sentence."""
    if match.group()[0] != ".":
        return True
    before = text[max(0, match.start() - 12) : match.start()].split()
    last = before[-1].lstrip("(\"'“‘").lower() if before else ""
    after = text[match.end() :].lstrip()[:1]
    if last in ("u.s", "u.k"):
        return not _OPENINGS.isdisjoint(text[match.end() : match.end() + 12].split()[:1])
    if last in _ABBREVIATIONS and not (last in ("etc", "al", "inc", "ltd", "a.m", "p.m") and after.isupper()):
        return False
    if len(last) == 1 and last.isalpha() and text[match.start() - 1].isupper():
        return False
    return not after.islower()


def _trimmed(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and (text[start].isspace() or text[start] in "•|"):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
