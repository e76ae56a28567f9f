"""Exports for institutions: a bag, a static repository, a book on paper."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from msgspec import structs

from generator.cli.exports import require_free, site_of
from generator.exporting.bagit import bag_entries
from generator.exporting.book import Book
from generator.exporting.oai import (
    Repository,
    recorded_days,
    repository_xml,
    require_repository,
)
from generator.exporting.pdf import PAGE, pdf_source, write_pdf
from generator.exporting.published_site import PublishedSite
from generator.model import SeedbedError
from generator.publishing import mkdocs_build
from generator.writing.addresses.document_permalinks import are_drafts, load
from tests.support import chromium, make_project, require

_DC = "{http://purl.org/dc/elements/1.1/}"
_OAI = "{http://www.openarchives.org/OAI/2.0/}"


@pytest.fixture(scope="module")
def site(built: mkdocs_build.Project) -> PublishedSite:
    """Return the site that is built once."""
    return site_of(built)


def test_a_bag_lists_every_file_with_its_digest(site: PublishedSite) -> None:
    """In the manifest of the payload, and what describes it in the other one."""
    entries = bag_entries(site, "bag")
    files = {entry.path.removeprefix("bag/"): bytes(entry.content) for entry in entries}
    listed = dict[str, str]()
    for name in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        for line in files[name].decode().splitlines():
            digest, _, path = line.partition("  ")
            listed[path] = digest
    found = {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}
    del found["tagmanifest-sha256.txt"]
    assert listed == found
    payload = [data for path, data in files.items() if path.startswith("data/")]
    oxum = f"Payload-Oxum: {sum(map(len, payload))}.{len(payload)}\n"
    assert oxum in files["bag-info.txt"].decode()
    assert "data/data/manifest.json" in found


def test_a_file_that_changed_after_the_build_stops_the_bag(site: PublishedSite) -> None:
    """An archive would keep what nobody checked."""
    changed = replace(site)
    changed.__dict__["digests"] = {**site.digests, "index.html": "0" * 64}
    with pytest.raises(SeedbedError, match="E077"):
        list(bag_entries(changed, "bag"))


def repository(site: PublishedSite, email: str = "ana@example.org") -> Repository:
    """Return a repository of a site, one of whose documents has a day."""
    table = "seed,address,changed,added\na.txt,documents/undated/a-note-on-bridges/,,2024-05-06\n"
    return Repository(site, email, "https://gate.org/oai/", recorded_days(table), "2025-01-02")


def with_files_as_addresses(site: PublishedSite) -> PublishedSite:
    """Return a site as `use_directory_urls: false` makes it, as far as its data say so."""
    other = replace(site)
    documents = (structs.replace(each, address=each.page) for each in site.documents)
    other.__dict__["documents"] = tuple(documents)
    return other


@pytest.mark.parametrize("of", [replace, with_files_as_addresses])
def test_a_static_repository_has_a_record_of_each_document(
    of: Callable[[PublishedSite], PublishedSite], site: PublishedSite
) -> None:
    """With the day on which it was added; its address is that of the gateway."""
    site = of(site)
    root = ET.fromstring(b"".join(repository_xml(repository(site))))  # noqa: S314
    identify = {node.tag.removeprefix(_OAI): node.text for node in root[0]}
    assert identify["baseURL"] == "https://gate.org/oai/example.org/oai.xml"
    assert identify["earliestDatestamp"] == "2024-05-06"
    records = list(root.iter(f"{_OAI}record"))
    titles = {record.findtext(f".//{_DC}title") for record in records}
    assert titles == {document.title for document in site.documents}
    days = {
        record.findtext(f".//{_DC}title"): record.findtext(f".//{_OAI}datestamp")
        for record in records
    }
    assert days["A note on bridges"] == "2024-05-06"
    assert sorted(map(str, {*days.values()})) == ["2024-05-06", "2025-01-02"]


def test_what_harvesters_require_must_be_there(site: PublishedSite) -> None:
    """A mail address and the address of the site."""
    require_repository(repository(site))
    for incomplete in (repository(site, "ana"), repository(replace(site, url=""))):
        with pytest.raises(SeedbedError, match="E084"):
            require_repository(incomplete)


def test_a_book_on_paper_has_every_anchor_once(site: PublishedSite) -> None:
    """Chapters have the same anchors, such as those of notes."""
    files = {entry.path: entry.content for entry in pdf_source(Book(site))}
    page = files[PAGE]
    assert isinstance(page, bytes)
    root = ET.fromstring(page)  # noqa: S314
    ids = [node.get("id") for node in root.iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    links = {link for node in root.iter() if (link := node.get("href") or "").startswith("#")}
    assert len(links) >= len(site.documents)
    assert {link[1:] for link in links} <= set(ids)


@pytest.mark.slow
def test_a_browser_prints_the_book(site: PublishedSite, tmp_path: Path) -> None:
    """Its words can be found, and nothing else is left behind."""
    require(chromium(), "a chromium")
    write_pdf(Book(site), tmp_path / "book.pdf", tmp_path / "work")
    pdf = pypdfium2.PdfDocument(tmp_path / "book.pdf")
    text = "".join(pdf[index].get_textpage().get_text_range() for index in range(len(pdf)))
    pdf.close()
    assert "its tower cracked" in re.sub(r"\s+", " ", text)
    assert [path.name for path in tmp_path.iterdir()] == ["book.pdf"]


@pytest.mark.parametrize(
    "name", ["seeds/a.zip", "seeds/corrections.yml", "mkdocs.yml", "addresses.csv", ".seedbed/a"]
)
def test_an_export_is_no_seed_and_replaces_no_decision(
    name: str, built: mkdocs_build.Project
) -> None:
    """Not even with `--overwrite`; beside them it may lie."""
    target = built.settings.root / name
    with pytest.raises(SeedbedError, match="E067"):
        require_free(target, built, overwrite=True)
    free = built.settings.root / "docs/oai.xml"
    assert require_free(free, built, overwrite=False) == free


@pytest.mark.slow
def test_an_export_builds_the_site_and_replaces_nothing(tmp_path: Path) -> None:
    """A document that is withdrawn after a build is in no export."""
    make_project(tmp_path, {"a.txt": "One\n\nThe first note.\n", "b.txt": "Two\n\nThe second.\n"})

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "generator", "export", "epub", "book.epub", *words]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert "with 2 documents." in run().stdout
    assert are_drafts(load((tmp_path / "addresses.csv").read_text("utf-8"), "addresses.csv"))
    corrections = "documents: {a.txt: {withdrawn: {reason: By request}}}\n"
    (tmp_path / "seeds/corrections.yml").write_text(corrections, "utf-8")
    refused = run()
    assert refused.returncode == 3
    assert "E081" in refused.stderr
    assert "with 1 document." in run("--overwrite").stdout
