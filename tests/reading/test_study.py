"""A whole seed: every stage of reading in a row."""

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
    """The customer's seed, read."""
    document, problems = read_document(seed(THE_SEED.read_bytes(), THE_SEED.name))
    assert document is not None
    assert problems == ()
    return document


@cases("stand_ins")
def test_what_stands_in_for_a_text_is_no_document(case: Case) -> None:
    """It says what to do, and nothing of it is shown."""
    document, problems = read_document(seed(case.given))
    refused = [problem.code for problem in problems if problem.severity == "error"]
    assert refused == ([case.expect] if case.expect else [])
    assert (document is None) == bool(case.expect)


def test_the_seed_says_what_it_is(peru: Document) -> None:
    """Title, author, date and language, each with the line it stands in."""
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
    """The page breaks of the PDF cut two sentences; everything else is the author's."""
    joins = next(step for step in peru.ledger if step.rule == "cut paragraphs")
    assert len(joins.changes) == 2
    texts = [block.text for block in peru.blocks]
    assert any("members of the National Electoral Tribunal (JNE)." in text for text in texts)
    assert any("whose ex-president Lourdes Flores is among" in text for text in texts)


def test_emphasis_of_the_seed_is_marked(peru: Document) -> None:
    """Asterisks became emphasis."""
    words = [block.text[span.start : span.end] for block in peru.blocks for span in block.emphasis]
    assert words == ["fujimoristas", "fujimorista", "fujimorista"]


def test_the_publishers_footer_is_kept_and_set_apart(peru: Document) -> None:
    """Contact lines are words of the source, but not of the article's last paragraph."""
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
        ("Council of 1923-04-12.txt", "Council\n\nThe old bridge is closed.\n", None),
        ("1923-04-12/a.txt", "Council\n\nThe old bridge is closed.\n", None),
    ],
)
def test_a_files_name_dates_a_text_that_says_no_date(
    name: str, text: str, date: str | None
) -> None:
    """Only with a whole date at its beginning, and never against the text."""
    document, _ = read_document(seed(text, name))
    assert document is not None
    value = document.metadata.date
    assert (value and value.value) == date


@pytest.mark.parametrize(
    ("text", "description"),
    [
        ("PRESS RELEASE\n\nBridge reopens\n\nIt rained.\n\nStill.\n", "It rained."),
        ("From: Ana Ruiz\nTo: Tom Lee\nSubject: Bridge\n\nIt rained.\n", "It rained."),
        ("Bridge\n\nPress release\n", "Press release"),
    ],
)
def test_a_description_is_of_what_the_text_tells(text: str, description: str) -> None:
    """Not of its sort, nor of who sent it; of these only where there is nothing else."""
    document, _ = read_document(seed(text))
    assert document is not None
    assert document.metadata.description == description


def known(document: Document) -> dict[str, object]:
    """What is known of a document, without the evidence."""
    metadata = document.metadata
    found = {field: getattr(metadata, field) for field in metadata.__slots__}
    told = {field: one.value for field, one in found.items() if isinstance(one, Extracted)}
    if metadata.ambiguous_date:
        read = metadata.ambiguous_date.value
        told["figures"] = [read.day_first, read.month_first, metadata.ambiguous_date.quote]
    authors = {"authors": [value.value for value in metadata.authors]} if metadata.authors else {}
    return told | authors | {"description": metadata.description, "text": document.text}


@cases("metadata")
def test_metadata(case: Case) -> None:
    """Front matter before head, head before the file's name; a line that is shown goes."""
    document, _ = read_document(seed(case.given["text"], case.given.get("path", "a.txt")))
    assert document is not None
    assert known(document) == case.expect


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
def test_a_description_is_made_of_whole_sentences(text: str, description: str) -> None:
    """As many as fit into two hundred characters, or else words; never of a mere label."""
    document, _ = read_document(seed(f"Bridge reopens\n\n{text}"))
    assert document is not None
    assert document.metadata.description == description


@given(st.one_of(st.text(), hostile_text, st.binary()))
def test_every_seed_becomes_a_document_or_a_problem(data: str | bytes) -> None:
    """Promise 7, and promise 1: what becomes a document can be taken back to its source."""
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
        ("photo.jpg", b"\xff\xd8\xff", "E001"),
        ("empty.txt", b"", "E002"),
        ("blank.txt", b"\xef\xbb\xbf \r\n\n", "E002"),
        ("program.txt", bytes(range(256)) * 8, "E003"),
    ],
)
def test_what_cannot_have_a_page_says_why(name: str, data: bytes, code: str) -> None:
    """A code, and what to do now."""
    document, (problem,) = read_document(seed(data, name))
    assert document is None
    assert problem.code == code
    assert problem.hint


def test_a_date_that_is_none_is_left_empty_and_reported() -> None:
    """With the line, so that it can be mended."""
    document, problems = read_document(
        seed("Bridge reopens\n\n2026-13-45\n\nThe mayor cut a ribbon.")
    )
    assert document is not None
    assert document.metadata.date is None
    assert [(problem.code, problem.line) for problem in problems] == [("W012", 3)]


def test_front_matter_wins_and_every_word_stays_in_sight() -> None:
    """Where the text's head says something else, its line stays in the article."""
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


def test_front_matter_gives_no_organization_as_author_and_no_impossible_date() -> None:
    """The same care as for a byline; a name that is no person's is still in the ledger."""
    head = "---\nauthors: [Northport Press Agency, Plato, Ana Ruiz]\ndate: 2026-13-45\n---\n"
    document, problems = read_document(seed(f"{head}Bridge reopens\n\nThe mayor cut a ribbon."))
    assert document is not None
    assert [author.value for author in document.metadata.authors] == ["Plato", "Ana Ruiz"]
    assert document.metadata.date is None
    assert [(problem.code, problem.line) for problem in problems] == [("W018", 2), ("W012", 3)]


@given(st.lists(_YAML_PIECES, max_size=25).map("".join))
def test_no_front_matter_is_too_strange(block: str) -> None:
    """Whatever stands between the rules, the source can be rebuilt, or is refused as no text."""
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


def test_front_matter_that_is_too_clever_stays_text() -> None:
    """A bomb of aliases is never built; its words are the article's."""
    bomb = "---\na: &a [x, x]\ntitle: [*a, *a]\n---\nBody."
    document, problems = read_document(seed(bomb))
    assert document is not None
    assert "title: [*a, *a]" in document.text
    assert "W015" in [problem.code for problem in problems]


def test_real_stories_have_sensible_titles_and_dates() -> None:
    """On 43 stories of Wikinews, by the same rules: at least 42 titles, 23 dates, no author."""
    skip_unless(WIKINEWS.is_dir(), "the gold stories of Wikinews")
    titles = dates = authors = 0
    for line in (WIKINEWS / "gold.jsonl").read_text("utf-8").splitlines():
        gold = json.loads(line)
        document, _ = read_document(seed((WIKINEWS / "seeds" / gold["document"]).read_bytes()))
        assert document is not None
        metadata = document.metadata
        titles += plain(metadata.title.value) == plain(gold["title"])
        dates += bool(
            gold["date_printed"] and metadata.date and metadata.date.value == gold["date"]
        )
        authors += len(metadata.authors)
    assert titles >= 42
    assert dates >= 23
    assert authors == 0


def plain(words: str) -> str:
    """Letters and digits only: the stories are tokenized, their gold titles lost accents."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", words.casefold())))
