"""Names that people teach, from seeds/names.csv to the built site."""

from __future__ import annotations

import re
from pathlib import Path

import frontmatter
import pytest

from generator.engine.tasks import TaskSummary
from generator.model import Report, SeedbedError
from generator.pipeline.generate import generate
from generator.publishing import mkdocs_build
from generator.publishing.publish import publish
from generator.settings import from_mapping
from tests.support import RELEASED, make_project

SEEDS = {
    "gale.txt": "The gale\n\n12 March 1891\n\nThe Good Intent sailed from Port Bell with Tom Ray."
    " Ray’s boat was seen off Hob's Nook.\n",
    "school.txt": "The school\n\n4 May 1926\n\nT. Ray taught the children of Port Bell, and T. Ray"
    " knew nothing of the Good Intent.\n",
    "tide.txt": "The tide\n\n5 May 1926\n\nNobody was at sea, and nothing was seen.\n",
}

NAMES = (
    "name,kind,also,born,to,same_as,latitude,longitude,note\n"
    "Good Intent,ship,,,,Q42,,,A <b>barque</b>.\n"
    "Hob's Nook,place,,,,,54.5,-0.61,\n"
    "Tom Ray (captain),person,Tom Ray | T. Ray | Ray,1830,1899,,,,\n"
    "Tom Ray (teacher),person,Tom Ray | T. Ray,1871,,,,,\n"
)


def generate_with_names(folder: Path, names: str) -> Report:
    """Generate a corpus of three documents with this list of names."""
    (folder / "seeds").mkdir(exist_ok=True)
    for name, text in SEEDS.items():
        (folder / "seeds" / name).write_text(text, "utf-8")
    (folder / "seeds/names.csv").write_text(names, "utf-8")
    return generate(from_mapping({}, root=folder, docs=folder / "docs"), RELEASED).report


def page(folder: Path, address: str) -> frontmatter.Post:
    """Return a generated page."""
    return frontmatter.load(str(folder / "docs" / address / "index.md"))


def test_a_kind_of_ones_own_has_list_page_and_heading(tmp_path: Path) -> None:
    """From one mention on, with what the row says; the documents name it."""
    assert generate_with_names(tmp_path, NAMES).problems == ()
    ship = page(tmp_path, "names/ship/good-intent")
    assert (ship["entity"], ship["entity_name"], ship["mentions"]) == ("ship", "Ship", 2)
    assert ship["same_as"] == ["https://www.wikidata.org/wiki/Q42"]
    assert ship["life"] == "A &lt;b&gt;barque&lt;/b&gt;"
    assert page(tmp_path, "names/ship")["title"] == "Ships"
    assert "names/ship/index.md" in page(tmp_path, "").content
    gale = page(tmp_path, "documents/1891/the-gale")
    assert gale["names/ship"] == ["Good Intent"]
    assert gale["own_kinds"] == ["names/ship"]
    assert "54.5° N, 0.61° W" in str(page(tmp_path, "places/hobs-nook")["facts"])


def test_a_name_of_one_document_leads_to_its_paragraph(tmp_path: Path) -> None:
    """In a corpus in which one document makes no page; when the paragraph changes, so does it."""
    (tmp_path / "seeds").mkdir()
    for number in range(20):
        (tmp_path / f"seeds/other{number}.txt").write_text(f"Title {number}\n\nNothing.\n")
    text = SEEDS["gale.txt"]
    generate_with_names(tmp_path, "name,kind\n")
    index = page(tmp_path, "names").content
    (paragraph,) = re.findall(r"Ray, Tom: The gale\]\(\.\./documents/1891/.*#(p-\w+)\)", index)
    assert paragraph in page(tmp_path, "documents/1891/the-gale").content
    (tmp_path / "seeds/gale.txt").write_text(text.replace("Port Bell", "Port Ball"), "utf-8")
    generate(from_mapping({}, root=tmp_path, docs=tmp_path / "docs"))
    assert paragraph not in page(tmp_path, "names").content


def test_namesakes_are_told_apart_by_date(tmp_path: Path) -> None:
    """The captain is named until 1899 only, and the teacher was a child in 1869."""
    generate_with_names(tmp_path, NAMES)
    assert page(tmp_path, "people/tom-ray-captain")["mentions"] == 2
    assert page(tmp_path, "people/tom-ray-teacher")["mentions"] == 2
    assert page(tmp_path, "documents/1926/the-school")["people"] == ["Tom Ray (teacher)"]


def test_what_stays_open_is_settled_by_the_line_that_is_offered(tmp_path: Path) -> None:
    """The list of questions has a split between the names of the file."""
    names = "name,kind,also\nTom Ray (a),person,T. Ray\nTom Ray (b),person,T. Ray\n"
    generate_with_names(tmp_path, names)
    lines = (tmp_path / ".seedbed/review.txt").read_text("utf-8").splitlines()
    question = "# “T. Ray” is a name of “Tom Ray (a)”, “Tom Ray (b)” in names.csv, and nothing says"
    (line,) = (lines[n + 1] for n, text in enumerate(lines) if text.startswith(question))
    (tmp_path / "seeds/corrections.yml").write_text(f"names:\n  {line}\n", "utf-8")
    generate_with_names(tmp_path, names)
    assert page(tmp_path, "documents/1926/the-school")["people"] == ["Tom Ray (a)"]


