"""`LazyPages` gives templates the same addresses as MkDocs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page

from generator.publishing.rendering.lazy_pages import LazyPages

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
