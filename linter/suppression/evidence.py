"""A register of evidence: claims that a house may make, by their words, each with its source and who approved it.

An entry covers a claim if its words, taken as the phrases of rules are, hold all words of the claim (articles, pronouns
and the like apart). It carries the claim if it may be used there, what it requires is there, and its time has come and
is not over. A claim that an entry covers but does not carry is reported, and says why.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from linter.model import DisclosureResult, FileReport, Finding, Span, Support, Suppressed
from linter.patterns import Pattern
from linter.scan import Scan
from linter.words import Word

# Words that claim nothing of their own.
_GLUE = frozenset("a an the and or of for in on to with your our their its my this that these those 's also".split())


class Entry(Struct, frozen=True):
    """What a register says of a claim.

    ``words`` are phrases, of which one or several together hold the claim; ``rules``, if there are any, the rules and
    categories that it is about. One of the phrases ``qualifier`` has to stand in the same sentence, if there are any,
    and each of the ``disclosures`` on the page. ``barred`` says why it may not be used for the file at hand;
    ``place`` is where it stands in the register.
    """

    id: str
    words: tuple[Pattern, ...]
    rules: frozenset[str]
    source: tuple[str, ...]
    approved_by: str
    start: date | None
    end: date | None
    files: tuple[str, ...]
    profiles: tuple[str, ...]
    qualifier: tuple[Pattern, ...]
    disclosures: tuple[str, ...]
    place: str
    barred: str = ""

    def out_of_date(self, today: date) -> str:
        """Why the entry does not hold on a day; nothing where it does."""
        if self.start is not None and today < self.start:
            return f"it holds from {self.start} on"
        return f"it ran out on {self.end}" if self.end is not None and today > self.end else ""


def digest(entries: Iterable[Entry]) -> str:
    """The same for entries by which every page is judged alike, before their time is asked for."""
    parts = [
        (entry.id, *map(_texts, (entry.words, entry.qualifier)), sorted(entry.rules), entry.disclosures, entry.barred)
        for entry in entries
    ]
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def _texts(patterns: Iterable[Pattern]) -> list[str]:
    return [pattern.text for pattern in patterns]


def supports(
    entries: Iterable[Entry],
    names: Collection[str],
    words: Sequence[Word],
    claim: Span,
    said: Iterable[DisclosureResult],
) -> tuple[Support, ...]:
    """The entries that cover a claim, and what they lack to carry it.

    ``names`` are the rule and the category of the claim, ``words`` those of its sentence, ``claim`` its range there;
    ``said`` is what became of the disclosures of the page.
    """
    claimed = {
        number
        for number, word in enumerate(words)
        if word.start < claim.end and claim.start < word.end and word.form not in _GLUE
    }
    sentence = Scan.of(words)
    present = {result.id for result in said if result.status == "present" and not result.is_misplaced}
    found = []
    for entry in entries:
        if not entry.rules or not entry.rules.isdisjoint(names):
            ranges = [place for pattern in entry.words for place in pattern.find(sentence)]
            held = {number for start, end in ranges for number in range(start, end)}
            if ranges and claimed <= held:
                found.append(Support(entry.id, tuple(_lacks(entry, sentence, present))))
    return tuple(found)


def _lacks(entry: Entry, sentence: Scan, present: Collection[str]) -> Iterable[str]:
    if entry.barred:
        yield entry.barred
    if entry.qualifier and not any(pattern.find(sentence) for pattern in entry.qualifier):
        yield f"it requires “{entry.qualifier[0].text}” in the same sentence"
    for name in entry.disclosures:
        if name not in present:
            yield f"it requires the disclosure “{name}” on the page"


def settle(file: FileReport, entries: Mapping[str, Entry], today: date) -> FileReport:
    """The report with the claims that evidence carries set aside, and with the others saying why theirs does not."""
    kept, suppressed = [], []
    for finding in file.findings:
        carrying = next((entries[each.entry] for each in finding.support if not why_not(each, entries, today)), None)
        if carrying is None:
            kept.append(_with_reasons(finding, entries, today))
        else:
            reason = f"{'; '.join(carrying.source)}, approved by {carrying.approved_by}"
            suppressed.append(Suppressed(finding, "evidence", reason, carrying.place, carrying.end))
    return replace(file, findings=tuple(kept), suppressed=(*file.suppressed, *suppressed))


def why_not(support: Support, entries: Mapping[str, Entry], today: date) -> str:
    """Why an entry does not carry a claim that it covers; nothing where it does."""
    late = entries[support.entry].out_of_date(today)
    return " and ".join((*support.lacks, *((late,) if late else ())))


def _with_reasons(finding: Finding, entries: Mapping[str, Entry], today: date) -> Finding:
    reasons = [
        f" The evidence “{support.entry}” does not carry it: {why_not(support, entries, today)}."
        for support in finding.support
    ]
    return replace(finding, message=finding.message + "".join(reasons)) if reasons else finding
