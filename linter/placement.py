"""Where a disclosure has to stand: what readers come to too late, or nowhere near the claim, they miss."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Literal

from linter.model import Block, Claim, Document
from linter.patterns import Pattern
from linter.sentences import Sentence

Placement = Literal["anywhere", "section", "before-action", "top", "early"]
PLACEMENTS: Mapping[Placement, str] = {
    "anywhere": "anywhere on the page",
    "section": "in the section of the claim or in its paragraph",
    "before-action": "before the first call to action",
    "top": "in the first quarter of the page",
    "early": "before the last tenth of the page",
}
"""The places that a disclosure may ask for, and how they are called."""

_SHORT = 10  # a page of fewer sentences is seen as a whole


class Layout:
    """A page as its readers come to it: its sentences, their sections, its first call to action."""

    def __init__(self, document: Document, sentences: Sequence[Sentence], actions: Iterable[Pattern]) -> None:
        self.sentences = sentences
        self._sections = _sections(document.blocks)
        self._possible = frozenset[int]().union(*(sentence.scan.possible for sentence in sentences))
        first = next(self.find_all(actions), None)
        self._action = sentences[first[0]].block if first else len(document.blocks)

    def find_all(self, patterns: Iterable[Pattern]) -> Iterator[tuple[int, tuple[int, int]]]:
        """The matches of several patterns in reading order: index of the sentence, word range."""
        wanted = [pattern for pattern in patterns if pattern.number in self._possible]
        for index, sentence in enumerate(self.sentences if wanted else ()):
            yield from ((index, found) for found in sentence.find_all(wanted))

    def stands_right(self, index: int, placement: Collection[Placement], claims: Iterable[Claim]) -> bool:
        """Whether the sentence ``index`` stands at one of the places, for what is owed to one of the ``claims``.

        What stands in the last tenth only stands right nowhere, except beside the claim.
        """
        block, count = self.sentences[index].block, len(self.sentences)
        claimed = {claim.block for claim in claims}
        if "anywhere" in placement or ("section" in placement and block in claimed):
            return True
        if count >= _SHORT and index * 10 >= count * 9:
            return False
        return (
            "early" in placement
            or ("top" in placement and (count < _SHORT or index * 4 < count))
            or ("before-action" in placement and block <= self._action)
            or ("section" in placement and self._sections[block] in {self._sections[other] for other in claimed})
        )


def _sections(blocks: Sequence[Block]) -> tuple[tuple[str, ...], ...]:
    """The main section of each block: its outermost heading, and the next one where all have the outermost in common.

    A heading belongs to the section that it opens, a title or description to what comes first.
    """
    paths: list[tuple[str, ...]] = []
    following: tuple[str, ...] = ()
    for block in reversed(blocks):
        if block.kind not in ("title", "description"):
            following = (*block.section, block.text) if block.kind == "heading" else block.section
        paths.append(following)
    depth = 2 if len({path[0] for path in paths if path}) == 1 else 1
    return tuple(path[:depth] for path in reversed(paths))
