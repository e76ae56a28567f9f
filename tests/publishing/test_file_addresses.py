"""`use_directory_urls: false`: no link anywhere names a folder."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
import yaml

from generator.checking.check import check
from generator.model import SeedbedError
from generator.pipeline.generate import generate
from generator.publishing import mkdocs_build
from generator.publishing.publish import publish
from tests.search.search_reader import Reader
from tests.support import make_project

HOME = "https://example.org/"
SEEDS: dict[str, str | bytes] = {
    f"{name}.txt": (
        f"The {name} of {year}\n\nBy Ana Ruiz\n3 May {year}\n\nThe {name} in Lima was closed, said"
        f" Tom Lee. Ana Ruiz and Eva Novak met Tom Lee of the Harbour Board in Lima.\n"
    )
    for year, name in enumerate(("bridge", "ferry", "harbour", "tower"), 1981)
}


class Links(HTMLParser):
    """Every address in a page, found by another parser than the proof's."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = re.findall(r"https://example\.org/[^\s\"'&<]*", html)
        self.feed(html)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take whatever leads or loads."""
        for name, value in attrs:
            if name in {"href", "src", "action", "xlink:href"} and value:
                self.found.append(value)
            if name == "content" and value and "url=" in value:
                self.found.append(value.partition("url=")[2])


def flat(folder: Path, **settings: object) -> Path:
    """Return a project whose site has no addresses of folders; its mkdocs.yml is given."""
    config_file = make_project(folder, SEEDS)
    config = yaml.safe_load(config_file.read_text("utf-8"))
    config |= {"use_directory_urls": False, **settings}
    config["extra"]["seedbed"]["hubs"] = ["places", "people"]
    config_file.write_text(yaml.safe_dump(config), "utf-8")
    return config_file


def made(config_file: Path) -> mkdocs_build.Project:
    """Return the project, generated and published."""
    project = mkdocs_build.load_project(config_file)
    generate(project.settings)
    publish(project)
    return project


def addresses(built: Path) -> Iterator[tuple[str, str]]:
    """Every address in a site, each with the file in which it stands."""
    for path in built.rglob("*"):
        name = path.relative_to(built).as_posix()
        if path.suffix == ".html":
            yield from ((name, link) for link in Links(path.read_text("utf-8")).found)
        elif path.suffix in {".xml", ".bib", ".ris", ".json"} or path.name == "llms.txt":
            links = re.findall(r"https://example\.org/[^\s\"'<)}]*", path.read_text("utf-8"))
            yield from ((name, link) for link in links)
    for table in ("documents.csv", "entities.csv"):
        with (built / "data" / table).open(encoding="utf-8-sig", newline="") as file:
            yield from (("index.html", row["address"]) for row in csv.DictReader(file))
    for line in (built / "data/documents.jsonl").read_text("utf-8").splitlines():
        yield "index.html", json.loads(line)["address"]
    files = {path.relative_to(built).as_posix(): path for path in built.glob("search/**/*.bin")}
    index = Reader({name: path.read_bytes() for name, path in files.items()})
    yield from (("index.html", line[0]) for line in index.lines())
    for line in (built / "_redirects").read_text("utf-8").splitlines()[1:]:
        yield "index.html", line.split()[1]


def to_folders(built: Path) -> list[tuple[str, str]]:
    """Return the addresses that name no file of the site."""
    lost = []
    for name, link in addresses(built):
        meant = urljoin(f"{HOME}{name}", link)
        path = unquote(urlsplit(meant).path).lstrip("/")
        if meant.startswith(HOME) and link not in {"", HOME} and not (built / path).is_file():
            lost.append((name, link))
    return lost


def test_every_link_names_a_file(tmp_path: Path) -> None:
    """In pages, feeds, citations, data, the index of the search, redirects and the site map."""
    config_file = flat(tmp_path)
    before, now = "documents/old/bridge/", "documents/1981/the-bridge-of-1981/"
    row = f"bridge.txt,{now},{before} {now},{'0' * 64}\n"
    (tmp_path / "addresses.csv").write_text(f"seed,address,published,sha256\n{row}", "utf-8")
    project = made(config_file)
    assert to_folders(project.site) == []
    assert len([*addresses(project.site)]) > 500
    links = [link for _, link in addresses(project.site)]
    assert f"{now}index.html" in links
    assert "about.html" in links
    home = (project.site / "index.html").read_text("utf-8")
    tabs = re.findall(r'class="md-tabs__link"[^>]*>([^<]*)', home)
    assert tabs == ["Home", "Timeline", "Places", "People", "Search", "Data", "About"]


def test_the_check_reports_a_link_to_a_folder(tmp_path: Path) -> None:
    """Where a server shows the page of a folder, the same link is right."""
    project = made(flat(tmp_path))
    page = project.site / "about.html"
    page.write_text(page.read_text("utf-8").replace("</article>", '<a href="people/">x</a>'))
    (broken,) = check(project.settings, project.site).broken
    assert (broken.code, broken.source) == ("E025", "about.html")
    assert "leads to a folder" in broken.message


def test_a_plugin_that_turns_directory_urls_off_is_reported(tmp_path: Path) -> None:
    """Material's own does so silently, and is known; of another the remedy is told."""
    config_file = flat(tmp_path, use_directory_urls=True, plugins=["offline", "seedbed"])
    assert not mkdocs_build.load_project(config_file).settings.site.directory_urls
    other = flat(tmp_path / "other", use_directory_urls=True, hooks=["hook.py"])
    hook = "def on_config(config): config.use_directory_urls = False\n"
    (tmp_path / "other/hook.py").write_text(hook)
    project = mkdocs_build.load_project(other)
    generate(project.settings)
    with pytest.raises(SeedbedError, match=r"changes `use_directory_urls`.*in mkdocs.yml"):
        publish(project)
