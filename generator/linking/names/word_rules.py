"""The rules about the words of a name.

Weights are added per kind in the order of the table, so the order within a kind must stay.
"""

from __future__ import annotations

import re

from generator.linking.names.features import PREPOSITIONS, NameFeatures, is_in_capitals
from generator.linking.names.other_word_rules import (
    INITIAL,
    OTHER_WORD_RULES,
    newspaper_last,
    organization_word_before_of,
)
from generator.linking.names.rules import ORGANIZATION, PERSON, PLACE, Rule

_CAMEL = re.compile(r"(?!Mc|Mac|De|La|Le|Di|Van|Al|O['’])\w*[a-z][A-Z]")
_SYLLABLES = re.compile(r"[A-Z][a-z]{1,5}-[a-z]{2,6}").fullmatch

_LOUD_FREQUENCY = 5.0
"""Frequency (Zipf scale) from which a word in capitals is an everyday word that is stressed."""

_ORGANIZATION_PREPOSITIONS = PREPOSITIONS - {"de", "da", "do", "der"}  # surnames have these too

_COMPASS = frozenset({"North", "South", "East", "West"})
_NEWSPAPERS = frozenset({"Daily", "Sunday"})
_SUFFIXES = frozenset({"Jr.", "Jr", "Sr.", "Sr", "III"})


def _frequent_given_name(name: NameFeatures) -> bool:
    """As in "Susan Zubizar"; a rare given name needs a surname: "Wanjiku Robinson"."""
    return (
        name.is_multiword
        and (name.given_rank == 2 or (name.given_rank == 1 and name.surname_rank > 0))
        and name.first not in name.cues.place_beginnings
    )


def _rare_given_name(name: NameFeatures) -> bool:
    """As in "Wanjiku Zubizar"."""
    return (
        name.is_multiword
        and name.given_rank == 1
        and name.surname_rank == 0
        and name.first not in name.cues.place_beginnings
    )


def _surname_alone(name: NameFeatures) -> bool:
    """As in "Robinson"; not a surname that is an everyday word."""
    return not name.is_multiword and name.surname_rank > 0 and name.max_frequency < 3.5


def _other_kind_last(name: NameFeatures) -> bool:
    """As in "Susan Zubizar Oblast"."""
    return name.is_multiword and name.last in name.cues.heads and not name.cues.heads_come_first


def _initial(name: NameFeatures) -> bool:
    """As in "Z. K. Zubizar"; not "U.S. Steel"."""
    return name.is_multiword and any(
        INITIAL.fullmatch(part) and part not in name.cues.acronyms_of_places
        for part in name.parts[:-1]
    )


def _surname_first(name: NameFeatures) -> bool:
    """As in "Zhang Zubizar"."""
    return (
        2 <= len(name.parts) <= 4
        and name.first in name.cues.surnames_first
        and name.last not in name.cues.heads
        and name.has_person_shape
    )


def _particle_inside(name: NameFeatures) -> bool:
    """As in "Zubi van Zar"."""
    return any(part in name.cues.particles and part[0].islower() for part in name.parts[1:-1])


def _no_everyday_word(name: NameFeatures) -> bool:
    """As in "Zubi Zar"; not "Smart Freedom"."""
    return name.has_person_shape and name.max_frequency < 3.5 and name.place_size == 0


def _organization_word_last(name: NameFeatures) -> bool:
    """As in "Zubizar Orchestra", "Zubizar Hornets"; not "Zubizar Hotel"."""
    return (
        name.is_multiword
        and (name.last in name.cues.organization_heads or name.last in name.cues.teams)
        and name.last not in name.cues.buildings
    )


def _organization_word_first(name: NameFeatures) -> bool:
    """As in "Sindicato Andino"."""
    return (
        name.is_multiword
        and name.cues.heads_come_first
        and name.first in name.cues.organization_heads
        and not organization_word_before_of(name)
    )


def _organization_word_inside(name: NameFeatures) -> bool:
    """As in "Zubizar Police Bakassi"."""
    return (
        name.is_multiword
        and not organization_word_before_of(name)
        and any(part in name.cues.organization_heads for part in name.parts[:-1])
    )


def _club(name: NameFeatures) -> bool:
    """As in "FC Zubizar", "Zubizar FK"."""
    return name.is_multiword and (
        name.first in name.cues.clubs or name.last in name.cues.club_endings
    )


def _city_and_plural(name: NameFeatures) -> bool:
    """As in "Jacksonville Suns"."""
    return (
        name.is_multiword
        and name.first_place_size >= 2
        and name.last.endswith("s")
        and name.place_size == 0
        and name.last_place_size == 0
        and name.last not in name.cues.heads
    )


def _country_last(name: NameFeatures) -> bool:
    """As in "Longman Nigeria"; not "Northern Nigeria"."""
    return (
        len(name.parts) == 2
        and name.last_place_size == 5
        and name.place_size == 0
        and name.first not in name.cues.directions
        and name.given_rank == 0
    )


