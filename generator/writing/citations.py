"""Citations: one record of a document, and every form in which people and programs take it.

Each form has its own escape, because a title may hold what means something there. A name is
divided into family and given name only where that is sure: two words, or a particle between
them. "Luis Arce Córdova" stays whole; a bibliography with a wrong family name is worse.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from urllib.parse import urlencode

from generator.model import AnyDocument, Corpus
from generator.writing import urls
from generator.writing.imprint import Genre, Imprint

_PARTICLES = frozenset("van von der den de del della di da dos du la le ter ten zu".split())
_SIMPLE = re.compile(r"\d{4}(-\d\d){0,2}")
"""A day, a month or a year; what most formats can hold of EDTF."""

_BIBTEX = {
    # Braces by name: BibTeX counts them even behind a backslash.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "%&$#_"},
}


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name; without a family name it is not known which part that is."""

    whole: str
    family: str = ""
    given: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """What a citation needs to know of a document."""

    key: str
    genre: Genre
    title: str
    authors: tuple[Name, ...]
    date: str
    """EDTF, or empty."""
    date_text: str
    publication: str
    """The paper it stood in; the site itself, where that is not known."""
    language: str
    url: str
    digest: str


def work(document: AnyDocument, corpus: Corpus, imprint: Imprint) -> Work:
    """Take what can be cited out of a document."""
    said = document.metadata
    date = said.date.value if said.date else ""
    authors = tuple(divided(author.value) for author in said.authors)
    first = authors[0].family or authors[0].whole if authors else imprint.name
    words = [first, date[:4], *said.title.value.split()[:2]]
    return Work(
        key="-".join(filter(None, map(urls.slug, filter(None, words)))),
        genre=imprint.genre,
        title=" ".join(said.title.value.split()),
        authors=authors,
        date=date,
        date_text=imprint.labels.date(date) if date else said.open_date,
        publication=imprint.name,
        language=said.language.value if said.language else "",
        url=imprint.absolute_page(corpus.addresses[document.source]),
        digest=document.digest,
    )


def divided(name: str) -> Name:
    """Divide a name where that is sure."""
    words = name.split()
    particle = next((at for at, word in enumerate(words) if word.lower() in _PARTICLES), 0)
    at = particle if 0 < particle < len(words) - 1 else 1
    if len(words) == 2 or at > 1 or (at == particle == 1):
        return Name(name, " ".join(words[at:]), " ".join(words[:at]))
    return Name(name)


def sentence(cited: Work) -> str:
    """Write a citation for people, without the address."""
    names = ", ".join(author.whole for author in cited.authors)
    stop = "" if cited.title.endswith(("?", "!", ".", "…")) else "."
    where = ", ".join(filter(None, (cited.publication, cited.date_text)))
    return " ".join(
        filter(None, (f"{names}." if names else "", f"“{cited.title}{stop}”", f"{where}."))
    )


def bibtex(cited: Work) -> str:
    """Write a BibTeX entry; its words are read back to the letter."""
    names = [_bibtex_name(author) for author in cited.authors]
    fields = {
        "author": " and ".join(names),
        "title": f"{{{_bibtex(cited.title)}}}",
        "journal" if cited.genre == "news" else "howpublished": _bibtex(cited.publication),
        "year": cited.date[:4],
        "date": _bibtex(cited.date),
        "url": _bibtex(cited.url),
        "langid": cited.language,
    }
    kind = "article" if cited.genre == "news" else "misc"
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{cited.key},", *lines, "}", ""])


def ris(cited: Work) -> str:
    """Write a RIS record: one field a line, two letters each."""
    lines = [("TY", "NEWS" if cited.genre == "news" else "GEN"), ("TI", cited.title)]
    lines += [("AU", _family_first(author)) for author in cited.authors]
    if _SIMPLE.fullmatch(cited.date):
        lines += [("PY", cited.date[:4]), ("DA", cited.date.replace("-", "/"))]
    lines += [("T2", cited.publication), ("LA", cited.language), ("UR", cited.url)]
    return (
        "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in lines if value)
        + "ER  - \r\n"
    )


def csl_json(cited: Work) -> str:
    """Write a CSL-JSON list of one item, as citation processors take it."""
    item: dict[str, object] = {
        "id": cited.key,
        "type": "article-newspaper" if cited.genre == "news" else "document",
        "title": cited.title,
        "author": [_csl_name(author) for author in cited.authors],
        "issued": _csl_date(cited.date),
        "container-title": cited.publication,
        "language": cited.language,
        "URL": cited.url,
    }
    known = {key: value for key, value in item.items() if value}
    return f"{json.dumps([known], ensure_ascii=False, indent=1)}\n"


def plain_text(cited: Work, text: str) -> str:
    """Write a document as plain text, with what one needs to cite it."""
    head = [cited.title, *(author.whole for author in cited.authors), cited.date_text]
    foot = [sentence(cited), cited.url, f"SHA-256 {cited.digest}"]
    parts = ["\n".join(filter(None, head)), text, "\n".join(filter(None, foot))]
    return "\n\n".join(parts) + "\n"


def coins(cited: Work) -> str:
    """Write an OpenURL context object, percent-encoded: reference managers find it in a page.

    Zotero takes its own names of item types in `rft.type` of a Dublin Core object.
    """
    kind = "newspaperArticle" if cited.genre == "news" else "document"
    pairs = [("ctx_ver", "Z39.88-2004"), ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc")]
    pairs += [("rft.type", kind), ("rft.title", cited.title), ("rft.source", cited.publication)]
    for at, author in enumerate(cited.authors):
        if at == 0 and author.family:
            pairs += [("rft.aulast", author.family), ("rft.aufirst", author.given)]
        else:
            pairs.append(("rft.au", author.whole))
    pairs += [("rft.date", cited.date if _SIMPLE.fullmatch(cited.date) else "")]
    pairs += [("rft.language", cited.language), ("rft.identifier", cited.url)]
    return urlencode([(key, value) for key, value in pairs if value]).replace("&", "&amp;")


def _bibtex(words: str) -> str:
    return "".join(_BIBTEX.get(sign, sign) for sign in " ".join(words.split()))


def _bibtex_name(name: Name) -> str:
    if name.family:
        return f"{{{_bibtex(name.family)}}}, {{{_bibtex(name.given)}}}"
    return f"{{{_bibtex(name.whole)}}}"


def _family_first(name: Name) -> str:
    return f"{name.family}, {name.given}" if name.family else name.whole


def _csl_name(name: Name) -> dict[str, str]:
    if name.family:
        return {"family": name.family, "given": name.given}
    return {"literal": name.whole}


def _csl_date(edtf: str) -> dict[str, object]:
    if not edtf:
        return {}
    parts = [[int(n) for n in re.findall(r"\d+", part)] for part in edtf.split("/")]
    return {"date-parts": parts, **({"circa": True} if "~" in edtf else {})}
