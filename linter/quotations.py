"""Quotations: where somebody is quoted, and who it is.

A customer who tells an own experience is told from those who speak for a treatment or about it (a founder, a doctor, a
magazine): only the first is a testimonial. By which titles and offices these are known, the rulebook says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Literal

from msgspec import Struct

from linter.model import Block, Span

Speaker = Literal["", "lay", "expert", "other"]
"""Who is quoted: nobody knows, a customer, somebody whose word counts and who signs for it, or anybody else."""

_QUOTED = re.compile(r"[“\"][^“”\"]{1,3000}(?:[”\"]|\Z)")
_QUOTED_SENTENCE = re.compile(r"[“\"][A-Z].{8,}[.!?][”\"]?", re.DOTALL)
_SHORTEST_QUOTATION = 40
# What stands behind a row of stars, or a name with an initial, an age or a place, is a review: "Ada B.: It works."
_REVIEW = re.compile(
    r"[^★⭐]{0,60}(?:[★⭐]\uFE0F?){3,}[☆\s]*[“\"]?[^\W\d]|\*{4,5}\s+[^\W\d]"
    r"|(?:(?:Mr|Mrs|Ms|Miss|Shri|Smt)\.? )?[A-Z]\w+(?: ji| bhai| ben)?(?: [A-Z]\.|, \d\d| \(\d\d\)|, [A-Z]\w+):\s+\w"
)
_SIGNATURE = re.compile(r"[–—-]\s*[A-Z][^.!?]{0,60}\.?$")
# Those who sign a quotation: "Ada", "Ada B., Leeds", "Mrs D. Pasco, 71", "@ada", "verified buyer", "mum of two".
_WORD = r"(?:[A-Z][\w.'’-]*|@\w+|\(?\d{1,3}\)?|of|from|in|near|and|aged?|ji|bhai|ben|&)"
_NAME = re.compile(rf"(?:[A-Z]|@\w)[\w.'’-]*(?:[ ,]+{_WORD}){{0,6}}[ ,.]*")
_CUSTOMERS = (
    "verified happy satisfied delighted anonymous real actual loyal one mum mom dad mother father parent grandmother"
    " grandfather grandad runner patient customer client user buyer reviewer member guest reader subscriber"
)
_LAY_NAME = rf"(?:pain-free|an? \w+|(?:{'|'.join(_CUSTOMERS.split())})\b)"
# Where a quotation names who said it: a dash or stars behind the closing mark, or a name in brackets.
_SIGNED = re.compile(
    rf"\s*(?:[–—~-]\s*(?:[A-Z@]|{_LAY_NAME})|[★⭐]|\([A-Z][\w.'’-]*[^()]{{0,40}}\)|[A-Z][\w'’-]+ [A-Z]\.(?:,|$)"
    r"|[A-Z][\w'’-]+(?: [A-Z][\w.'’-]+){0,2}, [a-z][\w ]{2,40}$)"
)
_LAY = re.compile(rf"(?:{_LAY_NAME}(?: \w+)? ?){{1,3}}", re.IGNORECASE)
# An own experience, without which a name below a quotation may be that of the next section.
_OWN = re.compile(r"\b(?:I|[Mm]e|[Mm]y|[Mm]ine|[Hh]e|[Ss]he|[Hh]is|[Hh]er)\b")
_DETAILED = re.compile(r"\d\d|, [A-Z]")  # an age or a place
_MYSELF = re.compile(r"\b(?:I|[Mm]e|[Mm]y)\b")
_SAYING = r"(?:says?|said|adds?|added|explain(?:s|ed)|writes?|wrote|notes?|noted|told|tells)"
_REPORTING = re.compile(rf"\s*,?\s*(?:\w+\s+){{0,3}}{_SAYING}\b")
_REPORTED = re.compile(rf"\b{_SAYING}(?: \w+){{0,3}}[:,]?\s*$")
_WRITING = re.compile(r"\b(?:writes|wrote)\b")
_ANNOUNCED = re.compile(rf"(?:^|[.!?]\s+){_NAME.pattern}(?:\b(?:says|writes))?:\s*$")  # Kelly, 44: "..."
_OFFICE = re.compile(r"(?:Dr|Prof)\b|[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}, ")
_FAR = 130


class Speakers(Struct, frozen=True, dict=True):
    """Who is quoted and is no customer: experts by their ``titles`` (case counts), their ``offices`` or the ends of
    these (``suffixes``), and ``insiders`` by theirs.
    """

    titles: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()
    suffixes: frozenset[str] = frozenset()
    insiders: frozenset[str] = frozenset()

    def of(self, text: str) -> Literal["", "expert", "other"]:
        """Who is named in a text: staff, who speak for themselves whatever their title is, an expert, or neither."""
        if self._insider.search(text):
            return "other"
        return "expert" if self._title.search(text) or self._office.search(text) else ""

    @cached_property
    def _insider(self) -> re.Pattern[str]:
        return _any_of(self.insiders)

    @cached_property
    def _title(self) -> re.Pattern[str]:
        return _any_of(self.titles, flags=0)

    @cached_property
    def _office(self) -> re.Pattern[str]:
        return _any_of(self.offices, self.suffixes)


def _any_of(words: Iterable[str], suffixes: Iterable[str] = (), flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """What finds one of the words, or a word that ends in one of the suffixes."""
    choices = [re.escape(word) for word in sorted(words)] + [rf"\w*{re.escape(end)}" for end in sorted(suffixes)]
    return re.compile(rf"\b(?:{'|'.join(choices)})\b" if choices else "(?!)", flags)


class Quotation(Struct, frozen=True):
    """A range in the text of a block in which ``speaker`` is quoted."""

    span: Span
    speaker: Speaker


def quotations(blocks: Sequence[Block], speakers: Speakers) -> Iterator[list[Quotation]]:
    """The quotations of each block."""
    for block, following in zip(blocks, _texts_behind(blocks), strict=True):
        if _REVIEW.match(block.text):
            yield [Quotation(_without_signature(block.text), "lay")]
        elif block.is_quoted:
            span = _without_signature(block.text)
            yield [Quotation(span, _signer(block.text, span, following, speakers))]
        else:
            yield list(_in_marks(block.text, following, speakers))


def is_signature(text: str) -> bool:
    """Whether a text is only the name of who was quoted before it."""
    name = text.strip("–—~-:().★⭐☆ ")
    return bool(_NAME.fullmatch(name) or _LAY.fullmatch(name))


def _in_marks(text: str, following: str, speakers: Speakers) -> Iterator[Quotation]:
    """Where a text is between quotation marks: more than a few words, a whole sentence, or the whole of what is signed.

    It is gone through pair by pair, so that no closing mark is taken for an opening one. Whose office was named once
    speaks in the whole paragraph.
    """
    speaker: Speaker = ""
    for match in _QUOTED.finditer(text):
        span = Span(match.start(), match.end())
        speaker = speaker if speaker in ("expert", "other") else _signer(text, span, following, speakers)
        is_signed = speaker != "" and not text[: span.start].strip()
        if is_signed or len(match.group()) > _SHORTEST_QUOTATION or _QUOTED_SENTENCE.fullmatch(match.group()):
            yield Quotation(span, speaker)


def _signer(text: str, span: Span, following: str, speakers: Speakers) -> Speaker:
    """Who a quotation says that it is from: behind it, before it, or in the block that follows."""
    before, behind = text[max(0, span.start - _FAR) : span.start], text[span.end :].lstrip(".,")
    told = _REPORTING.match(behind)
    quoted = text[span.start : span.end]
    if _ANNOUNCED.search(before) and not speakers.of(before):
        return "lay"
    if told or _REPORTED.search(before):
        return _teller(behind[:_FAR] if told else before, quoted, speakers)
    signature = (behind if behind.strip() else following).strip()
    is_signed = _SIGNED.match(signature)
    if (is_signed or _OFFICE.match(signature)) and (known := speakers.of(signature[:_FAR])):
        return known
    is_alone = len(quoted) == len(text.strip()) and "?" not in quoted and _MYSELF.search(quoted)
    is_named = _NAME.fullmatch(signature) and (_OWN.search(quoted) or _DETAILED.search(signature))
    return "lay" if is_signed or is_named or is_alone else ""


def _teller(context: str, quoted: str, speakers: Speakers) -> Speaker:
    """Who says something, read from the words around "said"; customers write of themselves, and others say."""
    if speakers.of(context):
        return "other"
    return "lay" if _WRITING.search(context) and _MYSELF.search(quoted) else ""


def _texts_behind(blocks: Sequence[Block]) -> list[str]:
    """What comes behind each block: the next one, or, in a quotation of several blocks, the one behind them all."""
    texts, following, behind_quotation = [], "", ""
    for block in reversed(blocks):
        texts.append(behind_quotation if block.is_quoted else following)
        following = block.text
        if not block.is_quoted and block.kind != "alt":  # the picture of who said it
            behind_quotation = block.text
    return texts[::-1]


def _without_signature(text: str) -> Span:
    """The range of a quotation that no quotation marks set apart from the name of who said it."""
    signature = _SIGNATURE.search(text)
    return Span(0, signature.start() if signature else len(text))
