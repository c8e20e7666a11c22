"""HTML: pages, fragments and templates as blocks with exact positions."""

from __future__ import annotations

from pathlib import Path

import pytest
from blocks import check_pieces, check_ranges, check_words, quoted, rendered
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.model import Document, InputError, Link
from linter.readers import load, read
from linter.source import Source

PAGES = sorted((Path(__file__).parent / "pages").glob("*.htm*"))


def read_html(text: str) -> Document:
    return read(Source("page.html", text))


def golden(text: str) -> list[str]:
    return rendered(read_html(text))


def quote(text: str, words: str) -> str:
    return quoted(Source("page.html", text), read_html(text), words)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_messy_pages_have_the_blocks_beside_them(path: Path) -> None:
    """``page.html`` is read as ``page.blocks`` says, which was looked through by eye."""
    source, document = load(path.read_bytes(), path.name)
    assert rendered(document) == path.with_suffix(".blocks").read_text(encoding="utf-8").splitlines()
    check_pieces(source, document)
    assert not any("cures" in block.text for block in document.blocks)


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        pytest.param("<p>It <B>relieves</B> pain.", "relieves pain", "relieves</B> pain", id="inline tag"),
        pytest.param("It relieves&nbsp;&nbsp; pain.", "relieves pain", "relieves&nbsp;&nbsp; pain", id="spaces"),
        pytest.param("It relieves<br>\n<!-- x -->pain.", "relieves pain", "relieves<br>\n<!-- x -->pain", id="<br>"),
        pytest.param("It re&shy;lieves pain.", "relieves", "re&shy;lieves", id="soft hyphen"),
        pytest.param("It re<wbr>lieves pain.", "relieves", "re<wbr>lieves", id="<wbr>"),
        pytest.param(
            "It <i>relieves <b>all</i> pain</b>.", "relieves all pain", "relieves <b>all</i> pain", id="nesting"
        ),
        pytest.param("We relieve &lt;all&#62; pain.", "<all> pain", "&lt;all&#62; pain", id="references"),
        pytest.param(
            "It &#x72;elieves AT&T pain &copy 1", "relieves AT&T", "&#x72;elieves AT&T", id="broken reference"
        ),
        pytest.param("It <a href='?a>b&copy=1'>relieves</a> it", "relieves it", "relieves</a> it", id="attribute"),
        pytest.param("<p>😀 naïve</p><p>It\r\nrelieves\tpain", "relieves pain", "relieves\tpain", id="emoji, CRLF"),
        pytest.param("It <q>relieves</q> pain", "“relieves” pain", "<q>relieves</q> pain", id="<q>"),
        pytest.param(
            "It <ins>relieves</ins><del>cures</del> pain",
            "relieves pain",
            "relieves</ins><del>cures</del> pain",
            id="<ins>",
        ),
        pytest.param("<img alt='No &amp; less &#39;pain'>", "No & less 'pain", "No &amp; less &#39;pain", id="alt"),
        pytest.param("<a title=x aria-label=Painless href=/>Go</a>", "Painless", "Painless", id="bare aria-label"),
        pytest.param(
            "{{ x }}It {% if a > b %}relieves{% endif %} pain",
            "It relieves pain",
            "It {% if a > b %}relieves{% endif %} pain",
            id="template tag",
        ),
        pytest.param(
            "<p>No<?php if ($a->b): ?> pain<?php endif; ?>", "No pain", "No<?php if ($a->b): ?> pain", id="PHP"
        ),
        pytest.param("<p>No<% x > 1 %> pain", "No pain", "No<% x > 1 %> pain", id="embedded Ruby"),
        pytest.param(
            "<p>No {{{ x }}}pain {{! y }}{{#if z}}gain",
            "No pain gain",
            "No {{{ x }}}pain {{! y }}{{#if z}}gain",
            id="Handlebars",
        ),
        pytest.param(
            '<script type="application/ld+json">{"description": "No \\"pain\\" \\u2013 \\/ ever"}</script>',
            '"pain" – / ever',
            '\\"pain\\" \\u2013 \\/ ever',
            id="JSON-LD",
        ),
    ],
)
def test_a_phrase_is_read_whole_and_found_where_it_stands(text: str, words: str, source: str) -> None:
    assert quote(text, words) == source


