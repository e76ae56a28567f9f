"""The rules about the words of a name.

Weights are added per kind in the order of the table, so the order within a kind must stay.
"""

from __future__ import annotations

import re

from generator.linking.names.features import NameFeatures
from generator.linking.names.organization_word_rules import (
    ORGANIZATION_WORD_RULES,
    organization_word_before_of,
)
from generator.linking.names.rule_type import NONE, PERSON, PLACE, SHIP, Rule

_INITIAL = re.compile(r"[^\W\d_]\.|(?:[^\W\d_]\.){2,3}|[A-Z]")
_SYLLABLES = re.compile(r"[A-Z][a-z]{1,5}-[a-z]{2,6}").fullmatch
_COMPASS = frozenset({"North", "South", "East", "West"})
_COMPASS_INITIALS = frozenset({"N.", "S.", "E.", "W."})
_SUFFIXES = frozenset({"Jr.", "Jr", "Sr.", "Sr", "III"})
_SAINTS = frozenset({"St", "St.", "Saint"})
_CHURCHES = frozenset({"Church", "Chapel"})
_DOCTRINES = ("ism", "isme", "ismo", "ismus", "isms")
_SURNAMES_OF_PLACES = frozenset({"Hill", "Hills", "Lane", "Marsh", "Moor", "Temple", "Woods"})
"""Words for places that are far more often surnames after a given name: Peter Marsh."""


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
    return (
        name.is_multiword
        and name.last in name.cues.heads
        and not name.cues.heads_come_first
        and not _place_word_is_surname(name)
    )


def _place_word_is_surname(name: NameFeatures) -> bool:
    """As in "Susan Hill", "P. Marsh"; not "Albert Bridge", "Primrose Hill"."""
    is_given_name_before = name.last in _SURNAMES_OF_PLACES and _frequent_given_name(name)
    return is_given_name_before or _is_initial_before_surname(name)


def _is_initial_before_surname(name: NameFeatures) -> bool:
    """As in "P. Marsh", "J. Bridge"; not "W. Bridge", where it is the west."""
    return (
        name.is_multiword
        and name.last in name.cues.place_heads
        and name.surname_rank == 2
        and name.first not in _COMPASS_INITIALS
        and all(map(_INITIAL.fullmatch, name.parts[:-1]))
    )


def _initial(name: NameFeatures) -> bool:
    """As in "Z. K. Zubizar"; not "U.S. Steel"."""
    return name.is_multiword and any(
        _INITIAL.fullmatch(part) and part not in name.cues.acronyms_of_places
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


def _place_word_last(name: NameFeatures) -> bool:
    """As in "Upper Dal Valley"; in languages with the head first not after a given name."""
    return (
        name.is_multiword
        and name.last in name.cues.place_heads
        and not (name.cues.heads_come_first and name.given_rank > 0)
        and not _is_initial_before_surname(name)
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


def _church_of_saint(name: NameFeatures) -> bool:
    """As in "St Zubizar's Church"."""
    return name.is_multiword and name.first in _SAINTS and name.last in _CHURCHES


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


def _ship_prefix(name: NameFeatures) -> bool:
    """As in "HMS Zubizar"."""
    return name.is_multiword and name.first in name.cues.ship_prefixes


def _only_initials_last(name: NameFeatures) -> bool:
    """As in "H. E.", "Zubizar P. T."; not "Zubizar F.C.", "Washington D.C."."""
    cues = name.cues
    return (
        name.is_multiword
        and name.last.endswith(".")
        and _INITIAL.fullmatch(name.last) is not None
        and name.last not in cues.acronyms_of_places
        and name.last not in cues.club_endings
        and name.last not in cues.company_forms
        and name.text not in cues.places
    )


def _demonym_last(name: NameFeatures) -> bool:
    """As in "South Korean"."""
    return (
        name.is_multiword
        and name.last in name.cues.demonyms
        and (name.first in name.cues.directions or name.first in name.cues.demonyms)
    )


def _thing_last(name: NameFeatures) -> bool:
    """As in "Zubizar Cup"."""
    return name.last in name.cues.other_heads and not organization_word_before_of(name)


def _thing_before_of(name: NameFeatures) -> bool:
    """As in "Treaty of Zubizar"."""
    return name.word_before_of in name.cues.other_heads and not organization_word_before_of(name)


WORD_RULES: tuple[Rule[NameFeatures], ...] = (
    # person
    Rule("given name first", PERSON, 3.0, _frequent_given_name, is_strong=True, is_outside=True),
    Rule("rare given name first", PERSON, 2.4, _rare_given_name, is_outside=True),
    Rule("given name alone", PERSON, 1.8, lambda n: not n.is_multiword and n.given_rank == 2),
    Rule("rare given name alone", PERSON, 0.8, lambda n: not n.is_multiword and n.given_rank == 1),
    Rule(
        "surname last",
        PERSON,
        1.0,
        lambda n: n.is_multiword and n.surname_rank > 0,
        is_outside=True,
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
    Rule("no everyday word", PERSON, 0.6, _no_everyday_word, is_outside=True),
    Rule("too long for a person", PERSON, -2.0, lambda n: len(n.parts) > 4),
    Rule("everyday word inside", PERSON, -1.6, lambda n: n.is_multiword and n.max_frequency >= 4.0),
    *ORGANIZATION_WORD_RULES,
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
    Rule("church of a saint", PLACE, 6.0, _church_of_saint, is_strong=True),
    Rule("direction before a city", PLACE, 3.0, _direction_and_city, is_strong=True),
    Rule("direction last", PLACE, 3.2, _direction_last),
    Rule("direction before an unknown word", PLACE, 1.8, _direction_and_unknown),
    # ship
    Rule("ship's prefix first", SHIP, 6.0, _ship_prefix),
    # none of these
    Rule("doctrine", NONE, 3.0, lambda n: n.last.endswith(_DOCTRINES) and n.surname_rank == 0),
    Rule("initials last", NONE, 8.0, _only_initials_last),
    Rule("demonym", NONE, 7.0, lambda n: n.cues.demonyms.issuperset(n.text.split("-"))),
    Rule("demonym last", NONE, 6.0, _demonym_last),
    Rule("word for a thing last", NONE, 4.0, _thing_last),
    Rule("competition last", NONE, 7.0, lambda n: " ".join(n.parts[-2:]) in n.cues.competitions),
    Rule("word for a thing before 'of'", NONE, 4.0, _thing_before_of),
    Rule("famous work or its hero", NONE, 5.0, lambda n: n.text in n.cues.famous_works),
    Rule("word that is not a name", NONE, 8.0, lambda n: n.text.rstrip("s") in n.cues.not_names),
)
