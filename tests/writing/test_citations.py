"""Citations: programs read back exactly the words of the document."""

from __future__ import annotations

import html
import json
import re
from string import Formatter
from urllib.parse import parse_qsl
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from msgspec import structs
from msgspec.structs import replace

from generator.model import (
    Address,
    Document,
    DocumentRecord,
    Extracted,
    OutputFile,
    PagePath,
)
from generator.reading.read import read_document
from generator.text.person_names import split_name
from generator.writing import citations, date_forms
from generator.writing.addresses import urls
from generator.writing.addresses.redirects import redirect_pages
from generator.writing.document_refs import FeedEntry, document_ref
from generator.writing.feeds import atom
from generator.writing.labels import THEME_PARTS, labels_for, theme_labels
from generator.writing.markup import time
from generator.writing.site_files import site_files
from generator.writing.site_info import SiteInfo
from tests.support import Case, cases, hostile_text, seed

IMPRINT = SiteInfo(name="A & <B> {C}", url="https://example.org/")


def cited(
    title: str, authors: tuple[str, ...] = (), date: str = "2021-06-28"
) -> citations.CitedWork:
    """Return a cited work with these words."""
    return citations.CitedWork(
        key="a-2021",
        genre="news",
        title=" ".join(title.split()),
        authors=tuple(map(split_name, authors)),
        date=date,
        date_text="28 June 2021",
        publication="The Daily",
        language="en",
        url="https://example.org/a/",
        digest="0" * 64,
    )


def unescaped(bibtex: str) -> str:
    """Resolve BibTeX's escapes as LaTeX does."""
    named = {"textbraceleft": "{", "textbraceright": "}", "textbackslash": "\\"}
    named |= {"textasciitilde": "~", "textasciicircum": "^"}
    return re.sub(r"\\(?:(\w+)\{\}|(.))", lambda match: named.get(match[1]) or match[2], bibtex)


@given(hostile_text)
def test_bibtex_is_read_back_unchanged(title: str) -> None:
    """Its braces are balanced, and the title is complete."""
    work = cited(title)
    entry = citations.bibtex(work)
    assert entry.count("{") == entry.count("}")
    match = re.search(r"title = \{\{(.*)\}\},\n", entry)
    assert (unescaped(match[1]) if match else "") == work.title


@pytest.mark.parametrize(
    ("language", "title", "words"),
    [
        ("en", "The bridge", "“The bridge.”"),
        ("en", "Why?", "“Why?”"),
        ("de", "Die Brücke", "„Die Brücke“."),
        ("es", "¿Por qué?", "«¿Por qué?»."),
        ("fr", "Le pont {word}", "«\u202fLe pont {word}\u202f»."),
    ],
)
def test_a_citation_quotes_the_title_as_the_sites_language_does(
    language: str, title: str, words: str
) -> None:
    """Its marks, and the full stop inside them or after them."""
    quoted = labels_for(language)("quoted")
    work = replace(cited(title), quoted=quoted)
    space = quoted[1] if language == "fr" else ""
    assert words.replace("\u202f", space) in citations.citation_text(work)


def test_parts_of_a_citation_run_in_their_own_direction() -> None:
    """If some run from right to left; the words are those of the text."""
    work = replace(cited("رسالة <b>"), publication="The Tide", date_text="3 May 1983")
    isolated = citations.citation_html(work)
    assert "“<bdi>رسالة &lt;b&gt;.</bdi>” <bdi>The Tide</bdi>, <bdi>3 May 1983</bdi>." in isolated
    assert html.unescape(re.sub("</?bdi>", "", isolated)) == citations.citation_text(work)
    assert "<" not in citations.citation_html(replace(work, title="A letter <b>"))


@given(hostile_text)
def test_a_ris_record_has_one_field_in_each_line(title: str) -> None:
    """No title adds a field."""
    lines = citations.ris(cited(title)).split("\r\n")
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines[:-1])
    assert [line[:2] for line in lines[:-1]].count("TY") == 1
    assert lines[-2:] == ["ER  - ", ""]


@given(hostile_text)
def test_csl_json_and_coins_have_the_title(title: str) -> None:
    """Unchanged in JSON; percent-encoded and safe in an attribute in the page."""
    work = cited(title)
    (item,) = json.loads(citations.csl_json(work))
    assert item.get("title", "") == work.title
    coins = citations.openurl_coins(work)
    assert not set('<>"') & set(coins)
    assert dict(parse_qsl(coins.replace("&amp;", "&"))).get("rft.title", "") == work.title


