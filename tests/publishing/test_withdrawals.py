"""No file of a project contains a withdrawn text, whatever edits came before."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from generator.explain.seed import explain_seed
from generator.files import remove_generated
from generator.model import SeedbedError
from generator.pipeline.generate import generate
from generator.publishing import mkdocs_build
from generator.publishing.publish import publish
from tests.reading.formats.making import zipped
from tests.support import make_project, tree

WORDS = ("xylophones", "beguilingly", "wexcombe", "quokkas")
"""Words that stand in the withdrawn text only."""
TAKEN_BACK = (
    "The quiet orchard\n\nBy Ana Ruiz\n1 May 2021\n\nQuokkas hum beguilingly at Wexcombe when the"
    " orchard is closed, and xylophones are played by nobody until the gate is painted green.\n"
)
REDACTED = (
    "The quiet orchard\n\nThis letter is not shown, since its author asked us to remove it.\n"
)
OTHERS = {
    "bridge.txt": "Bridge reopens\n\nBy Tom Lee\n3 May 2020\n\nThe mayor cut a ribbon at noon.\n",
    "tower.txt": "A tower\n\nIt leans a little more every year, and Ana Ruiz climbs it no more.\n",
}
ASKED = {"withdrawn": {"reason": "The author asked for it", "date": "2026-01-02"}}


def project(folder: Path, **seeds: str | bytes) -> mkdocs_build.Project:
    """Return a project with two documents and these besides."""
    files = {name.replace("_", "."): text for name, text in seeds.items()}
    return mkdocs_build.load_project(make_project(folder, {**OTHERS, **files}))


def say(made: mkdocs_build.Project, **entries: object) -> None:
    """Write what people decide of documents."""
    corrections = {"documents": {name.replace("_", "."): entry for name, entry in entries.items()}}
    (made.settings.seeds / "corrections.yml").write_text(json.dumps(corrections), "utf-8")


def put(made: mkdocs_build.Project, name: str, text: str | bytes) -> None:
    """Save a seed."""
    data = text.encode() if isinstance(text, str) else text
    (made.settings.seeds / name).write_bytes(data)


def codes(made: mkdocs_build.Project) -> list[str]:
    """Generate, and give what was told about which seed."""
    return [
        f"{problem.code} {problem.source}" for problem in generate(made.settings).report.problems
    ]


def left(*folders: Path) -> list[str]:
    """Files that hold a word of the withdrawn text; its address may, which people have cited."""
    return [
        f"{name}: {word}"
        for folder in folders
        for name, data in tree(folder).items()
        for word in WORDS
        if word.encode() in data.lower()
    ]


def from_scratch(made: mkdocs_build.Project, folder: Path) -> dict[str, bytes]:
    """Return what a first run makes of the same seeds and tables."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(made.settings.root, folder)
    remove_generated(folder / "docs")
    shutil.rmtree(folder / ".seedbed")
    generate(replace(made.settings, root=folder, docs=folder / "docs", seeds=folder / "seeds"))
    return tree(folder / "docs")


def test_an_edited_file_does_not_bring_its_duplicate_back(tmp_path: Path) -> None:
    """Once the line of the table had the digest of the redacted text, the copy was published."""
    made = project(tmp_path / "a", a_txt=TAKEN_BACK)
    generate(made.settings)
    say(made, a_txt=ASKED)
    generate(made.settings)
    put(made, "b.txt", TAKEN_BACK)
    put(made, "a.txt", REDACTED)
    for word in ("one", "another", "a third"):
        assert "W033 seeds/b.txt" in codes(made)
        assert left(made.settings.docs) == []
        assert from_scratch(made, tmp_path / "fresh") == tree(made.settings.docs)
        put(made, "tower.txt", f"A tower\n\nIt leans, {word} time.\n")


def test_a_file_that_is_withdrawn_and_edited_in_one_step(tmp_path: Path) -> None:
    """The table knows the words that were published, so that a twin in other bytes goes too."""
    made = project(tmp_path, a_txt=TAKEN_BACK, b_txt=TAKEN_BACK.replace("\n", "\r\n"))
    generate(made.settings)
    assert left(made.settings.docs)
    put(made, "a.txt", REDACTED)
    say(made, a_txt=ASKED)
    for _ in range(2):
        assert codes(made) == ["W033 seeds/b.txt"]
        assert left(made.settings.docs) == []
    (made.settings.seeds / "a.txt").unlink()
    assert codes(made) == ["W033 seeds/b.txt"]
    assert left(made.settings.docs) == []


