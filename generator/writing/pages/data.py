"""The data page: every file for other programs with its columns, and how to cite the corpus."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.model import Corpus, OutputFile, PagePath
from generator.text.rights import parse_rights
from generator.writing import markup
from generator.writing.addresses import urls
from generator.writing.data.documents import COLUMNS, DOCUMENTS_CSV, DOCUMENTS_JSONL, KEYS
from generator.writing.data.names import ENTITIES_CSV, ENTITY_COLUMNS, MENTION_COLUMNS, MENTIONS_CSV
from generator.writing.labels import Labels
from generator.writing.pages.common import index_meta, page
from generator.writing.site_info import SiteInfo

_COLUMNS: tuple[tuple[PagePath, str, tuple[str, ...]], ...] = (
    (DOCUMENTS_CSV, "documents_csv", COLUMNS),
    (DOCUMENTS_JSONL, "documents_jsonl", KEYS),
    (ENTITIES_CSV, "entities_csv", ENTITY_COLUMNS),
    (MENTIONS_CSV, "mentions_csv", MENTION_COLUMNS),
)

DATA_FILES = tuple(path for path, _, _ in _COLUMNS)
"""The files for download."""


def data_page(corpus: Corpus, site_info: SiteInfo, sizes: Mapping[PagePath, int]) -> OutputFile:
    """Return the page of downloads; `sizes` of the files are in bytes."""
    labels = site_info.labels
    citation = " ".join(
        filter(None, (f"{site_info.name}.", _summary(corpus, site_info), site_info.url))
    )
    sections = [
        *_files(corpus, site_info, sizes),
        *_feed(site_info),
        markup.heading(2, labels("cite_all")),
        markup.escape_line(citation),
        *_rights(site_info),
        markup.heading(2, labels("corpus")),
        f"{markup.link(labels('corpus_about'), urls.relative(urls.DATA, urls.STATISTICS))}",
    ]
    meta = {
        **index_meta(labels("data"), labels("data_about"), "data"),
        "summary": labels("data_about"),
    }
    return page(urls.DATA, meta, sections)


def _rights(site_info: SiteInfo) -> Iterator[str]:
    """Yield what the owner of the site stated about all documents; nothing if nobody said it."""
    if site_info.rights:
        rights = parse_rights(site_info.rights)
        yield markup.heading(2, site_info.labels("rights"))
        has_address = rights.url is not None and rights.url != rights.words
        yield markup.escape_line(f"{rights.words} ({rights.url})" if has_address else rights.words)


def _files(corpus: Corpus, site_info: SiteInfo, sizes: Mapping[PagePath, int]) -> Iterator[str]:
    labels = site_info.labels
    mentions = sum(counts.mention_count for counts in corpus.mentions.values())
    rows = (
        len(corpus.documents),
        len(corpus.documents),
        len(corpus.entities.entities),
        mentions,
    )
    for (path, key, columns), count in zip(_COLUMNS, rows, strict=True):
        name = path.rpartition("/")[2]
        yield f"## {markup.link(name, urls.relative(urls.DATA, path))}"
        size = f" · {labels.size(sizes[path])}" if path in sizes else ""
        yield markup.span("sb-meta", f"{labels.count(count, 'row')}{size}")
        yield labels(key)
        yield markup.details(labels("columns"), _meanings(key, columns, labels))


def _meanings(file: str, columns: tuple[str, ...], labels: Labels) -> Iterator[tuple[str, str]]:
    """Yield each column with its meaning in this file."""
    for column in columns:
        yield column, labels.columns.get(f"{file}.{column}") or labels.columns[column]


def _feed(site_info: SiteInfo) -> Iterator[str]:
    name = urls.FEED
    # As HTML: MkDocs would look for a page of this name before the feed is written.
    yield f"## {markup.link(name, urls.relative(urls.DATA, name))}"
    yield site_info.labels("feed_xml")


def _summary(corpus: Corpus, site_info: SiteInfo) -> str:
    return f"{site_info.labels.count(len(corpus.documents), 'document')}."
