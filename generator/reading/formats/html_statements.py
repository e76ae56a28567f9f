"""What a web page states about its article: JSON-LD, meta elements, the title of the window."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.model.readings import Statement, Trust

_ARTICLES = frozenset(
    """
    AdvertiserContentArticle AnalysisNewsArticle Article BackgroundNewsArticle BlogPosting
    LiveBlogPosting NewsArticle OpinionNewsArticle Report ReportageNewsArticle ReviewNewsArticle
    ScholarlyArticle SocialMediaPosting TechArticle
    """.split()
)
"""Types of schema.org for a text with a headline."""

_META = {
    "citation_title": "title",
    "dc.title": "title",
    "dcterms.title": "title",
    "citation_author": "authors",
    "dc.creator": "authors",
    "dcterms.creator": "authors",
    "author": "authors",
    "article:published_time": "date",
    "citation_publication_date": "date",
    "citation_date": "date",
    "dc.date": "date",
    "dcterms.issued": "date",
    "dcterms.date": "date",
    "date": "date",
    "citation_journal_title": "publication",
}
"""Names and properties of meta elements, and the field that each states."""

_NO_TITLE = re.compile(
    r"(?:untitled|new|unbenannt\w*|sans titre|sin t[ií]tulo)\b.*|document\d*|index\b.*"
    r"|home(?: ?page)?|page \d+|.*\.(?:html?|docx?|pdf)|.{0,3}",
    re.IGNORECASE,
)
"""Titles that programs give by themselves."""

_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_].*)?")

_OFFICE = ("LibreOffice", "OpenOffice", "Microsoft Word", "Microsoft Excel")
"""Programs that state as the author who typed the file."""

_MAX_JSON = 1_000_000
"""Characters of one block of JSON-LD; larger ones hold something else."""


def html_statements(tree: LexborHTMLParser, *, has_heading: bool) -> tuple[Statement, ...]:
    """Return the statements of a page; the first of a field counts.

    The title of the window counts without a confirmation if the article has no heading.
    """
    statements = [*_from_json(tree), *_from_meta(tree), *_from_language(tree)]
    title = tree.css_first("head title")
    if title is not None:
        words = " ".join((title.text() or "").split())
        trust: Trust = "confirmed" if has_heading or _NO_TITLE.fullmatch(words) else "stated"
        statements.append(Statement("title", words, "HTML title", trust))
    return tuple(_first_of_each_field(statement for statement in statements if statement.value))


def is_office_program(generator: str) -> bool:
    """Whether a page or a book was made by a program for texts and tables."""
    return generator.startswith(_OFFICE)


def _first_of_each_field(statements: Iterable[Statement]) -> Iterator[Statement]:
    places: dict[str, str] = {}
    for statement in statements:
        if places.setdefault(statement.field, statement.place) == statement.place:
            yield statement


def _from_json(tree: LexborHTMLParser) -> Iterator[Statement]:
    for script in tree.css('script[type="application/ld+json"]'):
        text = script.text() or ""
        try:
            data = json.loads(text) if len(text) <= _MAX_JSON else None
        except (ValueError, RecursionError):
            continue
        article = next((node for node in _objects(data) if _is_article(node)), None)
        if article is not None:
            yield from _from_article(article)
            return


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects at the top of JSON-LD, and those of its graph."""
    items = data if isinstance(data, list) else [data]
    for item in items:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            yield from (node for node in graph or () if isinstance(node, dict))


def _is_article(node: dict[str, Any]) -> bool:
    types = node.get("@type")
    names = types if isinstance(types, list) else [types]
    return any(isinstance(name, str) and name in _ARTICLES for name in names)


def _from_article(article: dict[str, Any]) -> Iterator[Statement]:
    fields = {
        "headline": "title",
        "author": "authors",
        "datePublished": "date",
        "publisher": "publication",
        "articleSection": "section",
    }
    for key, field in fields.items():
        for words in _names(article.get(key)):
            value = words[:10] if field == "date" else words
            yield Statement(field, value, f"JSON-LD {key}")


def _names(value: Any) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        name = item.get("name") if isinstance(item, dict) else item
        if isinstance(name, str) and len(name) <= 1_000:
            yield " ".join(name.split())


def _from_language(tree: LexborHTMLParser) -> Iterator[Statement]:
    """Yield the language of the page, which templates often state wrongly."""
    root = tree.css_first("html")
    match = _LANGUAGE.fullmatch((root.attributes.get("lang") or "") if root is not None else "")
    if match:
        yield Statement("language", match[1].lower(), "HTML lang", "fallback")


def _from_meta(tree: LexborHTMLParser) -> Iterator[Statement]:
    stated = [_meta(element) for element in tree.css("meta")]
    is_office = any(meta.name == "generator" and is_office_program(meta.words) for meta in stated)
    for name, field in _META.items():
        trust: Trust = "fallback" if is_office and name == "author" else "stated"
        for meta in stated:
            if meta.name == name:
                value = meta.words[:10] if field == "date" else meta.words
                yield Statement(field, value, f"HTML meta {name}", trust)


class _Meta(msgspec.Struct, frozen=True):
    """A meta element: its name or property, and what it says."""

    name: str
    words: str


def _meta(element: LexborNode) -> _Meta:
    attributes = element.attributes
    name = attributes.get("name") or attributes.get("property") or ""
    return _Meta(name.lower(), " ".join((attributes.get("content") or "").split())[:1_000])
