"""Files of others in the site's folder, next to it or in generated folders are never deleted."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from generator.checking.manifest import MANIFEST
from generator.files import project_lock
from generator.files.file_list import FileList, read_list, write_list
from generator.files.file_stats import FileStat
from generator.files.names_by_folder import names_of, paths_of
from generator.files.snapshot import Snapshot, take_snapshot
from generator.files.staging_folder import find_staging_folder
from generator.model import SeedbedError
from generator.pipeline.generate import generate
from generator.publishing import mkdocs_build
from generator.publishing.ownership import (
    SiteFolder,
    foreign_files,
    has_generated_path,
    report_foreign_files,
    require_own_folder,
)
from generator.publishing.publication import Publication
from generator.publishing.publish import publish
from generator.publishing.remove_built_files import clean
from generator.settings import from_mapping
from tests.publishing.test_rendering import alone
from tests.support import Case, cases, make_project, tree

NOTE = "A note\n\nThe old bridge.\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a project whose site was published."""
    folder = tmp_path_factory.mktemp("built")
    project = mkdocs_build.load_project(alone(make_project(folder, {"a.txt": NOTE})))
    generate(project.settings)
    publish(project)
    return folder


@pytest.fixture
def project(built: Path, tmp_path: Path) -> mkdocs_build.Project:
    """Return a copy of it, for a test to do with it what it wants."""
    return mkdocs_build.load_project(
        shutil.copytree(built, tmp_path / "project", symlinks=True) / "mkdocs.yml"
    )


def rebuilt(project: mkdocs_build.Project, text: str = NOTE) -> Publication:
    """Publish the project with another text."""
    (project.settings.seeds / "a.txt").write_text(text)
    generate(project.settings)
    return publish(project)


def replace_seed(project: mkdocs_build.Project) -> None:
    """Put another text in the place of the one that there is; its page has another address."""
    (project.settings.seeds / "a.txt").unlink()
    (project.settings.seeds / "b.txt").write_text("Another\n\nThe new bridge.\n")


def put(folder: Path, files: str) -> dict[Path, str]:
    """Write files of others, and return what is in each."""
    written = {folder / name: f"mine: {name}" for name in files.split()}
    for path, text in written.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return written


def same(written: dict[Path, str]) -> bool:
    """Whether files hold what was written."""
    return all(path.is_file() and path.read_text() == text for path, text in written.items())


HIDDEN = ".htaccess .well-known/security.txt .git/HEAD .git/objects/1a/2b"
VISIBLE = "CNAME google123.html blog/a/post.html documents/mine/photo.jpg"


def test_files_of_others_are_copied_to_every_new_site(
    project: mkdocs_build.Project, tmp_path: Path
) -> None:
    """With their folders, links and rights; hidden ones without a word, all others with one."""
    theirs = put(project.site, f"{HIDDEN} {VISIBLE}")
    beside = put(project.settings.root, "site-old/a.html site-new/b.html site.bak/c.html")
    (project.site / "blog").chmod(0o750)
    (project.site / "uploads/empty").mkdir(parents=True)
    (project.site / "latest").symlink_to("blog/a")
    before = (project.site / "CNAME").stat()
    for number in range(3):
        done = rebuilt(project, f"{NOTE}\nDay {number}.\n")
        assert same(theirs)
        assert {path.source for path in done.problems} == {
            *("site/CNAME", "site/google123.html", "site/blog", "site/documents/mine"),
            "site/latest",
        }
        assert {path.code for path in done.problems} == {"W070"}
    assert same(beside)
    assert (project.site / "blog").stat().st_mode & 0o777 == 0o750
    assert (project.site / "CNAME").stat().st_mtime_ns == before.st_mtime_ns
    assert (project.site / "uploads/empty").is_dir()
    assert (project.site / "latest").readlink() == Path("blog/a")
    mkdocs_build.build(project, tmp_path / "fresh")
    shutil.copy(project.site / MANIFEST, tmp_path / "fresh" / MANIFEST)  # only `publish` writes it
    fresh = tree(tmp_path / "fresh")
    assert {name: tree(project.site)[name] for name in fresh} == fresh
    stage = tree(project.settings.root / ".seedbed/stage/next")
    assert stage == fresh, "the folder for the next site holds nothing of others"


