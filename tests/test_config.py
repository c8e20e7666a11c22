"""What is decided for a file: layers on layers, rules chosen and weighed, how a run ends."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from linter.config import Config, FailOn, Layer, Override, Place, Settings, command_line, exit_status, policy
from linter.model import CaveatError, FileReport, InputError, Report, Severity
from linter.profiles import Profile
from linter.rulebook import Rulebook

YML = Place("caveat.yml", 3, 1)


def settled(*layers: Layer) -> Settings:
    settings = Settings()
    for layer in layers:
        settings = layer.on(settings)
    return settings


def test_lists_grow_and_all_else_is_replaced() -> None:
    first = Layer("uk", ("A",), ("hype",), ("safety",), {"hype": "note", "cure": "note"}, "note")
    second = Layer("eu", ("B",), ("cure",), ("scope",), {"hype": "error"}, "never")
    assert settled(first, second) == Settings(
        "eu", ("A", "B"), ("cure",), ("safety", "scope"), {"hype": "error", "cure": "note"}, "never"
    )
    assert settled(first, Layer()) == settled(first)


def test_every_setting_remembers_where_it_was_made() -> None:
    first = Layer(profile="uk", ignore=("a",), places={"profile": YML, "ignore": YML})
    second, _ = command_line("eu", (), ("b",), None)
    places = settled(first, second).places
    assert {key: [str(place) for place in found] for key, found in places.items()} == {
        "profile": ["--profile"],
        "ignore": ["caveat.yml:3", "--ignore"],
    }


@pytest.mark.parametrize(
    ("path", "profile"),
    [
        pytest.param("page.md", "us", id="no override"),
        pytest.param("content/uk/deep/page.md", "uk", id="a folder and all below it"),
        pytest.param("content/uk/eu-page.md", "eu", id="of two that match, the last one"),
        pytest.param("other/content/uk/page.md", "us", id="a glob with a slash counts from the folder"),
        pytest.param("other/eu-x.md", "eu", id="one without counts anywhere"),
    ],
)
def test_overrides_go_by_glob(path: str, profile: str) -> None:
    config = Config(overrides=(Override(("content/uk/**",), Layer("uk")), Override(("eu-*.md",), Layer("eu"))))
    assert config.settings(path, Layer()).profile == profile
    assert config.settings(path, Layer("au")).profile == "au"


def test_the_digest_tells_what_judges_pages() -> None:
    settings = Settings("us", ("A", "B"), ("x", "y"), (), {"hype": "note", "cure": "error"})
    same = Settings("us", ("B", "A"), ("y", "x"), (), {"cure": "error", "hype": "note"}, "never", {"profile": (YML,)})
    assert settings.digest == same.digest
    changes: list[dict[str, object]] = [
        {"profile": "uk"},
        {"promoted": ("A",)},
        {"select": ("x",)},
        {"ignore": ("x",)},
        {"severity": {"hype": "note"}},
    ]
    others = [replace(settings, **change).digest for change in changes]  # type: ignore[arg-type]
    assert len({settings.digest, *others}) == 1 + len(changes)


# -- what follows for rules --------------------------------------------------------------------------------------------


def applied(rulebook: Rulebook, profile: Profile) -> dict[str, Severity]:
    """The rules and disclosures that apply, with the severity of a claim that nothing qualifies."""
    found: dict[str, Severity] = {}
    for rule in rulebook.rules:
        if (severity := profile.severity(rule.id, rule.category, rule.severity, "none")) is not None:
            found[rule.id] = severity
    for item in rulebook.disclosures:
        if (severity := profile.disclosure_severity(item.id, item.severity)) is not None:
            found[item.rule] = severity
    return found


def judged(rulebook: Rulebook, layer: Layer) -> dict[str, Severity]:
    return applied(rulebook, policy(settled(layer), rulebook).profile)


def test_nothing_configured_is_the_law_of_the_place(rulebook: Rulebook) -> None:
    assert judged(rulebook, Layer()) == applied(rulebook, rulebook.profile("us"))


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        pytest.param(("hype",), (), {"hype"}, id="a category"),
        pytest.param(("disclosure/risks",), (), {"disclosure/risks"}, id="a disclosure"),
        pytest.param(("disclosure",), ("disclosure/risks",), {"disclosure"}, id="all disclosures but one"),
        pytest.param(("hype", "cure"), ("hype",), {"cure"}, id="ignored as a whole"),
    ],
)
def test_rules_are_chosen_by_name_and_category(
    rulebook: Rulebook, select: tuple[str, ...], ignore: tuple[str, ...], expected: set[str]
) -> None:
    found = judged(rulebook, Layer(select=select, ignore=ignore))
    assert {rule if rule in expected else rule.split("/")[0] for rule in found} == expected
    assert not set(ignore) & set(found)


def test_the_name_of_a_rule_outweighs_its_category(rulebook: Rulebook) -> None:
    one = next(rule.id for rule in rulebook.rules if rule.category == "hype")
    found = judged(rulebook, Layer(select=(one,), ignore=("hype",)))
    assert set(found) == {one}
    assert one not in judged(rulebook, Layer(select=("hype",), ignore=(one,)))


def test_severities_go_by_name_then_by_category(rulebook: Rulebook) -> None:
    first, second, *_ = [rule.id for rule in rulebook.rules if rule.category == "efficacy"]
    found = judged(rulebook, Layer("uk", severity={"efficacy": "note", first: "warning", "disclosure/risks": "error"}))
    law = applied(rulebook, rulebook.profile("uk"))
    assert (found[first], found[second], found["disclosure/risks"]) == ("warning", "note", "error")
    assert {rule: severity for rule, severity in found.items() if law[rule] != severity}.keys() == {
        rule.id for rule in rulebook.rules if rule.category == "efficacy"
    } | {"disclosure/risks"}


def test_a_severity_does_not_make_a_disclosure_due_elsewhere(rulebook: Rulebook) -> None:
    assert "disclosure/no-biologicals" not in judged(rulebook, Layer(severity={"disclosure": "error"}))


def test_an_incurable_claim_has_the_severity_that_was_asked_for(rulebook: Rulebook) -> None:
    profile = policy(settled(Layer("au", severity={"testimonial": "note"})), rulebook).profile
    rule = next(rule for rule in rulebook.rules if rule.category == "testimonial")
    assert profile.severity(rule.id, rule.category, rule.severity, "adequate") == "note"
    hype = next(rule for rule in rulebook.rules if rule.category == "hype")
    assert profile.severity(hype.id, hype.category, hype.severity, "adequate") is None


# -- how a run ends ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fail_on", "errors", "status"),
    [
        pytest.param({"a": "error", "b": "error"}, (), 0, id="warnings do not fail"),
        pytest.param({"a": "error", "b": "warning"}, (), 1, id="unless asked for that file"),
        pytest.param({"a": "warning", "b": "never"}, (), 0, id="another file's threshold is its own"),
        pytest.param({"a": "never", "b": "warning"}, (InputError("no text", "c"),), 2, id="a mistake outweighs"),
    ],
)
def test_every_file_has_its_own_threshold(
    fail_on: dict[str, FailOn], errors: tuple[CaveatError, ...], status: int, warned: FileReport
) -> None:
    files = (FileReport("a", "", (), ()), replace(warned, path="b"))
    assert exit_status(Report("", "", "", "", files, errors), fail_on) == status
