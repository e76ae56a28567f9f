"""What is known about a collection as a whole: its span, its writers, its languages, its rights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from generator.model import Corpus, DocumentRecord
from generator.text.rights import parse_rights
from generator.writing import markup
from generator.writing.labels import Labels
from generator.writing.pages.facts import Fact
from generator.writing.site_info import SiteInfo

_MAX_WRITERS = 8
"""Writers that the list of facts shows, those of most documents first."""


def collection_facts(
    records: Sequence[DocumentRecord], corpus: Corpus, site_info: SiteInfo
) -> Iterator[Fact]:
    """Yield who wrote the documents, their languages if there are several, and common rights."""
    labels = site_info.labels
    writers = Counter(author.value for record in records for author in record.metadata.authors)
    pages = {corpus.author_pages[name]: name for name in reversed(list(writers))}
    names = sorted(pages.values(), key=lambda name: -writers[name])
    for index, name in enumerate(names[:_MAX_WRITERS]):
        label = "" if index else markup.html_safe(labels("authors"))
        page = site_info.page(corpus.author_pages[name])
        yield {"label": label, "text": markup.html_safe(name), "page": page}
    if len(names) > _MAX_WRITERS:
        yield {"label": "", "text": "…"}
    yield from _languages(records, labels)
    yield from _rights(records, labels)


def _languages(records: Sequence[DocumentRecord], labels: Labels) -> Iterator[Fact]:
    stated = (record.metadata.language for record in records)
    tags = Counter(language.value for language in stated if language)
    if len(tags) > 1:
        names = ", ".join(labels.language(tag) for tag, _ in tags.most_common())
        yield _fact(labels("languages"), names)


def _rights(records: Sequence[DocumentRecord], labels: Labels) -> Iterator[Fact]:
    stated = {record.metadata.rights.value if record.metadata.rights else "" for record in records}
    words = stated.pop()
    if words and not stated:
        rights = parse_rights(words)
        fact = _fact(labels("rights"), rights.words)
        yield {**fact, "url": markup.html_safe(rights.url)} if rights.url else fact


def _fact(label: str, text: str) -> Fact:
    return {"label": markup.html_safe(label), "text": markup.html_safe(text)}
