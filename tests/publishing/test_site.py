"""The built site, as files: one real, strict build."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.model import SeedbedError
from generator.pipeline.generate import generate
from generator.pipeline.options import Options
from generator.publishing import mkdocs_build
from generator.publishing.publish import publish
from generator.writing.labels import LANGUAGES, theme_labels
from tests.support import ROOT, SEEDS, make_project, published, skip_unless, tree

PERU = (
    "documents/2021/protests-and-coup-threats-as-peru-enters-fourth-week-without-certification-of"
)


def page(project: mkdocs_build.Project, name: str) -> LexborHTMLParser:
    """Return a page of the built site."""
    return LexborHTMLParser((project.site / name).read_text("utf-8"))


def test_a_document_has_its_title_once(built: mkdocs_build.Project) -> None:
    """One H1, in the article."""
    (title,) = page(built, f"{PERU}/index.html").css("h1")
    assert title.text().startswith("Protests and coup threats")


def test_the_article_carries_its_language(built: mkdocs_build.Project) -> None:
    """So that readers of screens pronounce it right."""
    article = page(built, f"{PERU}/index.html").css_first("article")
    assert article is not None
    assert article.attributes["lang"] == "en"


def test_description_and_canonical_address_are_right(built: mkdocs_build.Project) -> None:
    """What search engines and cards show."""
    head = page(built, f"{PERU}/index.html")
    description = head.css_first('meta[name="description"]')
    canonical = head.css_first('link[rel="canonical"]')
    assert description is not None
    assert canonical is not None
    assert str(description.attributes["content"]).startswith("Lima was the scene again Saturday")
    assert canonical.attributes["href"] == f"https://example.org/{PERU}/"
    home = page(built, "index.html").css_first('meta[name="description"]')
    assert home is not None  # of a site that says nothing of itself, its figures are told
    assert str(home.attributes["content"]).startswith("3 documents, ")


def test_no_page_loads_anything_from_another_host(built: mkdocs_build.Project) -> None:
    """No font, script, style or picture from another host."""
    for path in built.site.rglob("*.html"):
        for node in LexborHTMLParser(path.read_text("utf-8")).css("[src], link[href]"):
            address = str(node.attributes.get("src") or node.attributes.get("href"))
            if node.attributes.get("rel") != "canonical":
                assert not re.match(r"(?:https?:)?//", address), f"{path}: {address}"


def around_the_article(html: bytes) -> int:
    """How many bytes a page has beyond the words of its document."""
    start, end = html.index(b'<div class="sb-text"'), html.index(b'<footer class="sb-foot"')
    return len(html) - (end - start)


def test_a_document_page_is_small(built: mkdocs_build.Project) -> None:
    """At most 20 kB of HTML, before it is packed, beyond the words of the article."""
    assert around_the_article((built.site / PERU / "index.html").read_bytes()) <= 20_000


@pytest.mark.parametrize(
    "language", ["en", *(pytest.param(tag, marks=pytest.mark.slow) for tag in LANGUAGES[1:])]
)
def test_a_document_with_very_many_names_is_small_too(tmp_path: Path, language: str) -> None:
    """An assembly of a hundred members, each with a page: some are shown, and how many more."""
    given_ = "Ana Tom Eva Max Lea Jan Ida Leo".split()
    family = (
        "Ruiz Lee Kane Orr Weber Grant Miller Ortega Novak Stone Brook Marsh Frost Hale".split()
    )
    members = [f"{first} {last}" for first in given_ for last in family]
    heard = "\n\n".join(
        f"The mayor met {', '.join(members[index : index + 10])} and others in Lima on Monday."
        for index in range(0, len(members), 10)
    )
    seeds = {"members.txt": f"The members\n\n3 May 1984\n\n{heard}"}
    project = published(tmp_path, {**seeds}, language)
    (page,) = project.site.glob("documents/1984/*/index.html")
    html = page.read_bytes()
    assert around_the_article(html) <= 20_000
    known = len(list(project.site.glob("people/*/index.html")))
    assert known > 80
    assert html.count(b'<li><a href="../../../people/') == 12
    more = str(theme_labels("theme")[language]["more_names"])
    assert more.replace("{n}", str(known - 12)).encode() in html


def test_every_document_page_of_real_news_is_small(tmp_path: Path) -> None:
    """The largest of some that name dozens of people and places."""
    folder = ROOT.parent / "shared" / "gold" / "wikinews" / "seeds"
    skip_unless(folder.is_dir(), "the news")
    news = {path.name: path.read_bytes() for path in folder.glob("GUM_news_*.txt")}
    project = published(tmp_path, {**news})
    pages_ = [path.read_bytes() for path in project.site.glob("documents/2*/*/index.html")]
    assert len(pages_) > 10
    assert max(map(around_the_article, pages_)) <= 20_000


def test_the_policy_comes_before_everything_that_could_load(built: mkdocs_build.Project) -> None:
    """On every page, whoever wrote it: only the encoding stands above it."""
    for path in built.site.rglob("*.html"):
        html = path.read_text("utf-8")
        if 'http-equiv="refresh"' not in html:
            before = html.split("<head>")[1].split('<meta http-equiv="Content-Security-Policy"')[0]
            assert before.split() == ["<meta", 'charset="utf-8">'], path


def test_a_name_with_special_characters_is_text_on_every_page(tmp_path: Path) -> None:
    """The site's own: on the page by hand, of a withdrawn document, and where nothing is."""
    seeds: dict[str, str | bytes] = {
        "a.txt": "A note on bridges\n\nThe old bridge was closed.",
        "b.txt": "Another note\n\nNothing was opened.",
        "corrections.yml": "documents:\n  b.txt: {withdrawn: {reason: by mistake}}\n",
    }
    config = make_project(tmp_path, seeds)
    name = 'Bell & <img src=x onerror=PWN> "Sons"'
    lines = config.read_text("utf-8").splitlines()
    named = [f"site_name: '{name}'" if "site_name" in line else line for line in lines]
    config.write_text("\n".join(named), "utf-8")
    project = mkdocs_build.load_project(config)
    generate(project.settings)
    publish(project)
    for path in project.site.rglob("*.html"):
        tree_ = LexborHTMLParser(path.read_text("utf-8"))
        assert not tree_.css("[onerror]"), path
        title = tree_.css_first("title")
        assert "http-equiv" in str(tree_.head and tree_.head.html), path
        assert title is None or title.text().endswith(name) or "moved" in title.text(), path


