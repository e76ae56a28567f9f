"""The rules about the words around a name, with weights on the scale of the word rules.

Weights are added per kind in the order of the table, so the order within a kind must stay.
"""

from __future__ import annotations

import re
from itertools import takewhile

from generator.linking.names.context import Context
from generator.linking.names.examples import example_of
from generator.linking.names.rule_type import NONE, ORGANIZATION, PERSON, PLACE, Kind, Rule
from generator.linking.names.verbs_around import (
    TELL,
    has_members,
    has_verb_of_people,
    is_joined,
    is_place_of_study,
    is_said_by,
    is_stay_or_destination,
    says_of_its_own,
    says_of_self,
)
from generator.linking.names.words_of_letters import (
    follows_reading,
    heads_letter,
    is_part_of_work,
    is_published,
    is_relative,
    salutation_before,
)

_ABBREVIATION = re.compile(r"[^\W\d_]{1,4}\.")
_COPULAS = frozenset("""is was are were , es era fue est était ist war é foi""".split())
"""What may stand between a name and its explanation; the comma of an apposition too."""
_PHRASE_ENDS = frozenset(
    """in of for from at by who that which en de del du da do des que qui""".split()
)
_ARTICLES = frozenset({"a", "an", "the", "un", "una", "une", "uma", "ein", "eine"})
_AT = frozenset({"at", "with", "to", "chez", "bei"})
_BY = frozenset({"by", "with", "por", "par", "von"})
_OWNED_BY_STATES = frozenset(
    """president capital government parliament economy population army military border minister
    prime foreign central ministry currency national largest biggest northern southern eastern
    western police first second civil constitution ruling airport streets people""".split()
)
_OWNED_BY_PEOPLE = frozenset(
    """wife husband father mother son daughter brother sister death career lawyer lawyers family
    supporters widow office body birthday resignation arrest remarks comments book novel aides
    death successor campaign friends friend""".split()
)
_STATE_BODIES = frozenset("government officials authorities troops embassy city".split())
_OF_LEADERS = frozenset({"executive", "officer", "financial", "operating", "economist"})
"""Second words of offices: chief executive."""
_DASHES = frozenset({"-", "–", "—", "."})
_WHO = frozenset({"who", "quien"})
_OPENING_QUOTES = frozenset({'"', "“", "«", "‘", "„"})
_CLOSING_QUOTES = frozenset({'"', "”", "»", "’", "“"})


def _is_attributive(context: Context) -> bool:
    """As in "the Fujimori camp", where the article belongs to the word after the name."""
    after = context.after[0]
    return (
        after[:1].isalpha()
        and after.islower()
        and after not in context.cues.speech
        and after not in context.cues.function
        and after not in context.cues.verbs
        and not after.endswith(("ed", "ing"))
    )


def _explained_as(context: Context) -> Kind | None:
    """Return the kind of the noun after the name: "Dalton, a textile maker", "Dalton is a town"."""
    after, cues = context.after, context.cues
    if after[0] not in _COPULAS or after[1].lower() not in _ARTICLES:
        return None
    nouns: tuple[tuple[Kind, frozenset[str]], ...] = (
        (PERSON, cues.roles),
        (ORGANIZATION, cues.organization_words),
        (PLACE, cues.place_words),
    )
    phrase = [word.rstrip(".") for word in takewhile(_continues_phrase, after[2:])]
    for word in phrase if cues.heads_come_first else reversed(phrase):
        for kind, words in nouns:
            if word in words:
                return kind
    return None


def _continues_phrase(word: str) -> bool:
    return word[:1].isalpha() and word not in _PHRASE_ENDS


# person


def _role_in_apposition(context: Context) -> bool:
    """As in "The director of the museum, Ana Ruiz, ..."."""
    before = context.before
    return before[-1] == "," and any(word.lower() in context.cues.roles for word in before[-7:-1])


def _after_article(context: Context) -> bool:
    """As in "the ZBR"; not "the Fujimori camp"."""
    return context.previous in context.cues.articles and not _is_attributive(context)


