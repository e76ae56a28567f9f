"""A built site whose documents are described by label lines, a table, a note and mkdocs.yml."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from generator.checking.check import check
from generator.model import Corpus
from generator.publishing import mkdocs_build
from generator.writing.data.packages import ro_crate
from generator.writing.site_info import SiteInfo
from tests.support import published

LETTER = (
    "Title: The lamp\nFrom: Ana Ruiz\nTo: The Harbour Office\nDate: 3 May 1894\nPlace: Whitby\n"
    'Collection: Harbour papers\nRights: "Ask <b>us</b>"\n\nDear sirs,\n\nThe lamp is out.\n'
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> mkdocs_build.Project:
    """Return a project with a site."""
    folder: Path = tmp_path_factory.mktemp("stated")
    return published(
        folder,
        {
            "lamp.txt": LETTER,
            "notes/pier.txt": "The pier\n\n4 May 1894\n\nThe pier stands.\n",
            "notes/mole.txt": "The mole\n\nThe mole stands.\n",
            "notes/_about.md": "---\nrights: CC-BY-4.0\n---\nNotes.\n",
            "metadata.csv": "file;title;rights\nnotes/mole.txt;The old mole;CC0\n",
        },
    )


def page(site: mkdocs_build.Project, address: str) -> str:
    """Return a page of a document."""
    return (site.site / "documents" / address / "index.html").read_text("utf-8")


def test_the_check_finds_every_word_of_a_label_line(site: mkdocs_build.Project) -> None:
    """Above the text, and the rights below it."""
    assert check(site.settings, site.site).broken == ()
    letter = page(site, "1894/the-lamp")
    for words in ("Ana Ruiz", "The Harbour Office", "Whitby", "Harbour papers"):
        assert f">{words}<" in letter
    assert "Ask &lt;b&gt;us&lt;/b&gt;" in letter
    assert "Harbour papers" in (site.site / "collections/harbour-papers/index.html").read_text()


def test_rights_are_those_of_the_document_else_of_its_folder(site: mkdocs_build.Project) -> None:
    """Each with its address in the data; the words of a table win over those of a text."""
    with (site.site / "data/documents.csv").open(encoding="utf-8-sig", newline="") as file:
        rights = {row["path"]: row["rights"] for row in csv.DictReader(file)}
    assert rights == {
        "lamp.txt": '"Ask <b>us</b>"',
        "notes/pier.txt": "https://creativecommons.org/licenses/by/4.0/",
        "notes/mole.txt": "https://creativecommons.org/publicdomain/zero/1.0/",
    }
    assert '"license":"https://creativecommons.org/licenses/by/4.0/"' in page(site, "1894/the-pier")
    assert "The old mole" in page(site, "undated/the-old-mole")


def test_the_research_object_has_the_licence_and_the_publisher() -> None:
    """As RO-Crate recommends: one licence, not a list, and an organization; neither if unknown."""
    stated = SiteInfo(rights="CC BY 4.0", publisher="A museum")
    graph = json.loads(ro_crate(Corpus((), {}), stated, {}).data)["@graph"]
    entities = {entity["@id"]: entity for entity in graph}
    root = entities["./"]
    assert root["license"] == {"@id": "https://creativecommons.org/licenses/by/4.0/"}
    assert entities[root["license"]["@id"]]["@type"] == "CreativeWork"
    assert entities[root["publisher"]["@id"]]["name"] == "A museum"
    unknown = json.loads(ro_crate(Corpus((), {}), SiteInfo(), {}).data)["@graph"][1]
    assert not {"license", "publisher"} & unknown.keys()
