"""Decisions as edits of corrections.yml: what the person wrote stays to the letter."""

from __future__ import annotations

import difflib
import json
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from threading import Lock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.corrections import parse_corrections
from generator.desk.edits import DecisionError, YamlEdit
from generator.desk.history import describe_change, text_before
from generator.desk.known_names import KnownNames
from generator.desk.parse_decision import read_decision
from generator.desk.save_decisions import ChangedError, Desk
from generator.desk.yaml_edits import apply_edit
from generator.model import SeedbedError
from tests.support import ROOT, hostile_text

FILE = """\
# Ours, since 2019.
documents:
    letters/a.txt:      # from the tin
        title:  'Bridge: reopened'
        authors: [Ana Ruiz,   "Tom Lee"]

names:
  merge:    {"Luis Arce": ["Lucho Arce", Arce]}   # the president
  suppress:
    - "Monday Press"
"""


NO_NAMES = KnownNames(Path("no such folder"), Path("no such folder"))


def edit_of(decision: object) -> YamlEdit:
    """Return the only edit of a decision about corrections.yml."""
    (edit,) = read_decision(decision, NO_NAMES)
    assert isinstance(edit, YamlEdit)
    return edit


def changed_lines(before: str, after: str) -> list[str]:
    """Return the lines of a diff that remove or add something."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in lines if line[:1] in "+-" and line[:3] not in {"+++", "---"}]


@pytest.mark.parametrize(
    ("decision", "diff"),
    [
        (
            {"seed": "letters/a.txt", "field": "date", "value": "1894-06"},
            ["+        date: 1894-06"],
        ),
        (
            {"name": "Mary Ann", "map": "suppress", "value": None},
            ["+    - Mary Ann"],
        ),
        (
            {"name": "Hull", "map": "kind", "value": "place"},
            ["+  kind:", "+    Hull: place"],
        ),
    ],
)
def test_a_decision_is_a_small_diff(decision: dict[str, object], diff: list[str]) -> None:
    """Comments, quotes, spaces and order stay."""
    after = apply_edit(FILE, edit_of(decision))
    assert [line.replace(" ", "") for line in changed_lines(FILE, after)] == [
        line.replace(" ", "") for line in diff
    ]


def test_a_file_of_aliases_is_not_expanded() -> None:
    """Nine lines that mean a billion values get one decision more, and nothing else."""
    lines = [
        f"{key}: &{key} [{', '.join([f'*{before}'] * 9)}]" for before, key in pairwise("abcdefghij")
    ]
    bomb = "\n".join(("a: &a [x, x, x]", *lines, ""))
    decision = edit_of({"seed": "a.txt", "field": "title", "value": "A"})
    added = changed_lines(bomb, apply_edit(bomb, decision))
    assert added == ["+documents:", "+  a.txt:", "+    title: A"]


@pytest.mark.parametrize("text", ["a: " + "{a: " * 1_500 + "}" * 1_500, "a: " + "[" * 1_500])
def test_a_file_that_nests_too_deeply_is_refused(text: str) -> None:
    """As any text that is not valid."""
    decision = edit_of({"seed": "a.txt", "field": "title", "value": "A"})
    with pytest.raises(DecisionError, match="is not valid YAML"):
        apply_edit(text, decision)


def test_an_item_is_added_to_the_line_of_its_list() -> None:
    """The comment after the list stays, and no other line changes."""
    decision = edit_of({"name": "Luis Arce", "map": "merge", "value": ["Don Luis"]})
    removed, added = changed_lines(FILE, apply_edit(FILE, decision))
    assert "# the president" in removed
    assert "# the president" in added
    assert "Don Luis" in added


SCHEMA = json.loads((ROOT / "generator/corrections/schema.json").read_text("utf-8"))
VALUES = {"authors": ["Ana Ruiz"], "date": "1894", "language": "en", "genre": "letter"}


@pytest.mark.parametrize("field", sorted(SCHEMA["definitions"]["document"]["properties"]))
def test_every_field_of_a_document_can_be_decided(field: str) -> None:
    """The desk knows the same fields as the parser, and the parser reads what it writes."""
    value = {"reason": "She asked."} if field == "withdrawn" else VALUES.get(field, "A value")
    edit = edit_of({"seed": "b.txt", "field": field, "value": value})
    parsed, problems = parse_corrections(apply_edit("", edit))
    assert problems == ()
    assert getattr(parsed.documents[0], field) is not None


texts = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1)
decisions = st.one_of(
    st.fixed_dictionaries(
        {"seed": texts, "field": st.sampled_from(["title", "section"]), "value": texts}
    ),
    st.fixed_dictionaries({"name": texts, "map": st.just("rename"), "value": texts}),
    st.fixed_dictionaries({"name": texts, "map": st.just("suppress"), "value": st.none()}),
)


@given(st.lists(decisions, max_size=4))
def test_every_decision_is_read_back_by_the_parser(made: list[dict[str, str]]) -> None:
    """Whatever the words are: quotes, colons, characters of YAML."""
    text = FILE
    for decision in made:
        text = apply_edit(text, edit_of(decision))
    parsed = parse_corrections(text).value
    assert "Monday Press" in [entry.name for entry in parsed.names.suppress]
    for line in FILE.splitlines():
        if line.startswith("#") or ("title" in line and not made):
            assert line in text


@given(hostile_text, decisions)
def test_no_file_and_no_decision_raises_another_error(
    text: str, decision: dict[str, object]
) -> None:
    """A file that is not valid is refused with words."""
    with suppress(DecisionError):
        assert apply_edit(text, edit_of(decision)) != text


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        "text",
        {},
        {"seed": "a.txt", "field": "digest", "value": "x"},
        {"seed": "a.txt", "field": "title", "value": ["x"]},
        {"seed": "a.txt", "field": "title", "value": "x", "more": 1},
        {"seed": "a.txt", "field": "title", "value": "two\nlines"},
        {"seed": "a.txt", "field": "title", "value": "x" * 1_001},
        {"seed": "a.txt", "field": "withdrawn", "value": {}},
        {"name": "A", "map": "delete", "value": "x"},
        {"name": "A", "map": "split", "value": {"name": "B"}},
    ],
)
def test_anything_else_is_no_decision(body: object) -> None:
    """Only known fields with values of their kind are taken."""
    with pytest.raises(DecisionError):
        read_decision(body, NO_NAMES)


def desk_of(folder: Path) -> Desk:
    """Return the desk of a project."""
    return Desk(folder, KnownNames(folder / "docs", folder / "seeds"), Lock())


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return the desk of a project with corrections."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "corrections.yml").write_text(FILE, "utf-8")
    return desk_of(tmp_path)


TITLE = {"seed": "b.txt", "field": "title", "value": "A title"}


def test_a_decision_can_be_taken_back(desk: Desk) -> None:
    """The file is as it was, to the letter."""
    file = desk.seeds / "corrections.yml"
    desk.decide([TITLE], desk.version)
    assert "A title" in file.read_text("utf-8")
    assert [past.edit for past in desk.history] == ["b.txt › title: A title"]
    desk.undo(desk.version)
    assert file.read_text("utf-8") == FILE
    assert desk.history == ()
    with pytest.raises(DecisionError):
        desk.undo(desk.version)


def test_a_file_that_changed_meanwhile_is_not_overwritten(desk: Desk) -> None:
    """Neither by a decision nor by taking one back."""
    file, version = desk.seeds / "corrections.yml", desk.version
    desk.decide([TITLE], version)
    with pytest.raises(ChangedError):
        desk.decide([TITLE], version)
    file.write_text(file.read_text("utf-8") + "# by hand\n", "utf-8")
    with pytest.raises(ChangedError):
        desk.undo(desk.version)
    assert "# by hand" in file.read_text("utf-8")


def test_a_value_is_refused_in_the_words_of_the_parser(desk: Desk) -> None:
    """And nothing is written."""
    with pytest.raises(DecisionError, match="is not a date"):
        desk.decide([{"seed": "b.txt", "field": "date", "value": "last summer"}], desk.version)
    assert (desk.seeds / "corrections.yml").read_text("utf-8") == FILE


def test_the_first_decision_makes_the_file(tmp_path: Path) -> None:
    """With the line that tells editors its schema."""
    (tmp_path / "seeds").mkdir()
    desk = desk_of(tmp_path)
    desk.decide([TITLE], desk.version)
    text = (tmp_path / "seeds" / "corrections.yml").read_text("utf-8")
    assert text.startswith("# yaml-language-server")
    assert parse_corrections(text).problems == ()


def test_a_decision_that_cannot_be_saved_changes_nothing(desk: Desk) -> None:
    """Otherwise it could not be undone."""
    (desk.root / ".seedbed").write_text("no folder")
    with pytest.raises(OSError, match="decisions"):
        desk.decide([TITLE], desk.version)
    assert (desk.seeds / "corrections.yml").read_text("utf-8") == FILE
    assert [file.name for file in desk.seeds.iterdir()] == ["corrections.yml"]


def test_a_seeds_folder_that_is_missing_is_not_made(tmp_path: Path) -> None:
    """It may be on a disk that is not there, and a new one would have no documents."""
    desk = desk_of(tmp_path)
    with pytest.raises(SeedbedError, match="no seeds folder"):
        desk.decide([TITLE], desk.version)
    assert [*tmp_path.iterdir()] == []


BOM = "\ufeff"


@pytest.mark.parametrize(
    ("text", "added"),
    [
        (FILE.replace("\n", "\r\n"), "        date: 1894\r\n"),
        (BOM + FILE, "        date: 1894\n"),
        (FILE.rstrip("\n"), "        date: 1894\n"),
        (BOM + FILE.replace("\n", "\r\n"), "        date: 1894\r\n"),
    ],
)
def test_line_ends_and_the_byte_order_mark_stay(desk: Desk, text: str, added: str) -> None:
    """One line is added, and taking it back restores every byte."""
    file = desk.seeds / "corrections.yml"
    file.write_bytes(text.encode())
    file.chmod(0o600)
    decision = {"seed": "letters/a.txt", "field": "date", "value": "1894"}
    desk.decide([decision], desk.version)
    after = file.read_bytes().decode()
    assert after.replace(added, "", 1) == text
    assert file.stat().st_mode & 0o777 == 0o600
    desk.undo(desk.version)
    assert file.read_bytes() == text.encode()


def test_an_editor_that_saves_while_a_decision_is_read_wins(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its text stays, and the person at the desk is told."""
    file = desk.seeds / "corrections.yml"

    def save_meanwhile(text: str) -> object:
        file.write_text(FILE + "# by hand\n", "utf-8")
        return parse_corrections(text)

    monkeypatch.setattr("generator.desk.save_decisions.parse_corrections", save_meanwhile)
    with pytest.raises(ChangedError):
        desk.decide([TITLE], desk.version)
    assert file.read_text("utf-8") == FILE + "# by hand\n"
    assert desk.history == ()


DATES = st.sampled_from(["1894", "1894-06", "1894-06-12", "1894~", "1894/1896", "0800", None])


@given(DATES, hostile_text)
def test_a_change_is_taken_back_to_the_letter(date: str | None, text: str) -> None:
    """Whatever the texts before and after it are."""
    after = apply_edit("", edit_of({"seed": "a.txt", "field": "date", "value": date})) + text
    change = describe_change("corrections.yml", text, after)
    assert text_before(change, after) == text
    assert text_before(describe_change("a", None, after), after) is None
