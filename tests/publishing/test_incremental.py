"""Incremental builds give the same site as a first build."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import stat
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from generator.checking.manifest import MANIFEST, read_manifest, verify
from generator.checking.verified_pages import SUMMARY, VERIFY_PAGES
from generator.engine.database_file import open_database
from generator.engine.incremental import peek_build_number
from generator.files import remove_generated
from generator.files.snapshot import take_snapshot
from generator.model import PageCounts, SeedbedError
from generator.pipeline.generate import generate
from generator.pipeline.last_run import DATABASE_RESET, result_if_current
from generator.publishing import mkdocs_build
from generator.publishing.publish import PUBLISH, prescan_staging, publish
from generator.publishing.rendering.rendered_pages import RENDER_PAGES
from generator.publishing.staging_scan import StagingScan
from tests.publishing.test_rendering import alone
from tests.support import make_project, own_theme, tree

WORDS = "bridge mayor ribbon letter Ana Ruiz Lima <b> *star* 1986. river closed opened".split()

Edit = Callable[[Path, random.Random], None]


def seeds(folder: Path) -> list[Path]:
    """Return the seeds that are there, in a stable order."""
    return sorted((folder / "seeds").glob("*.txt"))


def add(folder: Path, chance: random.Random) -> None:
    """Add a seed."""
    text = " ".join(chance.choices(WORDS, k=12))
    head = f"{text[:20]}\n\nBy Ana Ruiz\n{chance.randint(1, 28)} May {chance.randint(1990, 1992)}"
    (folder / f"seeds/{chance.randint(0, 999)}.txt").write_text(f"{head}\n\n{text}\n")


def change(folder: Path, chance: random.Random) -> None:
    """Other words in a seed, sometimes in its title, which moves its page."""
    for path in seeds(folder)[:1]:
        text = path.read_text()
        old, new = chance.sample(WORDS, 2)
        path.write_text(text.replace(old, new, chance.choice([1, -1])))


def delete(folder: Path, chance: random.Random) -> None:
    """Remove a seed."""
    for path in chance.sample(seeds(folder), min(1, len(seeds(folder)))):
        path.unlink()


def rename(folder: Path, chance: random.Random) -> None:
    """Rename a seed."""
    for path in chance.sample(seeds(folder), min(1, len(seeds(folder)))):
        path.rename(path.with_stem(str(chance.randint(1000, 1999))))


def write_by_hand(folder: Path, chance: random.Random) -> None:
    """Another title of a page in the navigation, which every page shows."""
    (folder / "docs/about.md").write_text(f"# {chance.choice(WORDS)} &c.\n\nAbout.\n")


def restyle(folder: Path, chance: random.Random) -> None:
    """Another theme."""
    own = folder / "theme/partials/document.html"
    if not own.exists():
        own_theme(folder, "partials/document.html")
    with own.open("a") as template:
        template.write(f"<!-- {chance.randint(0, 9)} -->\n")


def configure(folder: Path, chance: random.Random) -> None:
    """Another configuration."""
    with (folder / "mkdocs.yml").open("a") as file:
        file.write(f"\n# {chance.random()}\n")
    text = (folder / "mkdocs.yml").read_text()
    lines = [line for line in text.split("\n") if not line.startswith("site_author")]
    lines.append(f"site_author: {chance.choice(WORDS[:3])}")
    (folder / "mkdocs.yml").write_text("\n".join(lines))


EDITS: list[Edit] = [add, add, change, change, delete, rename, write_by_hand, restyle, configure]


def built(folder: Path, jobs: int) -> dict[str, bytes]:
    """Generate and build what lies in a project's folder."""
    project = mkdocs_build.load_project(folder / "mkdocs.yml")
    generate(project.settings)
    with_jobs = replace(project, settings=replace(project.settings, jobs=jobs))
    shutil.rmtree(folder / "site", ignore_errors=True)
    mkdocs_build.build(with_jobs, folder / "site")
    return tree(folder / "site")