@cases("date_forms")
def test_a_date_has_the_form_of_each_standard(case: Case) -> None:
    """What a format cannot express is left out, and a known year is in all of them."""
    work = cited("A title", date=case.given)
    bibtex = dict(re.findall(r"(\w+) = \{(.*)\},", citations.bibtex(work)))
    ris = dict(re.findall(r"(\w\w)  - (.*)\r\n", citations.ris(work)))
    (item,) = json.loads(citations.csl_json(work))
    coins = dict(parse_qsl(citations.openurl_coins(work).replace("&amp;", "&")))
    assert case.expect == {
        "biblatex": [bibtex.get("year"), bibtex.get("date")],
        "ris": [ris.get("PY"), ris.get("DA")],
        "csl": item.get("issued"),
        "coins": coins.get("rft.date"),
        "iso": date_forms.iso(case.given) or None,
        "html": "datetime" in time(case.given, "then"),
    }


@pytest.mark.parametrize(
    ("name", "bibtex", "ris", "csl"),
    [
        ("O'Brien, Pat", "{O'Brien}, {Pat}", "O'Brien, Pat", {"family": "O'Brien", "given": "Pat"}),
        (
            "Robert Downey, Jr.",
            "{Downey}, {Jr.}, {Robert}",
            "Downey, Robert, Jr.",
            {"family": "Downey", "given": "Robert", "suffix": "Jr."},
        ),
        ("Plato", "{Plato}", "Plato", {"literal": "Plato"}),
        (
            "Department of Health, Education and Welfare",
            "{Department of Health, Education and Welfare}",
            "Department of Health Education and Welfare",
            {"literal": "Department of Health, Education and Welfare"},
        ),
    ],
)
def test_every_format_has_the_same_parts_of_a_name(
    name: str, bibtex: str, ris: str, csl: dict[str, str]
) -> None:
    """None divides the name of an organization."""
    work = cited("A title", (name,))
    assert f"  author = {{{bibtex}}},\n" in citations.bibtex(work)
    assert f"AU  - {ris}\r\n" in citations.ris(work)
    assert json.loads(citations.csl_json(work))[0]["author"] == [csl]


def ids(feed: OutputFile) -> list[str]:
    """Return the ids in a feed, its own first."""
    return re.findall(r"<id>(.*?)</id>", feed.data.decode())


def in_feed(document: DocumentRecord, address: Address) -> FeedEntry:
    """Return the feed entry of a document that has had one address."""
    words = document.metadata.description
    return FeedEntry(document_ref(document, address), words, address, "2026-05-12")


def test_the_ids_in_a_feed_are_its_sites_own() -> None:
    """Also for two sites with the same address or name; and they stay when the site moves."""
    read, _ = read_document(seed("A title\n\nBy Ana Ruiz\n3 May 2020\n\nThe mayor cut a ribbon."))
    assert read is not None
    entry = in_feed(read.record, urls.document_address(read))

    def of(**site: str) -> list[str]:
        return ids(atom(PagePath("feed.xml"), "A", [entry], SiteInfo(**site)))  # type: ignore[arg-type]

    sites = [
        of(name="A", url="https://a.museum/"),
        of(name="A", url="https://b.museum/"),
        of(name="B", url="https://b.museum/"),
        of(name="A", url="https://a.museum/", site_id="one"),
        of(name="A", url="https://a.museum/", site_id="two"),
    ]
    assert len({identity for site in sites for identity in site}) == 2 * len(sites)
    assert of(name="C", url="https://c.museum/", site_id="two") == sites[-1]


def test_the_id_of_an_entry_stays_when_its_document_gets_another_address() -> None:
    """It is formed from the address at which the document was first published."""
    read, _ = read_document(seed("A title\n\n3 May 2020\n\nThe mayor cut a ribbon."))
    assert read is not None
    before = urls.document_address(read)
    path, moved = PagePath("feed.xml"), Address("documents/2020/elsewhere/")
    entry = in_feed(read.record, before)
    first = atom(path, "A", [entry], IMPRINT)
    entry = entry._replace(document=document_ref(read.record, moved))
    then = atom(path, "A", [entry], IMPRINT)
    assert ids(first) == ids(then)
    assert moved in then.data.decode()


def test_hosts_declare_the_encoding_of_texts() -> None:
    """Not if one of the texts is not UTF-8; their bytes are never changed."""
    read, _ = read_document(seed("A title\n\nThe mayor cut a ribbon."))
    old, _ = read_document(
        seed("Título\n\nLa reunión fue en Córdoba, según la tradición.".encode("cp1252"))
    )
    assert read is not None
    assert old is not None
    assert old.encoding == "cp1252"
    header = "Content-Type: text/plain; charset=utf-8\n"
    assert f"\n/*.txt\n  {header}" in headers(read)
    assert f"\n/*/text.txt\n  {header}" in headers(read, old)
    assert "/*.txt" not in headers(read, old)


