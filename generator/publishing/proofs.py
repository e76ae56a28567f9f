"""What was proved before: a page that is as it was, with sources that are, holds as it did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec

from generator import cache
from generator.model import SeedPath
from generator.publishing.sheet import Sheet, files_of

_SHELF = "proofs"


class _Proved(msgspec.Struct, array_like=True):
    """A page that kept every promise, and what it was proved of."""

    made_of: str
    source: str
    """The seed's path below the seeds folder; empty where the page is no document's."""
    words: int
    changes: int
    links: int
    ends: bytes
    ties: bytes


@dataclass(frozen=True, slots=True)
class Sources:
    """The files that pages are held against, as they lay there before any was read."""

    docs: cache.Tree
    seeds: cache.Tree
    common: str
    """Digest of all that proofs depend on besides files of a page's own."""


@dataclass(frozen=True, slots=True)
class Proofs:
    """The sheets of pages that kept every promise."""

    kept: cache.Cache
    sources: Sources

    def known(self, names: Iterable[str], site: cache.Tree) -> Iterator[Sheet]:
        """Give the sheets that still hold, and forget all others."""
        wanted = set(names)
        gone: list[str] = []
        for name, value in self.kept.items(_SHELF):
            row = _row(value) if name in wanted else None
            if row and row.made_of == self._made_of(name, row.source, site):
                yield _sheet(name, row)
            else:
                gone.append(name)
        self.kept.drop(_SHELF, gone)

    def keep(self, sheets: Iterable[Sheet], site: cache.Tree) -> None:
        """Remember the sheets on which nothing is broken."""
        self.kept.put(
            _SHELF,
            (
                (sheet.name, self._value(sheet, site))
                for sheet in sheets
                if sheet.ends and not sheet.problems
            ),
        )

    def _value(self, sheet: Sheet, site: cache.Tree) -> bytes:
        source = sheet.source or ""
        return msgspec.msgpack.encode(
            _Proved(
                self._made_of(sheet.name, source, site),
                source,
                sheet.words,
                sheet.changes,
                sheet.links,
                sheet.ends,
                sheet.ties,
            )
        )

    def _made_of(self, name: str, source: str, site: cache.Tree) -> str:
        """Describe all that a proof depends on, as it lies there."""
        found = [site.files.get(name), self.sources.seeds.files.get(source)]
        found += [self.sources.docs.files.get(path) for path in files_of(name)]
        return f"{self.sources.common} {found}"


_DECODER = msgspec.msgpack.Decoder(_Proved)


def _row(value: bytes) -> _Proved | None:
    try:
        return _DECODER.decode(value)
    except msgspec.DecodeError:  # another version of the program wrote it
        return None


def _sheet(name: str, row: _Proved) -> Sheet:
    return Sheet(
        name, row.links, row.ends, row.ties, SeedPath(row.source) or None, row.words, row.changes
    )
