"""Decisions about structure in corrections.yml: pages follow them at the next run."""

from __future__ import annotations

from pathlib import Path

from generator.explain.seed import as_text, explain_seed
from generator.pipeline.generate import generate
from generator.publishing import mkdocs_build
from generator.publishing.publish import publish
from generator.settings import Settings
from tests.support import make_project, tree

PROSE = "\n".join(
    (
        "The wheel is still, and nobody in the village has an answer to the question of",
        "who let the water out of the pond on the night before the fair, when the miller",
        "and his men were in the kitchen and spoke of other wheels and of other ponds.",
    )
)
POEM = f"The mill\n\nBy Ana Ruiz\n3 May 2020\n\n{PROSE}\n\n{PROSE}\n"
VERSE = "structure:\n  poems/: {verse: all}\n"


def project(folder: Path, corrections: str) -> Settings:
    """Return a project with a poem and these decisions."""
    config = make_project(folder, {"poems/mill.txt": POEM, "note.txt": POEM})
    (folder / "seeds/corrections.yml").write_text(corrections, "utf-8")
    return mkdocs_build.load_project(config).settings


def pages(settings: Settings) -> dict[str, str]:
    """Return the pages of the documents by their source."""
    found = (settings.docs / "documents").rglob("index.md")
    texts = [path.read_text("utf-8") for path in found]
    return {"poems" if "source: poems/" in text else "note": text for text in texts}


def test_a_decision_about_a_folder_changes_its_documents_only(tmp_path: Path) -> None:
    """Now and in a build from scratch alike, and it can be taken back."""
    settings = project(tmp_path / "a", "")
    generate(settings)
    before = tree(settings.docs)
    assert "stanza" not in pages(settings)["poems"]
    (settings.seeds / "corrections.yml").write_text(VERSE, "utf-8")
    generate(settings)
    assert pages(settings)["poems"].count(".stanza") == 2
    assert "stanza" not in pages(settings)["note"]
    fresh = project(tmp_path / "b", VERSE)
    generate(fresh)
    assert pages(fresh) == pages(settings)
    (settings.seeds / "corrections.yml").write_text("", "utf-8")
    generate(settings)
    assert tree(settings.docs) == before


def test_a_site_with_decisions_is_published_and_explained(tmp_path: Path) -> None:
    """Every promise holds, and each block has its rule."""
    settings = project(tmp_path, VERSE)
    generate(settings)
    assert publish(mkdocs_build.load_project(tmp_path / "mkdocs.yml")).proof.broken == ()
    words = as_text(explain_seed(settings, "poems/mill.txt"))
    assert "  line 6, p-e416150f: stanza (corrections.yml): The wheel is still" in words
    assert "  line 10, p-e416150f-2: stanza (corrections.yml): The wheel is still" in words


def test_a_decision_about_nothing_is_reported(tmp_path: Path) -> None:
    """With what was probably meant."""
    settings = project(tmp_path, "structure:\n  poem/: {verse: all}\n  nota.txt: {verse: all}\n")
    problems = [str(problem) for problem in generate(settings).report.problems]
    assert any('there is no seed or folder "poem/"' in problem for problem in problems)
    assert any('Did you mean "note.txt"?' in problem for problem in problems)
