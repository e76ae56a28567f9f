"""What a document's metadata says has evidence in its source, and no word of its head is lost."""

from __future__ import annotations

import json
from itertools import chain

import pytest
import yaml

from generator.checking.built_page import parse_page
from generator.checking.evidence import (
    Decisions,
    EvidenceSources,
    dropped_lines,
    text_above_article,
    undo_steps,
    unsupported_values,
    values_missing_on_page,
)
from generator.model import Document, Seed, SeedPath
from generator.model.ledger import RecordedValue, dump_ledger
from generator.reading.read import read_document
from tests.support import CASES, Case, cases

_CASE_FILES = ("genres", "head", "letter_titles", "title_notes")
FIELDS = ("title", "date", "standfirst", "section", "publication", "sender", "recipient", "place")


def texts() -> list[str]:
    """Return the texts of the cases of heads."""
    files = (yaml.safe_load((CASES / f"{name}.yml").read_text("utf-8")) for name in _CASE_FILES)
    return sorted({case["given"] for case in chain(*files)})


def recorded(document: Document) -> list[RecordedValue]:
    """Return the values of a document as its ledger records them."""
    values = json.loads(dump_ledger(document))["values"]
    return [
        RecordedValue(value["field"], value["value"], value["rule"], value["quote"])
        for value in values
    ]


def front_matter(document: Document) -> dict[str, list[str]]:
    """Return the values of a document by their keys in the front matter."""
    values: dict[str, list[str]] = {}
    for value in recorded(document):
        if value.field in (*FIELDS, "authors"):
            values.setdefault(value.field, []).append(value.value)
    note = document.metadata.title_note
    if note is not None:
        values["title_note"] = [note.sign]
    return values


@pytest.mark.parametrize("text", texts())
def test_every_value_has_evidence_and_no_line_is_dropped(text: str) -> None:
    """Of every case of a head, also of titles over several lines and letters."""
    document = read_document(Seed(SeedPath("a.txt"), text.encode())).value
    if document is None:
        return
    values, meta = recorded(document), front_matter(document)
    versions = tuple(undo_steps(document.text, document.ledger))
    sources = EvidenceSources("a.txt", versions, Decisions(""))
    assert list(unsupported_values(values, meta, sources)) == []
    above = f"{text_above_article(meta)} {document.metadata.open_date or ''}"
    assert list(dropped_lines(values, document.ledger, above)) == []


@pytest.mark.parametrize(
    ("value", "quote", "supported"),
    [
        ("1732-02-11", "February 11, 1731/2", True),
        ("1664-01", "January 1663–64", True),
        ("1733-02-11", "February 11, 1731/2", False),
        ("1732-02-11", "February 11, 1731", False),
    ],
)
def test_a_year_that_is_written_twice(value: str, quote: str, supported: bool) -> None:
    """The evidence of the later year is the earlier one with its last figures."""
    values = [RecordedValue("date", value, "date in the head", quote)]
    sources = EvidenceSources("a.txt", (quote,), Decisions(""))
    assert (list(unsupported_values(values, {"date": value}, sources)) == []) == supported


@cases("stated_dates")
def test_a_date_in_words_is_evidence_of_a_decision(case: Case) -> None:
    """In both files; no other date is."""
    stated = f"documents: {{a.txt: {{date: {case.given}}}}}"
    tables = {"corrections.yml": Decisions(stated)}
    tables["metadata.csv"] = Decisions("", f"file,date\na.txt,{case.given}\n")
    for rule, decisions in tables.items():
        for date in (*case.expect[:1], "1777-07-07"):
            values = [RecordedValue("date", date, rule, "")]
            sources = EvidenceSources("a.txt", ("",), decisions)
            found = list(unsupported_values(values, {"date": date}, sources))
            assert (found == []) == (date in case.expect), (rule, date)


def test_a_page_depends_on_the_decisions_about_its_seed_alone() -> None:
    """A file counts if it has an entry for the seed, or if a value of the page comes from it."""
    corrections = "documents: {a.txt: {title: A}}\nstructure: {b/: {furniture: leave-out}}"
    table = "file,title\na.txt,A\nc.txt,C\n"
    before = Decisions(corrections, table)
    after = Decisions(f"{corrections}\nnames: {{merge: {{Ana: [Anna]}}}}\n", table)
    others = {"b/a.txt": ("corrections.yml",), "c.txt": ("metadata.csv",), "d.txt": ()}
    expected = {"a.txt": ("corrections.yml", "metadata.csv"), **others}
    for seed, names in expected.items():
        found = before.digests_for(SeedPath(seed), ())
        assert found == tuple(before.digests[name] for name in names)
        changed = after.digests_for(SeedPath(seed), ()) != found
        assert changed == ("corrections.yml" in names)
    assert before.digests_for(SeedPath("d.txt"), ["metadata.csv"]) == (
        before.digests["metadata.csv"],
    )
    assert before.digests_for(None, ()) == ()


def test_decisions_know_the_seeds_that_they_are_about() -> None:
    """Those of both files, however accents are encoded; furniture only where somebody said so."""
    corrections = "documents: {é.txt: {title: A}}\nstructure: {b/: {furniture: leave-out}}"
    seeds = Decisions(corrections, "file,title\nc.txt,C\n").seeds
    decided = [
        path
        for path in ("\u00e9.txt", "e\u0301.txt", "c.txt", "b/a.txt")
        if seeds.has_values(SeedPath(path))
    ]
    assert decided == ["\u00e9.txt", "e\u0301.txt", "c.txt"]
    assert seeds.leave_out_furniture(SeedPath("b/a.txt"))
    assert not seeds.leave_out_furniture(SeedPath("c.txt"))


@pytest.mark.parametrize(("is_sender", "missing"), [(True, []), (False, ["J. FINCH, M.D."])])
def test_the_writer_of_a_letter_is_named_once(is_sender: bool, missing: list[str]) -> None:
    """The name with which an author signs need not stand beside the author's."""
    head = b"<header class='sb-head'><h1>Water</h1><p>J. Finch M.D.</p></header>"
    page = parse_page(
        b"<article class='sb-document'>"
        + head
        + b"<div class='sb-text'><p>It rained.</p></div></article>"
    )
    meta = {"title": "Water", "authors": ["J. Finch M.D."], "sender": "J. FINCH, M.D."}
    found = values_missing_on_page({**meta, "author_is_sender": is_sender}, page)
    assert list(found) == missing
