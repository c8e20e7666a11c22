"""Packs: what a rulebook is made of, and every mistake told with file, line and column, all at once."""

from __future__ import annotations

import pytest

from linter.model import RuleError
from linter.packs import builtin_pack
from linter.rulebook import Rulebook
from linter.rulefiles import SECTIONS, read_rulebook
from linter.words import split_words

PACK = """\
categories:
  efficacy: it works
  safety: it is safe
authorities:
  act: {citation: An Act, kind: statute, jurisdiction: us, read: read, as_of: "2026", paraphrase: Do not.}
lexicons:
  cell: {inflect: noun, words: [stem cell]}
  care: {inflect: noun, words: [surgery]}
  pain: {inflect: noun, words: [pain]}
agents:
  - {kind: promoted, names: ['{cell}'], owners: [our], claims: true, default: true, topic: true}
  - {kind: other, names: ['{care}'], transparent: true}
sections:
  - {role: risks, headings: [risk], agent: other, silences: [safety]}
stance: {least: 3, ratio: 0.8, limits: [no evidence], sales: [call now]}
pronouns: {words: [it], after: ['{care}'], meant: ['{pain}']}
cues:
  - {kind: modality, effect: weak, scope: modified, phrases: [may], excluded: [safety], blocks: [item]}
rules:
  - id: efficacy/relief
    category: efficacy
    severity: error
    message: "“{text}” by {agent}"
    suggestion: Show it.
    why: It is a promise.
    authority: act
    agents: [promoted, unknown]
    frames:
      - {action: (ease|relieve), target: '{pain}'}
      - {action: vanish, subject: '{pain}'}
    phrases: pain relief
    unless: [relief effort]
    needs: [now]
    blocks: [item, heading]
    examples:
      flag: [It eases pain., {text: It may ease pain., qualification: weak}]
      pass: [It is here.]
disclosures:
  - id: risks
    title: Risks
    severity: warning
    message: "“{text}” owes"
    suggestion: Name them.
    authority: [act]
    categories: [efficacy]
    mentions: ['{cell}']
    present: [risk of infection]
    partial: [risk]
    decoys: [no risk]
    count: 2
    cited_source: true
    placement: [top, section]
    examples: {present: [A risk of infection.], partial: [], absent: [Call us.]}
actions: [book now, call us]
"""


def problems(**files: str) -> list[str]:
    """What is wrong with the files of a pack, by name."""
    with pytest.raises(RuleError) as refused:
        read_rulebook({f"{name}.yml": text for name, text in files.items()})
    assert str(refused.value) == "\n".join(map(str, refused.value.problems))
    return [str(problem) for problem in refused.value.problems]


def changed(old: str, new: str) -> str:
    """The pack with one change."""
    assert PACK.count(old) == 1, old
    return PACK.replace(old, new)


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return read_rulebook({"p.yml": PACK})


def test_a_pack_is_read_whole(rulebook: Rulebook) -> None:
    assert rulebook.categories == {"efficacy": "it works", "safety": "it is safe"}
    assert list(rulebook.authorities) == ["act"]
    assert rulebook.authorities["act"].citation == "An Act"
    assert (rulebook.default_agent, rulebook.excluding_agents) == ("promoted", {"other"})
    promoted, other = rulebook.agents
    assert (promoted.lexicons, promoted.possessors, promoted.topic, promoted.transparent) == (
        ("cell",),
        {"our"},
        True,
        False,
    )
    assert (other.lexicons, other.possessors, other.topic, other.transparent) == (("care",), frozenset(), False, True)
    (section,) = rulebook.sections
    assert (section.role, section.agent, section.silences) == ("risks", "other", {"safety"})
    assert (rulebook.stance.least, rulebook.stance.ratio) == (3, 0.8)
    assert [pattern.text for pattern in rulebook.actions] == ["book now", "call us"]
    (cue,) = rulebook.cues
    assert (cue.kind, cue.effect, cue.scope, cue.excluded, cue.blocks) == (
        "modality",
        "weak",
        "modified",
        {"safety"},
        {"item"},
    )


