"""The command line, as people call it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import THE_SEED, make_project


def seedbed(*words: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder."""
    command = [sys.executable, "-m", "generator", *map(str, words)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


NOTE = "A note on bridges\n\nThe old bridge was closed.\n"


def test_a_new_project_with_three_files_builds_three_linked_pages(tmp_path: Path) -> None:
    """The first five minutes of a new user."""
    assert (
        seedbed("new", tmp_path / "mine", "--name", 'Ana\'s "letters"', folder=tmp_path).returncode
        == 0
    )
    for number in range(3):
        text = f"Letter number {number}\n\nBy Ana Ruiz\n\nThe old bridge was closed.\n"
        (tmp_path / "mine/seeds" / f"{number}.txt").write_text(text)
    done = seedbed("build", folder=tmp_path / "mine")
    assert (done.returncode, done.stderr) == (0, "")
    assert "every promise holds" in done.stdout
    home = (tmp_path / "mine/site/index.html").read_text()
    for number in range(3):
        assert f'href="documents/undated/letter-number-{number}/"' in home
    page = (tmp_path / "mine/site/documents/undated/letter-number-1/index.html").read_text()
    assert 'href="../../../authors/ana-ruiz/"' in page
    assert "<title>Ana&#39;s &#34;letters&#34;</title>" in home


def test_a_project_is_not_started_twice(tmp_path: Path) -> None:
    """Nothing of the first is overwritten."""
    seedbed("new", tmp_path, folder=tmp_path)
    done = seedbed("new", tmp_path, folder=tmp_path)
    assert done.returncode == 3
    assert "holds a project already" in done.stderr


def test_a_seed_without_a_page_makes_the_exit_code_one(tmp_path: Path) -> None:
    """The others are published, and the message has file, code and remedy."""
    make_project(tmp_path, {"good.txt": NOTE, "bad.txt": b""})
    done = seedbed("build", folder=tmp_path)
    assert done.returncode == 1
    assert done.stderr == "seeds/bad.txt: E002 the file is empty. Remove it, or put its text in\n"
    assert (tmp_path / "site/index.html").is_file()


def test_strict_makes_every_message_count(tmp_path: Path) -> None:
    """A warning alone is no failure without it."""
    make_project(tmp_path, {"untitled.txt": "Hello world"})
    assert seedbed("generate", folder=tmp_path).returncode == 0
    assert seedbed("generate", "--strict", folder=tmp_path).returncode == 1


def test_a_wrong_call_is_two_and_a_wrong_project_three(tmp_path: Path) -> None:
    """And no traceback without --debug."""
    assert seedbed("biuld", folder=tmp_path).returncode == 2
    done = seedbed("build", folder=tmp_path)
    assert done.returncode == 3
    assert done.stderr.startswith("seedbed: there is no mkdocs.yml")
    make_project(tmp_path, {})
    (tmp_path / "mkdocs.yml").write_text("site_name: [")
    done = seedbed("build", folder=tmp_path)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert "Traceback" in seedbed("--debug", "build", folder=tmp_path).stderr


def test_json_is_one_object(tmp_path: Path) -> None:
    """For programs: figures, problems and the proof."""
    make_project(tmp_path, {"good.txt": NOTE, "bad.txt": b""})
    result = json.loads(seedbed("build", "--json", folder=tmp_path).stdout)
    assert (result["schema"], result["documents"], result["words"]) == (1, 1, 5)
    assert [problem["code"] for problem in result["problems"]] == ["E002"]
    assert result["proof"]["broken"] == []


def test_explain_tells_every_decision(tmp_path: Path) -> None:
    """Each value with rule and line, each change with what it was."""
    make_project(tmp_path, {"peru.txt": THE_SEED.read_bytes()})
    told = seedbed("explain", "seeds/peru.txt", folder=tmp_path).stdout
    assert "read as utf-8: the bytes are valid UTF-8" in told
    assert "author: Bill Van Auken (names beside the date, line 5)" in told
    assert "date: 2021-06-28 (date in the head (day month year), line 6)" in told
    assert told.count("cut paragraphs") == 2
    missing = seedbed("explain", "pera.txt", folder=tmp_path)
    assert missing.returncode == 3
    assert "Did you mean peru.txt?" in missing.stderr


def test_explain_tells_of_a_date_that_stands_too_late(tmp_path: Path) -> None:
    """A reader sees it in the text, and would ask."""
    text = f"A note on bridges\n\n{'The old bridge was closed. ' * 9}\n\nIt rained on 3 May 2020.\n"
    make_project(tmp_path, {"note.txt": text})
    told = seedbed("explain", "note.txt", folder=tmp_path).stdout
    assert 'date: none; "3 May 2020" in line 5 is not in the head of the text' in told


def test_a_corpus_without_documents_boasts_of_no_proof(tmp_path: Path) -> None:
    """Nothing was proved, and that is what is said."""
    make_project(tmp_path, {})
    told = seedbed("build", folder=tmp_path).stdout
    assert "there was no document to prove" in told
    assert "every promise" not in told


def test_explain_tells_every_rule_about_a_name(tmp_path: Path) -> None:
    """Whom it means, why, in which forms, how to correct it; of a name nobody has, the nearest."""
    make_project(tmp_path, {"peru.txt": THE_SEED.read_bytes()})
    told = seedbed("explain", "Luis Arce Cordova", folder=tmp_path).stdout
    assert "person Luis Arce Córdova (people/luis-arce-cordova)" in told
    assert "page: strong evidence, in a corpus of fewer than 20 documents" in told
    assert 'peru.txt, paragraph 8: person "Arce" as "Luis Arce Córdova", strong: ' in told
    assert 'suppress: ["Luis Arce Cordova"]' in told
    undecided = seedbed("explain", "Fujimori", "--json", folder=tmp_path).stdout
    assert json.loads(undecided)["unsure"]["count"] > 0
    missing = seedbed("explain", "Louis Arce Córdova", folder=tmp_path)
    assert missing.returncode == 3
    assert 'Did you mean "Luis Arce Córdova"?' in missing.stderr


def test_explain_tells_what_people_decided(tmp_path: Path) -> None:
    """Each correction with its line and what it replaces, and the address with its history."""
    make_project(tmp_path, {"note.txt": NOTE, "corrections.yml": ""})
    seedbed("generate", folder=tmp_path)
    title, old = NOTE.partition("\n")[0], "documents/undated/a-note-on-bridges/"
    (tmp_path / "seeds/corrections.yml").write_text(
        "documents:\n  note.txt:\n    title: On bridges\n    withdrawn: {reason: asked}\n"
    )
    table = tmp_path / "addresses.csv"
    table.write_text(table.read_text().replace(f",{old},", ",documents/bridges/,"))
    told = seedbed("explain", "note.txt", folder=tmp_path).stdout
    assert "  address: documents/bridges/ (addresses.csv, line 2)" in told
    assert f"  address before: {old}; leads there" in told
    assert "  withdrawn as note.txt: asked (corrections.yml, line 4)" in told
    assert "  title: On bridges (corrections.yml, line 3)" in told
    assert f"  title: {title} (first line of the head, line 1); corrected" in told


def test_check_fails_when_the_seed_has_changed(tmp_path: Path) -> None:
    """A site is proved against the seeds as they are."""
    make_project(tmp_path, {"note.txt": NOTE})
    seedbed("build", folder=tmp_path)
    assert seedbed("check", folder=tmp_path).returncode == 0
    (tmp_path / "seeds/note.txt").write_text(NOTE + "Nobody had been told.\n")
    done = seedbed("check", folder=tmp_path)
    assert done.returncode == 3
    assert "seeds/note.txt: E022" in done.stderr


def test_clean_leaves_what_people_wrote(tmp_path: Path) -> None:
    """Seeds, settings and hand-written pages stay, and the addresses that are in use."""
    make_project(tmp_path, {"note.txt": NOTE})
    before = {path for path in tmp_path.rglob("*") if path.is_file()} | {
        tmp_path / name for name in ("addresses.csv", "names.csv")
    }
    seedbed("build", folder=tmp_path)
    seedbed("clean", folder=tmp_path)
    assert {path for path in tmp_path.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("heavy", ["mkdocs", "yaml", "markdown", "numpy", "selectolax"])
def test_help_waits_for_nothing(heavy: str) -> None:
    """The libraries that take long to load are loaded by the commands that need them."""
    code = "import sys, generator.cli; sys.exit(sys.argv[1] in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code, heavy], check=False).returncode == 0
