"""What is known of the names of a corpus, from the tables of its site and the list of names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from generator.corrections import AuthorityRecord, parse_authority
from generator.desk.tables import document_rows, entity_rows, mention_rows
from generator.files import read_authority
from generator.model import EntityKind
from generator.text import fold

_SUGGESTIONS = 12
"""Most names that are suggested while a person types."""


class NameRecord(msgspec.Struct, frozen=True):
    """A name with its counts in the corpus, which are 0 if only `names.csv` has it."""

    id: str
    kind: EntityKind
    name: str
    other_names: str
    documents: int
    mentions: int
    is_in_names_file: bool = False
    """Whether `names.csv` has it."""
    has_page: bool = False

    @property
    def forms(self) -> tuple[str, ...]:
        """The name, and its other forms in texts."""
        return self.name, *self.other_names.split("; ")

    @property
    def as_json(self) -> dict[str, object]:
        """What the desk shows of it."""
        return {
            "id": self.id,
            "kind": self.kind,
            "name": self.name,
            "documents": self.documents,
            "mentions": self.mentions,
        }


class KnownNames(msgspec.Struct, frozen=True):
    """Looks names up, in the tables as they are now."""

    docs: Path
    seeds: Path

    def names(self) -> Iterator[NameRecord]:
        """Yield every name; those that only names.csv has come last."""
        records = {(record.kind, fold(record.name)): record for record in self._records()}
        for row in entity_rows(self.docs):
            key = row["kind"], fold(row["name"])
            counts = int(row["documents"]), int(row["mentions"])
            is_in_names_file = records.pop(key, None) is not None
            yield NameRecord(
                *(row["id"], row["kind"], row["name"], row["other_names"], *counts),
                is_in_names_file=is_in_names_file,
                has_page=bool(row["address"]),
            )
        for record in records.values():
            yield NameRecord("", record.kind, record.name, "", 0, 0, is_in_names_file=True)

    def find_name(self, name: str) -> NameRecord | None:
        """Return the name that differs at most in capitals and accents, the most mentioned one."""
        wanted = fold(name)
        same = (record for record in self.names() if fold(record.name) == wanted)
        return max(same, key=lambda record: record.mentions, default=None)

    def name_at(self, address: str) -> NameRecord | None:
        """Return the name whose page is at an address."""
        entity_id = address.strip("/")
        return next((name for name in self.names() if entity_id and name.id == entity_id), None)

    def bearer_with_page(self, forms: Iterable[str]) -> NameRecord | None:
        """Return the name with a page that has the first of these forms that such a name has."""
        with_page = [record for record in self.names() if record.has_page]
        for form in map(fold, forms):
            bearers = [record for record in with_page if form in map(fold, record.forms)]
            if bearers:
                return max(bearers, key=lambda record: (fold(record.name) == form, record.mentions))
        return None

    def facts(self, record: NameRecord) -> dict[str, str]:
        """Return what `names.csv` says about a name; empty texts are unknown."""
        for listed in self._records():
            if (listed.kind, fold(listed.name)) == (record.kind, fold(record.name)):
                facts = listed.facts
                return {
                    "born": facts.born or "",
                    "died": facts.died or "",
                    "from": facts.first or "",
                    "to": facts.last or "",
                    "latitude": _degrees(facts.latitude),
                    "longitude": _degrees(facts.longitude),
                    "same_as": " ".join(listed.same_as),
                    "note": facts.note or "",
                }
        return {}

    def suggest(self, words: str) -> list[NameRecord]:
        """Return the names that contain the words, those in most documents first."""
        wanted = fold(words).strip()
        fitting = (
            record
            for record in self.names()
            if wanted and wanted in fold(f"{record.name}; {record.other_names}")
        )
        ordered = sorted(fitting, key=lambda record: (-record.documents, record.name))
        return ordered[:_SUGGESTIONS]

    def is_found(self, words: str) -> bool:
        """Whether rules find these words as a name in some document."""
        return any(mention.text == words for mention in mention_rows(self.docs, words))

    def has_subject(self, subject: str) -> bool:
        """Whether there is a document, or a name, that a note can be about."""
        seeds: Iterable[str] = (row["path"] for row in document_rows(self.docs))
        return subject in seeds or any(name.id == subject for name in self.names())

    def _records(self) -> Iterable[AuthorityRecord]:
        return parse_authority(read_authority(self.seeds)).value


def _degrees(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