def headers(*documents: Document) -> str:
    """Return the headers for a site of these documents."""
    encodings = [document.encoding for document in documents]
    files = {file.path: file.data.decode() for file in site_files(IMPRINT, (), encodings)}
    return files[PagePath("_headers")]


@pytest.mark.parametrize(
    ("name", "begins"), [("Letters", b"# Letters"), ("Lettres d'été", b"\xef\xbb\xbf# Lettres")]
)
def test_a_text_beyond_ascii_begins_with_a_byte_order_mark(name: str, begins: bytes) -> None:
    """Browsers recognize UTF-8 by it if the host declares nothing; ASCII needs none."""
    files = {file.path: file.data for file in site_files(SiteInfo(name=name), (), ())}
    assert files[PagePath("llms.txt")].startswith(begins)
    assert files[PagePath("robots.txt")].isascii()


@pytest.mark.parametrize(
    ("site", "line"),
    [
        ("", "/documents/a/ /documents/b/ 301"),
        ("https://a.museum/", "/documents/a/ /documents/b/ 301"),
        ("https://a.museum/letters/", "/letters/documents/a/ /letters/documents/b/ 301"),
        ("https://a.museum/my%20é/", "/my%20%C3%A9/documents/a/ /my%20%C3%A9/documents/b/ 301"),
        ("https://a.museum/my é/", "/my%20%C3%A9/documents/a/ /my%20%C3%A9/documents/b/ 301"),
    ],
)
def test_redirects_are_in_the_common_dialect_of_hosts(site: str, line: str) -> None:
    """Two paths of the host and a plain status; no path contains a space."""
    moved = {Address("documents/a/"): Address("documents/b/")}
    *_, table = redirect_pages(moved, SiteInfo(url=site).base_path)
    assert table.data.decode().splitlines()[1:] == [line]


@given(hostile_text)
def test_a_feed_is_well_formed_for_any_words(words: str) -> None:
    """It has an entry for each of its documents."""
    read, _ = read_document(seed("A title\n\nBy Ana Ruiz\n3 May 2020\n\nThe mayor cut a ribbon."))
    assert read is not None
    metadata = structs.replace(read.metadata, title=Extracted(words, "a test"), description=words)
    document = structs.replace(read, metadata=metadata).record
    entry = in_feed(document, urls.document_address(document))
    root = ET.fromstring(atom(PagePath("feed.xml"), words, [entry], IMPRINT).data)  # noqa: S314
    assert len(root.findall("{http://www.w3.org/2005/Atom}entry")) == 1


def test_a_hidden_site_excludes_all_robots() -> None:
    """In robots.txt, which search engines read first."""
    files = {file.path: file.data.decode() for file in site_files(SiteInfo(hidden=True), (), ())}
    assert "Disallow: /\n" in files[PagePath("robots.txt")]
    assert "nosniff" in files[PagePath("_headers")]


@pytest.mark.parametrize("language", ["en", "es", "fr", "de", "pt"])
def test_every_language_has_every_label(language: str) -> None:
    """A page with a missing label could not be written."""
    ours, english = labels_for(language), labels_for("en")
    assert ours.table.keys() == english.table.keys()
    assert ours.repairs.keys() == english.repairs.keys()
    assert ours.columns.keys() == english.columns.keys()
    assert ours.date("2021-06-28") != ours.date("2021-06")


def test_the_theme_has_the_labels_of_the_tables() -> None:
    """`python tools/make_labels.py` was run."""
    from tools.make_labels import written

    for path, text in written().items():
        assert path.read_text("utf-8") == text


@pytest.mark.parametrize("part", THEME_PARTS)
def test_the_labels_of_the_theme_are_complete_in_every_language(part: str) -> None:
    """The same labels with the same fields, and none that a template takes for a method."""
    tables = theme_labels(part)
    for labels in tables.values():
        assert list(labels) == list(tables["en"])
        assert not labels.keys() & set(dir(dict))
        for key, words in labels.items():
            assert fields(words) == fields(tables["en"][key])


def fields(label: str | list[str]) -> list[set[str]]:
    """Return the fields in each form of a label."""
    forms = [label] if isinstance(label, str) else label
    return [{name for _, name, _, _ in Formatter().parse(form) if name} for form in forms]
