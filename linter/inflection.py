"""English inflection: the surface forms of a base form.

Rules match surface forms, so that a match does not hang on the tagger. Regular morphology follows the spelling rules of
English (e-drop, y to i, consonant doubling, sibilant -es); irregular forms stand in a table. Where spelling alone does
not decide whether a final consonant doubles ("travel", "combat"), both spellings are given: a form too many costs
nothing, since nobody writes it.
"""

from __future__ import annotations

VOWELS = "aeiou"

# base: (third person, past, past participle, gerund) where they are not regular; "" keeps the regular form
IRREGULAR_VERBS = {
    "be": ("is am are", "was were", "been", "being"),
    "have": ("has", "had", "had", "having"),
    "do": ("does", "did", "done", "doing"),
    "go": ("goes", "went", "gone", "going"),
    "get": ("", "got", "got gotten", ""),
    "give": ("", "gave", "given", ""),
    "take": ("", "took", "taken", ""),
    "make": ("", "made", "made", ""),
    "come": ("", "came", "come", ""),
    "become": ("", "became", "become", ""),
    "overcome": ("", "overcame", "overcome", ""),
    "rebuild": ("", "rebuilt", "rebuilt", ""),
    "build": ("", "built", "built", ""),
    "bring": ("", "brought", "brought", ""),
    "fight": ("", "fought", "fought", ""),
    "think": ("", "thought", "thought", ""),
    "buy": ("", "bought", "bought", ""),
    "seek": ("", "sought", "sought", ""),
    "beat": ("", "beat", "beaten", ""),
    "break": ("", "broke", "broken", ""),
    "speak": ("", "spoke", "spoken", ""),
    "wake": ("", "woke", "woken", ""),
    "choose": ("", "chose", "chosen", ""),
    "drive": ("", "drove", "driven", ""),
    "rise": ("", "rose", "risen", ""),
    "write": ("", "wrote", "written", ""),
    "grow": ("", "grew", "grown", ""),
    "regrow": ("", "regrew", "regrown", ""),
    "know": ("", "knew", "known", ""),
    "show": ("", "showed", "shown showed", ""),
    "throw": ("", "threw", "thrown", ""),
    "see": ("", "saw", "seen", ""),
    "feel": ("", "felt", "felt", ""),
    "keep": ("", "kept", "kept", ""),
    "sleep": ("", "slept", "slept", ""),
    "leave": ("", "left", "left", ""),
    "lose": ("", "lost", "lost", ""),
    "find": ("", "found", "found", ""),
    "bind": ("", "bound", "bound", ""),
    "say": ("", "said", "said", ""),
    "pay": ("", "paid", "paid", ""),
    "tell": ("", "told", "told", ""),
    "sell": ("", "sold", "sold", ""),
    "stand": ("", "stood", "stood", ""),
    "understand": ("", "understood", "understood", ""),
    "hold": ("", "held", "held", ""),
    "mean": ("", "meant", "meant", ""),
    "meet": ("", "met", "met", ""),
    "lead": ("", "led", "led", ""),
    "feed": ("", "fed", "fed", ""),
    "bleed": ("", "bled", "bled", ""),
    "shrink": ("", "shrank", "shrunk shrunken", ""),
    "run": ("", "ran", "run", ""),
    "begin": ("", "began", "begun", ""),
    "win": ("", "won", "won", ""),
    "fall": ("", "fell", "fallen", ""),
    "draw": ("", "drew", "drawn", ""),
    "wear": ("", "wore", "worn", ""),
    "undo": ("undoes", "undid", "undone", "undoing"),
    "undergo": ("undergoes", "underwent", "undergone", "undergoing"),
    "forget": ("", "forgot", "forgotten", ""),
    "eat": ("", "ate", "eaten", ""),
    "hear": ("", "heard", "heard", ""),
    "rid": ("", "rid", "rid", ""),
    "cut": ("", "cut", "cut", ""),
    "put": ("", "put", "put", ""),
    "hit": ("", "hit", "hit", ""),
    "set": ("", "set", "set", ""),
    "let": ("", "let", "let", ""),
    "reset": ("", "reset", "reset", ""),
    "hurt": ("", "hurt", "hurt", ""),
    "lie": ("", "lay", "lain", "lying"),
    "die": ("", "died", "died", "dying"),
    "spend": ("", "spent", "spent", ""),
    "send": ("", "sent", "sent", ""),
    "lend": ("", "lent", "lent", ""),
    "swell": ("", "swelled", "swollen", ""),
}
IRREGULAR_PLURALS = {
    "foot": "feet",
    "tooth": "teeth",
    "man": "men",
    "woman": "women",
    "child": "children",
    "person": "people persons",
    "life": "lives",
    "knife": "knives",
    "vertebra": "vertebrae vertebras",
    "bacterium": "bacteria",
    "diagnosis": "diagnoses",
    "analysis": "analyses",
    "crisis": "crises",
    "mouse": "mice",
    "medium": "media",
    "criterion": "criteria",
    "bursa": "bursae bursas",
    "half": "halves",
    "leaf": "leaves",
    "stomach": "stomachs",
    "series": "series",
}
IRREGULAR_COMPARISON = {
    "good": ("better", "best"),
    "bad": ("worse", "worst"),
    "well": ("better", "best"),
    "far": ("farther", "farthest"),
    "little": ("less", "least"),
    "many": ("more", "most"),
    "much": ("more", "most"),
    "few": ("fewer", "fewest"),
}
# Words of the closed classes do not inflect inside a phrase.
UNINFLECTED = frozenset(
    "a an the this that these those of in on at by for from with without to into onto over under than as or and but "
    "nor not no never your our their my his her its you we they he she it i all any every each so such too very more "
    "most less least will can may might could would should must if whether when while because since up down out off "
    "back away".split()
)


