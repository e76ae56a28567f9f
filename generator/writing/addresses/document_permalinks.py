"""Permanent addresses of documents: assigned once, kept in a table, never reassigned.

The table has one line for each seed. People may edit the column `address`; every address that a
document had before then redirects to the new one.

Before the first release all addresses are drafts: they follow titles and dates, and the column
`published` is empty.
"""

from __future__ import annotations

import csv
import io
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from urllib.parse import unquote

import msgspec
from msgspec.structs import replace

from generator.model import Address, DocumentAddress, SeedPath
from generator.text.formulas import escape_formula, unescape_formula
from generator.writing.addresses import urls
from generator.writing.addresses.csv_table import (
    load_table,
    parse_address,
    require_columns,
)

_COLUMNS = ["seed", "address", "published", "sha256", "changed", "words", "withdrawn", "added"]
_OLDER_COLUMNS = (_COLUMNS[:4], _COLUMNS[:5], _COLUMNS[:7])
"""Columns of earlier versions: without days, withdrawn documents, days of addition."""

_ADDRESS = re.compile(r"documents/(?:[a-z0-9]+(?:[-_]+[a-z0-9]+)*/)+")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}|")
_PLAIN = re.compile(r"\w[\w/. -]*")
"""The name of a seed that is written as it is."""

_PERCENT_ENCODED = re.compile("[%\x00-\x1f\x7f]")


class AddressRequest(msgspec.Struct, frozen=True, gc=False):
    """A seed that needs an address, and the one that it would get if no other had it."""

    seed: SeedPath
    digest: str
    address: Address
    wording: str | None = None
    """Digest of the letters and digits; None if there are none, or it is unknown."""
    withdrawn: tuple[str, ...] | None = None
    """The digests of everything that is hidden with it; None for a document that is shown."""


def load(text: str, name: str) -> tuple[DocumentAddress, ...]:
    """Parse the table; `name` is the file's name in messages.

    Raises SeedbedError, with the line, for a table that is not valid.
    """
    owners: dict[Address, SeedPath] = {}

    def parse_row(row: Sequence[str]) -> DocumentAddress:
        entry = _parse_row(row)
        owner = owners.setdefault(entry.address, entry.seed)
        if owner != entry.seed:
            raise ValueError(f'"{owner}" already has the address {entry.address}')
        return entry

    headers = (_COLUMNS, *_OLDER_COLUMNS)
    return load_table(text, name, headers, parse_row, key=lambda entry: (entry.seed,))


def dump(addresses: Iterable[DocumentAddress]) -> bytes:
    """Write the table, sorted by seed; `load` reads it back unchanged."""
    lines = map(_line, sorted(addresses, key=attrgetter("seed")))
    return "\n".join((",".join(_COLUMNS), *lines, "")).encode()


def _line(entry: DocumentAddress) -> str:
    """Return the line of a seed; only its name can have characters that CSV writes in quotes."""
    seed = entry.seed if _PLAIN.fullmatch(entry.seed) else _encode_seed(entry.seed)
    return (
        f"{seed},{entry.address},{' '.join(entry.published)},{entry.digest},{entry.changed or ''},"
        f"{entry.wording or ''},{' '.join(entry.withdrawn)},{entry.added or ''}"
    )


def assign(
    addresses: Sequence[DocumentAddress],
    requests: Iterable[AddressRequest],
    today: str | None = None,
) -> tuple[DocumentAddress, ...]:
    """Return the table in which every requested seed has an address that lasts.

    A seed keeps its address, unless all are drafts; a new one gets an address that no document ever
    had. A new path with the bytes of a removed one is a renamed file and takes over its address.
    Entries of removed seeds stay in the table.

    If the bytes of a seed changed, its entry records `today`, if given. So does the entry of a seed
    that was added, for which a first release is the day of addition of all its seeds. The entry of
    a withdrawn seed keeps the digests with which it was published and collects others.
    The order of the requests has no effect.
    """
    if are_drafts(addresses):
        drafts = assign_drafts(addresses, requests, today)
        return tuple(
            replace(entry, published=(entry.address,), added=entry.added or today)
            for entry in drafts
        )
    requested = {request.seed: request for request in requests}
    entries = _current_entries(addresses, requested)
    for seed, entry in entries.items():
        is_listed = entry.address in entry.published
        published = (*entry.published, entry.address)
        current = entry if is_listed else replace(entry, published=published)
        entries[seed] = _update(current, requested[seed], today) if seed in requested else current
    taken = {address for entry in entries.values() for address in entry.published}
    wanted = ((seed, request.address) for seed, request in requested.items() if seed not in entries)
    for seed, address in urls.allocate_addresses(wanted, taken).items():
        entry = DocumentAddress(seed, address, (address,), requested[seed].digest, added=today)
        entries[seed] = _update(entry, requested[seed], None)
    return _by_seed(entries)


