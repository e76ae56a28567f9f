"""A run that would publish much less than the last one asks first."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import SeedbedError, SeedPath
from generator.pipeline.generate import generate
from generator.pipeline.large_loss import (
    ACCEPT,
    PREVIEW,
    STOP,
    LastPublished,
    require_files,
    require_words,
)
from generator.pipeline.options import Options
from generator.publishing import mkdocs_build
from generator.settings import Settings
from tests.support import make_project, tree

POINTER = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'a' * 64}\nsize 9\n"


def notes(count: int) -> dict[str, str | bytes]:
    """Seeds with 20 words each, none of which is like another."""
    texts = (" ".join(f"bridge{at}x{word}" for word in range(20)) for at in range(count))
    return {f"{index}.txt": f"Note {index}\n\nThe {text}.\n" for index, text in enumerate(texts)}


def words(sizes: list[int]) -> dict[SeedPath, int]:
    """Documents with so many words."""
    return {SeedPath(f"{index}.txt"): size for index, size in enumerate(sizes)}


@pytest.mark.parametrize(
    ("before", "now", "stops"),
    [
        ([100] * 10, [100] * 10, False),
        ([100] * 10, [100] * 5, False),
        ([100] * 10, [100] * 4, True),
        ([100] * 10, [], True),
        ([100] * 10, [49] * 10, True),
        ([100] * 10, [50] * 10, False),
        ([100] * 10, [10] * 4 + [100] * 6, False),
        ([100] * 3, [], False),
        ([100] * 4, [], False),
        ([9_000] + [10] * 9, [0] + [10] * 9, False),
        ([], [], False),
        ([], [100] * 3, False),
    ],
)
def test_a_loss_is_more_than_half_of_several_documents(
    before: list[int], now: list[int], stops: bool
) -> None:
    """Of the documents, or of the words; and who loses a few knows what they do."""
    lost = _stops(LastPublished(words(before)), words(now))
    assert lost == stops


@given(st.lists(st.integers(0, 500), min_size=1, max_size=30))
def test_files_that_move_are_no_loss(sizes: list[int]) -> None:
    """Nor are more documents, nor a run that is accepted or only a preview."""
    before = LastPublished(words(sizes))
    moved = {SeedPath(f"letters/{path}"): size for path, size in before.words.items()}
    assert not _stops(before, moved)
    assert not _stops(before, {**before.words, **moved})
    for losses in (ACCEPT, PREVIEW):
        require_words(losses, before, {}, ())
        require_files(losses, before, frozenset())


def _stops(before: LastPublished, now: dict[SeedPath, int]) -> bool:
    try:
        require_words(STOP, before, now, ())
    except SeedbedError:
        return True
    return False


def empty(settings: Settings) -> None:
    """Let seeds be as a folder on which no disk is mounted."""
    shutil.rmtree(settings.seeds)
    settings.seeds.mkdir()


def point(settings: Settings) -> None:
    """Put pointers in the place of the texts."""
    for path in settings.seeds.glob("*.txt"):
        path.write_text(POINTER)


def cut(settings: Settings) -> None:
    """Cut off the texts."""
    for path in settings.seeds.glob("*.txt"):
        path.write_text("Note\n\nThe\n")


@pytest.mark.parametrize(
    ("lose", "message"),
    [
        (empty, "8 of the old ones are missing"),
        (point, "8 times E005 this is a Git LFS pointer.*git lfs pull"),
        (cut, "8 have less than half"),
    ],
)
def test_a_run_that_lost_its_seeds_changes_nothing(
    lose: object, message: str, tmp_path: Path
) -> None:
    """However often it is tried, until a person accepts it or the seeds are back."""
    assert callable(lose)
    settings = mkdocs_build.load_project(make_project(tmp_path, notes(8))).settings
    generate(settings)
    full = tree(settings.seeds)
    docs, addresses = tree(settings.docs), (tmp_path / "addresses.csv").read_bytes()
    lose(settings)
    for _ in range(2):
        with pytest.raises(SeedbedError, match=f"there were 8 documents.*{message}.*--accept"):
            generate(settings)
    assert tree(settings.docs) == docs
    assert (tmp_path / "addresses.csv").read_bytes() == addresses
    for path, data in full.items():
        (settings.seeds / path).write_bytes(data)
    assert generate(settings).report.documents == 8
    lose(settings)
    assert generate(settings, Options(loss_policy=ACCEPT)).report.documents in {0, 8}
    generate(settings)


def test_a_preview_neither_stops_nor_hides_a_loss(tmp_path: Path) -> None:
    """Who deletes files while they look at it is asked when they publish."""
    settings = mkdocs_build.load_project(make_project(tmp_path, notes(8))).settings
    generate(settings)
    empty(settings)
    generate(settings, Options(save_addresses=False, loss_policy=PREVIEW))
    with pytest.raises(SeedbedError, match="8 documents"):
        generate(settings)


def test_without_its_cache_a_run_still_knows_that_all_is_gone(tmp_path: Path) -> None:
    """By the table of addresses, which also has what people removed."""
    settings = mkdocs_build.load_project(make_project(tmp_path, notes(8))).settings
    generate(settings)
    shutil.rmtree(tmp_path / ".seedbed")
    full = tree(settings.seeds)
    empty(settings)
    with pytest.raises(SeedbedError, match="there were 8 documents, and now there are 0"):
        generate(settings)
    (settings.seeds / "0.txt").write_bytes(full["0.txt"])
    assert generate(settings).report.documents == 1


def test_what_people_withdraw_is_no_loss(tmp_path: Path) -> None:
    """Nor are copies of it, which go with it."""
    seeds = {**notes(8), **{f"copy{at}.txt": notes(8)[f"{at}.txt"] for at in range(3)}}
    settings = mkdocs_build.load_project(make_project(tmp_path, seeds)).settings
    generate(settings)
    lines = "".join(f"  {index}.txt: {{withdrawn: {{reason: asked}}}}\n" for index in range(7))
    (settings.seeds / "corrections.yml").write_text(f"documents:\n{lines}")
    assert generate(settings).report.documents == 1


def test_a_run_asks_before_it_holds_back_most_documents_for_likeness(tmp_path: Path) -> None:
    """Texts from one form are alike; who has said yes is asked no more, not in a fresh clone."""
    form = "Entry {}\n\nOn this day they were married in this church by banns with consent, as {}."
    seeds: dict[str, str | bytes] = {f"{at}.txt": form.format(at, 1800 + at) for at in range(9)}
    settings = mkdocs_build.load_project(make_project(tmp_path, seeds)).settings
    assert generate(settings).report.documents == 9
    corrections = "documents: {3.txt: {withdrawn: {reason: asked}}"
    (settings.seeds / "corrections.yml").write_text(f"{corrections}}}")
    before = tree(settings.docs)
    with pytest.raises(SeedbedError, match="8 would be hidden as near copies"):
        generate(settings)
    assert tree(settings.docs) == before
    assert generate(settings, Options(loss_policy=ACCEPT)).report.documents == 0
    shutil.rmtree(tmp_path / ".seedbed")
    assert generate(settings).report.documents == 0
    released = "".join(f", {at}.txt: {{withdrawn: false}}" for at in range(9) if at != 3)
    (settings.seeds / "corrections.yml").write_text(f"{corrections}{released}}}")
    assert generate(settings).report.documents == 8
    (settings.seeds / "corrections.yml").write_text(f'{corrections}, "*": {{withdrawn: false}}}}')
    result = generate(settings).report
    assert (result.documents, result.problems) == (8, ())


def test_where_all_seeds_are_links_that_is_what_is_said(tmp_path: Path) -> None:
    """Each with its remedy; nothing is built that would blame another file."""
    settings = mkdocs_build.load_project(make_project(tmp_path, {})).settings
    for index in range(12):
        link = settings.seeds / f"{index}.txt"
        link.symlink_to(
            f"../.git/annex/objects/aa/bb/SHA256E-s9--{index}.txt/SHA256E-s9--{index}.txt"
        )
    with pytest.raises(SeedbedError) as stopped:
        generate(settings)
    lines = str(stopped.value).splitlines()
    assert lines[0].startswith("seeds/0.txt: E005 ")
    assert "and 2 more" in lines
    assert "12 times this is a link of git-annex" in lines[-1]
    assert "git annex get" in lines[-1]
    (settings.seeds / "a.txt").write_text("A note\n\nThe old bridge.\n")
    assert generate(settings).report.documents == 1