def test_a_rule_is_read_whole(rulebook: Rulebook) -> None:
    (rule,) = rulebook.rules
    assert rulebook.by_id == {"efficacy/relief": rule}
    assert (rule.category, rule.severity, rule.authority) == ("efficacy", "error", ("act",))
    assert (rule.message, rule.suggestion, rule.why) == ("“{text}” by {agent}", "Show it.", "It is a promise.")
    assert (rule.agents, rule.blocks) == ({"promoted", "unknown"}, {"item", "heading"})
    assert [pattern.text for pattern in (*rule.phrases, *rule.unless, *rule.needs)] == [
        "pain relief",
        "relief effort",
        "now",
    ]
    shown = [(f.action.text, f.target and f.target.text, f.subject and f.subject.text) for f in rule.frames]
    assert shown == [("(ease|relieve)", "{pain}", None), ("vanish", None, "{pain}")]
    assert [(example.text, example.flag, example.qualification, example.line) for example in rule.examples] == [
        ("It eases pain.", True, None, 36),
        ("It may ease pain.", True, "weak", 36),
        ("It is here.", False, None, 37),
    ]
    assert (rule.path, rule.line) == ("p.yml", 20)


def test_a_disclosure_is_read_whole(rulebook: Rulebook) -> None:
    (disclosure,) = rulebook.disclosures
    assert (disclosure.id, disclosure.title, disclosure.severity) == ("risks", "Risks", "warning")
    assert (disclosure.categories, disclosure.count, disclosure.cited_source) == ({"efficacy"}, 2, True)
    groups = (disclosure.mentions, disclosure.present, disclosure.partial, disclosure.decoys)
    assert [[pattern.text for pattern in group] for group in groups] == [
        ["{cell}"],
        ["risk of infection"],
        ["risk"],
        ["no risk"],
    ]
    assert disclosure.placement == ("section", "top")
    assert disclosure.examples == (("present", "A risk of infection.", 53), ("absent", "Call us.", 53))
    assert (disclosure.path, disclosure.line) == ("p.yml", 39)


@pytest.mark.parametrize("placement", ["", "    placement: anywhere\n"])
def test_a_disclosure_stands_anywhere_unless_it_has_a_place(placement: str) -> None:
    (disclosure,) = read_rulebook({"p.yml": changed("    placement: [top, section]\n", placement)}).disclosures
    assert disclosure.placement == ("anywhere",)


def test_a_rule_without_agents_is_about_those_who_make_claims() -> None:
    assert read_rulebook({"p.yml": changed("    agents: [promoted, unknown]\n", "")}).rules[0].agents == {
        "promoted",
        "unknown",
        "named",
    }
    assert read_rulebook({"p.yml": changed("[promoted, unknown]", "any")}).rules[0].agents == frozenset()
    assert read_rulebook({"p.yml": changed("[promoted, unknown]", "other")}).rules[0].agents == {"other"}


def test_a_pack_may_be_spread_over_files_in_any_order() -> None:
    head, rest = PACK.split("lexicons:")
    middle, tail = rest.split("rules:")
    files = {"c.yml": head, "b.yml": f"rules:{tail}", "a.yml": f"lexicons:{middle}"}
    one = read_rulebook(files)
    other = read_rulebook(dict(reversed(files.items())))
    whole = read_rulebook({"p.yml": PACK})
    assert [rule.id for rule in one.rules] == [rule.id for rule in other.rules] == [rule.id for rule in whole.rules]
    assert one.categories == whole.categories
    assert one.digest == other.digest != whole.digest


def test_the_digest_tells_packs_apart() -> None:
    digests = {
        read_rulebook(files).digest
        for files in ({"p.yml": PACK}, {"q.yml": PACK}, {"p.yml": PACK + "\n"}, {"p.yml": PACK, "q.yml": "rules: []"})
    }
    assert len(digests) == 4
    assert all(len(digest) == 16 for digest in digests)


