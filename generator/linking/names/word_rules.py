"""What the words of a name say of its kind: a table of named rules.

The weights were set by hand: about 4 alone decide, 2 speak clearly, 1 leans.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from generator.linking.names.features import Kind, NameFeatures

_INITIAL = re.compile(r"[^\W\d_]\.|(?:[^\W\d_]\.){2,3}|[A-Z]")
_ROMAN = re.compile(r"[IVXLC]+")
_CAMEL = re.compile(r"(?!Mc|Mac|De|La|Le|Di|Van|Al|O['’])\w*[a-z][A-Z]")
_NUMBERED = re.compile(r"\d+(?:st|nd|rd|th|d)?")
_SYLLABLES = re.compile(r"[A-Z][a-z]{1,5}-[a-z]{2,6}").fullmatch
_PRE_NAMES = frozenset({"of", "for", "on", "de", "del", "des", "du", "der", "da", "do", "für"})


class InnerRule(NamedTuple):
    """A rule about the words of a name."""

    name: str
    leaning: Kind
    weight: float
    holds: Callable[[NameFeatures], bool]


def _shaped(name: NameFeatures) -> bool:
    """Two to four words with capitals, particles between, no acronym."""
    return (
        2 <= len(name.parts) <= 4
        and "of" not in name.parts
        and all(
            part in name.cues.particles
            or (
                part[0].isupper()
                and not _capitals(part)
                and part not in name.cues.acronyms_of_places
            )
            for part in name.parts
        )
    )


def _capitals(word: str) -> bool:
    return len(word) > 2 and word.isupper() and "." not in word and not _ROMAN.fullmatch(word)


def _acronym(name: NameFeatures) -> bool:
    bare = name.text.replace(".", "").replace("-", "").replace("&", "")
    return (
        not name.is_multiword
        and 2 <= len(bare) <= 7
        and bare.isupper()
        and bare.isalpha()
        and name.place < 2
        and name.text.rstrip("s") not in name.cues.not_names
        and name.text not in name.cues.acronyms_of_places
    )


def _words_before_of(name: NameFeatures) -> tuple[str, ...]:
    """The words before the first preposition: Central, Bank in "Central Bank of Ghana"."""
    cut = next((index for index, part in enumerate(name.parts) if part in _PRE_NAMES and index), 0)
    return name.parts[:cut]


def _before_of(name: NameFeatures) -> str:
    """The last of them: Gulf in "Gulf of Tonkin"."""
    return next(reversed(_words_before_of(name)), "")


def _headed(name: NameFeatures) -> bool:
    """As in "Bank of Ghana": its head stands before the preposition."""
    return not name.cues.organization_heads.isdisjoint(_words_before_of(name))


def _compound(name: NameFeatures) -> bool:
    """As in "Deutscher Wetterdienst", "Bundesverfassungsgericht" in any case."""
    ends = tuple(name.cues.compound_heads)
    hyphen = name.last.rpartition("-")[2].lower().endswith(ends) and "-" in name.last
    return hyphen or any(
        part.endswith(ends) and (name.is_multiword or part.startswith("Bundes"))
        for part in name.parts
    )


_SHIPS = frozenset({"HMS", "USS", "RMS", "HMAS", "HMCS", "INS", "MV", "USNS"})
_NEWSPAPERS = frozenset({"Daily", "Sunday"})

WORD_RULES = (
    InnerRule("land", "place", 6.0, lambda n: n.place == 5),
    InnerRule("state", "place", 4.5, lambda n: n.place == 4),
    InnerRule("big city", "place", 3.8, lambda n: n.place == 3),
    InnerRule("city", "place", 2.6, lambda n: n.place == 2),
    InnerRule("town", "place", 1.4, lambda n: n.place == 1),
    InnerRule("acronym of a place", "place", 6.0, lambda n: n.text in n.cues.acronyms_of_places),
    InnerRule(
        "place head",
        "place",
        3.6,
        lambda n: (
            n.is_multiword
            and n.last in n.cues.place_heads
            and not (n.cues.heads_come_first and n.given > 0)
        ),
    ),
    InnerRule("building", "place", 3.6, lambda n: n.is_multiword and n.last in n.cues.buildings),
    InnerRule(
        "place head first",
        "place",
        3.4,
        lambda n: n.is_multiword and n.cues.heads_come_first and n.first in n.cues.place_heads,
    ),
    InnerRule(
        "place head before of",
        "place",
        3.4,
        lambda n: (
            _before_of(n) in n.cues.place_heads and _before_of(n) not in n.cues.organization_heads
        ),
    ),
    InnerRule(
        "place beginning",
        "place",
        3.0,
        lambda n: (
            n.is_multiword
            and n.first in n.cues.place_beginnings
            and n.last not in n.cues.organization_heads
        ),
    ),
    InnerRule(
        "direction",
        "place",
        3.0,
        lambda n: len(n.parts) == 2 and n.first in n.cues.directions and n.place_last >= 2,
    ),
    InnerRule(
        "direction of the unknown",
        "place",
        1.8,
        lambda n: (
            len(n.parts) == 2
            and n.first in n.cues.directions
            and n.last not in n.cues.heads
            and n.common < 4.0
        ),
    ),
    InnerRule("organization", "organization", 4.8, lambda n: n.text in n.cues.organizations),
    InnerRule(
        "organization in full",
        "organization",
        2.5,
        lambda n: n.is_multiword and n.text in n.cues.organizations,
    ),
    InnerRule(
        "organization head",
        "organization",
        4.2,
        lambda n: (
            n.is_multiword
            and (n.last in n.cues.organization_heads or n.last in n.cues.teams)
            and n.last not in n.cues.buildings
        ),
    ),
    InnerRule("organization head before of", "organization", 4.2, _headed),
    InnerRule(
        "organization head first",
        "organization",
        4.2,
        lambda n: (
            n.is_multiword
            and n.cues.heads_come_first
            and n.first in n.cues.organization_heads
            and not _headed(n)
        ),
    ),
    InnerRule(
        "organization head inside",
        "organization",
        2.4,
        lambda n: (
            n.is_multiword
            and not _headed(n)
            and any(part in n.cues.organization_heads for part in n.parts[:-1])
        ),
    ),
    InnerRule(
        "organization head alone",
        "organization",
        1.4,
        lambda n: not n.is_multiword and n.text in n.cues.organization_heads,
    ),
    InnerRule(
        "team alone",
        "organization",
        1.4,
        lambda n: n.text in n.cues.teams and n.text.endswith("s"),
    ),
    InnerRule(
        "company form",
        "organization",
        4.0,
        lambda n: n.is_multiword and n.last in n.cues.company_forms,
    ),
    InnerRule(
        "of",
        "organization",
        1.0,
        lambda n: n.is_multiword and n.has(_PRE_NAMES - {"de", "da", "do", "der"}),
    ),
    InnerRule(
        "club",
        "organization",
        4.0,
        lambda n: n.is_multiword and (n.first in n.cues.clubs or n.last in n.cues.club_endings),
    ),
    InnerRule(
        "town and team",
        "organization",
        3.0,
        lambda n: (
            n.is_multiword
            and n.place_first >= 2
            and n.last.endswith("s")
            and n.place == 0
            and n.place_last == 0
            and n.last not in n.cues.heads
        ),
    ),
    InnerRule(
        "place first",
        "organization",
        1.0,
        lambda n: n.is_multiword and n.place_first >= 2 > n.place,
    ),
    InnerRule(
        "land last",
        "organization",
        2.0,
        lambda n: (
            len(n.parts) == 2
            and n.place_last == 5
            and n.place == 0
            and n.first not in n.cues.directions
            and n.given == 0
        ),
    ),
    InnerRule("without", "organization", 3.4, lambda n: "Without" in n.parts[1:]),
    InnerRule(
        "newspaper", "organization", 3.4, lambda n: n.is_multiword and n.first in _NEWSPAPERS
    ),
    InnerRule("compound head", "organization", 4.2, _compound),
    InnerRule("ampersand", "organization", 2.0, lambda n: "&" in n.text),
    InnerRule("acronym", "organization", 2.6, _acronym),
    InnerRule(
        "acronyms",
        "organization",
        1.2,
        lambda n: n.is_multiword and all(_capitals(part) and len(part) < 6 for part in n.parts),
    ),
    InnerRule(
        "acronym inside",
        "organization",
        1.5,
        lambda n: (
            n.is_multiword and any(_capitals(part) for part in n.parts) and not n.text.isupper()
        ),
    ),
    InnerRule(
        "capital inside",
        "organization",
        1.5,
        lambda n: not n.is_multiword and bool(_CAMEL.match(n.text)),
    ),
    InnerRule(
        "given name first",
        "person",
        3.0,
        lambda n: (
            n.is_multiword
            and (n.given == 2 or (n.given == 1 and n.surname > 0))
            and n.first not in n.cues.place_beginnings
        ),
    ),
    InnerRule(
        "rare given name first",
        "person",
        2.4,
        lambda n: (
            n.is_multiword
            and n.given == 1
            and n.surname == 0
            and n.first not in n.cues.place_beginnings
        ),
    ),
    InnerRule("given name alone", "person", 1.8, lambda n: not n.is_multiword and n.given == 2),
    InnerRule(
        "rare given name alone", "person", 0.8, lambda n: not n.is_multiword and n.given == 1
    ),
    InnerRule("surname last", "person", 1.0, lambda n: n.is_multiword and n.surname > 0),
    InnerRule(
        "surname alone",
        "person",
        1.2,
        lambda n: not n.is_multiword and n.surname > 0 and n.common < 3.5,
    ),
    InnerRule(
        "head last",
        "person",
        -2.5,
        lambda n: n.is_multiword and n.last in n.cues.heads and not n.cues.heads_come_first,
    ),
    InnerRule(
        "initial",
        "person",
        1.8,
        lambda n: (
            n.is_multiword
            and any(
                _INITIAL.fullmatch(part) and part not in n.cues.acronyms_of_places
                for part in n.parts[:-1]
            )
        ),
    ),
    InnerRule(
        "surname first",
        "person",
        3.0,
        lambda n: (
            2 <= len(n.parts) <= 4
            and n.first in n.cues.surnames_first
            and n.last not in n.cues.heads
            and _shaped(n)
        ),
    ),
    InnerRule(
        "hyphen in the given name",
        "person",
        2.4,
        lambda n: n.is_multiword and bool(_SYLLABLES(n.last)),
    ),
    InnerRule(
        "suffix",
        "person",
        3.0,
        lambda n: n.is_multiword and n.last in {"Jr.", "Jr", "Sr.", "Sr", "III"},
    ),
    InnerRule(
        "particle inside",
        "person",
        0.8,
        lambda n: any(p in n.cues.particles and p[0].islower() for p in n.parts[1:-1]),
    ),
    InnerRule("shape of a person", "person", 1.0, _shaped),
    InnerRule(
        "no everyday word", "person", 0.6, lambda n: _shaped(n) and n.common < 3.5 and n.place == 0
    ),
    InnerRule("too long for a person", "person", -2.0, lambda n: len(n.parts) > 4),
    InnerRule("everyday word", "person", -1.6, lambda n: n.is_multiword and n.common >= 4.0),
    InnerRule("demonym", "none", 7.0, lambda n: n.cues.demonyms.issuperset(n.text.split("-"))),
    InnerRule(
        "demonym last",
        "none",
        6.0,
        lambda n: (
            n.is_multiword
            and n.last in n.cues.demonyms
            and (n.first in n.cues.directions or n.first in n.cues.demonyms)
        ),
    ),
    InnerRule("other head", "none", 4.0, lambda n: n.last in n.cues.other_heads and not _headed(n)),
    InnerRule("competition", "none", 7.0, lambda n: " ".join(n.parts[-2:]) in n.cues.competitions),
    InnerRule(
        "other head before of",
        "none",
        4.0,
        lambda n: _before_of(n) in n.cues.other_heads and not _headed(n),
    ),
    InnerRule("ship", "none", 6.0, lambda n: n.is_multiword and n.first in _SHIPS),
    InnerRule("not a name", "none", 8.0, lambda n: n.text.rstrip("s") in n.cues.not_names),
)
