"""Reading a seed: all steps together."""

from __future__ import annotations

import json
import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Document, Extracted
from generator.model.ledger import undo
from generator.reading.decode import decode
from generator.reading.read import read_document
from tests.support import ROOT, THE_SEED, Case, cases, hostile_text, seed, skip_unless

WIKINEWS = Path(os.environ.get("SEEDBED_SHARED") or ROOT.parent / "shared") / "gold" / "wikinews"


_YAML_PIECES = st.sampled_from(
    [
        *r"title date author name : - [ ] { } ' \U \x \0 \UFFFFFFFF \ud800 \u202e".split(),
        *"&a *a !!int | > %YAML ? # << ... a b 2020-01-01 ~ , é".split(),
        *('"', "\n", "  ", "\t", ": ", "- ", "\x85", "\u2028"),
    ]
)


@pytest.fixture(scope="module")
def peru() -> Document:
    """Return the document of the seed that the customer sent."""
    document, problems = read_document(seed(THE_SEED.read_bytes(), THE_SEED.name))
    assert document is not None
    assert problems == ()
    return document


@cases("refused_files")
def test_pointers_and_private_keys_are_refused(case: Case) -> None:
    """There is an error with a code, and no document."""
    document, problems = read_document(seed(case.given))
    codes = [problem.code for problem in problems if problem.severity == "error"]
    assert codes == ([case.expect] if case.expect else [])
    assert (document is None) == bool(case.expect)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_a_private_key_is_refused_in_every_encoding(encoding: str) -> None:
    """Editors on Windows save texts with two bytes for each character."""
    key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"
    _, problems = read_document(seed(key.encode(encoding)))
    assert [problem.code for problem in problems] == ["E006"]


def test_metadata_of_the_seed(peru: Document) -> None:
    """Title, author, date and language, with their lines."""
    metadata = peru.metadata
    assert metadata.title.value == (
        "Protests and coup threats as Peru enters fourth week without certification"
        " of presidential vote"
    )
    assert [author.value for author in metadata.authors] == ["Bill Van Auken"]
    assert metadata.date is not None
    assert metadata.language is not None
    assert (metadata.date.value, metadata.date.line, metadata.date.quote) == (
        "2021-06-28",
        6,
        "28 June 2021",
    )
    assert (metadata.language.value, metadata.title.line) == ("en", 3)


def test_two_paragraphs_of_the_seed_are_joined_and_no_others(peru: Document) -> None:
    """The page breaks of the PDF cut two sentences; all other breaks are the author's."""
    joins = next(step for step in peru.ledger if step.rule == "cut paragraphs")
    assert len(joins.changes) == 2
    texts = [block.text for block in peru.blocks]
    assert any("members of the National Electoral Tribunal (JNE)." in text for text in texts)
    assert any("whose ex-president Lourdes Flores is among" in text for text in texts)


def test_emphasis_of_the_seed_is_marked(peru: Document) -> None:
    """Asterisks become emphasis."""
    words = [block.text[span.start : span.end] for block in peru.blocks for span in block.emphasis]
    assert words == ["fujimoristas", "fujimorista", "fujimorista"]


def test_the_footer_of_the_seed_is_separate(peru: Document) -> None:
    """Contact lines stay in the document, but not in the last paragraph of the article."""
    assert [block.kind for block in peru.blocks].count("footer") == 2
    assert peru.blocks[-1].text == "wsws.org/contact"
    assert peru.blocks[-3].text.endswith("International Committee of the Fourth International.")


@pytest.mark.parametrize(
    ("name", "text", "date"),
    [
        ("1923-04-12 Council.txt", "Council\n\nThe old bridge is closed.\n", "1923-04-12"),
        ("1923-04-12.txt", "Council\n\n3 May 1923\n\nThe old bridge is closed.\n", "1923-05-03"),
        ("1923-04-12.txt", "Council\n\n03/05/1923\n\nThe old bridge is closed.\n", None),
        ("1923-04-12.txt", "---\ndate: soon\n---\nThe old bridge is closed.\n", None),
        ("1923-02-30.txt", "Council\n\nThe old bridge is closed.\n", None),
        ("1923-04-123.txt", "Council\n\nThe old bridge is closed.\n", None),
        ("Council of 1923-04-12.txt", "Council\n\nThe old bridge is closed.\n", "1923-04-12"),
        ("1923-04-12/a.txt", "Council\n\nThe old bridge is closed.\n", None),
    ],
)
def test_the_date_in_a_file_name_is_used_if_the_text_has_none(
    name: str, text: str, date: str | None
) -> None:
    """Only a whole date at the beginning of the name counts."""
    document = read_document(seed(text, name)).value
    assert document is not None
    value = document.metadata.date
    assert (value and value.value) == date


