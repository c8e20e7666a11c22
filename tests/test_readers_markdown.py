"""Markdown and the HTML in it: blocks with exact positions."""

from __future__ import annotations

import pytest
from blocks import check_pieces, check_ranges, check_words, quoted, rendered
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.model import Document, InputError, Link, Span
from linter.readers import read
from linter.source import Source, decode


def read_markdown(text: str) -> Document:
    return read(Source("page.md", text))


def golden(text: str) -> list[str]:
    return rendered(read_markdown(text))


def quote(text: str, words: str) -> str:
    return quoted(Source("page.md", text), read_markdown(text), words)


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        pytest.param("It **relieves** pain.", "relieves pain", "relieves** pain", id="bold inside the phrase"),
        pytest.param("It *relieves **all** pain*.", "relieves all pain", "relieves **all** pain", id="nested emphasis"),
        pytest.param("It relieves\npain.", "relieves pain", "relieves\npain", id="soft line break"),
        pytest.param("It relieves  \n  pain.", "relieves pain", "relieves  \n  pain", id="hard line break"),
        pytest.param("It relieves\\\npain.", "relieves pain", "relieves\\\npain", id="hard line break with backslash"),
        pytest.param("> It relieves\n> pain.", "relieves pain", "relieves\n> pain", id="line break in a quotation"),
        pytest.param("It relieves&nbsp;pain.", "relieves pain", "relieves&nbsp;pain", id="no-break space entity"),
        pytest.param("It relieves\u00a0pain.", "relieves pain", "relieves\u00a0pain", id="no-break space"),
        pytest.param("It re&shy;lieves pain.", "relieves", "re&shy;lieves", id="soft hyphen entity"),
        pytest.param("Safe &amp; sound &#128512;!", "& sound 😀", "&amp; sound &#128512;", id="entities"),
        pytest.param(
            "It [relieves](http://x.y 'T') pain.", "relieves pain", "relieves](http://x.y 'T') pain", id="link"
        ),
        pytest.param("It [relieves][1] pain.\n\n[1]: /x", "relieves pain", "relieves][1] pain", id="reference link"),
        pytest.param("It relieves[^1] pain.\n\n[^1]: X", "relieves pain", "relieves[^1] pain", id="footnote mark"),
        pytest.param("It \\*relieves\\* pain.", "*relieves* pain", "*relieves\\* pain", id="escapes"),
        pytest.param("It relieves `all` pain.", "relieves pain", "relieves `all` pain", id="code span"),
        pytest.param("It ~~cures~~ relieves pain.", "It relieves", "It ~~cures~~ relieves", id="struck-out word"),
        pytest.param("It <del>cures</del> relieves pain.", "It relieves", "It <del>cures</del> relieves", id="<del>"),
        pytest.param("It relieves<sup>®</sup> pain.", "relieves pain", "relieves<sup>®</sup> pain", id="superscript"),
        pytest.param("It <b class='x'>relieves</b> pain.", "relieves pain", "relieves</b> pain", id="inline HTML"),
        pytest.param("It relieves<br/>pain.", "relieves pain", "relieves<br/>pain", id="HTML line break"),
        pytest.param("It relieves<!-- all --> pain.", "relieves pain", "relieves<!-- all --> pain", id="comment"),
        pytest.param("It relieves ![all](x.png) pain.", "relieves pain", "relieves ![all](x.png) pain", id="image"),
        pytest.param("It relieves\tpain.", "relieves pain", "relieves\tpain", id="tab"),
        pytest.param("😀 é👩‍⚕️ It **relieves** pain.", "relieves pain", "relieves** pain", id="emoji before the phrase"),
        pytest.param("# 😀\r\n\r\nIt relieves\r\npain.", "relieves pain", "relieves\r\npain", id="CRLF"),
        pytest.param("It relieves\rpain.", "relieves pain", "relieves\rpain", id="lone CR"),
        pytest.param("- It relieves\n  pain.", "relieves pain", "relieves\n  pain", id="line break in an item"),
        pytest.param("| a | It \\| *relieves* |\n|-|-|", "It | relieves", "It \\| *relieves", id="table cell"),
        pytest.param(
            "<p>It <i>relieves</i>\n&nbsp;pain.", "relieves pain", "relieves</i>\n&nbsp;pain", id="HTML block"
        ),
        pytest.param("> <p>It relieves\n> pain.", "relieves pain", "relieves\n> pain", id="HTML block in a quotation"),
        pytest.param(
            "<img alt='😀 It relieves &lt;all&gt; pain'>", "<all> pain", "&lt;all&gt; pain", id="alt attribute"
        ),
    ],
)
def test_a_phrase_is_read_whole_and_found_where_it_stands(text: str, words: str, source: str) -> None:
    assert quote(text, words) == source


