"""The entities of names that people teach: each has a page from one mention on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.corrections import NAMES_FILE, TaughtName
from generator.corrections.names_csv import make_names_problem
from generator.linking.entities.forms import fold_name
from generator.linking.entities.merge import NameGroup
from generator.model import Entity, EntityId, EntityRegistry, NameKey, Problem

FAMILY = NAMES_FILE
"""What all taught names have in common, so that no rule joins two of them."""

_SHOWN = 5
"""Names that a message lists."""


def teach(group: NameGroup, name: TaughtName) -> None:
    """Make a group the one of a taught name."""
    group.kind = name.kind
    group.is_decided = True
    group.corrected_name = name.name
    group.taught_forms = name.forms
    group.same_as += name.same_as
    group.facts = name.facts
    group.reasons.insert(0, f'{NAMES_FILE}: "{name.name}" is of the kind {name.kind}')


def other_names(
    by_name: Mapping[NameKey, EntityId], entities: Iterable[Entity], names: Sequence[TaughtName]
) -> dict[NameKey, EntityId]:
    """Return the full forms of taught names, for addresses under which rules published them.

    A form that two of them share belongs to none.
    """
    ids = {(entity.kind, entity.name): entity.id for entity in entities}
    owners: dict[NameKey, list[NameKey]] = defaultdict(list)
    for name in names:
        for form in name.forms:
            if " " in form or name.kind != "person":
                owners[name.kind, form].append((name.kind, name.name))
    return {
        form: ids[sharing[0]]
        for form, sharing in sorted(owners.items())
        if len(sharing) == 1 and sharing[0] in ids and form not in by_name
    }


def unmentioned(names: Iterable[TaughtName], registry: EntityRegistry) -> Iterator[Problem]:
    """Yield a problem that lists the taught names which no document mentions.

    A name whose forms are an open question is not among them.
    """
    existing = {(entity.kind, fold_name(entity.name)) for entity in registry.entities.values()}
    existing |= {(kind, fold_name(name)) for kind, name in registry.by_name}
    shared = {fold_name(question.name) for question in registry.open_questions}
    missing = [
        name
        for name in names
        if (name.kind, fold_name(name.name)) not in existing
        and shared.isdisjoint(map(fold_name, name.forms))
    ]
    if missing:
        shown = ", ".join(f'"{name.name}" (line {name.line})' for name in missing[:_SHOWN])
        more = f" and {len(missing) - _SHOWN:,} more" * (len(missing) > _SHOWN)
        count = "1 name is" if len(missing) == 1 else f"{len(missing):,} names are"
        hint = "Compare the spelling with the texts, or add what they say to the column `also`"
        message = f"{count} in no document: {shown}{more}"
        yield make_names_problem(missing[0].line, "W084", message, hint)
