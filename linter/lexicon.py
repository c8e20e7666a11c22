"""Lexicons: named lists of words and phrases, all of them found in one pass over a text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from msgspec import Raw, Struct, field, msgpack

from linter.patterns import Pattern
from linter.words import Word

SHORTEST_SUFFIXED_WORD = 6
SHORTEST_SUFFIX, LONGEST_SUFFIX = 3, 7
# The lexicon that every number in digits belongs to; a pack may add number words to it.
NUMBER = "number"
# So many words are remembered with their lexicons; a text of names and numbers has no end of them.
_MOST_REMEMBERED = 50_000

Names = tuple[str, ...]


class Vocabulary(Struct, frozen=True, dict=True):
    """All lexicons of a rulebook, compiled for scanning.

    ``entries`` maps every word that is one, or begins one, to the number of its lexicons in ``groups`` (0: none; it is
    a beginning only). ``phrases`` does the same for what follows such a word, under that word, encoded until it is
    looked up. ``suffixes`` are ends of words that put them into lexicons; ``exceptions`` are words that are in none of
    these lexicons after all. ``patterns`` are the entries that cannot be listed, in the order in which they use each
    other; ``by_form`` and ``by_lexicon`` tell which of them can match where a form or entry of a lexicon is.
    ``inclusions`` tell the lexicons that contain another one as a whole ("{pain}" as an entry of "{bad}"), so that an
    entry of the first is a hit of all of them.
    """

    entries: dict[str, int] = field(default_factory=dict)
    phrases: dict[str, Raw] = field(default_factory=dict)
    groups: tuple[Names, ...] = ((),)
    suffixes: dict[str, Names] = field(default_factory=dict)
    exceptions: dict[str, Names] = field(default_factory=dict)
    inclusions: dict[str, Names] = field(default_factory=dict)
    patterns: tuple[tuple[str, Pattern], ...] = ()
    by_form: dict[str, tuple[int, ...]] = field(default_factory=dict)
    by_lexicon: dict[str, tuple[int, ...]] = field(default_factory=dict)

    @cached_property
    def _remembered(self) -> dict[str, Names]:
        """The lexicons of the single words that were looked up."""
        return {}

    @cached_property
    def _decoded(self) -> dict[str, dict[str, int]]:
        """The phrases that were looked up, under their first words."""
        return {}

    def scan(self, words: Sequence[Word]) -> dict[str, dict[int, list[int]]]:
        """Every entry in ``words``: lexicon -> start -> ends, in word positions."""
        hits: dict[str, dict[int, list[int]]] = {}
        for start, word in enumerate(words):
            form = word.form
            names = self._remembered.get(form)
            for name in self._remember(form) if names is None else names:
                hits.setdefault(name, {})[start] = [start + 1]
            if form in self.phrases:
                self._scan_phrases(hits, words, start)
        self._scan_patterns(hits, words)
        return hits

    def containers(self, name: str) -> Names:
        """The lexicons that contain one as a whole."""
        return self.inclusions.get(name, ())

    def _scan_patterns(self, hits: dict[str, dict[int, list[int]]], words: Sequence[Word]) -> None:
        """The entries that cannot be listed, in their order; one may need what another one is."""
        forms = {word.form for word in words}
        waiting = {number for form in forms for number in self.by_form.get(form, ())}
        waiting.update(number for name in hits for number in self.by_lexicon.get(name, ()))
        while waiting:
            number = min(waiting)
            waiting.remove(number)
            lexicon, pattern = self.patterns[number]
            if not all(anchor.is_met(forms, hits) for anchor in pattern.needs):
                continue
            known = len(hits)
            for start, end in pattern.find(words, hits):
                if end > start + 1 or words[start].form not in self.exceptions.get(lexicon, ()):
                    self._record(hits, lexicon, start, end)
            if len(hits) > known:
                found = (lexicon, *self.containers(lexicon))
                waiting.update(n for name in found for n in self.by_lexicon.get(name, ()) if n > number)

    def _scan_phrases(self, hits: dict[str, dict[int, list[int]]], words: Sequence[Word], start: int) -> None:
        """The entries of two words and more that begin at ``start``."""
        first = words[start].form
        if first not in self._decoded:
            self._decoded[first] = msgpack.decode(self.phrases[first], type=dict[str, int])
        phrases, phrase = self._decoded[first], ""
        for position in range(start + 1, len(words)):
            word = words[position]
            if not word.joined:
                return
            phrase = f"{phrase} {word.form}" if phrase else word.form
            number = phrases.get(phrase)
            if number is None:
                return
            for lexicon in self.groups[number]:
                self._record(hits, lexicon, start, position + 1)

    def _record(self, hits: dict[str, dict[int, list[int]]], lexicon: str, start: int, end: int) -> None:
        for name in (lexicon, *self.containers(lexicon)):
            ends = hits.setdefault(name, {}).setdefault(start, [])
            if end not in ends:
                ends.append(end)

    def _remember(self, form: str) -> Names:
        """The lexicons of a single word, containers included; looked up once."""
        names = list(self.groups[self.entries.get(form, 0)])
        if form[0].isdigit():
            names.append(NUMBER)
        if len(form) >= SHORTEST_SUFFIXED_WORD:
            for length in range(SHORTEST_SUFFIX, min(LONGEST_SUFFIX, len(form) - 3) + 1):
                names.extend(self.suffixes.get(form[-length:], ()))
        own = [name for name in names if form not in self.exceptions.get(name, ())]
        found = tuple(dict.fromkeys(outer for name in own for outer in (name, *self.containers(name))))
        if len(self._remembered) >= _MOST_REMEMBERED:
            self._remembered.clear()
        self._remembered[form] = found
        return found


class VocabularyBuilder:
    """Collects the entries of lexicons."""

    def __init__(self) -> None:
        self._entries: dict[str, set[str]] = {}
        self._suffixes: dict[str, set[str]] = {}
        self._exceptions: dict[str, set[str]] = {}
        self._containers: dict[str, set[str]] = {}
        self._patterns: list[tuple[str, Pattern]] = []

    def add(self, lexicon: str, sequence: Sequence[Iterable[str]]) -> None:
        """Add an entry: a sequence of words, each as the set of its forms."""
        phrases = [""]
        for forms in sequence:
            phrases = [f"{phrase} {form}" if phrase else form for phrase in phrases for form in forms]
            for phrase in phrases:
                self._entries.setdefault(phrase, set())
        for phrase in phrases:
            self._entries[phrase].add(lexicon)

    def add_pattern(self, lexicon: str, pattern: Pattern) -> None:
        """Add everything that a phrase matches; the lexicons that it refers to are scanned first."""
        self._patterns.append((lexicon, pattern))

    def add_suffix(self, lexicon: str, suffix: str) -> None:
        """Add every word that ends in ``suffix`` ("itis")."""
        self._suffixes.setdefault(suffix, set()).add(lexicon)

    def exclude(self, lexicon: str, forms: Iterable[str]) -> None:
        """Take single words out of a lexicon again."""
        self._exceptions.setdefault(lexicon, set()).update(forms)

    def include(self, lexicon: str, container: str) -> None:
        """Make every entry of ``lexicon`` an entry of ``container`` too."""
        self._containers.setdefault(lexicon, set()).add(container)

    def vocabulary(self) -> Vocabulary:
        """All that was added, ready to be scanned for."""
        groups: dict[Names, int] = {(): 0}
        entries: dict[str, int] = {}
        phrases: dict[str, dict[str, int]] = {}
        for entry, names in self._entries.items():
            first, _, rest = entry.partition(" ")
            table, key = (phrases.setdefault(first, {}), rest) if rest else (entries, first)
            table[key] = groups.setdefault(tuple(sorted(names)), len(groups))
        containers = {name: tuple(sorted(self._containing(name))) for name in self._containers}
        suffixes, exceptions = (
            {key: tuple(sorted(values)) for key, values in table.items()}
            for table in (self._suffixes, self._exceptions)
        )
        by_form: dict[str, list[int]] = {}
        by_lexicon: dict[str, list[int]] = {}
        for number, (_, pattern) in enumerate(self._patterns):
            for form in pattern.anchor.forms:
                by_form.setdefault(form, []).append(number)
            for name in pattern.anchor.lexicons:
                by_lexicon.setdefault(name, []).append(number)
        return Vocabulary(
            entries,
            {first: Raw(msgpack.encode(table)) for first, table in phrases.items()},
            tuple(groups),
            suffixes,
            exceptions,
            containers,
            tuple(self._patterns),
            *({key: tuple(numbers) for key, numbers in table.items()} for table in (by_form, by_lexicon)),
        )

    def _containing(self, name: str) -> set[str]:
        """The lexicons that contain one, directly or through others."""
        reached: set[str] = set()
        todo = [name]
        while todo:
            for container in self._containers.get(todo.pop(), ()):
                if container not in reached:
                    reached.add(container)
                    todo.append(container)
        return reached
