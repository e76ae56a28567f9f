"""What the desk knows of a corpus: names, mentions, questions, and what a decision would change."""

from __future__ import annotations

import json
from pathlib import Path
from threading import Lock
from typing import Any

import pytest

import generator.desk
from generator.desk.answers import Answers
from generator.desk.edits import DecisionError, RowEdit, YamlEdit
from generator.desk.known_names import KnownNames
from generator.desk.parse_decision import read_decision
from generator.desk.save_decisions import Desk
from generator.desk.tables import mention_rows
from generator.model import SeedbedError
from generator.pipeline.generate import generate
from generator.settings import Settings, from_mapping

SEEDS = {
    "letters/a.txt": (
        "A letter home\n\nBy Ana Ruiz\n3 May 1891\n\nJohn Storr of Whitby came to see the Harbour"
        " Board on Monday. John Storr is well.\n\nJohn Storr met Isaac Verrill in Whitby.\n"
    ),
    "letters/b.txt": (
        "Another letter\n\n4 June 1892\n\nJohn Storr went to Whitby again and Isaac Verrill was"
        " there. The Mary Ann came in, and John Storr of the Mary Ann was well.\n"
    ),
    "scan_0001.txt": "the boats were out.\n\nThe Mary Ann came in at dawn.\n",
    "two.txt": (
        "Two of them\n\n1893\n\nMary Verrill met Isaac Verrill."
        " A man said that Verrill left.\n\nVerrill was seen again.\n"
    ),
}


LABELS = Path(generator.desk.__file__).parent / "assets/labels"
NOT_A_NAME = "answer_suppress"
"""Its label is that of the forms."""


def project(folder: Path, seeds: dict[str, str] | None = None) -> Settings:
    """Return the settings of a generated project."""
    for name, text in (seeds or SEEDS).items():
        (folder / "seeds" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "seeds" / name).write_text(text, "utf-8")
    settings = from_mapping({}, root=folder, docs=folder / "docs")
    generate(settings)
    return settings


def desk_of(folder: Path) -> Answers:
    """Return the desk of a project."""
    desk = Desk(folder, KnownNames(folder / "docs", folder / "seeds"), Lock())
    return Answers(desk, lambda *_: None, lambda _: None)


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Answers:
    """Return the desk of a project that no test changes."""
    folder: Path = tmp_path_factory.mktemp("desk")
    project(folder)
    return desk_of(folder)


def words(name: str | None, kind: str | None = None, text: str = "Mary Ann") -> dict[str, Any]:
    """Return the decision that words mean a name everywhere."""
    return {"words": text, "name": name, "kind": kind, "here": None}


HERE = {"seed": "two.txt", "paragraph": "p-01234567"}


@pytest.mark.parametrize(
    ("decision", "edits"),
    [
        (words("Mary Ann", "ship"), [RowEdit("Mary Ann", "ship")]),
        (
            words("North Pier", "place", "north pier"),
            [RowEdit("North Pier", "place", ("north pier",))],
        ),
        (
            words("John Storr", None, "at dawn"),
            [RowEdit("John Storr", "person", ("at dawn",))],
        ),
        (
            words("John Storr", None),
            [YamlEdit(("names", "merge", "John Storr"), ("Mary Ann",), "add")],
        ),
        (
            words("Jack Storr", "person", "Mary Ann"),
            [RowEdit("Jack Storr", "person", ("Mary Ann",))],
        ),
        (
            words("john storr", None, "Isaac Verrill"),
            [YamlEdit(("names", "merge", "John Storr"), ("Isaac Verrill",), "add")],
        ),
        (
            words("Whitby", "organization", "Whitby"),
            [YamlEdit(("names", "kind", "Whitby"), "organization")],
        ),
        (words("Whitby", "place", "Whitby"), [RowEdit("Whitby", "place")]),
        (words(None), [YamlEdit(("names", "suppress"), ("Mary Ann",), "add")]),
        (
            {**words(None), "here": HERE},
            [YamlEdit(("names", "mentions", "two.txt", "p-01234567", "Mary Ann"), "nobody")],
        ),
        (
            {**words("Mary Storr", "person"), "here": HERE},
            [
                YamlEdit(("names", "mentions", "two.txt", "p-01234567", "Mary Ann"), "Mary Storr"),
                YamlEdit(("names", "kind", "Mary Storr"), "person"),
            ],
        ),
        (
            {"seed": "a.txt", "structure": "verse", "lines": "all"},
            [YamlEdit(("structure", "a.txt", "verse"), "all")],
        ),
        (
            {"seed": "a.txt", "structure": "table", "lines": "2-4"},
            [YamlEdit(("structure", "a.txt", "table"), ("2-4",), "add")],
        ),
    ],
)
def test_a_decision_is_written_where_it_has_an_effect(
    answers: Answers, decision: dict[str, Any], edits: list[object]
) -> None:
    """Names that rules do not find are added to names.csv; those that they find are corrected."""
    assert list(read_decision(decision, answers.known_names)) == edits


