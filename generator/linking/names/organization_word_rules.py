"""The rules about the words of the names of organizations, for the table of word rules."""

from __future__ import annotations

import re

from generator.linking.names.features import PREPOSITIONS, NameFeatures, is_in_capitals
from generator.linking.names.rule_type import ORGANIZATION, Rule

_CAMEL = re.compile(r"(?!Mc|Mac|De|La|Le|Di|Van|Al|O['’])\w*[a-z][A-Z]")

_LOUD_FREQUENCY = 5.0
"""Frequency (Zipf scale) from which a word in capitals is an everyday word that is stressed."""

_PREPOSITIONS = PREPOSITIONS - {"de", "da", "do", "der"}  # surnames have these too

_NEWSPAPER_BEGINNINGS = frozenset({"Daily", "Sunday"})
_NEWSPAPERS = frozenset(
    "Mercury Advertiser Examiner Intelligencer Argus Messenger Sentinel Packet".split()
)
"""Words that are the names of newspapers only after a word that is no given name."""


def _organization_word_last(name: NameFeatures) -> bool:
    """As in "Zubizar Orchestra", "Zubizar Hornets"; not "Zubizar Hotel"."""
    return (
        name.is_multiword
        and (name.last in name.cues.organization_heads or name.last in name.cues.teams)
        and name.last not in name.cues.buildings
    )


def _newspaper_last(name: NameFeatures) -> bool:
    """As in "Zubizar Mercury"; not "Anna Mercury"."""
    return name.is_multiword and name.last in _NEWSPAPERS and not name.given_rank


def organization_word_before_of(name: NameFeatures) -> bool:
    """As in "Bank of Ghana"; not "News of the fire"."""
    return not name.cues.organization_heads.isdisjoint({*name.words_before_of} - {"News"})


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


ORGANIZATION_WORD_RULES: tuple[Rule[NameFeatures], ...] = (
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
    Rule("word for a newspaper last", ORGANIZATION, 4.2, _newspaper_last, is_strong=True),
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
        lambda n: n.is_multiword and n.has(_PREPOSITIONS),
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
        lambda n: n.is_multiword and n.first in _NEWSPAPER_BEGINNINGS,
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
)
