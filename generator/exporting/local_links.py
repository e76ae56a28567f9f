"""Links of a page as a copy on disk needs them: no browser looks for the first page of a folder."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Container
from dataclasses import dataclass, field
from html import escape, unescape
from urllib.parse import quote, urlsplit

from generator.checking.built_page import resolve_link

_TAG = re.compile(r'<[a-zA-Z][^<>"]*(?:"[^"]*"[^<>"]*)*>')
_ATTRIBUTE = re.compile(r'(\s([a-zA-Z][\w:.-]*)=)(?:"([^"]*)"|([^\s"\'<>]+))')
"""An attribute with its whole value, so that words in a value are never taken for another one."""
_LINKS = frozenset({"href", "src", "action"})
_REFRESH = re.compile(r"(\d+;\s*url=)(.*)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class LocalLinks:
    """The files of a copy, to which links are rewritten."""

    files: Container[str]
    base_path: str = "/"
    """The path of the site on its host, with a slash at its beginning and end."""
    _known: dict[tuple[str, str], str] = field(default_factory=dict, repr=False, compare=False)
    """Rewritten links, by the folder of their page: pages of a folder have many in common."""

    def in_html(self, html: str, page: str) -> str:
        """Return the HTML of a page with links to folders replaced by links to their first page.

        Nothing but the values of `href`, `src` and `action`, and the target of a redirect, changes.
        """
        return _TAG.sub(lambda tag: self._in_tag(tag[0], page), html)

    def _in_tag(self, tag: str, page: str) -> str:
        is_meta = tag[:5].lower() == "<meta"
        return _ATTRIBUTE.sub(lambda found: self._attribute(found, page, is_meta=is_meta), tag)

    def _attribute(self, found: re.Match[str], page: str, *, is_meta: bool) -> str:
        """Return an attribute, with the link that it has rewritten."""
        value = found[3] or found[4] or ""
        if found[2] in _LINKS and not is_meta:
            return f'{found[1]}"{self._escaped(value, page)}"'
        refresh = _REFRESH.fullmatch(value) if is_meta and found[2] == "content" else None
        if refresh:
            return f'{found[1]}"{refresh[1]}{self._escaped(refresh[2], page)}"'
        return found[0]

    def _escaped(self, link: str, page: str) -> str:
        key = posixpath.dirname(page), link
        if key not in self._known:
            plain = unescape(link)
            local = self.link(plain, page)
            self._known[key] = link if local == plain else escape(local)
        return self._known[key]

    def link(self, link: str, page: str) -> str:
        """Return a link of a page as it works on disk; one that leaves the copy does not change."""
        try:
            parts = urlsplit(link)
            target = resolve_link(page, link, self.base_path)
        except ValueError:  # no URL
            return link
        if target is None or not parts.path:
            return link
        if target not in self.files:
            target = posixpath.join(target, "index.html")
            if target not in self.files:
                return link
        elif not parts.path.startswith("/"):
            return link
        path = quote(posixpath.relpath(target, posixpath.dirname(page) or "."))
        return parts._replace(path=path).geturl()