@pytest.mark.parametrize(
    ("decision", "effect"),
    [
        (words("Mary Ann", "ship"), (3, 2)),
        (words("John Storr", None, "Isaac Verrill"), (3, 3)),
        ({"name": "John Storr", "map": "rename", "value": "J. Storr"}, (5, 2)),
        ({"seed": "letters/a.txt", "field": "title", "value": "X"}, (1, 1)),
        (words("Nobody Knows", "person", "these words are in no text"), (0, 0)),
        (words("Mary", "ship", "Mary"), (0, 0)),
        (words("Isaac Verrill", "person", "Isaac Verrill"), (0, 0)),
        (words("Ann", "ship", "Mary Ann"), (3, 2)),
        (
            {"split": "John Storr", "into": "X", "documents": ["letters/a.txt"], "mentions": []},
            (3, 1),
        ),
    ],
)
def test_what_a_decision_would_change_is_counted_before(
    answers: Answers, decision: dict[str, Any], effect: tuple[int, int]
) -> None:
    """Also the places of words that no rule takes for a name."""
    counted = answers.effect({"decisions": [decision]})
    assert (counted["mentions"], counted["documents"]) == effect


FAMILY = {
    "wedding.txt": (
        "The wedding\n\n3 May 1891\n\nMrs. Storr came with her son. John Storr was glad. Mrs. Storr"
        " was tired.\n\nHannah Storr stayed at home.\n"
    ),
    "letter.txt": "A letter\n\n4 June 1892\n\nJohn Storr met Hannah Storr in Whitby.\n",
    "call.txt": "A call\n\n5 June 1893\n\nMrs. Storr spoke to Captain Isaac Verrill.\n",
    "boat.txt": "A boat\n\n6 June 1893\n\nMr. Storr lost his boat.\n",
}


@pytest.mark.parametrize("text", ["Mary Ann", "Mary", "Monday", "dawn", "boats", "Harbour"])
def test_a_name_of_the_list_changes_what_the_form_said(tmp_path: Path, text: str) -> None:
    """In every text that has it, also where rules see no name, and in no longer name."""
    settings = project(tmp_path)
    desk = desk_of(tmp_path)

    def mentions() -> set[tuple[str, str, int, str]]:
        rows = mention_rows(settings.docs, ".txt")
        return {(row.seed, row.paragraph, row.start, row.entity) for row in rows}

    before = mentions()
    body = {"decisions": [words(text, "ship", text)]}
    effect = desk.effect(body)
    desk.decide({**body, "version": desk.desk.version})
    generate(settings)
    new = {row for row in mentions() - before if row[3].startswith("names/ship/")}
    assert effect == {"mentions": len(new), "documents": len({row[0] for row in new})}


