"""Data files that are too large for one file, from seeds to the readers of the published site."""

from __future__ import annotations

import hashlib
import json
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from generator.checking.check import check
from generator.checking.manifest import MANIFEST, manifest_entry, verify, write_manifest
from generator.desk.tables import document_rows, entity_rows, mention_rows, read_texts
from generator.exporting.published_site import PublishedSite
from generator.files.snapshot import take_snapshot
from generator.pipeline.generate import generate
from generator.publishing import lastmod
from generator.publishing.mkdocs_build import Project, load_project
from generator.publishing.publication_gaps import missing_from_documents
from generator.publishing.publish import publish
from tests.support import make_project

SEEDS = {
    f"{number}.txt": (
        f"The bridge of {number}\n\nBy Ana Ruiz\n3 May 19{number}\n\n"
        f"“The bridge in Lima,” said Tom Lee, “is; ‘closed’.” Pía Soto of Lima wrote it.\n\n"
        + f"Nobody crossed bridge {number}. "
        * 12
    )
    for number in range(10, 90)
}
DIVIDED = (
    *("documents.csv", "documents.jsonl", "mentions.csv", "corpus.tei.xml"),
    *("corpus.bib", "corpus.ris", "corpus.csl.json"),
)
"""The data files with a part for each document; each has more than 10,000 bytes."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a published project whose data files have at most 10,000 bytes."""
    folder = tmp_path_factory.mktemp("large")
    config = make_project(folder, dict(SEEDS))
    words = config.read_text("utf-8")
    limited = words.replace("  seedbed:\n", "  seedbed:\n    data_file_limit: 10000\n")
    assert limited != words
    config.write_text(limited, "utf-8")
    project = load_project(config)
    generate(project.settings)
    publish(project)
    return project


def test_files_have_numbers_and_keep_to_the_limit(project: Project) -> None:
    """The name without a number is not there. Each file is complete in itself."""
    data = project.site / "data"
    for name in DIVIDED:
        stem, _, ending = name.partition(".")
        assert not (data / name).exists()
        files = sorted(data.glob(f"{stem}-[0-9][0-9][0-9].{ending}"))
        assert len(files) > 1
        assert all(file.stat().st_size <= 10_000 for file in files)
    headers = {path.read_text("utf-8-sig").split("\n")[0] for path in data.glob("documents-*.csv")}
    assert len(headers) == 1
    items = [json.loads(path.read_bytes()) for path in data.glob("corpus-*.csl.json")]
    assert sum(map(len, items)) == len(SEEDS)
    roots = [ET.parse(path).getroot() for path in data.glob("corpus-*.tei.xml")]  # noqa: S314
    assert sum(len(root.findall("{*}TEI")) for root in roots) == len(SEEDS)


def test_the_descriptions_name_every_file(project: Project) -> None:
    """With its own size and digest; the data page links each."""
    data = project.site / "data"
    package = json.loads((data / "datapackage.json").read_bytes())
    resources = {resource["path"]: resource for resource in package["resources"]}
    crate = json.loads((data / "ro-crate-metadata.json").read_bytes())
    entities = {entity["@id"]: entity for entity in crate["@graph"]}
    page = (data / "index.html").read_text("utf-8")
    described = {"index.html", "datapackage.json", "ro-crate-metadata.json", "manifest.json"}
    names = {path.name for path in data.iterdir() if path.is_file()} - described
    assert names == resources.keys()
    for name in names:
        digest = hashlib.sha256((data / name).read_bytes()).hexdigest()
        assert resources[name]["hash"] == f"sha256:{digest}"
        assert resources[name]["bytes"] == (data / name).stat().st_size
        assert entities[name]["sha256"] == digest
        assert f'href="{name}"' in page
    assert len({resource["name"] for resource in package["resources"]}) == len(names)


def test_every_reader_finds_all_documents(project: Project) -> None:
    """The desk, the sitemap, the exports, the manifest and what is said before publishing."""
    docs = project.settings.docs
    assert {row["path"] for row in document_rows(docs)} == SEEDS.keys()
    assert {row["name"] for row in entity_rows(docs)} >= {"Lima", "Tom Lee"}
    assert {row.seed for row in mention_rows(docs, "Tom Lee")} == SEEDS.keys()
    assert read_texts(docs, SEEDS).keys() == SEEDS.keys()
    assert len(lastmod.last_modified_days(project.settings.root, docs)) == len(SEEDS)
    (problem,) = missing_from_documents(project.settings)
    assert f"{len(SEEDS)} documents" in problem.message
    site = PublishedSite(project.site, "Test archive", None, "/", "en")
    assert {document.path for document in site.documents} == SEEDS.keys()
    entries = [
        manifest_entry(path, hashlib.sha256((project.site / path).read_bytes()).hexdigest())
        for path in sorted(take_snapshot(project.site).files.keys() - {MANIFEST})
    ]
    write_manifest(project.site, entries)
    verification = verify(project.settings.seeds, project.site)
    assert (verification.seeds, verification.differences) == (len(SEEDS), ())


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("documents-002.csv", "E076"),
        ("documents-001.jsonl", "E075"),
        ("corpus-003.tei.xml", "E076"),
        ("corpus-002.csl.json", "E076"),
    ],
)
def test_a_missing_file_is_reported(project: Project, tmp_path: Path, name: str, code: str) -> None:
    """With the data file that it belongs to, and with the description that lists it."""
    site = tmp_path / "site"
    shutil.copytree(project.site, site)
    assert check(project.settings, site).broken == ()
    (site / "data" / name).unlink()
    found = {(problem.code, problem.source) for problem in check(project.settings, site).broken}
    stem, _, ending = name.partition(".")
    assert (code, f"data/{stem[:-4]}.{ending}") in found
    assert ("E076", "data/datapackage.json") in found


def test_without_a_limit_each_table_is_one_file(project: Project, tmp_path: Path) -> None:
    """The numbered files of earlier builds do not stay."""
    root = tmp_path / "project"
    shutil.copytree(project.settings.root, root)
    config = root / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("limit: 10000", "limit: 0"), "utf-8")
    settings = load_project(config).settings
    generate(settings)
    data = settings.docs / "data"
    assert not list(data.glob("*-[0-9][0-9][0-9].*"))
    assert all((data / name).stat().st_size > 10_000 for name in DIVIDED)
