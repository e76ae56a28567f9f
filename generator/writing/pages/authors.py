"""The authors: who they are, and what each of them wrote."""

from __future__ import annotations

from generator.model import Address, Author, Corpus, OutputFile
from generator.writing import markup, urls
from generator.writing.mentions import person_of
from generator.writing.pages.common import count_of, hub_meta, listing, page


def author_page(author: Author, corpus: Corpus) -> OutputFile:
    """Make the page of an author, newest document first."""
    path = urls.page_of(author.address)
    documents = [corpus.by_source[source] for source in author.documents]
    meta = hub_meta(
        author.name, f"{count_of(len(documents), 'document')} by {author.name}.", "entity"
    )
    person = person_of(author, corpus)
    target = urls.relative(path, urls.page_of(Address(f"{person.id}/"))) if person else ""
    about = [markup.link(f"Documents about {author.name}", target)] if person else []
    return page(path, meta, [*about, *listing(path, reversed(documents), corpus)])


def authors_page(corpus: Corpus) -> OutputFile:
    """Make the list of all authors, from A to Z."""
    meta = hub_meta("Authors", "Everyone whose byline stands over a document.", "index")
    if not corpus.authors:
        return page(urls.AUTHORS, meta, ["No document of this corpus names its author."])
    lines = (
        f"- {markup.link(author.name, urls.relative(urls.AUTHORS, urls.page_of(author.address)))}"
        f" ({count_of(len(author.documents), 'document')})"
        for author in corpus.authors
    )
    return page(urls.AUTHORS, meta, ["\n".join(lines)])