@pytest.mark.parametrize(
    ("path", "text", "description"),
    [
        ("a.txt", "PRESS RELEASE\n\nBridge reopens\n\nIt rained.\n\nStill.\n", "It rained."),
        ("a.txt", "From: Ana Ruiz\nTo: Tom Lee\nSubject: Bridge\n\nIt rained.\n", "It rained."),
        (
            "a.eml",
            "From: Ana <a@b.org>\nSubject: Bridge\n\nDear Tom,\n\nit rained.\n",
            "it rained.",
        ),
        ("a.txt", "Bridge\n\nPress release\n", "Press release"),
    ],
)
def test_a_description_skips_text_types_and_heads_of_letters(
    path: str, text: str, description: str
) -> None:
    """Unless the text has nothing else."""
    document = read_document(seed(text, path)).value
    assert document is not None
    assert document.metadata.description == description


def values_of(document: Document) -> dict[str, object]:
    """Return the metadata and the text of a document, without the evidence."""
    metadata = document.metadata
    fields = {field: getattr(metadata, field) for field in metadata.__struct_fields__}
    values = {
        field: extracted.value
        for field, extracted in fields.items()
        if isinstance(extracted, Extracted) and field != "ambiguous_date"
    }
    if metadata.ambiguous_date:
        date = metadata.ambiguous_date.value
        values["figures"] = [date.day_first, date.month_first, metadata.ambiguous_date.quote]
    authors = {"authors": [author.value for author in metadata.authors]} if metadata.authors else {}
    return values | authors | {"description": metadata.description, "text": document.text}


@cases("metadata")
def test_metadata(case: Case) -> None:
    """Front matter wins over the head, the head over the file name; shown lines are removed."""
    document = read_document(seed(case.given["text"], case.given.get("path", "a.txt"))).value
    assert document is not None
    assert values_of(document) == case.expect


@cases("heads_of_blocks")
def test_heads_that_ask_the_kinds_of_blocks(case: Case) -> None:
    """Title, authors, date, and who wrote to whom where; None if something stands for a title."""
    document = read_document(seed(case.given, "a.txt")).value
    assert document is not None
    metadata = document.metadata
    found: dict[str, object] = {
        "title": metadata.title.value if metadata.has_title else None,
        "authors": [author.value for author in metadata.authors],
        "date": metadata.date.value if metadata.date else None,
    }
    for field in ("genre", "sender", "recipient", "place"):
        value = getattr(metadata, field)
        found |= {field: value.value} if value else {}
    assert found == case.expect


@cases("above_title")
def test_lines_above_the_title_are_no_headings_of_the_text(case: Case) -> None:
    """They would stand in the table of contents."""
    document = read_document(seed(case.given)).value
    assert document is not None
    assert [block.kind for block in document.blocks] == case.expect


LONG = "and so on " * 20


@pytest.mark.parametrize(
    ("text", "description"),
    [
        ("The river rose. It took the bridge", "The river rose. It took the bridge"),
        ("The river rose\nin the night", "The river rose in the night"),
        (f"The river rose. It took the bridge. {LONG}", "The river rose. It took the bridge."),
        (f"“The river rose!” (It took it?) {LONG}", "“The river rose!” (It took it?)"),
        (f"{'w' * 199}. {LONG}", f"{'w' * 199}."),
        (f"The river rose. J. Ruiz saw {LONG}", "The river rose."),
        (f"The river rose. It took Dr. Ruiz {LONG}", "The river rose."),
        (f"Der Fluss stieg. Er nahm z.B. die Brücke {LONG}", "Der Fluss stieg."),
        (f"The DR. The river rose {LONG}", "The DR."),
        (f"river.org {'w' * 187}, {LONG}", f"river.org {'w' * 187}…"),
        ("w" * 300, f"{'w' * 199}…"),
        (f"Press release\n\nThe river rose. {LONG}", "The river rose."),
        ("Press release", "Press release"),
    ],
)
def test_a_description_has_whole_sentences(text: str, description: str) -> None:
    """As many as fit into two hundred characters; whole words if no sentence fits."""
    document = read_document(seed(f"Bridge reopens\n\n{text}")).value
    assert document is not None
    assert document.metadata.description == description


@given(st.one_of(st.text(), hostile_text, st.binary()))
def test_every_seed_becomes_a_document_or_a_problem(data: str | bytes) -> None:
    """Promise 7, and promise 1: the source can be rebuilt from every document."""
    if isinstance(data, str):
        data = data.encode("utf-8", "replace")
    document, problems = read_document(seed(data))
    if document is None:
        assert [problem.severity for problem in problems] == ["error"]
        return
    decoding = decode(data)
    assert decoding is not None
    assert undo(document.text, document.ledger) == decoding.text
    assert all(block.text and block.text == block.text.strip("\n") for block in document.blocks)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("photo.jpg", b"\xff\xd8\xff", "E050"),
        ("program.exe", b"MZ\x90", "E001"),
        ("empty.txt", b"", "E002"),
        ("blank.txt", b"\xef\xbb\xbf \r\n\n", "E002"),
        ("program.txt", bytes(range(256)) * 8, "E003"),
    ],
)
def test_a_seed_without_a_page_has_an_error(name: str, data: bytes, code: str) -> None:
    """With a code and a hint."""
    document, (problem,) = read_document(seed(data, name))
    assert document is None
    assert problem.code == code
    assert problem.hint


