"""The data files of a site, read back by code of its own and compared with its pages.

Files are read a line, a row or a document at a time, so that memory does not grow with the corpus.
"""

from __future__ import annotations

import csv
import json
import os
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import Any

import msgspec

from generator.checking.hashes import SIZE as HASH_SIZE
from generator.checking.hashes import hash_words
from generator.checking.mention_rows import MentionRows, mention_blocks, parse_mentions
from generator.checking.verified_data import ReadParts
from generator.engine.encoding import decoder, encode
from generator.files import (
    iterate_all_lines,
    iterate_lines,
    iterate_parts,
    numbered_files,
    open_table,
)
from generator.model import Problem, SeedPath
from generator.text.formulas import unescape_formula

_TEI = "http://www.tei-c.org/ns/1.0"


class ShownDocument(msgspec.Struct, frozen=True):
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


class Compared(msgspec.Struct, frozen=True):
    """What data files are compared with."""

    documents: Mapping[SeedPath, ShownDocument]
    entities: Mapping[str, int]
    """How often each is mentioned."""
    read: ReadParts
    digest: Callable[[Path], str]
    """Returns the SHA-256 of a file."""


class Check(msgspec.Struct, frozen=True):
    """How a data file is checked."""

    name: str
    run: Callable[[Path, Compared], None]
    listed: Callable[[Compared], object]
    """Returns what the result depends on besides the file."""
    beside: tuple[str, ...] = ()
    """Other data files with which it is compared."""

    def problem(self, site: Path, compared: Compared) -> Problem | None:
        """Return what is wrong with the file."""
        return problem_of(site / "data" / self.name, lambda path: self.run(path, compared))


_DESCRIBED = (
    *("documents.csv", "documents.jsonl", "corpus.tei.xml", "entities.csv", "mentions.csv"),
    *("network.csv", "network.graphml", "places.geojson"),
    *("corpus.bib", "corpus.ris", "corpus.csl.json"),
)
"""The files of which others hold the digests."""


def problem_of(path: Path, check: Callable[[Path], None]) -> Problem | None:
    """Return what is wrong with a file; None if the check passes."""
    hint = "Build the site again; if it stays, please report it"
    where = f"data/{path.name}"
    if not numbered_files(path):
        return Problem("E075", where, "the file is missing", hint)
    try:
        check(path)
    except FileNotFoundError as error:
        return Problem("E075", where, f"{Path(error.filename).name} is missing", hint)
    except _WrongDataError as fault:
        return Problem("E076", where, str(fault), hint)
    except (ValueError, LookupError, TypeError, csv.Error, ET.ParseError) as error:
        return Problem("E075", where, f"the file cannot be read: {error!r}", hint)
    return None


def _cells(path: Path, *columns: str) -> Iterator[tuple[str, ...]]:
    """Yield the cells of each row in these columns, of which there are two or more."""
    for table in numbered_files(path):
        with open_table(table) as file:
            rows = csv.reader(file, strict=True)
            header = next(rows)
            yield from map(itemgetter(*map(header.index, columns)), rows)


def _header(path: Path) -> list[str]:
    with open_table(path) as file:
        return next(csv.reader(file, strict=True))


def _documents_table(path: Path, known: Compared) -> None:
    documents = known.documents

    def compared() -> Iterator[SeedPath]:
        for cell, address, words in _cells(path, "path", "address", "words"):
            source = SeedPath(unescape_formula(cell))
            shown = _shown(documents, source)
            if address.removesuffix("index.html") != shown.address:
                raise _WrongDataError(f"has another address for {source} than its page")
            if int(words) != shown.words:
                raise _WrongDataError(f"has another number of words for {source} than its page")
            yield source

    _require_each_once(compared(), documents)


def _json_lines(path: Path, known: Compared) -> None:
    parts = known.read(path.name, numbered_files(path), _lines, _parse_line)
    _require_same_words(parts, known.documents)


def _lines(path: Path) -> Iterator[bytes]:
    return iterate_parts(path, b"\n")


def _parse_line(line: bytes) -> bytes:
    record = msgspec.json.decode(line, type=_Line)
    parts = [record.text[block.start : block.end] for block in record.blocks]
    if "\n\n".join(parts) != record.text:
        raise _WrongDataError(f"has blocks of {record.path} that are not its text")
    return _fact(record.path, hash_words(record.text))


def _fact(source: SeedPath, words: bytes) -> bytes:
    """Return what a part says of a document: the hash of its words, and its path."""
    return words + os.fsencode(source)


def _require_same_words(
    facts: Iterable[bytes], documents: Mapping[SeedPath, ShownDocument]
) -> None:
    """Raise an error unless each document has one part, with the words of its page."""
    found = list(facts)
    wanted = {_fact(source, shown.text) for source, shown in documents.items()}
    if len(found) == len(wanted) and wanted == set(found):
        return
    sources = [SeedPath(os.fsdecode(fact[HASH_SIZE:])) for fact in found]
    for source, fact in zip(sources, found, strict=True):
        if fact != _fact(source, _shown(documents, source).text):
            raise _WrongDataError(f"has other words for {source} than its page")
    _require_each_once(sources, documents)


def _tei_corpus(path: Path, known: Compared) -> None:
    parts = known.read(path.name, numbered_files(path), _tei_elements, _parse_tei)
    _require_same_words(parts, known.documents)


def _tei_elements(path: Path) -> Iterator[bytes]:
    """Yield the element of each document, then parse all that is around them."""
    around: list[bytes] = []
    for part in iterate_parts(path, b"</TEI>"):
        before, start, element = part.partition(b"<TEI")
        around.append(before)
        if start:
            yield start + element
    ET.fromstring(b"".join(around))  # noqa: S314  (expat limits entities itself)


