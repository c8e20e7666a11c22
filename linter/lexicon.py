"""Lexicons: named lists of words and phrases, all of them found in one pass over a text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from msgspec import Raw, Struct, field, msgpack
from msgspec.structs import replace

from linter.elements import Cost
from linter.expectation import Expectation
from linter.patternindex import PatternIndex
from linter.patterns import Pattern
from linter.scan import Places, Range, Scan, add_hits, numbers
from linter.words import Word

SHORTEST_SUFFIXED_WORD = 6
SHORTEST_SUFFIX, LONGEST_SUFFIX = 3, 7
# The lexicon that every number in digits belongs to; a pack may add number words to it.
NUMBER = "number"
# So many words are remembered with their lexicons; a text of names and numbers has no end of them.
_MOST_REMEMBERED = 50_000


Names = tuple[str, ...]


class Vocabulary(Struct, frozen=True, dict=True):
    """All lexicons of a rulebook, compiled for scanning, with an index of its phrases.

    ``entries`` maps every word that is one, or begins one, to the number of its lexicons in ``groups`` (0: none; it is
    a beginning only). ``phrases`` does the same for what follows such a word, under that word, encoded until it is
    looked up. ``suffixes`` are ends of words that put them into lexicons; ``exceptions`` are words that are in none of
    these lexicons after all. ``patterns`` are the entries that cannot be listed, in the order in which they use each
    other, numbered in it; ``index`` tells which of them, and of the phrases of rules, can match.
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
    index: PatternIndex = field(default_factory=PatternIndex)

    @cached_property
    def _remembered(self) -> dict[str, Names]:
        """The lexicons of the single words that were looked up."""
        return {}

    @cached_property
    def _decoded(self) -> dict[str, dict[str, int]]:
        """The phrases that were looked up, under their first words."""
        return {}

    def scan(self, words: Sequence[Word]) -> Scan:
        """Every entry in ``words``."""
        plain = Scan.of(words)
        hits: dict[str, dict[int, Places]] = {}
        remembered = self._remembered
        for form, places in plain.forms.items():
            names = remembered.get(form)
            for name in self._remember(form) if names is None else names:
                lengths = hits.get(name)
                if lengths is None:
                    hits[name] = {1: places}
                else:
                    lengths[1] |= places
        for form in plain.forms.keys() & self.phrases.keys():
            for start in numbers(plain.forms[form]):
                self._scan_phrases(hits, words, start)
        return self._with_patterns(hits, replace(plain, hits=hits))

    def with_hits(self, scan: Scan, hits: Iterable[tuple[str, Range]]) -> Scan:
        """The same text, with more entries of lexicons."""
        changed = scan.with_hits(hits)
        return replace(changed, possible=self.index.possible(*self.index.met(changed)))

    def containers(self, name: str) -> Names:
        """The lexicons that contain one as a whole."""
        return self.inclusions.get(name, ())

    def indexed(self, patterns: Iterable[Pattern], cost: Cost) -> Vocabulary:
        """The same, which tells which of these patterns, too, are possible in a text; their numbers follow those of its
        own. ``cost`` says how often something can be expected to occur."""
        own = (pattern for _, pattern in self.patterns)
        return replace(self, index=PatternIndex.of((*own, *patterns), cost))

    def _with_patterns(self, hits: dict[str, dict[int, Places]], scan: Scan) -> Scan:
        """The scan (``hits`` are its own) with the entries that cannot be listed, and what is possible then.

        They are looked for in their order: one may need what another one is.
        """
        met, meant = self.index.met(scan)
        waiting = set(self.index.anchored(meant, len(self.patterns)))
        while waiting:
            number = min(waiting)
            waiting.remove(number)
            if not self.index.is_possible(number, met):
                continue
            lexicon, pattern = self.patterns[number]
            found = False
            for start, end in pattern.find(scan):
                if end > start + 1 or scan.words[start].form not in self.exceptions.get(lexicon, ()):
                    self._record(hits, lexicon, start, end)
                    found = True
            for name in (lexicon, *self.containers(lexicon)) if found else ():
                newly_met, newly_meant = self.index.meet(name, scan)
                met |= newly_met
                meant |= newly_meant
                later = self.index.anchored(newly_meant, len(self.patterns))
                waiting.update(other for other in later if number < other)
        return replace(scan, possible=self.index.possible(met, meant))

    def _scan_phrases(self, hits: dict[str, dict[int, Places]], words: Sequence[Word], start: int) -> None:
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

    def _record(self, hits: dict[str, dict[int, Places]], lexicon: str, start: int, end: int) -> None:
        for name in (lexicon, *self.containers(lexicon)):
            add_hits(hits, name, end - start, 1 << start)

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
        patterns = [(name, replace(pattern, number=number)) for number, (name, pattern) in enumerate(self._patterns)]
        encoded = {first: Raw(msgpack.encode(table)) for first, table in phrases.items()}
        plain = Vocabulary(entries, encoded, tuple(groups), suffixes, exceptions, containers, tuple(patterns))
        return plain.indexed((), Expectation())

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