@pytest.mark.parametrize(
    "text",
    [
        "<nav><p>cures</p></nav>",
        "<ul role=menubar><li>cures</ul>",
        "<div class='x main-menu'><a>cures</a></div>",
        "<ol class=breadcrumb><li>cures</ol>",
        "<div id=cookie-law-info-bar>cures</div>",
        "<div id='CybotCookiebotDialog'><p>cures</div>",
        "<p hidden>cures",
        "<div aria-hidden=TRUE>cu<b>r</b>es</div>",
        "<span style='color:red; DISPLAY : none !important'>cures <span>cures</span> cures</span>",
        "<svg><text>cures</text><title>cures</title></svg>",
        "<template><p>cures</template>",
        "<style>p {content: 'cures'}</style>",
        "<script>'<p>cures</p>'</script>",
        "<SCRIPT type=text/template><p>cures</p></SCRIPT>",
        "<noscript>cures</noscript><iframe>cures</iframe><object>cures</object><math>cures</math>",
        "<select><option>cures</select><textarea>cures</textarea><input value=cures placeholder=cures>",
        "<!-- cures --><!cures><?cures?><![CDATA[cures]]><![if cures]>",
        "<del>cures</del><s>cures</s><strike>cures</strike>",
        "<code>cures</code><pre>cures</pre><kbd>cures</kbd><samp>cures</samp>",
        "<meta name=keywords content=cures><link title=cures><p title=cures data-x=cures>",
        "<div hidden><img alt=cures><a aria-label=cures></a></div><img alt=cures hidden>",
        "<nav aria-label=cures></nav><script type=application/ld+json>{'description': 'cures'}</script>",
        '<div hidden><script type="application/ld+json">{"description": "cures"}</script></div>',
        '<script type="application/ld+json">{"name": "cures", "description": {"x": "cures"}}</script>',
        "{% comment %}cures{% endcomment %}{# cures #}<?= $cures ?>",
    ],
)
def test_what_nobody_reads_is_not_prose(text: str) -> None:
    assert golden(f"{text}<p>End.") == ["paragraph: End."]


@pytest.mark.parametrize(
    "text",
    [
        "<p class=treatment-menu>Text",
        "<p class='menu'>Text",
        "<div class=breadcrumb-area>Text</div>",
        "<body class='cookie-notice-shown nav'>Text",
        "<div class=has-cookie-banner>Text</div>",
        "<body style='display: none' hidden><main aria-hidden=true>Text</main>",
        "<p hidden=until-found>Text",
        "<p style='opacity: 0; display: none-of-it'>Text",
        "<div role=tabpanel hidden>Text</div>",
        "<div id=a.b hidden>Text</div><button aria-controls='a.b'></button>",
        "<div id=c style='display:none'>Text</div><a data-bs-target='#c'></a>",
        "<p><ins>Text</ins>",
        "<div><span>Text</div>",
        "Text",
        "<p>Text</script></style></nav>",
        "<b><span hidden></b>Text",
        "<b hidden>x<p>x</b>Text</b>",
        "<dialog>Text</dialog>",
    ],
)
def test_what_readers_come_to_see_is_prose(text: str) -> None:
    assert [block.text for block in read_html(text).blocks] == ["Text"]


def test_metadata_is_read_unless_the_page_or_other_metadata_says_the_same() -> None:
    text = """\
---
title: Relief for knees
---
<title>Relief for Knees! &raquo; No pain | Our clinic</title>
<meta name=description content="It works."><meta property="og:title" content="relief for knees">
<meta name="twitter:description" content="It  WORKS"><meta property=og:image:alt content="A happy patient">
<meta itemprop=description content="Two words">
<script type=application/ld+json>[{"description": "It works"}, {"description": "It lasts."},{"description": ""}]
</script>
<h1>Relief for knees</h1><img alt="relief for knees"><img alt="A happy patient"><a aria-label="Go">Go</a>
<p>Two words
"""
    assert golden(text) == [
        "title: No pain | Our clinic",
        "description: It works.",
        "alt: A happy patient",
        "description: It lasts.",
        "heading 1: Relief for knees",
        "paragraph: Go | Relief for knees",
        "paragraph: Two words | Relief for knees",
    ]
    assert quote(text, "pain | Our clinic") == "pain | Our clinic"


