"""Statistics of the corpus: its documents, its names, and how people can correct them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from generator.model import Corpus, OutputFile
from generator.writing import markup
from generator.writing.addresses import urls
from generator.writing.document_sums import DocumentSums
from generator.writing.labels import Labels
from generator.writing.pages.common import index_meta, page
from generator.writing.pages.entity_lists import entity_lists
from generator.writing.site_info import SiteInfo


def statistics_page(corpus: Corpus, sums: DocumentSums, site_info: SiteInfo) -> OutputFile:
    """Return the page of statistics; each number can be verified with the data files.

    `sums` are those of all documents.
    """
    labels = site_info.labels
    meta = index_meta(labels("corpus"), labels("corpus_about"), "corpus")
    meta["summary"] = labels("corpus_about")
    sections = [
        markup.heading(2, labels("found")),
        "\n".join(_coverage(sums, labels)),
        *_counts_section(labels("languages"), _languages(sums, labels), labels),
        *_counts_section(labels("encodings"), _encodings(sums), labels),
        *_repairs(sums, labels),
        markup.heading(2, labels("names_found")),
        "\n".join(_names(corpus, labels)),
        markup.heading(2, labels("corrected")),
        labels("corrected_words"),
    ]
    return page(urls.STATISTICS, meta, sections)


def _coverage(sums: DocumentSums, labels: Labels) -> Iterator[str]:
    """Yield the number of documents with each kind of metadata."""
    for key, count in (
        ("title", sums.titled),
        ("date", sum(sums.dates.values())),
        ("authors", sums.with_authors),
        ("language", sum(sums.languages.values())),
    ):
        share = labels("of", n=labels.number(count), all=labels.number(sums.documents))
        yield _statistic(labels(f"with_{key}"), share)


def _statistic(name: str, number: str) -> str:
    """Return a line of a list: what was counted, and the number."""
    return f"- {markup.escape(name)} {markup.span('sb-meta', number)}"


def _languages(sums: DocumentSums, labels: Labels) -> Counter[str]:
    names = Counter[str]()
    for tag, count in sums.languages.items():
        name = labels.language(tag)
        names[name[:1].upper() + name[1:]] += count
    return names


def _encodings(sums: DocumentSums) -> Counter[str]:
    names = Counter[str]()
    for encoding, count in sums.encodings.items():
        names[encoding.upper()] += count
    return names


def _counts_section(title: str, counts: Counter[str], labels: Labels) -> list[str]:
    """Return counts below a heading, the largest first, or nothing for no counts."""
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    lines = [_statistic(name, labels.count(count, "document")) for name, count in ordered]
    return [markup.heading(2, title), "\n".join(lines)] if lines else []


def _repairs(sums: DocumentSums, labels: Labels) -> list[str]:
    """Return the repairs by rule, with the number of changes."""
    ordered = sorted(sums.repairs.items(), key=lambda pair: (-pair[1], pair[0]))
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