def _article_before_several(context: Context) -> bool:
    """As in "the Mary Celeste"; in other languages, people may have an article."""
    is_long = context.word_count > 1 and context.cues.language == "en"
    return is_long and _after_article(context)


def _who(context: Context) -> bool:
    """As in "Zubizar who left", "Zubizar, who left"."""
    after = context.after
    return after[0] in _WHO or (after[0] == "," and after[1] in _WHO)


def _age(context: Context) -> bool:
    """As in "Ana Ruiz, 41, left"."""
    before, age, after = context.after[:3]
    is_age = len(age) == 2 and age.isdigit()
    return is_age and before in {",", "("} and after in {",", ")", ".", ";"}


def _year_of_birth(context: Context) -> bool:
    """As in "Zubizar (born 1903)"."""
    return context.after[0] == "(" and context.after[1] in {"born", "b."}


def _role_follows(context: Context) -> bool:
    """As in "Ana Ruiz, the lawyer who"; not "In Huamanga, prosecutor Honorio Casallo"."""
    after = context.after
    if after[0] != ",":
        return False
    index = next((i for i in (1, 2, 3) if after[i] in context.cues.roles), None)
    return index is not None and not (index < 3 and after[index + 1][:1].isupper())


def _explained_as_person(context: Context) -> bool:
    """As in "Zubizar was a painter"; a comma alone is left to the other rules about roles."""
    return context.after[0] != "," and _explained_as(context) == PERSON


# organization


def _in_brackets(context: Context) -> bool:
    """As in "Ana Roe (Dalton)", where a party or a club stands; not "(Dalton, 41)"."""
    return context.before[-1] == "(" and context.after[0] == ")" and len(context.before) > 1


def _agency_in_dateline(context: Context) -> bool:
    """As in "LIMA (Reuters) - "."""
    after = context.after
    return context.before[-1] == "(" and after[0] == ")" and after[1] in _DASHES


def _organization_word_beside(context: Context) -> bool:
    """As in "the newspaper Hoy", "Fars news agency"."""
    words, before, after = context.cues.organization_words, context.before, context.after
    has_article = before[-1] == "The" and len(before) > 1
    previous = before[-2].lower() if has_article else context.previous
    return previous in words or after[0] in words or f"{after[0]} {after[1]}" in words


def _position_or_share(context: Context) -> bool:
    """As in "founder of Dalton", "analysts at Dalton", "shares in Dalton"."""
    cues = context.cues
    if context.previous in _AT:
        return len(context.before) > 1 and context.before[-2].lower() in cues.staff
    noun = context.noun_before
    return noun in cues.offices or noun in cues.holdings


def _owns_as_company(context: Context) -> bool:
    """As in "Dalton shares fell", "Dalton's subsidiary"."""
    holdings, owned = context.cues.holdings, context.owned
    return context.after[0] in holdings or owned in holdings or owned in context.cues.offices


def _leader_follows(context: Context) -> bool:
    """As in "Hearts coach Samuel Boadu": an office, then a person."""
    return context.after[0] in context.cues.roles and (
        context.after[1][:1].isupper()
        or (context.after[1] in _OF_LEADERS and context.after[2][:1].isupper())
    )


# place


def _opens_dateline(context: Context) -> bool:
    """As in "DETROIT (AP) -- ", "Mérida, 23 may (EFE)"."""
    after = context.after
    if context.before != ("",):
        return False
    has_agency = after[0] == "(" and after[2] == ")" and after[3] in _DASHES
    return has_agency or (after[0] == "," and "(" in after[2:5] and ")" in after[4:7])


def _after_place(context: Context) -> bool:
    """As in "in Petersfield, Zubizar": a comma after a capitalized word after "in"."""
    before = context.before
    return (
        before[-1] == ","
        and len(before) > 2
        and before[-2][:1].isupper()
        and before[-3].lower() in context.cues.place_prepositions
    )


def _place_noun_before(context: Context) -> bool:
    """As in "the mayor of Zubizar", "north of Zubizar"."""
    return context.noun_before in context.cues.place_offices


