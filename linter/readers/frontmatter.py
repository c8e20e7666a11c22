"""The front matter of Markdown pages: the metadata that readers get to see, if only in search results."""

from __future__ import annotations

import re

import yaml

from linter.model import Block, BlockKind, InputError
from linter.readers.prose import Prose
from linter.source import Source

# At the very start; a blank line behind the fence says that it is a thematic break, as CommonMark readers have it.
_FRONT_MATTER = re.compile(
    r"(?P<fence>---|\+\+\+)[ \t]*(?:\r\n|\n|\r)(?P<content>(?![ \t]*[\r\n]).*?)(?<=[\r\n])"
    r"(?P=fence)[ \t]*(?:[\r\n]|\Z)",
    re.DOTALL,
)
# What stands before the text of a scalar: tag and anchor; a quote, or the indicator of a literal or folded block.
_SCALAR_HEAD = re.compile(r"(?:[!&]\S*\s+)*(?:(?P<quote>[\"'])|[|>][^\r\n]*)?")
_KINDS: dict[str, BlockKind] = {
    "title": "title",
    "description": "description",
    "summary": "description",
    "excerpt": "description",
}


def read_front_matter(source: Source) -> tuple[list[Block], int]:
    """Return the title and description blocks of a source's front matter, and the offset at which its body begins.

    YAML between ``---`` lines is read; TOML between ``+++`` lines is skipped. What is no mapping is no front matter.
    Raise InputError, with its place, for YAML that is broken.
    """
    match = _FRONT_MATTER.match(source.text)
    if not match:
        return [], 0
    if match["fence"] == "+++":
        return [], match.end()
    try:
        root = yaml.compose(match["content"], Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise _broken(source, match.start("content"), error) from None
    if not isinstance(root, yaml.MappingNode):
        return [], match.end() if root is None else 0
    blocks = []
    for key, value in root.value:
        if isinstance(key, yaml.ScalarNode) and isinstance(value, yaml.ScalarNode) and key.value.lower() in _KINDS:
            block = _prose(source, match.start("content"), value).block(_KINDS[key.value.lower()])
            blocks += [block] if block else []
    return blocks, match.end()


def _prose(source: Source, start: int, scalar: yaml.ScalarNode) -> Prose:
    """Return the text of a scalar in YAML that begins at ``start``."""
    prose = Prose(source)
    first, last = start + scalar.start_mark.index, start + scalar.end_mark.index
    head = _SCALAR_HEAD.match(source.text, first, last)
    if head:
        first, last = head.end(), last - 1 if head["quote"] else last
    # Folding changes white space only; with escapes, the scalar is one whole.
    if source.text[first:last].split() == scalar.value.split():
        prose.take(first, last)
    else:
        prose.put(scalar.value, first, last)
    return prose


def _broken(source: Source, start: int, error: yaml.YAMLError) -> InputError:
    index, problem = 0, str(error)
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        index, problem = error.problem_mark.index, error.problem or problem
    elif isinstance(error, yaml.reader.ReaderError):
        index, problem = error.position, error.reason
    place = source.position(start + index)
    message = f"found broken YAML in the front matter ({problem}); expected 'key: value' lines between '---' lines"
    return InputError(message, source.path, place.line, place.column)
