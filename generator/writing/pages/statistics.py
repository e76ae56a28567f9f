"""About this corpus: what it is made of, what the machine decided, and how people change that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from generator.model import Corpus, DocumentRecord, OutputFile
from generator.writing import markup
from generator.writing.addresses import urls
from generator.writing.labels import Labels
from generator.writing.pages.common import index_meta, page
from generator.writing.site_info import SiteInfo


def statistics_page(corpus: Corpus, site_info: SiteInfo) -> OutputFile:
    """Make the page: figures only, of which each can be counted again from the data files."""
    labels = site_info.labels
    meta = index_meta(labels("corpus"), labels("corpus_about"), "corpus")
    meta["summary"] = labels("corpus_about")
    sections = [
        markup.heading(2, labels("found")),
        "\n".join(_coverage(corpus.documents, labels)),
        *_listed(labels("languages"), _languages(corpus.documents, labels), labels),
        *_listed(labels("encodings"), _encodings(corpus.documents), labels),
        *_repairs(corpus.documents, labels),
        markup.heading(2, labels("names_found")),
        "\n".join(_names(corpus, labels)),
        markup.heading(2, labels("corrected")),
        labels("corrected_words"),
    ]
    return page(urls.CORPUS, meta, sections)


def _coverage(documents: Iterable[DocumentRecord], labels: Labels) -> Iterator[str]:
    """How many documents say what of themselves."""
    said = [document.metadata for document in documents]
    for key, count in (
        ("title", sum(one.title.rule != "file name" for one in said)),
        ("date", sum(one.date is not None for one in said)),
        ("authors", sum(bool(one.authors) for one in said)),
        ("language", sum(metadata.language is not None for metadata in said)),
    ):
        share = labels("of", n=labels.number(count), all=labels.number(len(said)))
        yield _figure(labels(f"with_{key}"), share)


def _figure(name: str, figure: str) -> str:
    """A line of a list: what was counted, and apart from it how many."""
    return f"- {markup.escape(name)} {markup.span('sb-meta', figure)}"


def _languages(documents: Iterable[DocumentRecord], labels: Labels) -> Counter[str]:
    said = (document.metadata.language for document in documents)
    names = (labels.language(language.value) for language in said if language)
    return Counter(name[:1].upper() + name[1:] for name in names)


def _encodings(documents: Iterable[DocumentRecord]) -> Counter[str]:
    return Counter(document.encoding.upper() for document in documents)


def _listed(title: str, counts: Counter[str], labels: Labels) -> list[str]:
    """Counts below a heading, the largest first; nothing for nothing."""
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    lines = [_figure(name, labels.count(count, "document")) for name, count in ordered]
    return [markup.heading(2, title), "\n".join(lines)] if lines else []


def _repairs(documents: Iterable[DocumentRecord], labels: Labels) -> list[str]:
    """What the rules changed, and how often."""
    changes: dict[str, int] = {}
    for document in documents:
        for rule, times in document.repairs:
            changes[rule] = changes.get(rule, 0) + times
    ordered = sorted(changes.items(), key=lambda pair: (-pair[1], pair[0]))
    lines = [_figure(labels.describe_rule(rule), labels.count(n, "change")) for rule, n in ordered]
    return [markup.heading(2, labels("repaired_all")), "\n".join(lines)] if lines else []


def _names(corpus: Corpus, labels: Labels) -> Iterator[str]:
    """How many of each kind have a page, how many mentions lead there, and what is open."""
    register = corpus.entities
    paged = [entity for entity in register.entities.values() if entity.address]
    for kind, hub in urls.HUBS.items():
        count = sum(entity.kind == kind for entity in paged)
        yield _figure(labels(hub), labels.number(count))
    found = sum(mentions.mention_count for mentions in corpus.mentions.values())
    tied = sum(entity.mentions for entity in paged)
    share = labels("of", n=labels.number(tied), all=labels.number(found))
    yield _figure(labels("tied"), share)
    yield _figure(labels("open"), labels.number(len(register.open_questions)))