def _place_word_beside(context: Context) -> bool:
    """As in "the village of Zubizar", "la localidad de Zubizar", "Zubizar province"."""
    words = context.cues.place_words
    return context.noun_before in words or context.previous in words or context.after[0] in words


# none


def _number_before(context: Context) -> bool:
    """As in "2.26 ZBR", a currency; not "2003 Zubizar", a year, nor "22 Navy admirals"."""
    return (
        context.previous[:1].isdigit()
        and len(context.previous) != 4
        and not _is_attributive(context)
        and not context.after[0].isdigit()
    )


def _in_quotes(context: Context) -> bool:
    """As in "The Kill" in quotes: the title of a work, or a word that is talked about."""
    before, after = context.before, context.after
    is_article = before[-1] in {"The", "A", "An"}
    if before[-1] not in _OPENING_QUOTES and not (
        is_article and _OPENING_QUOTES.intersection(before[-2:])
    ):
        return False
    return after[0] in _CLOSING_QUOTES or (after[0] in {",", "."} and after[1] in _CLOSING_QUOTES)


def _abbreviations_around(context: Context) -> bool:
    """As in "H. Con. Res. 12": the name is cut off before a full stop, and more of them follow."""
    after = context.after
    is_cut = after[0] == "." and context.word_count > 1
    return is_cut and (
        after[1].rstrip(".").isdigit()
        or (_ABBREVIATION.fullmatch(after[1]) is not None and after[1] not in context.cues.titles)
    )


def _article_of_title(context: Context) -> bool:
    """As in "and A Beautiful Lie sold well": a capitalized article inside a sentence."""
    before = context.before
    return before[-1] in {"A", "An"} and len(before) > 1 and before[-2][:1].isalpha()


EXPLANATIONS = frozenset({"explained as a place", "explained as an organization"})
"""Rules by which a name is certainly no part of a person's."""