def test_lists_tables_and_definitions_are_blocks() -> None:
    text = """\
<p>Benefits:</p><ul><li>less pain<li><p>more motion</p><p>soon</p><ol><li>knee</ol></ul>
<div role=list><div role=listitem>sleep</div></div>
<table><caption>Effects</caption><thead><tr><th>Before<th>After<tbody><tr><td>a<td><p>b</table>
<dl><dt>Relief<dd>It eases pain.</dl>
"""
    assert golden(text) == [
        "paragraph: Benefits:",
        "item 1: less pain | <- 0",
        "item 1: more motion | <- 0",
        "item 1: soon | <- 0",
        "item 2: knee | <- 0",
        "item 1: sleep | <- 0",
        "caption: Effects",
        "cell: Before",
        "cell: After",
        "cell: a | <- 7",
        "cell: b | <- 8",
        "paragraph: Relief",
        "paragraph: It eases pain.",
    ]


def test_a_table_in_a_cell_has_heads_of_its_own() -> None:
    inner = "<table><tr><th>For<tr><td>sleep</table>"
    assert golden(f"<table><tr><td>A<td>B<tr><td>a{inner}<td>b</table><p>c") == [
        "cell: A",
        "cell: B",
        "cell: a | <- 0",
        "cell: For",
        "cell: sleep | <- 3",
        "cell: b",  # behind another table, it is not known any more what stood above
        "paragraph: c",
    ]


def test_lines_that_begin_with_bullets_are_items() -> None:
    assert golden(
        "<p>We help:<br>&#10003; sleep<br/>• walk &bull; run<br><br>Soon.<p>&bull;&nbsp;Ask</p><h2>✓ Now"
    ) == [
        "paragraph: We help:",
        "item 1: sleep | <- 0",
        "item 1: walk • run | <- 0",
        "paragraph: Soon.",
        "item 1: Ask",
        "heading 2: Now",
    ]


def test_headings_are_known_by_name_and_role() -> None:
    text = "<h1>A <small>b</small></h1><div role=heading aria-level=3>C</div><p role=heading>D</p><p>E"
    assert golden(text) == [
        "heading 1: A b",
        "heading 3: C | A b",
        "heading 2: D | A b",
        "paragraph: E | A b > D",
    ]


@pytest.mark.parametrize(
    "question",
    [
        "<details><summary>How?</summary>{}</details>",
        "<div><button aria-expanded=false>How?</button><div>{}</div></div>",
        "<div><span :aria-expanded=open>How?</span><p>{}</p></div>",
        "<dl><dt class=faq__question>How?<dd>{}</dl>",
        "<div class=item><div class=elementor-tab-title><a class=elementor-accordion-title>How?</a></div>{}</div>",
    ],
)
def test_a_question_that_opens_its_answer_is_its_heading_and_no_others(question: str) -> None:
    text = f"<h2>FAQ</h2>{question.format('By rest.' + question.format('So.') + '<p>More.')}<p>End."
    assert golden(text) == [
        "heading 2: FAQ",
        "heading 7: How? | FAQ",
        "paragraph: By rest. | FAQ > How?",
        "heading 8: How? | FAQ > How?",
        "paragraph: So. | FAQ > How? > How?",
        "paragraph: More. | FAQ > How?",
        "paragraph: End. | FAQ",
    ]


def test_questions_side_by_side_and_headings_in_them() -> None:
    text = "<div><button aria-expanded>A?</button><p>B.</p><button aria-expanded>C?</button><p>D.</p></div><p>E."
    assert golden(text + "<details><summary><h3>F?</h3></summary>G.</details><h3><a aria-expanded>H?</a></h3>I.") == [
        "heading 7: A?",
        "paragraph: B. | A?",
        "heading 7: C?",
        "paragraph: D. | C?",
        "paragraph: E.",
        "heading 3: F?",
        "paragraph: G. | F?",
        "heading 3: H?",
        "paragraph: I. | H?",
    ]
    markdown = read(Source("a.md", "# A\n\n<details>\n<summary>B?</summary>\n\nC.\n\n</details>\n\nD.\n"))
    assert rendered(markdown)[1:] == ["heading 7: B? | A", "paragraph: C. | A > B?", "paragraph: D. | A"]


