"""The data files of a site, read back by code of its own and compared with its pages.

Files are read a line, a row or a document at a time, so that memory does not grow with the corpus.
Their words are compared without white space, which tables and verse have as elements in TEI, and
without the characters that XML forbids.
"""

from __future__ import annotations

import csv
import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from generator.checking.hashes import hash_texts
from generator.checking.verified_parts import VerifiedParts, load_parts, save_parts
from generator.engine.incremental import Build
from generator.files import iterate_byte_lines, iterate_lines, open_table, sha256
from generator.model import Problem, SeedPath
from generator.text.formulas import unescape_formula

_LEFT_OUT = re.compile("[^!-\ud7ff\ue000-\ufffc\U00010000-\U0010ffff]|\\s")
"""White space, characters that XML forbids, and what stands for them."""

_TEI = "http://www.tei-c.org/ns/1.0"
_TEI_START = f'<teiCorpus xmlns="{_TEI}">'.encode()
_TEI_END = b"</teiCorpus>"


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """A document as its page shows it."""

    address: str
    """Of its page, below the site."""
    words: int
    text: bytes
    """The hash of its words."""


class _Block(msgspec.Struct):
    """Where a block is in the text of its document."""

    start: int
    end: int


class _Line(msgspec.Struct):
    """What is compared of a document in documents.jsonl."""

    path: SeedPath
    text: str
    blocks: list[_Block]


class _WrongDataError(Exception):
    """What is wrong with a file, as the end of a sentence that begins with its name."""


def hash_words(text: str) -> bytes:
    """Return the hash of the words of a document."""
    words = "".join(text.split())
    return hash_texts([words if words.isprintable() else _LEFT_OUT.sub("", words)])


def check_data_files(
    site: Path, documents: Mapping[SeedPath, ShownDocument], build: Build | None = None
) -> Iterator[Problem]:
    """Yield a problem for each data file that is missing, invalid, or differs from the pages.

    Parts of large files that were valid in an earlier build are not read again.
    """
    folder = site / "data"
    texts = {source: document.text for source, document in documents.items()}
    parts = {
        name: load_parts(build, name, texts) if build else VerifiedParts(texts)
        for name in ("documents.jsonl", "corpus.tei.xml")
    }
    entities: Counter[str] = Counter()
    files: dict[str, Callable[[Path], None]] = {
        "documents.csv": lambda path: _documents_table(path, documents),
        "documents.jsonl": lambda path: _json_lines(path, documents, parts[path.name]),
        "corpus.tei.xml": lambda path: _tei_corpus(path, documents, parts[path.name]),
        "entities.csv": lambda path: entities.update(_entities(path)),
        "mentions.csv": lambda path: _mentions(path, documents, entities),
        "network.csv": lambda path: _network(path, entities),
        "network.graphml": lambda path: _graphml(path, entities),
        "places.geojson": lambda path: _places(path, entities),
        "corpus.bib": lambda path: _bibtex(path, len(documents)),
        "corpus.ris": lambda path: _ris(path, len(documents)),
        "corpus.csl.json": lambda path: _csl(path, len(documents)),
        "datapackage.json": _data_package,
        "ro-crate-metadata.json": _ro_crate,
    }
    for name, check in files.items():
        if problem := _problem(folder / name, check):
            yield problem
    if build:
        for name, verified in parts.items():
            save_parts(build, name, verified)


def _problem(path: Path, check: Callable[[Path], None]) -> Problem | None:
    hint = "Build the site again; if it stays, please report it"
    where = f"data/{path.name}"
    try:
        check(path)
    except FileNotFoundError:
        return Problem("E075", where, "the file is missing", hint)
    except _WrongDataError as fault:
        return Problem("E076", where, str(fault), hint)
    except (ValueError, KeyError, TypeError, csv.Error, ET.ParseError) as error:
        return Problem("E075", where, f"the file cannot be read: {error!r}", hint)
    return None