OTHER_BYTES: dict[str, tuple[str, str | bytes]] = {
    "CRLF": ("W033", TAKEN_BACK.replace("\n", "\r\n")),
    "UTF-16": ("W033", TAKEN_BACK.encode("utf-16")),
    "a line feed more": ("W033", f"{TAKEN_BACK}\n"),
    "capitals": ("W033", TAKEN_BACK.upper()),
    "one word changed": ("W034", TAKEN_BACK.replace("green", "blue")),
    "inside of another": ("W034", f"{OTHERS['tower.txt']}\n{TAKEN_BACK}"),
    "an excerpt": ("W034", TAKEN_BACK.split("2021\n\n")[1]),
}


def test_the_same_words_in_other_bytes_and_near_copies_are_held_back(tmp_path: Path) -> None:
    """Those that are published already go, and they stay away when the withdrawn file is gone."""
    copies = {f"{n}_txt": text for n, (_, text) in enumerate(OTHER_BYTES.values())}
    made = project(tmp_path, a_txt=TAKEN_BACK, **copies)
    generate(made.settings)
    say(made, a_txt=ASKED)
    messages = [f"{code} seeds/{n}.txt" for n, (code, _) in enumerate(OTHER_BYTES.values())]
    assert codes(made) == messages
    assert left(made.settings.docs, tmp_path / ".seedbed") == []
    (made.settings.seeds / "a.txt").unlink()
    put(made, "6.txt", REDACTED)
    assert codes(made) == messages
    assert explain_seed(made.settings, "4.txt")["withdrawn"]["as"] == "a.txt"


def test_a_person_releases_a_copy_and_takes_that_back(tmp_path: Path) -> None:
    """By the line that the message gives; without it the copy is held back again."""
    made = project(tmp_path, a_txt=TAKEN_BACK, b_txt=OTHER_BYTES["one word changed"][1])
    say(made, a_txt=ASKED)
    assert codes(made) == ["W034 seeds/b.txt"]
    say(made, a_txt=ASKED, b_txt={"withdrawn": False})
    assert codes(made) == []
    assert left(made.settings.docs)
    say(made, a_txt=ASKED)
    assert codes(made) == ["W034 seeds/b.txt"]
    assert left(made.settings.docs) == []


def test_undoing_a_withdrawal_brings_the_same_bytes_back(tmp_path: Path) -> None:
    """Pages and tables, of the document and of its copies."""
    made = project(tmp_path, a_txt=TAKEN_BACK, b_txt=f"{TAKEN_BACK}\n", c_txt=TAKEN_BACK.lower())
    generate(made.settings)
    before = tree(made.settings.docs), (tmp_path / "addresses.csv").read_bytes()
    say(made, a_txt=ASKED)
    generate(made.settings)
    assert left(made.settings.docs) == []
    say(made)
    generate(made.settings)
    assert (tree(made.settings.docs), (tmp_path / "addresses.csv").read_bytes()) == before


def test_two_files_whose_names_look_the_same(tmp_path: Path) -> None:
    """The entry means the one that is spelled so; the other is told of, and stays."""
    composed, decomposed = "caf\u00e9.txt", "cafe\u0301.txt"
    made = project(tmp_path, **{decomposed.replace(".", "_"): TAKEN_BACK})
    put(made, composed, OTHERS["bridge.txt"].replace("noon", "night").replace("Bridge", "Inn"))
    corrections = {"documents": {decomposed: ASKED}}
    (made.settings.seeds / "corrections.yml").write_text(json.dumps(corrections), "utf-8")
    assert codes(made) == ["W035 seeds/corrections.yml"]
    assert left(made.settings.docs) == []
    assert b"cut a ribbon at night" in b"".join(tree(made.settings.docs).values())


def test_without_the_table_the_folder_decides(tmp_path: Path) -> None:
    """The withdrawn file itself still tells its words; without it nothing is published."""
    made = project(tmp_path, a_txt=TAKEN_BACK, b_txt=OTHER_BYTES["one word changed"][1])
    say(made, a_txt=ASKED)
    generate(made.settings)
    (tmp_path / "addresses.csv").unlink()
    assert codes(made) == ["W034 seeds/b.txt"]
    assert left(made.settings.docs) == []
    (tmp_path / "addresses.csv").unlink()
    (made.settings.seeds / "a.txt").unlink()
    with pytest.raises(SeedbedError, match=r'there is no seed "a\.txt" to withdraw'):
        generate(made.settings)


