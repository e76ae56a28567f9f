"""The links of all pages, held against the files and the anchors of the site.

A page says once where its links lead, each place once, and where on it a link can lead: in numbers,
so that the places of all pages are held against each other at once. Which link of which page leads
to a place is asked only when it is not there, and told by the pages themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from html import unescape

import msgspec

from generator.checking.built_page import BuiltPage, resolve_link
from generator.checking.hashes import hash_texts, iterate, missing_hashes
from generator.settings import Site


class PageLinks(msgspec.Struct, frozen=True, array_like=True):
    """The two ends of links, as far as one page has them, in numbers."""

    targets: bytes
    """The files and folders that its links mean."""
    anchored: bytes
    """The places in files that its links mean."""
    within: bytes
    """For each of these places its file or folder."""
    ids: bytes
    """Where on it a link can lead."""


@dataclass(frozen=True, slots=True)
class DeadTargets:
    """The numbers of places that some page links to and that are not there."""

    files: frozenset[bytes] = frozenset()
    anchors: frozenset[bytes] = frozenset()
    """In files that are there."""

    def __bool__(self) -> bool:
        return bool(self.files or self.anchors)

    def describe(self, place: str, canonical: Canonical) -> str:
        """Say what is wrong with a place; nothing, where nothing is."""
        path, _, anchor = place.partition("#")
        if hash_texts([canonical(path)]) in self.files:
            return "leads nowhere"
        named = bool(anchor) and hash_texts([_anchored(path, anchor, canonical)]) in self.anchors
        return "names no place on its page" if named else ""


Canonical = Callable[[str], str]
"""Gives the path by which a page is meant, however the link to it is written."""


def folders_lead(path: str) -> str:
    """Take a folder and its `index.html` for the same, as servers do."""
    folder, _, file = path.rpartition("/")
    return folder if file == "index.html" else path


def files_lead(path: str) -> str:
    """Take nothing but a file for a page: the site is read where no server looks into folders."""
    return path


def canonical_of(site: Site) -> Canonical:
    """Tell which paths of a site mean the same page."""
    return folders_lead if site.directory_urls else files_lead


def link_targets(name: str, page: BuiltPage, site: Site) -> dict[str, str]:
    """Give for each link of a page, as written, the place in the site that it means.

    A place is a path below the site's root, with the anchor where the link names one. Links that
    leave the site are left out, those to its sisters on the same host too.
    """
    meant = {link: _place(name, link, site) for link in set(page.links)}
    return {link: place for link, place in meant.items() if place is not None}


def page_links(
    name: str, page: BuiltPage, meant: Mapping[str, str], canonical: Canonical
) -> PageLinks:
    """Give the places that a page's links mean, each once, and its own anchors."""
    parts = [place.partition("#") for place in sorted(set(meant.values()))]
    anchored = [(path, anchor) for path, _, anchor in parts if anchor]
    return PageLinks(
        targets=hash_texts(sorted({canonical(path) for path, _, _ in parts})),
        anchored=hash_texts(_anchored(path, anchor, canonical) for path, anchor in anchored),
        within=hash_texts(canonical(path) for path, _ in anchored),
        ids=hash_texts(f"{canonical(name)}#{one}" for one in sorted(page.ids)),
    )


def find_dead_targets(
    there: Collection[str], rows: Mapping[str, bytes], canonical: Canonical
) -> DeadTargets:
    """Find the places that some page links to and that are not there.

    `there` are the files of the site, and `rows` the ends of every page, encoded. Where on a file
    that is no page a link leads is not asked.
    """
    decoder = msgspec.msgpack.Decoder(PageLinks)
    pages = [decoder.decode(row) for row in rows.values()]
    files = missing_hashes((page.targets for page in pages), [hash_texts(map(canonical, there))])
    anchors = missing_hashes((page.anchored for page in pages), (page.ids for page in pages))
    if anchors:
        known = frozenset(iterate(hash_texts(map(canonical, rows))))
        anchors &= {place for page in pages for place in _on(known, page)}
    return DeadTargets(files, anchors)


def _on(known: Collection[bytes], page: PageLinks) -> Iterator[bytes]:
    """Give the places in files that are pages."""
    for place, path in zip(iterate(page.anchored), iterate(page.within), strict=True):
        if path in known:
            yield place


def _anchored(path: str, anchor: str, canonical: Canonical) -> str:
    return f"{canonical(path)}#{unescape(anchor)}"


def _place(name: str, link: str, site: Site) -> str | None:
    target, sign, anchor = link.partition("#")
    path = resolve_link(name, target, site.base_path)
    if path is None or f"{site.base_path}{path}/".startswith(site.alternate_paths):
        return None
    return f"{path}{sign}{anchor}" if anchor else path
