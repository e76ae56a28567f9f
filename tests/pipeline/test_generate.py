"""From a folder of seeds to a folder of Markdown."""

from __future__ import annotations

import json
import os
import random
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.engine import workers
from generator.engine.database_file import open_database
from generator.model import SeedbedError
from generator.pipeline.generate import generate
from generator.pipeline.last_run import DATABASE_FILE
from generator.pipeline.options import Options
from generator.settings import Settings, from_mapping
from tests.support import MAX_EXAMPLES, RELEASED, THE_SEED, hostile_text, tree


def corpus(folder: Path, seeds: dict[str, str | bytes]) -> Settings:
    """Return a seeds folder with these files."""
    (folder / "seeds").mkdir(parents=True, exist_ok=True)
    for name, data in seeds.items():
        path = folder / "seeds" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode("utf-8", "replace") if isinstance(data, str) else data)
    return from_mapping({}, root=folder, docs=folder / "docs")


SMALL: dict[str, str | bytes] = {
    "peru.txt": THE_SEED.read_bytes(),
    "bridge.txt": "Bridge reopens\n\nBy Ana Ruiz\n3 May 2020\n\nThe mayor cut a ribbon.",
    "note.txt": "A note on bridges\n\nThe old bridge was closed.",
}


def test_an_unchanged_corpus_writes_nothing(tmp_path: Path) -> None:
    """Promise 10."""
    settings_ = corpus(tmp_path, SMALL)
    first, second = generate(settings_).report, generate(settings_).report
    assert first.written > 0
    assert (second.written, second.removed, second.unchanged) == (0, 0, first.written)


