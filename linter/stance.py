"""Does a page inform or sell? The net impression of a whole page, which no single sentence shows."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from linter.model import Claim, Cue, Span
from linter.patterns import Pattern
from linter.sentences import Sentence

_TOP_BLOCKS = 3
_LONGEST_BUTTON = 6
_SELLING = 3  # sentences on limits for one that sells
INFORMING_PAGE = Cue("", "informing page", "adequate", Span(0, 0), Span(0, 0))


class Neutral(Struct, frozen=True):
    """When nobody on a page promotes, and what follows.

    It has ``least`` sentences, less than ``voice`` of them with a word of ``voices``, none that sells, and at most one
    claim of ``praise``. Such a page informs where it says ``ratio`` times as much about limits as it makes claims; it
    promotes nothing where it makes claims in less than ``claims`` of its sentences, or in less than ``most`` where it
    names no one treatment in ``topic`` of them; words of the lexicons ``general`` name none.
    """

    least: int
    ratio: float
    claims: float
    most: float
    topic: float
    general: tuple[str, ...]
    voice: float
    praise: frozenset[str]
    voices: frozenset[str]


class Stance(Struct, frozen=True):
    """When a page informs: ``least`` sentences on limits, ``ratio`` times as many as claims, and none that sells.

    ``sales`` sell anywhere, ``invitations`` only in whole sentences: menus and buttons of all kinds of pages have them.
    Among ``strays`` sentences on limits (if it is not 0) one invitation is none of this page's; where they are also
    ``outweighs`` times as many as claims, a third as many sentences may sell: an honest seller informs.
    Sentences with ``furniture`` (menus, notes on cookies) are not counted at all.
    A page that declares at its top what it is needs one sentence on limits only. ``addressing`` are the words that
    speak to a reader, or for a seller. ``neutral`` says when nobody promotes.
    """

    limits: tuple[Pattern, ...] = ()
    sales: tuple[Pattern, ...] = ()
    invitations: tuple[Pattern, ...] = ()
    furniture: tuple[Pattern, ...] = ()
    least: int = 1
    ratio: float = 1.0
    strays: int = 0
    outweighs: float = 1.0
    declared: tuple[Pattern, ...] = ()
    addressing: frozenset[str] = frozenset()
    neutral: Neutral | None = None


def informs(sentences: Sequence[Sentence], claims: Sequence[Claim], stance: Stance) -> bool:
    """Whether the page says so much about limits, and sells so little, that it informs.

    ``claims`` are those that the page itself makes: the stories of a charity's members leave it a charity's page.
    """
    sentences = _without_furniture(sentences, stance)
    limits = sum(sentence.has_any(stance.limits) for sentence in sentences)
    if not stance.limits or _sells_more(sentences, limits, len(claims), stance):
        return False
    top = sorted({sentence.block for sentence in sentences})[:_TOP_BLOCKS]
    if any(sentence.has_any(stance.declared) for sentence in sentences if sentence.block in top):
        return limits >= 1
    if (
        stance.neutral
        and limits >= max(1, stance.neutral.ratio * len(claims))
        and _is_neutral(sentences, claims, stance)
    ):
        return True
    return limits >= stance.least and limits >= stance.ratio * len(claims)


def _sells_more(sentences: Sequence[Sentence], limits: int, claims: int, stance: Stance) -> bool:
    """Whether more sentences sell than an informing page may have; what others say sells nothing here."""
    own = [sentence for sentence in sentences if not sentence.is_quoted and not sentence.is_mentioned]
    invitations = sum(_invites(sentence, stance) for sentence in own)
    sales = sum(sentence.has_any(stance.sales) for sentence in own)
    has_many = bool(stance.strays) and limits >= stance.strays
    if has_many and limits >= stance.outweighs * claims:
        return invitations + sales > limits // _SELLING
    return bool(sales) or invitations > has_many


def promotes_nothing(sentences: Sequence[Sentence], claims: Sequence[Claim], topic: int, stance: Stance) -> bool:
    """Whether nobody on the page promotes, and it claims little or comes back to no treatment.

    ``topic`` is how often it names what it names most. Health advice is written like that: it says what to do against a
    disease ("keep a healthy weight") without a treatment of its own.
    """
    sentences = _without_furniture(sentences, stance)
    neutral, length = stance.neutral, len(sentences)
    if neutral is None:
        return False
    most = neutral.claims if topic >= neutral.topic * length else neutral.most
    if len(claims) >= most * length:
        return False
    return _is_neutral(sentences, claims, stance)


def _is_neutral(sentences: Sequence[Sentence], claims: Sequence[Claim], stance: Stance) -> bool:
    neutral, length = stance.neutral, len(sentences)
    if neutral is None or length < neutral.least or sum(claim.category in neutral.praise for claim in claims) > 1:
        return False
    spoken = sum(any(word.form in neutral.voices for word in sentence.words) for sentence in sentences)
    return spoken < neutral.voice * length and not any(sells(sentence, stance) for sentence in sentences)


def _without_furniture(sentences: Sequence[Sentence], stance: Stance) -> Sequence[Sentence]:
    return [sentence for sentence in sentences if not sentence.has_any(stance.furniture)]


def sells(sentence: Sentence, stance: Stance) -> bool:
    """Whether the sentence asks for a purchase or an appointment, or speaks of the seller's own treatment."""
    return sentence.has_any(stance.sales) or _invites(sentence, stance)


def _invites(sentence: Sentence, stance: Stance) -> bool:
    return not _is_button(sentence) and sentence.has_any(stance.invitations)


def _is_button(sentence: Sentence) -> bool:
    """Whether this reads like a link, a menu entry or a button: a few words without a full stop."""
    return len(sentence.words) <= _LONGEST_BUTTON and not sentence.text.rstrip().endswith((".", "!", "?"))


def qualified_by_page(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims of an informing page: the page as a whole says how limited they are."""
    return tuple(replace(claim, qualification="adequate", cues=(*claim.cues, INFORMING_PAGE)) for claim in claims)
