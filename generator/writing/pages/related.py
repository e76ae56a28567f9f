"""Front matter of a document's page about its versions and its related documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.model import RelatedDocument, Relations
from generator.writing import markup
from generator.writing.document_refs import DocumentRef
from generator.writing.front_matter import Meta
from generator.writing.labels import Labels
from generator.writing.site_info import SiteInfo
from generator.writing.views import DocumentView


def related_meta(view: DocumentView, site_info: SiteInfo) -> Meta:
    """Return the front matter about other documents: parallel lists of their facts."""
    relations = view.relations or Relations(view.document.source)
    shown = [document for document in relations.related if _shares_more_than_words(document)]
    reasons = (reason(document, site_info.labels, _answer(document, view)) for document in shown)
    return {
        **_facts("related", [view.linked[document.source] for document in shown], site_info),
        "related_reasons": list(map(markup.html_safe, reasons)),
        **_facts("versions", [view.linked[source] for source in relations.versions], site_info),
        **_facts("parts", [view.linked[source] for source in view.family.parts], site_info),
        **_parent(view, site_info),
    }


def _shares_more_than_words(related: RelatedDocument) -> bool:
    """Whether a reader would see why: in verse and old spelling, rare words are of no subject."""
    return related.is_answer or bool(related.passage or related.names)


def _answer(related: RelatedDocument, view: DocumentView) -> str:
    """Return the label that says which of two letters answers the other: the later one does."""
    date, own = view.linked[related.source].date, view.document.metadata.date
    if date is None or own is None or date == own.value:
        return "is_answer"
    return "answers_this" if date > own.value else "answered_here"


def _parent(view: DocumentView, site_info: SiteInfo) -> Meta:
    """Return the letter that a document was enclosed in."""
    parent = view.linked[view.family.parent] if view.family.parent else None
    if parent is None:
        return {}
    return {
        "part_of": markup.html_safe(parent.title),
        "part_of_page": site_info.page(parent.address),
    }


def _facts(name: str, documents: Sequence[DocumentRef], site_info: SiteInfo) -> Meta:
    labels = site_info.labels
    return {
        name: [markup.html_safe(document.title) for document in documents],
        f"{name}_dates": [labels.date(document.date or "") for document in documents],
        f"{name}_pages": [site_info.page(document.address) for document in documents],
    }


def reason(related: RelatedDocument, labels: Labels, answer: str = "is_answer") -> str:
    """Describe in words what two documents share; that one answers the other says it all.

    `answer` is the label for it.
    """
    return labels(answer) if related.is_answer else "; ".join(_reasons(related, labels))


def _reasons(related: RelatedDocument, labels: Labels) -> Iterator[str]:
    if related.passage:
        yield labels("both_have", passage=labels("quoted", word=related.passage))
    if related.names:
        yield labels("both_mention", names=_join(related.names, labels))
    elif related.terms:
        words = tuple(labels("quoted", word=term) for term in related.terms)
        yield labels.count(len(words), "both_use", words=_join(words, labels))
    if related.same_week:
        yield labels("same_week")


def _join(words: tuple[str, ...], labels: Labels) -> str:
    *others, last = words
    return labels("and", others=", ".join(others), last=last) if others else last