def test_tabs_follow_the_hubs_and_hand_written_pages_their_headings(tmp_path: Path) -> None:
    """The lists of names as the setting has them, in the site's own words and its language.

    Contents stand beside a page from three headings up.
    """
    config = make_project(tmp_path, {"a.txt": "A note on bridges\n\nThe old bridge was closed."})
    text = config.read_text("utf-8").replace(
        "seeds: seeds", "seeds: seeds\n    hubs: [places, people]\n    labels: {timeline: Chronik}"
    )
    text = text.replace('language: "en"', "language: de")
    config.write_text(
        text.replace('"About": about.md', "About: about.md\n  - More: more.md"), "utf-8"
    )
    (tmp_path / "docs/about.md").write_text("# About\n\n## One\n\n## Two\n", "utf-8")
    (tmp_path / "docs/more.md").write_text("# More\n\n## One\n\n## Two\n\n## Three\n", "utf-8")
    project = mkdocs_build.load_project(config)
    generate(project.settings)
    publish(project)
    tabs = [link.text().strip() for link in page(project, "index.html").css(".md-tabs a")]
    assert tabs == ["Home", "Chronik", "Orte", "Personen", "Suche", "Daten", "About", "More"]
    assert not page(project, "about/index.html").css("[data-md-type=toc]")
    contents = page(project, "more/index.html").css("[data-md-type=toc] a")
    assert [link.text().strip() for link in contents] == ["One", "Two", "Three"]


def test_documents_stay_out_of_the_navigation(built: mkdocs_build.Project) -> None:
    """Thousands of them would stand on every page."""
    links = page(built, "timeline/index.html").css("nav.md-nav a, nav.md-tabs a")
    targets = {str(link.attributes.get("href")) for link in links}
    assert {"../authors/", "../about/"} <= targets
    assert not any("documents/" in target for target in targets)


def test_a_hostile_title_is_text_everywhere(built: mkdocs_build.Project) -> None:
    """In headings, lists, navigation and the head of every page."""
    for path in built.site.rglob("*.html"):
        tree_ = LexborHTMLParser(path.read_text("utf-8"))
        assert not tree_.css("[onerror]"), path
        scripts = tree_.css("script:not([type='application/ld+json'])")
        assert "PWN" not in "".join(script.text() for script in scripts), path
        for record in tree_.css("script[type='application/ld+json']"):
            assert "<" not in record.text(), path
            assert json.loads(record.text())["@context"] == "https://schema.org", path
    (title,) = page(
        built, "documents/2020/img-src-x-onerror-window-pwn-1-council-friends/index.html"
    ).css("h1")
    assert title.text() == '<img src=x onerror="window.PWN=1"> Council & "friends"'


def test_the_site_contains_only_text(built: mkdocs_build.Project) -> None:
    """The marker and other files of ours stay, but for the one that stops Jekyll."""
    hidden = [path for path in tree(built.site) if Path(path).name.startswith(".")]
    assert hidden == [".nojekyll"]


def test_a_failed_build_leaves_the_old_site(tmp_path: Path) -> None:
    """Promise 9: a broken hand-written page costs the new site, not the old."""
    project = mkdocs_build.load_project(make_project(tmp_path, {}))
    (tmp_path / "docs/index.md").write_text("# Home\n")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nsite_url: https://example.org/\n")
    publish(project)
    before = tree(tmp_path / "site")
    (tmp_path / "docs/index.md").write_text("# Home\n\n[a](nowhere.md)\n")
    with pytest.raises(SeedbedError, match="nowhere"):
        publish(project)
    assert tree(tmp_path / "site") == before


def test_mkdocs_alone_does_everything(tmp_path: Path) -> None:
    """`mkdocs build --strict` in a project, for people who know nothing of `seedbed`."""
    make_project(
        tmp_path, {"note.txt": "A note on bridges\n\nThe old bridge was closed.", "bad.txt": b""}
    )
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "seeds/bad.txt: E002 the file is empty" in done.stderr
    assert (tmp_path / "site/documents/undated/a-note-on-bridges/index.html").is_file()


def test_a_build_of_this_project_leaves_its_tables_of_addresses_as_they_are(tmp_path: Path) -> None:
    """Whoever clones it and builds the site has nothing to commit."""
    shutil.copytree(SEEDS, tmp_path / "seeds")
    (tmp_path / "docs").mkdir()
    tables = ("addresses.csv", "names.csv")
    for name in ("mkdocs.yml", "docs/about.md", *tables):
        shutil.copy(ROOT / name, tmp_path / name)
    project = mkdocs_build.load_project(tmp_path / "mkdocs.yml")
    generate(project.settings, Options(save_addresses=True))
    for name in tables:
        assert (tmp_path / name).read_text("utf-8") == (ROOT / name).read_text("utf-8")