def test_no_files_make_an_empty_rulebook() -> None:
    empty = read_rulebook({})
    assert (empty.rules, empty.disclosures, empty.cues, empty.default_agent) == ((), (), (), "")
    assert empty.vocabulary.scan(split_words("nothing at all")).hits == {}


def test_the_built_in_pack_is_without_mistakes() -> None:
    files = builtin_pack()
    assert all(path.startswith("rules/") and path.endswith(".yml") for path in files)
    rulebook = read_rulebook(files)
    assert {rule.path for rule in rulebook.rules} <= files.keys()
    assert rulebook.default_agent


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(
            "stance:", "stances:", ["p.yml:15:1: unknown key “stances” (did you mean “stance”?)"], id="unknown section"
        ),
        pytest.param(
            "    severity: error\n",
            "    severity: fatal\n",
            ["p.yml:22:15: “severity” is “fatal”; expected note, warning or error"],
            id="bad severity",
        ),
        pytest.param(
            "    severity: warning\n",
            "    severity: Warning\n",
            ["p.yml:41:15: “severity” is “Warning” (did you mean “warning”?); expected note, warning or error"],
            id="bad severity of a disclosure",
        ),
        pytest.param(
            "    category: efficacy",
            "    category: efficiacy",
            ["p.yml:21:15: “category” is “efficiacy” (did you mean “efficacy”?); expected efficacy or safety"],
            id="unknown category",
        ),
        pytest.param(
            "    categories: [efficacy]",
            "    categories: [cure]",
            ["p.yml:45:18: an item of “categories” is “cure”; expected efficacy or safety"],
            id="unknown category of a disclosure",
        ),
        pytest.param(
            "    authority: act",
            "    authority: law",
            ["p.yml:26:16: “authority” is “law”; expected act"],
            id="authority",
        ),
        pytest.param(
            "    phrases: pain relief",
            "    phrases: '{pains} relief'",
            ["p.yml:31:14: unknown lexicon “pains” (did you mean “pain”?)"],
            id="unknown lexicon in a phrase",
        ),
        pytest.param(
            "action: vanish",
            "action: '{gone}'",
            ["p.yml:30:18: unknown lexicon “gone”"],
            id="unknown lexicon in a frame",
        ),
        pytest.param(
            "words: [surgery]",
            "words: ['{sugery}', surgery]",
            ["p.yml:8:33: unknown lexicon “sugery”"],
            id="unknown lexicon in a lexicon",
        ),
        pytest.param(
            "    phrases: pain relief",
            "    phrases: pain ...99 relief",
            ["p.yml:31:19: bad phrase “pain ...99 relief”: a gap of 99 words; 1 to 12 is possible"],
            id="bad gap",
        ),
        pytest.param(
            "    unless: [relief effort]",
            "    unless: [relief effort, some relief) now]",
            ["p.yml:32:40: bad phrase “some relief) now”: ')' closes or divides nothing"],
            id="bracket",
        ),
        pytest.param(
            "    needs: [now]",
            "    needs: ...",
            ["p.yml:33:12: bad phrase “...”: it has nothing but gaps and optional words, and would match anything"],
            id="a phrase that matches anything",
        ),
        pytest.param(
            "    phrases: pain relief",
            "    phrases: pain ^ relief",
            ["p.yml:31:14: bad phrase “pain ^ relief”: “^” does not stand at its beginning; it can never match"],
            id="the beginning in the middle",
        ),
        pytest.param(
            "    phrases: pain relief",
            "    phrases: '[now] ($ pain|$ ache) relief'",
            [
                "p.yml:31:14: bad phrase “[now] ($ pain|$ ache) relief”: “$” does not stand at its end; "
                "it can never match"
            ],
            id="the end before words",
        ),
        pytest.param(
            "words: [pain]",
            "words: []",
            ["p.yml:9:9: the lexicon “pain” has neither “words” nor “suffixes”; it can never match"],
            id="empty lexicon",
        ),
        pytest.param(
            "    phrases: pain relief",
            "    phrases: pain reli*",
            ["p.yml:31:23: bad phrase “pain reli*”: “*” has no meaning; all forms of a word are meant"],
            id="a star",
        ),
        pytest.param(
            "      - {action: vanish, subject: '{pain}'}",
            "      - the pain vanishes",
            ["p.yml:30:9: an item of “frames” is text; expected a mapping (key: value)"],
            id="a phrase among frames",
        ),
        pytest.param(
            "      - {action: vanish, subject: '{pain}'}",
            "      - {action: vanish}",
            [
                "p.yml:30:9: a frame has an action and either a target (what undergoes it) or a subject "
                "(what does or has it)"
            ],
            id="frame with neither target nor subject",
        ),
        pytest.param(
            "action: vanish,",
            "action: vanish, target: pain,",
            [
                "p.yml:30:9: a frame has an action and either a target (what undergoes it) or a subject "
                "(what does or has it)"
            ],
            id="frame with both target and subject",
        ),
        pytest.param(
            "action: vanish, subject",
            "subject",
            ["p.yml:30:9: an item of “frames” has no “action”, which is required"],
            id="frame without an action",
        ),
        pytest.param(
            "      pass: [It is here.]\n",
            "",
            ["p.yml:36:7: “examples” has no “pass”, which is required"],
            id="no examples to pass",
        ),
        pytest.param(
            "qualification: weak",
            "qualification: silent",
            ["p.yml:36:71: “qualification” is “silent”; expected none, weak or adequate"],
            id="bad qualification of an example",
        ),
        pytest.param(
            "pass: [It is here.]",
            "pass: ['Is it here: it is.', Is it here: it is.]",
            [
                "p.yml:37:36: an example is neither a text nor {text: …, qualification: …}; "
                "put a text with a colon in quotes"
            ],
            id="an example with a colon",
        ),
        pytest.param(
            "pass: [It is here.]",
            "pass: It is here.",
            ["p.yml:37:13: “pass” is text; expected a list (- item)"],
            id="one example",
        ),
        pytest.param(
            "blocks: [item, heading]",
            "blocks: [items]",
            [
                "p.yml:34:14: an item of “blocks” is “items” (did you mean “item”?); expected heading, paragraph, "
                "item, cell, caption, alt, title, description, label, quotation, attributed or vouched"
            ],
            id="unknown kind of block",
        ),
        pytest.param(
            "agents: [promoted, unknown]",
            "agents: [promotor]",
            [
                "p.yml:27:14: an item of “agents” is “promotor” (did you mean “promoted”?); "
                "expected promoted, other, unknown, named or any"
            ],
            id="unknown agent",
        ),
        pytest.param(
            "names: ['{care}']",
            "names: [surgery]",
            ["p.yml:12:27: “surgery” is not one {lexicon}; expected the names of lexicons in braces"],
            id="an agent that is named by a word",
        ),
        pytest.param(
            "transparent: true",
            "transparent: yes",
            ["p.yml:12:51: “transparent” is “yes”; expected true or false"],
            id="no truth value",
        ),
        pytest.param(
            "agent: other,",
            "agent: others,",
            ["p.yml:14:44: “agent” is “others” (did you mean “other”?); expected promoted or other"],
            id="unknown agent of a section",
        ),
        pytest.param(
            "silences: [safety]",
            "silences: [everything]",
            ["p.yml:14:62: an item of “silences” is “everything”; expected efficacy, safety or all"],
            id="unknown category that a section silences",
        ),
        pytest.param(
            "least: 3", "least: 0", ["p.yml:15:17: “least” is “0”; expected a whole number from 1 to 99"], id="number"
        ),
        pytest.param(
            "meant: ['{pain}']",
            "meant: ['{pains}']",
            ["p.yml:16:52: unknown lexicon “pains” (did you mean “pain”?)"],
            id="what a pronoun stands for",
        ),
        pytest.param(
            "ratio: 0.8", "ratio: half", ["p.yml:15:27: “ratio” is “half”; expected a number from 0 to 99"], id="ratio"
        ),
        pytest.param(
            "placement: [top, section]",
            "placement: [top, sections]",
            [
                "p.yml:52:22: an item of “placement” is “sections” (did you mean “section”?); "
                "expected anywhere, section, before-action, top or early"
            ],
            id="unknown place",
        ),
        pytest.param(
            "    placement: [top, section]",
            "    place: top",
            ["p.yml:52:5: unknown key “place” (did you mean “placement”?)"],
            id="misspelt placement",
        ),
        pytest.param(
            "[book now, call us]",
            "[book now, '{phone} us']",
            ["p.yml:54:21: unknown lexicon “phone”"],
            id="unknown lexicon in an action",
        ),
        pytest.param("count: 2", "count: 10", ["p.yml:50:12: “count” is “10”; expected a whole number from 1 to 9"]),
        pytest.param(
            "effect: weak",
            "effect: strong",
            ["p.yml:18:30: “effect” is “strong”; expected none, weak, adequate or silent"],
            id="unknown effect of a cue",
        ),
        pytest.param(
            "kind: modality, ",
            "",
            ["p.yml:18:5: an item of “cues” has no “kind”, which is required"],
            id="cue without a kind",
        ),
        pytest.param(
            "inflect: noun, words: [pain]",
            "inflect: nouns, words: [pain]",
            ["p.yml:9:19: “inflect” is “nouns” (did you mean “noun”?); expected verb, noun, adjective, any or none"],
            id="unknown inflection",
        ),
        pytest.param(
            "words: [pain]",
            "word: [pain]",
            [
                "p.yml:9:9: the lexicon “pain” has neither “words” nor “suffixes”; it can never match",
                "p.yml:9:25: unknown key “word” (did you mean “words”?)",
            ],
            id="unknown key",
        ),
        pytest.param(
            "words: [pain]",
            "suffixes: [-itis, ia, osis]",
            [
                "p.yml:9:36: bad suffix “-itis”; expected 3 to 7 letters",
                "p.yml:9:43: bad suffix “ia”; expected 3 to 7 letters",
            ],
            id="suffixes",
        ),
        pytest.param(
            "kind: statute",
            "kind: law",
            [
                "p.yml:5:33: “kind” is “law”; expected statute, regulation, rule, guidance, policy, self-regulatory, "
                "platform or case"
            ],
            id="unknown kind of authority",
        ),
        pytest.param(
            '"“{text}” by {agent}"',
            '"“{txt}” by {agent}"',
            ["p.yml:23:14: “message” has the unknown field {txt}; expected {text} or {agent}"],
            id="unknown field of a message",
        ),
        pytest.param(
            '"“{text}” owes"',
            '"“{text}” by {agent}"',
            ["p.yml:42:14: “message” has the unknown field {agent}; expected {text}"],
            id="a disclosure has no agent",
        ),
        pytest.param(
            '"“{text}” owes"',
            "owes}",
            ["p.yml:42:14: “message” cannot be filled in: Single '}' encountered in format string"],
            id="brace that is not closed",
        ),
        pytest.param(
            "    suggestion: Show it.\n", "    suggestion:\n", ["p.yml:24:16: “suggestion” is empty; expected text"]
        ),
        pytest.param("partial: [], ", "", ["p.yml:53:15: “examples” has no “partial”, which is required"]),
        pytest.param(
            "    needs: [now]\n",
            "    needs: [now]\n    needs: [then]\n",
            ["p.yml:34:5: the key “needs” stands here twice"],
        ),
    ],
)
def test_a_mistake_is_told_with_its_place(old: str, new: str, expected: list[str]) -> None:
    assert problems(p=changed(old, new)) == expected


