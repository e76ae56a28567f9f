"""The data page: every file for other programs with its columns, and how to cite the corpus."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.model import Corpus, OutputFile, PagePath
from generator.text.rights import parse_rights
from generator.writing import markup
from generator.writing.addresses import urls
from generator.writing.data.data_file_list import DATA_FILES, DataFile, published_files
from generator.writing.data.documents import DOCUMENTS_CSV, DOCUMENTS_JSONL
from generator.writing.data.names import ENTITIES_CSV, MENTIONS_CSV
from generator.writing.data.packages import DATA_PACKAGE, RO_CRATE, FileFacts, last_change
from generator.writing.labels import Labels
from generator.writing.pages.common import index_meta, page, without_empty
from generator.writing.site_info import SiteInfo


def data_page(
    corpus: Corpus, site_info: SiteInfo, facts: Mapping[PagePath, FileFacts]
) -> OutputFile:
    """Return the page of downloads."""
    labels = site_info.labels
    citation = " ".join(
        filter(None, (f"{site_info.name}.", _summary(corpus, site_info), site_info.url))
    )
    sections = [
        *_files(corpus, site_info, facts),
        *_descriptions(site_info),
        markup.heading(2, labels("cite_all")),
        markup.escape_line(citation),
        *_rights(site_info),
        markup.heading(2, labels("corpus")),
        f"{markup.link(labels('corpus_about'), urls.relative(urls.DATA, urls.STATISTICS))}",
    ]
    meta = {
        **index_meta(labels("data"), labels("data_about"), "data"),
        "summary": labels("data_about"),
        "modified": last_change(corpus),
        "license": _license(site_info),
        "downloads": [file.name for file in published_files(facts)],
        "download_types": [file.media_type for file in published_files(facts)],
    }
    return page(urls.DATA, without_empty(meta), sections)


def _license(site_info: SiteInfo) -> str:
    rights = parse_rights(site_info.rights) if site_info.rights else None
    return (rights.url or rights.words) if rights else ""


def _rights(site_info: SiteInfo) -> Iterator[str]:
    """Yield what the owner of the site stated about all documents; nothing if nobody said it."""
    if site_info.rights:
        rights = parse_rights(site_info.rights)
        yield markup.heading(2, site_info.labels("rights"))
        has_address = rights.url is not None and rights.url != rights.words
        yield markup.escape_line(f"{rights.words} ({rights.url})" if has_address else rights.words)


def _files(
    corpus: Corpus, site_info: SiteInfo, facts: Mapping[PagePath, FileFacts]
) -> Iterator[str]:
    labels, rows = site_info.labels, _row_counts(corpus)
    for file in DATA_FILES:
        files = file.published(facts)
        yield _heading(file.path) if files == (file,) else f"## {markup.escape_line(file.name)}"
        counts = [labels.count(rows[file.path], "row")] if file.path in rows else []
        size = sum(facts[found.path].size for found in files if found.path in facts)
        if counts or size:
            yield markup.span("sb-meta", " · ".join(counts + [labels.size(size)] * bool(size)))
        yield labels(file.label)
        if len(files) > 1:
            yield labels("numbered_files")
            yield " · ".join(_download(found.path) for found in files)
        if file.columns:
            yield markup.details(labels("columns"), _meanings(file, labels))


def _row_counts(corpus: Corpus) -> dict[PagePath, int]:
    documents = len(corpus.documents)
    return {
        DOCUMENTS_CSV: documents,
        DOCUMENTS_JSONL: documents,
        ENTITIES_CSV: len(corpus.entities.entities),
        MENTIONS_CSV: int(corpus.mention_table.totals.sum()),
    }


def _meanings(file: DataFile, labels: Labels) -> Iterator[tuple[str, str]]:
    """Yield each column with its meaning in this file."""
    for column in file.columns:
        yield column, file.meaning(column, labels)


def _descriptions(site_info: SiteInfo) -> Iterator[str]:
    for path, label in (
        (DATA_PACKAGE, "datapackage_json"),
        (RO_CRATE, "ro_crate"),
        (urls.FEED, "feed_xml"),
    ):
        yield _heading(path)
        yield site_info.labels(label)


def _heading(path: PagePath) -> str:
    return f"## {_download(path)}"


def _download(path: PagePath) -> str:
    return markup.link(path.rpartition("/")[2], urls.relative(urls.DATA, path))


def _summary(corpus: Corpus, site_info: SiteInfo) -> str:
    return f"{site_info.labels.count(len(corpus.documents), 'document')}."
