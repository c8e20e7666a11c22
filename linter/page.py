"""What can be read around a sentence of a document: what it completes, the sentences before, the section, the table."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from linter.agents import UNKNOWN, Context
from linter.matching import Matcher
from linter.model import Agent, Document
from linter.patterns import Pattern
from linter.promotion import promotes
from linter.quotations import is_signature
from linter.rulebook import Rule, Rulebook, SectionRole
from linter.sentences import Sentence
from linter.words import split_words

# So many sentences back a pronoun is followed.
_FARTHEST_NAMED = 4
_DEFINITE = frozenset("the this these that those such".split())


class Page:
    """A document with its sentences, and what can be read around each."""

    def __init__(self, document: Document, sentences: list[Sentence], rulebook: Rulebook, matcher: Matcher) -> None:
        self.document, self.sentences = document, sentences
        self._rulebook, self._resolver = rulebook, matcher.resolver
        self._last_of: dict[int, int] = {}
        self._first_of: dict[int, int] = {}
        for index, sentence in enumerate(sentences):
            self._first_of.setdefault(sentence.block, index)
            self._last_of[sentence.block] = index
        self._roles: dict[int, SectionRole | None] = {}
        self._told_by: dict[str, SectionRole | None] = {}
        self._promotes = promotes(sentences, rulebook)
        self._quoting_blocks = frozenset(sentence.block for sentence in sentences if sentence.is_quoted)
        self._sections_with_quotations = frozenset(document.blocks[block].section for block in self._quoting_blocks)

    def lead_in(self, index: int) -> int | None:
        """The sentence that the list item or heading of this sentence completes."""
        block = self.document.blocks[self.sentences[index].block]
        return None if block.lead_in is None else self._last_of.get(block.lead_in)

    def introduction(self, index: int) -> int | None:
        """The sentence that says what this one is: the label right before it, or what it completes."""
        if index and self.sentences[index - 1].is_label and index - 1 in self.beside(index):
            return index - 1
        return self.lead_in(index) if self.completes(index) else None

    def is_led_in(self, index: int, rule: Rule) -> bool:
        """Whether what introduces the sentence leads in to claims of the rule, in a table of what it asks for."""
        lead = self.introduction(index)
        if lead is None or not self.sentences[lead].has_any(rule.lead_in):
            return False
        return not rule.against or any(self.sentences[head].has_any(rule.against) for head in self._heads_beside(lead))

    def _heads_beside(self, index: int) -> Iterable[int]:
        """The heads of the other columns, seen from that of one."""
        blocks, block = self.document.blocks, self.sentences[index].block
        for step in (-1, 1):
            other = block + step
            while 0 <= other < len(blocks) and blocks[other].row == 1 == blocks[block].row:
                yield from (self._first_of[other],) if other in self._first_of else ()
                other += step

    def completes(self, index: int) -> bool:
        """Whether the sentence itself completes the lead-in: the first of its block, or its label."""
        return self._first_of[self.sentences[index].block] == index

    def ends_its_block(self, index: int) -> bool:
        """Whether nothing follows the sentence in its block, and it leads in to nothing below."""
        sentence = self.sentences[index]
        return self._last_of[sentence.block] == index and not sentence.text.endswith(":")

    def beside(self, index: int) -> Iterable[int]:
        """The sentences right before and after it in its block."""
        block = self.sentences[index].block
        return [i for i in (index - 1, index + 1) if 0 <= i < len(self.sentences) and self.sentences[i].block == block]

    def silences(self, block: int, category: str) -> bool:
        """Whether the section says that claims of this category are not made there."""
        role = self._role(block)
        return role is not None and ("all" in role.silences or category in role.silences)

    def asks(self, index: int, questions: Iterable[Pattern]) -> bool:
        """Whether the sentence right before is a question, or a label ("Side effects: none"), and one of these."""
        before = self.sentences[index - 1] if index else None
        if before is None or before.block < self.sentences[index].block - 1:
            return False
        return (before.is_question or before.is_label) and before.has_any(questions)

    def is_followed(self, index: int, patterns: Iterable[Pattern]) -> bool:
        """Whether one of these stands in the sentence right behind, in the same block."""
        behind = [other for other in self.beside(index) if other > index]
        return any(self.sentences[other].has_any(patterns) for other in behind)

    def as_told(self, sentence: Sentence) -> Sentence:
        """The sentence, quoted where its section says so; what stands in quotation marks there is from customers."""
        if sentence.speaker or not self._quotes(sentence.block) or is_signature(sentence.text):
            return sentence
        if sentence.block not in self._quoting_blocks:
            return replace(sentence, is_quoted=True)
        return replace(sentence, speaker="lay", is_mentioned=False) if sentence.is_quoted else sentence

    def _quotes(self, block: int) -> bool:
        """Whether the section says that what stands there is told by others ("What our patients say").

        Where some of it stands in quotation marks, only that is meant.
        """
        role = self._role(block)
        if role is None or not role.quotes or self.document.blocks[block].kind == "heading":
            return False
        return (
            block in self._quoting_blocks or self.document.blocks[block].section not in self._sections_with_quotations
        )

    def speaks_in_general(self, agent: Agent) -> bool:
        """Whether an effect is put down to something unknown and indefinite, on a page that promotes nothing."""
        return agent.kind == UNKNOWN and not self._promotes and agent.text.split()[0].lower() not in _DEFINITE

    def context(self, index: int) -> Context:
        """Who is meant where a sentence names nobody, and whom its first pronoun stands for."""
        default = self._default(index)
        is_heading = self.document.blocks[self.sentences[index].block].kind == "heading"
        before = () if is_heading else self._named_before(index)  # a heading speaks of the page, not of the text above
        antecedent = next((agent for agent in before if agent is not None), default)
        return Context(antecedent, default)

    def _default(self, index: int) -> Agent:
        sentence = self.sentences[index]
        promoted = self._rulebook.default_agent
        label = self._first_of[sentence.block]
        if label != index and self.sentences[label].is_label:
            named = self._resolver.last_named(self.sentences[label])
            if named is not None and self._resolver.kinds[named.kind].topic:
                return named
        lead = self.lead_in(index)
        if lead is not None and self.document.blocks[self.sentences[lead].block].kind != "heading":
            named = self._resolver.last_named(self.sentences[lead])
            if named is not None and self._resolver.kinds[named.kind].topic:
                return named
        role = self._role(sentence.block)
        return Agent("", role.agent if role is not None and role.agent else promoted)

    def _named_before(self, index: int) -> Iterable[Agent | None]:
        """The agents last spoken of, nearest first, in this block and the one before.

        A paragraph behind a list speaks of what the list is about, not of its last item; one that begins with a
        question, of nothing that was said before.
        """
        block, told = self.sentences[index].block, 0
        nearest = block
        asks = self.sentences[self._first_of[block]].is_question
        for before in range(index - 1, -1, -1):
            other = self.sentences[before].block
            if self._is_item(other) and not self._is_item(block):
                continue
            nearest = other if nearest == block else nearest
            if other < nearest or told == _FARTHEST_NAMED or (asks and other < block):
                return
            told += 1
            yield self._resolver.last_named(self.sentences[before])

    def _is_item(self, block: int) -> bool:
        return self.document.blocks[block].kind == "item"

    def _role(self, block: int) -> SectionRole | None:
        """What the nearest of the headings above a block (a heading is its own) says about what stands there."""
        if block not in self._roles:
            self._roles[block] = next(
                (role for heading in self._headings(block) if (role := self._told(heading))), None
            )
        return self._roles[block]

    def _headings(self, block: int) -> Iterable[str]:
        """The headings that a block stands under, the nearest first; a heading is its own."""
        headings = self.document.blocks[block].section
        if self.document.blocks[block].kind == "heading":
            headings = (*headings, self.document.blocks[block].text)
        return reversed(headings)

    def _told(self, heading: str) -> SectionRole | None:
        if heading not in self._told_by:
            scan = self._rulebook.vocabulary.scan(split_words(heading))
            patterns = ((role, pattern) for role in self._rulebook.sections for pattern in role.headings)
            found = (role for role, pattern in patterns if pattern.number in scan.possible and pattern.find(scan))
            self._told_by[heading] = next(found, None)
        return self._told_by[heading]
