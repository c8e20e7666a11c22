"""What is wrong with a pack although it can be used: what can never match or be due, and what nothing uses.

Only what is certain is told. Whether a rule finds anything in practice is for its examples to show.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from linter.elements import Choice, Element, Gap, Literal
from linter.patterns import Pattern
from linter.rulebook import Rule, Rulebook
from linter.ruletests import Failure


def check_pack(rulebook: Rulebook, paths: Collection[str]) -> list[Failure]:
    """What is wrong in the files ``paths`` of a rulebook, the others counting as users of what they define."""
    unused = (Failure(problem.path, problem.line, problem.message) for problem in rulebook.unused)
    found = [*unused, *_unapplied(rulebook), *_cancelled(rulebook), *_never_due(rulebook)]
    return [failure for failure in found if failure.path in paths]


def _unapplied(rulebook: Rulebook) -> Iterator[Failure]:
    """Rules and disclosures that every profile leaves out."""
    profiles = rulebook.profiles.values()
    if not profiles:
        return
    for rule in rulebook.rules:
        if all(profile.severity(rule.id, rule.category, rule.severity, "none") is None for profile in profiles):
            yield Failure(rule.path, rule.line, f"no profile uses the rule “{rule.id}”; all of them exclude it")
    for item in rulebook.disclosures:
        if all(profile.disclosure_severity(item.id, item.severity) is None for profile in profiles):
            message = f"no profile asks for the disclosure “{item.id}”; name it under “disclosures” of one"
            yield Failure(item.path, item.line, message)


def _never_due(rulebook: Rulebook) -> Iterator[Failure]:
    for item in rulebook.disclosures:
        if not item.categories:
            yield Failure(item.path, item.line, f"{item.id} has nothing under “categories”; it can never be due")


def _cancelled(rulebook: Rulebook) -> Iterator[Failure]:
    """Phrases that the exceptions of their own rule cancel wherever they match."""
    for rule in rulebook.rules:
        for pattern in _patterns(rule):
            if (other := _canceller(pattern, rule)) is not None:
                message = f"“{pattern.text}” can never match: “{other.text}” under “unless” cancels it"
                yield Failure(rule.path, rule.line, f"{rule.id}: {message}")


def _patterns(rule: Rule) -> Iterator[Pattern]:
    yield from rule.phrases
    for frame in rule.frames:
        yield from frame.patterns


def _canceller(pattern: Pattern, rule: Rule) -> Pattern | None:
    """The exception that overlaps every match of a pattern, as far as their elements show."""
    return next((other for other in rule.unless if _holds(pattern.elements, other.elements)), None)


def _holds(elements: Sequence[Element], part: Sequence[Element]) -> bool:
    """Whether every match of ``elements`` has a match of ``part`` in it."""
    return any(
        all(_is_one_of(*pair) for pair in zip(elements[start:], part, strict=False))
        for start in range(len(elements) - len(part) + 1)
    )


def _is_one_of(element: Element, other: Element) -> bool:
    """Whether whatever matches ``element`` also matches ``other``."""
    if element == other:
        return True
    if isinstance(element, Choice):
        return all(len(branch) == 1 and _is_one_of(branch[0], other) for branch in element.branches)
    if isinstance(other, Choice):
        return any(len(branch) == 1 and _is_one_of(element, branch[0]) for branch in other.branches)
    if isinstance(element, Gap) and isinstance(other, Gap):
        return element.size <= other.size
    if isinstance(element, Literal) and isinstance(other, Literal):
        return element.forms <= other.forms and (element.upper or not other.upper)
    return False