def test_the_marker_for_the_host_is_always_ours(project: mkdocs_build.Project) -> None:
    """An empty `.nojekyll` is what a build writes too."""
    mark = project.site / ".nojekyll"
    assert mark.read_bytes() == b""
    mark.unlink()
    mark.touch()
    rebuilt(project, f"{NOTE}\nAnother day.\n")
    assert mark.read_bytes() == b""


def test_files_of_others_cause_no_build(project: mkdocs_build.Project) -> None:
    """A site that would be the same is left as it is, whatever they do beside it."""
    rebuilt(project)
    put(project.site, ".git/index google123.html")
    inode = project.site.stat().st_ino
    done = publish(project)
    assert project.site.stat().st_ino == inode
    assert [problem.source for problem in done.problems] == ["site/google123.html"]


def test_outdated_files_are_removed_next_to_files_of_others(
    project: mkdocs_build.Project,
) -> None:
    """The pages of a withdrawn text are ours, and those beside them are not."""
    theirs = put(project.site, "documents/undated/a-note/photo.jpg")
    page = project.site / "documents/undated/a-note/index.html"
    assert page.is_file()
    replace_seed(project)
    generate(project.settings)
    publish(project)
    assert not page.exists()
    assert same(theirs)


@pytest.mark.parametrize("files", ["documents/undated/b/index.html", "feed.xml/mine", "people"])
def test_a_file_of_others_where_ours_belongs_stops_the_build(
    project: mkdocs_build.Project, files: str
) -> None:
    """The error names the file. The file and the old site stay."""
    for name in ("feed.xml", "people"):
        if name in files:
            path = project.site / name
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    theirs = put(project.site, files)
    before = tree(project.site)
    (project.settings.seeds / "b.txt").write_text("B\n\nA new page.\n")
    generate(project.settings)
    with pytest.raises(SeedbedError, match=rf"{Path(files).parts[0]}.*E041"):
        publish(project)
    assert same(theirs)
    assert tree(project.site) == before


def test_a_symbolic_link_in_place_of_a_folder_is_not_followed(
    project: mkdocs_build.Project, tmp_path: Path
) -> None:
    """Nor are the files to which it leads taken away."""
    theirs = put(tmp_path / "elsewhere", "index.html undated/a-note/index.html")
    shutil.rmtree(project.site / "documents")
    (project.site / "documents").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SeedbedError, match=r"documents: E041"):
        rebuilt(project, f"{NOTE}\nMore.\n")
    clean(project)
    assert same(theirs)
    assert (project.site / "documents").is_symlink()


@pytest.mark.parametrize("files", ["index.html", "blog/post.html", "CNAME .htaccess"])
def test_a_folder_of_others_is_refused_before_anything_is_written(
    tmp_path: Path, files: str
) -> None:
    """Unless it holds hidden files only, or somebody permits that the site is put beside."""
    config = make_project(tmp_path / "project", {"a.txt": NOTE})
    config.write_text(f"{config.read_text()}\nsite_dir: ../htdocs\n")
    theirs = put(tmp_path / "htdocs", files)
    project = mkdocs_build.load_project(config)
    before = tree(tmp_path)
    with pytest.raises(SeedbedError, match=r"htdocs: E040 .*(index|blog|CNAME)"):
        require_own_folder(SiteFolder.for_site(project.settings.root, project.site))
    assert tree(tmp_path) == before
    put(tmp_path / "htdocs", ".seedbed")
    require_own_folder(SiteFolder.for_site(project.settings.root, project.site))
    assert same(theirs)


def test_a_folder_with_hidden_files_only_is_free(tmp_path: Path) -> None:
    """As the clone of a branch that a host publishes."""
    put(tmp_path / "site", HIDDEN)
    place = SiteFolder.for_site(tmp_path, tmp_path / "site")
    require_own_folder(place)
    status = FileStat(0, 0, 0)
    ours = Snapshot.of({"index.html": status, "documents/a/index.html": status})
    theirs = foreign_files(place, take_snapshot(place.site), tmp_path / "new", ours, None)
    assert theirs.files == set(HIDDEN.split())
    assert report_foreign_files(place.site, theirs.files, ours.folders) == ()


