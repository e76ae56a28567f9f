"""Addresses of people, organizations and places that last, however their names change.

With new documents an entity may get a fuller name, or turn out to be one with another. The table
keeps the address under which each of its names was published: whoever bears the name now lives
there, or is found from there. It is a CSV file with one line a name, like that of the documents.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.model import Address, EntityKind, EntityRegistry, NameKey, SeedbedError
from generator.writing.addresses import urls
from generator.writing.data.csv_safe import escape_formula, unescape_formula

_COLUMNS = ["kind", "name", "address", "published"]
_ADDRESS = re.compile(rf"(?:{'|'.join(sorted(urls.HUBS.values()))})/[a-z0-9]+(?:[-_]+[a-z0-9]+)*/")
_LONGEST = 200
"""Characters of an address."""


class EntityAddress(NamedTuple):
    """A name of an entity that was published, and where."""

    kind: EntityKind
    name: str
    address: Address
    published: tuple[Address, ...]
    """Every address that the entity of this name ever had, this one too."""

    @property
    def key(self) -> NameKey:
        """The name with its kind, as the register has it."""
        return self.kind, self.name


def load(text: str, name: str) -> tuple[EntityAddress, ...]:
    """Read the table; `name` is how messages call the file.

    Raises SeedbedError, with the line, for one that cannot be understood: an address that is lost
    is a promise broken to everyone who has cited it.
    """
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    links: dict[NameKey, EntityAddress] = {}
    try:
        for row in rows:
            if row and row != _COLUMNS:
                link = _link(row)
                _require_new(link, links)
                links[link.key] = link
    except (ValueError, csv.Error) as error:
        hint = "Mend the line, or take the file from your last commit"
        raise SeedbedError(f"{name}:{rows.line_num}: {error}", hint) from error
    return tuple(links.values())


def dump(addresses: Iterable[EntityAddress]) -> bytes:
    """Write the table in the order of kinds and names; `load` reads it back to the letter."""
    target = io.StringIO(newline="")
    table = csv.writer(target, lineterminator="\n")
    table.writerow(_COLUMNS)
    for kind, name, address, published in sorted(addresses):
        table.writerow([kind, escape_formula(name), address, " ".join(published)])
    return target.getvalue().encode()


def allocator(
    addresses: Iterable[EntityAddress],
) -> Callable[[Mapping[NameKey, Sequence[str]]], dict[NameKey, Address]]:
    """Give what allocates addresses: the one that a name has, or a new one that nothing ever had.

    It is asked with every entity, by kind and canonical name, and the other names it is known by.
    Where several could have one address, it goes to the one whose very name has it.
    """
    had = {link.key: link for link in addresses}
    ever = frozenset(one for link in had.values() for one in (link.address, *link.published))

    def allocate(wanted: Mapping[NameKey, Sequence[str]]) -> dict[NameKey, Address]:
        given: dict[NameKey, Address] = {}
        taken: set[Address] = set()
        for _, key, address in sorted(_claims(wanted, had)):
            if key not in given and address not in taken:
                given[key] = address
                taken.add(address)
        new = [key for key in wanted if key not in given]
        return given | urls.entity_addresses(new, ever)

    return allocate


def assign(
    addresses: Iterable[EntityAddress], registry: EntityRegistry
) -> tuple[EntityAddress, ...]:
    """Give every name of an entity with a page its line; names that are gone keep theirs."""
    links = {link.key: link for link in addresses}
    for (kind, name), address in _alive(registry).items():
        old = links.get((kind, name))
        published = dict.fromkeys((*(old.published if old else ()), address))
        links[kind, name] = EntityAddress(kind, name, address, tuple(published))
    return tuple(sorted(links.values()))


def old_addresses(
    addresses: Iterable[EntityAddress], registry: EntityRegistry
) -> dict[Address, Address]:
    """Give each address that an entity had, or would have if no person had decided, with its own.

    An address where an entity lives leads nowhere else, whoever had it before. A name that is of
    another kind now is followed there.
    """
    alive = _alive(registry)
    homes = frozenset(alive.values())
    kinds: dict[str, set[Address]] = defaultdict(set)
    for (_, name), address in alive.items():
        kinds[name].add(address)
    moved: dict[Address, Address] = {}
    for link in sorted(addresses):
        elsewhere = kinds[link.name] if len(kinds[link.name]) == 1 else ()
        for target in (alive[link.key],) if link.key in alive else elsewhere:
            moved |= {old: target for old in (link.address, *link.published) if old not in moved}
    undecided = urls.entity_addresses(registry.moved)
    for key, target in registry.moved.items():
        moved.setdefault(undecided[key], target)
    return {old: new for old, new in sorted(moved.items()) if old not in homes}


def _alive(register: EntityRegistry) -> dict[NameKey, Address]:
    """All names of entities with a page, and where the page is."""
    found: dict[NameKey, Address] = {}
    for (_, name), entity_id in register.by_name.items():
        entity = register.entities[entity_id]
        if entity.address:
            found[entity.kind, name] = entity.address
    for entity in register.entities.values():
        if entity.address:
            found[entity.kind, entity.name] = entity.address
    return found


def _claims(
    wanted: Mapping[NameKey, Sequence[str]], had: Mapping[NameKey, EntityAddress]
) -> Iterator[tuple[int, NameKey, Address]]:
    """Who could have which address that is known, and how good the reason is, 0 for the best."""
    for (kind, name), others in wanted.items():
        own = had.get((kind, name))
        if own:
            plain = own.address == f"{urls.HUBS[kind]}/{urls.slug(name)}/"
            yield (0 if plain else 1), own.key, own.address
            for address in own.published:
                yield 2, own.key, address
        for other in others:
            if (kind, other) in had:
                yield 3, (kind, name), had[kind, other].address


def _require_new(link: EntityAddress, links: Mapping[NameKey, EntityAddress]) -> None:
    if link.key in links:
        raise ValueError(f'"{link.name}" stands here twice; keep one of the lines')


def _link(row: Sequence[str]) -> EntityAddress:
    if len(row) != len(_COLUMNS):
        raise ValueError(f"here are {len(row)} values; {len(_COLUMNS)} belong here")
    written, name, address, published = row
    kind = next((one for one in urls.HUBS if one == written), None)
    if kind is None or not name:
        raise ValueError("person, organization or place belongs here, and a name")
    for one in (address, *published.split()):
        if not _ADDRESS.fullmatch(one) or len(one) > _LONGEST:
            raise ValueError(
                f'"{one[:_LONGEST]}" is no address: people/ana-ruiz/ is one, in small letters,'
                " figures and hyphens"
            )
        if urls.is_numbered_page(Address(one)):
            raise ValueError(
                f'"{one}" is the address of a further page of the list; choose another'
            )
    return EntityAddress(
        kind, unescape_formula(name), Address(address), tuple(map(Address, published.split()))
    )