def test_a_byte_order_mark_shifts_nothing() -> None:
    source = decode(b"\xef\xbb\xbf# Pain *relief*", "page.md")
    (block,) = read(source).blocks
    assert (block.kind, block.text, block.source_span(Span(5, 11))) == ("heading", "Pain relief", Span(8, 14))
    assert source.text[8:14] == "relief"


def test_headings_make_sections() -> None:
    text = "# Page {#top .big}\nIntro.\n## Deep\nA.\n#### Deeper\nB.\n## Again\nC.\n\nNew\npage\n====\nD.\n"
    assert golden(text) == [
        "heading 1: Page",
        "paragraph: Intro. | Page",
        "heading 2: Deep | Page",
        "paragraph: A. | Page > Deep",
        "heading 4: Deeper | Page > Deep",
        "paragraph: B. | Page > Deep > Deeper",
        "heading 2: Again | Page",
        "paragraph: C. | Page > Again",
        "heading 1: New page",
        "paragraph: D. | New page",
    ]


def test_headings_below_a_colon_are_led_in_until_an_outer_heading() -> None:
    text = "# Uses\nSuch as:\n### Knees\nThese:\n#### Left\n### Hips\nX.\n## Risks\nMind:\n## Price\n### Terms\n"
    assert golden(text) == [
        "heading 1: Uses",
        "paragraph: Such as: | Uses",
        "heading 3: Knees | Uses | <- 1",
        "paragraph: These: | Uses > Knees",
        "heading 4: Left | Uses > Knees | <- 3",
        "heading 3: Hips | Uses | <- 1",
        "paragraph: X. | Uses > Hips",
        "heading 2: Risks | Uses",
        "paragraph: Mind: | Uses > Risks",
        "heading 2: Price | Uses",  # no deeper than the section that the colon stands in
        "heading 3: Terms | Uses > Price",
    ]


def test_lists_nest_and_their_items_are_led_in() -> None:
    text = """\
**Benefits include:**

- Less pain
  1. in the knee
     - left
  2. elsewhere, such as:
     * hips
- [x] More motion

  It comes back.

  > A quotation.
- ## Sleep

Ask us.

- No lead-in
"""
    assert golden(text) == [
        "paragraph: Benefits include:",
        "item 1: Less pain | <- 0",
        "item 2: in the knee | <- 0",
        "item 3: left | <- 0",
        "item 2: elsewhere, such as: | <- 0",
        "item 3: hips | <- 4",
        "item 1: More motion | <- 0",
        "item 1: It comes back. | <- 0",
        "item 1”: A quotation. | <- 0",
        "heading 2: Sleep",
        "paragraph: Ask us. | Sleep",
        "item 1: No lead-in | Sleep",
    ]


def test_tables_are_cells_and_do_not_end_a_lead_in() -> None:
    assert golden("Effects:\n\n| *Effect* | |\n|---|---|\n| a `b` c | 😀 d<br>e |\n\n- f\n") == [
        "paragraph: Effects:",
        "cell: Effect",
        "cell: a c | <- 1",
        "cell: 😀 d e",
        "item 1: f | <- 0",
    ]


@pytest.mark.parametrize(
    ("above", "leads_in"),
    [
        pytest.param("**Areas of application**", True, id="a few words in bold"),
        pytest.param("We treat these.", False, id="a sentence"),
        pytest.param("**What follows is so long that nobody would take it for the title of a list**", False, id="long"),
    ],
)
def test_a_paragraph_that_reads_like_a_title_leads_in_to_a_list(above: str, leads_in: bool) -> None:
    assert golden(f"{above}\n\n- Asthma\n")[1] == ("item 1: Asthma | <- 0" if leads_in else "item 1: Asthma")


