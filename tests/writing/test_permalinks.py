"""Addresses that last."""

from __future__ import annotations

import hashlib
import random
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Address, DocumentAddress, SeedbedError, SeedPath
from generator.writing.addresses.documents import AddressRequest, assign, dump, load, old_addresses


def wish(seed: str, title: str, text: str = "") -> AddressRequest:
    """A seed that would like the address of its title."""
    digest = hashlib.sha256((text or seed).encode()).hexdigest()
    return AddressRequest(SeedPath(seed), digest, Address(f"documents/2021/{title}/"))


def home(links: tuple[DocumentAddress, ...], seed: str) -> str:
    """The last part of a seed's address."""
    return next(link.address for link in links if link.seed == seed).split("/")[2]


names = st.sampled_from(["a.txt", "b.txt", "c/d.txt", "=e.txt", "f\ng.txt", 'h",.txt', "%41", "\r"])
titles = st.sampled_from(["one", "two", "three"])
texts = st.sampled_from(["x", "y", "z"])
corpora = st.dictionaries(names, st.tuples(titles, texts), max_size=6).map(
    lambda seeds: [wish(name, title, text) for name, (title, text) in seeds.items()]
)


@given(st.lists(corpora, min_size=1, max_size=5), st.randoms())
def test_no_address_is_ever_lost_or_given_to_another(
    history: list[list[AddressRequest]], chance: random.Random
) -> None:
    """Whatever comes, goes and changes: each seed keeps its address, and all differ."""
    links: tuple[DocumentAddress, ...] = ()
    for corpus in history:
        before = links
        links = assign(before, corpus)
        shuffled = chance.sample(corpus, len(corpus))
        assert assign(tuple(chance.sample(before, len(before))), shuffled) == links
        assert {one.seed for one in corpus} <= {link.seed for link in links}
        assert len({link.address for link in links}) == len(links)
        assert {link.address for link in before} <= {link.address for link in links}
        kept = {link.seed: link.address for link in before}
        assert all(kept.get(link.seed, link.address) == link.address for link in links)
        assert load(dump(links).decode(), "") == links
        assert assign(links, corpus) == links


def test_a_corrected_title_keeps_the_address() -> None:
    """People have cited it."""
    links = assign((), [wish("a.txt", "bridge-repoens")])
    assert assign(links, [wish("a.txt", "bridge-reopens")]) == links


def test_the_day_of_a_change_is_kept_until_the_next() -> None:
    """A first build knows none, and a build without a change tells none."""
    first = assign((), [wish("a.txt", "bridge", "x")], "2026-01-01")
    again = assign(first, [wish("a.txt", "bridge", "x")], "2026-01-02")
    edited = assign(again, [wish("a.txt", "bridge", "y")], "2026-01-03")
    later = assign(load(dump(edited).decode(), ""), [wish("a.txt", "bridge", "y")], "2026-01-04")
    assert [address.changed for (address,) in (first, again, edited, later)] == [
        "",
        "",
        "2026-01-03",
        "2026-01-03",
    ]


def test_a_table_of_an_earlier_version_is_read() -> None:
    """It has no days."""
    for columns in (4, 5):
        old = "\n".join(",".join(line.split(",")[:columns]) for line in GOOD.splitlines())
        assert load(old, "") == load(GOOD, "")


def test_a_renamed_file_keeps_the_address() -> None:
    """It is known by its bytes; an edit in the same step makes it another document."""
    links = assign((), [wish("a.txt", "bridge", "x"), wish("b.txt", "tower", "y")])
    renamed = assign(links, [wish("letters/a.txt", "bridge", "x"), wish("c.txt", "tower", "z")])
    assert home(renamed, "letters/a.txt") == "bridge"
    assert home(renamed, "c.txt").startswith("tower-")
    assert [link.seed for link in renamed] == ["b.txt", "c.txt", "letters/a.txt"]


def test_a_removed_seeds_address_is_not_given_away_and_comes_back_with_it() -> None:
    """A citation must never lead to another text."""
    links = assign((), [wish("a.txt", "bridge", "x")])
    links = assign(links, [wish("b.txt", "bridge", "y")])
    assert home(links, "b.txt").startswith("bridge-")
    assert home(assign(links, [wish("a.txt", "tower", "z")]), "a.txt") == "bridge"


