"""`LazyPages` gives templates the same addresses as MkDocs."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page

from generator.model import PagePath
from generator.publishing.rendering import lazy_pages
from generator.publishing.rendering.lazy_pages import LazyPages

THEME = Path(lazy_pages.__file__).parents[2] / "theme"
URLS = ("", "https://example.org", "https://example.org/a%20b/c/", "http://x/?y", "https://x//")
FOLDER = st.text(
    st.characters(codec="utf-8", exclude_characters="/\\\0"), min_size=1, max_size=9
).filter(lambda name: name not in {".", ".."})


@pytest.mark.parametrize("folders", [True, False])
@pytest.mark.parametrize("url", URLS)
@given(names=st.lists(FOLDER, min_size=1, max_size=3))
def test_addresses_are_those_of_mkdocs(url: str, folders: bool, names: list[str]) -> None:
    """Whatever the folder is called, and wherever the site is to lie."""
    config = MkDocsConfig()
    config.load_dict({"site_url": url, "use_directory_urls": folders})
    path = "/".join((*names, "index.md"))

    def made(path: str) -> File:
        file = File(path, "docs", "site", folders)
        Page(None, file, config)
        return file

    theirs, ours = made(path), LazyPages([path], made, config)[0]
    assert ours.src_uri == theirs.src_uri
    assert ours.url == theirs.url, "what is not at hand is asked of the page itself"
    assert ours.page
    assert theirs.page
    for name in ("canonical_url", "abs_url", "is_link", "edit_url", "title"):
        assert getattr(ours.page, name, "") == getattr(theirs.page, name, "")


def test_the_number_of_pages_is_that_of_the_paths() -> None:
    """Templates may count them."""
    assert (
        len(
            LazyPages(
                ["a/index.md", "b/index.md"], lambda path: File(path, "", "", True), MkDocsConfig()
            )
        )
        == 2
    )


@pytest.mark.parametrize("folders", [True, False])
@pytest.mark.parametrize("url", URLS)
@given(
    names=st.lists(FOLDER, unique=True, max_size=5),
    single=st.lists(FOLDER, unique=True, max_size=2),
    data=st.data(),
)
def test_the_entries_of_the_sitemap_are_those_of_its_template(
    url: str, folders: bool, names: list[str], single: list[str], data: st.DataObject
) -> None:
    """Of pages with a folder of their own and of others, with and without days."""
    config = MkDocsConfig()
    config.load_dict({"site_url": url, "use_directory_urls": folders})
    paths = [*(f"{name}/index.md" for name in names), *(f"{name}.md" for name in single)]

    def made(path: str) -> File:
        file = File(path, "docs", "site", folders)
        Page(None, file, config)
        return file

    dated = data.draw(st.lists(st.sampled_from(paths or [""])))
    days = dict.fromkeys(map(PagePath, dated), "1950-01-02")
    pages = LazyPages(paths, made, config)
    template = jinja2.Environment(loader=jinja2.FileSystemLoader(THEME)).get_template("sitemap.xml")  # noqa: S701
    expected = template.render(pages=[*pages], lastmod=days)
    assert template.render(pages=[], entries=pages.sitemap_entries(days)) == expected