CONTEXT_RULES: tuple[Rule[Context], ...] = (
    # person
    Rule("title before", PERSON, 4.5, lambda c: bool(c.title), is_strong=True),
    Rule("role before", PERSON, 2.0, lambda c: c.previous in c.cues.roles, is_strong=True),
    Rule("role in apposition", PERSON, 1.2, _role_in_apposition),
    Rule("article before", PERSON, -2.2, _after_article),
    Rule("article before several words", PERSON, -3.0, _article_before_several),
    Rule("'by' before", PERSON, 0.4, lambda c: c.previous in _BY),
    Rule("verb of speech before", PERSON, 1.2, is_said_by, from_list=True),
    Rule(
        "verb of speech follows", PERSON, 1.1, lambda c: c.after[0] in c.cues.speech, from_list=True
    ),
    Rule("'who' follows", PERSON, 2.0, _who),
    Rule("age follows", PERSON, 3.0, _age, is_strong=True),
    Rule("year of birth follows", PERSON, 2.0, _year_of_birth, is_strong=True),
    Rule("role follows", PERSON, 1.4, _role_follows),
    Rule(
        "several words after a country's possessive",
        PERSON,
        1.3,
        lambda c: c.after_country and c.word_count > 1,
    ),
    Rule(
        "owns what a person has (wife, career)",
        PERSON,
        1.5,
        lambda c: c.owned in _OWNED_BY_PEOPLE,
    ),
    Rule("explained as a person", PERSON, 3.0, _explained_as_person),
    Rule("verb of people follows", PERSON, 1.4, has_verb_of_people),
    Rule("salutation before (dear)", PERSON, 4.0, salutation_before),
    Rule("relative follows (and his brother)", PERSON, 2.5, is_relative),
    Rule("verb of reading before", PERSON, -3.5, follows_reading),
    Rule("part of a work before (chapter of)", PERSON, -3.5, is_part_of_work),
    Rule("done to works (was printed)", PERSON, -3.5, is_published),
    Rule("abbreviations follow", PERSON, -6.0, _abbreviations_around),
    Rule("its leader follows", PERSON, -2.0, _leader_follows),
    Rule(
        "word for an organization right before",
        PERSON,
        -1.5,
        lambda c: c.previous in c.cues.organization_words,
    ),
    Rule("says of himself or herself (said he)", PERSON, 1.5, says_of_self),
    Rule("example of people", PERSON, 2.0, lambda c: example_of(c) == PERSON),
    Rule("'which' follows", PERSON, -1.5, lambda c: c.after[0] == "," and c.after[1] == "which"),
    # organization
    Rule("article before", ORGANIZATION, 0.9, _after_article),
    Rule("object of 'told'", ORGANIZATION, 1.2, lambda c: c.previous in TELL),
    Rule(
        "one word after a country's possessive",
        ORGANIZATION,
        1.3,
        lambda c: c.after_country and c.word_count == 1,
    ),
    Rule("in brackets", ORGANIZATION, 1.3, _in_brackets),
    Rule("agency in a dateline", ORGANIZATION, 3.0, _agency_in_dateline),
    Rule("word for an organization beside", ORGANIZATION, 2.4, _organization_word_beside),
    Rule(
        "explained as an organization",
        ORGANIZATION,
        3.4,
        lambda c: _explained_as(c) == ORGANIZATION,
    ),
    Rule("position or share in a company", ORGANIZATION, 4.0, _position_or_share),
    Rule("owns what a company has (shares)", ORGANIZATION, 4.0, _owns_as_company),
    Rule(
        "verb of companies follows", ORGANIZATION, 1.2, lambda c: c.after[0] in c.cues.company_verbs
    ),
    Rule("'-based' before", ORGANIZATION, 1.6, lambda c: c.previous.endswith("-based")),
    Rule("leader follows", ORGANIZATION, 1.5, _leader_follows),
    Rule("member before", ORGANIZATION, 2.0, has_members),
    Rule("joined, or done by companies (published by)", ORGANIZATION, 1.3, is_joined),
    Rule("verb of study before (educated at)", ORGANIZATION, 2.0, is_place_of_study),
    Rule("says of its own (said its)", ORGANIZATION, 3.2, says_of_its_own),
    Rule("example of organizations", ORGANIZATION, 3.4, lambda c: example_of(c) == ORGANIZATION),
    Rule("verb of sports follows", ORGANIZATION, 2.0, lambda c: c.after[0] in c.cues.sports),
    # place
    Rule(
        "preposition of place before", PLACE, 1.3, lambda c: c.previous in c.cues.place_prepositions
    ),
    Rule("direction word before", PLACE, 0.5, lambda c: c.previous in c.cues.ways),
    Rule("opens a dateline", PLACE, 3.8, _opens_dateline),
    Rule("after another place (in Leeds, Kent)", PLACE, 1.3, _after_place),
    Rule("heads a letter", PLACE, 5.6, heads_letter, is_strong=True),
    Rule(
        "country follows",
        PLACE,
        2.2,
        lambda c: c.after[0] == "," and c.next_place_size >= 4,
        is_strong=True,
    ),
    Rule(
        "country follows in brackets",
        PLACE,
        2.2,
        lambda c: c.after[0] == "(" and c.next_place_size >= 4,
    ),
    Rule(
        "owns what a state has (government, army)",
        PLACE,
        1.5,
        lambda c: c.owned in _OWNED_BY_STATES,
    ),
    Rule("body of a state follows", PLACE, 0.8, lambda c: c.after[0] in _STATE_BODIES),
    Rule("stay or destination before (died at)", PLACE, 1.0, is_stay_or_destination),
    Rule("example of places", PLACE, 2.4, lambda c: example_of(c) == PLACE),
    Rule("explained as a place", PLACE, 3.4, lambda c: _explained_as(c) == PLACE),
    Rule("what a place has before (mayor)", PLACE, 2.0, _place_noun_before),
    Rule("word for a place beside", PLACE, 2.4, _place_word_beside),
    # none of these
    Rule("number before", NONE, 4.0, _number_before),
    Rule("in quotes", NONE, 2.6, _in_quotes),
    Rule("word for a work before", NONE, 2.6, lambda c: c.previous in c.cues.works),
    Rule("article of a title before", NONE, 2.6, _article_of_title),
)
