"""The names of a corpus, in the form of seeds/names.csv: the output of `seedbed names`."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator

import msgspec

from generator.corrections import AuthorityRecord
from generator.corrections.names_csv import COLUMNS
from generator.explain.loaded_corpus import load_corpus
from generator.model import Entity, EntityKind, NameFacts
from generator.pipeline.load_corrections import load_name_corrections
from generator.settings import Settings
from generator.text import fold
from generator.text.formulas import Cell
from generator.writing.data.csv_safe import csv_table

_COUNTS = ("documents", "mentions")
"""Columns after those of the list, for sorting; the list ignores them."""


class FoundName(msgspec.Struct, frozen=True):
    """A name with what the list of names can say about it."""

    name: str
    kind: EntityKind
    also: tuple[str, ...]
    facts: NameFacts
    same_as: tuple[str, ...]
    documents: int = 0
    mentions: int = 0


def found_names(settings: Settings) -> tuple[FoundName, ...]:
    """Return every name that is certain, most mentions first, and those of names.csv.

    An authority name has the forms that people gave; of other people only full forms are given,
    because a bare surname in the list would mean them in every text. Reads the whole corpus.
    """
    listed = load_name_corrections(settings).authority_records
    records = {(record.kind, record.name): record for record in listed}
    entities = load_corpus(settings).corpus.entities.entities.values()
    clear = (entity for entity in entities if entity.is_clear)
    found = [_found(entity, records.get((entity.kind, entity.name))) for entity in clear]
    existing = {(name.kind, name.name) for name in found}
    found += [_unmentioned(name) for key, name in records.items() if key not in existing]
    return tuple(sorted(found, key=lambda name: (-name.mentions, name.kind, name.name)))


def as_csv(names: Iterable[FoundName]) -> bytes:
    """Return the names as a table that a spreadsheet opens and the list of names accepts."""
    table = csv_table((*COLUMNS, *_COUNTS), map(_row, names))
    return codecs.BOM_UTF8 + table


def as_text(names: Iterable[FoundName]) -> str:
    """Return the names as lines for people, most mentions first."""
    return "".join(map(_line, names))


def _line(name: FoundName) -> str:
    others = f" ({', '.join(name.also)})" if name.also else ""
    counts = f"{name.mentions:>6,} × in {name.documents:,}"
    return f"{counts}  {name.kind:<12}  {name.name}{others}\n"


def _found(entity: Entity, record: AuthorityRecord | None) -> FoundName:
    forms = record.forms if record else tuple(_full_forms(entity))
    return FoundName(
        entity.name,
        entity.kind,
        tuple(form for form in forms if form != entity.name),
        entity.facts,
        entity.same_as,
        entity.documents,
        entity.mentions,
    )


def _unmentioned(name: AuthorityRecord) -> FoundName:
    also = tuple(form for form in name.forms if form != name.name)
    return FoundName(name.name, name.kind, also, name.facts, name.same_as)


def _full_forms(entity: Entity) -> Iterator[str]:
    """Yield the other forms of a name, without those that differ in accents and capitals only."""
    seen = {fold(entity.name)}
    for alias in entity.other_names:
        is_full = entity.kind != "person" or " " in alias.text
        is_short = sum(map(str.isalnum, alias.text)) < 2
        if is_full and not is_short and fold(alias.text) not in seen:
            seen.add(fold(alias.text))
            yield " ".join(alias.text.split())


def _row(name: FoundName) -> list[Cell]:
    facts = name.facts
    return [
        name.name,
        name.kind,
        " | ".join(name.also),
        *(facts.born, facts.died, facts.first, facts.last),
        " ".join(name.same_as),
        facts.latitude,
        facts.longitude,
        facts.note,
        name.documents,
        name.mentions,
    ]