def _compound(name: NameFeatures) -> bool:
    """As in "Deutscher Wetterdienst", "Anna-Kramer-Stiftung", "Bundesverkehrsgericht"."""
    ends = tuple(name.cues.compound_heads)
    is_hyphenated = name.last.rpartition("-")[2].lower().endswith(ends) and "-" in name.last
    return is_hyphenated or any(
        part.endswith(ends) and (name.is_multiword or part.startswith("Bundes"))
        for part in name.parts
    )


def _acronym(name: NameFeatures) -> bool:
    """As in "ZBR", "Z.B.R."; not "CEO", not "U.S.", not "HUGE", which is only loud."""
    letters = name.text.replace(".", "").replace("-", "").replace("&", "")
    return (
        not name.is_multiword
        and 2 <= len(letters) <= 7
        and letters.isupper()
        and letters.isalpha()
        and name.place_size < 2
        and (name.max_frequency < _LOUD_FREQUENCY or name.text in name.cues.organizations)
        and name.text.rstrip("s") not in name.cues.not_names
        and name.text not in name.cues.acronyms_of_places
    )


def _only_acronyms(name: NameFeatures) -> bool:
    """As in "ZBR KLT"."""
    return name.is_multiword and all(is_in_capitals(part) and len(part) < 6 for part in name.parts)


def _acronym_inside(name: NameFeatures) -> bool:
    """As in "ZBR Kolkat"; not in a name that is all in capitals."""
    return (
        name.is_multiword
        and any(is_in_capitals(part) for part in name.parts)
        and not name.text.isupper()
    )


def _place_word_last(name: NameFeatures) -> bool:
    """As in "Upper Dal Valley"; in languages with the head first not after a given name."""
    return (
        name.is_multiword
        and name.last in name.cues.place_heads
        and not (name.cues.heads_come_first and name.given_rank > 0)
    )


def _place_word_first(name: NameFeatures) -> bool:
    """As in "Plaza Zubizar"."""
    return name.is_multiword and name.cues.heads_come_first and name.first in name.cues.place_heads


def _place_word_before_of(name: NameFeatures) -> bool:
    """As in "Gulf of Tonkin"."""
    word = name.word_before_of
    return word in name.cues.place_heads and word not in name.cues.organization_heads


def _place_beginning(name: NameFeatures) -> bool:
    """As in "Mount Zubizar"."""
    return (
        name.is_multiword
        and name.first in name.cues.place_beginnings
        and name.last not in name.cues.organization_heads
    )


def _direction_and_city(name: NameFeatures) -> bool:
    """As in "East Jerusalem", "South East Asia"."""
    return (
        name.is_multiword
        and name.cues.directions.issuperset(name.parts[:-1])
        and name.last_place_size >= 2
    )


def _direction_last(name: NameFeatures) -> bool:
    """As in "Zubizar West"; not "Susan West"."""
    return (
        name.is_multiword
        and name.last in _COMPASS
        and name.given_rank == 0
        and name.first not in name.cues.heads
    )


def _direction_and_unknown(name: NameFeatures) -> bool:
    """As in "North Zubizar"."""
    return (
        len(name.parts) == 2
        and name.first in name.cues.directions
        and name.last not in name.cues.heads
        and name.max_frequency < 4.0
    )