@pytest.mark.parametrize("name", ["a.txt/", "box.zip/", "box.zip/one.txt/", "./a.txt/", "a.txt//"])
def test_a_slash_after_the_name_withdraws_or_stops(tmp_path: Path, name: str) -> None:
    """The entry was taken for one about a file that is no seed, and the text stayed."""
    made = project(tmp_path, a_txt=TAKEN_BACK, box_zip=zipped({"one.txt": TAKEN_BACK}))
    corrections = {"documents": {name: ASKED}}
    (made.settings.seeds / "corrections.yml").write_text(json.dumps(corrections), "utf-8")
    with pytest.raises(SeedbedError, match="to withdraw; nothing is published"):
        generate(made.settings)


def test_a_withdrawn_archive_may_be_removed(tmp_path: Path) -> None:
    """The table has the documents in it, and not the file itself."""
    made = project(tmp_path, box_zip=zipped({"one.txt": TAKEN_BACK}))
    generate(made.settings)
    assert left(made.settings.docs)
    say(made, box_zip=ASKED)
    (made.settings.seeds / "box.zip").unlink()
    put(made, "copy.txt", TAKEN_BACK)
    assert codes(made) == ["W033 seeds/copy.txt"]
    assert left(made.settings.docs) == []


Step = Callable[[mkdocs_build.Project, random.Random], None]


def seeds(made: mkdocs_build.Project) -> list[Path]:
    """Return the seeds that are there, in a stable order."""
    return sorted(made.settings.seeds.glob("*.txt"))


def copy(made: mkdocs_build.Project, chance: random.Random) -> None:
    """Copy the withdrawn text to another file, in one of several forms."""
    _, text = chance.choice(list(OTHER_BYTES.values())[:4])
    put(made, f"copy{chance.randint(0, 2)}.txt", chance.choice((text, TAKEN_BACK)))


def edit(made: mkdocs_build.Project, chance: random.Random) -> None:
    """Another text in a file, which may be the withdrawn one's."""
    path = chance.choice(seeds(made))
    path.write_text(chance.choice((REDACTED, OTHERS["tower.txt"])), "utf-8")


def rename(made: mkdocs_build.Project, chance: random.Random) -> None:
    """Rename a file."""
    path = chance.choice(seeds(made))
    path.rename(path.with_name(f"copy{chance.randint(3, 5)}.txt"))


def swap(made: mkdocs_build.Project, chance: random.Random) -> None:
    """Two files under each other's names."""
    if len(seeds(made)) > 1:
        path, other = chance.sample(seeds(made), 2)
        first, second = path.read_bytes(), other.read_bytes()
        path.write_bytes(second)
        other.write_bytes(first)


def restore(made: mkdocs_build.Project, _chance: random.Random) -> None:
    """Restore the withdrawn file from a backup."""
    put(made, "a.txt", TAKEN_BACK)


def remove(made: mkdocs_build.Project, chance: random.Random) -> None:
    """Remove a file."""
    if len(seeds(made)) > 1:
        chance.choice(seeds(made)).unlink()


def forget_cache(made: mkdocs_build.Project, _chance: random.Random) -> None:
    """Another computer, which has the committed files only."""
    shutil.rmtree(made.settings.root / ".seedbed")


STEPS: tuple[Step, ...] = (copy, copy, edit, rename, swap, restore, remove, forget_cache)


def walk(folder: Path, start: int, *, steps: int, whole: bool) -> None:
    """Withdraw a text, and do with all files what people do."""
    chance = random.Random(start)
    made = project(folder / "grown", a_txt=TAKEN_BACK, b_txt=TAKEN_BACK)
    generate(made.settings)
    say(made, a_txt=ASKED)
    for _ in range(steps):
        chance.choice(STEPS)(made, chance)
        generate(made.settings)
        assert left(made.settings.docs) == []
        if whole:
            publish(made)
            assert left(made.site, made.site.with_name("site-new")) == []
        assert from_scratch(made, folder / "fresh") == tree(made.settings.docs)


def test_no_step_brings_a_withdrawn_text_back(tmp_path: Path) -> None:
    """And the result is always that of a first run with the same tables."""
    walk(tmp_path, 0, steps=6, whole=False)


@pytest.mark.slow
@pytest.mark.parametrize("start", range(1, 7))
def test_no_step_of_many_brings_a_withdrawn_text_back(tmp_path: Path, start: int) -> None:
    """Neither in docs/ nor in the published site nor in the folder beside it."""
    walk(tmp_path, start, steps=12, whole=start < 3)
