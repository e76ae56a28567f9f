"""What is known about a name: a line below it, and a list of facts beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from generator.model import Entity, NameFacts
from generator.text.person_tables import ARTICLES
from generator.writing import date_forms, markup
from generator.writing.document_refs import DocumentRef
from generator.writing.entity_views import EntityView
from generator.writing.front_matter import Meta
from generator.writing.labels import Labels
from generator.writing.site_info import SiteInfo

_MAX_FORMS = 12
"""Other names that the list of facts shows; all are in the data files."""

Fact = dict[str, str]
"""A fact for the theme: its label and text, and the page or the web address that it leads to."""


def fact_meta(view: EntityView, site_info: SiteInfo) -> Meta:
    """Return what people wrote down about a name, and the facts that its page shows."""
    facts = view.entity.facts
    has_position = facts.latitude is not None
    return {
        "born": facts.born or "",
        "died": facts.died or "",
        "latitude": str(facts.latitude) if has_position else "",
        "longitude": str(facts.longitude) if has_position else "",
        "note": markup.html_safe(facts.note or ""),
        "life": markup.html_safe(life(facts, site_info.labels)),
        "facts": list(_facts(view, site_info)),
    }


def life(facts: NameFacts, labels: Labels) -> str:
    """Return the sentence of a person about a name, with the years of a life."""
    born, died = (date and date_forms.year(date) for date in (facts.born, facts.died))
    if born and died:
        years = f"{born}–{died}"
    elif born:
        years = labels("fact_born", date=born)
    else:
        years = labels("fact_died", date=died) if died else ""
    note = (facts.note or "").removesuffix(".")
    return ", ".join(filter(None, (f"{note[:1].upper()}{note[1:]}", years)))


def _facts(view: EntityView, site_info: SiteInfo) -> Iterator[Fact]:
    labels, entity = site_info.labels, view.entity
    for key, value in _dates(entity.facts, labels).items():
        if value:
            yield _fact(f"slip_{key}", value, labels)
    forms = [
        f"{form} ({labels.number(mentions)})" if mentions > 1 else form
        for form, mentions in _other_forms(entity).items()
    ]
    if forms:
        more = ["…"] if len(forms) > _MAX_FORMS else []
        yield _fact("slip_also", ", ".join((*forms[:_MAX_FORMS], *more)), labels)
    yield from _named(view, site_info)
    yield from _position(entity.facts, labels)
    for number, url in enumerate(entity.same_as):
        label = "" if number else markup.html_safe(labels("slip_elsewhere"))
        yield {"label": label, "text": markup.html_safe(_host(url)), "url": markup.html_safe(url)}


def _other_forms(entity: Entity) -> dict[str, int]:
    """Return the other names with their mentions: forms that differ in capitals are one form.

    `JOSEPH TARN` before a speech tells no reader that Joseph Tarn has another name.
    """
    shown: dict[str, str] = {}
    mentions: Counter[str] = Counter()
    for alias in entity.other_names:
        form = shown.setdefault(_without_article(alias.text), alias.text)
        mentions[form] += alias.mentions
    own = shown.get(_without_article(entity.name))
    return {form: count for form, count in mentions.items() if form != own}


def _without_article(name: str) -> str:
    folded = name.casefold()
    first, _, rest = folded.partition(" ")
    return rest if rest and first in ARTICLES else folded


def _fact(label: str, text: str, labels: Labels) -> Fact:
    return {"label": markup.html_safe(labels(label)), "text": markup.html_safe(text)}


def _named(view: EntityView, site_info: SiteInfo) -> Iterator[Fact]:
    """Yield the first and the last document that mention an entity, and the number of mentions."""
    labels = site_info.labels
    dated = [document for document in view.documents if document.date]
    if len(dated) > 1:
        for key, document in (("slip_first", dated[0]), ("slip_last", dated[-1])):
            page = site_info.page(document.address)
            yield {**_fact(key, _date(document, labels), labels), "page": page}
    yield _fact("slip_mentions", labels.number(view.entity.mentions), labels)


def _date(document: DocumentRef, labels: Labels) -> str:
    return labels.date(document.date or "")


def _dates(facts: NameFacts, labels: Labels) -> Fact:
    """Return the dates that people wrote down, in words."""
    dates = {"born": facts.born, "died": facts.died}
    known = {key: labels.date(date) if date else "" for key, date in dates.items()}
    first, last = (labels.date(date) if date else "" for date in (facts.first, facts.last))
    if first and last:
        return {**known, "between": labels("range", first=first, last=last)}
    between = labels("fact_first", date=first) if first else ""
    return {**known, "between": between or (labels("fact_last", date=last) if last else "")}


def _position(facts: NameFacts, labels: Labels) -> Iterator[Fact]:
    if facts.latitude is not None and facts.longitude is not None:
        latitude = _degrees(facts.latitude, ("north", "south"), labels)
        longitude = _degrees(facts.longitude, ("east", "west"), labels)
        where = labels("fact_where", latitude=latitude, longitude=longitude)
        yield _fact("slip_position", where, labels)


def _degrees(degrees: float, directions: tuple[str, str], labels: Labels) -> str:
    number = f"{abs(degrees):.4f}".rstrip("0").rstrip(".").replace(".", labels("decimal"))
    return labels(directions[degrees < 0], n=number)


def _host(url: str) -> str:
    """Return the host of a web address, as the text of its link."""
    return url.partition("//")[2].partition("/")[0].removeprefix("www.") or url
