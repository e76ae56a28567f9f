"""Which files of the seeds folder are seeds: the table of rules and ignore files."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.files import (
    Seeds,
    ignoring_rule,
    list_seeds,
    read_corrections,
    take_seeds_snapshot,
)
from generator.model import SeedbedError, SeedPath
from generator.model.ignore_rules import ANY, RULES, Kind, rule_for
from tests.support import MAX_EXAMPLES, Case, cases


def put_files(folder: Path, *paths: str, text: str = "A note\n\nThe old bridge.\n") -> None:
    """Write files below a folder; a path that ends with a slash is a folder."""
    for path in paths:
        target = folder / path
        (target if path.endswith("/") else target.parent).mkdir(parents=True, exist_ok=True)
        if not path.endswith("/"):
            target.write_text(text)


@cases("left_out")
def test_the_rules_decide_by_name(case: Case) -> None:
    """As each case expects."""
    path = case.given["path"]
    kind = Kind.FOLDER if path.endswith("/") else Kind.FILE
    rule = rule_for(path.rstrip("/"), kind, frozenset(case.given.get("beside", ())))
    assert (rule and rule.name) == case.expect


def test_every_rule_has_a_case() -> None:
    """A rule without a case is not tested."""
    parameters = cases("left_out")
    expected = {parameter.values[0].expect for parameter in parameters.args[1]}
    assert expected == {None, *(rule.name for rule in RULES)}


@given(
    st.from_regex(
        r"[^/\0]*( \((SFConflict a|.*conflicted copy 2024-03-01)\))?\.te?xt", fullmatch=True
    )
)
def test_the_shortcut_for_usual_names_agrees_with_the_rules(name: str) -> None:
    """The result is that of asking every rule."""
    rules = [rule for rule in RULES if rule.matches(name, Kind.FILE, frozenset())]
    assert rule_for(name, Kind.FILE, frozenset()) == next(iter(rules), None)


@given(
    st.text(st.characters(exclude_characters="/\0"), min_size=1),
    st.sampled_from(sorted(ANY, key=str)),
)
def test_a_name_that_begins_with_a_dot_is_not_a_seed(name: str, kind: Kind) -> None:
    """Whatever comes after the dot."""
    rule = rule_for(f".{name}", kind, frozenset())
    assert rule is not None
    assert rule.firm


HIDDEN = (
    *(".git/config", ".git/logs/HEAD", "sub/.git", ".env", ".htpasswd", ".hidden.txt"),
    *(
        ".stversions/a.txt",
        ".Trash-1000/files/a.txt",
        ".history/a.txt",
        "a/.ipynb_checkpoints/a.txt",
    ),
    *("._a.txt", "__MACOSX/a.txt", "@eaDir/a.txt", "$RECYCLE.BIN/a.txt", ".a.txt.swp", "#a.txt#"),
)


def test_hidden_files_cause_no_message(tmp_path: Path) -> None:
    """They get no page either, and a change of them does not cause a new run."""
    put_files(tmp_path, "a.txt", "a/", "sub/")
    before = take_seeds_snapshot(tmp_path)
    put_files(tmp_path, *HIDDEN, text="token")
    (tmp_path / ".#a.txt").symlink_to("jane@host.1234")
    assert list_seeds(tmp_path) == Seeds((SeedPath("a.txt"),), (), ())
    assert take_seeds_snapshot(tmp_path) == before
    assert "token" not in str(take_seeds_snapshot(tmp_path))


def test_other_ignored_files_are_counted_with_an_example(tmp_path: Path) -> None:
    """In one message; the report lists each."""
    put_files(
        tmp_path, "a.txt", "a.txt~", "b/b.bak", "Makefile", "p.html", "p_files/x.txt", "id_rsa"
    )
    seeds = list_seeds(tmp_path)
    (problem,) = seeds.problems
    assert seeds.paths == ("a.txt", "p.html")
    assert (problem.code, problem.severity) == ("W019", "warning")
    for part in ("4 files and 1 folder left out", "2 backup files (a.txt~)", "1 secret (id_rsa)"):
        assert part in problem.message
    assert [(ignored.path, ignored.rule) for ignored in seeds.left_out] == [
        ("Makefile", "file without a suffix"),
        ("a.txt~", "backup file"),
        ("b/b.bak", "backup file"),
        ("id_rsa", "secret"),
        ("p_files/", "folder of a saved web page"),
    ]


def test_another_ignored_file_causes_a_new_run(tmp_path: Path) -> None:
    """Otherwise its message would be outdated."""
    put_files(tmp_path, "a.txt")
    before = take_seeds_snapshot(tmp_path).fingerprint
    put_files(tmp_path, "a.txt~")
    named = take_seeds_snapshot(tmp_path).fingerprint
    assert named != before
    put_files(tmp_path, "a.txt~", text="other words")
    assert take_seeds_snapshot(tmp_path).fingerprint == named


def test_a_seedbedignore_file_overrules_the_rules(tmp_path: Path) -> None:
    """Except for secrets; what a user ignores causes no warning."""
    put_files(
        tmp_path, "a.txt", "drafts/b.txt", "c.txt", "letters/d.txt", "notes", "id_rsa", "x.bak"
    )
    (tmp_path / ".seedbedignore").write_text(
        "# private\n/drafts/\nc.*\n!notes\n!id_rsa\nid_rsa\n*.bak\n"
    )
    put_files(tmp_path, "letters/.seedbedignore", text="*\n!d.txt\n")
    seeds = list_seeds(tmp_path)
    assert seeds.paths == ("a.txt", "letters/d.txt", "notes")
    assert seeds.problems == ()
    assert {ignored.rule for ignored in seeds.left_out} == {"by .seedbedignore"}
    (tmp_path / ".seedbedignore").write_text("!*\n!.*\n")
    assert "id_rsa" not in list_seeds(tmp_path).paths
    assert ".seedbedignore" not in list_seeds(tmp_path).paths


def test_a_gitignore_file_counts_unless_seedbedignore_overrules_it(tmp_path: Path) -> None:
    """Only in the seeds folder: a project may ignore all its seeds in its own file."""
    seeds = tmp_path / "seeds"
    put_files(tmp_path, "seeds/a.txt", "seeds/private/b.txt", "seeds/c.txt")
    put_files(tmp_path, ".gitignore", text="seeds/\n")
    put_files(tmp_path, "seeds/.gitignore", text="private/\nc.txt\n")
    listed = list_seeds(seeds)
    assert listed.paths == ("a.txt",)
    assert "1 file and 1 folder left out" in listed.problems[0].message
    assert "2 by .gitignore" in listed.problems[0].message
    put_files(tmp_path, "seeds/.seedbedignore", text="!private/\n")
    assert list_seeds(seeds).paths == ("a.txt", "private/b.txt")


@pytest.mark.parametrize("line", ["!", "[z-a]", "drafts\\"])
def test_an_invalid_pattern_stops_the_run(line: str, tmp_path: Path) -> None:
    """The line may name a private file."""
    put_files(tmp_path, "a.txt")
    (tmp_path / ".seedbedignore").write_text(f"\n{line}\n")
    with pytest.raises(SeedbedError, match=r"\.seedbedignore:2: .* Correct the line"):
        list_seeds(tmp_path)


_LINES = st.sampled_from(
    "a a/ /a b/a *.txt !*.txt !a * !* */ !*/ **/b b/** !b/ /b/* # \\!a a* ?.txt [ab] !/b/a".split()
)
_TREE = ("a", "a.txt", "b/a", "b/a.txt", "b/c/a.txt", "b/b/b.txt", "c/a/x.txt", "!a", "ab/b")


@settings(max_examples=MAX_EXAMPLES // 4)
@given(st.lists(_LINES, max_size=5), st.lists(_LINES, max_size=3))
def test_patterns_mean_what_git_says(
    tmp_path_factory: pytest.TempPathFactory, top: list[str], below: list[str]
) -> None:
    """For files in folders, with ignore files in two folders."""
    folder = tmp_path_factory.mktemp("ignored")
    subprocess.run(["git", "init", "-q", folder], check=True)
    put_files(folder, *_TREE)
    put_files(folder, ".gitignore", text="\n".join(top))
    put_files(folder, "b/.gitignore", text="\n".join(below))
    options = ["-c", "core.excludesFile=", "ls-files", "-o", "--exclude-standard", "-z"]
    command = ["git", "-C", str(folder), *options]
    listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    wanted = {path for path in listed.split("\0") if path.endswith(".txt")}
    assert {path for path in list_seeds(folder).paths if path.endswith(".txt")} == wanted


def test_a_single_path_is_judged_as_in_a_listing(tmp_path: Path) -> None:
    """Files, folders, files in them, and missing files."""
    put_files(
        tmp_path, *HIDDEN, "a.txt", "drafts/b.txt", "p.html", "p_files/x.txt", "x.txt~", "notes"
    )
    put_files(tmp_path, ".seedbedignore", text="drafts\n")
    os.mkfifo(tmp_path / "pipe")
    seeds = {*list_seeds(tmp_path).paths, "pipe"}
    everything = {
        path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if not path.is_dir()
    }
    not_ignored = {path for path in everything if ignoring_rule(tmp_path, path) is None}
    assert not_ignored == seeds
    assert ignoring_rule(tmp_path, "drafts/removed.txt") is not None
    assert ignoring_rule(tmp_path, "removed.txt") is None
    assert ignoring_rule(tmp_path, ".git/index.lock") is not None


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", [".seedbedignore", ".gitignore"])
def test_an_ignore_file_is_read_in_the_encodings_of_windows(
    name: str, encoding: str, tmp_path: Path
) -> None:
    """Otherwise what it names would be published."""
    put_files(tmp_path, "a.txt", "private/b.txt")
    (tmp_path / name).write_bytes("private/\r\n".encode(encoding))
    assert list_seeds(tmp_path).paths == ("a.txt",)


@pytest.mark.parametrize("data", ["private/\n".encode("utf-16-le"), b"\xff\xfep\0r"])
def test_an_ignore_file_that_is_not_a_text_stops_a_run(data: bytes, tmp_path: Path) -> None:
    """It is unknown what it leaves out."""
    (tmp_path / ".seedbedignore").write_bytes(data)
    with pytest.raises(SeedbedError, match="Save it as UTF-8"):
        list_seeds(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
def test_an_ignore_file_that_is_a_pipe_stops_a_run(tmp_path: Path) -> None:
    """Reading it would never end."""
    os.mkfifo(tmp_path / ".seedbedignore")
    with pytest.raises(SeedbedError, match="not a regular file"):
        list_seeds(tmp_path)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_corrections_in_another_encoding_stop_a_run(encoding: str, tmp_path: Path) -> None:
    """They may withdraw a document, and the withdrawal could not be found."""
    corrections = "documents: {a.txt: {withdrawn: {reason: asked}}}\n"
    (tmp_path / "corrections.yml").write_bytes(corrections.encode(encoding))
    with pytest.raises(SeedbedError, match="is not valid UTF-8"):
        read_corrections(tmp_path)
