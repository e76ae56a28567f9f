"""Shorter forms of a name in one document: a surname, an acronym, a first word, a misspelling."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from generator.linking.names.acronyms import possible_acronyms
from generator.linking.names.features import PREPOSITIONS
from generator.linking.names.rule_type import NONE, ORGANIZATION, PERSON, PLACE, Kind

_SMALL_WORDS = frozenset("de da di do du la le el al of jr sr ii iv st mc".split())
"""Words of two letters that alone are no name; Xi and Li are names."""

_ARTICLES = ("al-", "el-", "ad-", "an-", "ar-", "as-", "at-", "ash-")
"""Arabic articles, which a shorter form may leave out."""

_MIN_PLACE_SCORE = 1.2
"""Points of a place in no list that is not short for an organization: it has "in" before it."""

_NAMED_AFTER_PLACES = frozenset(
    """Society Council Board Committee Library Museum Hospital Infirmary School Institute Gazette
    Mercury Advertiser Chronicle Observer Herald Courier News Echo""".split()
)
"""Last words of organizations of a town, whose name alone is the town and not one of these."""

_MAX_PARTS = 8
"""Words of a full name whose parts are looked up; the work grows with their square."""

_MAX_COMPARED = 12
"""Full names that are compared with each other; the work grows with their square."""


class NameBelief(NamedTuple):
    """What is believed of one name of the document before its short forms are known."""

    text: str
    kind: Kind
    score: float
    is_sure: bool
    titles: frozenset[str] = frozenset()
    place_size: int = 0
    """Size of the place of this name: 5 for a country, 0 for no place."""
    is_everyday: bool = False
    """Whether it is an everyday word, a demonym or a word for a kind of thing."""
    is_explained: bool = False
    """Whether the document says what it is: "Dalton is a town"."""


Beliefs = Mapping[str, NameBelief]
"""The names of a document by their texts."""


class ShortForm(NamedTuple):
    """A shorter name, the full name it stands for, and the rule that says so."""

    text: str
    full_name: str | None
    """None if the name belongs to two of the document."""
    kind: Kind
    weight: float
    rule: str
    is_sure: bool = True
    """Whether the full name itself has strong evidence."""


class ShortFormRule(NamedTuple):
    """A rule that finds short forms among the names of a document."""

    name: str
    find: Callable[[Beliefs, Mapping[str, str]], Iterable[ShortForm]]


def match_short_forms(names: Beliefs, acronyms: Mapping[str, str]) -> dict[str, ShortForm]:
    """Find the short forms among the names of a document; the first rule in the table wins.

    `acronyms` maps acronyms to the long forms that the document gives next to them.
    Linear in the number of names.
    """
    short_forms: dict[str, ShortForm] = {}
    for rule in SHORT_FORM_RULES:
        for short_form in rule.find(names, acronyms):
            short_forms.setdefault(short_form.text, short_form)
    return short_forms


def _defined_acronyms(names: Beliefs, acronyms: Mapping[str, str]) -> Iterator[ShortForm]:
    """Yield acronyms next to their long forms, one of the two in brackets."""
    for acronym, full_name in acronyms.items():
        if acronym in names and full_name in names and names[full_name].kind != PERSON:
            kind = names[full_name].kind
            yield ShortForm(acronym, full_name, kind, 4.0, "acronym beside its long form")


def _parts_of_people(names: Beliefs, _acronyms: Mapping[str, str]) -> Iterator[ShortForm]:
    """Yield parts of people's full names: Kamau for Peter Kamau."""
    owners = _full_names_by_part(names.values())
    for name in names.values():
        candidates = _candidates(name, owners)
        is_clear = name.place_size >= 4 or name.is_explained
        if not candidates or (name.kind != PERSON and is_clear):
            continue
        is_given_name = _is_given_name(name.text, candidates)
        if is_given_name and name.kind == PLACE and name.score >= 3.5:
            continue
        full_name = _choose(name, candidates, names)
        is_sure = full_name is not None and names[full_name].is_sure
        weight = _weight_of_part(name, is_given_name)
        yield ShortForm(name.text, full_name, PERSON, weight, "part of a full name", is_sure)


def _full_names_by_part(names: Iterable[NameBelief]) -> dict[str, list[str]]:
    """Map each folded part of the full names of people to those names."""
    owners: dict[str, list[str]] = defaultdict(list)
    for name in names:
        if name.kind == PERSON and " " in name.text:
            for part in _parts(name.text):
                owners[part].append(name.text)
    return owners


def _parts(full_name: str) -> list[str]:
    """Return all shorter sequences of words of a full name that may stand alone."""
    words = _fold(full_name).split()[:_MAX_PARTS]
    size = len(words)
    parts = [
        " ".join(words[start:end])
        for start in range(size)
        for end in range(start + 1, size + 1)
        if end - start < size
    ]
    return [part for part in dict.fromkeys(parts) if len(part) > 1 and part not in _SMALL_WORDS]


