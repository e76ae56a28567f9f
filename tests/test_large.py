"""A large archive in a reader's hands: no page is heavy, and nothing is far, without a script."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.checking.built_page import resolve_link
from tests.support import published

_DOCUMENTS = 3_000
_LARGEST = 200_000
"""Bytes of HTML that a page may have."""
_CLICKS = 4

GIVEN = "Ana Tom Eva Max Lea Jan Ida Leo Mia Ben Zoe Sam Amy Dan Kim Joe Sue Ray Fay Roy".split()
FAMILY = "Ruiz Lee Kane Orr Weber Grant Miller Ortega Novak Stone Brook Marsh Frost Hale".split()


def texts(documents: int) -> Iterator[str]:
    """Short reports of one year, in each of which everybody knows the same three people."""
    chance = random.Random(documents)
    for number in range(documents):
        people = [f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}" for _ in range(3)]
        date = f"{chance.randint(1, 28)} {chance.choice(['March', 'May', 'July'])} 1984"
        known = " ".join(
            f"{name} went to Lima on Monday, and nobody asked why the bridge was closed."
            for name in (*people, "President Jane Miller", "Paul Ortega", "Anna Weber")
        )
        yield f"Report number {number}\n\nBy Ana Ruiz\n{date}\n\n{known}\n"


def links(site: Path, name: str) -> Iterator[str]:
    """Yield the pages of the site that a page leads to by links that need no script."""
    page = LexborHTMLParser((site / name).read_text("utf-8"))
    for link in page.css("a[href]"):
        path = resolve_link(name, str(link.attributes["href"]).partition("#")[0])
        if path is not None:
            yield path if path.endswith(".html") else f"{path}/index.html".lstrip("/")


def clicks(site: Path) -> dict[str, int]:
    """How many clicks away from the front page each page is."""
    away, front = {"index.html": 0}, ["index.html"]
    while front:
        further = [link for name in front for link in links(site, name)]
        index = away[front[0]] + 1
        front = [name for name in dict.fromkeys(further) if name not in away]
        front = [name for name in front if (site / name).is_file() and name.endswith(".html")]
        away |= dict.fromkeys(front, index)
    return away


@pytest.mark.slow
def test_no_page_is_heavy_and_every_page_is_four_clicks_away(tmp_path: Path) -> None:
    """Three thousand documents, all of one year and by one author, who name the same people."""
    seeds: dict[str, str | bytes] = {
        f"{number:04}.txt": text for number, text in enumerate(texts(_DOCUMENTS))
    }
    project = published(tmp_path, seeds)
    pages = {path.relative_to(project.site).as_posix() for path in project.site.rglob("*.html")}
    assert len(pages) > _DOCUMENTS
    heavy = {name: (project.site / name).stat().st_size for name in pages}
    assert {name: size for name, size in heavy.items() if size > _LARGEST} == {}
    away = clicks(project.site)
    assert pages - away.keys() == {
        "404.html",
        "authors/ana-ruiz/index.html",  # leads on to the person
        "collections/index.html",  # says that there are none
    }
    assert max(away.values()) <= _CLICKS
