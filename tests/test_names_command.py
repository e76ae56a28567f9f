"""`seedbed names`: what was found, in the form of the list of names."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from generator.cli.entry_point import seedbed
from generator.corrections import parse_authority
from generator.explain.found_names import as_csv, found_names
from generator.explain.loaded_corpus import load_corpus
from generator.files import table_rows
from generator.pipeline.generate import generate
from generator.publishing import mkdocs_build
from tests.support import make_project

SEEDS = {
    "vote.txt": "The vote\n\n3 May 2020\n\nPedro Castillo met Mary Miller in Lima on Monday."
    " Castillo told reporters that Mary Miller had agreed. The Hope sailed.\n",
    "count.txt": "The count\n\n4 May 2020\n\nMary Miller left Lima. Pedro Castillo stayed.\n",
    "names.csv": "name,kind,also,born,note\nHope (ship),ship,The Hope,,A barque\nNobody,place,,,\n",
}


def test_the_names_are_listed_with_their_counts(tmp_path: Path) -> None:
    """Most mentions first."""
    config = make_project(tmp_path, dict(SEEDS))
    result = CliRunner().invoke(seedbed, ["names", "-f", str(config)])
    assert result.exit_code == 0
    lines = [line.split(maxsplit=5) for line in result.output.splitlines()]
    assert ["3", "×", "in", "2", "person", "Mary Miller"] in lines
    assert ["1", "×", "in", "1", "ship", "Hope (ship) (Hope, The Hope)"] in lines


def test_the_export_is_a_list_of_names(tmp_path: Path) -> None:
    """Without errors; of people it has no bare surname, and authority names are unchanged in it."""
    config = make_project(tmp_path, dict(SEEDS))
    result = CliRunner().invoke(seedbed, ["names", "--export", "-f", str(config)])
    names, problems = parse_authority(result.stdout_bytes.decode("utf-8-sig"))
    assert problems == ()
    forms = {name.name: name.forms for name in names}
    assert forms["Pedro Castillo"] == ("Pedro Castillo",)
    assert forms["Hope (ship)"] == ("Hope", "The Hope")
    assert "Nobody" in forms


def test_the_export_as_the_list_changes_no_name(tmp_path: Path) -> None:
    """Used as names.csv, it gives the same names, kinds and forms."""
    project = mkdocs_build.load_project(make_project(tmp_path, dict(SEEDS)))
    exported = as_csv(found_names(project.settings))
    (tmp_path / "seeds/names.csv").write_bytes(exported)
    again = parse_authority(as_csv(found_names(project.settings)).decode("utf-8-sig")).value
    before = parse_authority(exported.decode("utf-8-sig")).value
    shown = [(name.kind, name.name, name.forms, name.facts, name.same_as) for name in before]
    assert sorted(shown, key=str) == sorted(
        ((name.kind, name.name, name.forms, name.facts, name.same_as) for name in again), key=str
    )


def test_the_names_are_those_of_the_build(tmp_path: Path) -> None:
    """Also where the order of the corpus dates a document, and its year tells namesakes apart."""
    text = "On Monday Mr. Josiah Holt, a merchant, told reporters that he left."
    seeds: dict[str, str | bytes] = {
        f"{number}.txt": f"Story {number}\n\n{date}\n\n{text}\n"
        for number, date in enumerate(("28/06/1880", "13/1/1881", "31/12/1882", "03/04/1999"))
    }
    settings = mkdocs_build.load_project(make_project(tmp_path, seeds)).settings
    generate(settings)
    built = {row["id"] for row in table_rows(settings.docs / "data/entities.csv")}
    assert built == set(load_corpus(settings).corpus.entities.entities)
    assert len(built) == 2
