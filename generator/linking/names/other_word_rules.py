"""The rules about the words of names of ships, and of what is no name: a law, a people, a date."""

from __future__ import annotations

import re

from generator.linking.names.features import NameFeatures
from generator.linking.names.rules import NONE, SHIP, Rule

INITIAL = re.compile(r"[^\W\d_]\.|(?:[^\W\d_]\.){2,3}|[A-Z]")


_DOCTRINES = ("ism", "isme", "ismo", "ismus", "isms")


def organization_word_before_of(name: NameFeatures) -> bool:
    """As in "Bank of Ghana"; not "News of the fire"."""
    return not name.cues.organization_heads.isdisjoint({*name.words_before_of} - {"News"})


_NEWSPAPERS = frozenset(
    "Mercury Advertiser Examiner Intelligencer Argus Messenger Sentinel Packet".split()
)
"""Words that are the names of newspapers only after a word that is no given name."""


def newspaper_last(name: NameFeatures) -> bool:
    """As in "Zubizar Mercury"; not "Anna Mercury"."""
    return name.is_multiword and name.last in _NEWSPAPERS and not name.given_rank


def _only_initials_last(name: NameFeatures) -> bool:
    """As in "H. E.", "Zubizar P. T."; not "Zubizar F.C.", "Washington D.C."."""
    cues = name.cues
    return (
        name.is_multiword
        and name.last.endswith(".")
        and INITIAL.fullmatch(name.last) is not None
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


def _ship_prefix(name: NameFeatures) -> bool:
    """As in "HMS Zubizar"."""
    return name.is_multiword and name.first in name.cues.ship_prefixes


def _thing_last(name: NameFeatures) -> bool:
    """As in "Zubizar Cup"."""
    return name.last in name.cues.other_heads and not organization_word_before_of(name)


def _thing_before_of(name: NameFeatures) -> bool:
    """As in "Treaty of Zubizar"."""
    return name.word_before_of in name.cues.other_heads and not organization_word_before_of(name)


OTHER_WORD_RULES: tuple[Rule[NameFeatures], ...] = (
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