def test_quotations_are_told_from_those_who_say_them() -> None:
    text = """\
<blockquote><p>I run.<p>I sleep.<img alt=Runner><cite>Jo</cite></blockquote>
<figure><blockquote>It works <footer>Al, <cite>Site</cite></footer></blockquote><figcaption>Bo</figcaption></figure>
<div class=testimonial-text>So good</div><p itemprop=reviewBody>Best</p><p>In <cite>Nature</cite> it is.
"""
    assert golden(text) == [
        "paragraph”: I run.",
        "paragraph”: I sleep.",
        "alt: Runner",
        "paragraph: Jo",
        "paragraph”: It works",
        "paragraph: Al,",
        "paragraph: Site",
        "caption: Bo",
        "paragraph”: So good",
        "paragraph”: Best",
        "paragraph: In Nature it is.",
    ]


def test_phrases_in_boxes_of_their_own_are_set_apart() -> None:
    text = "<div><span>Less pain</span><span>More sleep</span> <b>A</b><i>CL</i> <b>on</b><i>ly</i> p<b>H</b>"
    assert golden(text) == ["paragraph: Less pain More sleep ACL only pH"]
    assert quote(text, "pain More") == "pain</span><span>More"


def test_buttons_are_calls_to_action() -> None:
    assert golden("<input type=SUBMIT value='Book &amp; save'><button>Call</button><button>Ask</button>") == [
        "paragraph: Book & save",
        "paragraph: Call",
        "paragraph: Ask",
    ]


def test_comments_are_handed_over_with_their_places() -> None:
    text = "<!-- a & b --><p>x<!---->y<!-- {{ c }} --><![if IE]><!-- open"
    comments = [text[span.start : span.end] for span in read_html(text).comments]
    assert comments == [" a & b ", " {{ c }} "]
    text = "a <!-- b -->\n\n<!--\nc\n-->\n"
    assert [text[span.start : span.end] for span in read(Source("a.md", text)).comments] == [" b ", "\nc\n"]


@pytest.mark.parametrize(
    ("declaration", "encoding"),
    [
        ('<meta charset="windows-1252">', "cp1252"),
        ("<META HTTP-EQUIV=content-type CONTENT='text/html; charset=ISO-8859-1'>", "cp1252"),
        ("<meta charset=shift_jis>", "shift_jis"),
        ("<meta charset=utf-8>", "utf-8-sig"),
        ("", "utf-16"),
    ],
)
def test_a_page_is_read_in_the_encoding_that_it_names(declaration: str, encoding: str) -> None:
    words = "無痛の pain" if encoding == "shift_jis" else "naïve pain"
    source, document = load(f"{declaration}<p>{words}".encode(encoding), "a.html")
    (block,) = document.blocks
    assert (block.text, quoted(source, document, "pain")) == (words, "pain")


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"<p>\xff", "a.html:1:4: found byte 0xFF, which is not UTF-8"),
        (b"<meta charset=utf-7><p>\xff", "a.html:1:24: found byte 0xFF, which is not UTF-8"),
        (b"<meta charset=euc-jp>\n<p>\xff", "a.html:2:4: found byte 0xFF, which is not euc-jp"),
    ],
)
def test_a_page_that_names_no_encoding_or_a_wrong_one_is_refused(data: bytes, problem: str) -> None:
    with pytest.raises(InputError) as refused:
        load(data, "a.html")
    assert str(refused.value) == f"{problem}; expected text: save it as UTF-8"


@pytest.mark.parametrize(
    "unit",
    [
        "<div>",
        "<span hidden>",
        "<blockquote><p>",
        "<table><td>",
        "<p",
        "<p a='",
        "<!--",
        "<q>",
        "{{",
        "<?php ",
        "<ul><li>",
        '<script type="application/ld+json">{"a":[',
        "<title>a | b",
        "</p>",
        "&#",
        "<p class=nav-",
        "<br>",
        "<b><i></b></i>",
    ],
)
def test_runaway_pages_are_read(unit: str) -> None:
    text = unit * 20_000
    check_pieces(Source("page.html", text), read_html(text))