WORD_RULES: tuple[Rule[NameFeatures], ...] = (
    # person
    Rule("given name first", PERSON, 3.0, _frequent_given_name, is_strong=True, from_list=True),
    Rule("rare given name first", PERSON, 2.4, _rare_given_name, from_list=True),
    Rule("given name alone", PERSON, 1.8, lambda n: not n.is_multiword and n.given_rank == 2),
    Rule("rare given name alone", PERSON, 0.8, lambda n: not n.is_multiword and n.given_rank == 1),
    Rule(
        "surname last", PERSON, 1.0, lambda n: n.is_multiword and n.surname_rank > 0, from_list=True
    ),
    Rule("surname alone", PERSON, 1.2, _surname_alone),
    Rule("word for something else last", PERSON, -2.5, _other_kind_last),
    Rule("initial", PERSON, 1.8, _initial, is_strong=True),
    Rule("surname first", PERSON, 3.0, _surname_first, is_strong=True),
    Rule(
        "hyphenated given name last",
        PERSON,
        2.4,
        lambda n: n.is_multiword and bool(_SYLLABLES(n.last)),
    ),
    Rule(
        "suffix (Jr., III)",
        PERSON,
        3.0,
        lambda n: n.is_multiword and n.last in _SUFFIXES,
        is_strong=True,
    ),
    Rule("particle inside", PERSON, 0.8, _particle_inside),
    Rule("shape of a person's name", PERSON, 1.0, lambda n: n.has_person_shape),
    Rule("no everyday word", PERSON, 0.6, _no_everyday_word, from_list=True),
    Rule("too long for a person", PERSON, -2.0, lambda n: len(n.parts) > 4),
    Rule("everyday word inside", PERSON, -1.6, lambda n: n.is_multiword and n.max_frequency >= 4.0),
    # organization
    Rule(
        "known organization",
        ORGANIZATION,
        4.8,
        lambda n: n.text in n.cues.organizations,
        is_strong=True,
    ),
    Rule(
        "known organization of several words",
        ORGANIZATION,
        2.5,
        lambda n: n.is_multiword and n.text in n.cues.organizations,
    ),
    Rule(
        "word for an organization last", ORGANIZATION, 4.2, _organization_word_last, is_strong=True
    ),
    Rule("word for a newspaper last", ORGANIZATION, 4.2, newspaper_last, is_strong=True),
    Rule(
        "word for an organization before 'of'",
        ORGANIZATION,
        4.2,
        organization_word_before_of,
        is_strong=True,
    ),
    Rule(
        "word for an organization first",
        ORGANIZATION,
        4.2,
        _organization_word_first,
        is_strong=True,
    ),
    Rule("word for an organization inside", ORGANIZATION, 2.4, _organization_word_inside),
    Rule(
        "word for an organization alone",
        ORGANIZATION,
        1.4,
        lambda n: not n.is_multiword and n.text in n.cues.organization_heads,
    ),
    Rule(
        "word for a team alone",
        ORGANIZATION,
        1.4,
        lambda n: n.text in n.cues.teams and n.text.endswith("s"),
    ),
    Rule(
        "legal form of a company last",
        ORGANIZATION,
        4.0,
        lambda n: n.is_multiword and n.last in n.cues.company_forms,
        is_strong=True,
    ),
    Rule(
        "preposition inside",
        ORGANIZATION,
        1.0,
        lambda n: n.is_multiword and n.has(_ORGANIZATION_PREPOSITIONS),
    ),
    Rule("word for a club first or last", ORGANIZATION, 4.0, _club, is_strong=True),
    Rule("city before a plural", ORGANIZATION, 3.0, _city_and_plural),
    Rule(
        "place first",
        ORGANIZATION,
        1.0,
        lambda n: n.is_multiword and n.first_place_size >= 2 > n.place_size,
    ),
    Rule("country last", ORGANIZATION, 2.0, _country_last),
    Rule("'Without' inside", ORGANIZATION, 3.4, lambda n: "Without" in n.parts[1:]),
    Rule(
        "word for a newspaper first",
        ORGANIZATION,
        3.4,
        lambda n: n.is_multiword and n.first in _NEWSPAPERS,
    ),
    Rule("compound word for an organization", ORGANIZATION, 4.2, _compound),
    Rule("ampersand", ORGANIZATION, 4.0, lambda n: " & " in n.text, is_strong=True),
    Rule("ampersand inside a word", ORGANIZATION, 2.0, lambda n: "&" in n.last),
    Rule("acronym", ORGANIZATION, 2.6, _acronym),
    Rule("only acronyms", ORGANIZATION, 1.2, _only_acronyms),
    Rule("acronym inside", ORGANIZATION, 1.5, _acronym_inside),
    Rule(
        "capital letter inside the word",
        ORGANIZATION,
        1.5,
        lambda n: not n.is_multiword and bool(_CAMEL.match(n.text)),
    ),
    # place
    Rule("country", PLACE, 6.0, lambda n: n.place_size == 5, is_strong=True),
    Rule("state", PLACE, 4.5, lambda n: n.place_size == 4, is_strong=True),
    Rule("big city", PLACE, 3.8, lambda n: n.place_size == 3, is_strong=True),
    Rule("city", PLACE, 2.6, lambda n: n.place_size == 2, is_strong=True),
    Rule("town", PLACE, 1.4, lambda n: n.place_size == 1),
    Rule(
        "acronym of a place",
        PLACE,
        6.0,
        lambda n: n.text in n.cues.acronyms_of_places,
        is_strong=True,
    ),
    Rule("word for a place last", PLACE, 3.6, _place_word_last, is_strong=True),
    Rule(
        "word for a building last",
        PLACE,
        3.6,
        lambda n: n.is_multiword and n.last in n.cues.buildings,
    ),
    Rule("word for a place first", PLACE, 3.4, _place_word_first, is_strong=True),
    Rule("word for a place before 'of'", PLACE, 3.4, _place_word_before_of),
    Rule("beginning of a place's name (Mount)", PLACE, 3.0, _place_beginning),
    Rule("direction before a city", PLACE, 3.0, _direction_and_city, is_strong=True),
    Rule("direction last", PLACE, 3.2, _direction_last),
    Rule("direction before an unknown word", PLACE, 1.8, _direction_and_unknown),
    *OTHER_WORD_RULES,
)
