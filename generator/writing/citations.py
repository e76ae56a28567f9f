"""Citations of a document, in each format for people and programs.

Each format escapes differently, because a title may contain characters with a meaning there. All
formats use the names from `generator.text.split_name` and the dates from `date_forms`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from unicodedata import bidirectional
from urllib.parse import quote_plus

import msgspec

from generator.model import Address, AnyDocument
from generator.text.person_names import CitedName, split_name
from generator.writing import date_forms, markup
from generator.writing.addresses import urls
from generator.writing.site_info import Genre, SiteInfo

_BIBTEX = str.maketrans(
    {
        # Braces by name: BibTeX counts them even after a backslash.
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{character: f"\\{character}" for character in "%&$#_"},
    }
)

_split_name = lru_cache(maxsize=4096)(split_name)
"""Most authors wrote several documents."""


class CitedWork(msgspec.Struct, frozen=True):
    """The facts about a document that citations need."""

    key: str
    genre: Genre
    title: str
    authors: tuple[CitedName, ...]
    date: str
    """EDTF, or empty."""
    date_text: str
    publication: str
    """The name of the site."""
    language: str
    url: str
    digest: str
    quoted: str = "“{word}”"
    """A title in the quotation marks of the site's language."""


def cited_work(document: AnyDocument, address: Address, site_info: SiteInfo) -> CitedWork:
    """Return the facts about a document that citations need."""
    metadata = document.metadata
    date = metadata.date.value if metadata.date else ""
    language = metadata.language.value if metadata.language else ""
    authors = tuple(_split_name(author.value, language) for author in metadata.authors)
    first = authors[0].family or authors[0].whole if authors else site_info.name
    words = [first, date[:4], *metadata.title.value.split()[:2]]
    return CitedWork(
        key="-".join(filter(None, map(urls.slug, filter(None, words)))),
        genre=site_info.genre,
        title=" ".join(metadata.title.value.split()),
        authors=authors,
        date=date,
        date_text=site_info.labels.date(date) if date else metadata.open_date or "",
        publication=site_info.name,
        language=language,
        url=site_info.absolute_page(address),
        digest=document.digest,
        quoted=site_info.labels("quoted"),
    )


def citation_text(cited: CitedWork) -> str:
    """Return a citation for people, without the address."""
    return _citation(cited, str)


def citation_html(cited: CitedWork) -> str:
    """Return the same for the front matter, as HTML.

    If some of its words run from right to left, each part has its own direction: else the day of a
    date would move to the words before it.
    """
    is_mixed = any(bidirectional(character) in {"R", "AL"} for character in citation_text(cited))
    return _citation(cited, _isolated if is_mixed else markup.html_safe)


def _isolated(words: str) -> str:
    return f"<bdi>{markup.html_safe(words)}</bdi>" if words else ""


def _citation(cited: CitedWork, written: Callable[[str], str]) -> str:
    """Return a citation in which each part is written by a function."""
    names = ", ".join(written(author.whole) for author in cited.authors)
    is_inside = cited.quoted.endswith("”")  # as in English; elsewhere the stop follows the mark
    own = cited.title.rstrip(" ,;:") or cited.title  # a line of verse that stands for a title
    stop = "" if is_inside and own.endswith(("?", "!", ".", "…")) else "."
    words = written(f"{own}{stop}" if is_inside else own)
    title = f"{cited.quoted.replace('{word}', words)}{'' if is_inside else stop}"
    source = ", ".join(filter(None, map(written, (cited.publication, cited.date_text))))
    return " ".join(filter(None, (f"{names}." if names else "", title, f"{source}.")))


def bibtex(cited: CitedWork) -> str:
    """Return a BibTeX entry; programs read back exactly the words of the document."""
    names = [_bibtex_name(author) for author in cited.authors]
    fields = {
        "author": " and ".join(names),
        "title": f"{{{_bibtex(cited.title)}}}",
        "journal" if cited.genre == "news" else "howpublished": _bibtex(cited.publication),
        "year": date_forms.year(cited.date).lstrip("0"),
        "date": date_forms.biblatex(cited.date),
        "url": _bibtex(cited.url),
        "langid": cited.language,
    }
    kind = "article" if cited.genre == "news" else "misc"
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{cited.key},", *lines, "}", ""])


