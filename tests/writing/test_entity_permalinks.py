"""Permanent addresses of entities, however their names change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import (
    Address,
    Alias,
    Entity,
    EntityId,
    EntityKind,
    EntityRegistry,
    NameKey,
    SeedbedError,
)
from generator.writing.addresses.entity_permalinks import (
    EntityAddress,
    allocator,
    assign,
    dump,
    load,
    old_addresses,
)

Wanted = Mapping[NameKey, Sequence[str]]

_NAMES = st.sampled_from(["Ana Ruiz", "Ána Ruiz", "Ana", "Luis Arce", "Luis Arce Córdova", "=A"])
_KINDS: st.SearchStrategy[EntityKind] = st.sampled_from(["person", "place"])


@st.composite
def corpora(draw: st.DrawFn) -> Wanted:
    """Entities by canonical name; no two of one kind share a name."""
    wanted: dict[NameKey, list[str]] = {}
    for kind in ("person", "place"):
        free = draw(st.lists(_NAMES, unique=True))
        while free:
            size = draw(st.integers(1, len(free)))
            wanted[kind, free[0]], free = free[:size], free[size:]
    return wanted


def published(wanted: Wanted, known: Sequence[EntityAddress]) -> EntityRegistry:
    """Return the registry of these entities, each with a page."""
    addresses = allocator(known)(wanted)
    ids = {key: EntityId(address.strip("/")) for key, address in addresses.items()}
    entities = {
        ids[kind, name]: Entity(
            ids[kind, name],
            kind,
            name,
            addresses[kind, name],
            tuple(Alias(alias, 1) for alias in names),
            1,
            1,
        )
        for (kind, name), names in wanted.items()
    }
    by_name = {
        (kind, alias): ids[kind, name] for (kind, name), names in wanted.items() for alias in names
    }
    return EntityRegistry(entities=entities, by_name=by_name)


@given(st.lists(corpora(), min_size=1, max_size=4))
def test_a_published_address_redirects_to_the_entity_with_its_name(
    later: list[Wanted],
) -> None:
    """Through any history: addresses differ, redirects lead to pages."""
    addresses: tuple[EntityAddress, ...] = ()
    for wanted in later:
        registry = published(wanted, addresses)
        current = [entity.address for entity in registry.entities.values()]
        assert len(set(current)) == len(wanted)
        before, addresses = addresses, assign(addresses, registry)
        moved = old_addresses(addresses, registry)
        assert set(moved.values()) <= set(current)
        assert not set(moved) & set(current)
        for entry in before:
            if entry.key in registry.by_name:
                address = registry.entities[registry.by_name[entry.key]].address
                assert moved.get(entry.address, address) in current
        assert load(dump(addresses).decode(), "names.csv") == addresses
        assert published(wanted, addresses) == registry


def test_a_fuller_name_keeps_the_address() -> None:
    """The page that people cited is the page of the same person."""
    first = assign((), published({("person", "Luis Arce"): ["Luis Arce"]}, ()))
    later = published({("person", "Luis Arce Córdova"): ["Luis Arce Córdova", "Luis Arce"]}, first)
    (entity,) = later.entities.values()
    assert entity.address == "people/luis-arce/"


def test_merged_entities_are_reached_at_both_addresses() -> None:
    """One keeps its page, and the other address redirects there."""
    apart: Wanted = {("person", "Ana"): ["Ana"], ("person", "Ana Ruiz"): ["Ana Ruiz"]}
    first = assign((), published(apart, ()))
    later = published({("person", "Ana Ruiz"): ["Ana Ruiz", "Ana"]}, first)
    assert old_addresses(assign(first, later), later) == {"people/ana/": "people/ana-ruiz/"}


def test_a_name_that_changes_its_kind_is_redirected() -> None:
    """The finder may learn that a place is an organization."""
    first = assign((), published({("place", "Leeds"): ["Leeds"]}, ()))
    later = published({("organization", "Leeds"): ["Leeds"]}, first)
    assert old_addresses(assign(first, later), later) == {"places/leeds/": "organizations/leeds/"}


def test_the_address_of_a_removed_entity_is_not_reassigned() -> None:
    """Another entity with the same slug has a digest in its address."""
    first = assign((), published({("person", "Ana Ruiz"): ["Ana Ruiz"]}, ()))
    other = published({("person", "Ána Ruiz"): ["Ána Ruiz"]}, first)
    assert next(iter(other.entities.values())).address != "people/ana-ruiz/"


@pytest.mark.parametrize(
    "line",
    [
        "person,Ana,people/ana/",
        "animal,Ana,people/ana/,people/ana/",
        "person,,people/ana/,people/ana/",
        "person,Ana,people/../x/,",
        "person,Ana,people/ana/,javascript:x",
        "person,Ana,people/page-2/,people/page-2/",
        "person,Ana,people/ana/,people/page-12/ people/ana/",
        "place,Lima,places/feed.xml/,",
        "place,Lima,places/lima/index.html/,",
    ],
)
def test_a_damaged_table_is_an_error_with_its_line(line: str) -> None:
    """A line is neither guessed nor dropped."""
    with pytest.raises(SeedbedError, match=r"names\.csv:2: "):
        load(f"kind,name,address,published\n{line}\n", "names.csv")


def test_a_name_listed_twice_is_an_error() -> None:
    """Two branches that were merged by hand."""
    entry = EntityAddress("person", "Ana", Address("people/ana/"), (Address("people/ana/"),))
    table = dump([entry]).decode()
    with pytest.raises(SeedbedError, match="twice"):
        load(table + table, "names.csv")