def _rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a table; a row with fewer or more cells than columns is a ValueError.

    `csv.DictReader` would take twice as long, and accept such a row.
    """
    with open_table(path) as file:
        rows = csv.reader(file, strict=True)
        header = next(rows, [])
        yield from (dict(zip(header, row, strict=True)) for row in rows)


def _header(path: Path) -> list[str]:
    with open_table(path) as file:
        return next(csv.reader(file, strict=True))


def _documents_table(path: Path, documents: Mapping[SeedPath, ShownDocument]) -> None:
    def compared() -> Iterator[SeedPath]:
        for row in _rows(path):
            source = SeedPath(unescape_formula(row["path"]))
            shown = _shown(documents, source)
            if row["address"].removesuffix("index.html") != shown.address:
                raise _WrongDataError(f"has another address for {source} than its page")
            if int(row["words"]) != shown.words:
                raise _WrongDataError(f"has another number of words for {source} than its page")
            yield source

    _require_each_once(compared(), documents)


def _json_lines(
    path: Path, documents: Mapping[SeedPath, ShownDocument], parts: VerifiedParts
) -> None:
    def source(line: bytes) -> SeedPath:
        record = msgspec.json.decode(line, type=_Line)
        if hash_words(record.text) != _shown(documents, record.path).text:
            raise _WrongDataError(f"has other words for {record.path} than its page")
        blocks = [record.text[block.start : block.end] for block in record.blocks]
        if "\n\n".join(blocks) != record.text:
            raise _WrongDataError(f"has blocks of {record.path} that are not its text")
        return record.path

    lines = iterate_byte_lines(path)
    _require_each_once((parts.source(line, source) for line in lines), documents)


def _tei_corpus(
    path: Path, documents: Mapping[SeedPath, ShownDocument], parts: VerifiedParts
) -> None:
    def source(part: bytes) -> SeedPath:
        element = ET.fromstring(_TEI_START + part + _TEI_END)  # noqa: S314  (expat limits entities)
        numbers = element.iter(f"{{{_TEI}}}idno")
        found = next(SeedPath(one.text or "") for one in numbers if one.get("type") == "path")
        body = element.find(f"{{{_TEI}}}TEI/{{{_TEI}}}text")
        words = "".join(body.itertext()) if body is not None else ""
        if hash_words(words) != _shown(documents, found).text:
            raise _WrongDataError(f"has other words for {found} than its page")
        return found

    _require_each_once((parts.source(part, source) for part in _tei_parts(path)), documents)


def _tei_parts(path: Path) -> Iterator[bytes]:
    """Yield the lines of each document; what is around them must be an element without them."""
    around, part = bytearray(), bytearray()
    for line in iterate_byte_lines(path):
        if not part and not line.startswith(b"<TEI "):
            around += line
            continue
        part += line
        if line == b"</TEI>\n":
            yield bytes(part)
            part.clear()
    ET.fromstring(bytes(around + part))  # noqa: S314  (expat limits entities)


def _entities(path: Path) -> dict[str, int]:
    """Return the number of mentions of each entity."""
    mentions = {row["id"]: int(row["mentions"]) for row in _rows(path)}
    if len(mentions) != sum(1 for _ in _rows(path)):
        raise _WrongDataError("has an id twice")
    return mentions


def _mentions(
    path: Path, documents: Mapping[SeedPath, ShownDocument], entities: Mapping[str, int]
) -> None:
    counts: Counter[str] = Counter()
    sources: set[str] = set()
    for row in _rows(path):
        sources.add(row["document"])
        counts[row["entity"]] += 1
    for source in sorted(sources):
        _shown(documents, SeedPath(unescape_formula(source)))
    del counts[""]
    _require_known(counts, entities)
    for entity, count in entities.items():
        if counts[entity] != count:
            raise _WrongDataError(
                f"has {counts[entity]} mentions of {entity}; entities.csv has {count}"
            )


def _network(path: Path, entities: Iterable[str]) -> None:
    for row in _rows(path):
        _require_known((row["source"], row["target"]), entities)
        if int(row["weight"]) < 1:
            raise _WrongDataError("has an edge without a document")


def _graphml(path: Path, entities: Iterable[str]) -> None:
    nodes: set[str] = set()
    edges = 0
    for _, element in ET.iterparse(path):  # noqa: S314  (expat limits entities itself)
        tag = element.tag.rpartition("}")[2]
        if tag == "node":
            nodes.add(element.attrib["id"])
        elif tag == "edge":
            edges += 1
            _require_known((element.attrib["source"], element.attrib["target"]), nodes)
        element.clear()
    _require_known(nodes, entities)
    _require_count(edges, sum(1 for _ in _rows(path.with_name("network.csv"))))


def _places(path: Path, entities: Iterable[str]) -> None:
    for feature in _load(path)["features"]:
        _require_known((feature["id"],), entities)
        longitude, latitude = feature["geometry"]["coordinates"]
        if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
            raise _WrongDataError(f"has a position of {feature['id']} that is not on the earth")


def _bibtex(path: Path, documents: int) -> None:
    keys = {line for line in iterate_lines(path) if line.startswith("@")}
    ends = sum(line == "}\n" for line in iterate_lines(path))
    _require_count(len(keys), documents)
    _require_count(ends, documents)


def _ris(path: Path, documents: int) -> None:
    for mark in ("TY  - ", "ER  - "):
        _require_count(sum(line.startswith(mark) for line in iterate_lines(path)), documents)


def _csl(path: Path, documents: int) -> None:
    _require_count(len({item["id"] for item in _load(path)}), documents)


def _data_package(path: Path) -> None:
    for resource in _load(path)["resources"]:
        _require_digest(path.with_name(resource["path"]), resource["hash"])
        fields = [field["name"] for field in resource.get("schema", {}).get("fields", ())]
        if fields and fields != _header(path.with_name(resource["path"])):
            raise _WrongDataError(f"has other columns than {resource['path']}")


def _ro_crate(path: Path) -> None:
    entities = {entity["@id"]: entity for entity in _load(path)["@graph"]}
    for part in entities["./"]["hasPart"]:
        if digest := entities[part["@id"]].get("sha256"):
            _require_digest(path.with_name(part["@id"]), f"sha256:{digest}")


def _load(path: Path) -> Any:
    return json.loads("".join(iterate_lines(path)))


def _require_digest(path: Path, digest: str) -> None:
    if not path.is_file() or f"sha256:{sha256(path)}" != digest:
        raise _WrongDataError(f"has another digest of {path.name} than the file")


def _require_known(ids: Iterable[str], known: Iterable[str]) -> None:
    known = known if isinstance(known, set | dict) else set(known)
    for entity in ids:
        if entity not in known:
            raise _WrongDataError(f"names {entity}, which is not there")


def _require_each_once(
    sources: Iterable[SeedPath], documents: Mapping[SeedPath, ShownDocument]
) -> None:
    counts = Counter(sources)
    for source in documents:
        if counts[source] != 1:
            raise _WrongDataError(f"has {source} {counts[source]} times")


def _require_count(count: int, wanted: int) -> None:
    if count != wanted:
        raise _WrongDataError(f"has {count} entries instead of {wanted}")


def _shown(documents: Mapping[SeedPath, ShownDocument], source: SeedPath) -> ShownDocument:
    if source not in documents:
        raise _WrongDataError(f"has {source}, which has no page")
    return documents[source]
