"""Built pages as a browser reads them: parsed by the rules of HTML5, not by patterns."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.checking.allowed_elements import foreign_elements
from generator.checking.shown_blocks import ShownBlock, shown_blocks, visible_text
from generator.model import Block
from generator.model.pages import WRAPPER_CLASS
from generator.model.pictures import Picture

ARTICLE = "div.sb-text"
"""The element of our theme that holds a document's words, and nothing else."""

CONTENTS = "sb-contents"
"""The class of a table of contents."""

_NOTE = "aside.sb-note"
"""The element of our theme that holds a note of the editor on a document."""

_INTERNAL_LINK = re.compile(r"(?!//)[A-Za-z0-9._~%/-]*(?:#[A-Za-z0-9._~%-]+)?")
"""A link that every browser reads as a path of this site."""


_PLAIN_PATH = re.compile(r"(?!//)[A-Za-z0-9._~/-]+")
"""A path without host, query or escapes, as nearly all links of a page have."""

_NOTE_LINK_CLASSES = frozenset({"noteref", "marker"})
"""Classes of the links between a note and its references."""

_PIXELS = re.compile(r"(?a:\d{1,5})")
"""The width or height of a picture."""

_SHEET_LINK = re.compile(r"(?:original\.pdf#page=|#sheet-)\d{1,6}")
"""A link to a page of the original: in its PDF, or among the pictures of its sheets."""

_SIDES = ("width", "height")


class ExternalLink(msgspec.Struct, frozen=True):
    """A link in an article that leaves the site."""

    paragraph: int
    """Index of the paragraph in the article."""
    text: str
    href: str
    rel: str
    is_stated: bool
    """Whether the seed states its target, and does not print it."""


class BuiltPage(msgspec.Struct, frozen=True):
    """What the check needs to know of a built page."""

    heading: str
    """The visible text of the first heading."""
    text_above: str
    """The visible text above the article's words: title, standfirst, byline."""
    blocks: tuple[Block, ...]
    """What the article shows: text, kind and structure of its blocks."""
    foreign_elements: tuple[str, ...]
    """The elements of the article that the check does not allow."""
    external_links: tuple[ExternalLink, ...]
    """The links in the paragraphs that leave the site."""
    links: tuple[str, ...]
    """The targets of links, redirects, images, scripts and styles, as written."""
    paragraph_links: tuple[tuple[str, str], ...]
    """The links among the article's words: the paragraph's id and the target."""
    ids: frozenset[str]
    document_links: frozenset[str] = frozenset()
    """The targets of the links of the article and what stands around it: those in the site's header
    and in a note of the editor lead to whatever people chose, also to names it does not mention."""
    pictures: tuple[Picture, ...] = ()
    """The pictures in the article, in its order."""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The visible text of the article's blocks, line breaks as line feeds."""
        return tuple(block.text for block in self.blocks)


def parse_page(data: bytes) -> BuiltPage:
    """Parse a page of the site."""
    tree = LexborHTMLParser(data.decode())
    article = tree.css_first(ARTICLE)
    text = _paragraphs_parent(article) if article else None
    shown = tuple(shown_blocks(text)) if text else ()
    block_links = tuple(_block_links(shown))
    return BuiltPage(
        heading=visible_text(heading) if (heading := tree.css_first("h1")) else "",
        text_above=" ".join(_text_above(article)),
        blocks=tuple(item.block for item in shown),
        foreign_elements=tuple(foreign_elements(text)) if text else (),
        external_links=tuple(_external_links(block_links)),
        links=tuple(_links(tree)),
        paragraph_links=tuple(_paragraph_links(shown, block_links)),
        pictures=tuple(map(_picture, text.css("img"))) if text else (),
        ids=frozenset(str(node.id) for node in tree.css("[id]")),
        document_links=frozenset(_document_links(article)),
    )


def resolve_link(page: str, target: str, base_path: str = "/") -> str | None:
    """Return the path below the site's root that a link on a page leads to, without its anchor.

    `base_path` is the path of the site's address and ends with a slash; its host may serve other
    sites as well. Returns None for a link that leaves the site. The path of a folder has no slash
    at its end, and the root's path is empty.
    """
    below = _path_below_root(page.count("/"), target)
    if below is not None:
        return below
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return None
    target_path = unquote(parts.path)
    if not target_path:
        return page
    # As in a browser, a path that climbs above the site leads to another site of its host.
    path = posixpath.normpath(posixpath.join(base_path, posixpath.dirname(page), target_path))
    path = path.replace("//", "/", 1) if path.startswith("//") else path
    if not f"{path}/".startswith(base_path):
        return None
    return path[len(base_path) :].strip("/")