def ris(cited: CitedWork) -> str:
    """Return a RIS record: one field in each line, with a tag of two letters.

    A comma divides an author's name in RIS and cannot be escaped, so the name of an organization is
    written without its commas.
    """
    lines = [("TY", "NEWS" if cited.genre == "news" else "GEN"), ("TI", cited.title)]
    lines += [("AU", _ris_name(author)) for author in cited.authors]
    lines += [("PY", date_forms.year(cited.date)), ("DA", date_forms.ris(cited.date))]
    lines += [("T2", cited.publication), ("LA", cited.language), ("UR", cited.url)]
    return (
        "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in lines if value)
        + "ER  - \r\n"
    )


def csl_json(cited: CitedWork) -> bytes:
    """Return a CSL-JSON list of one item for citation processors."""
    return msgspec.json.format(msgspec.json.encode([csl_item(cited)]), indent=1) + b"\n"


def csl_item(cited: CitedWork) -> dict[str, object]:
    """Return an item of CSL-JSON."""
    item: dict[str, object] = {
        "id": cited.key,
        "type": "article-newspaper" if cited.genre == "news" else "document",
        "title": cited.title,
        "author": [_csl_name(author) for author in cited.authors],
        "issued": date_forms.csl(cited.date),
        "container-title": cited.publication,
        "language": cited.language,
        "URL": cited.url,
    }
    return {key: value for key, value in item.items() if value}


def plain_text(cited: CitedWork, text: str) -> str:
    """Return a document as plain text, with its citation."""
    head = [cited.title, *(author.whole for author in cited.authors), cited.date_text]
    foot = [citation_text(cited), cited.url, f"SHA-256 {cited.digest}"]
    parts = ["\n".join(filter(None, head)), text, "\n".join(filter(None, foot))]
    return "\n\n".join(parts) + "\n"


def openurl_coins(cited: CitedWork) -> str:
    """Return a percent-encoded OpenURL context object, which reference managers find in a page.

    Zotero reads its own names of item types from `rft.type` of a Dublin Core object.
    """
    kind = "newspaperArticle" if cited.genre == "news" else "document"
    pairs: list[tuple[str, str | None]] = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
    ]
    pairs += [("rft.type", kind), ("rft.title", cited.title), ("rft.source", cited.publication)]
    for index, author in enumerate(cited.authors):
        pairs += _openurl_name(author, is_first=index == 0)
    pairs += [("rft.date", date_forms.iso(cited.date))]
    pairs += [("rft.language", cited.language), ("rft.identifier", cited.url)]
    return "&amp;".join(f"{key}={quote_plus(value)}" for key, value in pairs if value)


def _bibtex(words: str) -> str:
    return " ".join(words.split()).translate(_BIBTEX)


def _bibtex_name(name: CitedName) -> str:
    """Return `Family, Suffix, Given`, each part in braces, which protect "and" and commas."""
    parts = (name.family, name.suffix, name.given) if name.family else (name.whole,)
    return ", ".join(f"{{{_bibtex(part)}}}" for part in parts if part)


def _ris_name(name: CitedName) -> str:
    return name.inverted if name.family else name.whole.replace(",", "")


def _csl_name(name: CitedName) -> dict[str, str]:
    if not name.family:
        return {"literal": name.whole}
    parts = {"family": name.family, "given": name.given, "suffix": name.suffix}
    return {key: part for key, part in parts.items() if part}


def _openurl_name(name: CitedName, *, is_first: bool) -> list[tuple[str, str | None]]:
    """Return the OpenURL fields of an author; only the first author's name is divided."""
    if name.is_organization:
        return [("rft.aucorp", name.whole)]
    if is_first and name.family:
        last, first = ("rft.aulast", name.family), ("rft.aufirst", name.given)
        return [last, first, ("rft.ausuffix", name.suffix)]
    return [("rft.au", name.inverted)]
