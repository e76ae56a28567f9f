"""Every data file of a site: what it is, and the columns of the tables."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import msgspec
from msgspec.structs import replace

from generator.model import PagePath
from generator.model.numbered_files import existing_paths
from generator.writing.data.bibliography import BIBTEX, CSL_JSON, RIS
from generator.writing.data.documents import COLUMNS, DOCUMENTS_CSV, DOCUMENTS_JSONL, KEYS
from generator.writing.data.names import ENTITIES_CSV, ENTITY_COLUMNS, MENTION_COLUMNS, MENTIONS_CSV
from generator.writing.data.network import NETWORK_COLUMNS, NETWORK_CSV, NETWORK_GRAPHML
from generator.writing.data.places import PLACES
from generator.writing.labels import Labels
from generator.writing.tei.document import CORPUS_TEI


class DataFile(msgspec.Struct, frozen=True):
    """A file for other programs."""

    path: PagePath
    label: str
    """The key of its description, and of the meanings of its columns."""
    media_type: str
    columns: tuple[str, ...] = ()
    """Of a table, or the keys in a line of JSON."""
    number: int | None = None
    """Its number among the files of a data file that is too large for one; None for one file."""

    @property
    def name(self) -> str:
        """The name of the file in its folder."""
        return self.path.rpartition("/")[2]

    def published(self, paths: Collection[str]) -> tuple[DataFile, ...]:
        """Return the files in which it is published, of which `paths` has the paths."""
        files = existing_paths(self.path, paths.__contains__)
        if self.path in files or not files:
            return (self,)
        return tuple(
            replace(self, path=PagePath(path), number=number)
            for number, path in enumerate(files, 1)
        )

    @property
    def is_table(self) -> bool:
        """Whether it is a table that spreadsheets open."""
        return self.media_type == "text/csv"

    def meaning(self, column: str, labels: Labels) -> str:
        """Return the meaning of one of its columns."""
        return labels.columns.get(f"{self.label}.{column}") or labels.columns[column]


DATA_FILES = (
    DataFile(DOCUMENTS_CSV, "documents_csv", "text/csv", COLUMNS),
    DataFile(DOCUMENTS_JSONL, "documents_jsonl", "application/jsonl", KEYS),
    DataFile(CORPUS_TEI, "corpus_tei", "application/tei+xml"),
    DataFile(ENTITIES_CSV, "entities_csv", "text/csv", ENTITY_COLUMNS),
    DataFile(MENTIONS_CSV, "mentions_csv", "text/csv", MENTION_COLUMNS),
    DataFile(NETWORK_CSV, "network_csv", "text/csv", NETWORK_COLUMNS),
    DataFile(NETWORK_GRAPHML, "network_graphml", "application/graphml+xml"),
    DataFile(PLACES, "places_geojson", "application/geo+json"),
    DataFile(BIBTEX, "corpus_bib", "application/x-bibtex"),
    DataFile(RIS, "corpus_ris", "application/x-research-info-systems"),
    DataFile(CSL_JSON, "corpus_csl", "application/vnd.citationstyles.csl+json"),
)
"""In the order of the page."""


def published_files(paths: Collection[str]) -> Iterator[DataFile]:
    """Yield all data files, numbered ones if `paths` has those; the order is that of the page."""
    for file in DATA_FILES:
        yield from file.published(paths)