@lru_cache(maxsize=8192)  # pages have links to the same names, and all to those of the header
def _path_below_root(depth: int, target: str) -> str | None:
    """Return the path of a link that first climbs from a page's folder to the site's root.

    `depth` is the number of folders above the page. Nearly all links are so; None for others.
    """
    root = "../" * depth
    below = f"/{target[len(root) :]}"
    is_plain = _PLAIN_PATH.fullmatch(target) and target.startswith(root)
    return below.strip("/") if is_plain and "/." not in below and "//" not in below else None


def _picture(node: LexborNode) -> Picture:
    values = {name: node.attributes.get(name) or "" for name in ("src", "width", "height", "alt")}
    width, height = (int(values[name]) if _PIXELS.fullmatch(values[name]) else 0 for name in _SIDES)
    return Picture(values["src"], width, height, values["alt"])


def _text_above(text: LexborNode | None) -> Iterator[str]:
    """Yield the text of the elements before the article, on the same level.

    A table of contents repeats headings of the article, and shows nothing that it leaves out.
    """
    parent = text.parent if text else None
    for node in parent.iter() if parent else ():
        if text is not None and node.mem_id == text.mem_id:
            return
        if node.attributes.get("class") != CONTENTS:
            yield visible_text(node)


def _document_links(article: LexborNode | None) -> Iterator[str]:
    """Yield the targets of the links in the element around an article, but for the note's."""
    around = article
    while around and around.parent and around.tag != "article":
        around = around.parent
    if around:
        in_notes = Counter(target for note in around.css(_NOTE) for target in _targets(note))
        yield from Counter(_targets(around)) - in_notes


def _targets(node: LexborNode) -> Iterator[str]:
    yield from (str(link.attributes.get("href")) for link in node.css("a[href]"))


def _external_links(links: Iterable[_BlockLink]) -> Iterator[ExternalLink]:
    for index, node, attributes in links:
        href = attributes.get("href") or ""
        if not _INTERNAL_LINK.fullmatch(href):
            is_stated = attributes.get("class") == "link"
            rel = attributes.get("rel") or ""
            yield ExternalLink(index, visible_text(node), href, rel, is_stated)


def _paragraphs_parent(article: LexborNode) -> LexborNode:
    """Return the element whose children are the paragraphs."""
    children = list(article.iter())
    whole = len(children) == 1 and children[0].attributes == {"class": WRAPPER_CLASS}
    return children[0] if whole else article


def _paragraph_links(
    shown: Sequence[ShownBlock], links: Iterable[_BlockLink]
) -> Iterator[tuple[str, str]]:
    for index, _, attributes in links:
        name = shown[index].node.attributes.get("id")
        if name and attributes.get("class") not in _NOTE_LINK_CLASSES:
            yield name, str(attributes.get("href"))


class _BlockLink(NamedTuple):
    """A link in a block of an article."""

    block: int
    """Index of the block in the article."""
    node: LexborNode
    attributes: Mapping[str, str | None]
    """Those of the node, which makes a new dictionary each time that it is asked."""


def _block_links(shown: Iterable[ShownBlock]) -> Iterator[_BlockLink]:
    """Yield the links of the blocks; none of those to sheets."""
    for index, item in enumerate(shown):
        for node in item.node.css("a"):
            attributes = node.attributes
            is_sheet = bool(_SHEET_LINK.fullmatch(attributes.get("href") or ""))
            if not is_sheet and _belongs_to(node, item.node):
                yield _BlockLink(index, node, attributes)


def _belongs_to(link: LexborNode, node: LexborNode) -> bool:
    """Whether a link is in a block itself, and not in an item of a list inside it."""
    parent = link.parent
    while parent is not None and parent.mem_id != node.mem_id and parent.tag != "li":
        parent = parent.parent
    return parent is not None and parent.mem_id == node.mem_id


_LINKING_ELEMENTS = "a[href], link[href], script[src], img[src], meta[http-equiv=refresh]"
"""The elements that lead to other files, as a selector of CSS."""


def _links(tree: LexborHTMLParser) -> Iterator[str]:
    for node in tree.css(_LINKING_ELEMENTS):
        attributes = node.attributes
        if "http-equiv" in attributes:
            yield str(attributes.get("content") or "").partition("url=")[2]
        elif attributes.get("rel") != "canonical":
            yield attributes.get("href") or attributes.get("src") or ""
