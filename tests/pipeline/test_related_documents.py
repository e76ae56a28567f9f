"""Which documents are related, of seeds that are read in another order than that of their dates."""

from __future__ import annotations

from pathlib import Path

from generator.pipeline.generate import generate
from generator.publishing import mkdocs_build
from tests.support import make_project

_SEEDS: dict[str, str | bytes] = {
    "a.txt": "The walk\n\n19 June 2009\n\nMr. Nathaniel Abernathy of Lake Tahoe showed me otters, a"
    " heron on the ice and the boat that his brother built of cedar.\n",
    "b.txt": "The mill\n\n3 March 1990\n\nThe mill burned down, and the council paid the miller.\n",
    "c.txt": "The council\n\n14 June 2009\n\nThe rates of the water company were raised again, said"
    " Nathaniel Abernathy, who lives at Lake Tahoe and pays for two gardens.\n",
}


def test_reasons_use_the_dates_of_both_documents(tmp_path: Path) -> None:
    """Not those of the documents that are in these places by the names of the seeds."""
    project = mkdocs_build.load_project(make_project(tmp_path, _SEEDS))
    generate(project.settings)
    pages = (project.settings.docs / "documents").rglob("index.md")
    found = [page.parent.name for page in pages if "the same week" in page.read_text("utf-8")]
    assert sorted(found) == ["the-council", "the-walk"]
