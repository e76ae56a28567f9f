"""The rules about the words around a name, with weights on the scale of the word rules.

Weights are added per kind in the order of the table, so the order within a kind must stay.
"""

from __future__ import annotations

from generator.linking.names.context import PREPOSITIONS, Context, is_attributive
from generator.linking.names.examples import LEAD_INS, example_of
from generator.linking.names.explanations import COPULAS, explained_as
from generator.linking.names.lexicon import Cues
from generator.linking.names.no_names import (
    BEFORE_QUOTED,
    abbreviations_around,
    article_of_title,
    in_quotes,
    number_before,
)
from generator.linking.names.rule_index import ContextRule, index_rules, one_of
from generator.linking.names.rule_type import NONE, ORGANIZATION, PERSON, PLACE
from generator.linking.names.verbs_around import (
    TELL,
    articles_and_of,
    has_members,
    has_verb_of_people,
    is_joined,
    is_place_of_study,
    is_said_by,
    is_stay_or_destination,
    people_do,
    says_of_its_own,
    says_of_self,
    speech_and_and,
)
from generator.linking.names.words_of_letters import (
    AND,
    BE,
    DEAR,
    READ,
    heads_letter,
    is_part_of_work,
    is_published,
    is_relative,
    salutation_before,
)

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


# person


def _role_in_apposition(context: Context) -> bool:
    """As in "The director of the museum, Ana Ruiz, ..."."""
    return any(word.lower() in context.cues.roles for word in context.before[-7:-1])


def _owns_article(context: Context) -> bool:
    """As in "the ZBR"; not "the Fujimori camp"."""
    return not is_attributive(context)


def _article_before_several(context: Context) -> bool:
    """As in "the Mary Celeste"; in other languages, people may have an article."""
    is_long = context.word_count > 1 and context.cues.language == "en"
    return is_long and _owns_article(context)


def _who(context: Context) -> bool:
    """As in "Zubizar who left", "Zubizar, who left"."""
    return context.after[0] != "," or context.after[1] in _WHO


def _age(context: Context) -> bool:
    """As in "Ana Ruiz, 41, left"."""
    _, age, after = context.after[:3]
    return len(age) == 2 and age.isdigit() and after in {",", ")", ".", ";"}


def _year_of_birth(context: Context) -> bool:
    """As in "Zubizar (born 1903)"."""
    return context.after[1] in {"born", "b."}


def _role_follows(context: Context) -> bool:
    """As in "Ana Ruiz, the lawyer who"; not "In Huamanga, prosecutor Honorio Casallo"."""
    after = context.after
    index = next((i for i in (1, 2, 3) if after[i] in context.cues.roles), None)
    return index is not None and not (index < 3 and after[index + 1][:1].isupper())


# organization


def _in_brackets(context: Context) -> bool:
    """As in "Ana Roe (Dalton)", where a party or a club stands; not "(Dalton, 41)"."""
    return len(context.before) > 1