@pytest.mark.parametrize("name", ["Sarah Storr", "Isaac Verrill", None])
@pytest.mark.parametrize(("text", "count"), [("Storr", 2), ("John Storr", 1), ("son", 1)])
def test_a_decision_about_a_mention_changes_what_the_form_said(
    tmp_path: Path, name: str | None, text: str, count: int
) -> None:
    """And no longer name, no other paragraph and no other document."""
    settings = project(tmp_path, FAMILY)
    desk = desk_of(tmp_path)

    def mentions() -> set[tuple[str, str, int, int, str, str]]:
        return {(*row[:5], row.entity) for row in mention_rows(settings.docs, ".txt")}

    before = mentions()
    paragraph = next(str(row[1]) for row in before if row[0] == "wedding.txt" and row[4] == "Storr")
    here = {"seed": "wedding.txt", "paragraph": paragraph}
    body = {"decisions": [{**words(name, "person", text), "here": here}]}
    effect = desk.effect(body)
    desk.decide({**body, "version": desk.desk.version})
    generate(settings)
    changed = before ^ mentions()
    places = {row[:4] for row in changed}
    assert {(row[0], row[1], row[4]) for row in changed} <= {("wedding.txt", paragraph, text)}
    is_no_change = name is None and text == "son"
    assert (len(places), 1) == (effect["mentions"] * (not is_no_change), effect["documents"])
    assert effect["mentions"] == count


@pytest.mark.parametrize(
    "decision",
    [
        words("Somebody New", None),
        words("Mary Ann", "persom"),
        {"split": "A", "into": "B", "documents": [], "mentions": []},
        {"split": "A", "into": "B", "documents": [], "mentions": ["x"]},
        {"facts": "John Storr", "kind": "person", "values": {"height": "2"}},
        {"facts": "John Storr", "kind": None, "values": {"born": "1830"}},
        {"note": "../../etc/passwd", "text": "x", "version": ""},
        {"note": "letters/a.txt", "text": "\0", "version": ""},
        {"note": "letters/a.txt", "text": "\ud800", "version": ""},
        {"seed": "a.txt", "structure": "poem", "lines": "all"},
    ],
)
def test_what_cannot_be_meant_is_refused(answers: Answers, decision: object) -> None:
    """With a reason, before a file is touched."""
    with pytest.raises(DecisionError):
        read_decision(decision, answers.known_names)


def test_names_are_offered_with_counts_and_a_sentence(answers: Answers) -> None:
    """The name in most documents comes first."""
    first, second = answers.names({"q": "verr"})
    assert (first["name"], first["mentions"], first["documents"]) == ("Isaac Verrill", 3, 3)
    assert second["name"] == "Mary Verrill"
    quote: Any = first["quote"]
    assert (quote["before"], quote["words"]) == ("John Storr met ", "Isaac Verrill")
    assert answers.names({"q": " "}) == []


def test_the_mentions_of_a_name_are_listed_by_document(answers: Answers) -> None:
    """Each with its paragraph and sentence."""
    quotes = answers.mentions({"entity": "people/john-storr"})
    assert [quote["seed"] for quote in quotes] == [*["letters/a.txt"] * 3, *["letters/b.txt"] * 2]
    assert {quote["words"] for quote in quotes} == {"John Storr"}
    assert answers.mentions({"entity": ""}) == []


OBITUARY = {
    "obituary.txt": (
        "An obituary\n\n3 May 1931\n\nJohn Storr died in Whitby. His son John Storr is here, and"
        " Mr. Storr asked us to thank Isaac Verrill. John Storr, the father, was a captain.\n"
    ),
}


def test_a_father_and_a_son_are_parted_in_one_paragraph(tmp_path: Path) -> None:
    """Each repeat of the words has others around it, by which it alone is decided."""
    settings = project(tmp_path, OBITUARY)
    desk = desk_of(tmp_path)
    mentions = desk.mentions({"entity": "people/john-storr"})
    keys = [str(mention["key"]) for mention in mentions]
    assert keys == ["John Storr died", "son John Storr", "Storr", "John Storr, the"]
    chosen = {"seed": "obituary.txt", "paragraph": mentions[1]["paragraph"], "words": keys[1]}
    split = {"split": "John Storr", "into": "John Storr (son)", "documents": []}
    body = {"decisions": [{**split, "mentions": [chosen]}]}
    assert desk.effect(body) == {"mentions": 1, "documents": 1}
    desk.decide({**body, "version": desk.desk.version})
    generate(settings)
    after = [row.entity for row in mention_rows(settings.docs, "Storr") if row.text != "Whitby"]
    assert after[:2] == ["people/john-storr", "people/john-storr-son"]
    assert set(after[2:]) == {"people/john-storr"}


