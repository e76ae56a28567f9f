"""The check: it passes for a built site, and it finds every kind of fault."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from generator.checking.built_page import parse_page, resolve_link
from generator.checking.check import check
from generator.checking.check_result import CheckResult
from generator.checking.dead_links import without_index
from generator.checking.evidence import Decisions
from generator.checking.site_summary import ChangedReports
from generator.checking.snapshots import take_snapshots
from generator.checking.verified_pages import SUMMARY, VERIFY_PAGES, VerifiedPages
from generator.engine.cache_entries import Run
from generator.engine.database import Database
from generator.engine.database_file import open_database
from generator.engine.fingerprint import program_fingerprint
from generator.engine.incremental import Build
from generator.engine.outdated import NEW
from generator.engine.tasks import Item, Task
from generator.engine.workers import no_progress
from generator.model import SeedbedError
from generator.pipeline.generate import generate
from generator.publishing import mkdocs_build
from generator.publishing.checked_build import check_fingerprint
from generator.publishing.publish import publish
from tests.support import make_project


def test_the_built_site_keeps_every_promise(built: mkdocs_build.Project) -> None:
    """The result has counts, and no problems."""
    proof = check(built.settings, built.site)
    assert proof.broken == ()
    assert proof.documents == 3
    assert proof.words > 1_500
    assert proof.changes > 10
    assert proof.links > 100


@pytest.fixture
def copy(built: mkdocs_build.Project, tmp_path: Path) -> mkdocs_build.Project:
    """Return the built site, to be damaged."""
    copied, unused = tmp_path / "copy", shutil.ignore_patterns("theme", ".seedbed")
    shutil.copytree(built.settings.root, copied, ignore=unused)
    settings = replace(built.settings, root=copied, docs=copied / "docs", seeds=copied / "seeds")
    return mkdocs_build.Project(copied / "mkdocs.yml", settings, copied / "site")


def the_page(project: mkdocs_build.Project) -> Path:
    """Return the built page of the customer's article."""
    return next(project.site.glob("documents/2021/*/index.html"))


def the_hostile_page(project: mkdocs_build.Project) -> Path:
    """Return the built page whose title is full of signs."""
    return next(project.site.glob("documents/2020/*/index.html"))


def the_note(project: mkdocs_build.Project) -> Path:
    """Return the built page that prints an address."""
    return next(project.site.glob("documents/undated/*/index.html"))


def the_ledger(project: mkdocs_build.Project) -> Path:
    """Return the ledger of the customer's article."""
    return next(project.settings.docs.glob("documents/2021/*/ledger.json"))


def edit(path: Path, before: str, after: str) -> None:
    """Damage one place of a file."""
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")


def forget(path: Path, target: str) -> None:
    """Turn every link to a place into one to the home page."""
    text = path.read_text("utf-8")
    pattern = rf'href="(?:\.\./)*{target}[^"]*"'
    assert re.search(pattern, text)
    path.write_text(re.sub(pattern, 'href="/"', text), "utf-8")


