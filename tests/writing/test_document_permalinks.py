"""Permanent addresses of documents."""

from __future__ import annotations

import csv
import hashlib
import io
import random
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from generator.model import Address, DocumentAddress, SeedbedError, SeedPath
from generator.writing.addresses.document_permalinks import (
    AddressRequest,
    are_drafts,
    assign,
    assign_changed,
    assign_drafts,
    dump,
    is_table_of_drafts,
    load,
    old_addresses,
)


def request(seed: str, title: str, text: str = "") -> AddressRequest:
    """Return the request of a seed for the address of its title."""
    digest = hashlib.sha256((text or seed).encode()).hexdigest()
    return AddressRequest(SeedPath(seed), digest, Address(f"documents/2021/{title}/"))


def slug_of(entries: tuple[DocumentAddress, ...], seed: str) -> str:
    """Return the last part of a seed's address."""
    return next(entry.address for entry in entries if entry.seed == seed).split("/")[2]


names = st.sampled_from(["a.txt", "b.txt", "c/d.txt", "=e.txt", "f\ng.txt", 'h",.txt', "%41", "\r"])
titles = st.sampled_from(["one", "two", "three"])
texts = st.sampled_from(["x", "y", "z"])
corpora = st.dictionaries(names, st.tuples(titles, texts), max_size=6).map(
    lambda seeds: [request(name, title, text) for name, (title, text) in seeds.items()]
)


@given(st.lists(corpora, min_size=1, max_size=5), st.randoms())
def test_no_address_is_lost_or_reassigned(
    history: list[list[AddressRequest]], chance: random.Random
) -> None:
    """Through any history each seed keeps its address, and all addresses differ."""
    entries: tuple[DocumentAddress, ...] = ()
    for corpus in history:
        before = entries
        entries = assign(before, corpus)
        shuffled = chance.sample(corpus, len(corpus))
        assert assign(tuple(chance.sample(before, len(before))), shuffled) == entries
        assert {request.seed for request in corpus} <= {entry.seed for entry in entries}
        assert len({entry.address for entry in entries}) == len(entries)
        assert {entry.address for entry in before} <= {entry.address for entry in entries}
        earlier = {entry.seed: entry.address for entry in before}
        assert all(earlier.get(entry.seed, entry.address) == entry.address for entry in entries)
        assert load(dump(entries).decode(), "") == entries
        assert assign(entries, corpus) == entries


@given(st.lists(corpora, min_size=1, max_size=5))
def test_a_draft_has_the_address_that_a_first_build_would_give(
    history: list[list[AddressRequest]],
) -> None:
    """Through any history; the first release makes the addresses of its own build last."""
    entries: tuple[DocumentAddress, ...] = ()
    for corpus in history:
        entries = assign_drafts(entries, corpus)
        fresh = {entry.seed: entry.address for entry in assign_drafts((), corpus)}
        assert fresh.items() <= {entry.seed: entry.address for entry in entries}.items()
        assert load(dump(entries).decode(), "") == entries
        assert are_drafts(entries)
        assert is_table_of_drafts(dump(entries).decode())
        assert old_addresses(entries, fresh) == {}
    released = assign(entries, history[-1])
    assert [entry.address for entry in released] == [entry.address for entry in entries]
    assert not released or not are_drafts(released)
    assert is_table_of_drafts(dump(released).decode()) == are_drafts(released)


@given(st.lists(corpora, min_size=1, max_size=3), corpora, st.booleans())
def test_only_changed_documents_are_looked_at(
    history: list[list[AddressRequest]], edits: list[AddressRequest], is_draft: bool
) -> None:
    """The table is that of all documents, or none if the addresses of others may depend on it."""
    whole = assign_drafts if is_draft else assign
    rows: tuple[DocumentAddress, ...] = ()
    for corpus in history:
        rows = whole(rows, corpus, "2026-01-01")
    now = {it.seed: it for it in history[-1]}
    changed = {it.seed: it for it in edits if it.seed in now and it != now[it.seed]}
    expected = whole(rows, [*(now | changed).values()], "2026-01-02")
    found = assign_changed(rows, changed.values(), "2026-01-02")
    assert found in {None, expected}
    has = {row.seed: row.address for row in rows}
    are_kept = all(it.address in {now[seed].address, has[seed]} for seed, it in changed.items())
    assert (found is None) == (is_draft and not are_kept)


