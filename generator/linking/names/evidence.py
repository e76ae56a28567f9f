"""What speaks for a person, an organization, a place, or none of these: a table of named rules."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal, NamedTuple

from generator.linking.names.lists import Cues, Lexicon

Leaning = Literal["person", "organization", "place", "none"]

_INITIAL = re.compile(r"[^\W\d_]\.?|(?:[^\W\d_]\.){2}")


class Name(NamedTuple):
    """A possible name: its words, and where it stands in the lists."""

    text: str
    parts: tuple[str, ...]
    place: int
    given: int
    surname: int
    common: float
    cues: Cues

    @property
    def first(self) -> str:
        """The first word."""
        return self.parts[0]

    @property
    def last(self) -> str:
        """The last word."""
        return self.parts[-1]

    @property
    def long(self) -> bool:
        """Whether it has more than one word."""
        return len(self.parts) > 1


class Setting(NamedTuple):
    """The words around a name."""

    title: str
    before: tuple[str, str]
    after: tuple[str, str, str]
    place_after: int
    cues: Cues


class InnerRule(NamedTuple):
    """A rule about the words of a name."""

    name: str
    leaning: Leaning
    weight: float
    holds: Callable[[Name], bool]


class OuterRule(NamedTuple):
    """A rule about the words around a name."""

    name: str
    leaning: Leaning
    weight: float
    holds: Callable[[Setting], bool]


def describe(text: str, lexicon: Lexicon, cues: Cues) -> Name:
    """Look a possible name up in the lists."""
    parts = tuple(text.split())
    everyday = lexicon.everyday.get(cues.language, {})
    return Name(
        text,
        parts,
        lexicon.places.get(text, 0),
        lexicon.given.get(parts[0], 0),
        lexicon.surnames.get(parts[-1], 0),
        max((everyday.get(part.lower(), 0.0) for part in parts), default=0.0),
        cues,
    )


def _plain_shape(name: Name) -> bool:
    return 2 <= len(name.parts) <= 4 and all(
        part in name.cues.particles or (part[0].isupper() and not part.isupper())
        for part in name.parts
    )


def _acronym(name: Name) -> bool:
    bare = name.text.replace(".", "")
    return (
        not name.long
        and 2 <= len(bare) <= 7
        and bare.isupper()
        and name.text not in name.cues.not_names
        and name.text not in name.cues.acronyms_of_places
    )


INNER = (
    InnerRule("land", "place", 6.0, lambda n: n.place == 5),
    InnerRule("state", "place", 4.5, lambda n: n.place == 4),
    InnerRule("big city", "place", 3.5, lambda n: n.place == 3),
    InnerRule("city", "place", 2.6, lambda n: n.place == 2),
    InnerRule("town", "place", 1.4, lambda n: n.place == 1),
    InnerRule("acronym of a place", "place", 6.0, lambda n: n.text in n.cues.acronyms_of_places),
    InnerRule("place head", "place", 3.6, lambda n: n.long and n.last in n.cues.place_heads),
    InnerRule(
        "place beginning", "place", 2.0, lambda n: n.long and n.first in n.cues.place_beginnings
    ),
    InnerRule("organization", "organization", 4.5, lambda n: n.text in n.cues.organizations),
    InnerRule(
        "organization head",
        "organization",
        4.2,
        lambda n: n.long and n.last in n.cues.organization_heads,
    ),
    InnerRule(
        "organization head inside",
        "organization",
        3.0,
        lambda n: n.long and any(p in n.cues.organization_heads for p in n.parts[:-1]),
    ),
    InnerRule(
        "company form", "organization", 4.0, lambda n: n.long and n.last in n.cues.company_forms
    ),
    InnerRule(
        "of", "organization", 1.2, lambda n: any(p in ("of", "for", "del", "de") for p in n.parts)
    ),
    InnerRule("ampersand", "organization", 2.0, lambda n: "&" in n.text),
    InnerRule("acronym", "organization", 2.4, _acronym),
    InnerRule("given name first", "person", 3.0, lambda n: n.long and n.given > 0 and n.place < 3),
    InnerRule("given name alone", "person", 1.4, lambda n: not n.long and n.given > 0),
    InnerRule("surname last", "person", 1.0, lambda n: n.long and n.surname > 0),
    InnerRule("surname alone", "person", 0.8, lambda n: not n.long and n.surname > 0),
    InnerRule(
        "initial",
        "person",
        1.8,
        lambda n: any(_INITIAL.fullmatch(part) for part in n.parts[:-1]),
    ),
    InnerRule("suffix", "person", 3.0, lambda n: n.last in {"Jr.", "Jr", "Sr.", "Sr", "III"}),
    InnerRule(
        "shape of a person", "person", 1.0, lambda n: _plain_shape(n) and "of" not in n.parts
    ),
    InnerRule("too long for a person", "person", -2.0, lambda n: len(n.parts) > 4),
    InnerRule("everyday word", "person", -1.6, lambda n: n.long and n.common >= 4.5),
    InnerRule("demonym", "none", 7.0, lambda n: n.text in n.cues.demonyms),
    InnerRule("other head", "none", 4.0, lambda n: n.last in n.cues.other_heads),
    InnerRule("not a name", "none", 8.0, lambda n: n.text in n.cues.not_names),
    InnerRule("date", "none", 9.0, lambda n: n.text in n.cues.days or n.text in n.cues.months),
)

OUTER = (
    OuterRule("title", "person", 4.5, lambda s: bool(s.title)),
    OuterRule("role before", "person", 1.8, lambda s: s.before[1].lower() in s.cues.roles),
    OuterRule("in", "place", 1.3, lambda s: s.before[1].lower() in {"in", "near", "across"}),
    OuterRule("to", "place", 0.5, lambda s: s.before[1].lower() in {"to", "from", "at", "into"}),
    OuterRule("the", "person", -2.2, lambda s: s.before[1].lower() == "the"),
    OuterRule("the", "organization", 0.9, lambda s: s.before[1].lower() == "the"),
    OuterRule("speech after", "person", 1.1, lambda s: s.after[0] in s.cues.speech),
    OuterRule("who", "person", 2.0, lambda s: s.after[0] == "who"),
    OuterRule(
        "age",
        "person",
        3.0,
        lambda s: s.after[0] == "," and len(s.after[1]) == 2 and s.after[1].isdigit(),
    ),
    OuterRule("comma who", "person", 2.0, lambda s: s.after[0] == "," and s.after[1] == "who"),
    OuterRule(
        "role after",
        "person",
        1.4,
        lambda s: s.after[0] == "," and (s.after[1] in s.cues.roles or s.after[2] in s.cues.roles),
    ),
    OuterRule("land after", "place", 2.2, lambda s: s.after[0] == "," and s.place_after >= 4),
)
