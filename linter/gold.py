"""The gold corpus: articles, and the claims and disclosures that careful readers found in them.

A corpus is a folder with ``articles/``, ``gold/claims.jsonl`` and, if disclosures are scored,
``gold/disclosures.jsonl``.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from linter.files import find_files, read_bytes
from linter.model import QUALIFICATIONS, InputError, Span
from linter.readers import SUFFIXES
from linter.source import Source, decode

STATUSES = ("present", "partial", "absent")
_CLAIM = {"doc": str, "start": int, "end": int, "text": str, "category": str, "qualification": str, "optional": bool}
_DISCLOSURE = {"doc": str, "disclosure": str, "status": str}
_JSON_NAMES = {str: "a string", int: "a whole number", bool: "true or false"}


class GoldClaim(Struct, frozen=True):
    """A claim that readers found: its range in the source, and whether careful readers can differ on it."""

    doc: str
    span: Span
    text: str
    category: str
    qualification: str
    optional: bool

    @property
    def is_wanted(self) -> bool:
        """Whether it has to be found: it is firm, and not adequately qualified."""
        return not self.optional and self.qualification != "adequate"


class GoldDisclosure(Struct, frozen=True):
    """What became of a disclosure in a document."""

    doc: str
    disclosure: str
    status: str


class Corpus(Struct, frozen=True):
    """Articles by the names that gold calls them, and what readers found in them."""

    sources: Mapping[str, Source]
    claims: tuple[GoldClaim, ...]
    disclosures: tuple[GoldDisclosure, ...]


def read_corpus(folder: Path, categories: Collection[str] = ()) -> Corpus:
    """Read a corpus; raise InputError, with file and line, where it is not one.

    If there are ``categories``, claims of any other are refused: they could never be found.
    """
    articles = folder / "articles"
    found, errors = find_files([str(articles)], SUFFIXES)
    if errors:
        raise errors[0]
    sources = {Path(path).relative_to(articles).as_posix(): decode(read_bytes(path), path) for path in found}
    disclosures = folder / "gold" / "disclosures.jsonl"
    return Corpus(
        sources,
        tuple(_claims(folder / "gold" / "claims.jsonl", sources, categories)),
        tuple(_disclosures(disclosures, sources)) if disclosures.exists() else (),
    )


def _claims(path: Path, sources: Mapping[str, Source], categories: Collection[str]) -> Iterator[GoldClaim]:
    for number, row in _rows(path, _CLAIM, sources):
        if categories and row["category"] not in categories:
            raise _refusal(path, number, f"the category “{row['category']}”", ", ".join(sorted(categories)))
        if row["qualification"] not in QUALIFICATIONS:
            raise _refusal(path, number, f"the qualification “{row['qualification']}”", ", ".join(QUALIFICATIONS))
        text, span = sources[row["doc"]].text, Span(row["start"], row["end"])
        if not 0 <= span.start < span.end <= len(text):
            expected = f"a range in {row['doc']}, 0 to {len(text)}"
            raise _refusal(path, number, f"the range {span.start} to {span.end}", expected)
        if (there := text[span.start : span.end]) != row["text"]:
            raise _refusal(path, number, f"the text “{row['text']}”", f"what {row['doc']} has there, “{there}”")
        yield GoldClaim(row["doc"], span, row["text"], row["category"], row["qualification"], row["optional"])


def _disclosures(path: Path, sources: Mapping[str, Source]) -> Iterator[GoldDisclosure]:
    for number, row in _rows(path, _DISCLOSURE, sources):
        if row["status"] not in STATUSES:
            raise _refusal(path, number, f"the status “{row['status']}”", ", ".join(STATUSES))
        yield GoldDisclosure(row["doc"], row["disclosure"], row["status"])


def _rows(path: Path, keys: Mapping[str, type], sources: Mapping[str, Source]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a JSON Lines file, each with its line number and with ``keys`` that have the types they should."""
    for number, line in enumerate(decode(read_bytes(str(path)), str(path)).text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError(f"this line is not JSON: {error.msg}", str(path), number, error.colno) from None
        except (RecursionError, ValueError):  # lists in lists without end, numbers of thousands of digits
            raise _refusal(path, number, "JSON that is too deep or too long to be read", "a JSON object") from None
        if not isinstance(row, dict):
            raise _refusal(path, number, "something else", "a JSON object")
        for key, kind in keys.items():
            if type(row.get(key)) is not kind:
                found = f"“{key}”: {json.dumps(row[key])}" if key in row else f"no “{key}”"
                raise _refusal(path, number, found, _JSON_NAMES[kind])
        if row["doc"] not in sources:
            raise _refusal(path, number, f"the document “{row['doc']}”", "the name of a file in articles/")
        yield number, row


def _refusal(path: Path, number: int, found: str, expected: str) -> InputError:
    return InputError(f"found {found}; expected {expected}", str(path), number)