def test_a_photograph_without_a_text_is_told_how_to_get_a_page() -> None:
    """By a text of its name; most photographs show no words that a program could recognise."""
    _, (problem,) = read_document(seed(b"\xff\xd8\xff", "pier.jpg"))
    assert problem.hint
    assert problem.hint.startswith("Write what it shows into a text of its name")


def test_a_date_that_does_not_exist_is_left_empty_and_reported() -> None:
    """With its line, so that the user can correct it."""
    document, problems = read_document(
        seed("Bridge reopens\n\n2026-13-45\n\nThe mayor cut a ribbon.")
    )
    assert document is not None
    assert document.metadata.date is None
    assert [(problem.code, problem.line) for problem in problems] == [("W012", 3)]


def test_a_line_of_the_head_that_front_matter_contradicts_stays_in_the_article() -> None:
    """So every word of it is shown."""
    head = "---\ntitle: Another title\nauthor: Ana Ruiz\nmood: calm\n---\n"
    text = "Bridge reopens\n\nBy Ana Ruiz\n3 May 2020\n\nSix thousand people watched the mayor."
    document, problems = read_document(seed(head + text))
    assert document is not None
    assert problems == ()
    metadata = document.metadata
    assert (metadata.title.value, metadata.title.line) == ("Another title", 2)
    assert [(author.value, author.line) for author in metadata.authors] == [("Ana Ruiz", 3)]
    assert metadata.date is not None
    assert (metadata.date.value, metadata.date.line) == ("2020-05-03", 9)
    assert document.text == "Bridge reopens\n\nSix thousand people watched the mayor."
    assert undo(document.text, document.ledger) == head + text


def test_organizations_and_impossible_dates_in_front_matter_are_reported() -> None:
    """They are not used, as in a byline, but the ledger records them."""
    head = "---\nauthors: [Northport Press Agency, Plato, Ana Ruiz]\ndate: 2026-13-45\n---\n"
    document, problems = read_document(seed(f"{head}Bridge reopens\n\nThe mayor cut a ribbon."))
    assert document is not None
    assert [author.value for author in document.metadata.authors] == ["Plato", "Ana Ruiz"]
    assert document.metadata.date is None
    assert [(problem.code, problem.line) for problem in problems] == [("W018", 2), ("W012", 3)]


@given(st.lists(_YAML_PIECES, max_size=25).map("".join))
def test_the_source_can_be_rebuilt_with_any_front_matter(block: str) -> None:
    """Unless the seed is refused because it is not a text."""
    text = f"---\n{block}\n---\nBody of the text."
    document, problems = read_document(seed(text))
    if document is None:
        assert [problem.code for problem in problems] == ["E003"]
        return
    assert undo(document.text, document.ledger) == text
    metadata = document.metadata
    shown = " ".join((metadata.title.value, *(author.value for author in metadata.authors)))
    assert shown.encode()
    assert "\u202e" not in shown


def test_front_matter_with_aliases_stays_text() -> None:
    """A YAML bomb is never built; its words stay in the article."""
    bomb = "---\na: &a [x, x]\ntitle: [*a, *a]\n---\nBody."
    document, problems = read_document(seed(bomb))
    assert document is not None
    assert "title: [*a, *a]" in document.text
    assert "W015" in [problem.code for problem in problems]


def test_real_stories_have_sensible_titles_and_dates() -> None:
    """43 stories of Wikinews: at least 42 titles and 23 dates are right, and none has an author."""
    skip_unless(WIKINEWS.is_dir(), "the gold stories of Wikinews")
    titles = dates = authors = 0
    for line in (WIKINEWS / "gold.jsonl").read_text("utf-8").splitlines():
        gold = json.loads(line)
        document = read_document(seed((WIKINEWS / "seeds" / gold["document"]).read_bytes())).value
        assert document is not None
        metadata = document.metadata
        titles += letters_of(metadata.title.value) == letters_of(gold["title"])
        dates += bool(
            gold["date_printed"] and metadata.date and metadata.date.value == gold["date"]
        )
        authors += len(metadata.authors)
    assert titles >= 42
    assert dates >= 23
    assert authors == 0


def letters_of(words: str) -> str:
    """Return letters and digits only: the stories are tokenized, the gold titles lost accents."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", words.casefold())))


@cases("title_notes")
def test_title_notes(case: Case) -> None:
    """A title without the sign of its note, the sign, and the number of the note."""
    document = read_document(seed(case.given)).value
    assert document is not None
    metadata = document.metadata
    note = metadata.title_note
    found = [metadata.title.value, note.sign if note else None, note.number if note else None]
    assert found == case.expect
    assert undo(document.text, document.ledger) == case.given


def test_a_year_below_the_byline_is_shown_once() -> None:
    """The head of the page shows it, so that the text can do without its line."""
    given = (
        "The Mill\n\nby Ana Ruiz\n\n1848\n\nThe wheel of the mill stood still for nine years, "
        "and nobody had told the council."
    )
    document = read_document(seed(given)).value
    assert document is not None
    assert document.metadata.date is not None
    assert document.metadata.date.value == "1848"
    assert document.text.startswith("The wheel")
