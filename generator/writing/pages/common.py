"""What all pages share: front matter without empty values, lists of documents, counts."""

from __future__ import annotations

from collections.abc import Iterable

from generator.model import Corpus, Document, OutputFile, PagePath
from generator.writing import markup, urls
from generator.writing.dates import in_words
from generator.writing.markup import MetaValue


def page(path: PagePath, meta: dict[str, MetaValue], body: Iterable[str]) -> OutputFile:
    """Make a page of its front matter and its sections."""
    return OutputFile(path, markup.page(meta, "\n\n".join(body)))


def hub_meta(title: str, description: str, kind: str) -> dict[str, MetaValue]:
    """Give the front matter of a page that is no document."""
    meta: dict[str, MetaValue] = {
        "title": markup.html_safe(title),
        "description": markup.html_safe(description),
        "kind": kind,
        "hide": ["navigation", "toc"],
    }
    return known(meta)


def known(meta: dict[str, MetaValue]) -> dict[str, MetaValue]:
    """Leave out what is unknown: the contract has no empty values."""
    return {key: value for key, value in meta.items() if value not in ("", [])}


def listing(here: PagePath, documents: Iterable[Document], corpus: Corpus) -> list[str]:
    """A list of documents, each linked, with what identifies it beside another of its title."""
    return ["\n".join(f"- {entry(here, document, corpus)}" for document in documents)]


def year_of(document: Document) -> str:
    """Give the year of a document, or nothing."""
    return document.metadata.date.value[:4] if document.metadata.date else ""


def count_of(number: int, noun: str) -> str:
    """Write a number with its noun."""
    return f"{number:,} {noun}{'s' * (number != 1)}"


def entry(here: PagePath, document: Document, corpus: Corpus) -> str:
    """A document, linked, with what identifies it beside another of its title."""
    said = document.metadata
    target = urls.relative(here, urls.page_of(corpus.addresses[document.source]))
    facts = [in_words(said.date.value)] if said.date else []
    facts += [author.value for author in said.authors]
    behind = f" · {markup.text(' · '.join(facts))}" if facts else ""
    return f"{markup.link(said.title.value, target)}{behind}"


def turning(first: PagePath, number: int, pages: int) -> list[str]:
    """Links from a page of a list to the one before and the one behind it."""
    here = urls.further(first, number)
    near = ((number - 1, "Previous"), (number + 1, "Next"))
    links = [
        markup.link(f"{words} page", urls.relative(here, urls.further(first, at)))
        for at, words in near
        if 1 <= at <= pages
    ]
    return [f"Page {number} of {pages}: {' · '.join(links)}"] if pages > 1 else []
