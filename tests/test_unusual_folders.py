"""Any folder: what can have a page gets one of its own, all else a coded message; nothing is lost.

What every system's files can be called and what can lie in a folder is made here, not mocked.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.pipeline.generate import generate
from generator.publishing import mkdocs_build
from generator.settings import Settings, from_mapping
from tests import hostile
from tests.support import ROOT, make_project, published, require, tree

GOOD = 950
BAD = 50
NOTE = "A note on bridge number {}\n\nThe old bridge was closed in the year of the flood.\n"

NAMES = (
    *("Report.txt", "report.txt", "REPORT.TXT", "caf\u00e9.txt", "cafe\u0301.txt", "a b.txt"),
    *("a-b.txt", "a_b.txt", "a.b.txt", "C++.txt", "C#.txt", "story.txt", "story/index.txt"),
    *("README.txt", "index.txt", "404.txt", "search.txt", "assets/x.txt", "sitemap.xml.txt"),
    *(
        ".hidden.txt",
        "templates/story.txt",
        "con.txt",
        "aux.txt",
        "NUL.txt",
        "com1.txt",
        "lpt9.txt",
    ),
    *("trailing. .txt", "100% #1 what?.txt", "a\nb.txt", "q'uo\"te.txt", "x" * 240 + ".txt"),
    *("\U0001f600.txt", "\u6771\u4eac.txt", "..txt.txt", "~a.txt", "a&b;c.txt", "%2e%2e.txt"),
    *("documents/x.txt", "people/x.txt", "data/x.txt", "/".join("deep" * 8) + "/x.txt"),
    *hostile.NAMES,
)


def shown(folder: Path) -> int:
    """How many of the seeds a folder shows: what begins with a dot is hidden."""
    files = [path for path in (folder / "seeds").rglob("*") if path.is_file()]
    return sum(not path.name.startswith(".") for path in files)


def settings_of(folder: Path) -> Settings:
    """Return the settings of a corpus in this folder."""
    return from_mapping({}, root=folder, docs=folder / "docs")


def lay(folder: Path, name: str, text: str) -> None:
    """Put a seed there."""
    path = folder / "seeds" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_every_name_gets_an_address_of_its_own(tmp_path: Path) -> None:
    """Twins in case and in Unicode form, names that systems keep, names of our own pages."""
    for number, name in enumerate(NAMES):
        lay(tmp_path, name, NOTE.format(number))
    there = shown(tmp_path)
    report = generate(settings_of(tmp_path)).report
    assert report.errors == 0
    assert report.documents == there
    pages = [path for path in tree(tmp_path / "docs/documents") if path.endswith("index.md")]
    folded = {unicodedata.normalize("NFC", page).casefold() for page in pages}
    assert len(folded) == there
    assert all(len(part) <= 100 and part.isascii() for page in pages for part in page.split("/"))


def test_a_name_that_xml_cannot_have_stops_no_build(tmp_path: Path) -> None:
    """The data file in TEI says in another way which seed it is, and the check reads that."""
    project = published(tmp_path, {"a\x1b %.txt": NOTE.format(1), "b.txt": NOTE.format(2)})
    corpus = (project.settings.docs / "data/corpus.tei.xml").read_text("utf-8")
    assert '<idno type="path" subtype="percent-encoded">a%1B%20%25.txt</idno>' in corpus
    assert '<idno type="path">b.txt</idno>' in corpus


def test_seeds_without_a_title_are_told_apart_too(tmp_path: Path) -> None:
    """Then their addresses are made of their names."""
    for name in NAMES:
        lay(tmp_path, name, "the old bridge was closed in the year of the flood, they say.\n")
    there = shown(tmp_path)
    assert generate(settings_of(tmp_path)).report.documents == there
    pages = {path.casefold() for path in tree(tmp_path / "docs/documents") if "index.md" in path}
    assert len(pages) == there


def unreadable(path: Path) -> None:
    """Make a file unreadable; for the superuser it becomes a link to a folder."""
    path.write_text("x")
    path.chmod(0)
    if os.access(path, os.R_OK):
        path.unlink()
        path.symlink_to("/nowhere")


BAD_KINDS: tuple[Callable[[Path], object], ...] = (
    lambda path: path.write_bytes(b""),
    lambda path: path.write_bytes(b"\xef\xbb\xbf"),
    lambda path: path.write_bytes(b" \r\n\t\x00\n"),
    lambda path: path.write_bytes(bytes(range(256)) * 20),
    lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(400)),
    lambda path: path.write_bytes("A title alone\n".encode("utf-16")[:1]),
    lambda path: path.symlink_to("/etc/hostname"),
    lambda path: path.symlink_to(path),
    lambda path: path.symlink_to(path.parent, target_is_directory=True),
    os.mkfifo,
    lambda path: os.truncate(path, 100_000_001) if path.write_bytes(b"x") else None,
    unreadable,
    lambda path: path.with_suffix(".jpg").write_bytes(b"\xff\xd8\xff\xe0"),
    lambda path: path.with_suffix(".html").write_text("<script>window.PWN=1</script>"),
)


@pytest.mark.slow
def test_a_thousand_seeds_of_which_fifty_are_hostile(tmp_path: Path) -> None:
    """950 pages and 50 coded messages, and the site keeps every promise."""
    require(hasattr(os, "mkfifo"), "a system with named pipes")
    make_project(tmp_path, {})
    for number in range(GOOD):
        lay(tmp_path, f"{number % 9}/{number}.txt", NOTE.format(number))
    for number in range(BAD):
        BAD_KINDS[number % len(BAD_KINDS)](tmp_path / "seeds" / f"bad-{number}.txt")
    settings = mkdocs_build.load_project(tmp_path / "mkdocs.yml").settings
    report = generate(settings).report
    errors = [problem for problem in report.problems if problem.severity == "error"]
    assert report.documents == GOOD
    assert len({problem.source for problem in errors}) == len(errors) == BAD
    assert {problem.code for problem in errors} <= {"E002", "E003", "E004", "E050", "E058"}
    assert all(problem.hint for problem in errors)


HIDE_AND_SHOW = """
import os, sys
from pathlib import Path
from generator.pipeline.generate import generate
from tests.support import tree
from tests.test_unusual_folders import settings_of

