"""Reports: what a run found, as text for a person or a program. Nothing here knows how it was found."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from linter.model import Report
from linter.reports.json import render_json
from linter.reports.text import render_text

RENDERERS: Mapping[str, Callable[[Report, bool], str]] = {"text": render_text, "json": render_json}
"""Names of formats and what writes them; the flag asks for terminal colours, where a format has any."""
