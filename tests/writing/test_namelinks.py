"""Who has a page keeps its address, whatever it is called later."""

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
from generator.writing.addresses.entities import (
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
    """Entities by canonical name, no name borne by two of one kind."""
    found: dict[NameKey, list[str]] = {}
    for kind in ("person", "place"):
        free = draw(st.lists(_NAMES, unique=True))
        while free:
            size = draw(st.integers(1, len(free)))
            found[kind, free[0]], free = free[:size], free[size:]
    return found


def published(wanted: Wanted, known: Sequence[EntityAddress]) -> EntityRegistry:
    """The register of these entities, each with a page."""
    addresses = allocator(known)(wanted)
    ids = {key: EntityId(address.strip("/")) for key, address in addresses.items()}
    entities = {
        ids[kind, name]: Entity(
            ids[kind, name],
            kind,
            name,
            addresses[kind, name],
            tuple(Alias(one, 1) for one in names),
            1,
            1,
        )
        for (kind, name), names in wanted.items()
    }
    by_name = {
        (kind, one): ids[kind, name] for (kind, name), all_ in wanted.items() for one in all_
    }
    return EntityRegistry(entities=entities, by_name=by_name)


@given(st.lists(corpora(), min_size=1, max_size=4))
def test_an_address_that_was_published_leads_to_whoever_bears_its_names(
    later: list[Wanted],
) -> None:
    """Through any history: addresses differ, redirects lead to pages."""
    addresses: tuple[EntityAddress, ...] = ()
    for wanted in later:
        register = published(wanted, addresses)
        homes = [entity.address for entity in register.entities.values()]
        assert len(set(homes)) == len(wanted)
        before, addresses = addresses, assign(addresses, register)
        moved = old_addresses(addresses, register)
        assert set(moved.values()) <= set(homes)
        assert not set(moved) & set(homes)
        for link in before:
            if link.key in register.by_name:
                home = register.entities[register.by_name[link.key]].address
                assert moved.get(link.address, home) in homes
        assert load(dump(addresses).decode(), "names.csv") == addresses
        assert published(wanted, addresses) == register


def test_a_fuller_name_keeps_the_address() -> None:
    """The page that people cited is the page of the same person."""
    first = assign((), published({("person", "Luis Arce"): ["Luis Arce"]}, ()))
    later = published({("person", "Luis Arce Córdova"): ["Luis Arce Córdova", "Luis Arce"]}, first)
    (entity,) = later.entities.values()
    assert entity.address == "people/luis-arce/"


def test_two_that_become_one_are_found_at_both_addresses() -> None:
    """The one keeps its page, the other leads there."""
    apart: Wanted = {("person", "Ana"): ["Ana"], ("person", "Ana Ruiz"): ["Ana Ruiz"]}
    first = assign((), published(apart, ()))
    later = published({("person", "Ana Ruiz"): ["Ana Ruiz", "Ana"]}, first)
    assert old_addresses(assign(first, later), later) == {"people/ana/": "people/ana-ruiz/"}


def test_a_name_of_another_kind_is_found_from_where_it_was() -> None:
    """The finder may learn that a place is an organization."""
    first = assign((), published({("place", "Leeds"): ["Leeds"]}, ()))
    later = published({("organization", "Leeds"): ["Leeds"]}, first)
    assert old_addresses(assign(first, later), later) == {"places/leeds/": "organizations/leeds/"}


def test_nobody_gets_the_address_of_somebody_who_is_gone() -> None:
    """Another of the same slug has a digest behind."""
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
def test_a_damaged_table_is_told_with_its_line(line: str) -> None:
    """Never guessed, never dropped."""
    with pytest.raises(SeedbedError, match=r"names\.csv:2: "):
        load(f"kind,name,address,published\n{line}\n", "names.csv")


def test_a_name_twice_is_told() -> None:
    """Two branches that were joined by hand."""
    link = EntityAddress("person", "Ana", Address("people/ana/"), (Address("people/ana/"),))
    table = dump([link]).decode()
    with pytest.raises(SeedbedError, match="twice"):
        load(table + table, "names.csv")