def test_an_empty_folder_in_place_of_a_file_of_ours_is_not_kept(tmp_path: Path) -> None:
    """Nor is one below it; every other one is."""
    for path in ("index.html/empty", "theirs/empty"):
        (tmp_path / "site" / path).mkdir(parents=True)
    place = SiteFolder.for_site(tmp_path, tmp_path / "site")
    ours = Snapshot.of({"index.html": FileStat(0, 0, 0)})
    theirs = foreign_files(place, take_snapshot(place.site), tmp_path / "new", ours, {})
    assert theirs.folders == {"theirs", "theirs/empty"}
    assert not theirs.files


def test_an_identical_file_is_ours(tmp_path: Path) -> None:
    """Nothing is lost with it; another one stops the build."""
    put(tmp_path / "site", ".htaccess .seedbed")
    put(tmp_path / "new", ".htaccess")
    place = SiteFolder.for_site(tmp_path, tmp_path / "site")
    ours = Snapshot.of({".htaccess": FileStat(0, 0, 0)})
    assert foreign_files(place, take_snapshot(place.site), tmp_path / "new", ours, None).files == {
        ".seedbed"
    }
    (tmp_path / "new/.htaccess").write_text("another")
    with pytest.raises(SeedbedError, match=r"\.htaccess: E041"):
        foreign_files(place, take_snapshot(place.site), tmp_path / "new", ours, None)


@cases("made_files")
def test_files_of_a_site_are_recognized_by_their_paths(case: Case) -> None:
    """By the rules of a table; what others could have called so is not ours."""
    assert has_generated_path(case.given) == case.expect


@pytest.mark.parametrize("how", ["removed", "damaged"])
def test_without_a_list_a_site_of_ours_is_recognized_by_its_content(
    project: mkdocs_build.Project, how: str
) -> None:
    """All that the state holds may be deleted at any time; files of others are not ours by that."""
    place = SiteFolder.for_site(project.settings.root, project.site)
    if how == "removed":
        shutil.rmtree(project.settings.root / ".seedbed")
    else:
        place.list_file.write_bytes(place.list_file.read_bytes()[:-3])
    replace_seed(project)
    generate(project.settings)
    page = project.site / "documents/undated/a-note/index.html"
    assert page.is_file()
    theirs = put(project.site, "documents/undated/a-note/photo.jpg blog/index.html .htaccess")
    before = tree(project.site)
    with pytest.raises(SeedbedError, match=r"E040 .*: blog/index\.html, .*photo\.jpg\."):
        publish(project)
    assert tree(project.site) == before
    shutil.rmtree(project.site / "blog")
    (project.site / "documents/undated/a-note/photo.jpg").rename(project.site / ".photo.jpg")
    publish(project)
    assert same({path: text for path, text in theirs.items() if path.name == ".htaccess"})
    assert (project.site / ".photo.jpg").is_file()
    assert not page.parent.exists()
    assert place.own_files


def test_a_list_is_not_valid_for_another_folder(project: mkdocs_build.Project) -> None:
    """That somebody put in the place of the site."""
    project.site.rename(project.site.with_name("moved"))
    theirs = put(project.site, "index.html about/index.html")
    with pytest.raises(SeedbedError, match="E040"):
        rebuilt(project)
    assert clean(project).remaining == (project.site / "about", project.site / "index.html")
    assert same(theirs)


class FullDisk:
    """Fails every removal below a folder, while it is set; the interpreter tells of each."""

    def __init__(self, folder: Path) -> None:
        self.folder: str | None = str(folder)
        sys.addaudithook(self.watch)

    def watch(self, event: str, arguments: tuple[object, ...]) -> None:
        """Fail a removal."""
        if event == "os.remove" and self.folder and str(arguments[0]).startswith(self.folder):
            raise OSError(errno.EIO, "Input/output error", str(arguments[0]))


