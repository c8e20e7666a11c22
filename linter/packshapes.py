"""What rule files may say: the keys of every section, what is required, the words to choose from."""

from __future__ import annotations

from linter.model import QUALIFICATIONS, SEVERITIES
from linter.placement import PLACEMENTS
from linter.profiles import WEAK
from linter.qualification import EFFECTS, SCOPES
from linter.shapes import Choice, Either, Fields, Flag, Listed, Named, Number, Shape, Text

BLOCK_KINDS = (
    *("heading", "paragraph", "item", "cell", "caption", "alt", "title", "description"),
    *("label", "quotation", "attributed", "vouched"),
)
AUTHORITY_KINDS = ("statute", "regulation", "rule", "guidance", "policy", "self-regulatory", "platform", "case")
READ = ("read", "secondary", "unverified")
INFLECTION_KINDS = ("verb", "noun", "adjective", "any", "none")
STATUSES = ("present", "partial", "absent")

_PHRASES = Listed(Text(), True, "Phrases, as rules/README.md explains them.")
_NAMES = Listed(Text(), True)
_BLOCKS = Listed(Choice(BLOCK_KINDS), True, "The only kinds of block that it looks at.")
_SEVERITY = Choice(SEVERITIES, "Of an unqualified claim, or of a disclosure that lacks.")

AUTHORITY = Fields(
    {
        "citation": Text("How the provision is cited."),
        "kind": Choice(AUTHORITY_KINDS),
        "jurisdiction": Text("us, uk, eu, au or another place."),
        "read": Choice(READ, "How firmly the citation was checked."),
        "as_of": Text("When it was."),
        "paraphrase": Text("What it asks, in own words."),
    },
    ("citation", "kind", "jurisdiction", "read", "as_of", "paraphrase"),
)
LEXICON = Fields(
    {
        "about": Text(),
        "source": Text("Where the words come from."),
        "inflect": Choice(INFLECTION_KINDS, "Which forms of its words are meant."),
        "words": Listed(Text()),
        "suffixes": Listed(Text()),
        "except": Listed(Text()),
    }
)
AGENT = Fields(
    {
        "kind": Text(),
        "names": Listed(Text(), True, "Lexicons in braces."),
        "transparent": Flag(),
        "owners": Listed(Text()),
        "left": Listed(Text()),
        "claims": Flag("Whether its effects are claims."),
        "default": Flag("Whether it is meant where nobody is named."),
        "topic": Flag(),
    },
    ("kind", "names"),
)
SECTION_ROLE = Fields(
    {"role": Text(), "headings": _PHRASES, "agent": Text(), "silences": _NAMES, "quotes": Flag()},
    ("role", "headings"),
)
_SHARE = Number(0, 1, is_decimal=True)
NEUTRAL = Fields(
    {
        "least": Number(1, 99),
        "ratio": Number(0, 99, is_decimal=True),
        "claims": _SHARE,
        "most": _SHARE,
        "topic": _SHARE,
        "general": _NAMES,
        "voice": _SHARE,
        "praise": _NAMES,
        "voices": Listed(Text()),
    },
    ("least", "ratio", "claims", "most", "topic", "general", "voice", "praise", "voices"),
)
STANCE = Fields(
    {
        "least": Number(1, 99),
        "ratio": Number(0, 99, is_decimal=True),
        "strays": Number(1, 99),
        "outweighs": Number(0, 99, is_decimal=True),
        "declared": _PHRASES,
        "limits": _PHRASES,
        "sales": _PHRASES,
        "invitations": _PHRASES,
        "furniture": _PHRASES,
        "addressing": Listed(Text()),
        "neutral": NEUTRAL,
    },
    ("least", "ratio", "limits", "sales"),
)
PRONOUNS = Fields(
    {"words": Listed(Text()), "after": _NAMES, "meant": _NAMES},
    ("words", "after", "meant"),
)
_OFFICES = Listed(Text())
SPEAKERS = Fields({"titles": _OFFICES, "offices": _OFFICES, "suffixes": _OFFICES, "insiders": _OFFICES})
CUE = Fields(
    {
        "kind": Text(),
        "effect": Choice(EFFECTS),
        "scope": Choice(SCOPES),
        "phrases": _PHRASES,
        "categories": _NAMES,
        "excluded": _NAMES,
        "agents": _NAMES,
        "blocks": _BLOCKS,
        "about": Text(),
    },
    ("kind", "effect", "scope", "phrases"),
)
FRAME = Fields({"action": Text(), "target": Text(), "subject": Text()}, ("action",))
EXAMPLE = Fields({"text": Text(), "qualification": Choice(QUALIFICATIONS)}, ("text", "qualification"))
_EXAMPLES = Listed(Either(Text(), EXAMPLE))
EXAMPLES = Fields({"flag": _EXAMPLES, "pass": _EXAMPLES}, ("flag", "pass"))
STATUS_EXAMPLES = Fields({status: Listed(Text()) for status in STATUSES}, STATUSES)
_SAID: dict[str, Shape] = {
    "severity": _SEVERITY,
    "message": Text("What is wrong, with {text} for the words."),
    "suggestion": Text("What to write instead."),
    "authority": Listed(Text(), True, "The provisions behind it, by their names under “authorities”."),
}
RULE = Fields(
    {
        "id": Text("category/name"),
        "category": Text(),
        **_SAID,
        "why": Text("Why it matters."),
        "phrases": _PHRASES,
        "frames": Listed(FRAME, True, "An action with its target or its subject."),
        "agents": _NAMES,
        "unless": _PHRASES,
        "needs": _PHRASES,
        "question": _PHRASES,
        "followed": _PHRASES,
        "lead_in": _PHRASES,
        "against": _PHRASES,
        "blocks": _BLOCKS,
        "examples": EXAMPLES,
    },
    ("id", "category", "severity", "message", "suggestion", "authority", "examples"),
)
DISCLOSURE = Fields(
    {
        "id": Text(),
        "title": Text(),
        **_SAID,
        "categories": Listed(Text(), True, "The categories whose claims make it due."),
        "mentions": _PHRASES,
        "present": _PHRASES,
        "partial": _PHRASES,
        "decoys": _PHRASES,
        "count": Number(1, 9),
        "cited_source": Flag(),
        "placement": Listed(Choice(tuple(PLACEMENTS)), True, "Where it has to stand."),
        "examples": STATUS_EXAMPLES,
    },
    ("id", "title", "severity", "message", "suggestion", "authority", "categories", "examples"),
)
_SEVERITIES = Named(Choice(SEVERITIES))
PROFILE = Fields(
    {
        "about": Text(),
        "jurisdictions": Listed(Text()),
        "severities": _SEVERITIES,
        "weak": Choice(WEAK),
        "incurable": _SEVERITIES,
        "disclosures": _SEVERITIES,
        "excluded": Listed(Text()),
    },
    ("about", "jurisdictions"),
)
PACK = Fields(
    {
        "categories": Named(Text()),
        "authorities": Named(AUTHORITY),
        "lexicons": Named(LEXICON),
        "agents": Listed(AGENT),
        "sections": Listed(SECTION_ROLE),
        "stance": STANCE,
        "pronouns": PRONOUNS,
        "speakers": SPEAKERS,
        "cues": Listed(CUE),
        "rules": Listed(RULE),
        "disclosures": Listed(DISCLOSURE),
        "actions": Listed(Text()),
        "profiles": Named(PROFILE),
    },
    about="Rules of caveat; any of the sections, and each in any file.",
)
"""What a rule file may say."""

SECTIONS = tuple(PACK.fields)
