"""The authors: who they are, and what each of them wrote."""

from __future__ import annotations

from generator.model import Address, Author, Corpus, OutputFile
from generator.writing import markup, urls
from generator.writing.imprint import Imprint
from generator.writing.mentions import person_of
from generator.writing.pages.common import hub_meta, listing, page


def author_page(author: Author, corpus: Corpus, imprint: Imprint) -> OutputFile:
    """Make the page of an author, newest document first."""
    path = urls.page_of(author.address)
    labels = imprint.labels
    documents = [corpus.by_source[source] for source in author.documents]
    counted = labels.count(len(documents), "document")
    meta = hub_meta(author.name, labels("by_author", documents=counted, name=author.name), "entity")
    person = person_of(author, corpus)
    target = urls.relative(path, urls.page_of(Address(f"{person.id}/"))) if person else ""
    about = [markup.link(labels("documents_about", name=author.name), target)] if person else []
    return page(path, meta, [*about, *listing(path, reversed(documents), corpus, labels)])


def authors_page(corpus: Corpus, imprint: Imprint) -> OutputFile:
    """Make the list of all authors, from A to Z."""
    labels = imprint.labels
    meta = hub_meta(labels("authors"), labels("authors_about"), "index")
    if not corpus.authors:
        return page(urls.AUTHORS, meta, [labels("authors_none")])
    lines = (
        f"- {markup.link(author.name, urls.relative(urls.AUTHORS, urls.page_of(author.address)))}"
        f" {markup.span('sb-meta', labels.count(len(author.documents), 'document'))}"
        for author in corpus.authors
    )
    return page(urls.AUTHORS, meta, ["\n".join(lines)])
