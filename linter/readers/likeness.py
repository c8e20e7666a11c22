"""What an HTML element is like by its attributes, whatever its name: hidden, navigation, a heading, item, quotation."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

Attributes = Mapping[str, str | None]
"""Values by names in lower case; an attribute without a value has None."""

_HIDING_STYLE = re.compile(r"(?:^|;)\s*display\s*:\s*none\s*(?:[!;]|$)", re.IGNORECASE)
# By these words in classes and ids do sites mark up menus and breadcrumbs. All words of a name have to be of this kind,
# since a "treatment-menu" is copy and a "breadcrumb-area" often holds the title of the page.
_NAVIGATION = frozenset("nav navbar navigation navlinks navmenu breadcrumb breadcrumbs crumbs skip".split())
_MENU = "menu"  # of a site only with a word for its place
_PLACES = frozenset("site main primary secondary top mobile header footer global mega sub elementor wp e".split())
_PARTS = frozenset("container wrapper wrap list bar item items inner trail link links toggle".split())
_COOKIES = re.compile(
    r"(?!has|no|js|with)[\w-]{0,60}?(?:cookie|gdpr|ccpa|onetrust|cky|cmplz)[\w-]{0,60}?"
    r"(?:banner|bar|consent|notice|popup|modal|message|law|info|box|overlay|window|dialog)",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[-_]+|(?<=[a-z])(?=[A-Z])")
_LONGEST_NAME = 80  # longer ones are not written by people
# A page as a whole is neither navigation nor hidden, whatever its classes say of its parts.
_WHOLE_PAGES = frozenset({"html", "body", "main", "article"})
_ROLES = {"list": "ul", "listitem": "li", **dict.fromkeys(("navigation", "menu", "menubar"), "nav")}
_LEVELS = ("1", "2", "3", "4", "5", "6")
_DEFAULT_LEVEL = "2"
_REVIEW = "reviewbody"
_QUOTATION = re.compile(r"(?:\w+?[-_]{1,2})??(?:testimonial|review|quote)[-_]{1,2}(?:text|content|body|quote|message)")
_QUESTION = re.compile(
    r"(?:\w+?[-_]{1,2})??(?:faq|accordion|toggle|collapse|tab)s?(?:[-_]{1,2}item)?[-_]{1,2}"
    r"(?:question|title|heading|header|button|trigger|toggle)"
)
# What opens at a click is named by what is clicked.
_CONTROLLED = re.compile(r"""\b(?:aria-controls|data-(?:bs-)?target)\s*=\s*["']?\s*#?(?P<id>[\w:.-]+)""", re.IGNORECASE)


def controlled_ids(text: str) -> frozenset[str]:
    """Return the ids of all parts of a page that a control on it opens and closes."""
    return frozenset(match["id"] for match in _CONTROLLED.finditer(text))


def likeness(tag: str, attributes: Attributes, controlled: Collection[str]) -> str:
    """Return the name of the element that this one is like, "" if it is only what its own name says.

    A control that opens and closes something is like the ``summary`` of that. What is hidden is like a ``template``.
    Tabs, panels and whatever else a control opens (the ids ``controlled``) are not hidden: the reader sees them on
    asking.
    """
    if not attributes:
        return ""
    is_part = tag not in _WHOLE_PAGES  # others are hidden until a script has run
    is_shown = attributes.get("role") == "tabpanel" or attributes.get("id") in controlled
    if is_part and not is_shown and _is_hidden(attributes):
        return "template"
    role = (attributes.get("role") or "").lower()
    names = [name for name in _names(attributes) if len(name) <= _LONGEST_NAME]
    if is_part and any(map(_names_navigation, names)):
        return "nav"
    if any(name.endswith("aria-expanded") for name in attributes) or any(map(_QUESTION.fullmatch, names)):
        return "summary"
    if role == "heading":
        level = attributes.get("aria-level")
        return f"h{level if level in _LEVELS else _DEFAULT_LEVEL}"
    if (attributes.get("itemprop") or "").lower() == _REVIEW or any(map(_QUOTATION.fullmatch, names)):
        return "blockquote"
    return _ROLES.get(role, "")


def _is_hidden(attributes: Attributes) -> bool:
    return (
        ("hidden" in attributes and attributes["hidden"] not in ("until-found", "false"))
        or (attributes.get("aria-hidden") or "").lower() == "true"
        or bool(_HIDING_STYLE.search(attributes.get("style") or ""))
    )


def _names(attributes: Attributes) -> list[str]:
    """Return the classes and the id of an element."""
    return f"{attributes.get('class') or ''} {attributes.get('id') or ''}".split()


def _names_navigation(name: str) -> bool:
    if _COOKIES.match(name):
        return True
    words = frozenset(word.lower() for word in _WORDS.split(name))
    if not words <= _NAVIGATION | _PLACES | _PARTS | {_MENU}:
        return False
    return not _NAVIGATION.isdisjoint(words) or (_MENU in words and not _PLACES.isdisjoint(words))
