"""A build compares the folders of a site and of the staging folder, not each file there."""

from __future__ import annotations

import random
import shutil
import zlib
from pathlib import Path

import pytest

from generator.files.known_folders import SCANS_PER_CYCLE
from generator.files.snapshot import take_snapshot
from generator.model import SeedbedError
from generator.pipeline.generate import generate
from generator.pipeline.last_run import DATABASE_FILE
from generator.publishing import mkdocs_build
from generator.publishing.publish import publish
from generator.publishing.site_folders import SiteFolders
from tests.publishing.test_rendering import alone
from tests.support import age_folders, make_project, tree

NOTES: dict[str, str | bytes] = {
    f"{number}.txt": f"Letter number {number}\n\nThe old {thing}.\n"
    for number, thing in enumerate(("bridge", "harbour", "orchard"))
}


FILE = "files/note.txt"
"""A file of the user's, which is copied into the site."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a project that was built three times."""
    root = tmp_path_factory.mktemp("built")
    project = mkdocs_build.load_project(alone(make_project(root, NOTES)))
    (project.settings.docs / FILE).parent.mkdir()
    (project.settings.docs / FILE).write_text("ours")
    for number in range(3):
        edit(project, number)
    return root


@pytest.fixture
def project(built: Path, tmp_path: Path) -> mkdocs_build.Project:
    """Return a copy, in which each folder is known after two builds more."""
    copies: dict[int, str] = {}

    def copy(source: str, target: str) -> None:
        """Copy a file with its hard links."""
        inode = Path(source).stat().st_ino
        if inode in copies:
            Path(target).hardlink_to(copies[inode])
        else:
            copies[inode] = str(shutil.copy2(source, target))

    root = shutil.copytree(built, tmp_path / "project", copy_function=copy)
    project = mkdocs_build.load_project(root / "mkdocs.yml")
    for number in range(3, 5):
        edit(project, number)
    return project


def staging(project: mkdocs_build.Project) -> Path:
    """Return the folder of the next site."""
    return project.settings.root / ".seedbed/stage/next"


def edit(project: mkdocs_build.Project, number: int) -> None:
    """Change a seed, and build the site."""
    (project.settings.seeds / "0.txt").write_text(f"Letter number 0\n\nThe bridge {number}.\n")
    for folder in (project.site, staging(project)):
        if folder.exists():
            age_folders(folder)
    publish(project, run_result=generate(project.settings))


def site_folders(project: mkdocs_build.Project) -> SiteFolders:
    """Return what is known."""
    return SiteFolders.load(project.settings.root / DATABASE_FILE)


def require_right(project: mkdocs_build.Project) -> None:
    """Require that the site and the staging folder are what a first build makes."""
    root = project.settings.root
    fresh = shutil.copytree(root, root.with_name("fresh"), ignore=shutil.ignore_patterns("site"))
    shutil.rmtree(fresh / ".seedbed")
    first = mkdocs_build.load_project(fresh / "mkdocs.yml")
    generate(first.settings)
    publish(first)
    assert tree(project.site) == tree(first.site)
    assert tree(staging(project)) == tree(first.site)
    shutil.rmtree(fresh)


def test_files_are_looked_at_only_in_folders_that_changed(project: mkdocs_build.Project) -> None:
    """Those that an edit changes; and both folders are as snapshots have them."""
    known = site_folders(project)
    assert known.tree.folders.keys() == take_snapshot(project.site).listings.keys()
    for folder in (project.site, staging(project)):
        scan = known.scan(folder, staging(project).parent)
        assert scan.snapshot == take_snapshot(folder)
        assert "documents/undated/letter-number-1" not in scan.listed
        assert len(scan.listed) < len(known.tree.folders) / 2
    require_right(project)


def test_what_was_added_removed_or_replaced_is_noticed_by_the_next_build(
    project: mkdocs_build.Project,
) -> None:
    """In the staging folder, where nothing may come from elsewhere."""
    page = staging(project) / "documents/undated/letter-number-1"
    (page / "other.html").write_text("<p>other")
    (page / "text.txt").unlink()
    (page / "source.txt").rename(page / "moved")
    (page / "source.txt").write_text("another")
    (page.with_name("letter-number-2") / "folder").mkdir()
    shutil.rmtree(staging(project) / "assets")
    edit(project, 10)
    require_right(project)
    edit(project, 11)
    require_right(project)


def test_a_page_edited_in_place_is_noticed_by_a_build_that_has_nothing_else_to_do(
    project: mkdocs_build.Project,
) -> None:
    """Which lists every folder then, whether the site shares it with the staging folder or not."""
    page = "documents/undated/letter-number-1/index.html"
    for is_shared in (True, False):
        for path in (page, FILE):
            if not is_shared:
                (project.site / path).unlink()
                (project.site / path).write_text("ours")
        if not is_shared:
            age_folders(project.site)
            edit(project, 10)
        for path in (page, FILE):
            with (project.site / path).open("a") as file:
                file.write("edited")
        publish(project)
        require_right(project)


