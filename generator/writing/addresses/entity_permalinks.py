"""Permanent addresses of people, organizations and places, however their names change.

With new documents an entity may get a fuller name, or be merged with another one. The table has
the address under which each name of an entity was published: the page of the entity with this name
is there, or the address redirects to it. The table has one line for each name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.model import Address, EntityKind, EntityRegistry, NameKey, is_kind
from generator.text.formulas import escape_formula, unescape_formula
from generator.writing.addresses import urls
from generator.writing.addresses.csv_table import (
    dump_table,
    load_table,
    parse_address,
    require_columns,
)

_COLUMNS = ["kind", "name", "address", "published"]
_SLUG = "[a-z0-9]+(?:[-_]+[a-z0-9]+)*"
_HUBS = f"{'|'.join(sorted(urls.HUBS.values()))}|{urls.NAMES}/{_SLUG}"
_ADDRESS = re.compile(f"(?:{_HUBS})/{_SLUG}/")


class EntityAddress(NamedTuple):
    """A name of an entity that was published, and its address."""

    kind: EntityKind
    name: str
    address: Address
    published: tuple[Address, ...]
    """Every address that the entity with this name ever had, including `address`."""

    @property
    def key(self) -> NameKey:
        """The name with its kind, as in the entity registry."""
        return self.kind, self.name


def load(text: str, name: str) -> tuple[EntityAddress, ...]:
    """Parse the table; `name` is the file's name in messages.

    Raises SeedbedError, with the line, for a table that is not valid.
    """
    return load_table(text, name, [_COLUMNS], _parse_row, key=lambda entry: entry.key)


def dump(addresses: Iterable[EntityAddress]) -> bytes:
    """Write the table, sorted by kind and name; `load` reads it back unchanged."""
    rows = (
        [kind, escape_formula(name), address, " ".join(published)]
        for kind, name, address, published in sorted(addresses)
    )
    return dump_table(_COLUMNS, rows)


def allocator(
    addresses: Iterable[EntityAddress],
) -> Callable[[Mapping[NameKey, Sequence[str]]], dict[NameKey, Address]]:
    """Return a function that allocates addresses to entities.

    The function takes all entities, by kind and canonical name, with their other names. An entity
    gets the address of one of its names, or a new one that no entity ever had. Where several
    could have one address, the entity whose own name has it gets it.
    """
    known = {entry.key: entry for entry in addresses}
    used = frozenset(
        address for entry in known.values() for address in (entry.address, *entry.published)
    )

    def allocate(wanted: Mapping[NameKey, Sequence[str]]) -> dict[NameKey, Address]:
        allocated: dict[NameKey, Address] = {}
        taken: set[Address] = set()
        for _, key, address in sorted(_claims(wanted, known)):
            if key not in allocated and address not in taken:
                allocated[key] = address
                taken.add(address)
        new = [key for key in wanted if key not in allocated]
        return allocated | urls.entity_addresses(new, used)

    return allocate


def assign(
    addresses: Iterable[EntityAddress], registry: EntityRegistry
) -> tuple[EntityAddress, ...]:
    """Return the table with every name of an entity with a page; other entries stay unchanged."""
    entries = {entry.key: entry for entry in addresses}
    for (kind, name), address in _current_addresses(registry).items():
        old = entries.get((kind, name))
        published = dict.fromkeys((*(old.published if old else ()), address))
        entries[kind, name] = EntityAddress(kind, name, address, tuple(published))
    return tuple(sorted(entries.values()))


def old_addresses(
    addresses: Iterable[EntityAddress], registry: EntityRegistry
) -> dict[Address, Address]:
    """Return the current address for each one that an entity had, or would have uncorrected.

    An address that a current entity has is not redirected, even if another one had it before. A
    name that has another kind now redirects to the entity of that kind.
    """
    current = _current_addresses(registry)
    in_use = frozenset(current.values())
    by_name: dict[str, set[Address]] = defaultdict(set)
    for (_, name), address in current.items():
        by_name[name].add(address)
    redirects: dict[Address, Address] = {}
    for entry in sorted(addresses):
        targets = by_name[entry.name]
        target = current.get(entry.key) or (next(iter(targets)) if len(targets) == 1 else None)
        for address in (entry.address, *entry.published):
            if target is not None:
                redirects.setdefault(address, target)
    uncorrected = urls.entity_addresses(registry.moved)
    for key, target in registry.moved.items():
        redirects.setdefault(uncorrected[key], target)
    return {old: new for old, new in sorted(redirects.items()) if old not in in_use}


def _current_addresses(registry: EntityRegistry) -> dict[NameKey, Address]:
    """Return the address of the page for every name of an entity that has one."""
    addresses: dict[NameKey, Address] = {}
    for (_, name), entity_id in registry.by_name.items():
        entity = registry.entities[entity_id]
        if entity.address:
            addresses[entity.kind, name] = entity.address
    for entity in registry.entities.values():
        if entity.address:
            addresses[entity.kind, entity.name] = entity.address
    return addresses


def _claims(
    wanted: Mapping[NameKey, Sequence[str]], known: Mapping[NameKey, EntityAddress]
) -> Iterator[tuple[int, NameKey, Address]]:
    """Yield the rank of a claim, 0 for the strongest, the entity, and the known address.

    Of the other names of an entity, the first has the strongest claim.
    """
    for (kind, name), others in wanted.items():
        own = known.get((kind, name))
        if own:
            is_plain = own.address == f"{urls.hub_of(kind)}/{urls.slug(name)}/"
            yield (0 if is_plain else 1), own.key, own.address
            for address in own.published:
                yield 2, own.key, address
        for rank, other in enumerate(others, start=3):
            if (kind, other) in known:
                yield rank, (kind, name), known[kind, other].address


def _parse_row(row: Sequence[str]) -> EntityAddress:
    require_columns(row, _COLUMNS)
    kind, name, address, published = row
    if not is_kind(kind) or not name:
        raise ValueError("expected a kind, such as person, organization or place, and a name")
    if kind not in urls.HUBS and not address.startswith(f"{urls.NAMES}/"):
        raise ValueError(f"the address of a name of the kind {kind} begins with {urls.NAMES}/")
    current, *earlier = (_parse_address(text) for text in (address, *published.split()))
    return EntityAddress(kind, unescape_formula(name), current, tuple(earlier))


def _parse_address(text: str) -> Address:
    address = parse_address(text, _ADDRESS, "people/ana-ruiz/")
    if urls.is_numbered_page(address):
        raise ValueError(f'"{text}" is the address of a further page of the list; choose another')
    return address