def walk(folder: Path, chance: random.Random, steps: int, every: int) -> None:
    """Edit a project step by step, and build it; hold it against a first build now and then."""
    alone(make_project(folder / "grown", {}))
    for _ in range(4):
        add(folder / "grown", chance)
    for step in range(1, steps + 1):
        chance.choice(EDITS)(folder / "grown", chance)
        grown = built(folder / "grown", 1)
        if step % every == 0 or step == steps:
            shutil.rmtree(folder / "fresh", ignore_errors=True)
            shutil.copytree(folder / "grown", folder / "fresh")
            remove_generated(folder / "fresh/docs")
            shutil.rmtree(folder / "fresh/.seedbed")
            fresh = built(folder / "fresh", 1)
            assert grown.keys() == fresh.keys()
            assert [name for name in fresh if fresh[name] != grown[name]] == []


def test_incremental_equals_from_scratch(tmp_path: Path) -> None:
    """Promise 8, for the site."""
    walk(tmp_path, random.Random(0), steps=5, every=5)


NOTES: dict[str, str | bytes] = {
    f"{n}.txt": f"Letter number {n}\n\nThe old {thing}.\n"
    for n, thing in enumerate(("bridge", "harbour", "orchard", "tower", "mill"))
}
"""No two have the same words: documents that share theirs name each other on their pages."""


def raised(folder: Path) -> mkdocs_build.Project:
    """Return a project with six pages outside the navigation: five documents and their kind."""
    project = mkdocs_build.load_project(alone(make_project(folder, NOTES)))
    generate(project.settings)
    mkdocs_build.build(project, project.site)
    return project