def assign_drafts(
    addresses: Iterable[DocumentAddress],
    requests: Iterable[AddressRequest],
    today: str | None = None,
) -> tuple[DocumentAddress, ...]:
    """Return the table in which every requested seed has an address of its title and date now.

    All else is as in `assign`: in particular, what is hidden stays recorded.
    """
    requested = {request.seed: request for request in requests}
    entries = _current_entries(addresses, requested)
    wanted = ((request.seed, request.address) for request in requested.values())
    allocated = urls.allocate_addresses(wanted)
    removed = ((seed, entry.address) for seed, entry in entries.items() if seed not in requested)
    allocated |= urls.allocate_addresses(removed, allocated.values())
    for seed, address in allocated.items():
        before, request = entries.get(seed), requested.get(seed)
        entry = before or DocumentAddress(seed, address, (), requested[seed].digest)
        if entry.address != address or entry.published:  # to replace takes long, for all documents
            entry = replace(entry, address=address, published=())
        entries[seed] = _update(entry, request, today) if request else entry
    return _by_seed(entries)


def assign_changed(
    rows: Sequence[DocumentAddress], requests: Iterable[AddressRequest], today: str | None = None
) -> tuple[DocumentAddress, ...] | None:
    """Return what `assign` or `assign_drafts` returns if all other requests are as before.

    `rows` are what it returned then, for the same seeds. None if a draft may have another address.
    """
    is_draft, changed = are_drafts(rows), list(rows)
    for request in requests:
        position = bisect_left(rows, request.seed, key=attrgetter("seed"))
        row = rows[position]
        # A draft that has the address of its title already takes it from no other.
        is_kept = not is_draft or urls.may_be_allocated(row.address, row.seed, request.address)
        if row.seed != request.seed or not is_kept:
            return None
        changed[position] = _update(row, request, today)
    return tuple(changed)


def are_drafts(addresses: Iterable[DocumentAddress]) -> bool:
    """Whether no address of a table was ever made to last."""
    return not any(entry.published for entry in addresses)


def is_table_of_drafts(text: str) -> bool:
    """Whether no address of a table was ever made to last; the table need not be valid."""
    published = _COLUMNS.index("published")
    rows = csv.reader(io.StringIO(text, newline=""))
    return not any(row[published : published + 1] not in ([], [""], ["published"]) for row in rows)


def _current_entries(
    addresses: Iterable[DocumentAddress], requested: Mapping[SeedPath, AddressRequest]
) -> dict[SeedPath, DocumentAddress]:
    digests = {request.seed: request.digest for request in requested.values()}
    return {entry.seed: entry for entry in follow_renames(addresses, digests)}


def _by_seed(entries: Mapping[SeedPath, DocumentAddress]) -> tuple[DocumentAddress, ...]:
    return tuple(sorted(entries.values(), key=attrgetter("seed")))


def _update(entry: DocumentAddress, request: AddressRequest, today: str | None) -> DocumentAddress:
    """Return the entry with the digests of the request."""
    is_unchanged = request.digest == entry.digest
    if request.withdrawn is None:
        if is_unchanged and request.wording == entry.wording and not entry.withdrawn:
            return entry
        changed = entry.changed if is_unchanged else today or entry.changed
        return replace(
            entry, digest=request.digest, changed=changed, wording=request.wording, withdrawn=()
        )
    wording = entry.wording or (request.wording if is_unchanged else None)
    others = {*request.withdrawn, *entry.withdrawn}.difference((entry.digest, wording))
    return replace(entry, wording=wording, withdrawn=tuple(sorted(others)))