def test_undated_and_untitled_documents_are_listed(answers: Answers) -> None:
    """With the beginning of their source."""
    assert [row["path"] for row in answers.unsettled({"field": "date"})] == ["scan_0001.txt"]
    assert [row["path"] for row in answers.unsettled({"field": "title"})] == ["scan_0001.txt"]
    assert answers.unsettled({"field": "__class__"}) == []
    assert answers.source({"seed": "scan_0001.txt"}) == [SEEDS["scan_0001.txt"]]
    assert answers.source({"seed": "../mkdocs.yml"}) == [""]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("John Storr met Isaac Verrill in Whitby.", "8"),
        ("home By Ana Ruiz 3 May", "1-4"),
        ("no such words", None),
        ("Whitby", None),
        ("", None),
    ],
)
def test_a_paragraph_is_in_lines_of_its_source(
    answers: Answers, text: str, lines: str | None
) -> None:
    """If its words are in one place."""
    assert answers.lines({"seed": "letters/a.txt", "words": text}) == lines


def test_an_open_question_is_answered(tmp_path: Path) -> None:
    """The offered answer closes it; one about other documents is not listed."""
    settings = project(tmp_path)
    answers = desk_of(tmp_path)
    (question,) = (found for found in answers.questions({}) if found["kind"] == "shared")
    assert answers.questions({"document": "two.txt"}) == [question]
    assert answers.questions({"document": "letters/a.txt"}) == []
    described: Any = answers.question({"id": str(question["id"])})
    assert [sentence["words"] for sentence in described["sentences"]] == ["Verrill"]
    labels = [(answer["label"], answer["words"]) for answer in described["answers"]]
    assert ("same", "Mary Verrill") in labels
    assert labels[-1] == ("suppress", "Verrill")
    answer = next(found for found in described["answers"] if found["words"] == "Mary Verrill")
    assert answer["effect"] == {"mentions": 2, "documents": 1}
    chosen = list(answer["decisions"])
    answers.decide({"decisions": chosen, "version": answers.desk.version})
    generate(settings)
    assert answers.questions({"document": "two.txt"}) == []
    assert answers.question({"id": str(question["id"])}) is None


def test_every_answer_has_words_for_the_person(tmp_path: Path) -> None:
    """That of a kind of one's own, too: a label that is missing stops the list of questions."""
    text = "A voyage\n\nThe brig Kittiwake sailed. The Kittiwake came home under Captain Lund.\n"
    project(tmp_path, {f"{number}.txt": f"{number}. {text}" for number in (1, 2)})
    answers = desk_of(tmp_path)
    found: list[Any] = [answers.question({"id": str(it["id"])}) for it in answers.questions({})]
    given = [answer for question in found for answer in question["answers"]]
    assert ("is_own", "ship") in [(answer["label"], answer["words"]) for answer in given]
    for file in LABELS.glob("*.json"):
        labels = json.loads(file.read_text("utf-8"))
        assert not [it for it in given if f"answer_{it['label']}" not in {*labels, NOT_A_NAME}]
        assert not [it for it in given if it["label"] == "is" and it["words"] not in labels]


