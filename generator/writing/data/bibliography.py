"""The whole corpus as a bibliography, in each format that programs for citations read."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from generator.model import PagePath, SeedPath
from generator.text.paragraph_ids import short_digest
from generator.writing import citations
from generator.writing.citations import CitedWork

BIBTEX = PagePath("data/corpus.bib")
RIS = PagePath("data/corpus.ris")
CSL_JSON = PagePath("data/corpus.csl.json")


def bibliography_entry(cited: CitedWork, source: SeedPath) -> CitedWork:
    """Return the facts about a document, with a key that no other document of the corpus has.

    Two documents of one author, year and title have the same key on their pages. Here the key ends
    with a digest of the seed's path.
    """
    return replace(cited, key=f"{cited.key}-{short_digest(source)}")


def bibtex_part(cited: CitedWork) -> bytes:
    """Return a document's entry in the BibTeX file."""
    return f"{citations.bibtex(cited)}\n".encode()


def ris_part(cited: CitedWork) -> bytes:
    """Return a document's record in the RIS file."""
    return f"{citations.ris(cited)}\r\n".encode()


def csl_part(cited: CitedWork) -> bytes:
    """Return a document's item in the CSL-JSON file, without the comma between two items."""
    return msgspec.json.encode(citations.csl_item(cited))
