"""When two names mean one entity: two tables of named rules, for any kind and for some.

The first table has keys: names of one key are one. The second asks whether a short form can stand
for a fuller one: it says under which keys a full form may be asked for, and which key a short form
asks with. Where exactly one full form of the corpus answers, the two are one; where two answer,
nobody knows which is meant, and all stay apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.linking.entities.countries import country_code, country_code_of_adjective
from generator.linking.entities.forms import fold_name, initials, is_acronym, without_article
from generator.linking.entities.usage import NameStats
from generator.model import EntityKind


@dataclass(frozen=True, slots=True)
class SameKeyRule:
    """A key that two names of one entity share; whoever has the same key is the same."""

    name: str
    kinds: frozenset[EntityKind]
    key: Callable[[NameStats], str]
    """Empty where the rule says nothing."""


@dataclass(frozen=True, slots=True)
class ShorterNameRule:
    """A way in which a name can be shorter than a fuller one of the same kind."""

    name: str
    kinds: frozenset[EntityKind]
    full_keys: Callable[[NameStats], Iterator[str]]
    """The keys under which a full form can be asked for."""
    short_key: Callable[[NameStats], str]
    """The key with which a short form asks; empty when it cannot be one."""
    same_document: bool
    """Whether both forms must stand in one document at least once."""


_ORGANIZATION: frozenset[EntityKind] = frozenset({"organization"})
_PLACE: frozenset[EntityKind] = frozenset({"place"})
_ANY: frozenset[EntityKind] = frozenset({"person", "organization", "place"})

_COMPANY = frozenset(
    "inc incorporated corp corporation co company ltd limited llc plc gmbh ag sa nv ltda".split()
)
_GENERIC = frozenset(
    # Every country has one: without its country such a name means another in each document.
    "agency administration army assembly authority bank board cabinet chamber commission committee"
    " congress council court defense department embassy force forces government guard house justice"
    " legislature ministry navy office parliament party police senate service state treasury"
    " tribunal university".split()
)


def _spelling(use: NameStats) -> str:
    return without_article(fold_name(use.name))


def _without_company_form(use: NameStats) -> Iterator[str]:
    words = _spelling(use).split()
    while len(words) > 1 and words[-1] in _COMPANY:
        words.pop()
        yield " ".join(words)


def _says_enough(name: str) -> bool:
    """Tell whether a name without its country still means one institution: `Congress` does not."""
    words = name.split()
    return len(words) > 2 or (bool(words) and words[-1] not in _GENERIC)


def _country_before(folded: str) -> tuple[str, str]:
    """Part `peruvian congress`, or `united states congress`, in the country's code and the rest.

    A country's name of one word is none here: it may be a person's, as in "Jordan Foundation".
    """
    words = folded.split()
    for count in (3, 2):
        code = country_code(" ".join(words[:count])) if len(words) > count else ""
        if code:
            return code, " ".join(words[count:])
    code = country_code_of_adjective(words[0]) if len(words) > 1 else ""
    return code, " ".join(words[1:])


def _country_behind(folded: str) -> tuple[str, str]:
    """Part `congress of peru` in the country's code and the rest."""
    rest, of, country = folded.rpartition(" of ")
    return (country_code(without_article(country)) if of else ""), rest


def _without_country_before(use: NameStats) -> Iterator[str]:
    code, rest = _country_before(_spelling(use))
    if code and _says_enough(rest):
        yield rest


def _without_country_behind(use: NameStats) -> Iterator[str]:
    code, rest = _country_behind(_spelling(use))
    if code and _says_enough(rest):
        yield rest


def _institution(use: NameStats) -> str:
    """The same key for `Peruvian Congress` and `Congress of Peru`."""
    for part in (_country_before, _country_behind):
        code, rest = part(_spelling(use))
        if code and rest:
            return f"{rest} of {code}"
    return ""


def _defined_acronyms(use: NameStats) -> Iterator[str]:
    """A document that ties `JNE` to a long form has defined it."""
    if not is_acronym(use.name):
        yield from sorted({fold_name(text) for text in use.texts if is_acronym(text)})


def _initials(use: NameStats) -> Iterator[str]:
    words = use.name.split()
    if len(words) > 2:
        yield initials(use.name)
        if country_code_of_adjective(fold_name(words[0])):
            yield initials(" ".join(words[1:]))


def _acronym(use: NameStats) -> str:
    return fold_name(use.name) if is_acronym(use.name) else ""


def _country(use: NameStats) -> str:
    return country_code(fold_name(use.name)) or country_code(_spelling(use))


SAME_KEY_RULES: tuple[SameKeyRule, ...] = (
    SameKeyRule("accents, capitals and signs", _ANY, _spelling),
    SameKeyRule("country under another name", _PLACE, _country),
    SameKeyRule("country before or behind", _ORGANIZATION, _institution),
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
        "country left out behind", _ORGANIZATION, _without_country_behind, _spelling, True
    ),
    ShorterNameRule("acronym of the initials", _ORGANIZATION, _initials, _acronym, True),
)
"""In this order: a short form that has found its full form asks no more."""