OPEN = (
    "this is not YAML: did not find expected node content; "
    "close every bracket, and put a text that begins with one in quotes"
)
ALIAS = "aliases (*name) are not allowed; write the value out, or put a text that begins with * in quotes"
RULE = "{id: x, category: safety, severity: note, message: m, suggestion: s, authority: act, %s}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", ["q.yml: the file is empty"], id="empty file"),
        pytest.param(
            "rules: [",
            [f"q.yml:2:1: {OPEN}"],
            id="no YAML",
        ),
        pytest.param("- rules", ["q.yml:1:1: the file is a list; expected a mapping (key: value)"], id="a list"),
        pytest.param(
            "rules: {}", ["q.yml:1:8: “rules” is a mapping; expected a list (- item)"], id="rules that are no list"
        ),
        pytest.param("lexicons: []", ["q.yml:1:11: “lexicons” is a list; expected a mapping (key: value)"]),
        pytest.param("rules: &x []\ncues: *x", [f"q.yml:2:7: {ALIAS}"], id="alias"),
        pytest.param(f"rules: {'[' * 40}", ["q.yml:1:31: nested deeper than 24 levels"], id="too deep"),
        pytest.param("rules: []\nrules: []", ["q.yml:2:1: the key “rules” stands here twice"], id="a section twice"),
        pytest.param(
            "categories: !!python/object/apply:os.system [echo]",
            ["q.yml:1:13: “categories” is a list; expected a mapping (key: value)"],
            id="a tag makes nothing",
        ),
        pytest.param(
            "rules:\n  - " + RULE % "phrases: a",
            ["q.yml:2:5: an item of “rules” has no “examples”, which is required"],
            id="rule without examples",
        ),
        pytest.param(
            "rules:\n  - " + RULE % "phrases: [], examples: {flag: [], pass: []}",
            ["q.yml:2:5: a rule has neither “phrases” nor “frames”, “lead_in” or “blocks”; it would match anything"],
            id="rule without phrases and frames",
        ),
        pytest.param(
            "rules:\n  - "
            + (RULE % "phrases: a, examples: {flag: [], pass: []}").replace("id: x", "id: efficacy/relief"),
            ["q.yml:2: there are two rules “efficacy/relief”; the other stands at p.yml:20"],
            id="two rules with one id",
        ),
        pytest.param(
            "lexicons:\n  pain: {words: [ache]}",
            ["q.yml:2:9: there are two lexicons “pain”; the other stands at p.yml:9"],
            id="two lexicons of one name",
        ),
        pytest.param(
            "disclosures:\n  - {id: risks, title: t, severity: note, message: m, suggestion: s, authority: act, "
            "categories: [safety], examples: {present: [], partial: [], absent: []}}",
            ["q.yml:2: there are two disclosures “risks”; the other stands at p.yml:39"],
            id="two disclosures with one id",
        ),
        pytest.param(
            "categories:\n  safety: it does no harm",
            ["q.yml:2:11: there are two categories “safety”; the other stands at p.yml:3"],
            id="two categories of one name",
        ),
        pytest.param(
            "agents:\n  - {kind: other, names: ['{pain}']}",
            ["q.yml:2:5: there are two kinds of agent “other”"],
            id="two kinds of agent of one name",
        ),
        pytest.param(
            "stance: {least: 1, ratio: 1, limits: [a], sales: [b]}",
            ["q.yml:1:9: there are two “stance” sections; the other stands at p.yml:15"],
            id="two stances",
        ),
        pytest.param(
            "pronouns: {words: [it], after: [], meant: []}",
            ["q.yml:1:11: there are two “pronouns” sections; the other stands at p.yml:16"],
            id="two sections on pronouns",
        ),
        pytest.param(
            "authorities:\n  b: {citation: B, kind: case}",
            [
                f"q.yml:2:6: “b” has no “{key}”, which is required"
                for key in ("jurisdiction", "read", "as_of", "paraphrase")
            ],
            id="authority with keys missing",
        ),
    ],
)
def test_a_mistake_in_a_second_file_is_told_with_its_name(text: str, expected: list[str]) -> None:
    assert problems(p=PACK, q=text) == expected


