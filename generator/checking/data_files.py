"""The data files of a site, read back by code of its own and compared with its pages.

Files are read a line, a row or a document at a time, so that memory does not grow with the corpus.
"""

from __future__ import annotations

import csv
import json
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec

from generator.checking.document_parts import (
    check_documents_table,
    check_json_lines,
    check_tei_corpus,
)
from generator.checking.mention_rows import (
    MentionRows,
    mention_blocks,
    parse_mentions,
)
from generator.checking.reference_data import (
    ReferenceData,
    WrongDataError,
    require_page,
    table_cells,
)
from generator.checking.verified_data import Fact
from generator.engine.encoding import decoder, encode
from generator.files import (
    iterate_all_lines,
    iterate_lines,
    numbered_files,
    open_table,
)
from generator.model import Problem


class Check(msgspec.Struct, frozen=True):
    """How a data file is checked."""

    name: str
    run: Callable[[Path, ReferenceData], None]
    dependencies: Callable[[ReferenceData], object]
    """Returns what the result depends on besides the file and the other data files."""
    other_files: tuple[str, ...] = ()
    """Other data files with which it is compared."""

    def problem(self, site: Path, reference: ReferenceData) -> Problem | None:
        """Return what is wrong with the file."""
        return problem_of(site / "data" / self.name, lambda path: self.run(path, reference))


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
    except WrongDataError as fault:
        return Problem("E076", where, str(fault), hint)
    except (ValueError, LookupError, TypeError, csv.Error, ET.ParseError) as error:
        return Problem("E075", where, f"the file cannot be read: {error!r}", hint)
    return None


def _header(path: Path) -> list[str]:
    with open_table(path) as file:
        return next(csv.reader(file, strict=True))


def count_entities(path: Path) -> dict[str, int]:
    """Return the number of mentions of each entity."""
    rows = [*table_cells(path, "id", "mentions")]
    mentions = {entity: int(count) for entity, count in rows}
    if len(mentions) != len(rows):
        raise WrongDataError("has an id twice")
    return mentions


def _mentions(path: Path, reference: ReferenceData) -> None:
    counts, sources = Counter[str](), frozenset(reference.documents.sources)
    for fact in reference.parts.facts(
        path.name, numbered_files(path), mention_blocks, _parse_mentions
    ):
        rows = decoder(MentionRows).decode(fact)
        for source in rows.documents:
            require_page(sources, source)
        counts.update(rows.mentions)
    del counts[""]
    _require_known(counts, reference.entities)
    for entity, count in reference.entities.items():
        if counts[entity] != count:
            raise WrongDataError(
                f"has {counts[entity]} mentions of {entity}; entities.csv has {count}"
            )


def _parse_mentions(block: bytes) -> Fact:
    return Fact(0, encode(parse_mentions(block)))


def _network(path: Path, reference: ReferenceData) -> None:
    for source, target, weight in table_cells(path, "source", "target", "weight"):
        _require_known((source, target), reference.entities)
        if int(weight) < 1:
            raise WrongDataError("has an edge without a document")


def _graphml(path: Path, reference: ReferenceData) -> None:
    edges = sum(_graph(file, reference.entities) for file in numbered_files(path))
    _require_count(
        edges, sum(1 for _ in table_cells(path.with_name("network.csv"), "source", "target"))
    )


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


def _places(path: Path, reference: ReferenceData) -> None:
    for feature in _load(path)["features"]:
        _require_known((feature["id"],), reference.entities)
        longitude, latitude = feature["geometry"]["coordinates"]
        if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
            raise WrongDataError(f"has a position of {feature['id']} that is not on the earth")


def _bibtex(path: Path, reference: ReferenceData) -> None:
    keys = {line for line in iterate_all_lines(path) if line.startswith("@")}
    ends = sum(line == "}\n" for line in iterate_all_lines(path))
    _require_count(len(keys), reference.documents.sums.count)
    _require_count(ends, reference.documents.sums.count)


def _ris(path: Path, reference: ReferenceData) -> None:
    for mark in ("TY  - ", "ER  - "):
        count = sum(line.startswith(mark) for line in iterate_all_lines(path))
        _require_count(count, reference.documents.sums.count)


def _csl(path: Path, reference: ReferenceData) -> None:
    items = chain.from_iterable(map(_load, numbered_files(path)))
    _require_count(len({item["id"] for item in items}), reference.documents.sums.count)


def _data_package(path: Path, reference: ReferenceData) -> None:
    for resource in _load(path)["resources"]:
        _require_digest(path.with_name(resource["path"]), resource["hash"], reference.digest)
        fields = [field["name"] for field in resource.get("schema", {}).get("fields", ())]
        if fields and fields != _header(path.with_name(resource["path"])):
            raise WrongDataError(f"has other columns than {resource['path']}")


def _ro_crate(path: Path, reference: ReferenceData) -> None:
    entities = {entity["@id"]: entity for entity in _load(path)["@graph"]}
    for part in entities["./"]["hasPart"]:
        if listed := entities[part["@id"]].get("sha256"):
            _require_digest(path.with_name(part["@id"]), f"sha256:{listed}", reference.digest)


def _load(path: Path) -> Any:
    return json.loads("".join(iterate_lines(path)))


def _require_digest(path: Path, listed: str, digest: Callable[[Path], str]) -> None:
    if not path.is_file() or f"sha256:{digest(path)}" != listed:
        raise WrongDataError(f"has another digest of {path.name} than the file")


def _require_known(ids: Iterable[str], known: Iterable[str]) -> None:
    known = known if isinstance(known, set | dict) else set(known)
    for entity in ids:
        if entity not in known:
            raise WrongDataError(f"names {entity}, which is not there")


def _require_count(count: int, wanted: int) -> None:
    if count != wanted:
        raise WrongDataError(f"has {count} entries instead of {wanted}")


def _sums(reference: ReferenceData) -> object:
    return reference.documents.sums


def _mentioned(reference: ReferenceData) -> object:
    return reference.documents.sources, reference.entities


def _names(reference: ReferenceData) -> object:
    return list(reference.entities)


def _count(reference: ReferenceData) -> object:
    return reference.documents.sums.count


def _nothing(_reference: ReferenceData) -> object:
    return None


CHECKS = (
    (Check("corpus.tei.xml", check_tei_corpus, _sums),),
    (Check("documents.jsonl", check_json_lines, _sums),),
    (Check("network.graphml", _graphml, _names, ("network.csv",)),),
    (Check("mentions.csv", _mentions, _mentioned),),
    (Check("network.csv", _network, _names), Check("places.geojson", _places, _names)),
    (Check("documents.csv", check_documents_table, _sums),),
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