def test_an_edit_in_place_is_noticed_in_the_turn_of_its_folder(
    project: mkdocs_build.Project,
) -> None:
    """By a build that has something else to do; then all of them are."""
    due = zlib.crc32(Path(FILE).parent.name.encode()) % SCANS_PER_CYCLE
    while site_folders(project).tree.save_count % SCANS_PER_CYCLE != (due - 1) % SCANS_PER_CYCLE:
        edit(project, 20 + site_folders(project).tree.save_count)
    for path in (FILE, "sitemap.xml"):
        with (project.site / path).open("a") as file:
            file.write("edited")
    edit(project, 10)
    assert (project.site / FILE).read_text() != "ours"
    edit(project, 11)
    require_right(project)


def test_a_build_that_failed_leaves_nothing_wrong_known(project: mkdocs_build.Project) -> None:
    """It wrote into the staging folder, and published nothing."""
    (project.settings.docs / "page.md").write_text("# Page\n\n[Nowhere](nowhere.md)\n")
    with pytest.raises(SeedbedError):
        edit(project, 10)
    (project.settings.docs / "page.md").unlink()
    edit(project, 11)
    require_right(project)


def test_nothing_is_known_of_folders_that_are_gone(project: mkdocs_build.Project) -> None:
    """Their names may be those of documents that were withdrawn."""
    (project.settings.seeds / "1.txt").unlink()
    edit(project, 10)
    assert site_folders(project).tree.folders.keys() == take_snapshot(project.site).listings.keys()
    assert not [path for path in site_folders(project).tree.folders if "letter-number-1" in path]
    require_right(project)


def test_without_a_database_every_file_is_looked_at(project: mkdocs_build.Project) -> None:
    """And what is found is known again."""
    (project.settings.root / DATABASE_FILE).unlink()
    assert not site_folders(project).tree.folders
    edit(project, 10)
    assert site_folders(project).tree.folders.keys() == take_snapshot(project.site).listings.keys()
    require_right(project)


def test_files_of_others_in_a_known_folder_of_the_site_stay(project: mkdocs_build.Project) -> None:
    """In every new site, and never in the staging folder."""
    for path in ("CNAME", "documents/undated/letter-number-1/note.txt", "theirs/index.html"):
        (project.site / path).parent.mkdir(exist_ok=True)
        (project.site / path).write_text("theirs")
    for number in range(10, 13):
        edit(project, number)
        assert (project.site / "documents/undated/letter-number-1/note.txt").exists()
        theirs = take_snapshot(project.site).files.keys() - take_snapshot(staging(project)).files
        assert theirs == {
            "CNAME",
            "documents/undated/letter-number-1/note.txt",
            "theirs/index.html",
        }


def remove_or_replace(folder: Path, chance: random.Random, kinds: str) -> None:
    """Do something to a file or folder that whoever edits in place does not do."""
    path, kind = chance.choice(sorted(folder.rglob("*"))), chance.choice(kinds.split())
    if kind == "replace" and path.is_file():
        path.rename(path.with_name("old"))
        path.write_text("another")
        return
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()
    if kind == "file":
        path.write_text("a file")
    elif kind == "folder":
        (path / "folder").mkdir(parents=True)
    elif kind == "link":
        path.symlink_to(folder / "documents")


def walk(project: mkdocs_build.Project, chance: random.Random, steps: int) -> None:
    """Build after random changes of both folders; the second build after them has both right."""
    for step in range(0, steps * 2, 2):
        seed = project.settings.seeds / f"{chance.randrange(1, 4)}.txt"
        if seed.exists():
            seed.unlink()
        else:
            seed.write_text(f"Letter {step}\n\nThe {chance.choice(['mill', 'tower'])}.\n")
        for _ in range(chance.randrange(3)):
            remove_or_replace(project.site, chance, "remove replace")
            remove_or_replace(staging(project), chance, "remove replace file folder link")
        for path in project.site.rglob("old"):  # files of others stay
            path.unlink()
        known = site_folders(project)
        scan = known.scan(staging(project), project.settings.root)
        assert known.restored(known.changes(scan)) == scan
        if chance.random() < 1 / 8:
            (project.settings.root / DATABASE_FILE).unlink()
        edit(project, 100 + step)
        edit(project, 101 + step)
        require_right(project)


def test_random_changes_of_a_site_are_repaired(project: mkdocs_build.Project) -> None:
    """Whatever was removed, replaced, or became a folder, a file or a link."""
    walk(project, random.Random(1), steps=2)


@pytest.mark.slow
@pytest.mark.parametrize("start", range(4))
def test_random_changes_of_a_site_are_repaired_after_many_edits(
    project: mkdocs_build.Project, start: int
) -> None:
    """The same, more often."""
    walk(project, random.Random(start), steps=6)