def test_all_mistakes_of_all_files_are_told_at_once_in_their_order() -> None:
    broken = """\
rules:
  - id: safety/x
    categry: safety
    severity: eror
    message: "{who}"
    suggestion: s
    authority: [act, bill]
    frames: [{action: '{paine}'}, {action: a, target: ...13}]
    phrases: [(open, good]
    examples: {flag: [{text: t}], pas: []}
"""
    assert problems(
        q=broken, p=changed("inflect: noun, words: [pain]", "inflect: noun, words: [pain (a]"), a="x: ["
    ) == [
        f"a.yml:2:1: {OPEN}",
        "p.yml:9:38: bad phrase “pain (a”: '(' is never closed",
        "q.yml:2:5: an item of “rules” has no “category”, which is required",
        "q.yml:3:5: unknown key “categry” (did you mean “category”?)",
        "q.yml:4:15: “severity” is “eror” (did you mean “error”?); expected note, warning or error",
        "q.yml:5:14: “message” has the unknown field {who}; expected {text} or {agent}",
        "q.yml:7:22: an item of “authority” is “bill”; expected act",
        "q.yml:8:14: a frame has an action and either a target (what undergoes it) or a subject (what does or has it)",
        "q.yml:8:55: bad phrase “...13”: a gap of 13 words; 1 to 12 is possible",
        "q.yml:9:15: bad phrase “(open”: '(' is never closed",
        "q.yml:10:15: “examples” has no “pass”, which is required",
        "q.yml:10:23: an item of “flag” has no “qualification”, which is required",
        "q.yml:10:35: unknown key “pas” (did you mean “pass”?)",
    ]