def test_the_head_of_a_column_leads_in_to_its_cells_in_each_table() -> None:
    long = "A first row of so many words is no head of anything, but the layout of a page."
    first = "| Drip | Good for |\n|---|---|\n| Sunday | hangovers |\n| | naps |\n\nOr:\n\n"
    assert golden(first + f"| Tea | {long} |\n|---|---|\n| Night | sleep |\n") == [
        "cell: Drip",
        "cell: Good for",
        "cell: Sunday | <- 0",
        "cell: hangovers | <- 1",
        "cell: naps | <- 1",
        "paragraph: Or:",
        "cell: Tea",
        f"cell: {long}",
        "cell: Night | <- 6",
        "cell: sleep",
    ]


def test_images_are_alternative_texts_behind_their_block() -> None:
    assert golden("## A ![logo](x) clinic\n\n![Happy *patient* &amp; doctor][r]\n\n[r]: /x 'Title'\n") == [
        "heading 2: A clinic",
        "alt: logo | A clinic",
        "alt: Happy patient & doctor | A clinic",
    ]


def test_footnotes_and_quotations_are_paragraphs() -> None:
    assert golden("It works.[^a]\n\n> “It *helped*!”\n> — Jane\n\n[^a]: Smith 2020.\n\n    More.\n\nEnd.\n") == [
        "paragraph: It works.",
        "paragraph”: “It helped!” — Jane",
        "paragraph: Smith 2020.",
        "paragraph: More.",
        "paragraph: End.",
    ]


def test_code_comments_rules_and_definitions_are_nothing() -> None:
    text = "```html\ncures\n```\n\n    cures\n\n<!-- cures\n\ncures -->\n\n***\n\n`cures`\n\n[cures]: /cures 'cures'\n"
    assert golden(text) == []


def test_addresses_that_are_shown_stay() -> None:
    assert golden("See <https://x.org/a> or https://y.org.\n") == ["paragraph: See https://x.org/a or https://y.org."]


def test_text_between_two_thematic_breaks_is_prose() -> None:
    assert golden("A.\n\n---\ntitle: b\n\n---\nC.\n") == ["paragraph: A.", "paragraph: title: b", "paragraph: C."]


def test_front_matter_gives_titles_and_descriptions() -> None:
    text = """\
---
Title: 'It''s "safe"'
description: >-
  We relieve
  pain.   # no comment
tags: [cures, heals]
summary: "Heals\\u0021"
excerpt: !!str It works # a comment
seo: {title: Not this}
---
# Page
"""
    assert golden(text) == [
        'title: It\'s "safe"',
        "description: We relieve pain. # no comment",
        "description: Heals!",
        "description: It works",
        "heading 1: Page",
    ]
    assert quote(text, "It's") == "It''s"
    assert quote(text, "safe") == "safe"
    assert quote(text, "relieve pain") == "relieve\n  pain"
    assert quote(text, "works") == "works"
    assert quote(text, "Page") == "Page"


@pytest.mark.parametrize(
    ("scalar", "title", "pieces"),
    [
        pytest.param("'It''s safe'", "It's safe", ["It", "''", "s safe"], id="doubled quote"),
        pytest.param('"Re\\u006Cief"', "Relief", ["Re", "\\u006C", "ief"], id="number of a code point"),
        pytest.param('"\\ud83d\\ude00 Joy"', "😀 Joy", ["\\ud83d\\ude00", " Joy"], id="number in two halves"),
        pytest.param('"Half \\ud83d"', "Half \ufffd", ["Half ", "\\ud83d"], id="half a code point"),
        pytest.param('"Re\\\n  lief"', "Relief", ["Re", "lief"], id="line that goes on"),
        pytest.param('"No\n  pain"', "No pain", ["No", "\n  ", "pain"], id="folded line"),
        pytest.param('"\\"No\\tpain\\""', '"No pain"', ['\\"', "No", "\\t", "pain", '\\"'], id="escaped signs"),
        pytest.param("&a !!str # why\n  Relief", "Relief", ["Relief"], id="tag, anchor and comment"),
        pytest.param("!!str \u00a0'Relief", "'Relief", ["'Relief"], id="no-break space before a quote"),
        pytest.param("|2- # why\n   No\n  pain", "No pain", ["No", "\n  ", "pain"], id="literal"),
    ],
)
def test_every_way_to_write_a_title(scalar: str, title: str, pieces: list[str]) -> None:
    text = f"---\ntitle: {scalar}\n---\n"
    (block,) = read_markdown(text).blocks
    assert (block.kind, block.text) == ("title", title)
    assert [text[piece.span.start : piece.span.end] for piece in block.pieces] == pieces