WORDS = st.text(alphabet="ab é😀\u0301\u00a0\u00ad\u4e00&<>\"'|•-:!.1A\n", min_size=1, max_size=8)
ENTITIES = st.sampled_from(
    ["&amp;", "&nbsp;", "&shy;", "&#x1F600;", "&bne;", "&bogus;", "&#0;", "&", "&#", "&lt", "&bull;"]
)
TAGS = st.sampled_from(
    [
        "<b>",
        "</b>",
        "<br>",
        "<BR />",
        "<p>",
        "</p>",
        "<li>",
        "</li>",
        "<ul>",
        "</ul>",
        "<h2>",
        "</h2>",
        "<td>",
        "<table>",
        "</table>",
        "<del>",
        "</del>",
        "<!--x-->",
        "<!--",
        "<script>",
        "</script>",
        "<template>",
        "<svg/>",
        "<div hidden>",
        "</div>",
        "<img alt='x&amp;y😀'>",
        "<a href=x aria-label=é>",
        "</a>",
        "<![x",
        "<?x",
        "<",
        "</",
        "<q>",
        "</q >",
        "<nav>",
        "</nav>",
        "<blockquote>",
        "</blockquote>",
        "<cite>",
        "</cite>",
        "<title>",
        "</title>",
        "<details>",
        "<summary>",
        "</details>",
        "<span>",
        "</span>",
        "<meta name=description content='a &gt; b'>",
        "<button>",
        "<dl><dt>",
        "<script type=application/ld+json>",
        '{"description": "a\\u00e9\\""}',
        "{{ x }}",
        "{% comment %}",
        "<?php x ?>",
        "<figure>",
        "<figcaption>",
        "<input type=submit value=x>",
        "<ins>",
        "<div style=display:none>",
        "<div role=heading>",
    ]
)
MESSES = st.lists(WORDS | ENTITIES | TAGS, max_size=14).map("".join)


@settings(max_examples=400)
@given(MESSES)
def test_every_piece_is_a_copy_of_its_source_or_stands_for_it(text: str) -> None:
    check_pieces(Source("page.html", text), read_html(text))


@settings(max_examples=100)
@given(MESSES, st.data())
def test_every_range_of_a_block_has_the_source_of_its_pieces(text: str, data: st.DataObject) -> None:
    check_ranges(Source("page.html", text), read_html(text), data)


PHRASES = st.sampled_from(
    [
        "W",
        "<b>W</b>",
        "<i>W <b>W</i> W</b>",
        "<a href='a>b'>W W</a>",
        "W&nbsp;W",
        "W\nW",
        "W<br>W",
        "W<br><br>W",
        "<q>W</q>",
    ]
)
SENTENCES = st.lists(PHRASES, min_size=1, max_size=4).map(" ".join)
STRUCTURES = st.tuples(
    SENTENCES,
    st.sampled_from(
        [
            "{}",
            "<p>{}",
            "<h2>{}</h2>",
            "<ul><li>{}<li>W</ul>",
            "<table><tr><th>W<td>{}</table>",
            "<div><div>{}</div>W</div>",
            "<blockquote>{}<cite>W</cite></blockquote>",
            "<details><summary>W</summary>{}</details>",
            "<dl><dt>W<dd>{}</dl>",
            "<figure><img alt='W'><figcaption>{}</figcaption></figure>",
            "<button>{}</button>W",
            "<p hidden>x</p>{}",
            "<script>x</script><section><!-- x -->{}</section>",
            "<svg><path/></svg>{}",
            "<P>{}<P>W</P>",
        ],
    ),
).map(lambda parts: parts[1].replace("{}", parts[0]))


@settings(max_examples=200)
@given(st.lists(STRUCTURES, min_size=1, max_size=5), st.sampled_from(["\n", "\r\n", "\r"]))
def test_no_word_is_lost_or_moved(structures: list[str], newline: str) -> None:
    """Every W, numbered in its order on the page, is read at its place."""
    parts = "\n".join(structures).split("W")
    text = (parts[0] + "".join(f"w{number}{part}" for number, part in enumerate(parts[1:]))).replace("\n", newline)
    check_words(Source("page.html", text), read_html(text), len(parts) - 1)


def test_where_links_lead_is_kept_also_from_marks_that_are_not_read() -> None:
    text = (
        "<nav><a href='/x'>X</a></nav><p>It works.<sup><a href='https://doi.org/10.1/x?a=1&amp;b=2'>1</a></sup>"
        " <a>No</a><p>See <a href=y>why</a>."
    )
    first, second = read_html(text).blocks
    assert first.links == (Link(9, "https://doi.org/10.1/x?a=1&b=2"),)
    assert second.links == (Link(4, "y"),)
