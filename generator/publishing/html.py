"""Built pages as a browser reads them: parsed by the HTML5 rules, not by patterns."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

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

_SCHEMES = frozenset({"", "http", "https", "mailto"})
_SPACES = re.compile(r"[ \t\r\n\f]+")


@dataclass(frozen=True, slots=True)
class Page:
    """What the check needs to know of a built page."""

    paragraphs: tuple[str, ...]
    """The visible text of the article's paragraphs, line breaks as line feeds."""
    foreign: tuple[str, ...]
    """What stands in the article besides words."""
    links: tuple[str, ...]
    """The targets of links, pictures, scripts and styles, as written."""
    ids: frozenset[str]


def read_page(data: bytes) -> Page:
    """Parse a page of the site."""
    tree = LexborHTMLParser(data.decode())
    article = tree.css_first(ARTICLE)
    return Page(
        paragraphs=tuple(_visible(node) for node in article.iter()) if article else (),
        foreign=tuple(_foreign(article)) if article else (),
        links=tuple(_links(tree)),
        ids=frozenset(str(node.attributes["id"]) for node in tree.css("[id]")),
    )


def site_path(page: str, target: str) -> str | None:
    """Give the path below the site's root that a link on a page means, without its anchor.

    None for a link that leaves the site. The path of a folder has no slash at its end, and the
    root's path is empty.
    """
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return None
    if not parts.path:
        return page
    path = posixpath.normpath(posixpath.join("/", posixpath.dirname(page), unquote(parts.path)))
    return path.strip("/")


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


def _foreign(article: LexborNode) -> Iterator[str]:
    for node in article.iter(include_text=True):
        stray = node.tag == "-text" and (node.text_content or "").strip()
        if (
            stray
            or (node.tag not in {"-text", "p"})
            or (node.tag == "p" and not _is_paragraph(node))
        ):
            yield f"<{node.tag}> outside a paragraph"
    for node in article.css("*"):
        if node == article:
            continue
        allowed = _WORDS_ONLY.get(str(node.tag))
        if allowed is None or not allowed.issuperset(node.attributes):
            yield f"<{node.tag}>"
        elif node.tag == "a" and urlsplit(node.attributes.get("href") or "").scheme not in _SCHEMES:
            yield f"a link to {node.attributes['href']}"


def _is_paragraph(node: LexborNode) -> bool:
    return _PARAGRAPH.fullmatch(node.attributes.get("id") or "") is not None


def _links(tree: LexborHTMLParser) -> Iterator[str]:
    for node in tree.css("a[href], link[href], script[src], img[src]"):
        if node.attributes.get("rel") != "canonical":
            yield str(node.attributes.get("href") or node.attributes.get("src") or "")
    for node in tree.css("meta[http-equiv=refresh]"):
        yield str(node.attributes.get("content") or "").partition("url=")[2]