def old_addresses(
    addresses: Iterable[DocumentAddress], current_seeds: Iterable[SeedPath]
) -> dict[Address, Address]:
    """Return the current address for each address that a document had before.

    An address that a current document has is not redirected, even if another one had it before.
    """
    addresses, seeds = tuple(addresses), frozenset(current_seeds)
    moved = [entry for entry in addresses if _has_moved(entry) and entry.seed in seeds]
    if not moved:
        return {}
    in_use = {entry.address for entry in addresses if entry.seed in seeds}
    redirects: dict[Address, Address] = {}
    for entry in moved:
        for address in entry.published:
            if address not in in_use:
                redirects.setdefault(address, entry.address)
    return dict(sorted(redirects.items()))


def _has_moved(entry: DocumentAddress) -> bool:
    return bool(entry.published) and entry.published != (entry.address,)


def _parse_row(row: Sequence[str]) -> DocumentAddress:
    if len(row) in map(len, _OLDER_COLUMNS):
        row = [*row, "", "", "", ""][: len(_COLUMNS)]
    require_columns(row, _COLUMNS)
    seed, address, published, digest, changed, wording, withdrawn, added = row
    for day in (changed, added):
        if not _DAY.fullmatch(day):
            raise ValueError(f'"{day[:200]}" is not a valid day; write it as 2021-06-28')
    if not seed or not _DIGEST.fullmatch(digest):
        raise ValueError("expected a seed and the SHA-256 digest of its bytes")
    if not all(map(_DIGEST.fullmatch, (*wording.split(), *withdrawn.split()))):
        raise ValueError("words and withdrawn must be SHA-256 digests or empty")
    addresses = {
        text: parse_address(text, _ADDRESS, "documents/2021/a-title/")
        for text in dict.fromkeys((address, *published.split()))  # mostly only one
    }
    return DocumentAddress(
        _decode_seed(seed),
        addresses[address],
        tuple(addresses[text] for text in published.split()),
        digest,
        changed or None,
        wording or None,
        tuple(withdrawn.split()),
        added or None,
    )


def _encode_seed(seed: SeedPath) -> str:
    """Return a path as one cell: control characters as in URLs, formulas escaped, in quotes."""
    path = _PERCENT_ENCODED.sub(lambda match: f"%{ord(match[0]):02X}", seed)
    cell = str(escape_formula(path))
    cell = f"'{cell}" if path.startswith("./") else cell
    return '"{}"'.format(cell.replace('"', '""')) if {'"', ","} & {*cell} else cell


def _decode_seed(cell: str) -> SeedPath:
    """Return the path of a cell; earlier versions wrote ./ before a path to escape a formula."""
    path = cell if cell.startswith("'") else cell.removeprefix("./")
    return SeedPath(unquote(unescape_formula(path)))


def follow_renames(
    addresses: Iterable[DocumentAddress], digests: Mapping[SeedPath, str]
) -> tuple[DocumentAddress, ...]:
    """Move the entry of each renamed file to its new path: a new path with the same bytes.

    `digests` are those of the existing seeds.
    """
    entries = sorted(addresses, key=attrgetter("seed"))
    seeds = [entry.seed for entry in entries]
    if seeds == [*digests]:  # mostly; this is the quickest comparison
        return tuple(entries)
    listed = {*seeds}
    if listed <= digests.keys():
        return tuple(entries)
    new_seeds: dict[str, list[SeedPath]] = defaultdict(list)
    for seed in sorted(digests, reverse=True):
        if seed not in listed:
            new_seeds[digests[seed]].append(seed)
    return tuple(
        entry if entry.seed in digests else _follow_rename(entry, new_seeds) for entry in entries
    )


def _follow_rename(
    entry: DocumentAddress, new_seeds: Mapping[str, list[SeedPath]]
) -> DocumentAddress:
    """Move an entry to the first new seed with its bytes, or with bytes withdrawn with it."""
    for digest in (entry.digest, *entry.withdrawn):
        if new_seeds.get(digest):
            return replace(entry, seed=new_seeds[digest].pop())
    return entry
