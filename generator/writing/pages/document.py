"""The page of a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

from generator.model import Document, Extracted, Metadata, OutputFile, PagePath, TitleNote
from generator.model.furniture import furniture_lines
from generator.model.pictures import DocumentPictures, Picture
from generator.text.paragraph_ids import paragraph_ids
from generator.text.person_names import is_form_of
from generator.text.rights import parse_rights
from generator.writing import citations, date_forms, markup
from generator.writing.addresses import urls
from generator.writing.blocks.body import Surroundings, html_body, markdown_body
from generator.writing.blocks.inline import InternalLink, PageLinks
from generator.writing.citations import CitedWork
from generator.writing.document_refs import DocumentRef, has_only_capitals
from generator.writing.editor_notes import note_html
from generator.writing.front_matter import Meta
from generator.writing.mentions import EntityMention, choose_links, entity_mentions
from generator.writing.pages.common import page, without_empty
from generator.writing.pages.contents import table_of_contents
from generator.writing.pages.related import related_meta
from generator.writing.pages.speakers import speakers_meta
from generator.writing.site_info import SiteInfo
from generator.writing.views import DocumentView, EntityRef

_MAX_PAGE_LINKS = 200
"""Links to pages of the original, of 40 bytes each; a page has at most 20 kB beyond its words."""

_MAX_MARKDOWN = 2_000
"""Paragraphs above which a page is written as HTML; the longest articles have some hundred."""

_MAX_FURNITURE = 60
"""Running heads and page numbers that are listed; all are in `ledger.json`."""

_TYPES = {False: "Person", True: "Organization"}
"""The schema.org type of an author, by whether it is an organization."""


def document_page(view: DocumentView, site_info: SiteInfo, cited: CitedWork) -> OutputFile:
    """Return the page of a document, in which each paragraph has its own address."""
    document = view.document
    meta = {
        **_metadata(view, site_info),
        "contents": table_of_contents(document.shown_blocks, _names(document)),
        **_provenance(document, site_info),
        **rights_meta(document.metadata.rights),
        **_citation(cited),
        **_entities(view, site_info),
        **related_meta(view, site_info),
        **speakers_meta(view, site_info),
        **_editor(view, site_info),
        **_sheets(view),
        "earlier": _adjacent(view.earlier, site_info),
        "later": _adjacent(view.later, site_info),
        "hide": ["navigation", "toc"],
    }
    return page(
        urls.page_path(view.address),
        without_empty(meta),
        article(view, site_info.index, _page_links(view, site_info)),
    )


def article(view: DocumentView, index: str = "", page_links: PageLinks | None = None) -> list[str]:
    """Return the paragraphs of a document in Markdown or as HTML.

    `index` is what addresses have after the folder of a page; only HTML needs it.
    """
    document = view.document
    path = urls.page_path(view.address)
    names = _names(document)
    links = {
        number: tuple(_links(path, chosen, index)) for number, chosen in choose_links(view).items()
    }
    note = document.metadata.title_note
    above = note.number if note else None
    around = Surroundings(names, links, document.pictures, page_links, above)
    if view.is_fully_escaped or len(document.blocks) > _MAX_MARKDOWN:
        return [html_body(document.shown_blocks, around)]
    return markdown_body(document.shown_blocks, around)


def _names(document: Document) -> list[str]:
    return paragraph_ids(block.text for block in document.blocks)


def _links(path: PagePath, chosen: Iterable[EntityMention], index: str) -> Iterator[InternalLink]:
    for mention in chosen:
        target = urls.relative(path, urls.entity_page(mention.entity.id))
        yield InternalLink(mention.mention.start, mention.mention.end, target, index)


def _entities(view: DocumentView, site_info: SiteInfo) -> Meta:
    """Return the entities that the document mentions, most mentioned first, with their pages.

    Those with a page but without a link in the text, as in a long list of names, come first, with
    their number: the page must name them all, because their pages quote it.
    """
    entities = {found.entity.id: found.entity for found in entity_mentions(view)}
    counts = Counter([found.entity.id for found in entity_mentions(view)])
    linked = {mention.entity.id for chosen in choose_links(view).values() for mention in chosen}
    unlinked = {entity.id for entity in entities.values() if entity.address} - linked
    ordered = [
        entities[key]
        for key in sorted(counts, key=lambda key: (key not in unlinked, -counts[key], key))
    ]
    meta: Meta = {}
    own_kinds = sorted({entity.kind for entity in ordered} - urls.HUBS.keys())
    for kind in (*urls.HUBS, *own_kinds):
        of_kind = [entity for entity in ordered if entity.kind == kind]
        key = urls.HUBS.get(kind) or urls.hub_of(kind)
        meta[f"{key}_only"] = sum(entity.id in unlinked for entity in of_kind)
        meta[key] = [markup.html_safe(entity.name) for entity in of_kind]
        meta[f"{key}_notes"] = _notes(of_kind)
        meta[f"{key}_pages"] = [
            site_info.page(entity.address) if entity.address else "" for entity in of_kind
        ]
    meta["own_kinds"] = [urls.hub_of(kind) for kind in own_kinds]
    meta["own_kind_names"] = [markup.html_safe(site_info.labels.kinds(kind)) for kind in own_kinds]
    return meta


def _notes(entities: Iterable[EntityRef]) -> list[str]:
    """Return what people wrote about names, in their order; nothing if they wrote about none."""
    notes = [markup.html_safe((entity.note or "").removesuffix(".")) for entity in entities]
    return notes if any(notes) else []


def _metadata(view: DocumentView, site_info: SiteInfo) -> Meta:
    """Return the metadata of the document under the keys that the docs promise."""
    metadata = view.document.metadata
    authors = [author.value for author in metadata.authors]
    return {
        "title": markup.html_safe(metadata.title.value),
        "description": markup.html_safe(metadata.description or ""),
        "date": metadata.date.value if metadata.date else "",
        "date_text": site_info.labels.date(metadata.date.value)
        if metadata.date
        else markup.html_safe(metadata.open_date or ""),
        "date_iso": date_forms.iso(metadata.date.value) if metadata.date else "",
        "authors": [markup.html_safe(name) for name in authors],
        "author_pages": [site_info.page(view.author_pages[name]) for name in authors],
        "author_is_sender": _author_is_sender(metadata),
        "printed_title": _safe(metadata.printed_title),
        "standfirst": _safe(metadata.standfirst),
        "section": _safe(metadata.section),
        "publication": _safe(metadata.publication),
        "dateline": _safe(metadata.dateline),
        "sender": _safe(metadata.sender),
        "recipient": _safe(metadata.recipient),
        "place": _safe(metadata.place),
        **{f"{name}_page": site_info.page(page) for name, page in view.head_pages.items()},
        "language": metadata.language.value if metadata.language else "",
        "words": view.document.words,
        "document_kind": metadata.genre.value if metadata.genre else "",
        "title_style": _title_style(metadata),
        **_title_note(metadata.title_note),
        "language_name": markup.html_safe(site_info.labels.language(metadata.language.value))
        if metadata.language
        else "",
        "kind": "document",
    }


def _author_is_sender(metadata: Metadata) -> bool:
    """Whether a letter is signed by its only author with another form of the name."""
    if not metadata.sender or len(metadata.authors) != 1:
        return False
    author, sender = metadata.authors[0].value, metadata.sender.value
    return author != sender and is_form_of(author, sender)


def _title_note(note: TitleNote | None) -> Meta:
    """Return the reference mark of a note on the title, as printed, and the note's number."""
    if note is None:
        return {}
    space = " " if note.sign[0].isspace() else ""
    mark = markup.html_safe(note.sign)
    return {"title_note": f"{space}{mark}", "title_note_number": note.number}


