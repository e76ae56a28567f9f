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
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote

from generator.model import Address, DocumentAddress, SeedbedError, SeedPath
from generator.writing.addresses import urls
from generator.writing.data.csv_safe import escape_formula, unescape_formula

_COLUMNS = ["seed", "address", "published", "sha256", "changed", "words", "withdrawn"]
_OLDER = (_COLUMNS[:4], _COLUMNS[:5])
"""What earlier versions wrote: tables without days, and without what is withdrawn."""

_ADDRESS = re.compile(r"documents/(?:[a-z0-9]+(?:[-_]+[a-z0-9]+)*/)+")
_LONGEST = 200
"""Characters of an address; the longest that we make has 110."""

_DIGEST = re.compile(r"[0-9a-f]{64}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}|")
_UNWRITTEN = re.compile("[%\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class AddressRequest:
    """A seed that is to have an address, and which one it would like."""

    seed: SeedPath
    digest: str
    address: Address
    wording: str = ""
    withdrawn: tuple[str, ...] | None = None
    """The digests of all that is hidden with it; None for what is shown."""


def load(text: str, name: str) -> tuple[DocumentAddress, ...]:
    """Read the table; `name` is how messages call the file.

    Raises SeedbedError, with the line, for one that cannot be understood, because an address that
    is lost is a promise broken to everyone who has cited it.
    """
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    seeds: set[SeedPath] = set()
    homes: dict[Address, SeedPath] = {}
    links: list[DocumentAddress] = []
    try:
        for row in rows:
            if row and row not in (_COLUMNS, *_OLDER):
                links.append(_permalink(row))
                _require_new(links[-1], seeds, homes)
    except (ValueError, csv.Error) as error:
        hint = "Mend the line, or take the file from your last commit"
        raise SeedbedError(f"{name}:{rows.line_num}: {error}", hint) from error
    return tuple(links)


def dump(addresses: Iterable[DocumentAddress]) -> bytes:
    """Write the table in the order of the seeds' names; `load` reads it back to the letter."""
    target = io.StringIO(newline="")
    table = csv.writer(target, lineterminator="\n")
    table.writerow(_COLUMNS)
    for link in sorted(addresses, key=lambda link: link.seed):
        published, withdrawn = " ".join(link.published), " ".join(link.withdrawn)
        seed, changed = _written(link.seed), link.changed
        row = [seed, link.address, published, link.digest, changed, link.wording, withdrawn]
        table.writerow(row)
    return target.getvalue().encode()


def assign(
    addresses: Sequence[DocumentAddress], requests: Iterable[AddressRequest], today: str = ""
) -> tuple[DocumentAddress, ...]:
    """Give every seed its address: the one it has, or a new one that nothing ever had.

    A new name with the bytes of one that is gone is a renamed file and has its address. What is
    not in the corpus any more keeps its line. A seed with other bytes than it had has changed on
    this day, if one is given; of a new one no day is kept, because a first build has to give the
    same table on every day. A withdrawn one keeps the digests with which it was published, and
    collects others. The order of wishes decides nothing.
    """
    wanted = {wish.seed: wish for wish in requests}
    digests = {wish.seed: wish.digest for wish in wanted.values()}
    links = {link.seed: link for link in follow_renames(addresses, digests)}
    for seed, link in links.items():
        listed = link.address in link.published
        published = link.published if listed else (*link.published, link.address)
        now = replace(link, published=published)
        links[seed] = _renewed(now, wanted[seed], today) if seed in wanted else now
    taken = {address for link in links.values() for address in link.published}
    new = urls.allocate_addresses(
        ((seed, request.address) for seed, request in wanted.items() if seed not in links), taken
    )
    for seed, address in new.items():
        link = DocumentAddress(seed, address, (address,), wanted[seed].digest)
        links[seed] = _renewed(link, wanted[seed], "")
    return tuple(sorted(links.values(), key=lambda link: link.seed))


def _renewed(link: DocumentAddress, request: AddressRequest, day: str) -> DocumentAddress:
    """Bring the digests of a line up to date."""
    same = request.digest == link.digest
    if request.withdrawn is None:
        changed = link.changed if same else day or link.changed
        return replace(
            link, digest=request.digest, changed=changed, wording=request.wording, withdrawn=()
        )
    wording = link.wording or (request.wording if same else "")
    others = {*request.withdrawn, *link.withdrawn} - {link.digest, wording, ""}
    return replace(link, wording=wording, withdrawn=tuple(sorted(others)))


def old_addresses(
    addresses: Iterable[DocumentAddress], current_seeds: Iterable[SeedPath]
) -> dict[Address, Address]:
    """Give each address that a document had before, with the one that it has now.

    An address where a document lives leads nowhere else, whoever had it before.
    """
    alive = frozenset(current_seeds)
    links = [link for link in addresses if link.seed in alive]
    homes = {link.address for link in links}
    moved: dict[Address, Address] = {}
    for link in links:
        for address in link.published:
            if address not in homes:
                moved.setdefault(address, link.address)
    return dict(sorted(moved.items()))


def _permalink(row: list[str]) -> DocumentAddress:
    if len(row) in map(len, _OLDER):
        row = [*row, "", "", ""][: len(_COLUMNS)]
    if len(row) != len(_COLUMNS):
        raise ValueError(f"here are {len(row)} values; {len(_COLUMNS)} belong here")
    seed, address, published, digest, changed, wording, withdrawn = row
    if not _DAY.fullmatch(changed):
        raise ValueError(f'"{changed[:_LONGEST]}" is no day: 2021-06-28 is one')
    if not seed or not _DIGEST.fullmatch(digest):
        raise ValueError("a seed and the SHA-256 of its bytes belong here")
    if not all(map(_DIGEST.fullmatch, (*wording.split(), *withdrawn.split()))):
        raise ValueError("the last two values are SHA-256 digests, or empty")
    addresses = tuple(map(Address, published.split()))
    for one in dict.fromkeys((address, *addresses)):  # most had but one
        if not _ADDRESS.fullmatch(one) or len(one) > _LONGEST:
            raise ValueError(
                f'"{one[:_LONGEST]}" is no address: documents/2021/a-title/ is one, in small'
                " letters, figures and hyphens"
            )
    others = tuple(withdrawn.split())
    return DocumentAddress(
        _read(seed), Address(address), addresses, digest, changed, wording, others
    )


def _require_new(
    link: DocumentAddress, seeds: set[SeedPath], homes: dict[Address, SeedPath]
) -> None:
    if link.seed in seeds:
        raise ValueError(f'"{link.seed}" stands here twice; keep one of the lines')
    if link.address in homes:
        raise ValueError(f'"{homes[link.address]}" has the address {link.address} already')
    seeds.add(link.seed)
    homes[link.address] = link.seed


def _written(seed: SeedPath) -> str:
    """Write a path on one line, line feeds as in URLs, guarded as every cell of ours is."""
    path = _UNWRITTEN.sub(lambda sign: f"%{ord(sign[0]):02X}", seed)
    cell = str(escape_formula(path))
    return f"'{cell}" if path.startswith("./") else cell


def _read(cell: str) -> SeedPath:
    """Read a path; one with ./ before it is as earlier versions guarded it."""
    path = cell if cell.startswith("'") else cell.removeprefix("./")
    return SeedPath(unquote(unescape_formula(path)))


def follow_renames(
    addresses: Iterable[DocumentAddress], digests: Mapping[SeedPath, str]
) -> tuple[DocumentAddress, ...]:
    """Follow files that were renamed: a new name with the bytes of a name that is gone.

    `digests` are those of the seeds that are there.
    """
    links = sorted(addresses, key=lambda link: link.seed)
    listed = {link.seed for link in links}
    newcomers: dict[str, list[SeedPath]] = defaultdict(list)
    for seed in sorted(digests, reverse=True):
        if seed not in listed:
            newcomers[digests[seed]].append(seed)
    return tuple(link if link.seed in digests else _moved(link, newcomers) for link in links)


def _moved(link: DocumentAddress, newcomers: Mapping[str, list[SeedPath]]) -> DocumentAddress:
    """Give a line to the first newcomer that has its bytes, or bytes that were hidden with it."""
    for digest in (link.digest, *link.withdrawn):
        if newcomers.get(digest):
            return replace(link, seed=newcomers[digest].pop())
    return link
