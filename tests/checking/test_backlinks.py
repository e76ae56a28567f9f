"""Links between documents and names go both ways, on real collections."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from generator.pipeline.generate import generate
from generator.publishing import mkdocs_build
from generator.publishing.publish import publish
from tests.support import ROOT, make_project, skip_unless, tree

SHARED = ROOT.parent / "shared"


def wikinews() -> dict[str, str | bytes]:
    """Return the gold stories of Wikinews."""
    folder = SHARED / "gold/wikinews/seeds"
    skip_unless(folder.is_dir(), "the gold stories of Wikinews")
    return dict(tree(folder))


def inaugural() -> dict[str, str | bytes]:
    """Return the inaugural addresses of the presidents of the United States."""
    path = SHARED / "corpora/inaugural.zip"
    skip_unless(path.is_file(), "the inaugural addresses")
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.endswith(".txt")]
        return {Path(name).name: archive.read(name) for name in names}


def test_a_list_of_more_names_than_a_paragraph_has_links_goes_both_ways(tmp_path: Path) -> None:
    """Those whom the text does not link are all named beside it, however many are not."""
    first = "Anna John Peter Maria James Robert Mary Thomas Sarah David".split()
    last = "Anderson Peterson Johnson Ericson Wilson Jackson Robson Thompson".split()
    present = ", ".join(f"{name} {other}" for name in first for other in last)
    project = mkdocs_build.load_project(
        make_project(tmp_path, {"a.txt": f"The list\n\nPresent were {present}.\n"})
    )
    generate(project.settings)
    assert publish(project).proof.broken == ()
    page = (project.settings.docs / "documents/undated/the-list/index.md").read_text("utf-8")
    assert page.count("](../../../people/") == 60
    assert "people_only: 20" in page
    built = (project.site / "documents/undated/the-list/index.html").read_text("utf-8")
    before, fold = built.split('<section class="sb-names"')[1].split("<details", 1)
    assert before.count("<li>") == 12
    assert fold.split("</details>")[0].count("<li>") == 80 - 12


def test_notes_and_the_navigation_may_lead_to_a_name_that_a_document_does_not_mention(
    tmp_path: Path,
) -> None:
    """People chose these links, and the name's page owes them nothing."""
    seeds: dict[str, str | bytes] = {
        "a.txt": "The ferry\n\nIt sails at noon.\n",
        "b.txt": "The vote\n\nMayor Ana Ruiz spoke. Ana Ruiz left.\n",
        "c.txt": "The strike\n\nAna Ruiz and Tom Lee spoke. Tom Lee left.\n",
        "d.txt": "The ship\n\nTom Lee built it.\n",
        "_notes/a.txt.md": "Its captain was a friend of [the mayor](people/ana-ruiz).",
    }
    config = make_project(tmp_path, seeds)
    text = config.read_text("utf-8")
    config.write_text(text.replace("\nnav:\n", "\nnav:\n  - Lee: people/tom-lee/index.md\n", 1))
    project = mkdocs_build.load_project(config)
    generate(project.settings)
    assert publish(project).proof.broken == ()
    built = (project.site / "documents/undated/the-ferry/index.html").read_text("utf-8")
    assert 'href="../../../people/ana-ruiz/">the mayor</a>' in built
    assert 'href="../../../people/tom-lee/"' in built


@pytest.mark.slow
@pytest.mark.parametrize("collection", [wikinews, inaugural], ids=["wikinews", "inaugural"])
def test_links_go_both_ways(tmp_path: Path, collection: object) -> None:
    """Every promise holds, and there are many links to hold it for."""
    assert callable(collection)
    project = mkdocs_build.load_project(make_project(tmp_path, collection()))
    generate(project.settings)
    assert publish(project).proof.broken == ()
    pages = (project.settings.docs / "documents").rglob("index.md")
    assert sum(page.read_text("utf-8").count("](../../../p") for page in pages) > 50
