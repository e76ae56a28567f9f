"""The table of documents' addresses; its rows are also in the database, where they load faster."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import NamedTuple

from generator.engine.database import RUN_VALUES, Database
from generator.engine.encoding import decoder, encode
from generator.engine.incremental import Build
from generator.engine.workers import batches
from generator.files import DOCUMENT_ADDRESSES, read_addresses, write_addresses
from generator.files.file_stats import file_stat
from generator.model import DocumentAddress
from generator.settings import Settings
from generator.writing.addresses import document_permalinks

_ROWS = "document addresses"
"""The rows, many in a value, in order."""

_IN_A_VALUE = 1_024
"""Rows in a value: 200 kB."""

_WRITTEN = "written addresses"
"""Key of the state in which the last run left the table, in the table of runs."""


def parse_address_table(settings: Settings) -> tuple[DocumentAddress, ...]:
    """Return the rows of the table; raises SeedbedError if it is not valid."""
    return document_permalinks.load(read_addresses(settings.root), DOCUMENT_ADDRESSES)


class AddressTable(NamedTuple):
    """The table when a run began."""

    rows: tuple[DocumentAddress, ...]
    is_saved: bool
    """Whether the last run wrote it and saved the same rows."""


def load_address_table(build: Build, settings: Settings) -> AddressTable:
    """Return the table; it is only parsed if others changed it since the last run.

    Raises SeedbedError for a table that is not valid.
    """
    if build.database.get(RUN_VALUES, _WRITTEN) != _state(build, settings):
        return AddressTable(parse_address_table(settings), is_saved=False)
    decode = decoder(list[DocumentAddress]).decode
    saved = (decode(data) for _, data in build.database.items(_ROWS))
    return AddressTable(tuple(chain.from_iterable(saved)), is_saved=True)


def save_address_table(
    build: Build, settings: Settings, before: AddressTable, rows: tuple[DocumentAddress, ...]
) -> None:
    """Write the rows, which are sorted by seed, into the table, unless it has them already."""
    if before.is_saved and rows == before.rows:
        return
    write_addresses(settings.root, DOCUMENT_ADDRESSES, document_permalinks.dump(rows))
    _save_rows(build.database, rows, before.rows if before.is_saved else ())
    build.database.put(RUN_VALUES, [(_WRITTEN, _state(build, settings))])


def _state(build: Build, settings: Settings) -> bytes:
    return encode((build.program, file_stat(settings.root / DOCUMENT_ADDRESSES)))


def _save_rows(
    database: Database, rows: Iterable[DocumentAddress], saved: Iterable[DocumentAddress]
) -> None:
    """Save rows in place of those that are saved; values that stay the same are not written."""
    new, old = (dict(enumerate(batches(each, _IN_A_VALUE))) for each in (rows, saved))
    database.retain(_ROWS, map(_key, new))
    changed = (number for number, batch in new.items() if batch != old.get(number))
    database.put(_ROWS, [(_key(number), encode(new[number])) for number in changed])


def _key(number: int) -> str:
    return f"{number:06}"