FAULTS: dict[str, tuple[str, Callable[[mkdocs_build.Project], None]]] = {
    "a word is dropped": (
        "E023",
        lambda p: edit(the_page(p), "</a> was the scene", "</a> was scene"),
    ),
    "a sign is changed": (
        "E023",
        lambda p: edit(the_page(p), "slow-motion coup.", "slow-motion coup"),
    ),
    "a word is added": (
        "E023",
        lambda p: edit(the_page(p), "</a> was the scene", "</a> was not the scene"),
    ),
    "an entry of the ledger is lost": (
        "E023",
        lambda p: edit(the_ledger(p), '[4564,"\\n\\n"," "],', ""),
    ),
    "two paragraphs change places": (
        "E023",
        lambda p: edit(the_page(p), "To contact the WSWS and the", "wsws.org/contact and the"),
    ),
    "a script gets in": (
        "E024",
        lambda p: edit(the_page(p), "</a> was the", "</a> was<script>x</script> the"),
    ),
    "a handler gets in": ("E024", lambda p: edit(the_page(p), "<em>", '<em onclick="x">')),
    "a picture gets in": ("E024", lambda p: edit(the_page(p), "<em>", '<em><img src="x">')),
    "a link gets a strange scheme": (
        "E024",
        lambda p: edit(the_page(p), "<em>", '<em><a href="javascript:x">y</a>'),
    ),
    "a link to nothing that is printed gets in": (
        "E024",
        lambda p: edit(
            the_page(p), "<em>", '<em><a href="https://x.example/" rel="nofollow noopener">y</a>'
        ),
    ),
    "a link leads elsewhere than it says": (
        "E024",
        lambda p: edit(the_note(p), 'href="https://example.org/b', 'href="https://example.com/b'),
    ),
    "a link out recommends its target": (
        "E024",
        lambda p: edit(the_note(p), 'rel="nofollow noopener"', 'rel="noopener"'),
    ),
    "a title is not escaped": (
        "E027",
        lambda p: edit(
            the_hostile_page(p), '<h1 dir="auto">&lt;img src=x', '<h1 dir="auto"><img src=x'
        ),
    ),
    "a title is another": (
        "E027",
        lambda p: edit(the_page(p), 'dir="auto">Protests', 'dir="auto">Unrest'),
    ),
    "an author is not shown": (
        "E027",
        lambda p: edit(the_hostile_page(p), ">Ana Ruiz<", ">Ana<"),
    ),
    "a date is not shown": ("E027", lambda p: edit(the_hostile_page(p), "3 May 2020", "May")),
    "a line is taken out and shown nowhere": (
        "E027",
        lambda p: edit(the_ledger(p), '[[0,"Protests', '[[0,"Vanished\\nProtests'),
    ),
    "a date comes from nowhere": (
        "E028",
        lambda p: edit(the_ledger(p).with_name("index.md"), "date: '2021-06-28'", "date: '2020'"),
    ),
    "an author comes from nowhere": (
        "E028",
        lambda p: edit(the_ledger(p), '"value":"Bill Van Auken"', '"value":"Ana Ruiz"'),
    ),
    "a quotation stands nowhere in the source": (
        "E028",
        lambda p: edit(the_ledger(p), '"quote":"Bill', '"quote":"By Bill'),
    ),
    "a page is missing": ("E021", lambda p: the_page(p).unlink()),
    "a link leads nowhere": (
        "E025",
        lambda p: edit(p.site / "index.html", 'href="timeline/"', 'href="tmeline/"'),
    ),
    "an anchor is gone": (
        "E025",
        lambda p: edit(p.site / "index.html", 'href="timeline/"', 'href="timeline/#x"'),
    ),
    "a quote is lost": (
        "E026",
        lambda p: edit(p.site / "people/pedro-castillo/index.html", "#p-0170dfb1", "#p-f3f3c5b4"),
    ),
    "a link in the text is made up": (
        "E026",
        lambda p: edit(the_page(p), "people/keiko-fujimori/", "people/luis-arce-cordova/"),
    ),
    "a document is not told of": (
        "E026",
        lambda p: forget(the_page(p), "people/evo-morales/"),
    ),
    "an entity does not tell of a document": (
        "E026",
        lambda p: forget(p.site / "people/evo-morales/index.html", "documents/2021/"),
    ),
    "the desk of a preview gets in": (
        "E066",
        lambda p: edit(
            p.site / "timeline/index.html", "</head>", '<script id="sb-desk"></script></head>'
        ),
    ),
    "a seed was edited": ("E022", lambda p: edit(p.settings.seeds / "peru.txt", "Lima", "Cusco")),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_reported(copy: mkdocs_build.Project, fault: str) -> None:
    """A check that cannot fail is worthless."""
    code, plant = FAULTS[fault]
    whole = remembering(copy)
    plant(copy)
    proof: CheckResult = check(copy.settings, copy.site)
    assert code in {problem.code for problem in proof.broken}
    again = remembering(copy)
    assert set(again.broken) == set(proof.broken)
    assert structs.replace(again, broken=()) == structs.replace(proof, broken=())
    assert whole.broken == ()


def lose_page(page: Path, _whole: str, _chance: random.Random) -> None:
    """Remove a page."""
    page.unlink()


def lose_anchor(page: Path, whole: str, chance: random.Random) -> None:
    """Remove an anchor that other pages may link to."""
    ids = re.findall(r' id="?([\w-]+)"?', whole)
    page.write_text(re.sub(rf' id="?{chance.choice(ids)}"?', "", whole, count=1), "utf-8")


def lead_astray(page: Path, whole: str, chance: random.Random) -> None:
    """Replace the target of a link by that of another link, or by one that does not exist."""
    links = re.findall(r'href="?([^"> ]+)', whole)
    old, new = chance.choice(links), chance.choice([*links, "nowhere/"])
    page.write_text(whole.replace(old, new, 1), "utf-8")


def mend(page: Path, whole: str, _chance: random.Random) -> None:
    """Restore a page as it was built."""
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(whole, "utf-8")


def led_astray(site: Path) -> set[tuple[str, str]]:
    """Return each dead link with its page, found one by one."""
    pages = {path.relative_to(site).as_posix(): path for path in site.rglob("*.html")}
    read = {name: parse_page(path.read_bytes()) for name, path in pages.items()}
    dead = set()
    for name, link in ((name, link) for name, page in read.items() for link in page.links):
        target, _, anchor = link.partition("#")
        path = resolve_link(name, target)
        if path is not None:
            there = next((p for p in (path, f"{path}/index.html".strip("/")) if p in read), path)
            lost = there in read and anchor and unescape(anchor) not in read[there].ids
            if lost or not (site / there).is_file():
                dead.add((name, link))
    return dead | {
        ("_redirects", line)
        for line in (site / "_redirects").read_text("utf-8").splitlines()
        if line.startswith("/") and not (site / line.split()[1].strip("/") / "index.html").is_file()
    }


def test_saved_results_never_hide_a_fault(copy: mkdocs_build.Project) -> None:
    """After any faults and repairs, a check with saved results equals one without."""
    chance = random.Random(7)
    whole = {page: page.read_text("utf-8") for page in sorted(copy.site.rglob("*.html"))}
    codes: set[str] = set()
    for _ in range(14):
        page = chance.choice(list(whole))
        change = chance.choice([lose_page, lose_anchor, lead_astray, mend])
        mend(page, whole[page], chance)
        change(page, whole[page], chance)
        (copy.site / "index.html").touch()
        first, again = check(copy.settings, copy.site), remembering(copy)
        assert set(again.broken) == set(first.broken)
        dead = [problem for problem in first.broken if problem.code == "E025"]
        assert {(problem.source, problem.message.split('"')[1]) for problem in dead} == led_astray(
            copy.site
        )
        assert structs.replace(again, broken=(), unfaithful=()) == structs.replace(
            first, broken=(), unfaithful=()
        )
        assert set(again.unfaithful) == set(first.unfaithful)
        codes |= {problem.code for problem in first.broken}
    assert codes >= {"E025", "E026"}


@pytest.mark.parametrize("seed", range(4))
def test_a_fault_after_a_check_without_any_is_found(copy: mkdocs_build.Project, seed: int) -> None:
    """Although only links of changed pages are looked up then; and so is the check after it."""
    chance = random.Random(seed)
    whole = {page: page.read_text("utf-8") for page in sorted(copy.site.rglob("*.html"))}
    for change in (mend, lose_page, lose_anchor, lead_astray):
        assert remembering(copy).broken == ()
        page = chance.choice(list(whole))
        change(page, whole[page], chance)
        again, first = remembering(copy), check(copy.settings, copy.site)
        assert set(again.broken) == set(first.broken)
        assert structs.replace(again, broken=(), unfaithful=()) == structs.replace(
            first, broken=(), unfaithful=()
        )
        mend(page, whole[page], chance)


def test_several_processes_give_the_same_result(copy: mkdocs_build.Project) -> None:
    """All pages of a small site, many times over."""
    for number in range(40):
        shutil.copytree(the_page(copy).parent, copy.site / "more" / str(number))
    alone, together = (check(replace(copy.settings, jobs=jobs), copy.site) for jobs in (1, 2))
    assert alone == together
    assert alone.pages > 40


def verified_pages(project: mkdocs_build.Project, database: Database) -> VerifiedPages:
    """Return what a database knows of the pages as they are now."""
    build = Build.start(database, program_fingerprint(), 0, no_progress)
    snapshots = take_snapshots(project.settings, project.site)
    decisions = Decisions.read(project.settings.seeds)
    return VerifiedPages(build, snapshots, check_fingerprint(project), decisions)


def page_names(project: mkdocs_build.Project) -> list[str]:
    """Return the paths of the pages of a site."""
    return [path.relative_to(project.site).as_posix() for path in project.site.rglob("*.html")]


def checked_again(project: mkdocs_build.Project) -> int:
    """Check as a build does, and return how many pages were not taken from the check before."""
    with open_database(project.settings.root / ".seedbed/cache.sqlite") as database:
        verified = verified_pages(project, database)
        check(project.settings, project.site, verified)
        summaries = verified.build.summaries()
        pages = next(task for task in summaries if task.name == VERIFY_PAGES.name)
        return sum(pages.outdated.values())


def test_a_decision_checks_the_pages_again_that_it_is_about(copy: mkdocs_build.Project) -> None:
    """Not all pages, of which a large site has many; and again where the decision is gone."""
    corrections = copy.settings.seeds / "corrections.yml"
    corrections.write_text("names: {}\n")
    assert checked_again(copy) > 1
    assert checked_again(copy) == 0
    corrections.write_text("names: {merge: {Ana Ruiz: [Anna Ruiz]}}\n")
    assert checked_again(copy) == 0
    seed = next(path for path in copy.settings.seeds.rglob("*.txt"))
    source = seed.relative_to(copy.settings.seeds).as_posix()
    corrections.write_text(f"documents: {{{source}: {{language: en}}}}\n")
    assert checked_again(copy) == 1
    corrections.write_text("names: {}\n")
    assert checked_again(copy) == 1
    assert checked_again(copy) == 0


@pytest.mark.parametrize("forgotten", [SUMMARY, "seeds of verified pages"])
def test_a_changed_seed_checks_its_page_again(copy: mkdocs_build.Project, forgotten: str) -> None:
    """Although its page is as it was; also after a check that did not come to its end."""
    pages = checked_again(copy)
    seeds = sorted(copy.settings.seeds.rglob("*.txt"))
    seeds[0].touch()
    assert checked_again(copy) == 1
    assert checked_again(copy) == 0
    seeds[0].touch()
    seeds[1].touch()
    with open_database(copy.settings.root / ".seedbed/cache.sqlite") as database:
        database.retain(forgotten, ())
        assert len(verified_pages(copy, database).find_outdated(page_names(copy)).names) == 2
    assert 0 < checked_again(copy) == 2 < pages
    assert checked_again(copy) == 0


def test_results_of_another_version_are_checked_again(copy: mkdocs_build.Project) -> None:
    """Also where it saved other things of a page in another order."""
    pages = checked_again(copy)
    with open_database(copy.settings.root / ".seedbed/cache.sqlite") as database:
        build = Build.start(database, "another version", 0, no_progress)
        other: Task[tuple[str, int]] = Task(VERIFY_PAGES.name, "", tuple[str, int])
        keys = [key for key, _ in build.entries(other).entries()]
        for table in (other.name, SUMMARY):  # each version deletes the summary before its check
            database.retain(table, ())
        for key in keys:
            build.save(other, Item(key, build.fingerprint()), ("a.txt", 1), Run(1, NEW))
    assert checked_again(copy) == pages


def test_a_check_without_faults_serves_the_next(copy: mkdocs_build.Project) -> None:
    """What it found of all pages is known then, and is of as many pages as have reports."""
    pages = remembering(copy).pages
    (copy.site / "index.html").touch()
    with open_database(copy.settings.root / ".seedbed/cache.sqlite") as database:
        verified = verified_pages(copy, database)
        summary = verified.take_summary()
        assert summary
        assert verified.take_summary() is None
        outdated = verified.find_outdated(page_names(copy), summary)
        assert outdated.known == summary.totals.pages == pages
        assert outdated.names == ("index.html",)
        before = [*outdated.before]
        changed = ChangedReports(before, before)
        assert summary.updated(verified.snapshots.site.names, changed, without_index) == summary


def remembering(project: mkdocs_build.Project) -> CheckResult:
    """Check as a build does, which remembers what was proved."""
    with open_database(project.settings.root / ".seedbed/cache.sqlite") as database:
        return check(project.settings, project.site, verified_pages(project, database))


def test_a_missing_site_is_an_error(copy: mkdocs_build.Project) -> None:
    """The message says how to build one."""
    shutil.rmtree(copy.site)
    with pytest.raises(SeedbedError, match="seedbed build"):
        check(copy.settings, copy.site)


@pytest.mark.parametrize(
    ("page", "target", "home", "path"),
    [
        ("a/b/index.html", "../c/", "/", "a/c"),
        ("a/b/index.html", "../c/", "/letters/", "a/c"),
        ("a/index.html", "#x", "/", "a/index.html"),
        ("a/index.html", "..", "/", ""),
        ("404.html", "/assets/x.css", "/", "assets/x.css"),
        ("404.html", "/letters/assets/x.css", "/letters/", "assets/x.css"),
        ("404.html", "/letters/.", "/letters/", ""),
        ("404.html", "/letters", "/letters/", ""),
        ("404.html", "/lettersome/", "/letters/", None),
        ("a/index.html", "caf%C3%A9/", "/", "a/café"),
        ("a/index.html", "https://example.org/", "/", None),
        ("a/index.html", "mailto:a@b.c", "/", None),
    ],
)
def test_links_are_resolved_as_browsers_do(
    page: str, target: str, home: str, path: str | None
) -> None:
    """Relative, rooted, encoded, and those that leave the site, which may be part of another."""
    assert resolve_link(page, target, home) == path


@given(st.text("ab./~-_").filter(lambda target: not target.startswith("//")))
def test_a_plain_path_is_resolved_as_any_other(target: str) -> None:
    """An empty query changes nothing of where a link leads."""
    assert resolve_link("a/b/index.html", target) == resolve_link("a/b/index.html", f"{target}?")


@given(
    st.sampled_from(["index.html", "a/index.html", "a/b/index.html", "404.html"]),
    st.lists(st.sampled_from(["..", ".", "a", "b.html", "...", "~", "%2e"])),
    st.sampled_from(["", "/"]),
)
def test_links_lead_where_browsers_go(page: str, folders: list[str], end: str) -> None:
    """Up to the root of the site and down again, or only up, or only down."""
    target = "/".join(folders) + (end if folders else "")
    there = urljoin(f"https://example.org/{page}", unquote(target))
    assert resolve_link(page, target) == urlsplit(there).path.strip("/")


def test_a_site_may_be_in_a_folder_of_its_host(tmp_path: Path) -> None:
    """As the pages of a project have on many hosts; the page for lost readers has rooted links.

    And the site may be a link to the folder that a server shows, which stays one.
    """
    config = make_project(tmp_path, {"a.txt": "Bridge\n\nThe bridge is closed.\n"})
    written = config.read_text("utf-8").replace("example.org/", "example.org/letters/")
    config.write_text(written, "utf-8")
    (tmp_path / "served").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "served")
    project = mkdocs_build.load_project(config)
    generate(project.settings)
    assert publish(project).proof.broken == ()
    assert (tmp_path / "site").readlink() == tmp_path / "served"
    assert 'href="/letters/timeline/"' in (project.site / "404.html").read_text("utf-8")
