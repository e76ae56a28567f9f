"""The check of the data files: it passes for a built site, and finds every kind of fault."""

from __future__ import annotations

import csv
import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.checking import check_data
from generator.checking.check_data import check_data_files
from generator.checking.hashes import hash_data, hash_words
from generator.checking.mention_rows import mention_blocks, parse_mentions
from generator.checking.shown_documents import ShownDocument, ShownDocuments
from generator.checking.verified_data import Fact, PartReader, VerifiedData
from generator.engine.database_file import open_database
from generator.engine.incremental import Build
from generator.engine.workers import no_progress
from generator.files import sha256
from generator.files.snapshot import take_snapshot
from generator.model import SeedPath
from generator.publishing import mkdocs_build
from generator.text.formulas import escape_formula


@pytest.fixture(scope="module")
def documents(built: mkdocs_build.Project) -> ShownDocuments:
    """Return the documents of the built site, whose own check passes."""
    lines = (built.site / "data/documents.jsonl").read_text("utf-8").splitlines()
    records = map(json.loads, lines)
    return ShownDocuments.of(
        {
            SeedPath(record["path"]): ShownDocument(
                record["address"], record["words"], hash_words(record["text"])
            )
            for record in records
        }
    )


@pytest.fixture
def site(built: mkdocs_build.Project, tmp_path: Path) -> Path:
    """Return the data of the built site, to be damaged."""
    shutil.copytree(built.site / "data", tmp_path / "data")
    return tmp_path


def replace_once(name: str, before: str, after: str) -> Callable[[Path], None]:
    """Return what damages one place of a data file."""

    def damage(data: Path) -> None:
        text = (data / name).read_bytes().decode()
        assert before in text
        (data / name).write_bytes(text.replace(before, after, 1).encode())

    return damage


def without_last_line(name: str) -> Callable[[Path], None]:
    """Return what cuts off the last line of a file."""

    def damage(data: Path) -> None:
        lines = (data / name).read_bytes().splitlines(keepends=True)
        (data / name).write_bytes(b"".join(lines[:-1]))

    return damage


FAULTS: dict[str, tuple[str, str, Callable[[Path], None]]] = {
    "a file is missing": ("E075", "corpus.bib", lambda data: (data / "corpus.bib").unlink()),
    "a row is lost": ("E076", "documents.csv", without_last_line("documents.csv")),
    "an address is wrong": (
        "E076",
        "documents.csv",
        replace_once("documents.csv", "documents/2021/", "documents/2022/"),
    ),
    "a line is lost": ("E076", "documents.jsonl", without_last_line("documents.jsonl")),
    "a word is added in JSON": (
        "E076",
        "documents.jsonl",
        replace_once("documents.jsonl", '"text":"', '"text":"Not '),
    ),
    "a line is cut off": (
        "E075",
        "documents.jsonl",
        replace_once("documents.jsonl", "}]}\n", "}]\n"),
    ),
    "a word is lost in TEI": (
        "E076",
        "corpus.tei.xml",
        replace_once("corpus.tei.xml", " was the scene", " was scene"),
    ),
    "an element does not end": (
        "E075",
        "corpus.tei.xml",
        replace_once("corpus.tei.xml", "</p>", ""),
    ),
    "a mention is lost": ("E076", "mentions.csv", without_last_line("mentions.csv")),
    "a mention leads nowhere": (
        "E076",
        "mentions.csv",
        replace_once("mentions.csv", ",people/", ",people/nobody-"),
    ),
    "an edge leads nowhere": (
        "E076",
        "network.csv",
        replace_once("network.csv", "\npeople/", "\npeople/nobody-"),
    ),
    "an edge is lost": ("E076", "network.graphml", without_last_line("network.csv")),
    "an entry is lost": ("E076", "corpus.bib", replace_once("corpus.bib", "@misc{", "misc{")),
    "a record has no end": ("E076", "corpus.ris", replace_once("corpus.ris", "ER  - ", "ER - ")),
    "an item has no id": (
        "E075",
        "corpus.csl.json",
        replace_once("corpus.csl.json", '"id":', '"ID":'),
    ),
    "a description is outdated": (
        "E076",
        "datapackage.json",
        replace_once("datapackage.json", "sha256:", "sha256:0"),
    ),
    "a column has no description": (
        "E076",
        "datapackage.json",
        replace_once("datapackage.json", '"name": "title"', '"name": "heading"'),
    ),
    "another description is outdated": (
        "E076",
        "ro-crate-metadata.json",
        replace_once("ro-crate-metadata.json", '"sha256": "', '"sha256": "0'),
    ),
}


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_data_of_a_built_site_is_right(
    site: Path,
    documents: ShownDocuments,
    jobs: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """There is nothing to report, also when workers read the files: what they find is saved."""
    monkeypatch.setattr(check_data, "_DOCUMENTS_PER_WORKER", 1)
    assert list(check_data_files(site, documents, None, jobs)) == []
    with verified_data(site) as verified:
        assert list(check_data_files(site, documents, verified, jobs)) == []
    with verified_data(site) as verified:
        assert verified.saved_facts.load("documents.jsonl", Any)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_reported(site: Path, documents: ShownDocuments, fault: str) -> None:
    """With the file that it is in."""
    code, name, damage = FAULTS[fault]
    damage(site / "data")
    problems = [(problem.code, problem.source) for problem in check_data_files(site, documents)]
    assert (code, f"data/{name}") in problems


@contextmanager
def verified_data(site: Path) -> Iterator[VerifiedData]:
    """Open what the database beside a site knows of the site as it is now."""
    with open_database(site / "cache.sqlite") as database:
        build = Build.start(database, "program", 1, no_progress)
        yield VerifiedData(build, take_snapshot(site))


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_also_reported_after_a_check_that_passed(
    site: Path, documents: ShownDocuments, fault: str
) -> None:
    """Nothing that was found by the first check hides what a second one from scratch reports."""
    with verified_data(site) as verified:
        assert list(check_data_files(site, documents, verified)) == []
    FAULTS[fault][2](site / "data")
    with verified_data(site) as verified:
        found = list(check_data_files(site, documents, verified))
    assert found == list(check_data_files(site, documents))


def test_descriptions_are_compared_with_the_digests_that_are_known(
    site: Path, documents: ShownDocuments
) -> None:
    """Files with a known digest are not read again."""
    for known, problems in (
        ({"documents.csv": sha256(site / "data/documents.csv")}, set()),
        ({"documents.csv.old": "0"}, set()),
        (
            {"documents.csv": "0"},
            {"data/datapackage.json", "data/ro-crate-metadata.json"},
        ),
    ):
        with verified_data(site) as verified:
            found = list(check_data_files(site, documents, replace(verified, digests=known)))
        assert {problem.source for problem in found} == problems
        (site / "cache.sqlite").unlink()


def test_only_the_changed_part_of_a_changed_file_is_parsed(site: Path) -> None:
    """The other parts are known by their bytes, and a file that is unchanged is not read."""
    read: list[str] = []
    parsed: list[bytes] = []
    files = [site / f"data/{name}" for name in ("file-1", "file-2")]

    def split(path: Path) -> list[bytes]:
        read.append(path.name)
        return path.read_bytes().split()

    def parse(part: bytes) -> Fact:
        parsed.append(part)
        return Fact(len(part), part)

    for first, second in (("a b b", "x"), ("b new", "x"), ("b new", "x x"), ("b new", "x x")):
        for file, content in zip(files, (first, second), strict=True):
            if not file.exists() or file.read_text() != content:
                file.write_text(content)
        with verified_data(site) as verified:
            reader = PartReader(verified.saved_facts)
            total = reader.total("file", files, split, parse)
            found = list(reader.facts("file", files, split, parse))
            verified.save_facts(reader.changed)
        assert found == f"{first} {second}".encode().split()
        assert total == sum(map(len, found))
    assert read == ["file-1", "file-2", "file-1", "file-2"]
    assert parsed == [b"a", b"b", b"b", b"x", b"new"]


_CELLS = st.text(st.sampled_from('aé,"\n;=')) | st.just("p-000")


@given(st.lists(st.tuples(_CELLS, _CELLS, _CELLS | st.just("p-000")), max_size=40))
def test_blocks_of_mentions_say_together_what_the_table_says(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]]
) -> None:
    """Wherever they are cut, also in cells with commas, quotation marks and line ends."""
    table = tmp_path_factory.mktemp("table") / "mentions.csv"
    written = [[escape_formula(cell) for cell in row] for row in rows]
    with table.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(
            [("document", "entity", "paragraph"), *written]
        )
    found = [parse_mentions(block) for block in mention_blocks(table)]
    assert {source for block in found for source in block.documents} == {row[0] for row in rows}
    counts = Counter(str(row[1]) for row in written)
    assert sum((Counter(block.mentions) for block in found), Counter()) == counts


