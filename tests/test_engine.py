"""The whole way on one page: every finding quotes what stands at its place, and is found wherever prose is."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from linter import __version__, engine
from linter.analysis import Analyser
from linter.language import MODEL, Parser
from linter.model import Cue, DisclosureResult, FileReport, Finding, InputError, Position, Report, Span
from linter.policy import Policy
from linter.profiles import Profile
from linter.readers import read
from linter.rulefiles import read_rulebook
from linter.source import Source, decode
from linter.suppression.waivers import RULES

CORPUS = Path(__file__).parent.parent / "corpus"
ARTICLES = sorted(CORPUS.glob("**/articles/*"))


def check(analyser: Analyser, text: str, path: str = "page.md", profile: Profile | None = None) -> FileReport:
    source = Source(path, text)
    return engine.check(source, read(source), analyser, Policy(profile) if profile else engine.EVERYTHING)


def quoted(report: FileReport, finding: Finding) -> str:
    return report.source[finding.start.offset : finding.end.offset]


_MARKUP = re.compile(
    r"""
      <!--.*?-->                              # comment
    | </?[a-z][^>]*>                          # tag
    | \{\{.*?\}\}                             # template tag
    | !\[[^\]]*\]\([^)]*\)                    # image
    | \]\([^)]*\) | \]\[[^\]]*\]              # end of a link
    | (?<=\n)[ >]+                            # marks of a quotation, indentation
    | \*+ | \[ | \\(?=\s)                     # emphasis, beginning of a link, hard line break
    """,
    re.VERBOSE | re.DOTALL,
)


def visible(source: str) -> str:
    """What a reader sees of a range of Markdown, which may begin and end inside markup."""
    without = _MARKUP.sub("", re.sub(r"<br */?>", " ", source))
    return " ".join(html.unescape(without).replace("\u00ad", "").split())


def place(text: str, offset: int) -> Position:
    """Line and column of an offset, counted the slow way."""
    lines = re.split(r"\r\n|\r|\n", text[:offset])
    return Position(offset, len(lines), len(lines[-1]) + 1)


def assert_quotes_its_source(report: FileReport) -> None:
    for finding in report.findings:
        assert visible(quoted(report, finding)) == finding.text
        assert finding.start == place(report.source, finding.start.offset)
        assert finding.end == place(report.source, finding.end.offset)
        for cue in finding.cues:
            if cue.block >= 0:
                assert visible(report.source[cue.span.start : cue.span.end]) == cue.text
                assert cue.scope.start < cue.scope.end
    for result in report.disclosures:
        if result.start and result.end:
            words = visible(report.source[result.start.offset : result.end.offset])
            assert words == visible(result.text)


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: f"{path.parent.parent.name}/{path.name}")
def test_every_finding_in_the_corpus_quotes_its_source(path: Path, analyser: Analyser) -> None:
    source = decode(path.read_bytes(), str(path))
    report = engine.check(source, read(source), analyser)
    assert_quotes_its_source(report)
    keys = [(finding.start.offset, finding.end.offset, finding.rule) for finding in report.findings]
    assert keys == sorted(keys)
    assert len({finding.fingerprint for finding in report.findings}) == len(report.findings)


# Pages with claims planted in them: signs that no page holds show where a claim begins and ends in the source.
SHOWN, HIDDEN = ("\ue000", "\ue001"), ("\ue002", "\ue003")
CLAIMS = (
    "Our injections relieve knee pain",
    "This treatment restores mobility",
    "Stem cell therapy regenerates damaged cartilage",
    "Our laser therapy eliminates chronic back pain",
    "PRP injections heal worn tendons",
    "The injection is completely safe",
    "Our injections ease a runner’s knee pain",
)


@dataclass(frozen=True)
class Style:
    """How the words of a claim may be dressed, and what may stand between them."""

    words: tuple[str, ...]
    joints: tuple[str, ...]
    has_references: bool = True


FLAT = Style(
    ("{}", "{}", "**{}**", "*{}*", "[{}](https://x.org/a_b 'Title')", "[{}][ref]", "<b>{}</b>", "<i title='x'>{}</i>"),
    (" ", " ", "&nbsp;", "\u00a0", "&#32;", "<br>", " <!-- cures --> ", "  ", " ![](x.png) ", " {{< br >}} "),
)
FLOWING = Style(FLAT.words, (*FLAT.joints, "\n", "  \n", "\\\n"))
TAGGED = Style(("{}", "{}", "<b>{}</b>", "<a href='cures'>{}</a>"), (" ", "\n", "&nbsp;", "<br/>", " <!-- cures --> "))
BARE = Style(("{}",), (" ", "&nbsp;"))
PLAIN = Style(("{}",), (" ",), has_references=False)
FOLDED = Style(("{}",), (" ", "\n  "), has_references=False)


@st.composite
def dressed(draw: st.DrawFn, style: Style) -> str:
    """A claim in markup, with the signs of one that is shown around it."""
    words = draw(st.sampled_from(CLAIMS)).split()
    spellings: tuple[Callable[[str], str], ...] = (str, _coded, _soft) if style.has_references else (str,)
    spelled = [draw(st.sampled_from(style.words)).format(draw(st.sampled_from(spellings))(word)) for word in words]
    parts = [spelled[0]]
    for word in spelled[1:]:
        parts += [draw(st.sampled_from(style.joints)), word]
    if "**{}**" in style.words and draw(st.booleans()):
        first = draw(st.integers(0, len(words) - 2))
        parts[2 * first] = "<u>" + parts[2 * first]
        parts[2 * first + 2] += "</u>"
    return SHOWN[0] + "".join(parts) + SHOWN[1]


def _coded(word: str) -> str:
    """The word with its first and last letters as character references, if it has several."""
    return word if len(word) == 1 else f"&#x{ord(word[0]):X};{word[1:-1]}&#{ord(word[-1])};"


def _soft(word: str) -> str:
    """The word with a place where it may be divided, if it is long."""
    return f"{word[:3]}&shy;{word[3:]}" if len(word) > 5 else word


def _under(prefix: str) -> Callable[[str], str]:
    """Makes every further line of a claim begin with ``prefix``."""
    return lambda text: text.replace("\n", f"\n{prefix}")


def _block(template: str, style: Style, prefix: str = "") -> st.SearchStrategy[str]:
    return dressed(style).map(_under(prefix)).map(lambda text: template.replace("{}", text))


PROSE = st.one_of(
    _block("{}.", FLOWING),
    _block("😀 Welcome, “dear” runners &amp; walkers. {}. We are in Oxford.", FLOWING),
    _block("“{}.”", FLOWING),
    _block("## {}", FLAT),
    _block("{}\n-----", FLAT),
    _block("- Visit us\n  - {}.", FLOWING, "    "),
    _block("1. Visit us\n\n   {}.", FLOWING, "   "),
    _block("> {}.", FLOWING, "> "),
    _block("- > {}.", FLOWING, "  > "),
    _block("| Our | *care* |\n|-----|:---:|\n| {} | b |", FLAT),
    _block("![{}](x.png)", BARE),
    _block("<img src='cures' alt='{}'>", BARE),
    _block("<div class='hero'>\n<p>{}.</p>\n</div>", TAGGED),
    _block("<ul><li>Visit us<li>{}.</ul>", TAGGED),
    _block("- [x] {}.", FLOWING, "  "),
    _block("Term\n: {}.", FLOWING, "  "),
    _block("> [!TIP]\n> {}.", FLOWING, "> "),
    _block("{{< tip >}}\n{}.{: .lead}\n{{< /tip >}}", FLOWING),
    _block('{% include figure.html caption="{}" %}', PLAIN),
)
SECRETS = st.tuples(
    st.sampled_from(CLAIMS).map(lambda claim: f"{HIDDEN[0]}{claim}{HIDDEN[1]}."),
    st.sampled_from(
        (
            "```html\n{}\n```",
            "Code.\n\n    {}",
            "<!-- {} -->",
            "<!--\n\n{}\n\n-->",
            "<script>var a = '{}';</script>",
            "<style>\n/* {} */\n</style>",
            "<template><p>{}</p></template>",
            "See `{}` there.",
            "See [us](https://x.org '{}').",
            "See <a title='{}'>us</a>.",
            "~~{}~~",
            "<del>{}</del>",
            "[note]: https://x.org '{}'",
            "{{< hero text='{}' >}}",
            "{% comment %}\n{}\n{% endcomment %}",
        )
    ),
).map(lambda parts: parts[1].replace("{}", parts[0]))
FRONT = st.one_of(
    st.just(""),
    _block(f"---\ntitle: {{}}\ntags: [{HIDDEN[0]}Our injections relieve knee pain{HIDDEN[1]}]\n---\n", PLAIN),
    _block("---\ndescription: >-\n  {}\nimage: x.png\n---\n", FOLDED),
)
PAGES = st.tuples(FRONT, st.lists(PROSE | SECRETS, min_size=1, max_size=6)).map(
    lambda parts: parts[0] + "\n\n".join([*parts[1], "[ref]: https://x.org"]) + "\n"
)


def planted(template: str, signs: tuple[str, str]) -> Iterator[Span]:
    """Where the claims between these signs stand in the page, which is the template without any signs."""
    start = offset = 0
    for sign in template:
        if sign == signs[0]:
            start = offset
        elif sign == signs[1]:
            yield Span(start, offset)
        offset += sign not in SHOWN + HIDDEN


def page(template: str) -> str:
    return "".join(sign for sign in template if sign not in SHOWN + HIDDEN)


@settings(max_examples=200)
@given(template=PAGES, newline=st.sampled_from(["\n", "\r\n"]))
def test_claims_are_found_where_they_are_planted(analyser: Analyser, template: str, newline: str) -> None:
    template = template.replace("\n", newline)
    report = check(analyser, page(template))
    assert_quotes_its_source(report)
    spans = [Span(finding.start.offset, finding.end.offset) for finding in report.findings]
    shown = list(planted(template, SHOWN))
    for claim in shown:
        assert any(claim.contains(span) for span in spans), f"missed: {report.source[claim.start : claim.end]!r}"
    for span in spans:
        assert any(claim.contains(span) for claim in shown), f"false: {report.source[span.start : span.end]!r}"


def unplaced(finding: Finding) -> Finding:
    """A finding without what counts the newlines before it."""
    nowhere = Span(0, 0)
    return replace(
        finding,
        start=replace(finding.start, offset=0),
        end=replace(finding.end, offset=0),
        cues=tuple(replace(cue, span=nowhere, scope=nowhere) for cue in finding.cues),
    )


@settings(max_examples=60)
@given(template=PAGES)
def test_newlines_and_byte_order_marks_change_offsets_only(analyser: Analyser, template: str) -> None:
    text = page(template)
    plain = check(analyser, text)
    windows = check(analyser, text.replace("\n", "\r\n"))
    assert [unplaced(finding) for finding in windows.findings] == [unplaced(finding) for finding in plain.findings]
    source = decode(b"\xef\xbb\xbf" + text.encode(), "page.md")
    assert engine.check(source, read(source), analyser) == plain


PACK = """
categories: {efficacy: it works}
authorities:
  law: {citation: An Act, kind: statute, jurisdiction: us, read: read, as_of: "2026", paraphrase: Be true.}
  memo: {citation: A Memo, kind: guidance, jurisdiction: uk, read: unverified, as_of: "2026", paraphrase: Show it.}
lexicons:
  treatment: {inflect: noun, words: [injection, therapy]}
stance: {limits: [evidence], sales: [call us], least: 1, ratio: 1}
agents:
  - {kind: promoted, names: ['{treatment}'], owners: [our], claims: true, default: true}
cues:
  - {kind: modality, effect: weak, scope: modified, phrases: ['"may"']}
  - {kind: limit, effect: adequate, scope: sentence, phrases: [not proven]}
rules:
  - {id: efficacy/heals, category: efficacy, severity: error, message: "“{text}”: {agent} heals.", suggestion: Stop.,
     authority: [law, memo], phrases: heal, examples: {flag: [It heals.], pass: [It sits.]}}
disclosures:
  - {id: risks, title: Risks, severity: error, message: "“{text}” needs the risks.", suggestion: Name them.,
     authority: [law], categories: [efficacy], present: [risk of infection], partial: [risk],
     examples: {present: [A risk of infection.], partial: [Risks.], absent: [Call us.]}}
profiles:
  uk: {about: the law of one place, jurisdictions: [uk]}
"""


@pytest.fixture(scope="module")
def small(parser: Parser) -> Analyser:
    """An analyser with few rules, so that whole findings can be compared."""
    return Analyser(read_rulebook({"pack.yml": PACK}), parser)


def test_a_finding_says_all_there_is_to_say(small: Analyser) -> None:
    report = check(small, "# Care\n\nOur *injections*\nmay **heal**.\n")
    missing, claim = report.findings
    assert claim == Finding(
        rule="efficacy/heals",
        category="efficacy",
        severity="warning",  # one step lower, for it is weakly qualified
        qualification="weak",
        message="“heal”: “Our injections” heals.",
        suggestion="Stop.",
        authority=("law", "memo"),
        text="heal",
        agent="Our injections",
        section=("Care",),
        cues=(Cue("may", "modality", "weak", Span(25, 28), Span(8, 38), 1),),
        start=Position(31, 4, 7),
        end=Position(35, 4, 11),
        fingerprint=claim.fingerprint,
    )
    assert missing == Finding(
        rule="disclosure/risks",
        category="disclosure",
        severity="error",
        qualification="none",
        message="“heal” needs the risks.",
        suggestion="Name them.",
        authority=("law",),
        text="heal",
        agent="",
        section=("Care",),
        cues=(),
        start=claim.start,
        end=claim.end,
        fingerprint=missing.fingerprint,
    )
    assert report.disclosures == (DisclosureResult("risks", "absent", True),)
    assert all(re.fullmatch("[0-9a-f]{16}", finding.fingerprint) for finding in report.findings)


@pytest.mark.parametrize(
    ("text", "status", "required", "words", "severity"),
    [
        pytest.param("It heals.", "absent", True, "", "error", id="absent"),
        pytest.param("It heals. Ask about\nrisks.", "partial", True, "Ask about\nrisks.", "warning", id="in part"),
        pytest.param(
            "It heals. A **risk of infection**.",
            "present",
            True,
            "A **risk of infection**.",
            None,
            id="present",
        ),
        pytest.param("Call us.", "absent", False, "", None, id="not due"),
        pytest.param("That it heals is not proven.", "absent", False, "", None, id="adequately qualified"),
    ],
)
def test_a_disclosure_is_owed_and_given(
    small: Analyser, text: str, status: str, required: bool, words: str, severity: str | None
) -> None:
    report = check(small, text)
    (result,) = report.disclosures
    assert (result.status, result.required) == (status, required)
    assert (text[result.start.offset : result.end.offset] if result.start and result.end else "") == words
    assert visible(words) == result.text
    owed = [finding.severity for finding in report.findings if finding.category == "disclosure"]
    assert owed == ([severity] if severity else [])


def test_a_disclosure_that_readers_may_miss_is_reported_where_it_stands(small: Analyser) -> None:
    text = "# Care\n\nIt heals. Call us.\n\n" + "It rains. " * 9 + "\n\n## More\n\nThere is a *risk of infection*.\n"
    placed = [replace(entry, placement=("section", "early")) for entry in small.rulebook.disclosures]
    analyser = Analyser(replace(small.rulebook, disclosures=tuple(placed)), small.parser)
    report = check(analyser, text)
    _, late = report.findings
    assert quoted(report, late) == "There is a *risk of infection*."
    assert late == Finding(
        rule="disclosure/risks",
        category="disclosure",
        severity="warning",
        qualification="none",
        message="“Risks”, which “heals” makes due, is said where readers may miss it.",
        suggestion=(
            "Say it clearly and conspicuously: in the section of the claim or in its paragraph "
            "or before the last tenth of the page."
        ),
        authority=("law",),
        text="There is a risk of infection.",
        agent="",
        section=("Care", "More"),
        cues=(),
        start=late.start,
        end=late.end,
        fingerprint=late.fingerprint,
    )
    (result,) = report.disclosures
    assert result == DisclosureResult("risks", "present", True, late.text, late.start, late.end, True)
    (missing, _) = check(small, "It heals.").findings
    assert missing.fingerprint != late.fingerprint
    unasked = check(analyser, text, profile=Profile(disclosures={}))
    assert ([finding.rule for finding in unasked.findings], unasked.disclosures[0].is_misplaced) == (
        ["efficacy/heals"],
        False,
    )


def test_nobody_is_called_the_treatment(small: Analyser) -> None:
    assert check(small, "Healing", "page.txt").findings[1].message == "“Healing”: the treatment heals."


def test_authorities_of_the_place_are_cited_if_there_are_any(small: Analyser) -> None:
    missing, claim = check(small, "It heals.", profile=small.rulebook.profile("uk")).findings
    assert (claim.authority, missing.authority) == (("memo",), ("law",))


def test_a_page_as_a_whole_may_qualify_and_stands_nowhere(small: Analyser) -> None:
    profile = Profile(incurable={"efficacy": "note"})
    (claim,) = check(small, "It heals.\n\nThere is evidence.", profile=profile).findings
    assert (claim.severity, claim.qualification) == ("note", "adequate")
    assert [(cue.kind, cue.span, cue.block) for cue in claim.cues] == [("informing page", Span(0, 0), -1)]
    (claim, _) = check(small, "It heals.\n\nThere is evidence. Call us.").findings[::-1]
    assert (claim.severity, claim.cues) == ("error", ())


@pytest.mark.parametrize(
    ("scalar", "source"),
    [("'Ann''s therapy heals'", "heals"), ('"Therapy \\u0068eals"', "\\u0068eals"), ("!!str Therapy heals", "heals")],
)
def test_a_finding_in_a_title_quotes_its_words(small: Analyser, scalar: str, source: str) -> None:
    report = check(small, f"---\ntitle: {scalar}\n---\n")
    assert [(finding.text, quoted(report, finding)) for finding in report.findings] == [("heals", source)] * 2


def test_findings_are_in_the_order_of_the_page(small: Analyser) -> None:
    text = "It heals.\n\nTherapy heals.\n\nIt heals.\n"
    findings = check(small, text).findings
    assert [(f.start.line, f.rule) for f in findings] == [
        (1, "disclosure/risks"),
        (1, "efficacy/heals"),
        (3, "efficacy/heals"),
        (5, "efficacy/heals"),
    ]


def test_a_fingerprint_stays_when_the_text_moves(small: Analyser) -> None:
    here = check(small, "It heals. Therapy heals you.").findings
    moved = check(small, "# Care\n\nWelcome.\n\n- IT  heals.\n- Therapy *Heals*\n  you.\n").findings
    assert [finding.fingerprint for finding in moved] == [finding.fingerprint for finding in here]
    fingerprints = {finding.fingerprint for finding in here}
    assert len(fingerprints) == 3
    assert all("-" not in fingerprint for fingerprint in fingerprints)  # the sentences differ, if not the words


def test_a_sentence_that_stands_twice_is_told_apart(small: Analyser) -> None:
    claims = [f.fingerprint for f in check(small, "It heals.\n\nIt heals.\n\nIt heals.\n").findings]
    _, first, second, third = claims
    assert (second, third) == (f"{first}-2", f"{first}-3")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        *((path, text) for path in ("page.md", "page.txt") for text in ("", "\n", "   \r\n\t\n", "\ufeff", "----")),
        *(("page.md", text) for text in ("<!-- -->", "---\n---\n", "```\n```", "#")),
    ],
)
def test_an_empty_page_is_clean(analyser: Analyser, path: str, text: str) -> None:
    report = check(analyser, text, path)
    assert (report.path, report.source, report.findings) == (path, text, ())
    assert not any(result.required for result in report.disclosures)
    assert {result.status for result in report.disclosures} == {"absent"}


def test_a_report_holds_files_and_errors_in_their_order(small: Analyser) -> None:
    files = [
        check(small, text, path) for path, text in [("b.md", "It heals."), ("a.txt", ""), ("c.md", "It may heal.")]
    ]
    errors = [InputError("cannot be read", "z.md"), InputError("is no text", "y.md", 1, 2)]
    report = engine.report(files, iter(errors), [small.rulebook, small.rulebook])
    assert report == Report(
        version=__version__,
        rules=small.rulebook.digest,
        model=MODEL,
        profile="us",
        files=files,
        errors=tuple(errors),
        citations={"law": "An Act", "memo": "A Memo (unverified)"},
        described=report.described,
    )
    assert list(report.described) == [
        *small.rulebook.by_id,
        *(item.rule for item in small.rulebook.disclosures),
        *RULES,
    ]
    assert [report.count(severity) for severity in ("error", "warning", "note")] == [3, 1, 0]


def test_a_report_of_nothing(small: Analyser) -> None:
    report = engine.report([], [], [])
    assert (report.files, report.errors, report.count("error")) == ([], (), 0)