project = Path(sys.argv[1])
hidden = project / "seeds/letters", project / "seeds/note.txt", project / "seeds/half"
rights = [path.stat().st_mode for path in hidden]
settings = settings_of(project)
assert generate(settings).report.errors == 0
first = tree(settings.docs)
for path, mode in zip(hidden, (0, 0, 0o400)):
    path.chmod(mode)
problems = generate(settings).report.problems
shown = [path.parent.name for path in settings.docs.glob("documents/undated/*/index.md")]
for path, mode in zip(hidden, rights):
    path.chmod(mode)
generate(settings)
print(sorted(f"{one.source} {one.code}" for one in problems), shown, tree(settings.docs) == first)
"""


@pytest.mark.slow
def test_an_unreadable_file_costs_only_its_own_page(tmp_path: Path) -> None:
    """A folder, a file, a folder in which files have names only; and all is shown again later."""
    lay(tmp_path, "letters/a.txt", NOTE.format(1))
    lay(tmp_path, "half/b.txt", NOTE.format(2))
    lay(tmp_path, "note.txt", NOTE.format(3))
    lay(tmp_path, "open.txt", "An open note\n\nThe old bridge.\n")
    command = [sys.executable, "-c", HIDE_AND_SHOW, str(tmp_path)]
    if os.access("/", os.W_OK):  # the superuser may read all, unless that right is given up
        require(shutil.which("setpriv"), "setpriv, of util-linux")
        command = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", *command]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    closed = ["seeds/half/b.txt E004", "seeds/letters E004", "seeds/note.txt E004"]
    assert (result.stdout, result.stderr) == (f"{closed} ['an-open-note'] True\n", "")


SENTENCE = 'The fox, who was "hungry", jumped over 3 dogs; it\'s (as they say) a good year. '
ODD: dict[str, Callable[[int], str]] = {
    "brackets": lambda size: "[" * size,
    "backticks": lambda size: " ".join("`" * (at % 40) for at in range(size // 20)),
    "tags": lambda size: "<a " * (size // 3),
    "divs": lambda size: "<div>\n" * (size // 6),
    "list": lambda size: "- item\n" * (size // 7),
    "emphasis": lambda size: "*a* " * (size // 4),
    "addresses": lambda size: "see https://example.org/a?b=c. " * (size // 31),
    "one word": lambda size: "a" * size,
    "spaces": lambda size: "a" + " " * size + "b",
    "line feeds": lambda size: "a" + "\n" * size + "b",
    "headings": lambda size: "## same\n\n" * (size // 9),
    "quotes": lambda size: "> " * (size // 2),
    "prose": lambda size: (SENTENCE * 6 + "\n\n") * (size // (len(SENTENCE) * 6)),
    "one line": lambda size: SENTENCE * (size // len(SENTENCE)),
}


@pytest.mark.slow
def test_no_seed_is_too_odd_for_a_page(tmp_path: Path) -> None:
    """A megabyte of each: every one has its page, to the letter."""
    seeds = {f"{name}.txt": f"On {name}\n\n{odd(1_000_000)}\n" for name, odd in ODD.items()}
    project = published(tmp_path, {**seeds})
    assert len(list(project.site.glob("documents/*/*/index.html"))) == len(ODD)
