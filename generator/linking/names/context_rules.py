"""What the words around a name say of its kind: a table of named rules, weighted as inside."""

from __future__ import annotations

from collections.abc import Callable
from itertools import takewhile
from typing import NamedTuple

from generator.linking.names.features import Kind
from generator.linking.names.lexicon import Cues


class Context(NamedTuple):
    """The words around a name."""

    title: str
    before: tuple[str, ...]
    """The eight tokens before it."""
    after: tuple[str, ...]
    """The nine tokens after it, empty where the text has none."""
    place_after: int
    cues: Cues
    word_count: int = 1
    """How many words the name has."""
    after_country: bool = False
    """Whether it is a land's: Chile's Codelco."""

    @property
    def previous(self) -> str:
        """The word before it, in lower case."""
        return self.before[-1].lower()


class OuterRule(NamedTuple):
    """A rule about the words around a name."""

    name: str
    kind: Kind
    weight: float
    matches: Callable[[Context], bool]


def _attributive(context: Context) -> bool:
    """As in "the Fujimori camp": the article belongs to what follows the name."""
    after = context.after[0]
    return (
        after[:1].isalpha()
        and after.islower()
        and after not in context.cues.speech
        and after not in context.cues.function
        and after not in context.cues.verbs
        and not after.endswith(("ed", "ing"))
    )


def _after_article(context: Context) -> bool:
    return context.previous in context.cues.articles and not _attributive(context)


def _apposition(context: Context) -> bool:
    """As in "The director of the museum, Ana Ruiz, ..."."""
    before = context.before
    return before[-1] == "," and any(word.lower() in context.cues.roles for word in before[-7:-1])


def _role_after(context: Context) -> bool:
    """As in "Ana Ruiz, the lawyer who"; not "In Huamanga, prosecutor Honorio Casallo"."""
    after = context.after
    if after[0] != ",":
        return False
    at = next((n for n in (1, 2, 3) if after[n] in context.cues.roles), None)
    return at is not None and not (at < 3 and after[at + 1][:1].isupper())


def _dateline(context: Context) -> bool:
    """As in "LIMA (Reuters) - "."""
    after = context.after
    return context.before[-1] == "(" and after[0] == ")" and after[1] in {"-", "–", "—", "."}


def _quoted(context: Context) -> bool:
    """As in "The Kill": a work in quotes of its own, or a word that is talked about."""
    inner = context.before[-1]
    if inner not in _OPENING and not (
        inner in {"The", "A", "An"} and _OPENING.intersection(context.before[-2:])
    ):
        return False
    after = context.after
    return after[0] in _CLOSING or (after[0] in {",", "."} and after[1] in _CLOSING)


def _titled(context: Context) -> bool:
    """As in "and A Beautiful Lie sold well": an article with a capital where no sentence begins."""
    before = context.before
    return before[-1] in {"A", "An"} and len(before) > 1 and before[-2][:1].isalpha()


def _in_brackets(context: Context) -> bool:
    """As in "Ana Roe (Dalton)", where a party or a club stands; not "(Dalton, 41)"."""
    return context.before[-1] == "(" and context.after[0] == ")" and len(context.before) > 1


def _opens_dateline(context: Context) -> bool:
    """As in "DETROIT (AP) -- ", "Mérida, 23 may (EFE)"."""
    after = context.after
    if context.before != ("",):
        return False
    agency = after[0] == "(" and after[2] == ")" and after[3] in _DASHES
    return agency or (after[0] == "," and "(" in after[2:5] and ")" in after[4:7])


def _leads(context: Context) -> bool:
    """As in "Hearts coach Samuel Boadu": an office, then a person."""
    return context.after[0] in context.cues.roles and context.after[1][:1].isupper()


def _sort_beside(context: Context) -> bool:
    """As in "the newspaper Hoy", "Fars news agency"."""
    words, before = context.cues.organization_words, context.before
    previous = before[-2].lower() if before[-1] == "The" and len(before) > 1 else context.previous
    return previous in words or (
        context.after[0] in words or f"{context.after[0]} {context.after[1]}" in words
    )