def test_marks_of_the_ends_may_stand_in_one_alternative_and_beside_optional_words() -> None:
    for phrase in ("[so] ^ it eases", "(^|and) it eases", "it eases ($|pain)", "it eases $ [now]"):
        assert read_rulebook({"p.yml": changed("    phrases: pain relief", f"    phrases: '{phrase}'")})


def test_the_later_file_is_wrong_not_the_one_that_comes_later_in_the_alphabet() -> None:
    text = "lexicons:\n  pain: {words: [ache]}\n"
    with pytest.raises(RuleError) as refused:
        read_rulebook({"p.yml": PACK, "a.yml": text})
    assert str(refused.value) == "a.yml:2:9: there are two lexicons “pain”; the other stands at p.yml:9"


def test_a_misspelt_lexicon_is_told_at_every_place() -> None:
    text = changed("    phrases: pain relief", "    phrases: ['{x} a', '{x} b']")
    assert problems(p=text) == ["p.yml:31:15: unknown lexicon “x”", "p.yml:31:24: unknown lexicon “x”"]


def test_every_section_may_stand_alone_and_empty() -> None:
    empty = dict.fromkeys(("categories", "authorities", "lexicons", "profiles"), "{}")
    files = {
        f"{name}.yml": f"{name}: {empty.get(name, '[]')}"
        for name in SECTIONS
        if name not in ("stance", "pronouns", "speakers")
    }
    assert read_rulebook(files).rules == ()


def test_who_is_quoted_is_told_once() -> None:
    speakers = "speakers: {titles: [Dr], offices: [vet], suffixes: [ologist], insiders: [founder]}"
    book = read_rulebook({"p.yml": PACK, "q.yml": speakers})
    assert [book.speakers.of(text) for text in ("Dr Lee", "dr lee", "a Vet", "Virologist", "Founder, vet", "Ada")] == [
        *("expert", "", "expert", "expert", "other", "")
    ]
    with pytest.raises(RuleError) as refused:
        read_rulebook({"p.yml": PACK, "q.yml": speakers, "r.yml": "speakers: {titles: [Prof]}"})
    assert str(refused.value) == "r.yml:1:11: there are two “speakers” sections; the other stands at q.yml:1"