@pytest.mark.parametrize(
    ("string", "title", "pieces"),
    [
        pytest.param("'No \\npain'", "No \\npain", ["No \\npain"], id="literal"),
        pytest.param('"No\\npain"', "No pain", ["No", "\\n", "pain"], id="basic"),
        pytest.param('"\\"No\\" \\d"', '"No" \\d', ['\\"', "No", '\\"', " \\d"], id="unknown escape"),
        pytest.param('"Re\\U0000006Cief"', "Relief", ["Re", "\\U0000006C", "ief"], id="number of a code point"),
        pytest.param('"x\\UFFFFFFFF"', "x\\UFFFFFFFF", ["x\\UFFFFFFFF"], id="number of none"),
        pytest.param("'''\nNo 'pain'\n'''", "No 'pain'", ["No 'pain'"], id="literal lines"),
        pytest.param('"""\\\n  No\n"pain" """', 'No "pain"', ["No", "\n", '"pain"'], id="basic lines"),
    ],
)
def test_titles_in_toml(string: str, title: str, pieces: list[str]) -> None:
    text = f"+++\ndate = 1\ntitle = {string}\n+++\n"
    (block,) = read_markdown(text).blocks
    assert (block.kind, block.text) == ("title", title)
    assert "".join(text[piece.span.start : piece.span.end] for piece in block.pieces) == "".join(pieces)


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        pytest.param("---\r\ntitle: 😀 Relief\r\n---\r\nX.", ["title: 😀 Relief", "paragraph: X."], id="CRLF"),
        pytest.param("---\n---\nX.", ["paragraph: X."], id="empty"),
        pytest.param("---\ntitle:\n? [a]\n: b\n---\nX.", ["paragraph: X."], id="nothing to read"),
        pytest.param("+++\ntitle = 'T'\n+++\nX.", ["title: T", "paragraph: X."], id="TOML"),
        pytest.param("+++\ntitle = T\n+++\nX.", ["paragraph: X."], id="broken TOML"),
        pytest.param("+++\ntags = ['a']\n[x]\ntitle = 'T'\n+++\nX.", ["paragraph: X."], id="TOML table"),
        pytest.param("---\n\ntitle: x\n\n---\nX.", ["paragraph: title: x", "paragraph: X."], id="thematic breaks"),
        pytest.param("---\nJust words.\n***\nX.", ["paragraph: Just words.", "paragraph: X."], id="no end"),
        pytest.param("---\nJust words\n---\nX.", ["heading 2: Just words", "paragraph: X."], id="no mapping"),
        pytest.param("\n---\ntitle: x\n---\nX.", ["heading 2: title: x", "paragraph: X."], id="not at the start"),
    ],
)
def test_what_is_front_matter_and_what_is_not(text: str, blocks: list[str]) -> None:
    assert [line.partition(" | ")[0] for line in golden(text)] == blocks


@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        ("---\ntags: a\ntitle: Pain: gone\n---\n", "page.md:3:12", "mapping values are not allowed here"),
        ("---\r\ntitle: 'Pain\r\n---\r\n", "page.md:3:1", "found unexpected end of stream"),
        ("---\ntitle: *x\n---\n", "page.md:2:8", "found undefined alias 'x'"),
        ("---\ntitle: \x07\n---\n", "page.md:2:8", "special characters are not allowed"),
        ('---\ntitle: "\\U00110000"\n---\n', "page.md:2:1", "chr() arg not in range(0x110000)"),
        (f"---\ntags: {'[' * 5000}\n---\n", "page.md:2:1", "nested too deeply"),
    ],
)
def test_broken_front_matter_is_refused_with_its_place(text: str, place: str, problem: str) -> None:
    with pytest.raises(InputError) as refused:
        read_markdown(text)
    assert str(refused.value) == (
        f"{place}: found broken YAML in the front matter ({problem}); expected 'key: value' lines between '---' lines"
    )


