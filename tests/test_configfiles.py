"""Configuration files: what they may say, and every mistake in them told once, with its place and what to write."""

from __future__ import annotations

import jsonschema
import pytest
import yaml
from msgspec.structs import replace

from linter.config import Config, Layer, Override, Place, check_names
from linter.configfiles import CONFIG, read_config
from linter.configview import starting_config
from linter.model import RuleError
from linter.rulebook import Rulebook
from linter.shapes import json_schema

EVERYTHING_YAML = """\
profile: uk
promoted: [SpineRenew, "the Vitality (Protocol|Programme)"]
select: efficacy
ignore: [hype, disclosure/risks]
severity:
  efficacy: note
fail-on: warning
exclude: [drafts/**, '*.txt']
rules: house
baseline: known.json
evidence: proof.yml
overrides:
  - files: content/uk/**
    profile: eu
    fail-on: never
    fields: [a.*.b, "**"]
"""
EVERYTHING_TOML = """\
[project]
name = "site"

[tool.caveat]
profile = "uk"
promoted = ["SpineRenew", 'the Vitality (Protocol|Programme)']
select = "efficacy"
ignore = ["hype", "disclosure/risks"]
severity = {efficacy = "note"}
fail-on = "warning"
exclude = [
  "drafts/**",  # not ready
  "*.txt",
]
rules = "house"
baseline = "known.json"
evidence = "proof.yml"

[[tool.caveat.overrides]]
files = "content/uk/**"
profile = "eu"
fail-on = "never"
fields = ["a.*.b", "**"]
"""


def without_places(config: Config) -> Config:
    """A configuration with all that it says, and nothing of where."""

    def bare(layer: Layer) -> Layer:
        return replace(layer, places={})

    nowhere = Place("")
    return replace(
        config,
        path="",
        base=bare(config.base),
        overrides=tuple(Override(item.files, bare(item.layer)) for item in config.overrides),
        rules=tuple((name, nowhere) for name, _ in config.rules),
        baseline=config.baseline and (config.baseline[0], nowhere),
        evidence=config.evidence and (config.evidence[0], nowhere),
        names=tuple(replace(name, place=nowhere) for name in config.names),
    )


def read(text: str, path: str) -> Config:
    config = read_config(text, path)
    assert config is not None
    return config


def test_all_that_yaml_can_say() -> None:
    config = read(EVERYTHING_YAML, "site/caveat.yml")
    layer = Layer(
        "uk",
        ("SpineRenew", "the Vitality (Protocol|Programme)"),
        ("efficacy",),
        ("hype", "disclosure/risks"),
        {"efficacy": "note"},
        "warning",
    )
    assert replace(config, base=replace(config.base, places={}), overrides=(), names=()) == Config(
        path="site/caveat.yml",
        folder="site",
        base=layer,
        exclude=("drafts/**", "*.txt"),
        rules=(("house", Place("site/caveat.yml", 9, 8)),),
        baseline=("known.json", Place("site/caveat.yml", 10, 11)),
        evidence=("proof.yml", Place("site/caveat.yml", 11, 11)),
    )
    assert config.base.places["severity"] == Place("site/caveat.yml", 5, 1)
    (override,) = config.overrides
    assert (override.files, override.layer.profile, override.layer.fail_on) == (("content/uk/**",), "eu", "never")
    assert override.layer.fields == ("a.*.b", "**")
    assert override.layer.places["profile"] == Place("site/caveat.yml", 14, 5)


def test_toml_says_the_same() -> None:
    toml, other = read(EVERYTHING_TOML, "pyproject.toml"), read(EVERYTHING_YAML, "caveat.yml")
    assert without_places(toml) == without_places(other)
    assert toml.overrides[0].layer.places["fail-on"] == Place("pyproject.toml", 22, 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[project]\nname = 'x'\n",
        "[tool]\ncaveats = 1\n",
        "# [tool.caveat]\n",
        "[project]\ndependencies=['caveat']\n",
    ],
)
def test_a_pyproject_without_the_table_is_no_configuration(text: str) -> None:
    assert read_config(text, "pyproject.toml") is None


@pytest.mark.parametrize("text", ["", "\n", "# nothing yet\n", starting_config()])
def test_a_file_that_says_nothing_is_a_configuration(text: str) -> None:
    assert read_config(text, "caveat.yml") == Config("caveat.yml", ".")


def test_what_init_writes_becomes_a_configuration_line_by_line(rulebook: Rulebook) -> None:
    said = "\n".join(line[2:] for line in starting_config().splitlines()[1:] if line.startswith("# "))
    config = read(said, "caveat.yml")
    check_names(config.names, rulebook)
    assert set(config.base.places) == set(CONFIG.fields)
    assert config.overrides[0].layer.profile == "uk"


