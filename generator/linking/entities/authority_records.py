"""The entities of the names in names.csv: each has a page from one mention on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.corrections import NAMES_FILE, AuthorityRecord
from generator.corrections.names_csv import make_names_problem
from generator.linking.entities.forms import fold_name
from generator.linking.entities.merge import NameGroup
from generator.model import Entity, EntityId, EntityRegistry, NameKey, Problem

_SHOWN = 5
"""Names that a message lists."""


def apply_record(group: NameGroup, record: AuthorityRecord) -> None:
    """Make a group of names the entity of a record."""
    group.kind = record.kind
    group.is_decided = True
    group.corrected_name = record.name
    group.authority_forms = record.forms
    group.same_as += record.same_as
    group.facts = record.facts
    group.reasons.insert(0, f'{NAMES_FILE}: "{record.name}" is of the kind {record.kind}')


def other_names(
    by_name: Mapping[NameKey, EntityId],
    entities: Iterable[Entity],
    records: Sequence[AuthorityRecord],
) -> dict[NameKey, EntityId]:
    """Return the full forms of authority names, for addresses under which rules published them.

    A form that two of them share belongs to none.
    """
    ids = {(entity.kind, entity.name): entity.id for entity in entities}
    owners: dict[NameKey, list[NameKey]] = defaultdict(list)
    for record in records:
        for form in record.forms:
            if " " in form or record.kind != "person":
                owners[record.kind, form].append((record.kind, record.name))
    return {
        form: ids[sharing[0]]
        for form, sharing in sorted(owners.items())
        if len(sharing) == 1 and sharing[0] in ids and form not in by_name
    }


def unmentioned(records: Iterable[AuthorityRecord], registry: EntityRegistry) -> Iterator[Problem]:
    """Yield a problem that lists the authority names which no document mentions.

    A name whose forms are an open question is not among them.
    """
    existing = {(entity.kind, fold_name(entity.name)) for entity in registry.entities.values()}
    existing |= {(kind, fold_name(name)) for kind, name in registry.by_name}
    shared = {fold_name(question.name) for question in registry.open_questions}
    missing = [
        record
        for record in records
        if (record.kind, fold_name(record.name)) not in existing
        and shared.isdisjoint(map(fold_name, record.forms))
    ]
    if missing:
        shown = ", ".join(f'"{record.name}" (line {record.line})' for record in missing[:_SHOWN])
        more = f" and {len(missing) - _SHOWN:,} more" * (len(missing) > _SHOWN)
        count = "1 name is" if len(missing) == 1 else f"{len(missing):,} names are"
        hint = "Compare the spelling with the texts, or add what they say to the column `also`"
        message = f"{count} in no document: {shown}{more}"
        yield make_names_problem(missing[0].line, "W084", message, hint)