def _agency_in_dateline(context: Context) -> bool:
    """As in "LIMA (Reuters) - "."""
    return context.after[1] in _DASHES


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
    return context.after[1][:1].isupper() or (
        context.after[1] in _OF_LEADERS and context.after[2][:1].isupper()
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
        len(before) > 2
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


def _articles(cues: Cues) -> frozenset[str]:
    return cues.articles


def _speech(cues: Cues) -> frozenset[str]:
    return cues.speech


def _roles(cues: Cues) -> frozenset[str]:
    return cues.roles


_COMMA = one_of({","})
_LEAD_INS = one_of(LEAD_INS)
_APOSTROPHES = one_of({"'", "’"})

CONTEXT_RULES = (
    # person
    ContextRule("title before", PERSON, 4.5, lambda c: bool(c.title), is_strong=True),
    ContextRule("role before", PERSON, 2.0, before=lambda cues: cues.roles, is_strong=True),
    ContextRule("role in apposition", PERSON, 1.2, _role_in_apposition, before=_COMMA),
    ContextRule("article before", PERSON, -2.2, _owns_article, before=_articles),
    ContextRule(
        "article before several words", PERSON, -3.0, _article_before_several, before=_articles
    ),
    ContextRule("'by' before", PERSON, 0.4, before=one_of(_BY)),
    ContextRule("verb of speech before", PERSON, 1.2, is_said_by, before=_speech, is_outside=True),
    ContextRule("verb of speech follows", PERSON, 1.1, after=_speech, is_outside=True),
    ContextRule("'who' follows", PERSON, 2.0, _who, after=one_of(_WHO | {","})),
    ContextRule("age follows", PERSON, 3.0, _age, after=one_of({",", "("}), is_strong=True),
    ContextRule(
        "year of birth follows", PERSON, 2.0, _year_of_birth, after=one_of({"("}), is_strong=True
    ),
    ContextRule("role follows", PERSON, 1.4, _role_follows, after=_COMMA),
    ContextRule(
        "several words after a country's possessive",
        PERSON,
        1.3,
        lambda c: c.after_country and c.word_count > 1,
    ),
    ContextRule(
        "owns what a person has (wife, career)",
        PERSON,
        1.5,
        lambda c: c.owned in _OWNED_BY_PEOPLE,
        after=_APOSTROPHES,
    ),
    ContextRule(
        "explained as a person",
        PERSON,
        3.0,
        lambda c: explained_as(c) == PERSON,
        after=one_of(COPULAS - {","}),  # a comma is left to the other rules about roles
    ),
    ContextRule("verb of people follows", PERSON, 1.4, has_verb_of_people, after=people_do),
    ContextRule("salutation before (dear)", PERSON, 4.0, salutation_before, before=one_of(DEAR)),
    ContextRule("relative follows (and his brother)", PERSON, 2.5, is_relative, after=one_of(AND)),
    ContextRule("verb of reading before", PERSON, -3.5, before=one_of(READ)),
    ContextRule(
        "part of a work before (chapter of)",
        PERSON,
        -3.5,
        is_part_of_work,
        before=one_of(PREPOSITIONS),
    ),
    ContextRule("done to works (was printed)", PERSON, -3.5, is_published, after=one_of(BE)),
    ContextRule("abbreviations follow", PERSON, -6.0, abbreviations_around, after=one_of({"."})),
    ContextRule("its leader follows", PERSON, -2.0, _leader_follows, after=_roles),
    ContextRule(
        "word for an organization right before",
        PERSON,
        -1.5,
        before=lambda cues: cues.organization_words,
    ),
    ContextRule("says of himself or herself (said he)", PERSON, 1.5, says_of_self, after=_speech),
    ContextRule(
        "example of people", PERSON, 2.0, lambda c: example_of(c) == PERSON, before=_LEAD_INS
    ),
    ContextRule("'which' follows", PERSON, -1.5, lambda c: c.after[1] == "which", after=_COMMA),
    # organization
    ContextRule("article before", ORGANIZATION, 0.9, _owns_article, before=_articles),
    ContextRule("object of 'told'", ORGANIZATION, 1.2, before=one_of(TELL)),
    ContextRule(
        "one word after a country's possessive",
        ORGANIZATION,
        1.3,
        lambda c: c.after_country and c.word_count == 1,
    ),
    ContextRule(
        "in brackets",
        ORGANIZATION,
        1.3,
        _in_brackets,
        before=one_of({"("}),
        after=one_of({")"}),
    ),
    ContextRule(
        "agency in a dateline",
        ORGANIZATION,
        3.0,
        _agency_in_dateline,
        before=one_of({"("}),
        after=one_of({")"}),
    ),
    ContextRule("word for an organization beside", ORGANIZATION, 2.4, _organization_word_beside),
    ContextRule(
        "explained as an organization",
        ORGANIZATION,
        3.4,
        lambda c: explained_as(c) == ORGANIZATION,
        after=one_of(COPULAS),
    ),
    ContextRule(
        "position or share in a company",
        ORGANIZATION,
        4.0,
        _position_or_share,
        before=one_of(_AT | PREPOSITIONS),
    ),
    ContextRule("owns what a company has (shares)", ORGANIZATION, 4.0, _owns_as_company),
    ContextRule(
        "verb of companies follows", ORGANIZATION, 1.2, after=lambda cues: cues.company_verbs
    ),
    ContextRule("'-based' before", ORGANIZATION, 1.6, lambda c: c.previous.endswith("-based")),
    ContextRule("leader follows", ORGANIZATION, 1.5, _leader_follows, after=_roles),
    ContextRule("member before", ORGANIZATION, 2.0, has_members, before=articles_and_of),
    ContextRule("joined, or done by companies (published by)", ORGANIZATION, 1.3, is_joined),
    ContextRule(
        "verb of study before (educated at)",
        ORGANIZATION,
        2.0,
        is_place_of_study,
        before=one_of({"at", "from"}),
    ),
    ContextRule(
        "says of its own (said its)", ORGANIZATION, 3.2, says_of_its_own, after=speech_and_and
    ),
    ContextRule(
        "example of organizations",
        ORGANIZATION,
        3.4,
        lambda c: example_of(c) == ORGANIZATION,
        before=_LEAD_INS,
    ),
    ContextRule("verb of sports follows", ORGANIZATION, 2.0, after=lambda cues: cues.sports),
    # place
    ContextRule(
        "preposition of place before", PLACE, 1.3, before=lambda cues: cues.place_prepositions
    ),
    ContextRule("direction word before", PLACE, 0.5, before=lambda cues: cues.ways),
    ContextRule("opens a dateline", PLACE, 3.8, _opens_dateline, before=one_of({""})),
    ContextRule("after another place (in Leeds, Kent)", PLACE, 1.3, _after_place, before=_COMMA),
    ContextRule("heads a letter", PLACE, 5.6, heads_letter, after=_COMMA, is_strong=True),
    ContextRule(
        "country follows",
        PLACE,
        2.2,
        lambda c: c.next_place_size >= 4,
        after=_COMMA,
        is_strong=True,
    ),
    ContextRule(
        "country follows in brackets",
        PLACE,
        2.2,
        lambda c: c.next_place_size >= 4,
        after=one_of({"("}),
    ),
    ContextRule(
        "owns what a state has (government, army)",
        PLACE,
        1.5,
        lambda c: c.owned in _OWNED_BY_STATES,
        after=_APOSTROPHES,
    ),
    ContextRule("body of a state follows", PLACE, 0.8, after=one_of(_STATE_BODIES)),
    ContextRule(
        "stay or destination before (died at)",
        PLACE,
        1.0,
        is_stay_or_destination,
        before=one_of({"at", "from", "for", "to"}),
    ),
    ContextRule(
        "example of places", PLACE, 2.4, lambda c: example_of(c) == PLACE, before=_LEAD_INS
    ),
    ContextRule(
        "explained as a place",
        PLACE,
        3.4,
        lambda c: explained_as(c) == PLACE,
        after=one_of(COPULAS),
    ),
    ContextRule(
        "what a place has before (mayor)",
        PLACE,
        2.0,
        _place_noun_before,
        before=one_of(PREPOSITIONS),
    ),
    ContextRule("word for a place beside", PLACE, 2.4, _place_word_beside),
    # none of these
    ContextRule("number before", NONE, 4.0, number_before),
    ContextRule("in quotes", NONE, 2.6, in_quotes, before=one_of(BEFORE_QUOTED)),
    ContextRule("word for a work before", NONE, 2.6, before=lambda cues: cues.works),
    ContextRule(
        "article of a title before", NONE, 2.6, article_of_title, before=one_of({"a", "an"})
    ),
)

find_context_rules = index_rules(CONTEXT_RULES)
