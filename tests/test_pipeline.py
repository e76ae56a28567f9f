"""From a folder of seeds to a folder of Markdown."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.model import SeedbedError
from generator.pipeline import generate
from generator.settings import Settings, from_mapping
from tests.support import THE_SEED, hostile_text, tree


def corpus(folder: Path, seeds: dict[str, str | bytes]) -> Settings:
    """A seeds folder with these files."""
    (folder / "seeds").mkdir(parents=True, exist_ok=True)
    for name, data in seeds.items():
        (folder / "seeds" / name).write_bytes(
            data.encode("utf-8", "replace") if isinstance(data, str) else data
        )
    return from_mapping({}, root=folder, docs=folder / "docs")


SMALL: dict[str, str | bytes] = {
    "peru.txt": THE_SEED.read_bytes(),
    "bridge.txt": "Bridge reopens\n\nBy Ana Ruiz\n3 May 2020\n\nThe mayor cut a ribbon.",
    "note.txt": "A note on bridges\n\nThe old bridge was closed.",
}


def test_an_unchanged_corpus_writes_nothing(tmp_path: Path) -> None:
    """Promise 10."""
    settings_ = corpus(tmp_path, SMALL)
    first, second = generate(settings_), generate(settings_)
    assert first.written > 0
    assert (second.written, second.removed, second.unchanged) == (0, 0, first.written)


def test_one_changed_seed_rewrites_only_what_shows_it(tmp_path: Path) -> None:
    """Its page, its ledger, the home page that counts its words, and the index of the search."""
    settings_ = corpus(tmp_path, SMALL)
    generate(settings_)
    before = tree(tmp_path / "docs")
    corpus(tmp_path, {"note.txt": "A note on bridges\n\nThe old bridge was closed again."})
    generate(settings_)
    after = tree(tmp_path / "docs")
    changed = {name for name, data in after.items() if before.get(name) != data}
    assert {name for name in changed if not name.startswith(("search/", "."))} == {
        "documents/undated/a-note-on-bridges/index.md",
        "documents/undated/a-note-on-bridges/ledger.json",
        "index.md",
    }


def test_a_removed_seed_takes_its_page_with_it(tmp_path: Path) -> None:
    """No stale page stays published."""
    settings_ = corpus(tmp_path, SMALL)
    generate(settings_)
    (tmp_path / "seeds/note.txt").unlink()
    generate(settings_)
    assert not (tmp_path / "docs/documents/undated").exists()


def test_one_bad_seed_stops_nobody(tmp_path: Path) -> None:
    """Promise 7: a code each, and the others have their pages."""
    bad: dict[str, str | bytes] = {
        "a.txt": b"",
        "b.jpg": b"\xff\xd8",
        "c.txt": bytes(range(256)) * 8,
    }
    report = generate(corpus(tmp_path, {**bad, **SMALL}))
    assert report.documents == 3
    assert [problem.code for problem in report.problems if problem.severity == "error"] == [
        "E002",
        "E001",
        "E003",
    ]


def test_two_seeds_of_one_title_both_have_a_page(tmp_path: Path) -> None:
    """And a person hears of it."""
    text = "A note on bridges\n\nThe old bridge was closed."
    report = generate(corpus(tmp_path, {"one.txt": text, "two.txt": text}))
    assert [problem.code for problem in report.problems] == ["W014"]
    assert len(list((tmp_path / "docs/documents").rglob("index.md"))) == 2


def test_an_empty_corpus_says_so(tmp_path: Path) -> None:
    """Its hubs are there, and one message."""
    report = generate(corpus(tmp_path, {}))
    assert [problem.code for problem in report.problems] == ["W001"]
    assert (tmp_path / "docs/index.md").is_file()


def test_no_seeds_folder_is_an_error(tmp_path: Path) -> None:
    """With what to do now."""
    with pytest.raises(SeedbedError, match="Make it, and put text files in"):
        generate(from_mapping({}, root=tmp_path, docs=tmp_path / "docs"))


def test_the_environment_changes_no_byte(tmp_path: Path) -> None:
    """Promise 8: time zone, locale and hash seed."""
    code = (
        "import sys; from pathlib import Path; from generator.pipeline import generate;"
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


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.dictionaries(names, hostile_text, max_size=4), min_size=1, max_size=4))
def test_incremental_equals_from_scratch(
    tmp_path_factory: pytest.TempPathFactory, states: list[dict[str, str]]
) -> None:
    """Promise 8: however a corpus came to be what it is, its pages are the same."""
    folder, fresh = tmp_path_factory.mktemp("grown"), tmp_path_factory.mktemp("fresh")
    for state in states:
        for path in (folder / "seeds").glob("*"):
            path.unlink()
        generate(corpus(folder, dict(state)))
    generate(corpus(fresh, dict(states[-1])))
    assert tree(folder / "docs") == tree(fresh / "docs")


def test_an_unknown_setting_names_the_near_one(tmp_path: Path) -> None:
    """A setting that is silently ignored is a promise silently broken."""
    with pytest.raises(SeedbedError, match="Did you mean `seeds`"):
        from_mapping({"seed": "x"}, root=tmp_path, docs=tmp_path)
    with pytest.raises(SeedbedError, match="takes a str"):
        from_mapping({"seeds": 3}, root=tmp_path, docs=tmp_path)
    with pytest.raises(SeedbedError, match="not a mapping"):
        from_mapping([], root=tmp_path, docs=tmp_path)


def test_people_decide(tmp_path: Path) -> None:
    """Promise 6: what corrections.yml says is on the page, and the file itself is no seed."""
    said = "documents:\n  note.txt: {title: On bridges, date: 1984}\n  not.txt: {title: A}\n"
    report = generate(corpus(tmp_path, {**SMALL, "corrections.yml": said}))
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
    open_question = generate(corpus(tmp_path, {"note.txt": text}))
    assert [problem.code for problem in open_question.problems] == ["W011"]
    said = "documents: {note.txt: {date: 2021-04-03}}"
    assert generate(corpus(tmp_path, {"corrections.yml": said})).problems == ()


def test_nothing_is_published_while_a_withdrawal_cannot_be_read(tmp_path: Path) -> None:
    """It cannot be known which document is to be taken back."""
    said = "documents:\n  note.txt:\n    withdrawn: @asked\n"
    with pytest.raises(SeedbedError, match=r"seeds/corrections\.yml:3: a withdrawal"):
        generate(corpus(tmp_path, {**SMALL, "corrections.yml": said}))
    with pytest.raises(SeedbedError, match=r"corrections\.yml:2 is not in UTF-8"):
        generate(corpus(tmp_path, {"corrections.yml": b"#\n# caf\xe9"}))