def _explained(context: Context) -> Kind | None:
    """What the words behind it call it: "Dalton, a textile maker", "Dalton is a village in"."""
    after, cues = context.after, context.cues
    if after[0] not in _IS or after[1].lower() not in _ARTICLES:
        return None
    words = [word.rstrip(".") for word in takewhile(_in_a_phrase, after[2:])]
    for word in words if cues.heads_come_first else reversed(words):
        for kind, known in _kinds(cues):
            if word in known:
                return kind
    return None


def _kinds(cues: Cues) -> tuple[tuple[Kind, frozenset[str]], ...]:
    return (
        ("person", cues.roles),
        ("organization", cues.organization_words),
        ("place", cues.place_words),
    )


def _in_a_phrase(word: str) -> bool:
    return word[:1].isalpha() and word not in _ENDS_PHRASE


def _office(context: Context) -> bool:
    """As in "founder of Dalton", "analysts at Dalton", "shares in Dalton"."""
    before = context.before[-2:-1]
    word, cues = (before[0].lower() if before else ""), context.cues
    if context.previous in _AT:
        return word in cues.staff
    return context.previous in _PREPOSITIONS and (word in cues.offices or word in cues.holdings)


def _holding(context: Context) -> bool:
    """As in "Dalton shares fell", "Dalton's subsidiary"."""
    holdings = context.cues.holdings
    owned = _owned(context)
    return context.after[0] in holdings or owned in holdings or owned in context.cues.offices


def _part_of_place(context: Context) -> bool:
    """As in "the mayor of Zubizar", "north of Zubizar"."""
    before = context.before[-2:-1]
    of = context.previous in _PREPOSITIONS and bool(before)
    return of and before[0].lower() in context.cues.place_offices


def _lives(context: Context) -> bool:
    """As in "Zubizar died", "Zubizar was born"."""
    after = context.after
    return after[0] in context.cues.person_verbs or (
        after[0] == "was" and after[1].rstrip(".") in _SUFFERED
    )


def _in_place_words(context: Context) -> bool:
    """As in "the village of Zubizar", "la localidad de Zubizar", "Zubizar province"."""
    before, words = context.before[-2:-1], context.cues.place_words
    of = context.previous in _PREPOSITIONS and bool(before) and before[0].lower() in words
    return of or context.previous in words or context.after[0] in words


def _owned(context: Context) -> str:
    """As in "Peru's president": the word that the name owns, or nothing."""
    return (
        context.after[2].lower()
        if context.after[0] in {"'", "’"} and context.after[1] == "s"
        else ""
    )


_IS = frozenset("""is was are were , es era fue est était ist war é foi""".split())
_ENDS_PHRASE = frozenset(
    """in of for from at by who that which en de del du da do des que qui""".split()
)
_ARTICLES = frozenset({"a", "an", "the", "un", "una", "une", "uma", "ein", "eine"})
_AT = frozenset({"at", "with", "to", "chez", "bei"})
_PREPOSITIONS = frozenset({"of", "in", "for", "de", "del", "du", "da", "do", "von", "d", "en"})
_OF_A_LAND = frozenset(
    """president capital government parliament economy population army military border minister
    prime foreign central ministry currency national largest biggest northern southern eastern
    western police first second civil constitution ruling airport streets people""".split()
)
_OF_A_PERSON = frozenset(
    """wife husband father mother son daughter brother sister death career lawyer lawyers family
    supporters widow office body birthday resignation arrest remarks comments book novel aides
    death successor campaign friends friend""".split()
)
_OF_STATES = frozenset("government officials authorities troops embassy city".split())
_SUFFERED = frozenset(
    "born educated married arrested elected appointed sentenced charged convicted buried".split()
)
_TELLS = frozenset({"told", "tells"})
_DASHES = frozenset({"-", "–", "—", "."})
_RELATIVES = frozenset({"who", "quien"})
_OPENING = frozenset({'"', "“", "«", "‘", "„"})
_CLOSING = frozenset({'"', "”", "»", "’", "“"})

