"""What in the seeds folder is a seed: the table of names, ignore files, and who follows them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.files import Seeds, ignoring_rule, list_seeds, take_seeds_snapshot
from generator.files.ignore_rules import ANY, RULES, Kind, rule_for
from generator.model import SeedbedError, SeedPath
from tests.support import EXAMPLES, Case, cases


def lay(folder: Path, *paths: str, text: str = "A note\n\nThe old bridge.\n") -> None:
    """Put files into a folder; a path that ends with a slash is a folder."""
    for path in paths:
        place = folder / path
        (place if path.endswith("/") else place.parent).mkdir(parents=True, exist_ok=True)
        if not path.endswith("/"):
            place.write_text(text)


@cases("left_out")
def test_a_name_is_that_of_a_seed_or_not(case: Case) -> None:
    """As the case says."""
    path = case.given["path"]
    kind = Kind.FOLDER if path.endswith("/") else Kind.FILE
    found = rule_for(path.rstrip("/"), kind, frozenset(case.given.get("beside", ())))
    assert (found and found.name) == case.expect


def test_every_rule_has_a_case() -> None:
    """A rule that nothing tries may be wrong."""
    parameters = cases("left_out")
    expected = {parameter.values[0].expect for parameter in parameters.args[1]}
    assert expected == {None, *(rule.name for rule in RULES)}


@given(
    st.from_regex(
        r"[^/\0]*( \((SFConflict a|.*conflicted copy 2024-03-01)\))?\.te?xt", fullmatch=True
    )
)
def test_the_names_that_are_not_looked_up_match_no_rule(name: str) -> None:
    """The short way gives what the table gives."""
    found = [rule for rule in RULES if rule.matches(name, Kind.FILE, frozenset())]
    assert rule_for(name, Kind.FILE, frozenset()) == next(iter(found), None)


@given(
    st.text(st.characters(exclude_characters="/\0"), min_size=1),
    st.sampled_from(sorted(ANY, key=str)),
)
def test_whatever_begins_with_a_dot_is_no_seed(name: str, kind: Kind) -> None:
    """Whatever follows."""
    found = rule_for(f".{name}", kind, frozenset())
    assert found is not None
    assert found.firm


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


def test_what_everybody_leaves_out_costs_no_word(tmp_path: Path) -> None:
    """Neither a page nor a message; nor does a change of it make a run begin."""
    lay(tmp_path, "a.txt", "a/", "sub/")
    before = take_seeds_snapshot(tmp_path)
    lay(tmp_path, *HIDDEN, text="token")
    (tmp_path / ".#a.txt").symlink_to("jane@host.1234")
    assert list_seeds(tmp_path) == Seeds((SeedPath("a.txt"),), (), ())
    assert take_seeds_snapshot(tmp_path) == before
    assert "token" not in str(take_seeds_snapshot(tmp_path))


def test_what_else_is_left_out_is_counted_with_an_example(tmp_path: Path) -> None:
    """In one message; the report names each."""
    lay(tmp_path, "a.txt", "a.txt~", "b/b.bak", "Makefile", "p.html", "p_files/x.txt", "id_rsa")
    found = list_seeds(tmp_path)
    (problem,) = found.problems
    assert found.paths == ("a.txt", "p.html")
    assert (problem.code, problem.severity) == ("W019", "warning")
    for told in ("4 files and 1 folder left out", "2 backup files (a.txt~)", "1 secret (id_rsa)"):
        assert told in problem.message
    assert [(one.path, one.rule) for one in found.left_out] == [
        ("Makefile", "file without a suffix"),
        ("a.txt~", "backup file"),
        ("b/b.bak", "backup file"),
        ("id_rsa", "secret"),
        ("p_files/", "folder of a saved web page"),
    ]


def test_a_run_begins_when_something_else_is_left_out(tmp_path: Path) -> None:
    """Or its message would be an old one."""
    lay(tmp_path, "a.txt")
    before = take_seeds_snapshot(tmp_path).fingerprint
    lay(tmp_path, "a.txt~")
    named = take_seeds_snapshot(tmp_path).fingerprint
    assert named != before
    lay(tmp_path, "a.txt~", text="other words")
    assert take_seeds_snapshot(tmp_path).fingerprint == named


def test_a_person_says_what_is_no_seed(tmp_path: Path) -> None:
    """And what is one, except a secret; what they asked for is no warning."""
    lay(tmp_path, "a.txt", "drafts/b.txt", "c.txt", "letters/d.txt", "notes", "id_rsa", "x.bak")
    (tmp_path / ".seedbedignore").write_text(
        "# private\n/drafts/\nc.*\n!notes\n!id_rsa\nid_rsa\n*.bak\n"
    )
    lay(tmp_path, "letters/.seedbedignore", text="*\n!d.txt\n")
    found = list_seeds(tmp_path)
    assert found.paths == ("a.txt", "letters/d.txt", "notes")
    assert found.problems == ()
    assert {one.rule for one in found.left_out} == {"by .seedbedignore"}
    (tmp_path / ".seedbedignore").write_text("!*\n!.*\n")
    assert "id_rsa" not in list_seeds(tmp_path).paths
    assert ".seedbedignore" not in list_seeds(tmp_path).paths


def test_what_git_leaves_out_is_no_seed_unless_a_person_says_so(tmp_path: Path) -> None:
    """Of the seeds folder only: a project may keep all its seeds out of its repository."""
    seeds = tmp_path / "seeds"
    lay(tmp_path, "seeds/a.txt", "seeds/private/b.txt", "seeds/c.txt")
    lay(tmp_path, ".gitignore", text="seeds/\n")
    lay(tmp_path, "seeds/.gitignore", text="private/\nc.txt\n")
    found = list_seeds(seeds)
    assert found.paths == ("a.txt",)
    assert "1 file and 1 folder left out" in found.problems[0].message
    assert "2 by .gitignore" in found.problems[0].message
    lay(tmp_path, "seeds/.seedbedignore", text="!private/\n")
    assert list_seeds(seeds).paths == ("a.txt", "private/b.txt")


@pytest.mark.parametrize("line", ["!", "[z-a]", "drafts\\"])
def test_a_line_that_nobody_understands_stops_the_run(line: str, tmp_path: Path) -> None:
    """It may name what must stay private."""
    lay(tmp_path, "a.txt")
    (tmp_path / ".seedbedignore").write_text(f"\n{line}\n")
    with pytest.raises(SeedbedError, match=r"\.seedbedignore:2: .* Mend the line"):
        list_seeds(tmp_path)


_LINES = st.sampled_from(
    "a a/ /a b/a *.txt !*.txt !a * !* */ !*/ **/b b/** !b/ /b/* # \\!a a* ?.txt [ab] !/b/a".split()
)
_TREE = ("a", "a.txt", "b/a", "b/a.txt", "b/c/a.txt", "b/b/b.txt", "c/a/x.txt", "!a", "ab/b")


@settings(max_examples=EXAMPLES // 4)
@given(st.lists(_LINES, max_size=5), st.lists(_LINES, max_size=3))
def test_patterns_mean_what_git_says(
    tmp_path_factory: pytest.TempPathFactory, top: list[str], below: list[str]
) -> None:
    """For files in folders, with an ignore file in a folder, too."""
    folder = tmp_path_factory.mktemp("ignored")
    subprocess.run(["git", "init", "-q", folder], check=True)
    lay(folder, *_TREE)
    lay(folder, ".gitignore", text="\n".join(top))
    lay(folder, "b/.gitignore", text="\n".join(below))
    how = ["-c", "core.excludesFile=", "ls-files", "-o", "--exclude-standard", "-z"]
    command = ["git", "-C", str(folder), *how]
    listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    wanted = {path for path in listed.split("\0") if path.endswith(".txt")}
    assert {path for path in list_seeds(folder).paths if path.endswith(".txt")} == wanted


def test_one_path_is_judged_as_the_walk_does_it(tmp_path: Path) -> None:
    """Files, folders, what lies in them, and what is not there any more."""
    lay(tmp_path, *HIDDEN, "a.txt", "drafts/b.txt", "p.html", "p_files/x.txt", "x.txt~", "notes")
    lay(tmp_path, ".seedbedignore", text="drafts\n")
    os.mkfifo(tmp_path / "pipe")
    seeds = {*list_seeds(tmp_path).paths, "pipe"}
    everything = {
        path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if not path.is_dir()
    }
    judged = {path for path in everything if ignoring_rule(tmp_path, path) is None}
    assert judged == seeds
    assert ignoring_rule(tmp_path, "drafts/removed.txt") is not None
    assert ignoring_rule(tmp_path, "removed.txt") is None
    assert ignoring_rule(tmp_path, ".git/index.lock") is not None
