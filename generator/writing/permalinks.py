"""Addresses that last: made once, kept in a table, never given to another document.

The table is a CSV file with one line a seed, in the order of the seeds' names, so that a version
control system shows who changed what and joins two branches line by line. People may edit the
column `address`; every address that a document had before then leads to it.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote

from generator.model import Address, Permalink, SeedbedError, SeedPath
from generator.writing import urls
from generator.writing.spreadsheets import bare, guarded

_COLUMNS = ["seed", "address", "published", "sha256", "changed"]
_OLDER = _COLUMNS[:-1]
"""What earlier versions wrote: a table without days."""

_ADDRESS = re.compile(r"documents/(?:[a-z0-9]+(?:[-_]+[a-z0-9]+)*/)+")
_LONGEST = 200
"""Characters of an address; the longest that we make has 110."""

_DIGEST = re.compile(r"[0-9a-f]{64}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}|")
_UNWRITTEN = re.compile("[%\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Wish:
    """A seed that is to have an address, and which one it would like."""

    seed: SeedPath
    digest: str
    address: Address


def load(text: str, name: str) -> tuple[Permalink, ...]:
    """Read the table; `name` is how messages call the file.

    Raises SeedbedError, with the line, for one that cannot be understood, because an address that
    is lost is a promise broken to everyone who has cited it.
    """
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    seeds: set[SeedPath] = set()
    homes: dict[Address, SeedPath] = {}
    links: list[Permalink] = []
    try:
        for row in rows:
            if row and row not in (_COLUMNS, _OLDER):
                links.append(_permalink(row))
                _require_new(links[-1], seeds, homes)
    except (ValueError, csv.Error) as error:
        hint = "Mend the line, or take the file from your last commit"
        raise SeedbedError(f"{name}:{rows.line_num}: {error}", hint) from error
    return tuple(links)


def dump(permalinks: Iterable[Permalink]) -> bytes:
    """Write the table in the order of the seeds' names; `load` reads it back to the letter."""
    target = io.StringIO(newline="")
    table = csv.writer(target, lineterminator="\n")
    table.writerow(_COLUMNS)
    for link in sorted(permalinks, key=lambda link: link.seed):
        published = " ".join(link.published)
        table.writerow([_written(link.seed), link.address, published, link.digest, link.changed])
    return target.getvalue().encode()


def settle(
    known: Sequence[Permalink], wishes: Iterable[Wish], day: str = ""
) -> tuple[Permalink, ...]:
    """Give every seed its address: the one it has, or a new one that nothing ever had.

    A new name with the bytes of one that is gone is a renamed file and has its address. What is
    not in the corpus any more keeps its line. A seed with other bytes than it had has changed on
    this day, if one is given; of a new one no day is kept, because a first build has to give the
    same table on every day. The order of wishes decides nothing.
    """
    wanted = {wish.seed: wish for wish in wishes}
    links = {link.seed: link for link in _renamed(known, wanted)}
    for seed, link in links.items():
        published = (
            link.published if link.address in link.published else (*link.published, link.address)
        )
        digest = wanted[seed].digest if seed in wanted else link.digest
        changed = link.changed if digest == link.digest else day or link.changed
        links[seed] = Permalink(seed, link.address, published, digest, changed)
    taken = {address for link in links.values() for address in link.published}
    new = urls.allocate(
        ((seed, wish.address) for seed, wish in wanted.items() if seed not in links), taken
    )
    for seed, address in new.items():
        links[seed] = Permalink(seed, address, (address,), wanted[seed].digest)
    return tuple(sorted(links.values(), key=lambda link: link.seed))


def redirects(
    permalinks: Iterable[Permalink], living: Iterable[SeedPath]
) -> dict[Address, Address]:
    """Give each address that a document had before, with the one that it has now.

    An address where a document lives leads nowhere else, whoever had it before.
    """
    alive = frozenset(living)
    links = [link for link in permalinks if link.seed in alive]
    homes = {link.address for link in links}
    moved: dict[Address, Address] = {}
    for link in links:
        for address in link.published:
            if address not in homes:
                moved.setdefault(address, link.address)
    return dict(sorted(moved.items()))


def _permalink(row: list[str]) -> Permalink:
    if len(row) == len(_OLDER):
        row = [*row, ""]
    if len(row) != len(_COLUMNS):
        raise ValueError(f"here are {len(row)} values; {len(_COLUMNS)} belong here")
    seed, address, published, digest, changed = row
    if not _DAY.fullmatch(changed):
        raise ValueError(f'"{changed[:_LONGEST]}" is no day: 2021-06-28 is one')
    if not seed or not _DIGEST.fullmatch(digest):
        raise ValueError("a seed and the SHA-256 of its bytes belong here")
    addresses = tuple(map(Address, published.split()))
    for one in dict.fromkeys((address, *addresses)):  # most had but one
        if not _ADDRESS.fullmatch(one) or len(one) > _LONGEST:
            raise ValueError(
                f'"{one[:_LONGEST]}" is no address: documents/2021/a-title/ is one, in small'
                " letters, figures and hyphens"
            )
    return Permalink(_read(seed), Address(address), addresses, digest, changed)


def _require_new(link: Permalink, seeds: set[SeedPath], homes: dict[Address, SeedPath]) -> None:
    if link.seed in seeds:
        raise ValueError(f'"{link.seed}" stands here twice; keep one of the lines')
    if link.address in homes:
        raise ValueError(f'"{homes[link.address]}" has the address {link.address} already')
    seeds.add(link.seed)
    homes[link.address] = link.seed


def _written(seed: SeedPath) -> str:
    """Write a path on one line, line feeds as in URLs, guarded as every cell of ours is."""
    path = _UNWRITTEN.sub(lambda sign: f"%{ord(sign[0]):02X}", seed)
    cell = str(guarded(path))
    return f"'{cell}" if path.startswith("./") else cell


def _read(cell: str) -> SeedPath:
    """Read a path; one with ./ before it is as earlier versions guarded it."""
    path = cell if cell.startswith("'") else cell.removeprefix("./")
    return SeedPath(unquote(bare(path)))


def _renamed(known: Sequence[Permalink], wanted: dict[SeedPath, Wish]) -> Iterator[Permalink]:
    """Follow files that were renamed: a new name with the bytes of a name that is gone."""
    there = {link.seed for link in known}
    newcomers: dict[str, list[SeedPath]] = defaultdict(list)
    for seed in sorted(wanted, reverse=True):
        if seed not in there:
            newcomers[wanted[seed].digest].append(seed)
    for link in sorted(known, key=lambda link: link.seed):
        gone = link.seed not in wanted and newcomers[link.digest]
        yield replace(link, seed=newcomers[link.digest].pop()) if gone else link