CONTEXT_RULES = (
    OuterRule("title", "person", 4.5, lambda s: bool(s.title)),
    OuterRule("role before", "person", 2.0, lambda s: s.previous in s.cues.roles),
    OuterRule("role in apposition", "person", 1.2, _apposition),
    OuterRule(
        "preposition of places", "place", 1.3, lambda s: s.previous in s.cues.place_prepositions
    ),
    OuterRule("way", "place", 0.5, lambda s: s.previous in s.cues.ways),
    OuterRule("article", "person", -2.2, _after_article),
    OuterRule("article", "organization", 0.9, _after_article),
    OuterRule("by", "person", 0.4, lambda s: s.previous in {"by", "with", "por", "par", "von"}),
    OuterRule(
        "speech before",
        "person",
        1.2,
        lambda s: s.previous in s.cues.speech and s.previous not in _TELLS,
    ),
    OuterRule("told", "organization", 1.2, lambda s: s.previous in _TELLS),
    OuterRule("speech after", "person", 1.1, lambda s: s.after[0] in s.cues.speech),
    OuterRule(
        "who",
        "person",
        2.0,
        lambda s: s.after[0] in _RELATIVES or (s.after[0] == "," and s.after[1] in _RELATIVES),
    ),
    OuterRule(
        "age",
        "person",
        3.0,
        lambda s: (
            s.after[0] in {",", "("}
            and len(s.after[1]) == 2
            and s.after[1].isdigit()
            and s.after[2] in {",", ")", ".", ";"}
        ),
    ),
    OuterRule("born", "person", 2.0, lambda s: s.after[0] == "(" and s.after[1] in {"born", "b."}),
    OuterRule("role after", "person", 1.4, _role_after),
    OuterRule(
        "one word of a land", "organization", 1.3, lambda s: s.after_country and s.word_count == 1
    ),
    OuterRule(
        "more words of a land", "person", 1.3, lambda s: s.after_country and s.word_count > 1
    ),
    OuterRule("in brackets", "organization", 1.3, _in_brackets),
    OuterRule("opens a dateline", "place", 3.8, _opens_dateline),
    OuterRule("agency in a dateline", "organization", 3.0, _dateline),
    OuterRule("land after", "place", 2.2, lambda s: s.after[0] == "," and s.place_after >= 4),
    OuterRule("land in brackets", "place", 2.2, lambda s: s.after[0] == "(" and s.place_after >= 4),
    OuterRule("owner of what states have", "place", 1.5, lambda s: _owned(s) in _OF_A_LAND),
    OuterRule("owner of what people have", "person", 1.5, lambda s: _owned(s) in _OF_A_PERSON),
    OuterRule("state after", "place", 0.8, lambda s: s.after[0] in _OF_STATES),
    OuterRule("word for an organization beside", "organization", 2.4, _sort_beside),
    OuterRule(
        "explained as an organization",
        "organization",
        3.4,
        lambda s: _explained(s) == "organization",
    ),
    OuterRule("explained as a place", "place", 3.4, lambda s: _explained(s) == "place"),
    OuterRule(
        "explained as a person",
        "person",
        3.0,
        lambda s: s.after[0] != "," and _explained(s) == "person",
    ),
    OuterRule("office in a company", "organization", 4.0, _office),
    OuterRule("what a company has", "organization", 4.0, _holding),
    OuterRule("company verb", "organization", 1.2, lambda s: s.after[0] in s.cues.company_verbs),
    OuterRule("based", "organization", 1.6, lambda s: s.previous.endswith("-based")),
    OuterRule("what a place has", "place", 2.0, _part_of_place),
    OuterRule("person verb", "person", 1.4, _lives),
    OuterRule("word for a place beside", "place", 2.4, _in_place_words),
    OuterRule("which", "person", -1.5, lambda s: s.after[0] == "," and s.after[1] == "which"),
    OuterRule("leader after", "organization", 1.5, _leads),
    OuterRule("in sports", "organization", 2.0, lambda s: s.after[0] in s.cues.sports),
    OuterRule(
        "number before",
        "none",
        4.0,
        # a year measures nothing, and "22 Navy admirals" are no 22 navies
        lambda s: (
            s.previous[:1].isdigit()
            and len(s.previous) != 4
            and not _attributive(s)
            and not s.after[0].isdigit()
        ),
    ),
    OuterRule("in quotes", "none", 2.6, _quoted),
    OuterRule("word for a work before", "none", 2.6, lambda s: s.previous in s.cues.works),
    OuterRule("article of a title", "none", 2.6, _titled),
)
