"""A built site after people have corrected, moved and withdrawn documents."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.checking.check import check
from generator.pipeline.generate import generate
from generator.publishing import mkdocs_build
from generator.publishing.publish import publish
from tests.support import RELEASED, make_project, published

OLD, NEW = "documents/2020/bridge-reopens/", "documents/2020/the-bridge/"
TAKEN_BACK = (
    "Quokka marsupials\n\nBy Xerxes Zyzzyva\n1 May 2021\n\nQuokkas hum beguilingly at Wexcombe.\n"
)


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> mkdocs_build.Project:
    """Return Generated once as it was, then built as people want it."""
    folder: Path = tmp_path_factory.mktemp("decided")
    seeds: dict[str, str | bytes] = {
        "bridge.txt": "Bridge reopens\n\nBy Ana Ruiz\n3 May 2020\n\nThe mayor cut a ribbon.\n",
        "secret.txt": TAKEN_BACK,
        "tower.txt": "Tower closed\n\nBy Tom Lee\n4 May 2020\n\nThe mayor cut no ribbon.\n",
    }
    project = mkdocs_build.load_project(make_project(folder, seeds))
    generate(project.settings, RELEASED)
    corrections = (
        "documents: {secret.txt: {withdrawn: {reason: The author asked for it}},"
        " tower.txt: {date: , authors: []}}"
    )
    (folder / "seeds/corrections.yml").write_text(corrections, "utf-8")
    table = folder / "addresses.csv"
    table.write_text(table.read_text("utf-8").replace(f",{OLD},", f",{NEW},"), "utf-8")
    generate(project.settings, RELEASED)
    publish(project)
    return project


def test_no_file_of_the_site_contains_a_word_of_a_withdrawn_document(
    decided: mkdocs_build.Project,
) -> None:
    """Nor of its title and author; the address alone, which people have cited, stays."""
    words = {word.strip(".").lower() for word in TAKEN_BACK.split()} - set(
        "by 1 may 2021 at hum".split()
    )
    assert len(words) == 7
    left = "documents/2021/quokka-marsupials/"
    for folder in (decided.settings.docs, decided.site):
        for path in folder.rglob("*"):
            text = path.read_bytes().decode("utf-8", "replace").lower() if path.is_file() else ""
            text = text.replace(left, "")
            assert [word for word in words if word in text] == [], path
    assert "The author asked for it" in (decided.site / left / "index.html").read_text("utf-8")


def test_an_old_address_leads_to_the_new_one_without_a_script(
    decided: mkdocs_build.Project,
) -> None:
    """By a page that search engines pass by, and by a line for servers."""
    page = LexborHTMLParser((decided.site / OLD / "index.html").read_text("utf-8"))

    def only(selector: str, attribute: str) -> str | None:
        (node,) = page.css(selector)
        return node.attributes[attribute]

    assert only("meta[http-equiv=refresh]", "content") == "0; url=../the-bridge/"
    assert only("body a", "href") == "../the-bridge/"
    assert only("link[rel=canonical]", "href") == "../the-bridge/"
    assert only("meta[name=robots]", "content") == "noindex"
    assert page.css("script") == []
    assert (decided.site / NEW / "index.html").is_file()
    assert f"/{OLD} /{NEW} 301\n" in (decided.site / "_redirects").read_text("utf-8")


def test_an_old_address_is_in_no_list(decided: mkdocs_build.Project) -> None:
    """Neither in the site map nor in the search index nor linked from any page."""
    own = {decided.site / name for name in (f"{OLD}index.html", "_redirects", "data/manifest.json")}
    files = [path for path in decided.site.rglob("*") if path.is_file() and path not in own]
    assert [path for path in files if b"bridge-reopens/" in path.read_bytes()] == []


def test_a_value_corrected_to_unknown_is_shown_nowhere(decided: mkdocs_build.Project) -> None:
    """Neither above the article nor in it; the line that said so is in the ledger."""
    page = (decided.site / "documents/2020/tower-closed/index.html").read_text("utf-8")
    ledger = (decided.site / "documents/2020/tower-closed/ledger.json").read_text("utf-8")
    assert "Tom Lee" not in page
    assert "By Tom Lee" in ledger


@pytest.mark.parametrize("file", ["_redirects", f"{OLD}index.html"])
def test_a_redirect_without_a_target_is_reported(decided: mkdocs_build.Project, file: str) -> None:
    """By the proof, in either form."""
    path = decided.site / file
    good = path.read_text("utf-8")
    path.write_text(good.replace("the-bridge", "no-bridge"), "utf-8")
    broken = check(decided.settings, decided.site).broken
    path.write_text(good, "utf-8")
    assert {(problem.code, problem.source) for problem in broken} == {("E025", file)}
    assert check(decided.settings, decided.site).broken == ()


@pytest.mark.parametrize(
    ("line", "is_broken"),
    [
        ("/old /blog/ 301", False),
        ("/old /shop/basket 302", False),
        ("/api/now /.netlify/functions/now 200", False),
        ("/old /people/ 301", False),
        ("/old / 301", False),
        ("/old /documents/no-such-page/ 301", True),
        ("/old /people/nobody 301", True),
        ("/old /about/nothing.pdf 301", True),
        ("/old /../documents/no-such-page/ 301", True),
        ("/old https://letters.museum/documents/no-such-page/ 301", False),
        ("/old /documents/:year/ 301", False),
    ],
)
def test_own_lines_may_lead_out_of_the_site(
    decided: mkdocs_build.Project, line: str, is_broken: bool
) -> None:
    """To what the host serves beside it; a missing page in a folder of the site is reported."""
    path = decided.site / "_redirects"
    good = path.read_text("utf-8")
    path.write_text(f"{good}{line}\n", "utf-8")
    broken = check(decided.settings, decided.site).broken
    path.write_text(good, "utf-8")
    assert [(problem.code, problem.source) for problem in broken] == [
        ("E025", "_redirects")
    ] * is_broken
    assert all(line in problem.message for problem in broken)


def test_addresses_change_on_a_site_that_is_a_folder_of_its_host(tmp_path: Path) -> None:
    """Redirects name the folder, and the proof knows it; lines to other sites are people's own."""
    project = published(tmp_path, {"a.txt": "The bridge\n\nIt is open.\n"})
    config = project.config_file.read_text("utf-8")
    moved = re.sub("(?m)^site_url: .*", "site_url: https://somebody.github.io/letters/", config)
    project.config_file.write_text(moved, "utf-8")
    table = tmp_path / "addresses.csv"
    line = table.read_text("utf-8").replace("undated/the-bridge/", "undated/a-bridge/", 1)
    table.write_text(line, "utf-8")
    project = mkdocs_build.load_project(project.config_file)
    generate(project.settings, RELEASED)
    publish(project)
    redirects = project.site / "_redirects"
    good = redirects.read_text("utf-8")
    assert "/letters/documents/undated/the-bridge/ /letters/documents/undated/a-bridge/ 301" in good
    redirects.write_bytes(f"{good}/old /blog/ 301\n".encode() + b"/caf\xe9 /coffee/ 301\n")
    assert check(project.settings, project.site).broken == ()
    redirects.write_text(f"{good}/old /letters/documents/nothing/ 301\n", "utf-8")
    (broken,) = check(project.settings, project.site).broken
    assert (broken.code, broken.source) == ("E025", "_redirects")