def edited(
    links: tuple[DocumentAddress, ...], before: str, after: str
) -> tuple[DocumentAddress, ...]:
    """The table, with one address exchanged in the column that people may edit."""
    table = dump(links).decode()
    assert f",{before}," in table
    return load(table.replace(f",{before},", f",{after},", 1), "addresses.csv")


def test_every_address_that_people_gave_up_leads_to_the_present_one() -> None:
    """In one step, however often it has changed."""
    seeds = [wish("a.txt", "bridge")]
    links = assign((), seeds)
    one, two, three = (f"documents/2021/{name}/" for name in ("bridge", "old-bridge", "span"))
    for before, after in [(one, two), (two, three)]:
        links = assign(edited(links, before, after), seeds)
    assert old_addresses(links, [SeedPath("a.txt")]) == {one: three, two: three}
    assert old_addresses(links, []) == {}
    back = assign(edited(links, three, one), seeds)
    assert old_addresses(back, [SeedPath("a.txt")]) == {two: one, three: one}


def test_two_documents_can_change_addresses() -> None:
    """Each lives where the other did, and nothing is redirected."""
    seeds = [wish("a.txt", "one"), wish("b.txt", "two")]
    table = dump(assign((), seeds)).decode()
    swapped = table.replace("a.txt,documents/2021/one/", "a.txt,documents/2021/two/").replace(
        "b.txt,documents/2021/two/", "b.txt,documents/2021/one/"
    )
    links = assign(load(swapped, ""), seeds)
    assert [home(links, "a.txt"), home(links, "b.txt")] == ["two", "one"]
    assert old_addresses(links, [SeedPath("a.txt"), SeedPath("b.txt")]) == {}


def test_two_branches_are_joined_line_by_line() -> None:
    """Each document has one line, in the order of names, and nothing else stands in the file."""
    links = assign((), [wish("b.txt", "two"), wish("a.txt", "one")])
    head, first, second, end = dump(links).decode().split("\n")
    assert head == "seed,address,published,sha256,changed,words,withdrawn"
    assert first.startswith("a.txt,documents/2021/one/,documents/2021/one/,")
    assert second.startswith("b.txt,")
    assert end == ""


GOOD = dump(assign((), [wish("a.txt", "one"), wish("b.txt", "two")])).decode()


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("b.txt", "<<<<<<< HEAD\nb.txt", "addresses.csv:3: here are 1 values"),
        ("b.txt", "a.txt", 'addresses.csv:3: "a.txt" stands here twice'),
        (",documents/2021/two/,", ",documents/2021/one/,", 'csv:3: "a.txt" has the address'),
        (",documents/2021/two/,", ",../../etc/,", 'csv:3: "../../etc/" is no address'),
        (",documents/2021/two/,", ",documents/Two/,", "is no address"),
        (",documents/2021/two/,", ",people/two/,", "is no address"),
        (",documents/2021/two/,", ',"documents/<b>/",', "is no address"),
        ("b.txt", '"b.txt', "addresses.csv:"),
        (",,,\n", ",yesterday,,\n", 'csv:2: "yesterday" is no day'),
    ],
)
def test_a_table_that_is_damaged_stops_the_run(before: str, after: str, message: str) -> None:
    """An address that is silently lost is a promise broken to everyone who cited it."""
    with pytest.raises(SeedbedError, match=r"addresses\.csv") as error:
        load(GOOD.replace(before, after, 1), "addresses.csv")
    assert message in str(error.value)


@given(st.text())
def test_no_table_raises_anything_else(text: str) -> None:
    """Whatever stands in the file."""
    with suppress(SeedbedError):
        assert not load(text, "addresses.csv")


def test_no_cell_is_a_formula() -> None:
    """A seed may be called as it likes; a spreadsheet sees a path."""
    links = assign((), [wish(name, "x") for name in ("=1+1", "@x", "+1", "-1", "\tx", "%3D")])
    assert load(dump(links).decode(), "") == links
    assert all(line[0] not in "=+-@\t" for line in dump(links).decode().splitlines())
