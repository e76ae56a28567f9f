"""A spaCy pipeline of the user's own finds the names, in an environment of its own."""

from __future__ import annotations

import csv
import subprocess
from pathlib import Path

import pytest
import yaml

from generator.linking import names
from generator.model import SeedbedError
from tests.support import ROOT, make_project, require

PYTHON = ROOT / ".venv-spacy" / "bin" / "python"

MAKE = """
import spacy, sys
pipeline = spacy.blank("en")
ruler = pipeline.add_pipe("entity_ruler")
ruler.add_patterns([
    {"label": "PERSON", "pattern": "blue Zubi Zar"},
    {"label": "PERSON", "pattern": "Zar"},
    {"label": "ORG", "pattern": "quiet river"},
    {"label": "DATE", "pattern": "Monday"},
])
pipeline.to_disk(sys.argv[1])
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project whose names are found by a blank pipeline with a ruler, saved beside it."""
    require(PYTHON.exists(), "spaCy in .venv-spacy (make portable)")
    folder = tmp_path_factory.mktemp("spacy")
    text = "A title\n\nOn Monday blue Zubi Zar saw a quiet river in Lima, and Zar was glad.\n"
    config = make_project(folder, {"a.txt": text, "b.txt": text.replace("A title", "Two")})
    subprocess.run([PYTHON, "-c", MAKE, folder / "ruler"], check=True)
    text = config.read_text("utf-8")
    assert "seedbed:" in text
    lines = text.replace("  seedbed:\n", "  seedbed:\n    names: {spacy: ./ruler}\n", 1)
    config.write_text(lines, "utf-8")
    command = [str(PYTHON), "-m", "generator", "build"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return folder


@pytest.mark.portable
def test_the_pipelines_names_are_the_sites_names(project: Path) -> None:
    """What the ruler knows is found, tied together and linked; what only our lists know is not."""
    rows = (project / "docs" / "data" / "mentions.csv").read_text("utf-8-sig").splitlines()
    mentions = [row for row in csv.DictReader(rows) if row["document"] == "a.txt"]
    assert [(row["text"], row["kind"]) for row in mentions] == [
        ("blue Zubi Zar", "person"),
        ("quiet river", "organization"),
        ("Zar", "person"),
    ]
    assert mentions[0]["entity"] == mentions[2]["entity"] != ""


def test_without_the_pipeline_the_message_says_what_to_do() -> None:
    """Nothing is downloaded, and nobody wonders why."""
    with pytest.raises(SeedbedError, match=r"asks for (the )?spaCy") as error:
        names.load_pipeline("./no/such/pipeline")
    assert "nstall" in error.value.hint


def test_the_setting_takes_a_name_and_nothing_else(tmp_path: Path) -> None:
    """A wrong key is an error, not silence."""
    from generator.settings import from_mapping

    good = from_mapping({"names": {"spacy": "en_core"}}, root=tmp_path, docs=tmp_path / "docs")
    assert good.names == {"spacy": "en_core"}
    folder = from_mapping(
        yaml.safe_load("names: {spacy: ./x}"), root=tmp_path, docs=tmp_path / "docs"
    )
    assert Path(folder.names["spacy"]) == tmp_path / "x"
    with pytest.raises(SeedbedError, match="names"):
        from_mapping({"names": {"flair": "x"}}, root=tmp_path, docs=tmp_path / "docs")
