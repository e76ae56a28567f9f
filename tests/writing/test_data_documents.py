"""Tables of documents."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from generator.model import Document
from generator.reading.read import read_document
from generator.text.formulas import unescape_formula
from generator.writing.data.csv_safe import csv_table
from generator.writing.data.documents import COLUMNS, DOCUMENTS_HEADER, document_line, document_row
from tests.support import hostile_text, seed
from tests.writing.whole import whole


def written(*texts: str) -> tuple[list[Document], list[dict[str, str]], list[dict[str, object]]]:
    """Return documents with their rows in the CSV file and their lines of JSON."""
    read = (read_document(seed(text, f"{number}.txt")).value for number, text in enumerate(texts))
    documents = [document for document in read if document]
    made = whole(documents)
    ordered = [made.documents[record.source] for record in made.corpus.documents]
    addresses = made.corpus.addresses
    cells = b"".join(document_row(document, addresses[document.source]) for document in ordered)
    table = (DOCUMENTS_HEADER + cells).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table, newline=""), strict=True))
    lines = b"".join(
        document_line(document, addresses[document.source]) for document in ordered
    ).decode()
    return ordered, rows, [json.loads(line) for line in lines.splitlines()]


BRIDGE = "Bridge reopens\n\nBy Ana Ruiz and Tom Lee\n3 May 2020\n\nThe mayor cut a ribbon.\n"


def test_a_document_is_one_row_and_one_line() -> None:
    """An unknown value is empty in the row and absent in the line."""
    (document,), (row,), (record,) = written(BRIDGE)
    assert tuple(row) == COLUMNS
    assert row["path"] == "0.txt"
    assert row["address"] == "documents/2020/bridge-reopens/"
    assert row["authors"] == "Ana Ruiz; Tom Lee"
    assert row["section"] == ""
    assert record["authors"] == ["Ana Ruiz", "Tom Lee"]
    assert record["text"] == document.text
    assert "section" not in record
    assert (row["words"], record["words"]) == (str(document.words), document.words)


@given(st.lists(hostile_text, max_size=4))
def test_any_text_is_read_back_from_both_files(texts: list[str]) -> None:
    """Every line is unchanged, and no cell begins as a formula."""
    documents, rows, records = written(*texts)
    assert [unescape_formula(row["title"]) for row in rows] == [
        document.metadata.title.value for document in documents
    ]
    assert [record["text"] for record in records] == [document.text for document in documents]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


@given(st.lists(hostile_text, max_size=3))
def test_blocks_say_where_they_are_in_the_text(texts: list[str]) -> None:
    """With their kinds, and the ids that their page gives them."""
    documents, _, records = written(*texts)
    for document, record in zip(documents, records, strict=True):
        blocks: list[dict[str, Any]] = record["blocks"]  # type: ignore[assignment]
        parts = [document.text[block["start"] : block["end"]] for block in blocks]
        assert parts == [block.text for block in document.blocks]
        assert [block["kind"] for block in blocks] == [block.kind for block in document.blocks]
        assert len({block["id"] for block in blocks}) == len(parts)


cells = st.one_of(st.text(), st.sampled_from(["=1+1", "'=1", "''", "\ta", "\r", '"', "a\r\nb"]))


@given(st.lists(st.tuples(cells, st.integers())))
def test_a_table_is_read_back_unchanged(rows: list[tuple[str, int]]) -> None:
    """Texts without their escapes, and numbers with their minus sign."""
    data = csv_table(("one", "two"), rows).decode()
    header, *read = csv.reader(io.StringIO(data, newline=""), strict=True)
    assert header == ["one", "two"]
    assert [(unescape_formula(text), int(number)) for text, number in read] == rows
