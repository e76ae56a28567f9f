"""The authors: who they are, and what each of them wrote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.model import Author, Corpus, OutputFile, PagePath, Record
from generator.writing import markup, urls
from generator.writing.imprint import Imprint
from generator.writing.labels import Labels
from generator.writing.pages.common import hub_meta, known, listing, page, undated
from generator.writing.pages.leaves import chunked, leaves
from generator.writing.parts import person_of

_DOCUMENTS = 300
"""Documents on one page of an author, and names on one page of all authors: about 100 kB."""
_AUTHORS = 1_000


def author_pages(author: Author, corpus: Corpus, imprint: Imprint) -> Iterator[OutputFile]:
    """Make the pages of an author, newest document first."""
    labels = imprint.labels
    written = [corpus.by_source[source] for source in reversed(author.documents)]
    documents = sorted(written, key=undated)
    counted = labels.count(len(documents), "document")
    described = labels("by_author", documents=counted, name=author.name)
    for leaf in leaves(urls.page_of(author.address), chunked(documents, _DOCUMENTS)):
        meta = hub_meta(leaf.titled(author.name, labels), described, "entity")
        meta["feed"] = leaf.number == 1
        others = [_of_others(document, author, corpus) for document in leaf.items]
        body = [markup.line(described), *_about(author, leaf.here, corpus, labels)]
        body += listing(leaf.here, others, corpus, labels)
        yield page(leaf.here, known(meta), body + leaf.turning(labels))


def authors_pages(corpus: Corpus, imprint: Imprint) -> Iterator[OutputFile]:
    """Make the list of all authors, from A to Z."""
    labels = imprint.labels
    for leaf in leaves(urls.AUTHORS, chunked(corpus.authors, _AUTHORS)):
        lines = [_line(author, leaf.here, labels) for author in leaf.items]
        meta = hub_meta(leaf.titled(labels("authors"), labels), labels("authors_about"), "index")
        meta |= {"summary": labels.count(len(corpus.authors), "author_n")} if lines else {}
        body = ["\n".join(lines) or labels("authors_none")]
        yield page(leaf.here, meta, body + leaf.turning(labels))


def _of_others(document: Record, author: Author, corpus: Corpus) -> Record:
    """A document as the page of one of its authors lists it: with the names of the others only."""
    said = document.metadata
    others = [one for one in said.authors if corpus.author_pages[one.value] != author.address]
    return replace(document, metadata=replace(said, authors=tuple(others)))


def _about(author: Author, here: PagePath, corpus: Corpus, labels: Labels) -> list[str]:
    """The way to what is said of an author, where documents name them too."""
    person = person_of(author, corpus)
    if person is None:
        return []
    target = urls.relative(here, urls.entity_page(person.id))
    return [markup.link(labels("documents_about", name=author.name), target)]


def _line(author: Author, here: PagePath, labels: Labels) -> str:
    target = urls.relative(here, urls.page_of(author.address))
    count = markup.span("sb-meta", labels.count(len(author.documents), "document"))
    return f"- {markup.link(author.name, target)} {count}"
