"""What counts as a source that a reader can look up."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter import references
from linter.references import find_references, is_literature


def found(text: str) -> list[str]:
    return [text[span.start : span.end] for span in find_references(text)]


@pytest.mark.parametrize(
    ("text", "citations"),
    [
        pytest.param("shown (doi:10.1000/xyz.12)", ["doi:10.1000/xyz.12"], id="DOI"),
        pytest.param("doi: 10.1016/j.jpain.2020.01.001", ["doi: 10.1016/j.jpain.2020.01.001"], id="DOI with a space"),
        pytest.param(
            "https://doi.org/10.1056/NEJMoa1 says", ["https://doi.org/10.1056/NEJMoa1"], id="DOI in an address"
        ),
        pytest.param("PMID: 12345678, PMID 1234", ["PMID: 12345678", "PMID 1234"], id="PubMed"),
        pytest.param("PMC1234567", ["PMC1234567"], id="PubMed Central"),
        pytest.param("NCT01234567 and ISRCTN12345678", ["NCT01234567", "ISRCTN12345678"], id="trial registers"),
        pytest.param("Cochrane CD012345", ["CD012345"], id="Cochrane review"),
        pytest.param("no effect [3], [12]", ["[3]", "[12]"], id="numbered note"),
        pytest.param("no effect [3, 5-7] or [1–3]", ["[3, 5-7]", "[1–3]"], id="several notes"),
        pytest.param("no effect (Lee 2021)", ["(Lee 2021)"], id="author and year"),
        pytest.param("no effect (Lee, 2021a).", ["(Lee, 2021a)"], id="author, comma and year"),
        pytest.param("Lee (2021) found", ["Lee (2021)"], id="author in the sentence"),
        pytest.param("Lee et al. (2021) found", ["Lee et al. (2021)"], id="et al. and year"),
        pytest.param("as Lee et al found", ["Lee et al"], id="et al. without a year"),
        pytest.param("Lee and Park (2021)", ["Lee and Park (2021)"], id="two authors"),
        pytest.param("(Lee & Park, 1999)", ["(Lee & Park, 1999)"], id="two authors with an ampersand"),
        pytest.param("(O’Brien 2021)", ["(O’Brien 2021)"], id="apostrophe"),
        pytest.param("(Lee 2019; Park 2021)", ["(Lee 2019; Park 2021)"], id="two sources"),
        pytest.param("(Lee 2021; doi:10.1000/x)", ["(Lee 2021; doi:10.1000/x)"], id="source with more behind"),
        pytest.param("(Journal of Pain, 2021)", ["(Journal of Pain, 2021)"], id="journal"),
        pytest.param(
            "see www.nice.org.uk/guidance/ng59.", ["www.nice.org.uk/guidance/ng59."], id="guideline by address"
        ),
        pytest.param("as in NICE guideline NG59", ["NICE guideline NG59"], id="guideline by number"),
        pytest.param(
            "a review by Mah, published in the Journal of Pain Research in 2021.",
            ["published in the Journal of Pain Research in 2021"],
            id="journal in the sentence",
        ),
        pytest.param("Pain. 2022;14:201–219.", ["2022;14:201"], id="volume and page"),
        pytest.param("Pain. 2022 Mar 3; 14(2-3): e201", ["2022 Mar 3; 14(2-3): e201"], id="volume, issue and page"),
        pytest.param("Pain, 14(3), 201-219", ["14(3), 201-219"], id="volume, issue and pages"),
        pytest.param("It works (Lee 2021) [3].", ["(Lee 2021)", "[3]"], id="two kinds"),
    ],
)
def test_citations(text: str, citations: list[str]) -> None:
    assert found(text) == citations


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Studies show that it works.", id="no source"),
        pytest.param("See https://www.clinic.example/studies/2021.", id="address of a clinic"),
        pytest.param("See https://pubmed.ncbi.nlm.nih.gov/", id="home page"),
        pytest.param("See https://doi.org.clinic.example/10", id="address that begins like one"),
        pytest.param("How nice: the NG59 model", id="number of something else"),
        pytest.param("(May 2021)", id="month and year"),
        pytest.param("May 2021) it opened", id="month and year, half a bracket"),
        pytest.param("(since 2005)", id="since"),
        pytest.param("(Since 2005)", id="Since with a capital"),
        pytest.param("(In 2021)", id="In with a capital"),
        pytest.param("in 2021, Lee found", id="year before a name"),
        pytest.param("Lee found in 2021", id="year behind a verb"),
        pytest.param("Smith Clinic, 2021", id="year without brackets"),
        pytest.param("(2021)", id="year alone"),
        pytest.param("open since 2022; 14 rooms: 201 to 219", id="year, rooms"),
        pytest.param("in 14 (3) rooms, 201-219", id="number in brackets"),
        pytest.param("(lee 2021)", id="no capital"),
        pytest.param("(Lee 1821)", id="another century"),
        pytest.param("Room 2021 (left)", id="number without brackets"),
        pytest.param("[sic] and [a] and [see below]", id="words in square brackets"),
        pytest.param("[1000] [] [ 3 ] [3", id="no notes"),
        pytest.param("published in Boston in 2021, published in May 2021", id="place and date"),
        pytest.param("($2,000) now $1,999 (was $2,500)", id="prices"),
        pytest.param("(40 patients) (95%) (n = 12)", id="numbers in brackets"),
        pytest.param("10.5/10 of 10.1000", id="decimal numbers"),
        pytest.param("NCT0123456 PMID 12 CD12345", id="too few digits"),
        pytest.param("Call (555) 010-2021", id="telephone number"),
        pytest.param("as they et al", id="et al. without a name"),
        pytest.param("", id="no text"),
    ],
)
def test_what_is_no_citation(text: str) -> None:
    assert found(text) == []


@given(st.text() | st.text(alphabet="(A[1,2 0)]al.et–-;dio:/'"))
def test_citations_are_in_order_and_inside_the_text(text: str) -> None:
    last = 0
    for span in find_references(text):
        assert last <= span.start < span.end <= len(text)
        last = span.end


def repeats(parsed: Any) -> Iterator[int]:
    """The upper bounds of all quantifiers of a parsed regular expression."""
    for operator, argument in parsed:
        if str(operator) in ("MAX_REPEAT", "MIN_REPEAT"):
            yield int(argument[1])
        for part in argument if isinstance(argument, tuple | list) else [argument]:
            for inner in part if isinstance(part, list) else [part]:
                if type(inner).__name__ == "SubPattern":
                    yield from repeats(inner)


def test_no_quantifier_is_without_a_bound() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        import sre_parse  # from Python 3.11 on an internal module, with this name for what still needs it

    expression = references._REFERENCE
    bounds = list(repeats(sre_parse.parse(expression.pattern, expression.flags & re.VERBOSE)))
    assert len(bounds) > 10
    assert max(bounds) <= 200


@pytest.mark.parametrize(
    "text",
    [
        "(A ",
        "published in A Journal ",
        "[1,",
        "[1–",
        "A",
        "Aa et al ",
        "Aa and ",
        "doi:10.1000/",
        "((((",
        "(Aa, ",
        "10.1000/x(",
        "//a",
        "www.a/",
        "NICE ",
        "2022;14",
        "2022 Mar ",
        "14(3), ",
    ],
)
def test_long_texts_come_to_an_end(text: str) -> None:
    assert len(find_references(text * (300_000 // len(text)))) <= 150_000


@pytest.mark.parametrize(
    "address",
    ["https://doi.org/10.1000/x", "//pubmed.ncbi.nlm.nih.gov/123456/", "http://www.cochranelibrary.com:80/cdsr/doi/1"],
)
def test_addresses_of_literature(address: str) -> None:
    assert is_literature(address)


@pytest.mark.parametrize(
    "address", ["", "#ref3", "/studies", "mailto:a@doi.org", "https://doi.org", "https://mydoi.org/10.1"]
)
def test_other_addresses(address: str) -> None:
    assert not is_literature(address)