def test_a_failure_after_the_exchange_is_a_warning(
    project: mkdocs_build.Project,
) -> None:
    """Whoever hears of an error has the old site; and the next build makes it right."""
    stage = project.settings.root / ".seedbed/stage/next"
    replace_seed(project)
    generate(project.settings)
    failing = FullDisk(stage / "documents/undated/a-note")
    done = publish(project)
    failing.folder = None
    (problem,) = done.problems
    assert (problem.code, problem.severity) == ("W071", "warning")
    assert problem.source.startswith(str(stage))
    assert (project.site / "documents/undated/another/index.html").is_file()
    assert not (project.site / "documents/undated/a-note").exists()
    (project.settings.docs / "about.md").write_text("# About us\n")
    generate(project.settings)
    assert publish(project).problems == ()
    assert tree(stage) == tree(project.site)


def test_what_mkdocs_built_itself_is_ours(project: mkdocs_build.Project) -> None:
    """It leaves hidden files; all else that it finds there it removes by its own rule."""
    theirs = put(project.site, HIDDEN)
    replace_seed(project)
    command = [sys.executable, "-m", "mkdocs", "build", "-q"]
    subprocess.run(command, cwd=project.settings.root, check=True, capture_output=True)
    page = project.site / "documents/undated/another/index.html"
    assert page.is_file()
    assert same(theirs)
    (project.settings.seeds / "b.txt").unlink()
    rebuilt(project)
    assert not page.exists()
    assert same(theirs)


def test_clean_removes_our_files_and_lists_the_remaining_ones(
    project: mkdocs_build.Project,
) -> None:
    """In the site, in generated folders, and beside both."""
    root = project.settings.root
    theirs = put(project.site, f"{HIDDEN} {VISIBLE}")
    theirs |= put(root, "site-old/a.html site-new/b.html docs/people/photo.jpg docs/mine.md")
    cleaned = clean(project)
    assert same(theirs)
    assert {path.relative_to(root).as_posix() for path in cleaned.remaining} == {
        *("docs/people", "site/.git", "site/.htaccess", "site/.well-known"),
        *("site/CNAME", "site/blog", "site/documents", "site/google123.html"),
    }
    assert set(tree(project.site)) == set(f"{HIDDEN} {VISIBLE}".split())
    assert not (root / ".seedbed").exists()
    assert set(tree(root / "docs")) == {"about.md", "mine.md", "people/photo.jpg"}


def test_clean_without_a_list_leaves_the_site(project: mkdocs_build.Project) -> None:
    """Without the list, the owner of the files is unknown."""
    shutil.rmtree(project.settings.root / ".seedbed")
    before = tree(project.site)
    assert project.site / "index.html" in clean(project).remaining
    assert tree(project.site) == before


def test_clean_waits_for_a_run(project: mkdocs_build.Project) -> None:
    """It would take the folder away in which another run works."""
    with project_lock(project.settings.root), pytest.raises(SeedbedError, match="another run"):
        clean(project)
    assert (project.site / "index.html").is_file()


def test_files_of_others_in_generated_folders_stay_with_a_warning(
    project: mkdocs_build.Project,
) -> None:
    """What was made before and is not made now goes nevertheless."""
    docs = project.settings.docs
    theirs = put(docs, "people/photo.jpg documents/undated/a-note/photo.jpg")
    replace_seed(project)
    report = generate(project.settings).report
    assert same(theirs)
    assert not (docs / "documents/undated/a-note/index.md").exists()
    sources = {problem.source for problem in report.problems if problem.code == "W072"}
    assert sources == {"docs/people/photo.jpg", "docs/documents/undated/a-note/photo.jpg"}


@pytest.mark.parametrize("is_cleaned", [True, False], ids=["cleaned", "built again"])
def test_files_of_others_in_generated_folders_outlive_a_killed_run(
    project: mkdocs_build.Project, monkeypatch: pytest.MonkeyPatch, *, is_cleaned: bool
) -> None:
    """What the killed run wrote goes."""
    docs = project.settings.docs
    theirs = put(docs, "people/photo.jpg documents/undated/a-note/photo.jpg")
    generate(project.settings)
    killed_page = docs / "documents/undated/killed/index.md"
    seed = project.settings.seeds / "killed.txt"
    seed.write_text("Killed\n\nNobody is to see these words.\n", "utf-8")
    with monkeypatch.context() as patch:
        patch.setattr("generator.files.docs_folder.write_list", _killed_at_the_end)
        with pytest.raises(KeyboardInterrupt):
            generate(project.settings)
    assert killed_page.exists()
    seed.unlink()
    if is_cleaned:
        clean(project)
    else:
        generate(project.settings)
    assert same(theirs)
    assert not killed_page.exists()
    assert not list((project.settings.root / ".seedbed").glob("lists/*-unfinished"))