def test_two_people_of_one_name_are_asked_about_where_they_are(tmp_path: Path) -> None:
    """Not whether the name is a person; the answer that they are one settles these mentions."""
    obituary = (
        "Captain John Storr is dead\n\nCaptain John Storr died on Monday. He leaves a son,"
        " Mr. John Storr, who is a schoolmaster.\n"
    )
    other = "A voyage\n\nCaptain John Storr sailed to Whitby with Isaac Verrill.\n"
    settings = project(tmp_path, {"obituary.txt": obituary, "other.txt": other})
    answers = desk_of(tmp_path)
    (found,) = (it for it in answers.questions({}) if it["kind"] == "namesakes")
    described: Any = answers.question({"id": str(found["id"])})
    assert {sentence["seed"] for sentence in described["sentences"]} == {"obituary.txt"}
    one, no_name = described["answers"]
    assert (one["label"], no_name["label"]) == ("same", "suppress")
    answers.decide({"decisions": list(one["decisions"]), "version": answers.desk.version})
    generate(settings)
    assert answers.question({"id": str(found["id"])}) is None


def test_a_document_of_unknown_date_is_settled(tmp_path: Path) -> None:
    """It is not asked about again."""
    project(tmp_path)
    answers = desk_of(tmp_path)
    unknown = {"seed": "scan_0001.txt", "field": "date", "value": None}
    answers.decide({"decisions": [unknown], "version": answers.desk.version})
    assert answers.unsettled({"field": "date"}) == []
    assert len(answers.unsettled({"field": "title"})) == 1


@pytest.mark.parametrize(
    ("decision", "address"),
    [
        ({"name": "John Storr", "map": "merge", "value": ["The Captain"]}, "people/john-storr/"),
        ({"name": "The Captain", "map": "kind", "value": "ship"}, "names/ship/the-captain/"),
        ({"name": "The Captain", "map": "suppress", "value": None}, None),
    ],
)
def test_the_address_of_a_name_leads_where_it_went(
    tmp_path: Path, decision: dict[str, Any], address: str | None
) -> None:
    """Also of one whose name is in no text; a page that is gone is what readers find."""
    settings = project(tmp_path)
    rename = "names: {rename: {Isaac Verrill: The Captain}}\n"
    (settings.seeds / "corrections.yml").write_text(rename)
    generate(settings)
    desk, page = desk_of(tmp_path), "people/the-captain/"
    version = desk.state({"page": page})["version"]
    assert not desk.state({"page": page})["is_gone"]
    desk.decide({"decisions": [decision], "version": version, "page": page})
    generate(settings)
    assert desk.moved_to(page) == address
    assert desk.state({"page": page})["is_gone"]


def test_a_note_is_written_and_taken_back(answers: Answers, tmp_path: Path) -> None:
    """A file that did not exist is removed again; one that changed meanwhile stays."""
    for folder in ("docs", "seeds"):
        (tmp_path / folder).symlink_to(answers.desk.root / folder)
    known_names = KnownNames(answers.known_names.docs, tmp_path / "own")
    (tmp_path / "own").mkdir()
    desk = Answers(Desk(tmp_path, known_names, Lock()), lambda *_: None, lambda _: None)
    state: Any = desk.state({"page": "people/john-storr/"})
    note = {"note": "people/john-storr", "text": "He *sailed*.", "version": "another"}
    with pytest.raises(Exception, match="people/john-storr"):
        desk.decide({"decisions": [note], "version": state["version"]})
    note["version"] = state["record"]["noteVersion"]
    state = desk.decide({"decisions": [note], "version": state["version"]})
    file = tmp_path / "own/_notes/people/john-storr.md"
    assert file.read_text("utf-8") == "He *sailed*."
    desk.undo({"version": state["version"]})
    assert not file.exists()


@pytest.mark.parametrize("name", ["corrections.yml", "names.csv"])
def test_nothing_is_written_through_a_link(tmp_path: Path, name: str) -> None:
    """The file that it leads to is somebody else's."""
    (tmp_path / "seeds").mkdir()
    target = tmp_path / "other"
    target.write_text("name,kind\n" if name == "names.csv" else "names: {}\n")
    (tmp_path / "seeds" / name).symlink_to(target)
    before = target.read_bytes()
    answers = desk_of(tmp_path)
    with pytest.raises(SeedbedError, match="E065"):
        answers.decide({"decisions": [words("Mary Ann", "ship")], "version": ""})
    assert target.read_bytes() == before
    assert (tmp_path / "seeds" / name).is_symlink()
