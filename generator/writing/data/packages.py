"""Descriptions of the data files for programs: Frictionless Data Package, and RO-Crate.

Both are in the folder of the data files and describe that folder, so a copy of it describes itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from generator.model import Corpus, OutputFile, PagePath
from generator.text.rights import parse_rights
from generator.writing.addresses import urls
from generator.writing.data.data_file_list import DataFile, published_files
from generator.writing.labels import Labels
from generator.writing.site_info import SiteInfo

DATA_PACKAGE = PagePath("data/datapackage.json")
RO_CRATE = PagePath("data/ro-crate-metadata.json")

_TYPES = {
    "words": "integer",
    "documents": "integer",
    "mentions": "integer",
    "start": "integer",
    "end": "integer",
    "linked": "integer",
    "weight": "integer",
    "latitude": "number",
    "longitude": "number",
}
"""The types of columns that are no text."""

_PUBLISHER = "#publisher"
"""The id of who publishes the site, in the RO-Crate."""

_CRATE = "https://w3id.org/ro/crate/1.1"


class FileFacts(msgspec.Struct, frozen=True):
    """The size of a file in bytes, and the SHA-256 of its bytes."""

    size: int
    digest: str


def data_package(site_info: SiteInfo, facts: Mapping[PagePath, FileFacts]) -> OutputFile:
    """Describe the data files as a Data Package (version 1 of the standard, which all tools read).

    Its schemas have the columns of the tables; in JSON, Excel and R they mean the same.
    """
    package = {
        "profile": "data-package",
        "name": urls.slug(site_info.name) if site_info.name else "corpus",
        "title": site_info.name,
        "description": site_info.description,
        "homepage": site_info.url,
        "licenses": list(_licenses(site_info)),
        "resources": [_resource(file, facts, site_info.labels) for file in published_files(facts)],
    }
    return _json_file(DATA_PACKAGE, _filled(package))


def _licenses(site_info: SiteInfo) -> Iterator[dict[str, str]]:
    """Yield the rights of the site, as a Data Package has them: with an address."""
    rights = parse_rights(site_info.rights) if site_info.rights else None
    if rights and rights.url:
        yield {"path": rights.url, "title": rights.words}


def _resource(
    file: DataFile, facts: Mapping[PagePath, FileFacts], labels: Labels
) -> dict[str, Any]:
    name = file.label.replace("_", "-")
    resource: dict[str, Any] = {
        "name": f"{name}-{file.number:03}" if file.number else name,
        "path": file.name,
        "description": labels(file.label),
        "mediatype": file.media_type,
        "encoding": "utf-8",
    }
    if file.path in facts:
        resource["bytes"] = facts[file.path].size
        resource["hash"] = f"sha256:{facts[file.path].digest}"
    if not file.is_table:
        return resource
    fields = [_field(column, file.meaning(column, labels)) for column in file.columns]
    schema = {"fields": fields, "missingValues": [""]}
    return {"profile": "tabular-data-resource", **resource, "format": "csv", "schema": schema}


def _field(column: str, meaning: str) -> dict[str, str]:
    return {"name": column, "type": _TYPES.get(column, "string"), "description": meaning}


def ro_crate(
    corpus: Corpus, site_info: SiteInfo, facts: Mapping[PagePath, FileFacts]
) -> OutputFile:
    """Describe the folder of the data files as a research object (RO-Crate 1.1)."""
    descriptor = {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": _CRATE},
    }
    files = _crate_files(site_info.labels, facts)
    stated = (*_crate_license(site_info), *_crate_publisher(site_info))
    graph = [descriptor, _root(corpus, site_info, facts), *files, *stated]
    return _json_file(RO_CRATE, {"@context": f"{_CRATE}/context", "@graph": graph})


def _root(
    corpus: Corpus, site_info: SiteInfo, facts: Mapping[PagePath, FileFacts]
) -> dict[str, Any]:
    files = [{"@id": file.name} for file in published_files(facts)]
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": site_info.name or site_info.labels("data"),
        "description": site_info.description or site_info.labels("data_about"),
        "datePublished": last_change(corpus),
        "url": site_info.absolute_page("data/"),
        "license": next(({"@id": found["path"]} for found in _licenses(site_info)), None)
        or site_info.rights,
        "publisher": {"@id": _PUBLISHER} if site_info.publisher else None,
        "hasPart": [*files, {"@id": "datapackage.json"}],
    }
    return _filled(root)


def _crate_license(site_info: SiteInfo) -> Iterator[dict[str, str]]:
    for found in _licenses(site_info):
        yield {"@id": found["path"], "@type": "CreativeWork", "name": found["title"]}


def _crate_publisher(site_info: SiteInfo) -> Iterator[dict[str, str]]:
    """Yield who publishes the site, which RO-Crate and the pages describe as an organization."""
    if site_info.publisher:
        yield {"@id": _PUBLISHER, "@type": "Organization", "name": site_info.publisher}


def _crate_files(labels: Labels, facts: Mapping[PagePath, FileFacts]) -> Iterator[dict[str, Any]]:
    for file in published_files(facts):
        entity = {
            "@id": file.name,
            "@type": "File",
            "name": file.name,
            "description": labels(file.label),
            "encodingFormat": file.media_type,
        }
        if file.path in facts:
            entity["contentSize"] = str(facts[file.path].size)
            entity["sha256"] = facts[file.path].digest
        yield entity
    yield {
        "@id": "datapackage.json",
        "@type": "File",
        "name": "datapackage.json",
        "description": labels("datapackage_json"),
        "encodingFormat": "application/json",
    }


def last_change(corpus: Corpus) -> str:
    """Return the day on which a document was last added; empty before the first release.

    It is never the day of a build, so that the same corpus gives the same bytes.
    """
    return max(corpus.added.values(), default="")


def _filled(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if value not in (None, "", [])}


def _json_file(path: PagePath, record: dict[str, Any]) -> OutputFile:
    return OutputFile(path, f"{json.dumps(record, ensure_ascii=False, indent=1)}\n".encode())