def test_a_draft_keeps_what_is_hidden() -> None:
    """The digests of a withdrawn text, under its name and after its file is removed."""
    shown = request("a.txt", "bridge", "x")
    withdrawn = structs.replace(request("a.txt", "withdrawn", "y"), withdrawn=("0" * 64,))
    entries = assign_drafts(assign_drafts((), [shown]), [withdrawn])
    assert entries[0].digest == shown.digest
    assert entries[0].withdrawn == ("0" * 64,)
    assert [entry.withdrawn for entry in assign_drafts(entries, [])] == [("0" * 64,)]


def test_a_corrected_title_keeps_the_address() -> None:
    """People have cited it."""
    entries = assign((), [request("a.txt", "bridge-repoens")])
    assert assign(entries, [request("a.txt", "bridge-reopens")]) == entries


def test_the_day_of_a_change_stays_until_the_next_change() -> None:
    """A first build records no day, and neither does a build without a change."""
    first = assign((), [request("a.txt", "bridge", "x")], "2026-01-01")
    again = assign(first, [request("a.txt", "bridge", "x")], "2026-01-02")
    edited = assign(again, [request("a.txt", "bridge", "y")], "2026-01-03")
    later = assign(load(dump(edited).decode(), ""), [request("a.txt", "bridge", "y")], "2026-01-04")
    assert [address.changed for (address,) in (first, again, edited, later)] == [
        None,
        None,
        "2026-01-03",
        "2026-01-03",
    ]


def test_the_first_release_is_the_day_of_addition_of_what_it_publishes() -> None:
    """A draft was added on no day; what a later build adds has the day of that build."""
    a, b = request("a.txt", "bridge", "x"), request("b.txt", "ferry", "y")
    drafts = assign_drafts((), [a], "2026-01-01")
    released = assign(drafts, [a], "2026-01-02")
    later = assign(released, [a, b], "2026-01-03")
    days = [[entry.added for entry in entries] for entries in (drafts, released, later)]
    assert days == [[None], ["2026-01-02"], ["2026-01-02", "2026-01-03"]]


def test_a_table_of_an_earlier_version_is_read() -> None:
    """It has no days."""
    for columns in (4, 5, 7):
        old = "\n".join(",".join(line.split(",")[:columns]) for line in GOOD.splitlines())
        assert load(old, "") == load(GOOD, "")


def test_a_renamed_file_keeps_the_address() -> None:
    """It is recognized by its bytes; an edit in the same step makes it another document."""
    entries = assign((), [request("a.txt", "bridge", "x"), request("b.txt", "tower", "y")])
    renamed = assign(
        entries, [request("letters/a.txt", "bridge", "x"), request("c.txt", "tower", "z")]
    )
    assert slug_of(renamed, "letters/a.txt") == "bridge"
    assert slug_of(renamed, "c.txt").startswith("tower-")
    assert [entry.seed for entry in renamed] == ["b.txt", "c.txt", "letters/a.txt"]


def test_a_removed_seed_keeps_its_address_for_its_return() -> None:
    """A citation must never lead to another text."""
    entries = assign((), [request("a.txt", "bridge", "x")])
    entries = assign(entries, [request("b.txt", "bridge", "y")])
    assert slug_of(entries, "b.txt").startswith("bridge-")
    assert slug_of(assign(entries, [request("a.txt", "tower", "z")]), "a.txt") == "bridge"


def edited(
    entries: tuple[DocumentAddress, ...], before: str, after: str
) -> tuple[DocumentAddress, ...]:
    """Return the table with one address replaced in the column that people may edit."""
    table = dump(entries).decode()
    assert f",{before}," in table
    return load(table.replace(f",{before},", f",{after},", 1), "addresses.csv")