def test_another_row_changes_one_block_of_the_mentions(tmp_path: Path) -> None:
    """The other blocks are the same, so they are not parsed again."""
    lines = [
        f"{n // 30}.txt,p-{n * 7919 % 2**32 * 2654435761 % 2**32:08x},a\n" for n in range(30_000)
    ]
    table = tmp_path / "mentions.csv"
    blocks = []
    for rows in (lines, [*lines[:9_000], "new.txt,p-11111111,a\n", *lines[9_000:]]):
        table.write_text("".join(["document,paragraph,entity\n", *rows]))
        blocks.append({*mention_blocks(table)})
    before, after = blocks
    assert len(before) > 4
    assert len(after - before) == len(before - after) == 1


def test_a_document_without_a_page_is_reported(site: Path, documents: ShownDocuments) -> None:
    """What is withdrawn or left out must be in no data file."""
    others = ShownDocuments.of(dict(list(documents.load().items())[1:]))
    found = {problem.source for problem in check_data_files(site, others)}
    expected = {"documents.csv", "documents.jsonl", "corpus.tei.xml", "corpus.bib", "corpus.ris"}
    assert {f"data/{name}" for name in expected} <= found


_FORBIDDEN = "\0\x01\x08\x0e\x1b\ud800\udfff\ufffd\ufffe\uffff"
"""Characters that XML forbids, and what stands for them."""
_SPACES = " \t\n\r\x1c\x85\xa0\u1680\u2009\u2028\u202f\u205f\u3000"


@given(
    st.text(st.sampled_from(f"aé’…\U0001f600\u200b\xad\x7f{_FORBIDDEN}{_SPACES}") | st.characters())
)
def test_words_are_compared_without_white_space_and_forbidden_characters(text: str) -> None:
    """They are not in all files, and nothing else is left out."""
    words = "".join(
        sign
        for sign in text
        if not (sign.isspace() or sign < " " or sign in _FORBIDDEN or "\ud800" <= sign <= "\udfff")
    )
    assert hash_words(text) == hash_words(words)
    assert hash_words(words) == hash_data(words.encode())
