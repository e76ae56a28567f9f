"""Entries: what a task produced for one item, and a fingerprint of what it was produced from."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from generator.engine.database import peek
from generator.engine.encoding import decoder, encode
from generator.engine.fingerprint import Fingerprint
from generator.files.names_by_folder import JoinedPaths, decode_names, encode_names, names_of


class Run(msgspec.Struct, array_like=True, frozen=True):
    """The run in which a task produced something, and why it was run."""

    build: int
    """Number of the build."""
    reason: str
    """One of the keys of `outdated.REASONS`."""
    changed_inputs: tuple[int, ...] = ()
    """Positions in the task's list of inputs, if the reason is that they changed."""


class Entry(msgspec.Struct, array_like=True, frozen=True):
    """What a task produced for one item, and what it was produced from."""

    fingerprint: str
    """Of everything that the result depends on; empty if the result must not be used again."""
    inputs: bytes
    """The checksums of its inputs."""
    outputs: tuple[str, ...]
    """Paths of the files that the task wrote."""
    result: msgspec.Raw
    run: Run


class EntryRow(msgspec.Struct, array_like=True, frozen=True):
    """Entries in one value of the database; only the parts that are needed are decoded.

    When their types change, `_FORMAT` of `engine.database_file` is increased.
    """

    count: int
    keys: msgspec.Raw
    """A list of the keys of the items."""
    digest: bytes
    """Of the keys and inputs of all (`Items.digest`); empty if they are compared one by one."""
    inputs: msgspec.Raw
    """A list of `_Inputs`."""
    outputs: msgspec.Raw
    """A list of those of each entry."""
    results: msgspec.Raw
    """A list of results."""
    runs: msgspec.Raw
    """A list of runs."""
    files: bytes = b""
    """The outputs of all, as `encode_names` returns them."""

    @classmethod
    def of(cls, keys: Sequence[str], entries: Sequence[Entry], digest: bytes = b"") -> EntryRow:
        """Return the row of entries; it has no digest if a result must not be used again."""
        return cls(
            len(keys),
            _encoded(keys),
            digest if all(entry.fingerprint for entry in entries) else b"",
            _encoded([(entry.fingerprint, entry.inputs) for entry in entries]),
            _encoded([entry.outputs for entry in entries]),
            _encoded([entry.result for entry in entries]),
            _encoded([entry.run for entry in entries]),
            encode_names(names_of(chain.from_iterable(entry.outputs for entry in entries))),
        )

    def all_keys(self) -> list[str]:
        """Return the keys of the items, in order."""
        keys: list[str] = decoder(list[str]).decode(self.keys)
        return keys

    def entries(self) -> dict[str, Entry]:
        """Return all entries by key."""
        parts = zip(
            decoder(list[_Inputs]).decode(self.inputs),
            self.all_outputs(),
            decoder(list[msgspec.Raw]).decode(self.results),
            decoder(list[Run]).decode(self.runs),
            strict=True,
        )
        return {
            key: Entry(inputs.value, inputs.checksums, outputs, result, run)
            for key, (inputs, outputs, result, run) in zip(self.all_keys(), parts, strict=True)
        }

    @property
    def paths(self) -> JoinedPaths:
        """The outputs of all entries."""
        return JoinedPaths(decode_names(self.files))

    def all_outputs(self) -> list[tuple[str, ...]]:
        """Return the outputs of each entry, in order."""
        outputs: list[tuple[str, ...]] = decoder(list[tuple[str, ...]]).decode(self.outputs)
        return outputs


class _Inputs(NamedTuple):
    """What an entry has of its inputs."""

    value: str
    checksums: bytes


def _encoded(values: Sequence[Any]) -> msgspec.Raw:
    return msgspec.Raw(encode(values))


def decode_row(data: bytes | None) -> EntryRow | None:
    """Return a row of entries; None if there is none, or if another version saved it."""
    try:
        return _ROW.decode(data) if data else None
    except msgspec.DecodeError:
        return None


def decode_entry(data: bytes | None) -> Entry | None:
    """Return the first entry of a row, if there is one."""
    row = decode_row(data)
    return next(iter(row.entries().values())) if row else None


def peek_entry(database: Path, table: str, key: str) -> Entry | None:
    """Return an entry of a database that is not open anywhere, or None if it cannot be read.

    It is in a row of its own.
    """
    return decode_entry(peek(database, table, key))


def decode_result(entry: Entry | None, fingerprint: Fingerprint, result_type: Any) -> Any:
    """Return the result of an entry with this fingerprint; None if there is no such entry."""
    if entry is None or entry.fingerprint != fingerprint.value:
        return None
    return decoder(result_type).decode(entry.result)


_ROW = msgspec.msgpack.Decoder(EntryRow)