def test_what_a_site_generator_replaces_is_not_prose() -> None:
    text = """\
{{< hero
    image="cures.png" >}}
# {{ page.title }}: our *care* {#top}
{: .lead}

{% include cures.html %}
{% if cures -%} It {{< b >}}relieves{{< /b >}}
pain.{: .big} *Ask*{.cures} us.

{# cures #}{/* cures
cures */}

::: {.cures}
> {{% cures %}}==No== pain.
:::

- {{< icon
  cures >}} Sleep
<div class="{{< ref "cures" >}}">{{ 'cures' | t }}Rest</div>
{% endif %}
"""
    assert golden(text) == [
        "heading 1: : our care",
        "paragraph: It relieves pain. Ask us. | : our care",
        "paragraph”: No pain. | : our care",
        "item 1: Sleep | : our care",
        "paragraph: Rest | : our care",
    ]
    assert quote(text, "relieves pain") == "relieves{{< /b >}}\npain"
    assert quote(text, "Rest") == "Rest"


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        pytest.param("{% comment %}cures{% b %}\n\n- cures\n{% endcomment %} a", ["paragraph: a"], id="comment"),
        pytest.param("{{< highlight go >}}\ncures\n{{< / highlight >}}\na", ["paragraph: a"], id="code"),
        pytest.param("{%- highlight go -%}cures{% endcomment %}{% endhighlight %}a", ["paragraph: a"], id="own end"),
        pytest.param("{% comment %}a\n\nb", ["paragraph: a", "paragraph: b"], id="no end"),
        pytest.param("{% raw %}a{% endraw %}", ["paragraph: a"], id="another tag"),
        pytest.param("{{ a\n\nb }} {% c", ["paragraph: {{ a", "paragraph: b }} {% c"], id="tags that never end"),
        pytest.param("Write `{{` and `}}`.", ["paragraph: Write and ."], id="text about tags"),
        pytest.param("Write `{{ x }}`.", ["paragraph: Write ."], id="a tag as code"),
        pytest.param("a {b} c {:d a == b {.e}", ["paragraph: a {b} c {:d a == b {.e}"], id="no tags"),
        pytest.param("A\n==\n\nB\n=====\n", ["heading 1: A", "heading 1: B"], id="underlines"),
        pytest.param("---\ntitle: a {{ b }}\n---\n{{ b }}", ["title: a {{ b }}"], id="front matter stays"),
        pytest.param("| a |\n|---|\n| {{< b >}} c |", ["cell: a", "cell: c | <- 0"], id="cell"),
        pytest.param("{{< b >}}\n| a |\n|---|\n\n{{< /b >}}", ["cell: a"], id="table below a tag"),
    ],
)
def test_what_is_a_tag_and_what_is_not(text: str, blocks: list[str]) -> None:
    assert golden(text) == blocks


def test_captions_in_tags_are_read_where_they_stand() -> None:
    text = """\
# A
Before {{< figure src="x.png" alt='Happy "patient"' caption="It **relieves** pain" >}} behind.

{% include figure.html title="Our clinic" class="cures" alt="" %}

{{ caption = "cures" }} `{{< figure alt="cures" >}}`

    {{< figure alt="cures" >}}
# B
{{< figure caption="End" >}}"""
    assert golden(text) == [
        "heading 1: A",
        "paragraph: Before behind. | A",
        'alt: Happy "patient" | A',
        "caption: It **relieves** pain | A",
        "caption: Our clinic | A",
        "heading 1: B",
        "caption: End | B",
    ]
    assert quote(text, "relieves** pain") == "relieves** pain"


def test_definitions_and_alerts_are_paragraphs() -> None:
    assert golden("Relief\n: It *eases* pain.\n: Soon.\n\n> [!TIP]\n> Ask us.\n") == [
        "paragraph: Relief",
        "paragraph: It eases pain.",
        "paragraph: Soon.",
        "paragraph: Ask us.",
    ]


def test_html_blocks_have_the_kinds_of_their_elements() -> None:
    text = """\
<div class="hero">
<h2 title="cures">Safe &amp; sound &mdash; caf&eacute; AT&T</h2>
<!-- cures --><script>"<p>cures</p>"</script><style>p {}</style>
<P>One<p>two <s>cures</s> &lt;b&gt;
<ul><li>less pain<li>more <b>motion</b><ol><li>knee</ol></ul>
<table><caption>Effects</caption><tr><td>a<td>b</table>
<figure><img src=x alt="A &quot;happy&quot; patient"><figcaption>Jane</figcaption></figure>
<blockquote>quoted<hr>apart</blockquote>
</div>

**Markdown** again.
"""
    assert golden(text) == [
        "heading 2: Safe & sound — café AT&T",
        "paragraph: One | Safe & sound — café AT&T",
        "paragraph: two <b> | Safe & sound — café AT&T",
        "item 1: less pain | Safe & sound — café AT&T",
        "item 1: more motion | Safe & sound — café AT&T",
        "item 2: knee | Safe & sound — café AT&T",
        "caption: Effects | Safe & sound — café AT&T",
        "cell: a | Safe & sound — café AT&T",
        "cell: b | Safe & sound — café AT&T",
        'alt: A "happy" patient | Safe & sound — café AT&T',
        "caption: Jane | Safe & sound — café AT&T",
        "paragraph”: quoted | Safe & sound — café AT&T",
        "paragraph”: apart | Safe & sound — café AT&T",
        "paragraph: Markdown again. | Safe & sound — café AT&T",
    ]
    assert quote(text, "sound — café AT&T") == "sound &mdash; caf&eacute; AT&T"


