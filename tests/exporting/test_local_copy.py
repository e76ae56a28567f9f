"""What becomes of a site's files in a copy for the disk; tests/browser opens one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest

from generator.checking.built_page import parse_page, resolve_link
from generator.cli.exports import site_of
from generator.exporting import local_copy
from generator.exporting.local_copy import LocalCopy, no_search
from generator.exporting.local_links import LocalLinks
from generator.exporting.local_scripts import UnknownFormError, offline_script
from generator.exporting.published_site import PublishedSite
from generator.files.archives import ArchiveEntry, write_zip
from generator.publishing import mkdocs_build
from tests.support import ROOT


@pytest.fixture(scope="module")
def site(built: mkdocs_build.Project) -> PublishedSite:
    """Return the site that is built once."""
    return site_of(built)


@pytest.fixture(scope="module")
def files(site: PublishedSite) -> dict[str, str]:
    """Return the texts of the copy, by path."""
    return dict(texts(LocalCopy(site).entries("copy")))


def texts(entries: Iterator[ArchiveEntry]) -> Iterator[tuple[str, str]]:
    """Yield the path of each file and its text, as far as it is text."""
    for entry in entries:
        assert isinstance(entry.content, bytes)
        yield entry.path.removeprefix("copy/"), entry.content.decode("utf-8", "replace")


def test_every_link_leads_to_a_file(files: dict[str, str]) -> None:
    """A browser shows no first page of a folder on disk, and no page knows the root of the site."""
    pages = {path: text for path, text in files.items() if path.endswith(".html")}
    assert len(pages) > 20
    for path, text in pages.items():
        targets = {resolve_link(path, link) for link in parse_page(text.encode()).links}
        assert {target for target in targets if target is not None} <= files.keys(), path


def test_nothing_is_a_module_or_for_a_server(files: dict[str, str]) -> None:
    """The page says once where the modules are; the index is there as scripts."""
    assert 'type="module"' not in files["index.html"]
    assert 'src="assets/offline.js"' in files["index.html"]
    assert not {"_headers", "404.html", "assets/search.js", "search/manifest.bin"} & files.keys()
    assert files["search/manifest.bin.js"].startswith("seedbedOffline.addBytes(")
    assert not re.search(r"^(?:import|export)\b", files["assets/offline.js"], re.MULTILINE)


def test_a_site_of_many_documents_has_no_search_and_says_so(
    site: PublishedSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its pages keep the script that tells readers."""
    monkeypatch.setattr(local_copy, "MAX_DOCUMENTS", 2)
    copy = LocalCopy(site)
    assert [problem.code for problem in no_search(copy)] == ["W121"]
    files = dict(texts(copy.entries("copy")))
    assert "refuseSearch()" in files["assets/seedbed.js"]
    assert "assets/offline.js" not in files
    assert "timeline/index.html" in files["index.html"]


def test_a_script_in_an_unknown_form_is_refused() -> None:
    """A theme of one's own may have one; better no search than half of it."""
    with pytest.raises(UnknownFormError):
        offline_script({"search.js": 'import words from "./words.js";\n'})


def test_only_files_of_the_site_are_in_the_copy(site: PublishedSite) -> None:
    """What somebody put into its folder is not published here."""
    foreign = site.folder / "notes-of-mine.txt"
    foreign.write_text("private", "utf-8")
    try:
        paths = {entry.path for entry in LocalCopy(replace(site)).entries("copy")}
    finally:
        foreign.unlink()
    assert "copy/index.html" in paths
    assert "copy/notes-of-mine.txt" not in paths


def test_a_link_keeps_query_and_anchor() -> None:
    """And links elsewhere do not change."""
    links = LocalLinks(frozenset({"index.html", "a b/index.html", "c/index.html"}), "/w/")
    html = '<a href="../a%20b/?x=1&amp;y=2#p-1">href="../a b/"</a><a href="https://b.org/c/">'
    expected = '<a href="../a%20b/index.html?x=1&amp;y=2#p-1">href="../a b/"</a>'
    assert links.in_html(html, "c/index.html") == f'{expected}<a href="https://b.org/c/">'
    assert links.link("/w/c/", "a b/index.html") == "../c/index.html"
    assert links.link("/other/", "a b/index.html") == "/other/"
    assert links.link("..", "c/index.html") == "../index.html"


@pytest.mark.parametrize(
    "html",
    [
        '<link title="a src=x onerror=y " rel="alternate">',
        '<meta name="description" content="1; see url=../ src=x onerror=y">',
        '<img alt="a href=../ onerror=y">',
        "<p>a src=x href=../ onerror=y",
    ],
)
def test_words_in_a_value_are_no_attribute(html: str) -> None:
    """Quotation marks around them would end the value, and what follows would act."""
    links = LocalLinks(frozenset({"index.html", "c/index.html"}))
    assert links.in_html(html, "c/index.html") == html


def test_a_redirect_leads_to_a_file() -> None:
    """Its link is in the words of an attribute."""
    links = LocalLinks(frozenset({"a/index.html", "c/index.html"}))
    html = '<meta http-equiv="refresh" content="0; url=../a/">'
    assert links.in_html(html, "c/index.html") == html.replace("../a/", "../a/index.html")


def test_an_archive_has_the_same_bytes_every_time(tmp_path: Path) -> None:
    """Whatever the time of a file; an entry can come from a file."""
    source = tmp_path / "a.txt"
    source.write_text("words", "utf-8")
    entries = [ArchiveEntry("mimetype", b"x", is_compressed=False), ArchiveEntry("a.txt", source)]
    write_zip(tmp_path / "1.zip", entries)
    source.touch()
    write_zip(tmp_path / "2.zip", entries)
    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()
    with ZipFile(tmp_path / "1.zip") as archive:
        assert archive.namelist() == ["mimetype", "a.txt"]
        assert archive.read("a.txt") == b"words"


def test_every_script_of_the_theme_can_be_rewritten() -> None:
    """Each form of import and export that they use is known."""
    folder = ROOT / "generator/theme/assets"
    modules = {path.name: path.read_text("utf-8") for path in folder.glob("search*.js")}
    assert offline_script(modules).count("seedbedOffline.define(") == len(modules)
