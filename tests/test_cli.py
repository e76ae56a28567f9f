"""The command line, as users call it."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest

from generator.cli import entry_point, main
from generator.cli.project import generate_docs, load
from generator.engine.workers import no_progress
from generator.pipeline.options import Options
from generator.publishing import mkdocs_build
from tests.support import THE_SEED, make_project, require, tree


@dataclass(frozen=True)
class Done:
    """The result of a command."""

    code: int
    out: str
    err: str


class Seedbed(Protocol):
    """Runs a command in a folder."""

    def __call__(self, *words: str | Path, folder: Path) -> Done:
        """Run the command and return its result."""


@pytest.fixture
def seedbed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Seedbed:
    """Return a function that runs commands in this process, which is faster than starting one."""

    def run(*words: str | Path, folder: Path) -> Done:
        monkeypatch.chdir(folder)
        monkeypatch.setattr(sys, "argv", ["seedbed", *map(str, words)])
        monkeypatch.setattr(sys, "tracebacklimit", 1000, raising=False)
        code = 0
        try:
            main()
        except SystemExit as error:
            code = int(error.code or 0)
        return Done(code, *capsys.readouterr())

    return run


def run_process(*words: str | Path, folder: Path) -> Done:
    """Run a command in a new process, as users do."""
    command = [sys.executable, "-m", "generator", *map(str, words)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return Done(done.returncode, done.stdout, done.stderr)


NOTE = "A note on bridges\n\nThe old bridge was closed.\n"


def test_a_new_project_with_three_files_builds_three_linked_pages(tmp_path: Path) -> None:
    """The first five minutes of a new user."""
    assert (
        run_process("new", tmp_path / "mine", "--name", 'Ana\'s "letters"', folder=tmp_path).code
        == 0
    )
    letters = ("The old bridge was closed.", "A river rose.", "Nobody came to see me today.")
    for number, words in enumerate(letters):
        text = f"Letter number {number}\n\nBy Ana Ruiz\n\n{words}\n"
        (tmp_path / "mine/seeds" / f"{number}.txt").write_text(text)
    done = run_process("build", folder=tmp_path / "mine")
    assert done.code == 0
    assert done.err == ""
    assert "no errors found" in done.out
    home = (tmp_path / "mine/site/index.html").read_text()
    for number in range(3):
        assert f'href="documents/undated/letter-number-{number}/"' in home
    page = (tmp_path / "mine/site/documents/undated/letter-number-1/index.html").read_text()
    assert 'href="../../../authors/ana-ruiz/"' in page
    assert "<title>Ana&#39;s &#34;letters&#34;</title>" in home


def set_site_url(config: Path) -> None:
    """Set an address of the site that is not a placeholder."""
    text = config.read_text("utf-8").replace("https://example.org/", "https://letters.museum/")
    config.write_text(text, "utf-8")


def test_git_does_not_change_the_bytes_of_a_new_project(seedbed: Seedbed, tmp_path: Path) -> None:
    """Git may convert line ends, and pages are checked against the bytes of seeds."""
    require(shutil.which("git"), "git")
    project, clone = tmp_path / "p", tmp_path / "clone"
    seedbed("new", "p", folder=tmp_path)
    (project / "seeds/letters").mkdir()
    (project / "seeds/letters/a.txt").write_bytes(b"One\r\ntwo\nthree\r")
    (project / "addresses.csv").write_bytes(b"seed,address\n")
    who = ("-c", "user.name=A", "-c", "user.email=a@letters.museum", "-c", "core.autocrlf=true")
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "A letter")):
        subprocess.run(["git", *who, *words], cwd=project, check=True, capture_output=True)
    cloning = ["git", *who, "clone", "-q", str(project), str(clone)]
    subprocess.run(cloning, check=True, capture_output=True)
    for name in ("seeds/letters/a.txt", "addresses.csv"):
        assert (clone / name).read_bytes() == (project / name).read_bytes()


def test_every_new_project_has_its_own_site_id(seedbed: Seedbed, tmp_path: Path) -> None:
    """Otherwise feeds of two sites could have the same ids."""
    ids = []
    for name in ("a", "b"):
        seedbed("new", name, folder=tmp_path)
        ids.append(mkdocs_build.load_project(tmp_path / name / "mkdocs.yml").settings.site_id)
    assert ids[0] != ids[1]
    assert all(ids)


def test_a_file_of_the_theme_that_is_there_stays_and_the_command_says_so(
    seedbed: Seedbed, tmp_path: Path
) -> None:
    """Otherwise it would look as if the file was that of the program."""
    make_project(tmp_path, {})
    assert "Copied theme/main.html." in seedbed("theme", "eject", "main.html", folder=tmp_path).out
    assert "Nothing was copied" in seedbed("theme", "eject", "main.html", folder=tmp_path).out


def test_the_next_steps_of_a_new_project_can_be_pasted(seedbed: Seedbed, tmp_path: Path) -> None:
    """Also if the folder has spaces in its name; without `cd` in the folder itself."""
    there = seedbed("new", "old letters", folder=tmp_path).out
    assert "2. cd 'old letters' && seedbed serve" in there
    (tmp_path / "here").mkdir()
    here = seedbed("new", ".", folder=tmp_path / "here").out
    assert "Created the project. What to do next:" in here
    assert "2. seedbed serve" in here


def test_a_project_is_not_created_twice(seedbed: Seedbed, tmp_path: Path) -> None:
    """No file of the first is replaced."""
    seedbed("new", tmp_path, folder=tmp_path)
    done = seedbed("new", tmp_path, folder=tmp_path)
    assert done.code == 3
    assert "contains a project already" in done.err


def test_a_seed_without_a_page_makes_the_exit_code_one(seedbed: Seedbed, tmp_path: Path) -> None:
    """The others are published, and the message has file, code and hint."""
    set_site_url(make_project(tmp_path, {"good.txt": NOTE, "bad.txt": b""}))
    done = seedbed("build", folder=tmp_path)
    assert done.code == 1
    assert done.err == "seeds/bad.txt: E002 the file is empty. Add its text, or remove it\n"
    assert (tmp_path / "site/index.html").is_file()


def test_explain_says_why_each_task_had_work(seedbed: Seedbed, tmp_path: Path) -> None:
    """One line for each; the output itself stays as it is."""
    make_project(tmp_path, {"a.txt": NOTE, "b.txt": "A bridge\n\nIt was closed.\n"})
    first = seedbed("generate", "--explain", folder=tmp_path)
    assert "seeds: 0 up to date, 2 new" in first.err.splitlines()
    assert "seeds:" not in first.out
    (tmp_path / "seeds/b.txt").write_text("A bridge\n\nIt was open.\n")
    (tmp_path / "docs/documents/undated/a-bridge/text.txt").write_text("else")
    lines = seedbed("generate", "--explain", "--json", folder=tmp_path).err.splitlines()
    assert "seeds: 1 up to date, 1 with changed inputs" in lines
    assert "document pages: 1 up to date, 1 with changed inputs" in lines
    (tmp_path / "docs/documents/undated/a-bridge/text.txt").unlink()
    lines = seedbed("generate", "--explain", folder=tmp_path).err.splitlines()
    assert "document pages: 1 up to date, 1 with modified outputs" in lines
    lines = seedbed("generate", "--explain", folder=tmp_path).err.splitlines()
    assert lines == ["All tasks are up to date."]


def reasons(seedbed: Seedbed, folder: Path, path: str, command: str = "build") -> dict[str, str]:
    """Build, and return by task what `--explain` says of a seed or page."""
    lines = seedbed(command, "--explain", path, "--json", folder=folder).err.splitlines()
    states = (line.split(": ", 2) for line in lines if ": W0" not in line)
    return {f"{task}: {key}": state for task, key, state in states}


def test_explain_follows_one_seed_to_its_page(seedbed: Seedbed, tmp_path: Path) -> None:
    """It names the inputs that changed; the page can be given instead of the seed."""
    make_project(tmp_path, {"a.txt": NOTE, "b.txt": "A bridge\n\nIt was closed.\n"})
    page = "documents/undated/a-bridge/index"
    first = reasons(seedbed, tmp_path, "seeds/b.txt")
    assert first["document pages: b.txt"] == "new"
    assert first[f"verified pages: {page}.html"] == "new"
    assert all("a.txt" not in item for item in first)
    (tmp_path / "seeds/b.txt").write_text("A bridge\n\nIt was open.\n")
    second = reasons(seedbed, tmp_path, f"site/{page}.html")
    assert second["seeds: b.txt"] == "changed inputs: the content of the seed"
    assert second["document pages: b.txt"].startswith("changed inputs: the document")
    assert second[f"rendered pages: {page}.md"] == "changed inputs: the page in the docs folder"
    assert second.keys() == first.keys()
    (tmp_path / "seeds/a.txt").write_text("Another bridge\n\nIt was closed.\n")
    assert reasons(seedbed, tmp_path, f"docs/{page}.md")["seeds: b.txt"] == "up to date"
    assert set(reasons(seedbed, tmp_path, "documents/undated/a-bridge/").values()) == {"up to date"}


def test_explain_says_which_settings_or_files_changed(seedbed: Seedbed, tmp_path: Path) -> None:
    """A setting that all pages depend on, and a file that somebody removed."""
    config = make_project(tmp_path, {"b.txt": "A bridge\n\nIt was closed.\n"})
    seedbed("build", folder=tmp_path)
    config.write_text(config.read_text().replace("Test archive", "Archive"))
    changed = reasons(seedbed, tmp_path, "b.txt")
    assert changed["seeds: b.txt"] == "up to date"
    assert changed["document pages: b.txt"] == "changed inputs: the program or the settings"
    (tmp_path / "docs/documents/undated/a-bridge/ledger.json").unlink()
    assert reasons(seedbed, tmp_path, "b.txt")["document pages: b.txt"] == "modified outputs"


def test_explain_of_an_unknown_path_says_what_can_be_named(
    seedbed: Seedbed, tmp_path: Path
) -> None:
    """The build itself is not stopped by it."""
    make_project(tmp_path, {"a.txt": NOTE})
    done = seedbed("build", "--explain", "seeds/z.txt", folder=tmp_path)
    assert "seeds/z.txt: no build knows this seed or page; name a seed" in done.err
    assert (tmp_path / "site/index.html").is_file()


def test_strict_fails_with_any_message(seedbed: Seedbed, tmp_path: Path) -> None:
    """A warning alone is no failure without it."""
    make_project(tmp_path, {"untitled.txt": "Hello world"})
    assert seedbed("generate", folder=tmp_path).code == 0
    assert seedbed("generate", "--strict", folder=tmp_path).code == 1


def test_exit_codes_of_invalid_arguments_and_projects(seedbed: Seedbed, tmp_path: Path) -> None:
    """2 and 3, and no traceback without --debug."""
    assert seedbed("biuld", folder=tmp_path).code == 2
    done = seedbed("build", folder=tmp_path)
    assert done.code == 3
    assert done.err.startswith("seedbed: there is no mkdocs.yml")
    make_project(tmp_path, {})
    (tmp_path / "mkdocs.yml").write_text("site_name: [")
    done = seedbed("build", folder=tmp_path)
    assert done.code == 3
    assert "Traceback" not in done.err
    assert "Traceback" in run_process("--debug", "build", folder=tmp_path).err


def test_json_is_one_object(seedbed: Seedbed, tmp_path: Path) -> None:
    """For programs: statistics, problems and the result of the check."""
    set_site_url(make_project(tmp_path, {"good.txt": NOTE, "bad.txt": b""}))
    result = json.loads(seedbed("build", "--json", folder=tmp_path).out)
    assert (result["schema"], result["documents"], result["words"]) == (1, 1, 5)
    assert [problem["code"] for problem in result["problems"]] == ["E002"]
    assert result["proof"]["broken"] == []


def test_explain_shows_every_decision(seedbed: Seedbed, tmp_path: Path) -> None:
    """Each value with rule and line, each change with what it was."""
    make_project(tmp_path, {"peru.txt": THE_SEED.read_bytes()})
    message = seedbed("explain", "seeds/peru.txt", folder=tmp_path).out
    assert "read as utf-8: the bytes are valid UTF-8" in message
    assert "author: Bill Van Auken (names beside the date, line 5)" in message
    assert "date: 2021-06-28 (date in the head (day month year), line 6)" in message
    assert message.count("cut paragraphs") == 2
    assert re.search(r"line \d+, p-[0-9a-f]{8}: paragraph", message)
    missing = seedbed("explain", "pera.txt", folder=tmp_path)
    assert missing.code == 3
    assert "Did you mean peru.txt?" in missing.err


def test_explain_reports_a_date_outside_of_the_head(seedbed: Seedbed, tmp_path: Path) -> None:
    """A user sees it in the text and may wonder."""
    text = f"A note on bridges\n\n{'The old bridge was closed. ' * 9}\n\nIt rained on 3 May 2020.\n"
    make_project(tmp_path, {"note.txt": text})
    message = seedbed("explain", "note.txt", folder=tmp_path).out
    assert 'date: none; "3 May 2020" in line 5 is not in the head of the text' in message


def test_an_empty_corpus_reports_no_proof(seedbed: Seedbed, tmp_path: Path) -> None:
    """The message says that there are no documents."""
    make_project(tmp_path, {})
    message = seedbed("build", folder=tmp_path).out
    assert "There are no documents" in message
    assert "restored" not in message


def test_addresses_are_drafts_until_the_first_release(seedbed: Seedbed, tmp_path: Path) -> None:
    """Until then they follow a corrected title; after it every build keeps them."""
    make_project(tmp_path, {"note.txt": NOTE})
    seedbed("build", folder=tmp_path)
    correct_title(tmp_path, "On bridges")
    assert "are drafts" in seedbed("build", folder=tmp_path).out
    assert (tmp_path / "docs/documents/undated/on-bridges").exists()
    assert not (tmp_path / "names.csv").exists()
    assert "are drafts" not in seedbed("build", "--release", folder=tmp_path).out
    correct_title(tmp_path, "Of towers")
    seedbed("build", folder=tmp_path)
    assert (tmp_path / "docs/documents/undated/on-bridges").exists()
    assert not (tmp_path / "docs/documents/undated/of-towers").exists()


def correct_title(folder: Path, title: str) -> None:
    """Write a correction of the title of the note."""
    text = f"documents:\n  note.txt:\n    title: {title}\n"
    (folder / "seeds/corrections.yml").write_text(text, "utf-8")


def test_explain_shows_every_rule_about_a_name(seedbed: Seedbed, tmp_path: Path) -> None:
    """Its entity, reasons, forms and possible corrections; for an unknown name, a similar one."""
    make_project(tmp_path, {"peru.txt": THE_SEED.read_bytes()})
    message = seedbed("explain", "Luis Arce Cordova", folder=tmp_path).out
    assert "person Luis Arce Córdova (people/luis-arce-cordova)" in message
    assert "page: strong evidence, in a corpus of fewer than 20 documents" in message
    assert re.search(
        r'peru.txt, paragraph 8 \(p-[0-9a-f]{8}\): person "Arce" as "Luis Arce Córdova", strong: ',
        message,
    )
    assert 'suppress: ["Luis Arce Cordova"]' in message
    undecided = seedbed("explain", "Fujimori", "--json", folder=tmp_path).out
    assert json.loads(undecided)["unsure"]["count"] > 0
    missing = seedbed("explain", "Louis Arce Córdova", folder=tmp_path)
    assert missing.code == 3
    assert 'Did you mean "Luis Arce Córdova"?' in missing.err
    entry = "names:\n  suppress: [Luis Arce Córdova]\n"
    (tmp_path / "seeds/corrections.yml").write_text(entry, "utf-8")
    message = seedbed("explain", "Luis Arce Cordova", folder=tmp_path).out
    assert "  not linked: suppressed (corrections.yml, line 2)\n" in message


def test_explain_shows_corrections(seedbed: Seedbed, tmp_path: Path) -> None:
    """Each correction with its line and what it replaces, and the address with its history."""
    make_project(tmp_path, {"note.txt": NOTE, "corrections.yml": ""})
    seedbed("publish-addresses", folder=tmp_path)
    title, old = NOTE.partition("\n")[0], "documents/undated/a-note-on-bridges/"
    (tmp_path / "seeds/corrections.yml").write_text(
        "documents:\n  note.txt:\n    title: On bridges\n    withdrawn: {reason: asked}\n"
    )
    table = tmp_path / "addresses.csv"
    table.write_text(table.read_text().replace(f",{old},", ",documents/bridges/,"))
    message = seedbed("explain", "note.txt", folder=tmp_path).out
    assert "  address: documents/bridges/ (addresses.csv, line 2)" in message
    assert f"  former address: {old}; redirects" in message
    assert "  withdrawn as note.txt: asked (corrections.yml, line 4)" in message
    assert "  title: On bridges (corrections.yml, line 3)" in message
    assert f"  title: {title} (first line of the head, line 1); corrected" in message


def test_explain_shows_why_a_file_is_not_a_seed(seedbed: Seedbed, tmp_path: Path) -> None:
    """Ignored by a rule or a user, or rejected; a build counts the ignored files."""
    seeds = {
        "note.txt": NOTE,
        "note.txt~": NOTE,
        ".env": "KEY=1",
        "id_rsa": "k",
        "drafts/a.txt": NOTE,
    }
    make_project(tmp_path, {**seeds, ".seedbedignore": "drafts/\n"})
    (tmp_path / "seeds/link.txt").symlink_to("note.txt")
    (tmp_path / "seeds/Lima").mkdir()
    assert "no name" in seedbed("explain", "Lima", folder=tmp_path).err
    expected = {
        "seeds/note.txt~": "not a seed: backup file; it has the name of an older version of a file",
        ".env": "not a seed: hidden file; a name that begins with a dot is hidden",
        "id_rsa": "not a seed: secret; ",
        "seeds/drafts/a.txt": "not a seed: by .seedbedignore; ",
        "link.txt": "seeds/link.txt: E004 a link is not followed",
    }
    for name, message in expected.items():
        done = seedbed("explain", name, folder=tmp_path)
        assert done.code == 0
        assert message in done.out
    message = json.loads(seedbed("explain", ".env", "--json", folder=tmp_path).out)
    assert message["left_out"]["rule"] == "hidden file"
    done = seedbed("generate", "--json", folder=tmp_path)
    assert [ignored["path"] for ignored in json.loads(done.out)["left_out"]] == [
        "drafts/",
        "id_rsa",
        "note.txt~",
    ]
    assert "W019 2 files and 1 folder left out: " in done.err
    assert ".env" not in done.err


def test_a_build_that_lost_most_of_its_seeds_stops(seedbed: Seedbed, tmp_path: Path) -> None:
    """The published site stays until the user accepts the loss."""
    make_project(
        tmp_path, {f"{index}.txt": f"Note {index}\n\nThe old bridge.\n" for index in range(6)}
    )
    assert seedbed("build", folder=tmp_path).code == 0
    before = tree(tmp_path / "site")
    for path in (tmp_path / "seeds").glob("*.txt"):
        path.unlink()
    refused = seedbed("build", folder=tmp_path)
    assert refused.code == 3
    assert "there were 6 documents" in refused.err
    assert "seedbed build --accept" in refused.err
    assert tree(tmp_path / "site") == before
    assert seedbed("build", "--accept", folder=tmp_path).code == 0
    assert not list((tmp_path / "site/documents").rglob("*.txt"))


def test_check_fails_when_the_seed_has_changed(seedbed: Seedbed, tmp_path: Path) -> None:
    """A site is checked against the current seeds."""
    make_project(tmp_path, {"note.txt": NOTE})
    seedbed("build", folder=tmp_path)
    assert seedbed("check", folder=tmp_path).code == 0
    (tmp_path / "seeds/note.txt").write_text(NOTE + "Nobody had been told.\n")
    done = seedbed("check", folder=tmp_path)
    assert done.code == 3
    assert "seeds/note.txt: E022" in done.err


def test_a_new_project_replaces_no_file(seedbed: Seedbed, tmp_path: Path) -> None:
    """For instance in a folder with texts and a `.gitignore` file."""
    existing = (".gitignore", "seeds/corrections.yml", "docs/about.md")
    for name in existing:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("mine")
    message = seedbed("new", ".", folder=tmp_path).err
    assert {(tmp_path / name).read_text() for name in existing} == {"mine"}
    assert ".gitignore exists and was not changed" in message
    assert (tmp_path / "mkdocs.yml").is_file()


def test_clean_removes_no_handwritten_file(seedbed: Seedbed, tmp_path: Path) -> None:
    """Seeds, settings, handwritten pages and tables of addresses stay."""
    make_project(tmp_path, {"note.txt": NOTE})
    before = {path for path in tmp_path.rglob("*") if path.is_file()} | {
        tmp_path / name for name in ("addresses.csv", "names.csv")
    }
    seedbed("build", "--release", folder=tmp_path)
    seedbed("clean", folder=tmp_path)
    assert {path for path in tmp_path.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("heavy", ["mkdocs", "yaml", "markdown", "numpy", "selectolax"])
def test_help_loads_no_large_library(heavy: str) -> None:
    """They are loaded by the commands that need them."""
    assert _loaded_by("generator.cli.entry_point", heavy) == 0


def _loaded_by(module: str, other: str) -> int:
    """Return 1 if a new process that imports a module has another one then, else 0."""
    code = "import sys; __import__(sys.argv[1]); sys.exit(sys.argv[2] in sys.modules)"
    return subprocess.run([sys.executable, "-c", code, module, other], check=False).returncode


def test_a_worker_does_not_load_the_commands() -> None:
    """It imports the module that the installed command imports, and runs no command."""
    assert _loaded_by("generator.cli", "click") == 0


def test_the_scan_of_the_site_in_the_background_does_not_load_mkdocs() -> None:
    """It lists folders, and starts with every build."""
    assert _loaded_by("generator.publishing.rendering.write_site", "mkdocs") == 0


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="only Linux lists threads there")
def test_numpy_starts_no_threads() -> None:
    """Other processes use the other cores."""
    code = (
        "import os, sys; sys.argv = ['seedbed', '--version']\n"
        "from generator.cli import entry_point; entry_point.main()\n"
        "import numpy; sys.exit(len(os.listdir('/proc/self/task')))"
    )
    environment = {key: os.environ[key] for key in os.environ if key != entry_point.NUMPY_THREADS}
    command = [sys.executable, "-c", code]
    assert subprocess.run(command, check=False, env=environment).returncode == 1


@pytest.mark.parametrize(
    ("number", "ends"),
    [(signal.SIGTERM, entry_point._Terminated), (signal.SIGINT, KeyboardInterrupt)],
)
def test_a_repeated_signal_is_ignored(number: int, ends: type[BaseException]) -> None:
    """`timeout` and terminals send it to a program and to its group."""
    before = {each: signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGINT)}
    signal.signal(number, entry_point._stop)
    try:
        with pytest.raises(ends):
            signal.raise_signal(number)
        signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGINT)
        assert signal.getsignal(number) not in {entry_point._stop, signal.SIG_DFL}
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


@pytest.mark.parametrize("words", [(), ("export",), ("theme",)], ids=" ".join)
def test_the_list_of_commands_has_whole_sentences(
    words: tuple[str, ...], seedbed: Seedbed, tmp_path: Path
) -> None:
    """On a terminal of 80 characters, the sentence of no command is cut."""
    shown = seedbed(*words, "--help", folder=tmp_path).out
    assert "..." not in shown.partition("Commands:")[2]
    assert max(map(len, shown.splitlines())) <= 80


def test_a_build_forgets_the_corpus_before_it_makes_the_site(tmp_path: Path) -> None:
    """It would fill the memory of the process meanwhile: only a desk asks for it later."""
    config = make_project(tmp_path, {"a.txt": THE_SEED.read_bytes()})
    assert generate_docs(load(config), no_progress, Options()).state is None
