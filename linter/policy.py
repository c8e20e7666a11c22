"""What holds for a page: the law of a place as a house applies it, and what the house promotes."""

from __future__ import annotations

from msgspec import Struct, field

from linter.patterns import Pattern
from linter.profiles import Profile
from linter.suppression.evidence import Entry


class Policy(Struct, frozen=True):
    """What a page is checked by: the law that applies, the names that it promotes besides those that rules know, and
    the evidence that there is for claims."""

    profile: Profile = field(default_factory=Profile)
    promoted: tuple[Pattern, ...] = ()
    evidence: tuple[Entry, ...] = ()