def test_markdown_inside_html_keeps_what_the_html_says() -> None:
    text = "<template>\n\ncures\n\n</template>\n<table><tr><td>\n\n*cell*\n\n</td></tr></table>\n\n<del>\n\nshown\n"
    assert golden(text) == ["cell: cell", "paragraph: shown"]


def test_runaway_nesting_is_read_in_time() -> None:
    assert golden("<div>" * 3000 + "deep" + "</div>" * 3000 + "\n\nEnd.") == ["paragraph: deep", "paragraph: End."]


def test_metadata_in_html_is_title_and_description() -> None:
    text = "<head><title>Pain &amp; relief</title>\n<meta content='We help' name=description><meta name=x content=y>\n"
    assert golden(text) == ["title: Pain & relief", "description: We help"]


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        pytest.param("<p>a < b > c &foo &# &#xZ; &", ["paragraph: a < b > c &foo &# &#xZ; &"], id="stray signs"),
        pytest.param("<div><![foo[ a ]]> b</div>", ["paragraph: b"], id="unknown marked section"),
        pytest.param("<div><![if IE]>a<![endif]></div>", ["paragraph: a"], id="conditional comment"),
        pytest.param("</ul></li><p>a</div></p></p>", ["paragraph: a"], id="stray end tags"),
        pytest.param("<div><img alt alt=x><img alt=''>a</div>", ["paragraph: a"], id="empty attributes"),
        pytest.param("<h2>a<h3>b</h3>\n\n</h2>c", ["heading 2: a", "heading 3: b", "paragraph: c"], id="open heading"),
        pytest.param("<p>It <del>cures\n\nhelps", ["paragraph: It", "paragraph: helps"], id="open deletion"),
        pytest.param("<script>a\n\nb", [], id="open script"),
        pytest.param("a\n\n<!-- b\n\nc <p>d</p>", ["paragraph: a"], id="open comment"),
        pytest.param("<p>a <!-- b <i>c</i>", ["paragraph: a"], id="open comment in a paragraph"),
        pytest.param("<template><p>a</p></template> b", ["paragraph: b"], id="paragraph that is hidden in another"),
        pytest.param("- a </li> b\n- c", ["item 1: a", "paragraph: b", "item 1: c"], id="end tag of an item"),
    ],
)
def test_malformed_html_is_read_as_far_as_it_goes(text: str, blocks: list[str]) -> None:
    assert [line.partition(" | ")[0] for line in golden(text)] == blocks


WORDS = st.text(alphabet="ab é😀\u0301\u00a0\u00ad\u4e00&<>*_[]()`~\\|#-:!.1", min_size=1, max_size=8)
ENTITIES = st.sampled_from(["&amp;", "&nbsp;", "&shy;", "&#x1F600;", "&bne;", "&bogus;", "&#0;", "&", "&#", "&lt"])
# fmt: off
TAGS = st.sampled_from([
    "<b>", "</b>", "<br>", "<p>", "</p>", "<li>", "</li>", "<ul>", "</ul>", "<h2>", "</h2>", "<td>", "<table>",
    "</table>", "<del>", "</del>", "<!--x-->", "<!--", "<script>", "</script>", "<template>", "<svg/>", "<div>",
    "</div>", "<img alt='x&amp;y😀'>", "<a href=x>", "<![x", "<?x", "<", "</",
    "{{< x >}}", "{{ x\n}}", "{% comment %}", "{% endcomment %}", "{% x alt='é&amp;' %}", "{{", "==", "{: .x}",
    "\n::: x\n",
])
BREAKS = st.sampled_from([" ", "\n", "\r\n", "\t", "  \n", "\\\n", "\r"])
INLINE = st.recursive(
    WORDS | ENTITIES | TAGS | BREAKS,
    lambda inner: st.tuples(st.lists(inner, max_size=5).map("".join), st.sampled_from([
        "{}", "*{}*", "**{}**", "~~{}~~", "[{}](u 't')", "![{}](u)", "`{}`", "x[^1]{}",
    ])).map(lambda parts: parts[1].replace("{}", parts[0])),
    max_leaves=8,
)
BLOCKS = st.tuples(INLINE, st.sampled_from([
    "{}", "## {}", "{}\n===", "- {}\n  - {}", "1. a\n\n   {}", "> {}", "<div>{}</div>", "<p>{}", "[^1]: {}", "    {}",
    "| a | {} |\n|---|---|\n| {} | b |", "```\n{}\n```",
])).map(lambda parts: parts[1].replace("{}", parts[0]))
# fmt: on
PAGES = st.tuples(st.lists(BLOCKS, max_size=5), st.sampled_from(["\n", "\r\n", "\n\n", "\r\n\r\n"])).map(
    lambda parts: "Page.\n\n" + parts[1].join(parts[0])
)


