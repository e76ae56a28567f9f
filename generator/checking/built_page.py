"""Built pages as a browser reads them: parsed by the HTML5 rules, not by patterns."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.model.pages import WRAPPER_CLASS

ARTICLE = "div.sb-text"
"""Where our theme prints a document's words, and nothing else."""

_PARAGRAPH = re.compile(r"p-[0-9a-f]{8}(?:-\d+)?")
_WORDS_ONLY = {
    "p": frozenset({"id", "class"}),
    "br": frozenset[str](),
    "em": frozenset[str](),
    "a": frozenset({"href", "rel"}),
}
"""The elements that words need, each with its attributes; anything else in an article acts."""

_INWARD = re.compile(r"(?!//)[A-Za-z0-9._~%/-]*(?:#[A-Za-z0-9._~%-]+)?")
"""A link that no browser takes for anything but a path of this site."""

_SPACES = re.compile(r"[ \t\r\n\f]+")


@dataclass(frozen=True, slots=True)
class ExternalLink:
    """A link in an article that leaves the site."""

    paragraph: int
    """In which of the article's paragraphs, counted from 0."""
    words: str
    href: str
    rel: str


@dataclass(frozen=True, slots=True)
class BuiltPage:
    """What the check needs to know of a built page."""

    heading: str
    """The visible text of the first heading."""
    above: str
    """The visible text above the article's words: title, standfirst, byline."""
    paragraphs: tuple[str, ...]
    """The visible text of the article's paragraphs, line breaks as line feeds."""
    foreign: tuple[str, ...]
    """What stands in the article besides words."""
    outward: tuple[ExternalLink, ...]
    """The links in the paragraphs that leave the site."""
    links: tuple[str, ...]
    """The targets of links, pictures, scripts and styles, as written."""
    in_paragraphs: tuple[tuple[str, str], ...]
    """The links among the article's words: the paragraph's id and the target."""
    ids: frozenset[str]


def parse_page(data: bytes) -> BuiltPage:
    """Parse a page of the site."""
    tree = LexborHTMLParser(data.decode())
    article = tree.css_first(ARTICLE)
    text = _innermost(article) if article else None
    paragraphs = list(text.iter()) if text else []
    return BuiltPage(
        heading=_visible(heading) if (heading := tree.css_first("h1")) else "",
        above=" ".join(_above(article)),
        paragraphs=tuple(map(_visible, paragraphs)),
        foreign=tuple(_foreign(text)) if text else (),
        outward=tuple(_outward(paragraphs)),
        links=tuple(_links(tree)),
        in_paragraphs=tuple(_in_paragraphs(text)) if text else (),
        ids=frozenset(str(node.attributes["id"]) for node in tree.css("[id]")),
    )


def resolve_link(page: str, target: str, home: str = "/") -> str | None:
    """Give the path below the site's root that a link on a page means, without its anchor.

    `home` is the path of the site's address, with a slash at its end: it need not be all that its
    host serves. None for a link that leaves the site. The path of a folder has no slash at its
    end, and the root's path is empty.
    """
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return None
    if not parts.path:
        return page
    # As a browser does: a path that climbs above the site leads to another one of its host.
    path = posixpath.normpath(posixpath.join(home, posixpath.dirname(page), unquote(parts.path)))
    path = path.replace("//", "/", 1) if path.startswith("//") else path
    if not f"{path}/".startswith(home):
        return None
    return path[len(home) :].strip("/")


def _visible(node: LexborNode) -> str:
    """The text that a reader sees of a paragraph."""
    return "\n".join(
        _SPACES.sub(" ", line).strip(" ") for line in "".join(_pieces(node)).split("\x00")
    )


def _pieces(node: LexborNode) -> Iterator[str]:
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            yield child.text_content or ""
        elif child.tag == "br":
            yield "\x00"
        else:
            yield from _pieces(child)


def _above(text: LexborNode | None) -> Iterator[str]:
    """What is shown over the words, in the elements that stand on their level."""
    parent = text.parent if text else None
    for node in parent.iter() if parent else ():
        if text is not None and node.mem_id == text.mem_id:
            return
        yield _visible(node)


def _foreign(article: LexborNode) -> Iterator[str]:
    for node in article.iter(include_text=True):
        stray = node.tag == "-text" and (node.text_content or "").strip()
        if (
            stray
            or (node.tag not in {"-text", "p"})
            or (node.tag == "p" and not _is_paragraph(node))
        ):
            yield f"<{node.tag}> outside a paragraph"
    # Compared by address: to compare nodes is to write out their HTML.
    for node in article.css("*"):
        if node.mem_id == article.mem_id:
            continue
        allowed = _WORDS_ONLY.get(str(node.tag))
        if allowed is None or not allowed.issuperset(node.attributes):
            yield f"<{node.tag}>"


def _outward(paragraphs: list[LexborNode]) -> Iterator[ExternalLink]:
    for number, paragraph in enumerate(paragraphs):
        for node in paragraph.css("a"):
            href = node.attributes.get("href") or ""
            if not _INWARD.fullmatch(href):
                yield ExternalLink(number, _visible(node), href, node.attributes.get("rel") or "")


def _innermost(article: LexborNode) -> LexborNode:
    """Give the element whose children the paragraphs are."""
    inside = list(article.iter())
    whole = len(inside) == 1 and inside[0].attributes == {"class": WRAPPER_CLASS}
    return inside[0] if whole else article


def _is_paragraph(node: LexborNode) -> bool:
    return _PARAGRAPH.fullmatch(node.attributes.get("id") or "") is not None


def _in_paragraphs(article: LexborNode) -> Iterator[tuple[str, str]]:
    for paragraph in article.css("p[id]"):
        for link in paragraph.css("a[href]"):
            yield str(paragraph.attributes["id"]), str(link.attributes["href"])


def _links(tree: LexborHTMLParser) -> Iterator[str]:
    for node in tree.css("a[href], link[href], script[src], img[src]"):
        if node.attributes.get("rel") != "canonical":
            yield str(node.attributes.get("href") or node.attributes.get("src") or "")
    for node in tree.css("meta[http-equiv=refresh]"):
        yield str(node.attributes.get("content") or "").partition("url=")[2]
