"""When two names mean one entity: two tables of named rules, each for some kinds of entities.

The rules of the first table return a key: names with the same key mean one entity. Those of the
second say when a short form can stand for a full form: if its key is among the keys of the full
form. If exactly one full form in the corpus has that key, the two mean one entity; if several have
it, the short form is ambiguous and all stay apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import msgspec

from generator.linking.entities.countries import country_code, country_code_of_adjective
from generator.linking.entities.forms import fold_name, initials, is_acronym, without_article
from generator.linking.entities.usage import NameStats
from generator.model import EntityKind


class SameKeyRule(msgspec.Struct, frozen=True):
    """A key that all names of one entity have."""

    name: str
    kinds: frozenset[EntityKind]
    key: Callable[[NameStats], str | None]
    """None if the rule does not apply to a name."""


class ShorterNameRule(msgspec.Struct, frozen=True):
    """A way in which a name can be shorter than a full form of the same kind."""

    name: str
    kinds: frozenset[EntityKind]
    full_keys: Callable[[NameStats], Iterator[str]]
    """The keys of a full form."""
    short_key: Callable[[NameStats], str | None]
    """The key of a short form; None if a name cannot be one."""
    same_document: bool
    """Whether both forms must be in one document at least once."""


_ORGANIZATION: frozenset[EntityKind] = frozenset({"organization"})
_PLACE: frozenset[EntityKind] = frozenset({"place"})
_ANY: frozenset[EntityKind] = frozenset({"person", "organization", "place"})

_COMPANY = frozenset(
    "inc incorporated corp corporation co company ltd limited llc plc gmbh ag sa nv ltda".split()
)
_GENERIC = frozenset(
    # Every country has one: without its country such a name has another meaning in each document.
    "agency administration army assembly authority bank board cabinet chamber commission committee"
    " congress council court defense department embassy force forces government guard house justice"
    " legislature ministry navy office parliament party police senate service state treasury"
    " tribunal university".split()
)


def _spelling(stats: NameStats) -> str:
    return without_article(fold_name(stats.name))


def _without_company_form(stats: NameStats) -> Iterator[str]:
    words = _spelling(stats).split()
    while len(words) > 1 and words[-1] in _COMPANY:
        words.pop()
        yield " ".join(words)


def _is_specific(name: str) -> bool:
    """Whether a name without its country still means one institution: `Congress` does not."""
    words = name.split()
    return len(words) > 2 or (bool(words) and words[-1] not in _GENERIC)


class _Divided(NamedTuple):
    """The name of an institution in two parts."""

    country: str | None
    """The code of its country."""
    rest: str


def _country_before(folded: str) -> _Divided:
    """Split `peruvian congress`, or `united states congress`.

    A country's name of one word does not count: it may be a person's, as in "Jordan Foundation".
    """
    words = folded.split()
    for count in (3, 2):
        code = country_code(" ".join(words[:count])) if len(words) > count else None
        if code:
            return _Divided(code, " ".join(words[count:]))
    code = country_code_of_adjective(words[0]) if len(words) > 1 else None
    return _Divided(code, " ".join(words[1:]))


def _country_after(folded: str) -> _Divided:
    """Split `congress of peru`."""
    rest, of, country = folded.rpartition(" of ")
    return _Divided(country_code(without_article(country)) if of else None, rest)


def _without_country_before(stats: NameStats) -> Iterator[str]:
    code, rest = _country_before(_spelling(stats))
    if code and _is_specific(rest):
        yield rest


def _without_country_after(stats: NameStats) -> Iterator[str]:
    code, rest = _country_after(_spelling(stats))
    if code and _is_specific(rest):
        yield rest


def _institution(stats: NameStats) -> str | None:
    """Return the same key for `Peruvian Congress` and `Congress of Peru`."""
    for split in (_country_before, _country_after):
        code, rest = split(_spelling(stats))
        if code and rest:
            return f"{rest} of {code}"
    return None


def _defined_acronyms(stats: NameStats) -> Iterator[str]:
    """Yield the acronyms of a full form: where a document defines one, it is one of its texts."""
    if not is_acronym(stats.name):
        yield from sorted({fold_name(text) for text in stats.texts if is_acronym(text)})


def _initials(stats: NameStats) -> Iterator[str]:
    words = stats.name.split()
    if len(words) > 2:
        yield initials(stats.name)
        if country_code_of_adjective(fold_name(words[0])):
            yield initials(" ".join(words[1:]))


def _acronym(stats: NameStats) -> str | None:
    return fold_name(stats.name) if is_acronym(stats.name) else None


def _country(stats: NameStats) -> str | None:
    return country_code(fold_name(stats.name)) or country_code(_spelling(stats))


SAME_KEY_RULES: tuple[SameKeyRule, ...] = (
    SameKeyRule("accents, capitals and punctuation", _ANY, _spelling),
    SameKeyRule("country under another name", _PLACE, _country),
    SameKeyRule("country before or after", _ORGANIZATION, _institution),
)

SHORTER_NAME_RULES: tuple[ShorterNameRule, ...] = (
    ShorterNameRule(
        "acronym defined in a document", _ORGANIZATION, _defined_acronyms, _acronym, False
    ),
    ShorterNameRule(
        "company form left out", _ORGANIZATION, _without_company_form, _spelling, False
    ),
    ShorterNameRule(
        "country left out before", _ORGANIZATION, _without_country_before, _spelling, False
    ),
    ShorterNameRule(
        "country left out after", _ORGANIZATION, _without_country_after, _spelling, True
    ),
    ShorterNameRule("acronym of the initials", _ORGANIZATION, _initials, _acronym, True),
)
"""Applied in this order; a short form that was joined to its full form is not looked at again."""