@settings(max_examples=300)
@given(PAGES)
def test_every_piece_is_a_copy_of_its_source_or_stands_for_it(text: str) -> None:
    check_pieces(Source("page.md", text), read_markdown(text))


@settings(max_examples=100)
@given(PAGES, st.data())
def test_every_range_of_a_block_has_the_source_of_its_pieces(text: str, data: st.DataObject) -> None:
    check_ranges(Source("page.md", text), read_markdown(text), data)


PHRASES = st.sampled_from(
    ["W", "*W*", "**W *W* W**", "[W W](u)", "W&nbsp;W", "<b>W</b>", "W\nW", "W  \nW", "W\\\nW", "W<br>W", "<u>W\nW</u>"]
)
SENTENCES = st.lists(PHRASES, min_size=1, max_size=4).map(" ".join)
STRUCTURES = st.one_of(
    SENTENCES,
    SENTENCES.map(lambda text: "## " + " ".join(text.replace("\\\n", " ").split())),
    SENTENCES.map(lambda text: "- W\n  - " + text.replace("\n", "\n    ")),
    SENTENCES.map(lambda text: "1. " + text.replace("\n", "\n   ") + "\n\n   W"),
    SENTENCES.map(lambda text: "> " + text.replace("\n", "\n> ")),
    SENTENCES.map(lambda text: "| W | " + " ".join(text.replace("\\\n", " ").split()) + " |\n|---|---|\n| W | W |"),
    st.just("<div>\n<h2>W W</h2><ul><li>W<li>W &mdash; W</ul>\nW</div>"),
)


@settings(max_examples=200)
@given(st.lists(STRUCTURES, min_size=1, max_size=5), st.sampled_from(["\n", "\r\n", "\r"]))
def test_no_word_is_lost_or_moved(structures: list[str], newline: str) -> None:
    """Every W, numbered in its order on the page, is read at its place."""
    parts = "\n\n".join(structures).split("W")
    text = parts[0] + "".join(f"w{number}{part}" for number, part in enumerate(parts[1:]))
    text = text.replace("\n", newline)
    check_words(Source("page.md", text), read_markdown(text), len(parts) - 1)


def test_comments_are_handed_over_with_their_places() -> None:
    text = (
        "---\ntitle: x # no\n---\n# Head <!-- a &amp; b -->\n\n{/* mdx */} {# jinja #} {{/* hugo */}} `<!-- c -->`\n\n"
        "> <!-- two\n> lines --> text\n\n    <!-- code -->\n\n"
        "<div><!-- in --><?php x ?><!doctype html></div>\n<!-- open\n"
    )
    said = [text[span.start : span.end] for span in read_markdown(text).comments]
    assert said == [" a &amp; b ", " mdx ", " jinja ", " hugo ", " two\n> lines ", " in "]


def test_where_links_lead_is_kept() -> None:
    text = "A [**trial**][1], <https://a.example/b> and\n<a href='https://c.example/d'>more</a>.\n\n[1]: https://doi.org/10.1/x"
    (block,) = read_markdown(text).blocks
    assert block.text == "A trial, https://a.example/b and more."
    assert block.links == (
        Link(2, "https://doi.org/10.1/x"),
        Link(9, "https://a.example/b"),
        Link(33, "https://c.example/d"),
    )