# -- mistakes ----------------------------------------------------------------------------------------------------------

MISTAKES = {
    "an unknown key": ("profil: us", "1:1: unknown key “profil” (did you mean “profile”?)"),
    "a key with an underscore": ("fail_on: error", "1:1: unknown key “fail_on” (did you mean “fail-on”?)"),
    "a key of another program": ("extends: base", "1:1: unknown key “extends”"),
    "a key twice": ("profile: us\nprofile: uk", "2:1: the key “profile” stands here twice"),
    "nothing behind a key": ("profile:", "1:9: “profile” is empty; expected text"),
    "a list for a text": (
        "profile: [us, uk]",
        "1:10: “profile” is a list; expected text; put a text that begins with [ in quotes",
    ),
    "a text for a mapping": ("severity: error", "1:11: “severity” is text; expected a mapping (key: value)"),
    "a list for a mapping": ("severity: [hype]", "1:11: “severity” is a list; expected a mapping (key: value)"),
    "a mapping for a list": (
        "ignore: {hype: true}",
        "1:9: “ignore” is a mapping; expected text; put a text that begins with { in quotes",
    ),
    "a list as the whole": ("- profile: us", "1:1: the file is a list; expected a mapping (key: value)"),
    "a text as the whole": ("us", "1:1: the file is text; expected a mapping (key: value)"),
    "an unknown severity": (
        "severity:\n  hype: eror",
        "2:9: “hype” is “eror” (did you mean “error”?); expected note, warning or error",
    ),
    "a rule that is turned off by severity": (
        "severity: {hype: 'off'}",
        "1:18: “hype” is “off”; expected note, warning or error",
    ),
    "an unknown threshold": (
        "fail-on: errors",
        "1:10: “fail-on” is “errors” (did you mean “error”?); expected error, warning, note or never",
    ),
    "an override without files": (
        "overrides:\n  - profile: uk",
        "2:5: an item of “overrides” has no “files”, which is required",
    ),
    "an override without settings": (
        "overrides:\n  - files: uk/**",
        "2:5: these files have no settings of their own; expected a key such as “profile” or “ignore”",
    ),
    "an override with what holds for all": (
        "overrides:\n  - {files: uk/**, exclude: a, profile: uk}",
        "2:20: unknown key “exclude”",
    ),
    "an override that is no list": (
        "overrides:\n  files: uk/**\n  profile: uk",
        "2:3: “overrides” is a mapping; expected a list (- item)",
    ),
    "an override that is a text": (
        "overrides: [uk]",
        "1:13: an item of “overrides” is text; expected a mapping (key: value)",
    ),
    "a glob that leaves the folder": (
        "exclude: ../other/**",
        "1:10: “exclude” is “../other/**”; globs count from the folder of this file, without “.” and “..”",
    ),
    "a glob that begins with the folder": (
        "exclude: [a, ./drafts]",
        "1:14: an item of “exclude” is “./drafts”; globs count from the folder of this file, without “.” and “..”",
    ),
    "a glob with backslashes": ("exclude: drafts\\x", "1:10: “exclude” is “drafts\\x”; expected forward slashes"),
    "a glob that matches nothing": (
        "overrides: [{files: '#drafts', profile: uk}]",
        "1:21: “files” is “#drafts”, which matches nothing; expected a glob as in .gitignore: drafts/**",
    ),
    "a glob that is none": (
        "exclude: ['!']",
        "1:11: an item of “exclude” is “!”, which matches nothing; expected a glob as in .gitignore: drafts/**",
    ),
    "a field with a key that is empty": (
        "fields: [a.b, products..name]",
        "1:15: an item of “fields” is “products..name”; expected keys with single dots between them: "
        "products.*.description",
    ),
    "a list that is not closed": (
        "ignore: [hype\nselect: a",
        "2:7: this is not YAML: did not find expected ',' or ']'; "
        "close every bracket, and put a text that begins with one in quotes",
    ),
    "a glob with too many stars": (
        "exclude: '*a*b*c*d'",
        "1:10: “exclude” is “*a*b*c*d”; expected at most 3 stars in a part, and as many double stars",
    ),
    "a promoted name that is no phrase": (
        "promoted: ['Spine (Renew']",
        "1:18: bad phrase “Spine (Renew”: '(' is never closed",
    ),
    "a promoted name with a lexicon": (
        "promoted: 'our {treatment}'",
        "1:15: bad phrase “our {treatment}”: no {lexicon} is known here; write the words",
    ),
    "a tab": (
        "severity:\n\thype: note",
        "2:1: this is not YAML: found character that cannot start any token; "
        "indent with spaces, not with tabs, and put a text that begins with @, % or ` in quotes",
    ),
    "a quote that is not closed": (
        "profile: 'us\n",
        "1:10: this is not YAML: found unexpected end of stream; close the quote that is opened here",
    ),
    "an alias": (
        "ignore: &a [hype]\nselect: *a",
        "2:9: aliases (*name) are not allowed; write the value out, or put a text that begins with * in quotes",
    ),
    "an unknown profile": (
        "profile: ukk",
        "1:10: there is no profile “ukk” (did you mean “uk”?); expected au, eu, uk, us",
    ),
    "an unknown category": (
        "ignore: [hpye]",
        "1:10: there is no rule or category “hpye” (did you mean “hype”?); “caveat rules” lists them",
    ),
    "an unknown rule": (
        "select: efficacy/releif",
        "1:9: there is no rule or category “efficacy/releif” (did you mean “efficacy/relief”?); "
        "“caveat rules” lists them",
    ),
    "a severity of an unknown rule": (
        "severity:\n  disclosure/risk: error",
        "2:3: there is no rule or category “disclosure/risk” (did you mean “disclosure/risks”?); "
        "“caveat rules” lists them",
    ),
    "an unknown profile in an override": (
        "overrides:\n  - {files: uk/**, profile: en}",
        "2:29: there is no profile “en”; expected au, eu, uk, us",
    ),
}


