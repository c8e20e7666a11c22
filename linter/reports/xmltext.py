"""Text that goes into XML."""

from __future__ import annotations

import re

# What no XML 1.0 document may hold, not even escaped (“Extensible Markup Language 1.0”, production 2).
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """``text`` as XML can hold it."""
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
