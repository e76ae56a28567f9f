"""Tables of names: they agree with the pages and the texts."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import frontmatter

from generator.pipeline.generate import generate
from generator.settings import from_mapping
from generator.writing.data.names import ENTITY_COLUMNS, MENTION_COLUMNS
from tests.support import THE_SEED


def tables(folder: Path, seeds: dict[str, bytes]) -> dict[str, list[dict[str, str]]]:
    """Return the two tables of a small corpus."""
    (folder / "seeds").mkdir()
    for name, data in seeds.items():
        (folder / "seeds" / name).write_bytes(data)
    generate(from_mapping({}, root=folder, docs=folder / "docs"))
    rows_by_table = {}
    for name in ("entities", "mentions"):
        text = (folder / f"docs/data/{name}.csv").read_text("utf-8-sig")
        rows_by_table[name] = list(csv.DictReader(io.StringIO(text, newline="")))
    return rows_by_table


def test_the_tables_agree_with_each_other_and_with_the_pages(tmp_path: Path) -> None:
    """Counts, dates, addresses, and every linked mention."""
    rows_by_table = tables(tmp_path, {"peru.txt": THE_SEED.read_bytes()})
    entities, mentions = rows_by_table["entities"], rows_by_table["mentions"]
    assert tuple(entities[0]) == ENTITY_COLUMNS
    assert tuple(mentions[0]) == MENTION_COLUMNS
    by_id = {row["id"]: row for row in entities}
    assert by_id["people/pedro-castillo"]["other_names"] == "Castillo"
    assert by_id["people/pedro-castillo"]["first"] == "2021-06-28"
    for row in entities:
        mentions_of_entity = [mention for mention in mentions if mention["entity"] == row["id"]]
        assert len(mentions_of_entity) == int(row["mentions"])
        assert {mention["kind"] for mention in mentions_of_entity} == {row["kind"]}
        if row["address"]:
            assert (tmp_path / "docs" / row["address"] / "index.md").is_file()
    page = frontmatter.load(str(next((tmp_path / "docs/documents").rglob("index.md"))))
    links = sum(
        page.content.count(f"({'../' * 3}{hub}/") for hub in ("people", "organizations", "places")
    )
    assert links == sum(row["linked"] == "1" for row in mentions) > 20
    assert {row["document"] for row in mentions} == {"peru.txt"}
    assert all(f"#{row['paragraph']} " in page.content for row in mentions)


def test_the_span_of_a_mention_is_its_words(tmp_path: Path) -> None:
    """In the paragraph's text, characters counted from 0."""
    text = "Word\n\nAna Ruiz met Pedro Castillo in Lima."
    for row in tables(tmp_path, {"a.txt": text.encode()})["mentions"]:
        paragraph = text.split("\n\n")[1]
        assert paragraph[int(row["start"]) : int(row["end"])] == row["text"]


def test_an_empty_corpus_has_empty_tables(tmp_path: Path) -> None:
    """With their headers."""
    assert tables(tmp_path, {}) == {"entities": [], "mentions": []}
