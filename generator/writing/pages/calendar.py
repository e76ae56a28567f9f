"""The calendar: documents by the day of the year, as pages and as data for the front page."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import NamedTuple

from generator.model import Corpus, DocumentRecord, OutputFile, PagePath
from generator.writing import markup
from generator.writing.addresses import urls
from generator.writing.document_refs import DocumentRef, document_ref
from generator.writing.labels import Labels
from generator.writing.pages.common import index_meta, page, title_link
from generator.writing.pages.listings import Listing
from generator.writing.pages.pagination import chunks, paginate
from generator.writing.site_info import SiteInfo

_PER_PAGE = 300
"""Documents on one page, as HTML about 100 kB; of more, each month has pages of its own."""

_PER_DAY = 3
"""Documents of a day on the front page, oldest first."""


class _DayDocument(NamedTuple):
    """A document below its day of the year."""

    day: str
    document: DocumentRef


_Days = Mapping[str, Sequence[DocumentRef]]
"""The documents of each day, such as `03-14`, oldest first."""


def calendar_listing(corpus: Corpus, site_info: SiteInfo) -> Listing:
    """Return the listing of all documents with an exact date."""
    dated = [document.source for document in corpus.documents if _day(document)]
    return Listing("calendar", dated, None, partial(calendar_pages, corpus, site_info))


def calendar_pages(corpus: Corpus, site_info: SiteInfo) -> Iterator[OutputFile]:
    """Yield the calendar and its data; nothing for a corpus without exact dates."""
    days = _days(corpus)
    if not days:
        return
    yield from _pages(days, site_info)
    for month in sorted({day[:2] for day in days}):
        yield _month_data(month, days, site_info)


def _day(document: DocumentRecord) -> str | None:
    """Return the day of the year of a document whose date is exact."""
    date = document.metadata.date
    return date.value[5:] if date and len(date.value) == len("1984-05-01") else None


def _days(corpus: Corpus) -> _Days:
    days: dict[str, list[DocumentRef]] = defaultdict(list)
    for document in corpus.documents:
        day = _day(document)
        if day:
            days[day].append(document_ref(document, corpus.addresses[document.source]))
    return dict(sorted(days.items()))


def _pages(days: _Days, site_info: SiteInfo) -> Iterator[OutputFile]:
    labels = site_info.labels
    about = labels("calendar_about")
    meta = index_meta(labels("calendar"), about, "timeline")
    months = {month: tuple(group) for month, group in groupby(days, key=lambda day: day[:2])}
    if sum(map(len, days.values())) <= _PER_PAGE:
        body = [
            section
            for month, month_days in months.items()
            for section in (
                markup.heading(2, labels.month(month)),
                *_sections(_dated(month_days, days), urls.CALENDAR, labels),
            )
        ]
        yield page(urls.CALENDAR, meta, body)
        return
    lines = (f"- {markup.link(labels.month(month), f'{month}/index.md')}" for month in months)
    yield page(urls.CALENDAR, meta, [markup.block("sb-yearly", ["\n".join(lines)])])
    for month, month_days in months.items():
        yield from _month_pages(month, list(_dated(month_days, days)), labels)


def _dated(month_days: Iterable[str], days: _Days) -> Iterator[_DayDocument]:
    for day in month_days:
        yield from (_DayDocument(day, document) for document in days[day])


def _month_pages(
    month: str, documents: Sequence[_DayDocument], labels: Labels
) -> Iterator[OutputFile]:
    first = urls.sibling(urls.CALENDAR, f"{month}/index.md")
    for part in paginate(first, chunks(documents, _PER_PAGE)):
        title = part.title(labels.month(month), labels)
        meta = index_meta(title, labels("calendar_about"), "timeline")
        back = markup.link(labels("calendar"), urls.relative(part.path, urls.CALENDAR))
        body = [*_sections(part.items, part.path, labels), *part.navigation(labels)]
        yield page(part.path, meta, [*body, f"{back}\n{{ .sb-years-beside }}"])


def _sections(documents: Iterable[_DayDocument], path: PagePath, labels: Labels) -> Iterator[str]:
    """Yield documents below their days."""
    for day, group in groupby(documents, key=lambda item: item.day):
        lines = "\n".join(_line(path, item.document) for item in group)
        heading = markup.heading(3, labels.day_in_year(f"2000-{day}"))
        yield markup.block("sb-year", [heading, markup.block("sb-days", [lines])], "section")


def _line(path: PagePath, document: DocumentRef) -> str:
    year = markup.span("sb-day", markup.time(document.date or "", (document.date or "")[:4]))
    authors = f" {markup.span('sb-meta', ', '.join(map(markup.escape, document.authors)))}"
    link = title_link(path, document)
    return f"- {year} {link}{authors * bool(document.authors)}"


def _month_data(month: str, days: _Days, site_info: SiteInfo) -> OutputFile:
    """Return the documents of a month for the script of the front page."""
    labels = site_info.labels
    data = {
        day: [
            {
                "date": labels.date(document.date or ""),
                "title": document.title,
                "page": site_info.page(document.address),
            }
            for document in documents[:_PER_DAY]
        ]
        for day, documents in days.items()
        if day.startswith(month)
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return OutputFile(urls.sibling(urls.CALENDAR, f"{month}.json"), f"{text}\n".encode())