def verb_forms(base: str) -> set[str]:
    """All forms of a verb given in its base form, that form included."""
    third, past, participle, gerund = IRREGULAR_VERBS.get(base, ("", "", "", ""))
    prefix = ""
    for short in ("re", "over", "out", "un"):  # rebuild, overcome, outgrow, undo: as the verb inside
        inner = base[len(short) :]
        if base.startswith(short) and inner in IRREGULAR_VERBS and base not in IRREGULAR_VERBS:
            third, past, participle, gerund = IRREGULAR_VERBS[inner]
            prefix = short
    forms = {base}
    forms |= {prefix + form for form in third.split()} or {_with_s(base)}
    forms |= {prefix + form for form in past.split()} or set(_with_ending(base, "ed"))
    forms |= {prefix + form for form in participle.split()}
    forms |= {prefix + form for form in gerund.split()} or set(_with_ending(base, "ing"))
    return forms


def noun_forms(base: str) -> set[str]:
    """Singular and plural of a noun given in the singular."""
    if base in IRREGULAR_PLURALS:
        return {base, *IRREGULAR_PLURALS[base].split()}
    if base.endswith(("sis", "xis")):
        return {base, base[:-2] + "es"}
    if base.endswith("man") and len(base) > 5:
        return {base, base[:-3] + "men"}
    return {base, _with_s(base)}


def adjective_forms(base: str) -> set[str]:
    """Positive, comparative and superlative of an adjective; long ones ("effective") have no forms of their own."""
    if base in IRREGULAR_COMPARISON:
        return {base, *IRREGULAR_COMPARISON[base]}
    syllables = sum(1 for i, c in enumerate(base) if c in VOWELS + "y" and (i == 0 or base[i - 1] not in VOWELS + "y"))
    if base.endswith("e") and syllables > 1:
        syllables -= 1
    if syllables > 2 or (syllables == 2 and not base.endswith(("y", "le", "ow", "er"))):
        return {base}
    return {base, *_with_ending(base, "er"), *_with_ending(base, "est")}


def all_forms(base: str) -> set[str]:
    """Noun and verb forms of a word whose class is not told; closed-class words and non-words stay as they are."""
    if base in UNINFLECTED or not base.isalpha():
        return {base}
    return verb_forms(base) | noun_forms(base)


def _with_s(base: str) -> str:
    if base.endswith("y") and len(base) > 1 and base[-2] not in VOWELS:
        return base[:-1] + "ies"
    if base.endswith(("s", "x", "z", "ch", "sh")):
        return base + "es"
    return base + "s"


def _with_ending(base: str, ending: str) -> list[str]:
    """The base with -ed, -ing, -er or -est, in one or two spellings."""
    if base.endswith("ie") and ending == "ing":
        return [base[:-2] + "ying"]
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        return [base + ending[1:] if ending[0] == "e" else base[:-1] + ending]
    if base.endswith("ee") and ending[0] == "e":
        return [base + ending[1:]]
    if base.endswith("y") and len(base) > 1 and base[-2] not in VOWELS and ending != "ing":
        return [base[:-1] + "i" + ending]
    if base.endswith("c"):
        return [base + "k" + ending, base + ending]
    consonant_vowel_consonant = (
        len(base) > 2 and base[-1] not in VOWELS + "wxy" and base[-2] in VOWELS and base[-3] not in VOWELS
    )
    if not consonant_vowel_consonant:
        return [base + ending]
    doubled = base + base[-1] + ending
    one_syllable = sum(c in VOWELS for c in base) == 1
    return [doubled] if one_syllable else [base + ending, doubled]