@pytest.fixture(scope="module")
def stood(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of such a project."""
    return raised(tmp_path_factory.mktemp("stood")).settings.root


@pytest.fixture
def project(stood: Path, tmp_path: Path) -> mkdocs_build.Project:
    """Return a copy of it, for a test to do with it what it wants."""
    return mkdocs_build.load_project(shutil.copytree(stood, tmp_path / "project") / "mkdocs.yml")


def test_only_what_changed_is_rendered(project: mkdocs_build.Project) -> None:
    """One page for one seed; nothing for nothing; all for another theme."""
    (project.settings.seeds / "3.txt").write_text("Letter number 3\n\nThe new tower.\n")
    generate(project.settings)
    assert mkdocs_build.build(project, project.site).pages == PageCounts(rendered=1, unchanged=6)
    assert mkdocs_build.build(project, project.site).pages == PageCounts(rendered=0, unchanged=7)
    restyle(project.settings.root, random.Random(0))
    assert mkdocs_build.build(project, project.site).pages == PageCounts(rendered=7, unchanged=0)


def test_a_page_that_was_written_again_with_the_same_bytes_is_not_rendered(
    project: mkdocs_build.Project,
) -> None:
    """Nor one of which a file beside it changed; a page with other bytes is."""
    mkdocs_build.build(project, project.site)
    page = next(project.settings.docs.glob("documents/*/*/index.md"))
    page.touch()
    (page.parent / "ledger.json").touch()
    assert mkdocs_build.build(project, project.site).pages.rendered == 0
    page.write_text(page.read_text().swapcase())
    assert mkdocs_build.build(project, project.site).pages.rendered == 1


def test_a_page_that_was_edited_in_the_site_is_replaced(project: mkdocs_build.Project) -> None:
    """The next build must not reuse an edited file of the site."""
    page = project.site / "documents/undated/letter-number-3/index.html"
    before = page.read_bytes()
    with page.open("r+b") as file:
        file.write(b"<!--x-->")
    mkdocs_build.build(project, project.site)
    assert page.read_bytes() == before


def test_an_unreadable_file_of_a_site_is_replaced(project: mkdocs_build.Project) -> None:
    """Pages that MkDocs wrote, those of ours, and what was copied from the docs folder."""
    before = tree(project.site)
    names = "index.html", "documents/undated/letter-number-3/index.html", "data/documents.csv"
    for name in names:
        (project.site / name).chmod(0)
    mkdocs_build.build(project, project.site)
    assert all((project.site / name).stat().st_mode & stat.S_IRUSR for name in names)
    assert tree(project.site) == before


def test_a_page_with_a_link_to_a_removed_file_is_rendered_again(
    project: mkdocs_build.Project,
) -> None:
    """And its link, which leads nowhere now, stops a strict build every time."""
    documents = project.settings.docs / "documents/undated"
    page = documents / "letter-number-3/index.md"
    page.write_text(f"{page.read_text()}\n[next](../letter-number-4/index.md)\n")
    mkdocs_build.build(project, project.site)
    shutil.rmtree(documents / "letter-number-4")
    for _ in range(2):
        with pytest.raises(SeedbedError, match=r"letter-number-3.*letter-number-4"):
            mkdocs_build.build(project, project.site)


@pytest.mark.parametrize("junk", [b"", b"junk", b"SQLite format 3\0" + bytes(4080)])
def test_a_damaged_database_is_reset_with_one_message(
    project: mkdocs_build.Project, junk: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    """A damaged database is never an error."""
    (project.settings.root / ".seedbed/cache.sqlite").write_bytes(junk)
    before = tree(project.site)
    mkdocs_build.build(project, project.site)
    assert tree(project.site) == before
    messages = [record for record in caplog.records if "is created again" in record.getMessage()]
    assert len(messages) == 1


def test_entries_of_another_version_count_as_none(project: mkdocs_build.Project) -> None:
    """Also that of the published site, which is read before anything else."""
    first = publish(project)
    with open_database(project.settings.root / ".seedbed/cache.sqlite") as database:
        for task in (RENDER_PAGES, VERIFY_PAGES, PUBLISH):
            keys = database.keys(task.name)
            assert keys
            database.put(task.name, [(key, b"\x80") for key in keys])
    with prescan_staging(project) as prescan:
        second = publish(project, prescan_result=prescan and prescan.result)
    assert second.proof == first.proof
    assert second.pages.rendered == 7
    assert [str(task) for task in second.tasks][-1] == "published site: 0 up to date, 1 new"


@pytest.mark.parametrize("shape", [b"\x80", b"\x91\x00", b"junk"])
def test_values_of_another_shape_count_as_a_damaged_database(
    project: mkdocs_build.Project, shape: bytes
) -> None:
    """The version before an upgrade may have saved any value in another form."""
    publish(project)
    before, path = tree(project.site), project.settings.root / ".seedbed/cache.sqlite"
    with open_database(path) as database:
        saved = database.connection.execute("SELECT name, key FROM entries").fetchall()
        for table, key in saved:
            database.put(table, [(key, shape)])
    assert peek_build_number(path) == 0
    result = generate(project.settings)
    assert DATABASE_RESET in result.report.problems
    publish(project, run_result=result)
    assert tree(project.site) == before


def test_a_summary_of_another_version_does_not_stop_a_build(
    project: mkdocs_build.Project,
) -> None:
    """It is read before anything tells that another version wrote it."""
    publish(project)
    with open_database(project.settings.root / ".seedbed/cache.sqlite") as database:
        for key in database.keys(SUMMARY):
            database.put(SUMMARY, [(key, b"\x92\x01\x02")])
    (project.settings.seeds / "3.txt").write_text("Letter number 3\n\nThe new tower.\n")
    generate(project.settings)
    publish(project)
    page = project.site / "documents/undated/letter-number-3/index.html"
    assert "The new tower." in page.read_text("utf-8")


def test_a_database_of_another_program_is_reset(project: mkdocs_build.Project) -> None:
    """Another program's database, or another version's."""
    path = project.settings.root / ".seedbed/cache.sqlite"
    path.unlink()
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE kept (x)")
    assert mkdocs_build.build(project, project.site).pages.rendered == 7
    assert mkdocs_build.build(project, project.site).pages.rendered == 0


@pytest.mark.slow
@pytest.mark.parametrize("start", range(10))
def test_incremental_equals_from_scratch_after_many_edits(tmp_path: Path, start: int) -> None:
    """Twenty edits each, held against a first build after every second."""
    walk(tmp_path, random.Random(1000 + start), steps=20, every=2)


def test_an_unchanged_site_is_not_built_again(tmp_path: Path) -> None:
    """Not even in the staging folder; but whatever is touched is built and proved again."""
    project = raised(tmp_path)
    first = publish(project).proof
    page = project.site / "documents/undated/letter-number-3/index.html"
    before = page.stat().st_ino
    stages: dict[str, int] = {}

    def note(stage: str, _done: int, _total: int) -> None:
        stages[stage] = stages.get(stage, 0) + (_total == 0)

    assert publish(project, note).proof == first
    assert stages == {}
    page.unlink()
    assert publish(project, note).proof == first
    assert stages == {"building": 1, "checking": 1}
    assert page.stat().st_ino == before
    restyle(project.settings.root, random.Random(0))
    publish(mkdocs_build.load_project(project.config_file), note)
    assert stages == {"building": 2, "checking": 2}


HOOK = (
    "def on_post_page(output, **_):\n    return output.replace('</body>', '<!-- {} --></body>')\n"
)


def test_a_change_of_other_inputs_than_pages_is_detected(
    project: mkdocs_build.Project,
) -> None:
    """Hooks, what MkDocs is told to watch, the file that mkdocs.yml inherits, read by anybody."""
    config, folder = project.config_file, project.config_file.parent
    besides = "INHERIT: base.yml\nhooks: [hooks.py]\nwatch: [data]\n"
    config.write_text(f"{config.read_text()}\n{besides}")
    (folder / "data").mkdir()
    edits = {
        "base.yml": ("exclude_docs: none.md", "exclude_docs: more.md"),
        "hooks.py": (HOOK.format("one"), HOOK.format("another")),
        "data/table.csv": ("1", "11"),
    }
    for name, (first, _) in edits.items():
        (folder / name).write_text(first)
    described = mkdocs_build.load_project(config).fingerprint
    assert described == mkdocs_build.load_project(config).fingerprint
    for name, (_, second) in edits.items():
        (folder / name).write_text(second)
        assert mkdocs_build.load_project(config).fingerprint != described
        described = mkdocs_build.load_project(config).fingerprint


def test_a_site_with_extensions_that_read_files_is_always_built(
    project: mkdocs_build.Project,
) -> None:
    """It is unknown which files an extension reads."""
    config, folder = project.config_file, project.config_file.parent
    snippets = f"  - pymdownx.snippets: {{base_path: ['{folder}']}}\n"
    config.write_text(config.read_text().replace("  - toc\n", f"  - toc\n{snippets}"))
    (folder / "docs/about.md").write_text('# About\n\n--8<-- "shown.txt"\n')
    for text in ("one", "two"):
        (folder / "shown.txt").write_text(text)
        publish(mkdocs_build.load_project(config))
        assert text in (project.site / "about/index.html").read_text("utf-8")


def test_a_moved_project_is_not_built_again(project: mkdocs_build.Project) -> None:
    """Pages do not depend on the project's path."""
    publish(project)
    (project.settings.docs / "about.md").touch()
    moved = project.settings.root.with_name("elsewhere")
    project.settings.root.rename(moved)
    project = mkdocs_build.load_project(moved / "mkdocs.yml")
    assert result_if_current(project.settings) is None, "a page was touched"
    assert generate(project.settings).report.written == 0
    assert publish(project).pages == PageCounts(rendered=0, unchanged=7)
    moved = moved.rename(moved.with_name("yonder"))
    project = mkdocs_build.load_project(moved / "mkdocs.yml")
    seen = result_if_current(project.settings)
    assert seen, "nothing is done at all"
    assert publish(project, run_result=seen).pages == PageCounts(rendered=0, unchanged=7)


def build_fresh(project: mkdocs_build.Project, target: Path) -> None:
    """Build the site again, with the manifest, which only `publish` writes."""
    mkdocs_build.build(project, target)
    shutil.copy(project.site / MANIFEST, target / MANIFEST)


def test_a_new_site_reuses_the_files_of_the_old_one(project: mkdocs_build.Project) -> None:
    """Seeds come, go and change; junk in the folder aside is no part of what is published."""
    root = project.settings.root
    publish(project)
    for number, edit in enumerate((add, delete, change, delete), 1):
        edit(root, random.Random(number))
        generate(project.settings)
        (root / ".seedbed/stage/next/junk").mkdir(parents=True)
        (root / ".seedbed/stage/next/junk/page.html").write_text("<p>junk")
        publish(project)
        assert verify(project.settings.seeds, project.site).differences == ()
        assert verify(project.settings.seeds, project.site).others == ()
        listed = [*read_manifest(project.site).files]
        assert listed == sorted(listed)
        build_fresh(project, root / "fresh")
        assert tree(project.site) == tree(root / "fresh")
        shutil.rmtree(root / "fresh")
        assert tree(root / ".seedbed/stage/next") == tree(project.site), (
            "what was withdrawn lies nowhere"
        )


def toggle(path: Path) -> None:
    """Write a file, or remove it if it exists."""
    if path.exists():
        path.unlink()
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("# By hand\n")


def document_folder(folder: Path, chance: random.Random) -> Path:
    """Return the folder of a document in the docs folder."""
    return chance.choice(sorted((folder / "docs/documents").glob("**/ledger.json"))).parent


def edit_rendered(folder: Path, chance: random.Random) -> None:
    """Write into a rendered page, which is a file of the site and of the staging folder too."""
    pages = sorted((folder / ".seedbed/pages/build").glob("*/*.html"))
    with chance.choice(pages).open("a") as page:
        page.write("more")


def leave_in_staging(folder: Path, chance: random.Random) -> None:
    """Put a file into the staging folder, and change what the next build is made of."""
    toggle(folder / f".seedbed/stage/next/documents/{chance.randint(1, 2)}/a/b.txt")
    write_by_hand(folder, chance)


FOLDER_EDITS: list[Edit] = [
    *(add, change, delete, write_by_hand, edit_rendered, leave_in_staging),
    lambda folder, chance: toggle(document_folder(folder, chance) / "note.txt"),
    lambda folder, chance: toggle(document_folder(folder, chance) / "note.md"),
    lambda folder, _: toggle(folder / "docs/by-hand.md"),
]
"""Edits by which folders of the next site differ from those of the staging folder."""


def test_folders_in_which_nothing_changed_are_not_compared(project: mkdocs_build.Project) -> None:
    """What was made of them stays; a page is found that has another folder in the site."""
    root, chance = project.settings.root, random.Random(0)
    publish(project, run_result=generate(project.settings))
    for edit in (*FOLDER_EDITS, *chance.choices(FOLDER_EDITS, k=4)):
        edit(root, chance)
        publish(project, run_result=generate(project.settings))
        build_fresh(project, root / "fresh")
        assert tree(project.site) == tree(root / "fresh")
        assert tree(root / ".seedbed/stage/next") == tree(project.site)


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_staging_folder_may_be_created_and_scanned_during_generation(
    project: mkdocs_build.Project, jobs: int
) -> None:
    """With none there, with one of which all is known, and with one that holds something else."""
    root, staging = project.settings.root, project.settings.root / ".seedbed/stage/next"
    project = replace(project, settings=replace(project.settings, jobs=jobs))
    publish(project)
    shutil.rmtree(staging, ignore_errors=True)
    scans: list[StagingScan] = []
    for number, there in enumerate(("nothing", "its likeness", "something else")):
        if there == "something else":
            (staging / "junk").mkdir()
            (staging / "junk/page.html").write_text("<p>junk")
        with prescan_staging(project) as looked:
            assert looked, "the site is worth it"
            delete(root, random.Random(number))
            generate(project.settings, submit=looked.submit)
        scans.append(looked.result())
        assert scans[0].rendered == take_snapshot(root / ".seedbed/pages/build")
        publish(project, prescan_result=scans.pop)
        build_fresh(project, root / "fresh")
        assert tree(project.site) == tree(staging) == tree(root / "fresh")
        shutil.rmtree(root / "fresh")


def test_whatever_is_in_the_staging_folder_is_replaced(
    project: mkdocs_build.Project,
) -> None:
    """A build that was killed left what was withdrawn there; so did whoever put a file there."""
    root, staging = project.settings.root, project.settings.root / ".seedbed/stage/next"
    for number in range(2):
        change(root, random.Random(number))
        generate(project.settings)
        publish(project)
    shutil.rmtree(staging)
    shutil.copytree(project.site, staging)
    (staging / "withdrawn.html").write_text("<p>withdrawn")
    change(root, random.Random(3))
    generate(project.settings)
    publish(project)
    assert tree(staging) == tree(project.site)
    (staging / "stray.html").write_text("<p>stray")
    for number in range(2):
        change(root, random.Random(4 + number))
        generate(project.settings)
        publish(project)
        assert not (project.site / "stray.html").exists()
    assert tree(staging) == tree(project.site)


def test_other_files_in_place_of_the_staging_folder_stop_no_build(
    project: mkdocs_build.Project,
) -> None:
    """A link, a file for a folder in it, a folder for a file."""
    root, staging = project.settings.root, project.settings.root / ".seedbed/stage/next"
    publish(project)
    staging.with_name("old").symlink_to("/nowhere")
    change(root, random.Random(0))
    generate(project.settings)
    publish(project)
    shutil.rmtree(staging / "assets/javascripts")
    (staging / "assets/javascripts").write_text("a file")
    for folder in (staging, project.site):
        (folder / "index.html").unlink()
        (folder / "index.html").mkdir()
    for number in range(2):
        change(root, random.Random(2 + number))
        generate(project.settings)
        publish(project)
        assert tree(staging) == tree(project.site) or not number, "at the latest after the second"
    build_fresh(project, root / "fresh")
    assert tree(project.site) == tree(root / "fresh")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems allow no such name")
def test_a_file_name_that_is_not_valid_text_is_published(project: mkdocs_build.Project) -> None:
    """It was named in another encoding; and it is gone when it is gone."""
    name = os.fsdecode(b"caf\xe9.pdf")
    (project.settings.docs / name).write_bytes(b"%PDF")
    publish(project)
    assert (project.site / name).read_bytes() == b"%PDF"
    (project.settings.docs / name).unlink()
    publish(project)
    assert not (project.site / name).exists()


def test_an_edit_in_the_docs_folder_does_not_change_the_published_site(
    project: mkdocs_build.Project,
) -> None:
    """Some editors write in place. The next build publishes the edit properly."""
    publish(project)
    before = tree(project.site)
    with (project.settings.docs / "data/documents.csv").open("ab") as file:
        file.write(b"mine")
    assert tree(project.site) == before
    generate(project.settings)
    publish(project)
    assert tree(project.site) == before


def test_files_of_seedbed_beside_a_page_are_linked_and_those_of_users_are_copied(
    project: mkdocs_build.Project,
) -> None:
    """What was edited in place in a linked file is gone from both folders after the next build."""
    folder = "documents/undated/letter-number-3"
    docs, site = project.settings.docs / folder, project.site / folder
    (docs / "mine.txt").write_text("mine")
    publish(project)
    before = tree(project.site)
    assert (docs / "text.txt").samefile(site / "text.txt")
    assert not (docs / "mine.txt").samefile(site / "mine.txt")
    with (docs / "text.txt").open("ab") as file:
        file.write(b"more")
    generate(project.settings)
    publish(project)
    assert tree(project.site) == before
    assert (docs / "text.txt").samefile(site / "text.txt")


def test_files_and_pages_elsewhere_to_which_links_lead_are_published_as_they_are(
    tmp_path: Path,
) -> None:
    """A link stays the same when its target changes; also where nothing else does."""
    project = mkdocs_build.load_project(make_project(tmp_path / "project", {"a.txt": "A\n"}))
    elsewhere, docs = tmp_path / "elsewhere", project.settings.docs
    (elsewhere / "more").mkdir(parents=True)
    for path, target in (("linked.md", "page.md"), ("note.txt", "note.txt"), ("more", "more")):
        (docs / path).symlink_to(elsewhere / target)
    for words in ("first", "second"):
        for name in ("page.md", "note.txt", "more/page.md"):
            (elsewhere / name).write_text(f"# The {words} words\n\nAs they are.\n")
        publish(project, run_result=generate(project.settings))
        for name in ("linked/index.html", "note.txt", "more/page/index.html"):
            assert f"The {words} words" in (project.site / name).read_text(), name
