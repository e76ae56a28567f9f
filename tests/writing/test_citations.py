"""Citations: what a program reads back is what the document says, whatever stands there."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from string import Formatter
from urllib.parse import parse_qsl
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given

from generator.model import Corpus, Found, PagePath
from generator.reading.study import study
from generator.words import divided
from generator.writing import citations, urls
from generator.writing.feeds import atom, signposts
from generator.writing.imprint import Imprint
from generator.writing.labels import THEME, labels_for, theme_labels
from tests.support import hostile_text, seed

IMPRINT = Imprint(name="A & <B> {C}", url="https://example.org/")


def cited(title: str, authors: tuple[str, ...] = (), date: str = "2021-06-28") -> citations.Work:
    """A record with these words in it."""
    return citations.Work(
        key="a-2021",
        genre="news",
        title=" ".join(title.split()),
        authors=tuple(map(divided, authors)),
        date=date,
        date_text="28 June 2021",
        publication="The Daily",
        language="en",
        url="https://example.org/a/",
        digest="0" * 64,
    )


def unescaped(bibtex: str) -> str:
    """Read BibTeX's escapes as LaTeX does."""
    named = {"textbraceleft": "{", "textbraceright": "}", "textbackslash": "\\"}
    named |= {"textasciitilde": "~", "textasciicircum": "^"}
    return re.sub(r"\\(?:(\w+)\{\}|(.))", lambda match: named.get(match[1]) or match[2], bibtex)


@given(hostile_text)
def test_bibtex_is_read_back_to_the_letter(title: str) -> None:
    """Its braces are in balance, and the title is the title."""
    work = cited(title)
    entry = citations.bibtex(work)
    assert entry.count("{") == entry.count("}")
    found = re.search(r"title = \{\{(.*)\}\},\n", entry)
    assert (unescaped(found[1]) if found else "") == work.title


@given(hostile_text)
def test_a_ris_record_has_a_field_a_line(title: str) -> None:
    """No title makes a field of its own."""
    lines = citations.ris(cited(title)).split("\r\n")
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines[:-1])
    assert [line[:2] for line in lines[:-1]].count("TY") == 1
    assert lines[-2:] == ["ER  - ", ""]


@given(hostile_text)
def test_csl_json_and_coins_say_the_title(title: str) -> None:
    """In JSON as it is, in the page percent-encoded and safe in an attribute."""
    work = cited(title)
    (item,) = json.loads(citations.csl_json(work))
    assert item.get("title", "") == work.title
    coins = citations.coins(work)
    assert not set('<>"') & set(coins)
    assert dict(parse_qsl(coins.replace("&amp;", "&"))).get("rft.title", "") == work.title


@pytest.mark.parametrize(
    ("edtf", "issued"),
    [
        ("2021-06-28", {"date-parts": [[2021, 6, 28]]}),
        ("1984~", {"date-parts": [[1984]], "circa": True}),
        ("2004-06/2006-08", {"date-parts": [[2004, 6], [2006, 8]]}),
    ],
)
def test_csl_knows_every_form_of_a_date(edtf: str, issued: dict[str, object]) -> None:
    """Also those that most formats do not."""
    (item,) = json.loads(citations.csl_json(cited("A title", date=edtf)))
    assert item["issued"] == issued


@given(hostile_text)
def test_a_feed_is_well_formed_whatever_it_says(words: str) -> None:
    """And has an entry for each of its documents."""
    said, _ = study(seed("A title\n\nBy Ana Ruiz\n3 May 2020\n\nThe mayor cut a ribbon."))
    assert said is not None
    metadata = replace(said.metadata, title=Found(words, "a test"), description=words)
    one = replace(said, metadata=metadata).record
    entry = (one, urls.document_address(one))
    root = ET.fromstring(atom(PagePath("feed.xml"), words, [entry], IMPRINT).data)  # noqa: S314
    assert len(root.findall("{http://www.w3.org/2005/Atom}entry")) == 1


def test_a_hidden_site_asks_everybody_to_stay_away() -> None:
    """In robots.txt, which search engines read first."""
    files = {
        file.path: file.data.decode()
        for file in signposts(Imprint(hidden=True), (), Corpus((), {}))
    }
    assert "Disallow: /\n" in files[PagePath("robots.txt")]
    assert "nosniff" in files[PagePath("_headers")]


@pytest.mark.parametrize("language", ["en", "es", "fr", "de", "pt"])
def test_every_language_has_every_label(language: str) -> None:
    """A label that is missing would be a page that cannot be made."""
    ours, english = labels_for(language), labels_for("en")
    assert ours.table.keys() == english.table.keys()
    assert ours.repairs.keys() == english.repairs.keys()
    assert ours.columns.keys() == english.columns.keys()
    assert ours.date("2021-06-28") != ours.date("2021-06")


def test_the_templates_and_scripts_say_what_the_tables_say() -> None:
    """`python tools/make_labels.py` was run."""
    from tools.make_labels import written

    for path, text in written().items():
        assert path.read_text("utf-8") == text


@pytest.mark.parametrize("part", THEME)
def test_what_the_theme_says_is_whole_in_every_language(part: str) -> None:
    """The same labels with the same places, and none that a template takes for a method."""
    tables = theme_labels(part)
    for labels in tables.values():
        assert list(labels) == list(tables["en"])
        assert not labels.keys() & set(dir(dict))
        for key, words in labels.items():
            assert places(words) == places(tables["en"][key])


def places(label: str | list[str]) -> list[set[str]]:
    """The places for values in each form of a label."""
    forms = [label] if isinstance(label, str) else label
    return [{name for _, name, _, _ in Formatter().parse(form) if name} for form in forms]