def rights_meta(stated: Extracted[str] | None) -> Meta:
    """Return the rights as a page shows them, and the address of the licence or statement."""
    rights = parse_rights(stated.value) if stated else None
    return {
        "rights": markup.html_safe(rights.words) if rights else "",
        "rights_url": markup.html_safe(rights.url or "") if rights else "",
    }


def _title_style(metadata: Metadata) -> str:
    """Return how the title is set: words that stand for one, or capitals only, set smaller."""
    if metadata.is_untitled:
        return "untitled"
    return "capitals" if has_only_capitals(metadata.title.value) else ""


def _provenance(document: Document, site_info: SiteInfo) -> Meta:
    """Return the source of the text, and its repairs."""
    repairs = (site_info.labels.describe_repair(rule, times) for rule, times in document.repairs)
    changes = sum(times for _, times in document.repairs)
    return {
        "source": markup.html_safe(document.source),
        "sha256": document.digest,
        "encoding": document.encoding,
        "changes": site_info.labels.count(changes, "change") if changes else "",
        "repairs": [markup.html_safe(words) for words in repairs],
        **_furniture(document, site_info),
        "raw": "source.txt" if site_info.raw else "",
        **(_original(document) if site_info.raw else {}),
    }


def _original(document: Document) -> Meta:
    """Return the file itself and its pages, if it is published; its viewer opens at a page."""
    original = document.origin.original if document.origin else None
    if not original:
        return {}
    marks = (mark for block in document.blocks for mark in block.marks if mark.sheet)
    labels = {mark.sheet: mark.value for mark in marks}
    pages = (
        {"label": markup.html_safe(label), "sheet": str(sheet)} for sheet, label in labels.items()
    )
    return {"raw": original, "raw_pages": list(islice(pages, _MAX_PAGE_LINKS))}