def _candidates(name: NameBelief, owners: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the full names that a name may stand for, the longest forms only.

    Names that end with it are preferred, as surnames do: Luis Arce for "Arce". Then a longer form
    of these counts too: Luis Arce Córdova.
    """
    part = _fold(name.text)
    full_names = [full_name for full_name in owners.get(part, ()) if full_name != name.text]
    if not full_names:
        return []
    ending = [full_name for full_name in full_names if _fold(full_name).endswith(" " + part)]
    longer = [wider for full_name in ending for wider in owners.get(_fold(full_name), ())]
    return _longest([*ending, *longer] or full_names)


def _is_given_name(name: str, full_names: Sequence[str]) -> bool:
    """Whether all the full names begin with the name: Ana for "Ana Ruiz"."""
    return all(_fold(full_name).startswith(_fold(name) + " ") for full_name in full_names)


def _weight_of_part(name: NameBelief, is_given_name: bool) -> float:
    """Return the points for a part of a full name: a surname is clearer than a given name."""
    if is_given_name:
        return 2.4
    return 6.0 if name.place_size > 2 else 8.0


def _choose(name: NameBelief, full_names: Sequence[str], names: Beliefs) -> str | None:
    """Return the only full name, or the only one with the title of the short name, else None."""
    if len({_fold(full_name) for full_name in full_names}) == 1:
        return full_names[0]
    titled = [full_name for full_name in full_names if name.titles & names[full_name].titles]
    return titled[0] if len(titled) == 1 else None


@lru_cache(16_384)  # documents share many names, and each is asked for several times
def _fold(name: str) -> str:
    """Return the words of a name without case, quotation marks and Arabic articles."""
    folded = name.casefold().replace('"', "").replace("“", "").replace("”", "")
    return " ".join(_without_article(word) for word in folded.split())


def _without_article(word: str) -> str:
    return word.partition("-")[2] if word.startswith(_ARTICLES) else word


def _longest(full_names: list[str]) -> list[str]:
    """Leave out full names that are part of another: Luis Arce of Luis Arce Córdova."""
    if len(full_names) > _MAX_COMPARED:
        return full_names
    folded = {full_name: f" {_fold(full_name)} " for full_name in full_names}
    return [
        full_name
        for full_name in full_names
        if not any(
            folded[full_name] != other and folded[full_name] in other for other in folded.values()
        )
    ]


def _initials_of_organizations(names: Beliefs, _acronyms: Mapping[str, str]) -> Iterator[ShortForm]:
    """Yield acronyms of three letters or more that fit a single organization."""
    owners: dict[str, list[str]] = defaultdict(list)
    for name in names.values():
        if name.kind == ORGANIZATION and " " in name.text:
            for acronym in possible_acronyms(name.text):
                owners[acronym].append(name.text)
    for name in names.values():
        is_pronounced = len(name.text) > 4 and name.text.istitle()
        letters = name.text.upper() if is_pronounced else name.text.replace(".", "")
        full_names = set(owners.get(letters, ()))
        if len(full_names) == 1 and name.kind in (ORGANIZATION, NONE):
            (full_name,) = full_names
            yield ShortForm(name.text, full_name, ORGANIZATION, 2.0, "initials of an organization")


def _parts_of_organizations(names: Beliefs, _acronyms: Mapping[str, str]) -> Iterator[ShortForm]:
    """Yield first words and last words of organizations: Norland for Norland Steel AB."""
    owners: dict[str, list[str]] = defaultdict(list)
    for name in names.values():
        words = name.text.split()
        if name.kind == ORGANIZATION and 1 < len(words) <= 6 and "of" not in words:
            first_ends = range(1, len(words)) if words[-1] not in _NAMED_AFTER_PLACES else ()
            for index in first_ends:
                owners[" ".join(words[:index])].append(name.text)
            if words[-2] not in PREPOSITIONS:
                owners[words[-1]].append(name.text)
    for name in names.values():
        full_names = _longest([full for full in owners.get(name.text, ()) if full != name.text])
        if len(full_names) != 1 or not _may_be_part_of_organization(name):
            continue
        full_name = full_names[0]
        is_sure = names[full_name].is_sure
        yield ShortForm(
            name.text, full_name, ORGANIZATION, 2.5, "short for an organization", is_sure
        )


def _may_be_part_of_organization(name: NameBelief) -> bool:
    """Whether a name is no everyday word, place, acronym or likely person."""
    return (
        not name.is_everyday
        and name.place_size < 2
        and (name.kind != PLACE or name.place_size > 0 or name.score < _MIN_PLACE_SCORE)
        and not name.text.isupper()
        and (name.kind != PERSON or name.score < 3.0)
    )


def _misspelled_surnames(names: Beliefs, _acronyms: Mapping[str, str]) -> Iterator[ShortForm]:
    """Yield long surnames that lack one letter of another in the document: Montesino."""
    owners: dict[str, set[str]] = defaultdict(set)
    for name in names.values():
        if name.kind == PERSON and " " in name.text:
            surname = name.text.split()[-1]
            if 8 <= len(surname) <= 20:
                for index in range(1, len(surname)):
                    owners[surname[:index] + surname[index + 1 :]].add(name.text)
    for name in names.values():
        full_names = owners.get(name.text, set())
        if len(full_names) == 1 and name.place_size == 0:
            (full_name,) = full_names
            yield ShortForm(
                name.text, full_name, PERSON, 4.5, "surname of a full name less one letter"
            )


SHORT_FORM_RULES = (
    ShortFormRule("acronym beside its long form", _defined_acronyms),
    ShortFormRule("part of a full name", _parts_of_people),
    ShortFormRule("initials of an organization", _initials_of_organizations),
    ShortFormRule("short for an organization", _parts_of_organizations),
    ShortFormRule("surname of a full name less one letter", _misspelled_surnames),
)