def test_every_earlier_address_redirects_to_the_current_one() -> None:
    """In one step, however often it has changed."""
    seeds = [request("a.txt", "bridge")]
    entries = assign((), seeds)
    first, second, third = (f"documents/2021/{name}/" for name in ("bridge", "old-bridge", "span"))
    for before, after in [(first, second), (second, third)]:
        entries = assign(edited(entries, before, after), seeds)
    assert old_addresses(entries, [SeedPath("a.txt")]) == {first: third, second: third}
    assert old_addresses(entries, []) == {}
    back = assign(edited(entries, third, first), seeds)
    assert old_addresses(back, [SeedPath("a.txt")]) == {second: first, third: first}


def test_two_documents_can_change_addresses() -> None:
    """Each has the address of the other, and nothing is redirected."""
    seeds = [request("a.txt", "one"), request("b.txt", "two")]
    table = dump(assign((), seeds)).decode()
    swapped = table.replace("a.txt,documents/2021/one/", "a.txt,documents/2021/two/").replace(
        "b.txt,documents/2021/two/", "b.txt,documents/2021/one/"
    )
    entries = assign(load(swapped, ""), seeds)
    assert [slug_of(entries, "a.txt"), slug_of(entries, "b.txt")] == ["two", "one"]
    assert old_addresses(entries, [SeedPath("a.txt"), SeedPath("b.txt")]) == {}


def test_two_branches_are_merged_line_by_line() -> None:
    """Each document has one line, in the order of names, and the file has no others."""
    entries = assign((), [request("b.txt", "two"), request("a.txt", "one")])
    head, first, second, end = dump(entries).decode().split("\n")
    assert head == "seed,address,published,sha256,changed,words,withdrawn,added"
    assert first.startswith("a.txt,documents/2021/one/,documents/2021/one/,")
    assert second.startswith("b.txt,")
    assert end == ""


GOOD = dump(assign((), [request("a.txt", "one"), request("b.txt", "two")])).decode()


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("b.txt", "<<<<<<< HEAD\nb.txt", "addresses.csv:3: expected 8 values, not 1"),
        ("b.txt", "a.txt", 'addresses.csv:3: "a.txt" is listed twice'),
        (
            ",documents/2021/two/,",
            ",documents/2021/one/,",
            'csv:3: "a.txt" already has the address',
        ),
        (",documents/2021/two/,", ",../../etc/,", 'csv:3: "../../etc/" is not a valid address'),
        (",documents/2021/two/,", ",documents/Two/,", "is not a valid address"),
        (",documents/2021/two/,", ",people/two/,", "is not a valid address"),
        (",documents/2021/two/,", ',"documents/<b>/",', "is not a valid address"),
        ("b.txt", '"b.txt', "addresses.csv:"),
        (",,,,\n", ",yesterday,,,\n", 'csv:2: "yesterday" is not a valid day'),
    ],
)
def test_a_damaged_table_stops_the_run(before: str, after: str, message: str) -> None:
    """An address that is lost silently breaks the links of everyone who cited it."""
    with pytest.raises(SeedbedError, match=r"addresses\.csv") as error:
        load(GOOD.replace(before, after, 1), "addresses.csv")
    assert message in str(error.value)


@given(st.text())
def test_no_table_raises_another_error(text: str) -> None:
    """For any text in the file."""
    assert is_table_of_drafts(text) in {True, False}
    with suppress(SeedbedError):
        assert not load(text, "addresses.csv")


@given(st.text(st.sampled_from("aé/. -_='\",;\n\r\u2028%|"), min_size=1))
def test_a_table_is_what_the_standard_library_writes(seed: str) -> None:
    """Whatever the name of a seed; `csv` takes five times as long."""
    table = dump(assign((), [request(seed, "one"), request("b", "two")])).decode()
    target = io.StringIO(newline="")
    csv.writer(target, lineterminator="\n").writerows(csv.reader(io.StringIO(table, newline="")))
    assert target.getvalue() == table
    assert seed in {entry.seed for entry in load(table, "")}


def test_no_cell_is_a_formula() -> None:
    """A seed may have any name; a spreadsheet shows a path."""
    entries = assign((), [request(name, "x") for name in ("=1+1", "@x", "+1", "-1", "\tx", "%3D")])
    assert load(dump(entries).decode(), "") == entries
    assert all(line[0] not in "=+-@\t" for line in dump(entries).decode().splitlines())
