"""The text of a published page as XHTML, for readers that accept no faulty XML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from html import escape

import msgspec
from selectolax.lexbor import LexborNode

_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 does not allow."""

_ANYWHERE = ("class", "id", "dir", "data-indent", "data-label")
_ELEMENTS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys("p h1 h2 h3 h4 h5 h6 em strong q span bdi ul ol li dl dt dd pre".split(), ()),
    **dict.fromkeys("aside blockquote figure figcaption table tbody tr".split(), ()),
    "td": (),
    "th": ("scope",),
    "br": (),
    "time": ("datetime",),
    "a": ("href",),
    "img": ("src", "alt", "width", "height"),
}
"""The elements that are kept, with their attributes; of others only the content is."""

_LEFT_OUT = frozenset({"script", "style", "template", "button", "form", "input", "svg", "details"})
_EMPTY = frozenset({"br", "img"})


class XhtmlWriter(msgspec.Struct, frozen=True):
    """Writes elements; two functions give the addresses of links and pictures."""

    link: Callable[[str], str | None]
    """Returns the new target of a link; None if it leads nowhere, so that only its words stay."""
    picture: Callable[[str], str | None]
    """Returns the new address of a picture; None to leave it out."""

    def element(self, node: LexborNode) -> str:
        """Return an element with its content."""
        return "".join(self._parts(node))

    def content(self, node: LexborNode) -> str:
        """Return the content of an element without the element."""
        return "".join(self._children(node))

    def _children(self, node: LexborNode) -> Iterator[str]:
        for child in node.iter(include_text=True):
            yield from self._parts(child)

    def _parts(self, node: LexborNode) -> Iterator[str]:
        tag = str(node.tag)
        if tag == "-text":
            yield xml_text(node.text_content or "")
        elif tag in _LEFT_OUT or tag.startswith("-"):
            return
        elif (attributes := self._attributes(node)) is None:
            yield from self._children(node)
        elif tag in _EMPTY:
            yield f"<{tag}{attributes}/>"
        else:
            yield f"<{tag}{attributes}>"
            yield from self._children(node)
            yield f"</{tag}>"

    def _attributes(self, node: LexborNode) -> str | None:
        """Return the attributes as they are written; None if the element is not kept."""
        allowed = _ELEMENTS.get(str(node.tag))
        if allowed is None:
            return None
        found = node.attributes
        values = {name: found[name] for name in (*_ANYWHERE, *allowed) if found.get(name)}
        if node.tag == "a":
            values["href"] = self.link(found.get("href") or "")
        elif node.tag == "img":
            values["src"] = self.picture(found.get("src") or "")
            values["alt"] = found.get("alt") or ""
        if None in values.values():
            return None
        if language := found.get("lang"):
            values |= {"lang": language, "xml:lang": language}
        return "".join(f' {name}="{xml_text(str(value))}"' for name, value in values.items())


def xml_text(text: str) -> str:
    """Return a text as XML, in an element or in an attribute in double quotation marks."""
    return escape(_FORBIDDEN.sub("\ufffd", text))