def _parse_tei(element: bytes) -> bytes:
    """Read the element of a document, which must be complete in itself."""
    corpus = ET.fromstring(  # noqa: S314  (as above)
        b'<teiCorpus xmlns="%s">%s</teiCorpus>' % (_TEI.encode(), element)
    )
    (document,) = corpus
    source = next(
        SeedPath(number.text or "")
        for number in document.iter(f"{{{_TEI}}}idno")
        if number.get("type") == "path"
    )
    body = document.find(f"{{{_TEI}}}text")
    words = "".join(body.itertext()) if body is not None else ""
    return _fact(source, hash_words(words))


def count_entities(path: Path) -> dict[str, int]:
    """Return the number of mentions of each entity."""
    rows = [*_cells(path, "id", "mentions")]
    mentions = {entity: int(count) for entity, count in rows}
    if len(mentions) != len(rows):
        raise _WrongDataError("has an id twice")
    return mentions


def _mentions(path: Path, known: Compared) -> None:
    counts: Counter[str] = Counter()
    for fact in known.read(path.name, numbered_files(path), mention_blocks, _parse_mentions):
        rows = decoder(MentionRows).decode(fact)
        for source in rows.documents:
            _shown(known.documents, source)
        counts.update(rows.mentions)
    del counts[""]
    _require_known(counts, known.entities)
    for entity, count in known.entities.items():
        if counts[entity] != count:
            raise _WrongDataError(
                f"has {counts[entity]} mentions of {entity}; entities.csv has {count}"
            )


def _parse_mentions(block: bytes) -> bytes:
    return encode(parse_mentions(block))


def _network(path: Path, known: Compared) -> None:
    for source, target, weight in _cells(path, "source", "target", "weight"):
        _require_known((source, target), known.entities)
        if int(weight) < 1:
            raise _WrongDataError("has an edge without a document")


def _graphml(path: Path, known: Compared) -> None:
    edges = sum(_graph(file, known.entities) for file in numbered_files(path))
    _require_count(edges, sum(1 for _ in _cells(path.with_name("network.csv"), "source", "target")))


def _graph(path: Path, entities: Iterable[str]) -> int:
    """Return the number of edges of a graph, whose nodes must be entities and its own."""
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
    return edges


def _places(path: Path, known: Compared) -> None:
    for feature in _load(path)["features"]:
        _require_known((feature["id"],), known.entities)
        longitude, latitude = feature["geometry"]["coordinates"]
        if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
            raise _WrongDataError(f"has a position of {feature['id']} that is not on the earth")


def _bibtex(path: Path, known: Compared) -> None:
    keys = {line for line in iterate_all_lines(path) if line.startswith("@")}
    ends = sum(line == "}\n" for line in iterate_all_lines(path))
    _require_count(len(keys), len(known.documents))
    _require_count(ends, len(known.documents))


def _ris(path: Path, known: Compared) -> None:
    for mark in ("TY  - ", "ER  - "):
        count = sum(line.startswith(mark) for line in iterate_all_lines(path))
        _require_count(count, len(known.documents))


def _csl(path: Path, known: Compared) -> None:
    items = chain.from_iterable(map(_load, numbered_files(path)))
    _require_count(len({item["id"] for item in items}), len(known.documents))


def _data_package(path: Path, known: Compared) -> None:
    for resource in _load(path)["resources"]:
        _require_digest(path.with_name(resource["path"]), resource["hash"], known.digest)
        fields = [field["name"] for field in resource.get("schema", {}).get("fields", ())]
        if fields and fields != _header(path.with_name(resource["path"])):
            raise _WrongDataError(f"has other columns than {resource['path']}")


def _ro_crate(path: Path, known: Compared) -> None:
    entities = {entity["@id"]: entity for entity in _load(path)["@graph"]}
    for part in entities["./"]["hasPart"]:
        if listed := entities[part["@id"]].get("sha256"):
            _require_digest(path.with_name(part["@id"]), f"sha256:{listed}", known.digest)


def _load(path: Path) -> Any:
    return json.loads("".join(iterate_lines(path)))


def _require_digest(path: Path, listed: str, digest: Callable[[Path], str]) -> None:
    if not path.is_file() or f"sha256:{digest(path)}" != listed:
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


def _shown_documents(known: Compared) -> object:
    return known.documents


def _mentioned(known: Compared) -> object:
    return list(known.documents), known.entities


def _names(known: Compared) -> object:
    return list(known.entities)


def _count(known: Compared) -> object:
    return len(known.documents)


def _nothing(_known: Compared) -> object:
    return None


CHECKS = (
    (Check("corpus.tei.xml", _tei_corpus, _shown_documents),),
    (Check("documents.jsonl", _json_lines, _shown_documents),),
    (Check("network.graphml", _graphml, _names, ("network.csv",)),),
    (Check("mentions.csv", _mentions, _mentioned),),
    (Check("network.csv", _network, _names), Check("places.geojson", _places, _names)),
    (Check("documents.csv", _documents_table, _shown_documents),),
    (
        Check("corpus.bib", _bibtex, _count),
        Check("corpus.ris", _ris, _count),
        Check("corpus.csl.json", _csl, _count),
    ),
    (
        Check("datapackage.json", _data_package, _nothing, _DESCRIBED),
        Check("ro-crate-metadata.json", _ro_crate, _nothing, _DESCRIBED),
    ),
)
"""How each data file is checked, but for the entities, with which others are compared.

Those of a group are made by one process; those that take longest come first.
"""