def test_an_old_document_that_is_added_is_news(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Feeds have it first, whatever its date; so an undated one. A draft is no news."""
    settings_ = corpus(tmp_path, SMALL)
    generate(settings_, Options(release=False))
    assert "<entry>" not in (tmp_path / "docs" / "feed.xml").read_text("utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    generate(settings_, RELEASED)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    added: dict[str, str | bytes] = {
        "old.txt": "An old letter\n\n3 May 1871\n\nThe mayor wrote.",
        "none.txt": "A note\n\nA word of it was lost.",
    }
    generate(corpus(tmp_path, added), RELEASED)
    feed = (tmp_path / "docs" / "feed.xml").read_text("utf-8")
    titles = re.findall(r"<entry><title>(.*?)</title>.*?<updated>(.{10})", feed)
    assert titles[:2] == [("An old letter", "2027-01-15"), ("A note", "2027-01-15")]
    assert {day for _, day in titles[2:]} == {"2023-11-14"}
    assert titles[-1][0] == "A note on bridges"
    crate = json.loads((tmp_path / "docs/data/ro-crate-metadata.json").read_text("utf-8"))
    assert "2027-01-15" in [entity.get("datePublished") for entity in crate["@graph"]]


def test_one_changed_seed_rewrites_only_what_shows_it(tmp_path: Path) -> None:
    """Its page and ledger, the home page that counts its words, the feed, the data, the index."""
    settings_ = corpus(tmp_path, SMALL)
    generate(settings_, RELEASED)
    before = tree(tmp_path / "docs")
    corpus(tmp_path, {"note.txt": "A note on bridges\n\nThe old bridge was closed again."})
    generate(settings_, RELEASED)
    after = tree(tmp_path / "docs")
    changed = {name for name, data in after.items() if before.get(name) != data}
    assert {name for name in changed if not name.startswith(("search/", "."))} == {
        "data/corpus.bib",
        "data/corpus.csl.json",
        "data/corpus.ris",
        "data/corpus.tei.xml",
        "data/corpus/index.md",
        "data/datapackage.json",
        "data/documents.csv",
        "data/documents.jsonl",
        "data/ro-crate-metadata.json",
        "documents/undated/a-note-on-bridges/index.md",
        "documents/undated/a-note-on-bridges/ledger.json",
        "documents/undated/a-note-on-bridges/cite.bib",
        "documents/undated/a-note-on-bridges/cite.csl.json",
        "documents/undated/a-note-on-bridges/cite.ris",
        "documents/undated/a-note-on-bridges/source.txt",
        "documents/undated/a-note-on-bridges/tei.xml",
        "documents/undated/a-note-on-bridges/text.txt",
        "feed.xml",
        "index.md",
        "timeline/index.md",
    }


def test_a_removed_seed_takes_its_page_with_it(tmp_path: Path) -> None:
    """No stale page stays published."""
    settings_ = corpus(tmp_path, SMALL)
    generate(settings_)
    (tmp_path / "seeds/note.txt").unlink()
    generate(settings_)
    assert not (tmp_path / "docs/documents/undated").exists()


def test_an_unreadable_seed_does_not_stop_the_others(tmp_path: Path) -> None:
    """Promise 7: a code each, and the others have their pages."""
    bad: dict[str, str | bytes] = {
        "a.txt": b"",
        "b.jpg": b"\xff\xd8",
        "c.txt": bytes(range(256)) * 8,
    }
    report = generate(corpus(tmp_path, {**bad, **SMALL})).report
    assert report.documents == 3
    assert [problem.code for problem in report.problems if problem.severity == "error"] == [
        "E002",
        "E050",
        "E003",
    ]


def test_two_seeds_of_one_title_both_have_a_page(tmp_path: Path) -> None:
    """And a person hears of it."""
    text = "A note on bridges\n\nThe old bridge was closed."
    report = generate(
        corpus(tmp_path, {"one.txt": text, "two.txt": f"{text}\n", "two2.txt": text})
    ).report
    messages = [problem.message.split(":")[0] for problem in report.problems]
    assert messages == [
        "same title and date as one.txt",
        "the very same bytes as one.txt; both have a page",
    ]
    assert {problem.code for problem in report.problems} == {"W014"}
    assert len(list((tmp_path / "docs/documents").rglob("index.md"))) == 3


def test_the_data_page_tells_of_every_file_and_column(tmp_path: Path) -> None:
    """With the file's size, and what each column means."""
    generate(corpus(tmp_path, {"one.txt": "A note on bridges\n\nThe old bridge was closed."}))
    page = (tmp_path / "docs/data/index.md").read_text("utf-8")
    for path in sorted((tmp_path / "docs/data").glob("*.*")):
        if path.name in {"index.md", "datapackage.json", "ro-crate-metadata.json"}:
            continue
        data = path.read_text("utf-8-sig")
        message = page.split(f"({path.name})")[1].partition("##")[0]
        assert f"{max(1, round(path.stat().st_size / 1000))} kB</span>" in message
        if path.suffix in {".csv", ".jsonl"}:
            is_table = path.suffix == ".csv"
            columns = data.splitlines()[0].split(",") if is_table else json.loads(data)
            assert all(f"<dt><code>{column}</code></dt><dd>" in page for column in columns)
    assert "(datapackage.json)" in page
    assert "(../feed.xml)" in page


def test_an_empty_corpus_says_so(tmp_path: Path) -> None:
    """Its hubs are there, and one message."""
    report = generate(corpus(tmp_path, {})).report
    assert [problem.code for problem in report.problems] == ["W001"]
    assert (tmp_path / "docs/index.md").is_file()


def test_a_database_of_another_version_stops_no_run(tmp_path: Path) -> None:
    """After an update, the last run is a record of another shape."""
    settings_ = corpus(tmp_path, SMALL)
    generate(settings_)
    with open_database(tmp_path / DATABASE_FILE) as database:
        for table in ("docs folder", "seeds", "document pages", "table files", "similarity"):
            database.put(table, [(key, b"\x80") for key in database.keys(table)])
    assert generate(settings_).report.documents == 3


def test_no_seeds_folder_is_an_error(tmp_path: Path) -> None:
    """With what to do now."""
    with pytest.raises(SeedbedError, match="Create it and put text files into it"):
        generate(from_mapping({}, root=tmp_path, docs=tmp_path / "docs"))


@pytest.mark.slow
def test_the_environment_changes_no_byte(tmp_path: Path) -> None:
    """Promise 8: time zone, locale and hash seed."""
    code = (
        "import sys; from pathlib import Path; from generator.pipeline.generate import generate;"
        "from generator.settings import from_mapping; root = Path(sys.argv[1]);"
        "generate(from_mapping({}, root=root, docs=root / 'docs'))"
    )
    trees = []
    for number, (zone, locale) in enumerate([("UTC", "C"), ("Pacific/Kiritimati", "tr_TR.UTF-8")]):
        folder = tmp_path / str(number)
        corpus(folder, dict(random.Random(number).sample(sorted(SMALL.items()), len(SMALL))))
        environment = {**os.environ, "TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": str(number)}
        subprocess.run([sys.executable, "-c", code, folder], env=environment, check=True)
        trees.append(tree(folder / "docs"))
    assert trees[0] == trees[1]


names = st.sampled_from([f"{name}.txt" for name in "abcd"])


@settings(
    max_examples=MAX_EXAMPLES // 4,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.dictionaries(names, hostile_text, max_size=4), min_size=1, max_size=4))
def test_incremental_equals_from_scratch(
    tmp_path_factory: pytest.TempPathFactory, states: list[dict[str, str]]
) -> None:
    """Promise 8: however a corpus came to be what it is, its pages are the same.

    Its addresses are part of it: they are made once, and kept beside the seeds.
    """
    folder, fresh = tmp_path_factory.mktemp("grown"), tmp_path_factory.mktemp("fresh")
    for state in states:
        for path in (folder / "seeds").glob("*"):
            path.unlink()
        generate(corpus(folder, dict(state)))
    (fresh / "addresses.csv").write_bytes((folder / "addresses.csv").read_bytes())
    generate(corpus(fresh, dict(states[-1])))
    assert tree(folder / "docs") == tree(fresh / "docs")


def test_an_unknown_setting_names_the_near_one(tmp_path: Path) -> None:
    """A setting that is silently ignored is a promise silently broken."""
    with pytest.raises(SeedbedError, match="Did you mean `seeds`"):
        from_mapping({"seed": "x"}, root=tmp_path, docs=tmp_path / "docs")
    with pytest.raises(SeedbedError, match="takes a text"):
        from_mapping({"seeds": 3}, root=tmp_path, docs=tmp_path / "docs")
    for jobs in (-1, True):
        with pytest.raises(SeedbedError, match="takes a whole number"):
            from_mapping({"jobs": jobs}, root=tmp_path, docs=tmp_path / "docs")
    with pytest.raises(SeedbedError, match="not a mapping"):
        from_mapping([], root=tmp_path, docs=tmp_path / "docs")
    for seeds in ("docs", "site/texts", "."):
        with pytest.raises(SeedbedError, match="a separate folder for the seeds"):
            from_mapping({"seeds": seeds}, root=tmp_path, docs=tmp_path / "docs")
    with pytest.raises(SeedbedError, match="it overlaps web/"):
        from_mapping({}, root=tmp_path, docs=tmp_path / "docs", site_dir=tmp_path / "seeds/web")


def test_people_decide(tmp_path: Path) -> None:
    """Promise 6: what corrections.yml says is on the page, and the file itself is no seed."""
    corrections = "documents:\n  note.txt: {title: On bridges, date: 1984}\n  not.txt: {title: A}\n"
    report = generate(corpus(tmp_path, {**SMALL, "corrections.yml": corrections})).report
    page = (tmp_path / "docs/documents/1984/on-bridges/index.md").read_text("utf-8")
    assert "title: On bridges" in page
    assert [str(problem) for problem in report.problems] == [
        (
            'seeds/corrections.yml:3: W032 there is no seed "not.txt"; nothing is corrected.'
            ' Did you mean "note.txt"?'
        )
    ]


def test_what_is_settled_is_not_asked_again(tmp_path: Path) -> None:
    """A date that a person has set is no open question."""
    text = "A note on bridges\n\n03/04/2021\n\nThe old bridge was closed."
    open_question = generate(corpus(tmp_path, {"note.txt": text})).report
    assert [problem.code for problem in open_question.problems] == ["W011"]
    corrections = "documents: {note.txt: {date: 2021-04-03}}"
    assert generate(corpus(tmp_path, {"corrections.yml": corrections})).report.problems == ()


def test_nothing_is_published_while_a_withdrawal_cannot_be_read(tmp_path: Path) -> None:
    """It cannot be known which document is to be taken back."""
    corrections = "documents:\n  note.txt:\n    withdrawn: @asked\n"
    with pytest.raises(SeedbedError, match=r"seeds/corrections\.yml:3: this line may withdraw"):
        generate(corpus(tmp_path, {**SMALL, "corrections.yml": corrections}))
    misspelt = "documents: {not.txt: {withdrawn: {reason: asked}}}"
    message = r':1: there is no seed "not\.txt" to withdraw; .* Did you mean "note\.txt"'
    with pytest.raises(SeedbedError, match=message):
        generate(corpus(tmp_path, {"corrections.yml": misspelt}))
    with pytest.raises(SeedbedError, match=r"corrections\.yml:2 is not valid UTF-8"):
        generate(corpus(tmp_path, {"corrections.yml": b"#\n# caf\xe9"}))


def addresses(folder: Path) -> list[str]:
    """Return the documents' addresses, as folders of pages."""
    pages = (folder / "docs/documents").rglob("index.md")
    return sorted(path.parent.relative_to(folder / "docs").as_posix() for path in pages)


def test_an_address_stays_when_title_and_file_name_change(tmp_path: Path) -> None:
    """And the seeds folder is never written to."""
    generate(corpus(tmp_path, SMALL), RELEASED)
    before = addresses(tmp_path)
    seeds = tree(tmp_path / "seeds")
    corrections = "documents: {note.txt: {title: On an old bridge, date: 1984}}"
    generate(corpus(tmp_path, {"corrections.yml": corrections}), RELEASED)
    (tmp_path / "seeds/bridge.txt").rename(tmp_path / "seeds/a.txt")
    generate(corpus(tmp_path, {}), RELEASED)
    assert addresses(tmp_path) == before
    (tmp_path / "seeds/a.txt").rename(tmp_path / "seeds/bridge.txt")
    (tmp_path / "seeds/corrections.yml").unlink()
    assert tree(tmp_path / "seeds") == seeds


def test_the_table_of_addresses_is_written_only_when_it_changes(tmp_path: Path) -> None:
    """Promise 10: version control shows nothing where nothing happened."""
    settings_ = corpus(tmp_path, SMALL)
    generate(settings_)
    table = tmp_path / "addresses.csv"
    before = table.stat().st_mtime_ns
    generate(settings_)
    assert table.stat().st_mtime_ns == before
    lines = table.read_text("utf-8").splitlines()
    corpus(tmp_path, {"new.txt": "A tower\n\nIt leans."})
    generate(settings_)
    assert [line for line in table.read_text("utf-8").splitlines() if line in lines] == lines


@pytest.mark.parametrize(("mark", "end"), [(b"", b"\r\n"), (b"\xef\xbb\xbf", b"\n")])
def test_a_table_of_addresses_keeps_its_line_ends(tmp_path: Path, mark: bytes, end: bytes) -> None:
    """As Git on Windows or a spreadsheet made them: no line changes but those that must."""
    settings_ = corpus(tmp_path, SMALL)
    generate(settings_)
    table = tmp_path / "addresses.csv"
    table.write_bytes(mark + table.read_bytes().replace(b"\n", end))
    before = table.read_bytes()
    generate(settings_)
    assert table.read_bytes() == before
    generate(corpus(tmp_path, {"new.txt": "A tower\n\nIt leans."}))
    lines = table.read_bytes().splitlines(keepends=True)
    assert len(lines) == len(before.splitlines()) + 1
    assert [line for line in before.splitlines(keepends=True) if line not in lines] == []
    assert all(line.endswith(end) for line in lines)


def test_an_entry_keeps_its_id_when_its_address_is_edited(tmp_path: Path) -> None:
    """In every feed; a reader who saw it does not see it again."""
    wall = "A wall\n\nBy Ana Ruiz\n3 May 2020\n\nIt leans."
    settings_ = corpus(tmp_path, {**SMALL, "dated.txt": wall})
    feeds = ("docs/feed.xml", "docs/authors/ana-ruiz/feed.xml")

    def ids() -> list[list[str]]:
        generate(settings_, RELEASED)
        return [re.findall("<id>.*?</id>", (tmp_path / feed).read_text("utf-8")) for feed in feeds]

    before = ids()
    table = tmp_path / "addresses.csv"
    here, there = ",documents/2020/a-wall/,", ",documents/2020/wall/,"
    table.write_text(table.read_text("utf-8").replace(here, there, 1), "utf-8")
    assert ids() == before
    assert len(before[0]) > 1
    assert (tmp_path / "docs/documents/2020/wall/index.md").is_file()


def test_a_preview_makes_no_address_last(tmp_path: Path) -> None:
    """What is only looked at may still get another title."""
    generate(corpus(tmp_path, SMALL), Options(save_addresses=False))
    assert not (tmp_path / "addresses.csv").exists()


TAKEN_BACK = (
    "Quokka marsupials\n\nBy Xerxes Zyzzyva\n1 May 2021\n\nQuokkas yodel 03/04/2021 beguilingly.\n"
)


def test_of_a_withdrawn_document_no_word_is_left(tmp_path: Path) -> None:
    """A page with reason and date stays at its address; nothing that we write or say has more."""
    generate(corpus(tmp_path, {**SMALL, "secret.txt": TAKEN_BACK}), RELEASED)
    where = "documents/2021/quokka-marsupials"
    corrections = (
        "documents: {secret.txt: {withdrawn: {reason: The author asked for it, date: 2026-01-02}}}"
    )
    report = generate(
        corpus(tmp_path, {"corrections.yml": corrections, "copy.txt": TAKEN_BACK}), RELEASED
    ).report
    assert where in addresses(tmp_path)
    page = (tmp_path / "docs" / where / "index.md").read_text("utf-8")
    assert "title: Withdrawn document" in page
    assert "withdrawn (2 January 2026)" in page
    assert "The author asked for it" in page
    messages = [str(problem) for problem in report.problems]
    assert [line[:24] for line in messages] == ["seeds/copy.txt: W033 thi"]
    everything = b"\n".join([*tree(tmp_path / "docs").values(), *map(str.encode, messages)]).lower()
    words = {word.strip(".").lower() for word in TAKEN_BACK.split()} - {"by", "1", "2021", "may"}
    assert [word for word in words if word.encode() in everything] == []
    assert report.documents == len(SMALL)


@pytest.mark.parametrize(
    ("text", "is_refused"),
    [
        ('# password: mine\n{"names": {"suppress": ["Token_1 Press"]}}\n', False),
        ("names:\n  kind:\n    Secret: organization_2\n", False),
        (f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 9\n", True),
    ],
)
def test_corrections_may_resemble_a_list_of_passwords(
    text: str, is_refused: bool, tmp_path: Path
) -> None:
    """They are never published; but a pointer in their place may hide a withdrawal."""
    seeds = corpus(tmp_path, {**SMALL, "corrections.yml": text})
    if is_refused:
        with pytest.raises(SeedbedError, match="E005"):
            generate(seeds)
    else:
        assert generate(seeds).report.documents == len(SMALL)


def test_a_withdrawn_seed_may_be_removed_or_renamed(tmp_path: Path) -> None:
    """What was published leaves its page; a new name brings nothing back."""
    generate(corpus(tmp_path, {**SMALL, "secret.txt": TAKEN_BACK}), RELEASED)
    before = addresses(tmp_path)
    corrections = "documents: {secret.txt: {withdrawn: {reason: asked}}}"
    (tmp_path / "seeds/secret.txt").rename(tmp_path / "seeds/public.txt")
    report = generate(corpus(tmp_path, {"corrections.yml": corrections}), RELEASED).report
    assert [problem.code for problem in report.problems] == ["W033"]
    (tmp_path / "seeds/public.txt").unlink()
    assert generate(corpus(tmp_path, {}), RELEASED).report.problems == ()
    assert addresses(tmp_path) == before


@pytest.mark.parametrize("corrections", ["link", "pointer"])
def test_corrections_that_are_elsewhere_stop_the_run(corrections: str, tmp_path: Path) -> None:
    """What they withdraw would be published."""
    settings = corpus(tmp_path, {"a.txt": "A note\n\nThe old bridge.\n"})
    path = settings.seeds / "corrections.yml"
    if corrections == "link":
        path.symlink_to("../.git/annex/objects/aa")
    else:
        path.write_text("/annex/objects/SHA256E-s9--aa.yml\n")
    with pytest.raises(SeedbedError, match=r"corrections\.yml.*git annex get"):
        generate(settings)


def test_corrections_of_what_is_no_seed(tmp_path: Path) -> None:
    """A withdrawal holds for copies, too, and stops nobody; a title is told to be of no use."""
    corrections = (
        "documents:\n  private/a.txt: {withdrawn: {reason: asked}}\n  private/b.txt: {title: B}\n"
    )
    note = "A note\n\nThe old bridge.\n"
    seeds = {"private/a.txt": note, "private/b.txt": "B\n\nOther.\n", "copy.txt": note}
    (tmp_path / "seeds/private").mkdir(parents=True)
    settings = corpus(
        tmp_path, {**seeds, ".seedbedignore": "private/\n", "corrections.yml": corrections}
    )
    report = generate(settings).report
    assert report.documents == 0
    codes = [(problem.code, problem.line) for problem in report.problems]
    assert codes == [("W032", 3), ("W033", None)]


def test_a_document_that_was_withdrawn_before_it_had_an_address_gets_one_without_its_words(
    tmp_path: Path,
) -> None:
    """Of the title that people give, or of none."""
    corrections = (
        "documents:\n  secret.txt: {withdrawn: {reason: asked}}\n"
        "  other.txt: {title: A letter, withdrawn: {reason: asked}}\n"
    )
    generate(
        corpus(
            tmp_path, {"secret.txt": TAKEN_BACK, "other.txt": "x", "corrections.yml": corrections}
        )
    )
    first, second = addresses(tmp_path)
    assert first.startswith("documents/withdrawn/")
    assert second == "documents/withdrawn/a-letter"
    assert "title: A letter" in (tmp_path / "docs" / second / "index.md").read_text("utf-8")


def test_an_address_that_people_change_leaves_a_redirect(tmp_path: Path) -> None:
    """As a page that needs no script, and as a line for servers."""
    generate(corpus(tmp_path, SMALL), RELEASED)
    table = tmp_path / "addresses.csv"
    old, new = "documents/2020/bridge-reopens/", "documents/2020/the-bridge/"
    table.write_text(table.read_text("utf-8").replace(f",{old},", f",{new},"), "utf-8")
    generate(corpus(tmp_path, {}), RELEASED)
    assert "documents/2020/the-bridge" in addresses(tmp_path)
    page = (tmp_path / "docs" / old / "index.html").read_text("utf-8")
    assert '<meta http-equiv="refresh" content="0; url=../the-bridge/">' in page
    assert f"/{old} /{new} 301\n" in (tmp_path / "docs/_redirects").read_text("utf-8")
    assert f"{old} {new}" in table.read_text("utf-8")


def test_several_processes_write_what_one_does(tmp_path: Path) -> None:
    """Promise 8: enough documents for two, names that only the corpus decides included."""
    many: dict[str, str | bytes] = {
        f"{n}.txt": f"Letter {n}\n\nBy Ana Ruiz\n\nMayor Tom Lee of Lima, in Lima, met Lee {n}."
        for n in range(32)
    }
    trees = []
    for jobs in (1, 2):
        settings_ = corpus(tmp_path / str(jobs), {**SMALL, **many, "bad.txt": b""})
        report = generate(replace(settings_, jobs=jobs)).report
        trees.append((report, tree(settings_.docs)))
    assert trees[0] == trees[1]


def test_a_damaged_database_is_replaced(tmp_path: Path) -> None:
    """With one line about it, and the same pages."""
    settings_ = corpus(tmp_path, SMALL)
    generate(settings_)
    before = tree(settings_.docs)
    (tmp_path / ".seedbed/cache.sqlite").write_bytes(b"junk")
    assert [problem.code for problem in generate(settings_).report.problems] == ["W050"]
    assert tree(settings_.docs) == before


def flipped(path: Path) -> None:
    """Change a byte of a value, which no table of SQLite shows."""
    data = path.read_bytes()
    index = data.index(b"The old bridge")
    path.write_bytes(data[:index] + b"X" + data[index + 1 :])


def without_table(path: Path) -> None:
    """Replace the tables in a file of ours."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE entries")


@pytest.mark.parametrize("hurt", [flipped, without_table])
def test_a_database_with_damaged_content_is_replaced(
    tmp_path: Path, hurt: Callable[[Path], None]
) -> None:
    """Also where SQLite finds nothing wrong."""
    settings_ = corpus(tmp_path, {"a.txt": "A note\n\nThe old bridge.\n"})
    generate(settings_)
    before = tree(settings_.docs)
    hurt(tmp_path / DATABASE_FILE)
    (tmp_path / "seeds/b.txt").write_text("Another note\n\nThe new ferry.\n")
    assert [problem.code for problem in generate(settings_).report.problems] == ["W050"]
    (tmp_path / "seeds/b.txt").unlink()
    generate(settings_)
    assert tree(settings_.docs) == before


@pytest.mark.parametrize("processes", [1, 2])
def test_damage_that_is_found_late_is_repaired_in_the_process_of_the_caller(
    tmp_path: Path, processes: int
) -> None:
    """The file looks as it was left, so the run begins with it."""
    settings_ = corpus(tmp_path, {"a.txt": "A note\n\nThe old bridge.\n"})
    generate(settings_)
    before, database = tree(settings_.docs), tmp_path / DATABASE_FILE
    modified = database.stat().st_mtime_ns
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE entries SET checksum = checksum + 1")
    os.utime(database, ns=(modified, modified))
    (tmp_path / "seeds/b.txt").write_text("Another note\n\nThe new ferry.\n")
    with workers.background(processes) as submit:
        report = generate(settings_, submit=submit).report
        assert [problem.code for problem in report.problems] == ["W050"]
        (tmp_path / "seeds/b.txt").unlink()
        generate(settings_, submit=submit)
        assert submit(partial(int, "1"))() == 1
    assert tree(settings_.docs) == before


def test_a_finished_run_leaves_one_file_of_the_cache(tmp_path: Path) -> None:
    """SQLite keeps others beside it while it is open; whoever only looks leaves none either."""
    settings_ = corpus(tmp_path, SMALL)
    for _ in range(2):
        generate(settings_)
        assert [path.name for path in (tmp_path / ".seedbed").glob("*.sqlite*")] == ["cache.sqlite"]


def test_a_changed_page_is_written_again(tmp_path: Path) -> None:
    """Nothing is left out because the seeds are as they were."""
    settings_ = corpus(tmp_path, SMALL)
    generate(settings_)
    (page,) = settings_.docs.glob("documents/undated/*/index.md")
    before = page.read_bytes()
    page.write_bytes(before + b"x")
    assert generate(settings_).report.written == 1
    assert page.read_bytes() == before
    assert generate(settings_).report.written == 0


def test_what_was_withdrawn_stays_in_no_cache(tmp_path: Path) -> None:
    """Its words are in no file of the project but its seed."""
    words = "A note\n\nPresident Anna Xylophone met Mary Miller. Xylophone told reporters."
    settings_ = corpus(tmp_path, {**SMALL, "note.txt": words})
    generate(settings_)
    assert list(settings_.docs.glob("people/*xylophone/index.md"))
    assert b"Xylophone" in b"".join(tree(tmp_path / ".seedbed").values())
    withdrawn = "documents: {note.txt: {withdrawn: {reason: by mistake}}}"
    generate(corpus(tmp_path, {"corrections.yml": withdrawn}))
    left = b"".join(tree(tmp_path / ".seedbed").values())
    assert b"xylophone" not in left.lower()
