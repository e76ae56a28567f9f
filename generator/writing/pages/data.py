"""The data page: every file for other programs, with what it holds, and how to cite the whole."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Corpus, OutputFile, PagePath
from generator.writing import datasets, markup, namesets, urls
from generator.writing.imprint import Imprint
from generator.writing.pages.common import hub_meta, page

_COLUMNS: tuple[tuple[PagePath, str, tuple[str, ...]], ...] = (
    (datasets.DOCUMENTS_CSV, "documents_csv", datasets.COLUMNS),
    (datasets.DOCUMENTS_JSONL, "documents_jsonl", datasets.COLUMNS),
    (namesets.ENTITIES_CSV, "entities_csv", namesets.ENTITY_COLUMNS),
    (namesets.MENTIONS_CSV, "mentions_csv", namesets.MENTION_COLUMNS),
)


def data_page(corpus: Corpus, imprint: Imprint) -> OutputFile:
    """Make the page of downloads."""
    labels = imprint.labels
    cited = " ".join(filter(None, (f"{imprint.name}.", _summary(corpus, imprint), imprint.url)))
    sections = [
        markup.link(labels("corpus"), urls.relative(urls.DATA, urls.CORPUS)),
        *_files(corpus, imprint),
        markup.heading(2, labels("cite_all")),
        markup.line(cited),
        markup.heading(2, labels("rights")),
        labels("rights_words"),
    ]
    return page(urls.DATA, hub_meta(labels("data"), labels("data_about"), "data"), sections)


def _files(corpus: Corpus, imprint: Imprint) -> Iterator[str]:
    labels = imprint.labels
    mentions = sum(spoken.mentions for spoken in corpus.spoken.values())
    rows = (
        len(corpus.documents),
        len(corpus.documents),
        len(corpus.register.entities),
        mentions,
    )
    for (path, key, columns), count in zip(_COLUMNS, rows, strict=True):
        name = path.rpartition("/")[2]
        yield markup.heading(2, name)
        yield labels(key)
        yield f"{markup.link(name, urls.relative(urls.DATA, path))} · {labels('rows')}: " + (
            labels.number(count)
        )
        yield f"{labels('columns')}: {', '.join(f'`{column}`' for column in columns)}"


def _summary(corpus: Corpus, imprint: Imprint) -> str:
    return f"{imprint.labels.count(len(corpus.documents), 'document')}."
