"""Sources that a reader can look up: the formats in which text cites them."""

from __future__ import annotations

import re

from linter.model import Span

# Where literature, trials and guidelines are published; all below such a domain counts, but not its home page.
_PUBLISHERS = frozenset(
    "doi.org nih.gov europepmc.org cochrane.org cochranelibrary.com clinicaltrials.gov isrctn.com who.int nice.org.uk "
    "sign.ac.uk medrxiv.org nejm.org bmj.com thelancet.com jamanetwork.com nature.com science.org pnas.org plos.org "
    "cell.com jci.org sciencedirect.com springer.com springeropen.com biomedcentral.com wiley.com oup.com "
    "tandfonline.com sagepub.com karger.com lww.com mdpi.com frontiersin.org hindawi.com ahajournals.org "
    "acpjournals.org aafp.org jstor.org".split()
)
# Each alternative is bounded and unambiguous at its start, so that no text makes the search run away.
_REFERENCE = re.compile(
    r"""
      (?:(?:https?:)?//|\bwww\.)(?P<host>[\w.-]{4,100})(?::\d{1,5})?/\w[^\s"<>)\]]{1,200}
    | \bdoi:\s?10\.\d{4,9}/[^\s"<>)\]]{1,200}                      # doi:10.1000/x
    | \b10\.\d{4,9}/[^\s"<>)\]]{1,200}
    | \bPMID:?\s?\d{4,9}\b | \bPMC\d{4,9}\b
    | \bNCT\d{8}\b | \bISRCTN\d{8}\b | \bACTRN\d{8,14}\b | \bDRKS\d{8}\b | \bChiCTR-?\w{6,14}\b
    | \bCD\d{6}\b                                                  # Cochrane review number
    | \bNICE\b[^.;]{0,30}?\b(?:NG|CG|TA|IPG|QS|HTG|MTG|DG|PH)\d{1,4}\b   # NICE guideline NG59
    | \[\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,8}\]                       # [3], [3, 5-7]
    | \(?\b[A-Z][\w'’-]{1,30}(?:\s(?:et\ al\.?|(?:and|&)\ [A-Z][\w'’-]{1,30}))?,?\s\(?(?:19|20)\d\d[a-z]?\)  # Lee 2021
    | \b[A-Z][\w'’-]{1,30}\ et\ al\b
    # 2022;14(3):201-9 as in Index Medicus, and 14(3), 201-219
    | \b(?:19|20)\d\d(?:\ [A-Z][a-z]{2,8}(?:\ \d{1,2})?)?;\s?\d{1,4}(?:\s?\([\w\s-]{1,12}\))?:\s?\w{0,2}\d{1,7}
    | \b\d{1,4}\s?\(\d{1,4}\),\s(?:pp?\.?\s)?\d{1,6}\s?[-–]\s?\d{1,6}
    | \bpublished\ (?:\w{1,12}\ )?in\ (?:the\ )?(?=[A-Z])[^.;()]{0,60}?
        \b(?:Journal|Lancet|BMJ|JAMA|Medicine|Medical|Annals|Archives|Nature|Science|Research|Reviews?|Therapies)\b
        [^.;()]{0,60}?[\s(](?:19|20)\d\d\b                            # published in the Journal of Pain in 2021
    | \((?:[A-Z][\w'’-]{1,30}[^()]{0,100},?\s(?:19|20)\d\d[a-z]?;?\s?){1,6}[^()]{0,60}\)
    """,
    re.VERBOSE,
)
# What every citation has, and few sentences.
_HINT = re.compile(r"\d|\bet\ al\b|//|\bwww\.")
_MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug "
    "sep sept oct nov dec since in by of until from".split()
)
_FIRST_NAME = re.compile(r"\(?(?P<name>[A-Z][\w'’-]*)")


def find_references(text: str) -> list[Span]:
    """The ranges of citations in ``text``: addresses, DOI, PubMed and trial numbers, notes, author and year."""
    if not _HINT.search(text):
        return []
    return [Span(*match.span()) for match in _REFERENCE.finditer(text) if _cites(match)]


def _cites(match: re.Match[str]) -> bool:
    if match["host"]:
        return is_literature(match.group())
    first = _FIRST_NAME.match(match.group())
    return not first or first["name"].lower() not in _MONTHS


def is_literature(address: str) -> bool:
    """Whether an address is that of a publication, a trial or a guideline."""
    match = _REFERENCE.match(address)
    labels = ((match and match["host"]) or "").lower().split(".")
    return any(".".join(labels[start:]) in _PUBLISHERS for start in range(len(labels)))