def _killed_at_the_end(*_: object) -> None:
    """End a run before it writes its list."""
    raise KeyboardInterrupt


@pytest.mark.parametrize("name", ["documents", "documents/undated"])
@pytest.mark.parametrize("is_listed", [True, False], ids=["with a list", "without a list"])
def test_a_generated_folder_that_is_a_link_is_refused(
    project: mkdocs_build.Project, tmp_path: Path, name: str, *, is_listed: bool
) -> None:
    """Pages would be written over those to which it leads, and none would go again."""
    theirs = put(tmp_path / "elsewhere", "index.md undated/a-note/index.md a-note/index.md")
    link = project.settings.docs / name
    shutil.rmtree(link)
    link.symlink_to(tmp_path / "elsewhere")
    if not is_listed:
        shutil.rmtree(project.settings.root / ".seedbed/lists")
    with pytest.raises(SeedbedError, match=rf"{name}: E042 this is a link"):
        generate(project.settings)
    assert same(theirs)
    remaining = clean(project).remaining
    assert link.is_symlink()
    assert same(theirs)
    assert {link, link.parent} & {*remaining}


@pytest.mark.parametrize("is_listed", [True, False], ids=["with a list", "without a list"])
@pytest.mark.parametrize(
    "name", ["docs/documents", "docs/index.md", "site", "site/index.html", ".seedbed"]
)
def test_clean_leaves_links_and_lists_them(
    name: str, is_listed: bool, project: mkdocs_build.Project, tmp_path: Path
) -> None:
    """Seedbed makes none, so a person did, even where a generated file was before."""
    root = project.settings.root
    link, target = root / name, tmp_path / "elsewhere"
    if not is_listed:
        shutil.rmtree(root / ".seedbed/lists")
    link.rename(target)
    link.symlink_to(target)
    ours = {"lock", "owner", "stage/made-by-seedbed.txt"}  # of the run that cleans
    before = tree(target) if target.is_dir() else {}
    cleaned = clean(project)
    assert link.readlink() == target
    assert target.exists()
    after = tree(target) if target.is_dir() else {}
    assert {path for path in before if after.get(path) != before[path]} <= ours
    assert any(path in {link, *link.parents} for path in cleaned.remaining)
    link.unlink()


def _file(path: Path) -> None:
    path.write_text("mine")


def _link(path: Path) -> None:
    path.with_name("elsewhere").mkdir()
    put(path.with_name("elsewhere"), "a.html")
    path.symlink_to(path.with_name("elsewhere"))


@pytest.mark.parametrize("make", [_file, _link])
def test_other_files_in_place_of_our_own_folder_are_refused(
    project: mkdocs_build.Project, make: Callable[[Path], None]
) -> None:
    """A file where the site belongs; a link where the next one is made."""
    if make is _file:
        shutil.rmtree(project.site)
        make(project.site)
        with pytest.raises(SeedbedError, match="E042 this is a file"):
            publish(project)
        assert project.site.read_text() == "mine"
        return
    stage = project.settings.root / ".seedbed/stage"
    shutil.rmtree(stage)
    make(stage)
    with pytest.raises(SeedbedError, match="E042 Seedbed builds the next site in this folder"):
        publish(project)
    assert (stage / "a.html").read_text() == "mine: a.html"


def test_a_run_that_was_killed_while_it_created_the_folder_stops_no_later_one(
    project: mkdocs_build.Project,
) -> None:
    """Nor does one on a full disk: the folder has only a part of the file that says it is ours."""
    stage = project.settings.root / ".seedbed/stage"
    shutil.rmtree(stage)
    put(stage, ".made-by-seedbed.txt.part")
    rebuilt(project, f"{NOTE}\nMore.\n")
    assert sorted(path.name for path in stage.iterdir()) == ["made-by-seedbed.txt", "next"]


