"""Every data file of a site: what it is, and the columns of the tables."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model import PagePath
from generator.writing.data.bibliography import BIBTEX, CSL_JSON, RIS
from generator.writing.data.documents import COLUMNS, DOCUMENTS_CSV, DOCUMENTS_JSONL, KEYS
from generator.writing.data.names import ENTITIES_CSV, ENTITY_COLUMNS, MENTION_COLUMNS, MENTIONS_CSV
from generator.writing.data.network import NETWORK_COLUMNS, NETWORK_CSV, NETWORK_GRAPHML
from generator.writing.data.places import PLACES
from generator.writing.labels import Labels
from generator.writing.tei.document import CORPUS_TEI


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file for other programs."""

    path: PagePath
    label: str
    """The key of its description, and of the meanings of its columns."""
    media_type: str
    columns: tuple[str, ...] = ()
    """Of a table, or the keys in a line of JSON."""

    @property
    def name(self) -> str:
        """The name of the file in its folder."""
        return self.path.rpartition("/")[2]

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
