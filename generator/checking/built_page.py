"""Built pages as a browser reads them: parsed by the rules of HTML5, not by patterns."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.model.pages import WRAPPER_CLASS

ARTICLE = "div.sb-text"
"""The element of our theme that holds a document's words, and nothing else."""

_PARAGRAPH = re.compile(r"p-[0-9a-f]{8}(?:-\d+)?")
_TEXT_ELEMENTS = {
    "p": frozenset({"id", "class"}),
    "br": frozenset[str](),
    "em": frozenset[str](),
    "a": frozenset({"href", "rel"}),
}
"""The elements and attributes that text needs. Any other element may do more than show text."""

_INTERNAL_LINK = re.compile(r"(?!//)[A-Za-z0-9._~%/-]*(?:#[A-Za-z0-9._~%-]+)?")
"""A link that every browser reads as a path of this site."""

_SPACES = re.compile(r"[ \t\r\n\f]+")


@dataclass(frozen=True, slots=True)
class ExternalLink:
    """A link in an article that leaves the site."""

    paragraph: int
    """Index of the paragraph in the article."""
    text: str
    href: str
    rel: str


@dataclass(frozen=True, slots=True)
class BuiltPage:
    """What the check needs to know of a built page."""

    heading: str
    """The visible text of the first heading."""
    text_above: str
    """The visible text above the article's words: title, standfirst, byline."""
    paragraphs: tuple[str, ...]
    """The visible text of the article's paragraphs, line breaks as line feeds."""
    foreign_elements: tuple[str, ...]
    """The elements of the article that are more than words."""
    external_links: tuple[ExternalLink, ...]
    """The links in the paragraphs that leave the site."""
    links: tuple[str, ...]
    """The targets of links, images, scripts and styles, as written."""
    paragraph_links: tuple[tuple[str, str], ...]
    """The links among the article's words: the paragraph's id and the target."""
    ids: frozenset[str]


def parse_page(data: bytes) -> BuiltPage:
    """Parse a page of the site."""
    tree = LexborHTMLParser(data.decode())
    article = tree.css_first(ARTICLE)
    text = _paragraphs_parent(article) if article else None
    paragraphs = list(text.iter()) if text else []
    return BuiltPage(
        heading=_visible(heading) if (heading := tree.css_first("h1")) else "",
        text_above=" ".join(_text_above(article)),
        paragraphs=tuple(map(_visible, paragraphs)),
        foreign_elements=tuple(_foreign_elements(text)) if text else (),
        external_links=tuple(_external_links(paragraphs)),
        links=tuple(_links(tree)),
        paragraph_links=tuple(_paragraph_links(text)) if text else (),
        ids=frozenset(str(node.attributes["id"]) for node in tree.css("[id]")),
    )


def resolve_link(page: str, target: str, base_path: str = "/") -> str | None:
    """Return the path below the site's root that a link on a page leads to, without its anchor.

    `base_path` is the path of the site's address and ends with a slash; its host may serve other
    sites as well. Returns None for a link that leaves the site. The path of a folder has no slash
    at its end, and the root's path is empty.
    """
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return None
    if not parts.path:
        return page
    # As in a browser, a path that climbs above the site leads to another site of its host.
    path = posixpath.normpath(
        posixpath.join(base_path, posixpath.dirname(page), unquote(parts.path))
    )
    path = path.replace("//", "/", 1) if path.startswith("//") else path
    if not f"{path}/".startswith(base_path):
        return None
    return path[len(base_path) :].strip("/")


def _visible(node: LexborNode) -> str:
    """Return the text of a paragraph that a reader sees."""
    return "\n".join(
        _SPACES.sub(" ", line).strip(" ") for line in "".join(_text_nodes(node)).split("\x00")
    )


def _text_nodes(node: LexborNode) -> Iterator[str]:
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            yield child.text_content or ""
        elif child.tag == "br":
            yield "\x00"
        else:
            yield from _text_nodes(child)


def _text_above(text: LexborNode | None) -> Iterator[str]:
    """Yield the text of the elements before the article, on the same level."""
    parent = text.parent if text else None
    for node in parent.iter() if parent else ():
        if text is not None and node.mem_id == text.mem_id:
            return
        yield _visible(node)


def _foreign_elements(article: LexborNode) -> Iterator[str]:
    for node in article.iter(include_text=True):
        stray = node.tag == "-text" and (node.text_content or "").strip()
        if (
            stray
            or (node.tag not in {"-text", "p"})
            or (node.tag == "p" and not _is_paragraph(node))
        ):
            yield f"<{node.tag}> outside a paragraph"
    # Nodes are compared by address, because `==` serializes their HTML.
    for node in article.css("*"):
        if node.mem_id == article.mem_id:
            continue
        allowed = _TEXT_ELEMENTS.get(str(node.tag))
        if allowed is None or not allowed.issuperset(node.attributes):
            yield f"<{node.tag}>"


def _external_links(paragraphs: list[LexborNode]) -> Iterator[ExternalLink]:
    for index, paragraph in enumerate(paragraphs):
        for node in paragraph.css("a"):
            href = node.attributes.get("href") or ""
            if not _INTERNAL_LINK.fullmatch(href):
                yield ExternalLink(index, _visible(node), href, node.attributes.get("rel") or "")


def _paragraphs_parent(article: LexborNode) -> LexborNode:
    """Return the element whose children are the paragraphs."""
    children = list(article.iter())
    whole = len(children) == 1 and children[0].attributes == {"class": WRAPPER_CLASS}
    return children[0] if whole else article


def _is_paragraph(node: LexborNode) -> bool:
    return _PARAGRAPH.fullmatch(node.attributes.get("id") or "") is not None


def _paragraph_links(article: LexborNode) -> Iterator[tuple[str, str]]:
    for paragraph in article.css("p[id]"):
        for link in paragraph.css("a[href]"):
            yield str(paragraph.attributes["id"]), str(link.attributes["href"])


def _links(tree: LexborHTMLParser) -> Iterator[str]:
    for node in tree.css("a[href], link[href], script[src], img[src]"):
        if node.attributes.get("rel") != "canonical":
            yield str(node.attributes.get("href") or node.attributes.get("src") or "")
    for node in tree.css("meta[http-equiv=refresh]"):
        yield str(node.attributes.get("content") or "").partition("url=")[2]
