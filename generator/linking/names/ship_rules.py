"""The rules about the words around the name of a ship: "the barque Mary Ann sailed"."""

from __future__ import annotations

from generator.linking.names.context import Context
from generator.linking.names.rule_type import SHIP, Rule

_PREPOSITIONS = frozenset({"of", "in", "for", "de", "del", "du", "da", "do", "von", "d"})
_ON_BOARD = frozenset({"aboard", "onboard"})
_BOARDS = frozenset({("on", "board"), ("a", "bordo"), ("à", "bord"), ("an", "bord")})
_OF_A_SHIP = frozenset(
    """mate master crew wreck hull deck decks owners cargo skipper bosun cook mast rigging stern bow
    launch voyage passengers tripulación casco capitán cubierta naufragio équipage épave pont
    mannschaft besatzung wrack deck tripulação naufrágio""".split()
)
_CONTRACTIONS = frozenset({"de", "del", "do", "da", "du"})
_MARKS = frozenset({"*", '"', "“", "”", "„", "‘", "’", "'", "«", "»"})
"""Marks in which texts set the name of a ship."""
_BEFORE_SHIPS = _ON_BOARD | _CONTRACTIONS | {words[-1] for words in _BOARDS} | _MARKS
_NAMED = frozenset("called named the namens nommé nommée llamado llamada chamado chamada".split())
_AUXILIARIES = frozenset({"was", "is", "had", "has", "wurde", "fue", "fut", "foi", "a", "est"})


def may_be_ship(context: Context) -> bool:
    """Whether a word stands before the name that all the rules need; a quick test."""
    word = context.previous
    return (
        word in context.cues.articles
        or word in context.cues.ships
        or word in _BEFORE_SHIPS
        or (len(context.before) > 1 and context.before[-2].lower() in context.cues.ships)
    )


def is_named_as_ship(context: Context) -> bool:
    """Whether a word for a ship stands right before the name, which may be a town's elsewhere."""
    words = _words_before(context)
    last = words[-2:-1] if context.title and len(words) > 1 else words[-1:]
    return not context.cues.ships.isdisjoint(last)


def _word_for_ship_before(context: Context) -> bool:
    """As in "the barque Zubi Zar", "la barca inglesa Zubi Zar", "a schooner, the Zubi Zar"."""
    *_, third, second, first = ("", "", "", *_words_before(context))
    ships = context.cues.ships
    if first in ships:
        return True
    if second in ships:
        return first in _NAMED or _may_be_adjective(first, context)
    return third in ships and second == "," and first == "the"


def _may_be_adjective(word: str, context: Context) -> bool:
    """Whether a word may be an adjective after its noun, or is a part of the name: Lady Zubizar.

    Not as in "the barque reached Zubizar".
    """
    cues = context.cues
    if context.title:
        return True
    return cues.heads_come_first and word.isalpha() and word not in cues.function


def _words_before(context: Context) -> list[str]:
    """Return the words before the name in lower case, without marks of emphasis and quotation."""
    return [word.lower() for word in context.before if word not in _MARKS]


def _without_article(words: list[str], context: Context) -> list[str] | None:
    """Return the words before the articles at the end; None if there is none."""
    end = len(words)
    while end and (words[end - 1] in context.cues.articles or words[end - 1] in _CONTRACTIONS):
        end -= 1
    return words[:end] if end < len(words) else None


def _on_board_before(context: Context) -> bool:
    """As in "aboard the Zubi Zar", "on board Zubi Zar", "an Bord der Zubi Zar"."""
    words = _words_before(context)
    words = _without_article(words, context) or words or [""]
    return words[-1] in _ON_BOARD or tuple(words[-2:]) in _BOARDS


def _part_of_ship_before(context: Context) -> bool:
    """As in "mate of the Zubi Zar", "die Mannschaft der Zubi Zar"."""
    words = _without_article(_words_before(context), context) or []
    while words and words[-1] in _PREPOSITIONS:
        words.pop()
    return bool(words) and words[-1] in _OF_A_SHIP


def _verb_of_ships_follows(context: Context) -> bool:
    """As in "the Zubi Zar sailed", "the Zubi Zar was wrecked", "the Zubi Zar put to sea"."""
    if _without_article(_words_before(context), context) is None:
        return False
    after = [word.rstrip(".") for word in context.after if word not in _MARKS]
    is_done_to = after[0] in _AUXILIARIES and not context.cues.done_to_ships.isdisjoint(after[1:4])
    after = after[1:] if after[0] in _AUXILIARIES else after
    phrases = {" ".join(after[:2]), " ".join(after[:3])}
    does = after[0] in context.cues.ship_verbs or not _SHIP_PHRASES.isdisjoint(phrases)
    return is_done_to or does


def _done_to_ship_before(context: Context) -> bool:
    """As in "they launched the Zubi Zar", "she was the Zubi Zar"."""
    words = _without_article(_words_before(context), context)
    if context.word_count < 2 or not words:
        return False
    return words[-1] in _DONE_TO_SHIPS or tuple(words[-2:]) in _SHE_IS


def _voyage_before(context: Context) -> bool:
    """As in "we sailed in the Zubi Zar", "a share in the Zubi Zar"."""
    words = _without_article(_words_before(context), context) or []
    if context.word_count < 2 or not words or words[-1] not in _OF_A_VOYAGE:
        return False
    return len(words) > 1 and words[-2] in _VOYAGES


def _italics_after_article(context: Context) -> bool:
    """As in "the *Zubi Zar*"."""
    before, after = context.before, context.after
    is_emphasized = before[-1] == "*" == after[0] and len(before) > 1
    return is_emphasized and before[-2].lower() in context.cues.articles


_DONE_TO_SHIPS = frozenset(
    """boarded launched lost wrecked sank sighted hailed salvaged towed moored commanded captained
    christened rigged refitted scuttled beached""".split()
)
_VOYAGES = frozenset(
    """sailed sails sailing embarked passage passages berth berths loss wreckage shares share cruise
    freight""".split()
)
_OF_A_VOYAGE = frozenset({"in", "by", "on", "of"})
_SHE_IS = frozenset({("she", "was"), ("she", "is")})
_SHIP_PHRASES = frozenset(
    {
        "put to sea",
        "set sail",
        "dropped anchor",
        "ran aground",
        "went ashore",
        "went aground",
        "came in",
        "put in",
        "put back",
        "weighed anchor",
        "cast off",
        "made port",
        "left port",
        "went to pieces",
        "went down",
        "came ashore",
        "hove to",
        "hove in",
        "lay at anchor",
        "lies at anchor",
        "rode at anchor",
        "under sail",
        "under full sail",
        "driven ashore",
        "driven on shore",
    }
)

SHIP_RULES: tuple[Rule[Context], ...] = (
    Rule("word for a ship before", SHIP, 7.0, _word_for_ship_before),
    Rule("'on board' before", SHIP, 7.0, _on_board_before),
    Rule("part of a ship before (crew, wreck)", SHIP, 6.0, _part_of_ship_before),
    Rule("article before and verb of ships after", SHIP, 5.0, _verb_of_ships_follows),
    Rule("what is done to ships before (launched)", SHIP, 5.0, _done_to_ship_before),
    Rule("voyage in a ship before", SHIP, 5.0, _voyage_before),
    Rule("italics after an article", SHIP, 3.5, _italics_after_article),
)
"""Each speaks against a person as strongly as for a ship."""
