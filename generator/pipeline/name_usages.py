"""The names in documents, as the tasks that find them saved them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

import msgspec

from generator.engine.encoding import decoder, get_value
from generator.engine.fingerprint import fingerprint
from generator.engine.incremental import Build
from generator.linking.entities.resolve import DocumentUsages
from generator.model import Mention, NameUsage, Problem, SeedPath
from generator.pipeline.build_tasks import MENTIONS, NAME_USAGES, NamesResult, NameSummary

_FEW = 8
"""Names of fewer than one document in so many are read one by one."""


class _Summary(NamedTuple):
    """A `NameSummary` whose usages are not decoded."""

    digest: str
    usages: list[msgspec.Raw]


@dataclass(frozen=True, slots=True)
class NameUsages:
    """The names in documents, which are read from the database when they are asked for.

    If all are asked for, they are read once and held. That takes 0.4 kB a document, because usages
    that are equal are one value. The order is that of the paths.
    """

    build: Build
    sources: frozenset[SeedPath]
    results: Mapping[SeedPath, NamesResult] = field(default_factory=dict)
    """What finding the names of each document resulted in, where that is asked for; in order."""
    _held: dict[SeedPath, NameSummary] = field(default_factory=dict)
    """The names of all documents after they were iterated once."""

    def __iter__(self) -> Iterator[DocumentUsages]:
        """Yield each document with the usages of its names."""
        for source, summary in self.items():
            yield source, summary.usages

    def items(self) -> Iterator[tuple[SeedPath, NameSummary]]:
        """Yield each document with its names and a digest of its mentions."""
        if not self._held:
            self._held.update(self._load())
        yield from self._held.items()

    def _load(self) -> Iterator[tuple[SeedPath, NameSummary]]:
        decode, decode_usage = decoder(_Summary).decode, decoder(NameUsage).decode
        known: dict[bytes, NameUsage] = {}

        def shared(encoded: bytes) -> NameUsage:
            return known.setdefault(encoded, decode_usage(encoded))

        for path, data in self.build.database.items(NAME_USAGES):
            if (source := SeedPath(path)) in self.sources:
                digest, usages = decode(data)
                own = [known.get(each) or shared(each) for each in map(bytes, usages)]
                yield source, NameSummary(digest, tuple(own))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Corrections of single mentions that match nothing."""
        return tuple(chain.from_iterable(result.problems for result in self.results.values()))

    def fingerprint(self) -> bytes:
        """Return a fingerprint of the names and their counts, but not of where they stand."""
        return fingerprint(([*self.results], [each.usages for each in self.results.values()]))

    def origins_fingerprint(self) -> bytes:
        """Return a fingerprint of when and by whom the documents were written."""
        return fingerprint(([*self.results], [each.origin for each in self.results.values()]))

    def for_documents(self, sources: Sequence[SeedPath]) -> Iterator[NameSummary]:
        """Yield the names of documents that are in the order of their paths."""
        if len(sources) * _FEW < len(self.sources):
            yield from map(self.for_document, sources)
        else:
            wanted = frozenset(sources)
            yield from (summary for source, summary in self.items() if source in wanted)

    def for_document(self, source: SeedPath) -> NameSummary:
        """Return the names of one document, and a digest of its mentions."""
        if source in self._held:
            return self._held[source]
        summary: NameSummary = get_value(self.build.database, NAME_USAGES, source, NameSummary)
        return summary

    def mentions(self, source: SeedPath) -> tuple[Mention, ...]:
        """Return every mention in a document."""
        mentions: tuple[Mention, ...] = get_value(
            self.build.database, MENTIONS, source, tuple[Mention, ...]
        )
        return mentions
