"""Which of the authority names a form means in one document, as far as that is certain.

A form that two names share stays open, until a date, another form in the document or the kind of
the mention excludes all names but one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import NamedTuple

import msgspec

from generator.corrections import AuthorityRecord
from generator.model import Edtf, EntityKind, Moment, NameFacts, parse_edtf
from generator.text.honorifics import Bearer, find_honorific

EXCLUDED = "no name of names.csv is possible here"
"""The reason where the date of the document or a title excludes all names."""

_GROWN_UP = 15
"""Years of age from which on somebody is called by the title of a grown-up."""

_ABOUT = 10
"""Years by which a date that is not certain may be wrong."""


class Meaning(NamedTuple):
    """The name that a form means, and the evidence in words for users; None if it is open."""

    record: AuthorityRecord | None
    reason: str


class Meanings(msgspec.Struct, frozen=True):
    """The authority names that a document may mean, and what excludes some of them."""

    by_form: Mapping[str, Sequence[AuthorityRecord]]
    """The names with each form, without those that the date of the document excludes."""
    certain: Set[str]
    """The names of which the document has a form that no other name shares."""
    date: Edtf | None = None
    """The date of the document; None if it is unknown."""

    def of(
        self, forms: Iterable[str], kind: EntityKind | None, title: str | None = None
    ) -> Meaning:
        """Return what one of these forms means where rules found a name of a kind, if any.

        A title before it excludes people of another sex or rank.
        """
        possible = {
            key_of(record): record
            for form in forms
            for record in self.by_form.get(form, ())
            if (not title or _may_have(record, title))
            and _is_old_enough(record, title or form.partition(" ")[0], self.date)
        }
        if len(possible) == 1:
            return Meaning(next(iter(possible.values())), "listed in names.csv")
        titled = [record for record in possible.values() if title and _has(record, title)]
        if len(titled) == 1:
            return Meaning(titled[0], f"listed in names.csv; the only {title}")
        certain = [record for key, record in possible.items() if key in self.certain]
        if len(certain) == 1:
            return Meaning(certain[0], "listed in names.csv, and named in full in this document")
        of_kind = [record for record in possible.values() if record.kind == kind]
        if len(of_kind) == 1:
            return Meaning(of_kind[0], f"listed in names.csv; the only {kind} of this name")
        names = ", ".join(sorted(record.name for record in possible.values()))
        return Meaning(None, f"shared in names.csv by {names}" if names else EXCLUDED)


def key_of(record: AuthorityRecord) -> str:
    """Return a text that no other authority name has."""
    return f"{record.kind}\0{record.name}"


def meanings(names: Iterable[AuthorityRecord], forms: Iterable[str], date: str) -> Meanings:
    """Return what forms in a document can mean; `date` of the document is EDTF or empty."""
    edtf = parse_edtf(date) if date else None
    by_form: dict[str, list[AuthorityRecord]] = {}
    for record in names:
        for form in record.forms:
            by_form.setdefault(form, []).append(record)
    present = {form: by_form[form] for form in dict.fromkeys(forms) if form in by_form}
    possible = {
        form: [record for record in sharing if is_possible(record.facts, edtf)]
        for form, sharing in present.items()
    }
    certain = {key_of(sharing[0]) for sharing in possible.values() if len(sharing) == 1}
    return Meanings(possible, certain, edtf)


def is_possible(facts: NameFacts, date: Edtf | None) -> bool:
    """Whether a document of a date can mean somebody: not before the birth, or outside the years.

    A document without a date can mean everybody, and people are remembered after their death.
    """
    if date is None:
        return True
    earliest = max(_first_year(facts.born), _first_year(facts.first))
    return earliest <= _year(date.moments[-1], 1) and _last_year(facts.last) >= _year(
        date.moments[0], -1
    )


def _may_have(record: AuthorityRecord, title: str) -> bool:
    """Whether nothing in a name and its forms speaks against a title."""
    return record.kind != "person" or _bearer(record).may_have(find_honorific(title))


def _is_old_enough(record: AuthorityRecord, title: str, date: Edtf | None) -> bool:
    """Whether somebody was not a child at a date, if a title is that of a grown-up."""
    honorific = find_honorific(title)
    if date is None or not honorific.says_something or honorific.marriage == "unmarried":
        return True
    return _first_year(record.facts.born) + _GROWN_UP <= _year(date.moments[-1], 1)


def _has(record: AuthorityRecord, title: str) -> bool:
    """Whether a form begins with a title, or the brackets after the name have it."""
    return record.kind == "person" and _bearer(record).has(find_honorific(title))


def _bearer(record: AuthorityRecord) -> Bearer:
    beginnings = {form.partition(" ")[0] for form in record.forms if " " in form}
    words = beginnings.union(re.findall(r"\w+", record.name.partition("(")[2]))
    titles = sorted(word for word in words if find_honorific(word).says_something)
    given_names = sorted(beginnings.difference(titles))
    return Bearer.of(max(given_names, key=len, default=""), titles)


def _year(moment: Moment, direction: int) -> int:
    return int(moment.year) + direction * _ABOUT * bool(moment.qualifier)


def _first_year(date: str | None) -> int:
    edtf = parse_edtf(date) if date else None
    return _year(edtf.first, -1) if edtf else 0


def _last_year(date: str | None) -> int:
    edtf = parse_edtf(date) if date else None
    return _year(edtf.first, 1) if edtf else 9_999
