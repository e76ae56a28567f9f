"""What Zotero makes of a page, by the rules of its two translators that read such pages.

Zotero itself cannot run here. `COinS` comes first (priority 300): it reads the span of class
Z3988, whose Dublin Core says the item's type under `rft.type`. `Embedded Metadata` (priority 400)
hands `z:` and `DC.` to its RDF reader, in which `z:itemType` wins over every guess. Both rules
were read in the translators' published source.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.pipeline.generate import generate
from generator.publishing import mkdocs_build
from generator.publishing.publish import publish
from tests.support import THE_SEED, make_project

TYPES = {"document", "newspaperArticle", "webpage"}
"""Some of the types of items that Zotero knows."""


@dataclass
class Item:
    """What lands in a library."""

    kind: str = ""
    title: str = ""
    date: str = ""
    url: str = ""
    source: str = ""
    authors: tuple[tuple[str, str], ...] = ()
    """Family and given name."""


def clean_author(name: str) -> tuple[str, str]:
    """Zotero's own division of a name that comes whole: at its comma, or its last space."""
    if "," in name:
        family, _, given = name.partition(",")
        return family.strip(), given.strip()
    given, _, family = name.rpartition(" ")
    return family, given


def by_coins(page: LexborHTMLParser) -> Item:
    """`parseContextObject`, for the one format that our pages use."""
    (span,) = page.css("span.Z3988[title]")
    item, simple, divided = Item(), [], {}
    for part in str(span.attributes["title"]).split("&"):
        key, _, value = part.partition("=")
        words = unquote(value.replace("+", " "))
        if key == "rft_val_fmt":
            assert words == "info:ofi/fmt:kev:mtx:dc"
            item.kind = "webpage"
        elif key == "rft.type" and words in TYPES:
            item.kind = words
        elif key in {"rft.aulast", "rft.aufirst"}:
            divided[key] = words
        elif key == "rft.au":
            simple.append(clean_author(words))
        elif key == "rft.identifier" and words.startswith("https://"):
            item.url = words
        fields = {"rft.title": "title", "rft.date": "date", "rft.source": "source"}
        if key in fields:
            setattr(item, fields[key], words)
    first = [(divided["rft.aulast"], divided["rft.aufirst"])] if divided else []
    item.authors = (*first, *simple)
    return item


def by_embedded_metadata(page: LexborHTMLParser) -> Item:
    """Return the RDF reader, with what the head of a page tells it."""

    def contents(name: str) -> list[str]:
        nodes = page.css(f"head meta[name='{name}']")
        return [str(node.attributes["content"]) for node in nodes]

    (kind,), (title,), (date,) = map(contents, ("z:itemType", "DC.title", "DC.date"))
    assert kind in TYPES
    return Item(kind, title, date, authors=tuple(map(clean_author, contents("DC.creator"))))


def page_of(folder: Path, seed: str | bytes, genre: str) -> LexborHTMLParser:
    """Return the built page of a document, in a project of a genre."""
    config = make_project(folder, {"a.txt": seed})
    text = config.read_text("utf-8").replace("seeds: seeds", f"seeds: seeds\n    genre: {genre}")
    config.write_text(text, "utf-8")
    project = mkdocs_build.load_project(config)
    generate(project.settings)
    publish(project)
    (path,) = project.site.glob("documents/*/*/index.html")
    return LexborHTMLParser(path.read_text("utf-8"))


@pytest.mark.parametrize(
    ("genre", "kind"), [("document", "document"), ("news", "newspaperArticle")]
)
def test_zotero_gets_type_title_author_and_date(tmp_path: Path, genre: str, kind: str) -> None:
    """By either translator, and nothing that a reader would have to mend."""
    page = page_of(tmp_path, THE_SEED.read_bytes(), genre)
    title = (
        "Protests and coup threats as Peru enters fourth week"
        " without certification of presidential vote"
    )
    (link,) = page.css("link[rel=canonical]")
    assert by_coins(page) == Item(
        kind,
        title,
        "2021-06-28",
        str(link.attributes["href"]),
        "Test archive",
        (("Van Auken", "Bill"),),
    )
    head = by_embedded_metadata(page)
    assert (head.kind, head.title, head.date) == (kind, title, "2021-06-28")
    assert head.authors == (("Van Auken", "Bill"),)


def test_zotero_gets_every_author_and_unescaped_characters(tmp_path: Path) -> None:
    """In their order, whatever means something in an address or in HTML."""
    seed = 'Bread & "roses" = 100% <more>\n\nBy Ana Ruiz and Tom Lee\n3 May 2020\n\nThe mayor came.'
    page = page_of(tmp_path, seed, "news")
    for item in (by_coins(page), by_embedded_metadata(page)):
        assert item.title == 'Bread & "roses" = 100% <more>'
        assert item.authors == (("Ruiz", "Ana"), ("Lee", "Tom"))
        assert item.date == "2020-05-03"


def test_an_inexact_date_is_in_no_format_that_needs_an_exact_one(tmp_path: Path) -> None:
    """But its year is in those that want no more; and the parts of a name are the same in all."""
    front = """---
title: A letter
authors: ["O'Brien, Pat"]
date: 1848~
---
The mayor came."""
    page = page_of(tmp_path, front, "news")
    (written,) = page.css("script[type='application/ld+json']")
    known = json.loads(written.text())
    assert known["datePublished"] == "1848"
    who = {"@type": "Person", "name": "Pat O'Brien", "familyName": "O'Brien", "givenName": "Pat"}
    assert known["author"] == [who]
    assert page.css("time, meta[property='article:published_time']") == []
    (byline,) = page.css(".sb-byline")
    assert "1848" in byline.text()
    assert (by_coins(page).date, by_embedded_metadata(page).date) == ("1848", "1848~")
    assert by_coins(page).authors == by_embedded_metadata(page).authors == (("O'Brien", "Pat"),)
    assert (tmp_path / "site/.nojekyll").is_file()