def test_a_split_wins_over_what_the_dates_of_the_file_say(tmp_path: Path) -> None:
    """It names the words of the document, not the name that they were taken for."""
    split = "names:\n  split: {T. Ray: {Tom Ray (b): [school.txt]}}\n"
    names = "name,kind,also,to\nTom Ray (a),person,T. Ray,\nTom Ray (b),person,T. Ray,1900\n"
    generate_with_names(tmp_path, names)
    assert page(tmp_path, "documents/1926/the-school")["people"] == ["Tom Ray (a)"]
    (tmp_path / "seeds/corrections.yml").write_text(split, "utf-8")
    generate_with_names(tmp_path, names)
    assert page(tmp_path, "documents/1926/the-school")["people"] == ["Tom Ray (b)"]


def test_a_published_page_stays_at_its_address(tmp_path: Path) -> None:
    """The first of those who have the name gets it; with another kind, the address redirects."""
    generate_with_names(tmp_path, "name,kind\n")
    assert page(tmp_path, "people/tom-ray")["title"] == "Tom Ray"
    generate_with_names(tmp_path, NAMES)
    assert page(tmp_path, "people/tom-ray")["title"] == "Tom Ray (captain)"
    generate_with_names(tmp_path, "name,kind\nTom Ray,ship\n")
    moved = (tmp_path / "docs/people/tom-ray/index.html").read_text("utf-8")
    assert "names/ship/tom-ray/" in moved


def test_names_in_no_document_are_listed_once(tmp_path: Path) -> None:
    """In one message, whatever their number."""
    rows = "".join(f"Nobody {letter}x,person\n" for letter in "ABCDEFG")
    (problem,) = generate_with_names(tmp_path, f"name,kind\n{rows}").problems
    assert (problem.code, problem.source, problem.line) == ("W084", "seeds/names.csv", 2)
    assert problem.message.startswith('7 names are in no document: "Nobody Ax" (line 2), ')
    assert problem.message.endswith("and 2 more")


def test_a_damaged_row_is_reported_with_its_line(tmp_path: Path) -> None:
    """And costs nothing else."""
    (problem,) = generate_with_names(tmp_path, NAMES + "Lost,persn\n").problems
    assert str(problem).startswith('seeds/names.csv:6: W080 "persn" is not a kind')
    assert page(tmp_path, "names/ship/good-intent")["mentions"] == 2


def test_a_list_in_another_encoding_stops_the_build(tmp_path: Path) -> None:
    """Otherwise every name in it would lose its page."""
    generate_with_names(tmp_path, NAMES)
    (tmp_path / "seeds/names.csv").write_bytes("name,kind\nVerité,ship\n".encode("cp1252"))
    with pytest.raises(SeedbedError, match=r"names\.csv:2 is not valid UTF-8"):
        generate(from_mapping({}, root=tmp_path, docs=tmp_path / "docs"))


def test_only_documents_with_the_name_are_outdated(tmp_path: Path) -> None:
    """A note outdates the pages that show it, a new form the documents that have it."""
    settings = from_mapping({}, root=tmp_path, docs=tmp_path / "docs")
    generate_with_names(tmp_path, NAMES)
    (tmp_path / "seeds/names.csv").write_text(NAMES.replace("A <b>", "The <b>"), "utf-8")
    tasks = outdated(generate(settings).tasks)
    assert (tasks["names in documents"], tasks["document pages"]) == (0, 2)
    assert tasks["entity pages"] == 1
    (tmp_path / "seeds/names.csv").write_text(f"{NAMES}Nobody,ship\n", "utf-8")
    tasks = outdated(generate(settings).tasks)
    assert (tasks["authority names in documents"], tasks["names in documents"]) == (3, 1)


def outdated(tasks: tuple[TaskSummary, ...]) -> dict[str, int]:
    """Return the number of outdated items of each task."""
    return {task.name: sum(task.outdated.values()) for task in tasks}


def test_a_site_with_authority_names_keeps_every_promise(tmp_path: Path) -> None:
    """Links go both ways, for kinds of one's own too, and the search has them."""
    project = mkdocs_build.load_project(make_project(tmp_path, {**SEEDS, "names.csv": NAMES}))
    generate(project.settings)
    assert publish(project).proof.broken == ()
    built = (project.site / "names/ship/good-intent/index.html").read_text("utf-8")
    assert '<p class="sb-kicker">Ship</p>' in built
    document = (project.site / "documents/1891/the-gale/index.html").read_text("utf-8")
    assert '<h3 id="names-ship">Ships</h3>' in document
