"""The built site, as files: one real, strict build."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.model import SeedbedError
from generator.publishing import site
from generator.publishing.publish import publish
from tests.support import make_project, tree

PERU = (
    "documents/2021/protests-and-coup-threats-as-peru-enters-fourth-week-without-certification-of"
)


def page(project: site.Project, name: str) -> LexborHTMLParser:
    """A page of the built site."""
    return LexborHTMLParser((project.site / name).read_text("utf-8"))


def test_a_document_has_its_title_once(built: site.Project) -> None:
    """One H1, in the article."""
    (title,) = page(built, f"{PERU}/index.html").css("h1")
    assert title.text().startswith("Protests and coup threats")


def test_the_article_carries_its_language(built: site.Project) -> None:
    """So that readers of screens pronounce it right."""
    article = page(built, f"{PERU}/index.html").css_first("article")
    assert article is not None
    assert article.attributes["lang"] == "en"


def test_description_and_canonical_address_are_right(built: site.Project) -> None:
    """What search engines and cards show."""
    head = page(built, f"{PERU}/index.html")
    description = head.css_first('meta[name="description"]')
    canonical = head.css_first('link[rel="canonical"]')
    assert description is not None
    assert canonical is not None
    assert str(description.attributes["content"]).startswith("Lima was the scene again Saturday")
    assert canonical.attributes["href"] == f"https://example.org/{PERU}/"


def test_no_page_asks_anybody_else(built: site.Project) -> None:
    """No font, script, style or picture from another host."""
    for path in built.site.rglob("*.html"):
        for node in LexborHTMLParser(path.read_text("utf-8")).css("[src], link[href]"):
            address = str(node.attributes.get("src") or node.attributes.get("href"))
            if node.attributes.get("rel") != "canonical":
                assert not re.match(r"(?:https?:)?//", address), f"{path}: {address}"


def test_documents_stay_out_of_the_navigation(built: site.Project) -> None:
    """Thousands of them would stand on every page."""
    links = page(built, "timeline/index.html").css("nav.md-nav a, nav.md-tabs a")
    targets = {str(link.attributes.get("href")) for link in links}
    assert {"../authors/", "../about/"} <= targets
    assert not any("documents/" in target for target in targets)


def test_a_hostile_title_is_text_everywhere(built: site.Project) -> None:
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


def test_only_text_lies_in_the_site(built: site.Project) -> None:
    """The marker and other files of ours stay behind."""
    assert not [path for path in tree(built.site) if Path(path).name.startswith(".")]


def test_a_failed_build_leaves_the_old_site(tmp_path: Path) -> None:
    """Promise 9: a broken hand-written page costs the new site, not the old."""
    project = site.load(make_project(tmp_path, {}))
    (tmp_path / "docs/index.md").write_text("# Home\n")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nsite_url: https://example.org/\n")
    publish(project, lambda _stage: None)
    before = tree(tmp_path / "site")
    (tmp_path / "docs/index.md").write_text("# Home\n\n[a](nowhere.md)\n")
    with pytest.raises(SeedbedError, match="nowhere"):
        publish(project, lambda _stage: None)
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
