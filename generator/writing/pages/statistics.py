"""Statistics of the corpus: its documents, its names, and how people can correct them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from generator.model import Corpus, DocumentRecord, OutputFile
from generator.writing import markup
from generator.writing.addresses import urls
from generator.writing.labels import Labels
from generator.writing.pages.common import index_meta, page
from generator.writing.pages.entity_lists import entity_lists
from generator.writing.site_info import SiteInfo


def statistics_page(corpus: Corpus, site_info: SiteInfo) -> OutputFile:
    """Return the page of statistics; each number can be verified with the data files."""
    labels = site_info.labels
    meta = index_meta(labels("corpus"), labels("corpus_about"), "corpus")
    meta["summary"] = labels("corpus_about")
    sections = [
        markup.heading(2, labels("found")),
        "\n".join(_coverage(corpus.documents, labels)),
        *_counts_section(labels("languages"), _languages(corpus.documents, labels), labels),
        *_counts_section(labels("encodings"), _encodings(corpus.documents), labels),
        *_repairs(corpus.documents, labels),
        markup.heading(2, labels("names_found")),
        "\n".join(_names(corpus, labels)),
        markup.heading(2, labels("corrected")),
        labels("corrected_words"),
    ]
    return page(urls.STATISTICS, meta, sections)


def _coverage(documents: Iterable[DocumentRecord], labels: Labels) -> Iterator[str]:
    """Yield the number of documents with each kind of metadata."""
    all_metadata = [document.metadata for document in documents]
    for key, count in (
        ("title", sum(metadata.has_title for metadata in all_metadata)),
        ("date", sum(metadata.date is not None for metadata in all_metadata)),
        ("authors", sum(bool(metadata.authors) for metadata in all_metadata)),
        ("language", sum(metadata.language is not None for metadata in all_metadata)),
    ):
        share = labels("of", n=labels.number(count), all=labels.number(len(all_metadata)))
        yield _statistic(labels(f"with_{key}"), share)


def _statistic(name: str, number: str) -> str:
    """Return a line of a list: what was counted, and the number."""
    return f"- {markup.escape(name)} {markup.span('sb-meta', number)}"


def _languages(documents: Iterable[DocumentRecord], labels: Labels) -> Counter[str]:
    languages = (document.metadata.language for document in documents)
    names = (labels.language(language.value) for language in languages if language)
    return Counter(name[:1].upper() + name[1:] for name in names)


def _encodings(documents: Iterable[DocumentRecord]) -> Counter[str]:
    return Counter(document.encoding.upper() for document in documents)


def _counts_section(title: str, counts: Counter[str], labels: Labels) -> list[str]:
    """Return counts below a heading, the largest first, or nothing for no counts."""
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    lines = [_statistic(name, labels.count(count, "document")) for name, count in ordered]
    return [markup.heading(2, title), "\n".join(lines)] if lines else []


def _repairs(documents: Iterable[DocumentRecord], labels: Labels) -> list[str]:
    """Return the repairs by rule, with the number of changes."""
    changes: dict[str, int] = {}
    for document in documents:
        for rule, times in document.repairs:
            changes[rule] = changes.get(rule, 0) + times
    ordered = sorted(changes.items(), key=lambda pair: (-pair[1], pair[0]))
    lines = [
        _statistic(labels.describe_rule(rule), labels.count(n, "change")) for rule, n in ordered
    ]
    return [markup.heading(2, labels("repaired_all")), "\n".join(lines)] if lines else []


def _names(corpus: Corpus, labels: Labels) -> Iterator[str]:
    """Yield the number of entities with a page by kind, of linked mentions, of open questions."""
    registry = corpus.entities
    with_page = [entity for entity in registry.entities.values() if entity.address]
    for entity_list in entity_lists(corpus, labels):
        count = sum(entity.kind == entity_list.kind for entity in with_page)
        yield _statistic(entity_list.name, labels.number(count))
    all_mentions = int(corpus.mention_table.totals.sum())
    linked = sum(entity.mentions for entity in with_page)
    share = labels("of", n=labels.number(linked), all=labels.number(all_mentions))
    yield _statistic(labels("tied"), share)
    yield _statistic(labels("open"), labels.number(len(registry.open_questions)))
