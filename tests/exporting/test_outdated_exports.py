"""Exports in the docs folder are published: none brings a withdrawn document back."""

from __future__ import annotations

from pathlib import Path

from generator.cli.exports import site_of
from generator.exporting.bagit import bag_entries
from generator.exporting.oai import Repository, repository_xml
from generator.files.archives import write_zip
from generator.model import SeedbedError
from generator.pipeline.generate import generate
from generator.publishing import mkdocs_build
from generator.publishing.publish import publish
from tests.support import RELEASED, published

SEEDS: dict[str, str | bytes] = {
    "a.txt": "The bridge\n\nIt is open to all carts again.\n",
    "b.txt": "The tower\n\nQuokkas hum in it when the wind is up.\n",
}


def export(project: mkdocs_build.Project) -> None:
    """Put a repository and a bag of the site into the docs folder."""
    docs, site = project.settings.docs, site_of(project)
    repository = Repository(site, "ana@example.org", None, {}, "2026-01-02")
    (docs / "oai.xml").write_bytes(b"".join(repository_xml(repository)))
    write_zip(docs / "copies/bag.zip", bag_entries(site, "bag"))


def build(project: mkdocs_build.Project) -> str:
    """Build the site, and return why it was not published."""
    generate(project.settings, RELEASED)
    try:
        publish(project)
    except SeedbedError as error:
        return str(error)
    return ""


def test_an_export_with_a_withdrawn_document_is_not_published(tmp_path: Path) -> None:
    """Whether it is one for harvesters or an archive; one that is made again is."""
    project = published(tmp_path, SEEDS)
    export(project)
    assert build(project) == ""
    decisions = project.settings.seeds / "corrections.yml"
    decisions.write_text("documents: {b.txt: {withdrawn: {reason: by request}}}\n", "utf-8")
    for name in ("copies/bag.zip", "oai.xml"):
        assert f"{name}: E079" in build(project)
        (project.settings.docs / name).unlink()
    assert build(project) == ""
    export(project)
    assert build(project) == ""


def test_an_export_may_have_earlier_addresses(tmp_path: Path) -> None:
    """They lead to the documents. Other files are no exports, damaged ones too."""
    project = published(tmp_path, SEEDS)
    export(project)
    (project.settings.docs / "other.zip").write_bytes(b"PK\x03\x04 no archive")
    (project.settings.docs / "other.xml").write_text("<a>documents/b/</a>")
    table = tmp_path / "addresses.csv"
    moved = table.read_text("utf-8").replace("undated/the-tower/", "undated/a-tower/", 1)
    table.write_text(moved, "utf-8")
    assert build(project) == ""
    assert (project.site / "documents/undated/a-tower/ledger.json").is_file()