@pytest.mark.parametrize("built_in", ["", "..", "docs", "docs/site", "docs/..", "link"])
def test_a_site_that_would_be_where_the_project_is_is_refused(
    tmp_path: Path, built_in: str
) -> None:
    """Every spelling of the path is refused."""
    root = tmp_path / "project"
    (root / "docs").mkdir(parents=True)
    (root / "link").symlink_to(tmp_path)
    with pytest.raises(SeedbedError, match="site_dir"):
        from_mapping({}, root=root, docs=root / "docs", site_dir=root / built_in)


def test_a_list_names_its_folder_and_is_complete(tmp_path: Path) -> None:
    """Names of any bytes; half a list is none."""
    names = {"a", "b/ü", os.fsdecode(b"caf\xe9\n")} if os.name == "posix" else {"a"}
    write_list(tmp_path / "list", tmp_path, names_of(names))
    saved = read_list(tmp_path / "list")
    assert saved
    assert set(paths_of(saved.names)) == names
    assert saved.folder == tmp_path.stat().st_ino
    data = (tmp_path / "list").read_bytes()
    for end in range(len(data)):
        (tmp_path / "list").write_bytes(data[:end])
        assert read_list(tmp_path / "list") is None


@pytest.fixture
def other_disk(tmp_path: Path) -> Iterator[Path]:
    """Yield a folder on another disk than that of the tests."""
    memory = Path("/dev/shm")  # noqa: S108  (Linux always has it)
    if not memory.is_dir() or memory.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("needs a second disk")
    folder = Path(tempfile.mkdtemp(dir=memory))
    yield folder
    shutil.rmtree(folder)


def test_a_site_on_another_disk_is_replaced_completely(
    project: mkdocs_build.Project, other_disk: Path
) -> None:
    """The next one is made beside it, in a folder that is known to be ours."""
    elsewhere = replace(project, site=other_disk / "www")
    theirs = put(elsewhere.site, ".htaccess")
    stage = other_disk / ".seedbed-www"
    assert find_staging_folder(project.settings.root / ".seedbed", elsewhere.site).folder == stage
    theirs |= put(stage, "mine.txt")
    with pytest.raises(SeedbedError, match="E042"):
        publish(elsewhere)
    (stage / "mine.txt").rename(other_disk / "mine.txt")
    theirs = put(other_disk, "mine.txt www/.htaccess")
    for number in range(2):
        rebuilt(elsewhere, f"{NOTE}\nDay {number}.\n")
    assert same(theirs)
    assert (elsewhere.site / "index.html").is_file()
    clean(elsewhere)
    assert same(theirs)
    assert sorted(path.name for path in other_disk.iterdir()) == ["mine.txt", "www"]


@pytest.mark.parametrize("folder", ["..", "a/../..", "/victims"])
def test_a_list_that_names_files_of_other_folders_is_no_list(folder: str, tmp_path: Path) -> None:
    """Whoever sends somebody a project with such a list has nothing deleted by `clean`."""
    for names in ({"": b"index.html", folder: b"victim"}, {"": b"..\0index.html"}):
        write_list(tmp_path / "list", tmp_path, names)
        assert read_list(tmp_path / "list") is None
    write_list(tmp_path / "list", tmp_path, names_of(["index.html", "a..b/..c/d.."]))
    assert read_list(tmp_path / "list") is not None


def test_a_list_of_an_earlier_version_is_valid(tmp_path: Path) -> None:
    """It has the whole path of each file; whatever leads out of the folder is refused as well."""
    for files, is_valid in (("b/c\0a\0b/d", True), ("a\0/b", False), ("../a", False)):
        body = f"17\0{files}".encode()
        digest = hashlib.sha256(body).hexdigest().encode()
        (tmp_path / "list").write_bytes(b"Seedbed's files 1\0" + digest + b"\0" + body)
        saved = read_list(tmp_path / "list")
        assert (saved is not None) == is_valid
        assert saved is None or saved == FileList(17, {"": b"a", "b": b"c\0d"})


def test_a_list_without_the_number_of_its_folder_is_no_list(tmp_path: Path) -> None:
    """Even if its digest is right, as one that another program wrote."""
    body = b"folder\0index.html"
    digest = hashlib.sha256(body).hexdigest().encode()
    (tmp_path / "list").write_bytes(b"Seedbed's files 1\0" + digest + b"\0" + body)
    assert read_list(tmp_path / "list") is None
