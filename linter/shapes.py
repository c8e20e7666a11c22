"""What may stand in a YAML file, said once: it is what a file is checked against, and the JSON Schema for editors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class Text(Struct, frozen=True):
    """Any text that is not empty."""

    about: str = ""


class Date(Struct, frozen=True):
    """A day, as 2026-12-31."""

    about: str = ""


class Flag(Struct, frozen=True):
    """true or false."""

    about: str = ""


class Choice(Struct, frozen=True):
    """One of a few words."""

    options: tuple[str, ...]
    about: str = ""


class Number(Struct, frozen=True):
    """A number within bounds; a whole one unless ``is_decimal``."""

    least: float
    most: float
    is_decimal: bool = False
    about: str = ""


class Listed(Struct, frozen=True):
    """A list; if it ``may_be_one``, one item may also stand alone."""

    item: Shape
    may_be_one: bool = False
    about: str = ""


class Named(Struct, frozen=True):
    """A mapping from names that the writer chooses."""

    value: Shape
    about: str = ""


class Fields(Struct, frozen=True):
    """A mapping with these keys and no others."""

    fields: Mapping[str, Shape]
    required: tuple[str, ...] = ()
    about: str = ""


class Either(Struct, frozen=True):
    """A text in the simple case, otherwise a mapping."""

    simple: Shape
    full: Fields
    about: str = ""


Shape = Text | Date | Flag | Choice | Number | Listed | Named | Fields | Either


def json_schema(shape: Shape, title: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a whole file of this shape."""
    return {"$schema": DIALECT, "title": title, **_schema(shape)}


def _schema(shape: Shape) -> dict[str, Any]:
    about = {"description": shape.about} if shape.about else {}
    return {**about, **_body(shape)}


def _body(shape: Shape) -> dict[str, Any]:
    match shape:
        case Text():
            # What is read as text need not look like one to an editor: 2026, 5.5, yes.
            return {"type": ["string", "number", "boolean"], "minLength": 1}
        case Date():
            return {"type": "string", "format": "date"}
        case Flag():
            return {"type": "boolean"}
        case Choice(options):
            return {"enum": list(options)}
        case Number(least, most, is_decimal):
            return {"type": "number" if is_decimal else "integer", "minimum": least, "maximum": most}
        case Listed(item, may_be_one):
            schema = _schema(item)
            items = {"type": "array", "items": schema}
            return {"anyOf": [schema, items]} if may_be_one else items
        case Named(value):
            return {"type": "object", "additionalProperties": _schema(value)}
        case Either(simple, full):
            return {"anyOf": [_schema(simple), _schema(full)]}
        case Fields(fields, required):
            properties = {key: _schema(value) for key, value in fields.items()}
            closed: dict[str, Any] = {"type": "object", "properties": properties, "additionalProperties": False}
            return {**closed, "required": list(required)} if required else closed
