"""The data files with a part for each document: a row, a line or an element."""

from __future__ import annotations

import csv
import io
import os
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

import msgspec

from generator.checking.hashes import SIZE as HASH_SIZE
from generator.checking.hashes import hash_words
from generator.checking.mention_rows import row_blocks
from generator.checking.reference_data import (
    ReferenceData,
    WrongDataError,
    require_page,
    table_cells,
)
from generator.checking.shown_documents import (
    ShownDocument,
    add_numbers,
    row_number,
    text_number,
)
from generator.checking.verified_data import Fact, Parse, Split
from generator.files import iterate_parts, numbered_files
from generator.model import SeedPath
from generator.text.formulas import unescape_formula

_TEI = "http://www.tei-c.org/ns/1.0"


class _Block(msgspec.Struct):
    """Where a block is in the text of its document."""

    start: int
    end: int


class _Line(msgspec.Struct):
    """What is compared of a document in documents.jsonl."""

    path: SeedPath
    text: str
    blocks: list[_Block]


def check_documents_table(path: Path, reference: ReferenceData) -> None:
    """Raise an error unless the table of documents has each page, with its address and words."""
    total = reference.parts.total(path.name, numbered_files(path), _document_rows, _parse_rows)
    if total != reference.documents.sums.rows:
        _compare_rows(path, reference.documents.load())


def _compare_rows(path: Path, documents: Mapping[SeedPath, ShownDocument]) -> None:
    """Raise an error that names the first row which differs from the pages."""
    counts: Counter[SeedPath] = Counter()
    for row in _table_rows(table_cells(path, *_ROW)):
        shown = _shown(documents, row.source)
        if row.address != shown.address:
            raise WrongDataError(f"has another address for {row.source} than its page")
        if row.words != shown.words:
            raise WrongDataError(f"has another number of words for {row.source} than its page")
        counts[row.source] += 1
    _require_each_once(counts, documents)


_ROW = ("path", "address", "words")


class _Row(NamedTuple):
    """What is compared of a document in documents.csv."""

    source: SeedPath
    address: str
    words: int


def _table_rows(cells: Iterable[Sequence[str]]) -> Iterator[_Row]:
    for path, address, words in cells:
        source = SeedPath(unescape_formula(path))
        yield _Row(source, address.removesuffix("index.html"), int(words))


def _document_rows(path: Path) -> Iterator[bytes]:
    """Yield the table of documents in blocks of some hundred rows, cut where a digest says so."""
    return row_blocks(path, b",00")


def _parse_rows(block: bytes) -> Fact:
    rows = csv.reader(io.StringIO(block.decode("utf-8-sig"), newline=""), strict=True)
    cells = map(itemgetter(*map(next(rows).index, _ROW)), rows)
    return Fact(add_numbers(row_number(*row) for row in _table_rows(cells)))


def check_json_lines(path: Path, reference: ReferenceData) -> None:
    """Raise an error unless each document has one line, with the words of its page."""
    _require_same_words(path, _lines, _parse_line, reference)


def _lines(path: Path) -> Iterator[bytes]:
    return iterate_parts(path, b"\n")


def _parse_line(line: bytes) -> Fact:
    record = msgspec.json.decode(line, type=_Line)
    parts = [record.text[block.start : block.end] for block in record.blocks]
    if "\n\n".join(parts) != record.text:
        raise WrongDataError(f"has blocks of {record.path} that are not its text")
    return _fact(record.path, hash_words(record.text))


def _fact(source: SeedPath, words: bytes) -> Fact:
    """Return what a part says of a document: the hash of its words, and its path."""
    return Fact(text_number(source, words), words + os.fsencode(source))


def _require_same_words(path: Path, split: Split, parse: Parse, reference: ReferenceData) -> None:
    """Raise an error unless each document has one part, with the words of its page."""
    files = numbered_files(path)
    if reference.parts.total(path.name, files, split, parse) == reference.documents.sums.texts:
        return
    documents, counts = reference.documents.load(), Counter[SeedPath]()
    for fact in reference.parts.facts(path.name, files, split, parse):
        source = SeedPath(os.fsdecode(fact[HASH_SIZE:]))
        if fact[:HASH_SIZE] != _shown(documents, source).text:
            raise WrongDataError(f"has other words for {source} than its page")
        counts[source] += 1
    _require_each_once(counts, documents)


def check_tei_corpus(path: Path, reference: ReferenceData) -> None:
    """Raise an error unless each document has one element, with the words of its page."""
    _require_same_words(path, _tei_elements, _parse_tei, reference)


def _tei_elements(path: Path) -> Iterator[bytes]:
    """Yield the element of each document, then parse all that is around them."""
    around: list[bytes] = []
    for part in iterate_parts(path, b"</TEI>"):
        before, start, element = part.partition(b"<TEI")
        around.append(before)
        if start:
            yield start + element
    ET.fromstring(b"".join(around))  # noqa: S314  (expat limits entities itself)


def _parse_tei(element: bytes) -> Fact:
    """Read the element of a document, which must be complete in itself."""
    corpus = ET.fromstring(  # noqa: S314  (as above)
        b'<teiCorpus xmlns="%s">%s</teiCorpus>' % (_TEI.encode(), element)
    )
    (document,) = corpus
    source = next(
        _path_in(number)
        for number in document.iter(f"{{{_TEI}}}idno")
        if number.get("type") == "path"
    )
    body = document.find(f"{{{_TEI}}}text")
    words = "".join(body.itertext()) if body is not None else ""
    return _fact(source, hash_words(words))


def _path_in(number: ET.Element) -> SeedPath:
    """Return the path that an element has; XML cannot have every character of one."""
    words = number.text or ""
    is_encoded = number.get("subtype") == "percent-encoded"
    return SeedPath(os.fsdecode(unquote_to_bytes(words)) if is_encoded else words)


def _require_each_once(
    counts: Mapping[SeedPath, int], documents: Mapping[SeedPath, ShownDocument]
) -> None:
    for source in documents:
        if counts[source] != 1:
            raise WrongDataError(f"has {source} {counts[source]} times")


def _shown(documents: Mapping[SeedPath, ShownDocument], source: SeedPath) -> ShownDocument:
    require_page(documents, source)
    return documents[source]
