"""The front page: where to begin, what is new, when, the collections, and the names as an index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, repeat
from typing import NamedTuple

from generator.model import Corpus, DocumentRecord, Entity, EntityId, OutputFile, PagePath
from generator.writing import date_forms, markup
from generator.writing.addresses import urls
from generator.writing.document_refs import (
    FEED_ENTRIES,
    FeedEntry,
    document_ref,
    feed_entry,
    newest_entries,
)
from generator.writing.document_sums import DocumentSums
from generator.writing.editor_notes import note_html, note_on
from generator.writing.index_headings import index_heading
from generator.writing.labels import Labels
from generator.writing.pages.chronicle import first_words
from generator.writing.pages.collections import collections_section
from generator.writing.pages.common import index_meta, page, title_link, without_empty
from generator.writing.pages.entity_lists import EntityList, entity_lists
from generator.writing.pages.home_lead import Lead, find_leads, without_versions
from generator.writing.pages.timeline import corpus_chart, corpus_dates
from generator.writing.site_info import SiteInfo

_RECENT = 5
"""Documents in the list of what is new."""

_MOST_NAMED = 8
"""Names of each kind."""


def home_page(corpus: Corpus, sums: DocumentSums, site_info: SiteInfo) -> OutputFile:
    """Return the home page; for an empty corpus it says how to add documents.

    `sums` are those of all documents.
    """
    # No title: the template prints the name of the site, which browsers would show twice.
    meta = index_meta("", site_info.description or "", "home")
    if not corpus.documents:
        return page(urls.HOME, meta, [site_info.labels("home_empty")])
    note = note_on("", corpus)
    meta |= {
        "summary": markup.html_safe(_summary(sums, site_info.labels)),
        "summary_page": site_info.page(urls.page_address(urls.STATISTICS)),
        "summary_link": markup.html_safe(site_info.labels("corpus")),
        "note": note_html(note, urls.HOME, site_info.index) if note else "",
    }
    sections = [
        markup.block("sb-front", _front(corpus, sums, site_info)),
        *_by_time(sums, site_info),
        *collections_section(urls.HOME, corpus, sums, site_info.labels),
        *_names(corpus, site_info),
    ]
    return page(urls.HOME, without_empty(meta), sections)


def _front(corpus: Corpus, sums: DocumentSums, site_info: SiteInfo) -> Iterator[str]:
    leads = find_leads(corpus, sums)
    yield _lead(leads, corpus, site_info.labels)
    if len(corpus.documents) > len(leads):
        yield from _recent(leads, corpus, site_info.labels)
        if sums.months:
            yield _on_this_day(sorted(sums.months), site_info)


def _lead(leads: Sequence[Lead], corpus: Corpus, labels: Labels) -> str:
    """Return the documents to begin with; the first has the largest heading."""
    first, *others = leads
    ref = document_ref(first.document, corpus.addresses[first.document.source])
    label = labels("begin") if first.is_chosen else _kind(first.document, corpus, labels)
    sections = [
        f"{markup.escape(label)}\n{{ .sb-kicker }}" if label else "",
        f"## {title_link(urls.HOME, ref)}",
        _byline(first.document, labels),
        markup.escape_line(first.words),
    ]
    lines = [_title_line(lead, corpus, labels) for lead in others]
    more = [markup.block("sb-titles", ["\n".join(lines)])] if lines else []
    return markup.block("sb-lead", [*filter(None, sections), *more], "section")


def _byline(document: DocumentRecord, labels: Labels) -> str:
    """Return the author, the place and the date of a document in one line."""
    facts = _facts(document, labels)
    return f"{facts}\n{{ .sb-byline }}" if facts else ""


def _facts(document: DocumentRecord, labels: Labels) -> str:
    metadata = document.metadata
    place = [markup.escape_line(metadata.place.value)] if metadata.place else []
    date = metadata.date.value if metadata.date else ""
    day = [markup.time(date, labels.date(date))] if date else []
    authors = (markup.escape_line(author.value) for author in metadata.authors)
    return ", ".join((*authors, *place, *day))


def _kind(document: DocumentRecord, corpus: Corpus, labels: Labels) -> str:
    """Return the kind of a document, else the collection that holds it."""
    genre = document.metadata.genre
    if genre and (kind := labels.genre(genre.value)):
        return kind
    folder = f"{document.folder}/"
    holding = [item for item in corpus.collections if folder.startswith(f"{item.folder}/")]
    return max(holding, key=lambda item: len(item.folder)).title if holding else ""


def _title_line(lead: Lead, corpus: Corpus, labels: Labels) -> str:
    """Return a document with its kind, its facts, and its first words if they are not its title."""
    document, metadata = lead.document, lead.document.metadata
    ref = document_ref(document, corpus.addresses[document.source])
    kind = markup.escape(_kind(document, corpus, labels))
    facts = ", ".join(filter(None, (kind, _facts(document, labels))))
    is_title = metadata.is_untitled and lead.words == metadata.description
    words = "" if is_title else markup.escape(first_words(lead.words))
    meta = markup.span("sb-meta", ". ".join(filter(None, (facts, words))))
    return f"- {title_link(urls.HOME, ref)} {meta}"


def _recent(leads: Sequence[Lead], corpus: Corpus, labels: Labels) -> Iterator[str]:
    """Yield what was added last, or the latest documents where nothing was added later.

    Documents without a date stand last among the latest.
    """
    sources = [record.source for record in corpus.documents]
    entries = newest_entries(sources, corpus)
    first_day = min(map(corpus.added.get, sources, repeat("")))
    later = [entry for entry in entries if (entry.added or "") > first_day]
    entries = later or _without_day(entries, corpus)
    records = (corpus.by_source[entry.document.source] for entry in entries)
    shown = [lead.document.source for lead in leads]
    others = {record.source for record in without_versions(records, corpus, shown)}
    listed = [entry for entry in entries if entry.document.source in others][:_RECENT]
    if not listed:
        return
    title = labels("recent" if later else "latest")
    lines = "\n".join(_recent_line(entry, labels) for entry in listed)
    sections = [
        markup.heading(2, title),
        markup.block("sb-titles", [lines]),
        markup.link(labels("all"), urls.TIMELINE),
    ]
    yield markup.block("sb-column", sections, "section")


def _without_day(entries: Sequence[FeedEntry], corpus: Corpus) -> list[FeedEntry]:
    """Return entries without their day of addition, which is the same for all; add undated ones."""
    known = {entry.document.source for entry in entries}
    others = (record for record in corpus.documents if record.source not in known)
    refs = (document_ref(record, corpus.addresses[record.source]) for record in others)
    undated = (feed_entry(ref, corpus) for ref in refs)
    missing = FEED_ENTRIES - len(entries)
    return [entry._replace(added=None) for entry in (*entries, *islice(undated, missing))]


def _recent_line(entry: FeedEntry, labels: Labels) -> str:
    ref = entry.document
    date = [markup.time(ref.date, labels.date(ref.date))] if ref.date else []
    added = [labels("added", date=labels.date(entry.added))] if entry.added else []
    facts = " · ".join((*date, *added, *map(markup.escape, ref.authors)))
    meta = f" {markup.span('sb-meta', facts)}" if facts else ""
    return f"- {title_link(urls.HOME, ref)}{meta}"


def _on_this_day(months: Iterable[str], site_info: SiteInfo) -> str:
    """Return a column that a script fills; without the script it leads to the calendar.

    The same input must give the same bytes, so the day cannot be in the page.
    """
    labels = site_info.labels
    folder = urls.page_address(urls.CALENDAR)
    words = markup.escape_html(labels("next_day"))
    attributes = f'data-days="{folder}" data-months="{" ".join(months)}" data-next="{words}"'
    sections = [
        markup.heading(2, labels("on_this_day")),
        f'<ul class="sb-today" {attributes} hidden></ul>',
        markup.link(labels("calendar"), urls.CALENDAR),
    ]
    return markup.block("sb-column", sections, "section")


def _by_time(sums: DocumentSums, site_info: SiteInfo) -> list[str]:
    """Return the chart of all documents by date, with its heading."""
    chart = corpus_chart(urls.HOME, corpus_dates(sums.dates, sums.documents), site_info)
    title = f"## {markup.link(site_info.labels('when'), urls.TIMELINE)}"
    return [markup.block("sb-when", [title, *chart], "section")] if chart else []


def _names(corpus: Corpus, site_info: SiteInfo) -> list[str]:
    """Return the names in most documents, by kind; a corpus without names has none."""
    labels = site_info.labels
    lists = list(_most_named(corpus, site_info))
    if not lists:
        return []
    is_single = len(corpus.documents) == 1
    title = markup.heading(2, labels("named_in_it" if is_single else "most_named"))
    links = [markup.link(labels("names_index"), urls.NAMES_INDEX)]
    if corpus.authors and "authors" in site_info.hubs:
        links.append(markup.link(labels("authors"), urls.AUTHORS))
    index = f"{' · '.join(links)}\n{{ .sb-more }}"
    return [markup.block("sb-most", [title, markup.block("sb-with", lists), index], "section")]


def _most_named(corpus: Corpus, site_info: SiteInfo) -> Iterator[str]:
    """Yield the names in most documents, by kind; a kind without names is left out."""
    labels, languages = site_info.labels, corpus.entity_languages
    for entity_list in _wanted_lists(corpus, site_info):
        entities = [*_listed(entity_list, corpus)]
        if entities:
            counts = sorted(map(_counts, entities), reverse=True)[:_MOST_NAMED]
            most = [entity for entity in entities if _counts(entity) >= counts[-1]]
            names = sorted((_name(entity, languages) for entity in most), key=_by_count)
            # In a corpus of one document every count is 1, and mentions tell more.
            is_single = len(corpus.documents) == 1
            lines = (_name_line(name, labels, is_single) for name in names[:_MOST_NAMED])
            title = f"### {markup.link(entity_list.name, entity_list.path)}"
            more = len(entities) > _MOST_NAMED
            words = labels("all_names", names=labels.count_kind(len(entities), entity_list.kind))
            link = [f"{markup.link(words, entity_list.path)}\n{{ .sb-more }}"] if more else []
            yield markup.block("", [title, "\n".join(lines), *link], "section")


def _wanted_lists(corpus: Corpus, site_info: SiteInfo) -> Iterator[EntityList]:
    """Yield the lists that the home page shows; those of own kinds last, unless a setting chose.

    Authors are not among them: they are not named, but write.
    """
    every = {item.path: item for item in entity_lists(corpus, site_info.labels)}
    chosen = [path for path in map(urls.hub_page, site_info.hubs) if path in every]
    others = every.keys() - chosen if site_info.shows_all_hubs else ()
    yield from (every[path] for path in (*chosen, *sorted(others)))


class _Name(NamedTuple):
    """The name of an entity, with its counts and its page."""

    text: str
    documents: int
    mentions: int
    page: PagePath


def _by_count(name: _Name) -> tuple[int, int, str]:
    return -name.documents, -name.mentions, name.text


def _name_line(name: _Name, labels: Labels, is_single: bool) -> str:
    count = name.mentions if is_single else name.documents
    shown = f" {markup.span('sb-count', labels.number(count))}" if count else ""
    return f"- {markup.link(name.text, name.page)}{shown}"


def _listed(entity_list: EntityList, corpus: Corpus) -> Iterator[Entity]:
    for entity in corpus.entities.entities.values():
        if entity.kind == entity_list.kind and entity.address:
            yield entity


def _counts(entity: Entity) -> tuple[int, int]:
    return entity.documents, entity.mentions


def _name(entity: Entity, languages: Mapping[EntityId, str]) -> _Name:
    shown, page = index_heading(entity, languages).shown, urls.entity_page(entity.id)
    return _Name(shown, entity.documents, entity.mentions, page)


def _summary(sums: DocumentSums, labels: Labels) -> str:
    counts = {
        "documents": labels.count(sums.documents, "document"),
        "words": labels.count(sums.words, "word"),
    }
    if sums.first_date is None or sums.last_date is None:
        return labels("summary_undated", **counts)
    first, last = date_forms.year(sums.first_date), date_forms.year(sums.last_date)
    span = (
        labels("span_one", year=first) if first == last else labels("span", first=first, last=last)
    )
    return labels("summary", **counts, span=span)