def mistakes(text: str, path: str, rulebook: Rulebook) -> list[str]:
    with pytest.raises(RuleError) as caught:
        check_names(read(text, path).names, rulebook)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_one_error_with_its_place_and_its_mending(name: str, rulebook: Rulebook) -> None:
    text, told = MISTAKES[name]
    assert mistakes(text, "caveat.yml", rulebook) == [f"caveat.yml:{told}"]


TOML_MISTAKES = {
    "an unknown key": ("profil = 'us'", "2:1: unknown key “profil” (did you mean “profile”?)"),
    "a number for a list of rules": (
        "ignore = 3",
        "2:10: there is no rule or category “3”; “caveat rules” lists them",
    ),
    "a table for a text": (
        "profile.name = 'us'",
        "2:1: “profile” is a mapping; expected text; put a text with a colon in quotes",
    ),
    "an unknown severity behind letters of two bytes": (
        "promoted = ['Étude']\nseverity = {'hype' = 'erorr'}  # é",
        "3:22: “hype” is “erorr” (did you mean “error”?); expected note, warning or error",
    ),
    "one override for several": (
        "[tool.caveat.overrides]\nfiles = 'uk/**'",
        "2:14: “overrides” is a mapping; expected a list (- item)",
    ),
    "an override without files": (
        "[[tool.caveat.overrides]]\nfiles = 'a'\nprofile = 'uk'\n[[tool.caveat.overrides]]\nprofile = 'uk'",
        "5:1: an item of “overrides” has no “files”, which is required",
    ),
    "an unknown rule": (
        'ignore = [\n  "hype",\n  "hpye",\n]',
        "4:3: there is no rule or category “hpye” (did you mean “hype”?); “caveat rules” lists them",
    ),
    "what is no TOML": ("profile = us", "2:11: this is not TOML: Invalid value"),
    "a key twice": ("profile = 'us'\nprofile = 'uk'", "3:15: this is not TOML: Cannot overwrite a value"),
    "values without end": (f"ignore = {'[' * 500}", "this is not TOML: its values are nested too deeply"),
}


@pytest.mark.parametrize("name", TOML_MISTAKES)
def test_mistakes_in_toml_have_places_too(name: str, rulebook: Rulebook) -> None:
    text, told = TOML_MISTAKES[name]
    (found,) = mistakes(f"[tool.caveat]\n{text}\n", "pyproject.toml", rulebook)
    assert found in (f"pyproject.toml:{told}", f"pyproject.toml: {told}")


def test_all_mistakes_are_told_at_once() -> None:
    with pytest.raises(RuleError) as caught:
        read_config("fail-on: x\nprofil: us\nexclude: ../a\n", "caveat.yml")
    assert [problem.line for problem in caught.value.problems] == [1, 2, 3]


# -- the schema for editors --------------------------------------------------------------------------------------------

SHAPE_MISTAKES = [
    name
    for name, (_, told) in MISTAKES.items()
    if not any(
        w in told
        for w in (
            "not YAML",
            "alias",
            "glob",
            "stars",
            "phrase",
            "there is no",
            "twice",
            "settings of",
            "slashes",
            "dots",
        )
    )
]


def valid(text: str) -> bool:
    schema = json_schema(CONFIG, "caveat.yml")
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema).is_valid(yaml.safe_load(text))


def test_the_schema_accepts_what_is_right() -> None:
    assert valid(EVERYTHING_YAML)


@pytest.mark.parametrize("name", SHAPE_MISTAKES)
def test_the_schema_refuses_what_is_refused(name: str) -> None:
    assert not valid(MISTAKES[name][0])