def _page_links(view: DocumentView, site_info: SiteInfo) -> PageLinks | None:
    """Return how marks lead to the pages of the original; None if these are not published."""
    origin, name = view.document.origin, site_info.labels("cite_page")
    if view.pictures and view.pictures.facsimile:
        return PageLinks("#sheet-", name)
    original = origin.original if origin and site_info.raw else None
    return PageLinks(f"{original}#page=", name) if original else None


def _furniture(document: Document, site_info: SiteInfo) -> Meta:
    """Return the running heads and page numbers that the page leaves out, each form once."""
    lines = furniture_lines(document.ledger)
    if not lines:
        return {}
    forms = Counter(" ".join(line.split()) for line in lines)
    shown = [f"{form} ({times}×)" if times > 1 else form for form, times in forms.items()]
    more = ["…"] if len(shown) > _MAX_FURNITURE else []
    return {
        "furniture_text": site_info.labels.count(len(lines), "furniture"),
        "furniture": [markup.html_safe(words) for words in (*shown[:_MAX_FURNITURE], *more)],
    }


def _citation(cited: CitedWork) -> Meta:
    return {
        "genre": cited.genre,
        "citation": citations.citation_html(cited),
        "coins": citations.openurl_coins(cited),
        **_creators(cited),
    }


def _creators(cited: CitedWork) -> Meta:
    """Return the authors as Dublin Core and schema.org need them, in parallel lists."""
    authors = cited.authors
    return {
        "creators": [markup.html_safe(author.inverted) for author in authors],
        "author_names": [markup.html_safe(author.natural) for author in authors],
        "author_families": [markup.html_safe(author.family or "") for author in authors],
        "author_givens": [markup.html_safe(author.given or "") for author in authors],
        "author_types": [_TYPES[author.is_organization] for author in authors],
    }


def _editor(view: DocumentView, site_info: SiteInfo) -> Meta:
    """Return the collection, and what the editor says about the document."""
    path, collection = urls.page_path(view.address), view.collection
    return {
        "collection": markup.html_safe(collection.title) if collection else "",
        "collection_page": site_info.page(collection.address) if collection else "",
        "note": note_html(view.note, path, site_info.index) if view.note else "",
    }


def _sheets(view: DocumentView) -> Meta:
    """Return the pictures of its pages, or of the first of them."""
    pictures = view.pictures or DocumentPictures()
    first = [pictures.thumbnail] if pictures.thumbnail else []
    return {"facsimile": [*map(_sheet, pictures.facsimile)], "thumbnail": [*map(_sheet, first)]}


def _sheet(picture: Picture) -> dict[str, str]:
    sides = {"width": str(picture.width), "height": str(picture.height)}
    return {"name": picture.file_name, **sides}


def _adjacent(document: DocumentRef | None, site_info: SiteInfo) -> dict[str, str]:
    if document is None:
        return {}
    return {
        "title": markup.html_safe(document.title),
        "address": site_info.page(document.address),
        "date": site_info.labels.date(document.date or ""),
    }


def _safe(value: Extracted[str] | None) -> str:
    return markup.html_safe(value.value) if value else ""
