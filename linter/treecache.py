"""A parser that parses no sentence twice: trees are kept in the cache, whichever page their sentence stands on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from linter.cache import Cache, cache_key
from linter.language import MODEL, Parser, Token, Tree, normalised

# A token as it is kept: the words are those of the sentence.
_Kept = list[tuple[int, int, str, str, int]]


class CachingParser(Parser):
    """Has ``parser`` parse what is not in ``cache``."""

    def __init__(self, parser: Parser, cache: Cache) -> None:
        self._parser, self._cache = parser, cache

    def parse(self, sentences: Iterable[str]) -> Iterator[Tree]:
        """As any parser does."""
        texts = list(sentences)
        keys = {text: cache_key("tree", MODEL.encode(), text.encode("utf-8", "surrogatepass")) for text in texts}
        kept = self._cache.find(keys.values())
        trees = {text: _unpacked(text, kept[key]) for text, key in keys.items() if key in kept}
        missing = [text for text in keys if text not in trees]
        parsed = dict(zip(missing, self._parser.parse(missing), strict=True))
        self._cache.keep({keys[text]: _packed(tree) for text, tree in parsed.items()})
        trees |= parsed
        return (trees[text] for text in texts)


def _packed(tree: Tree) -> bytes:
    return msgspec.msgpack.encode([(token.start, token.end, token.tag, token.dep, token.head) for token in tree.tokens])


def _unpacked(text: str, data: bytes) -> Tree:
    words = normalised(text)
    tokens = msgspec.msgpack.decode(data, type=_Kept)
    return Tree(tuple(Token(start, end, words[start:end], tag, dep, head) for start, end, tag, dep, head in tokens))
