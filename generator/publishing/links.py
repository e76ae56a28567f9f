"""The links of all pages, held against the files and the anchors of the site.

A page says once where its links lead, each place once. So what is looked up is as many places as
there are, not as many links, and which pages lead to a place is asked only when it is not there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from html import unescape

import msgspec

from generator.publishing.html import Page, site_path


class Ends(msgspec.Struct, frozen=True, array_like=True):
    """The two ends of links, as far as one page has them."""

    targets: tuple[str, ...]
    """The places that its links mean."""
    ids: tuple[str, ...]
    """Where on it a link can lead."""


def places(name: str, page: Page) -> dict[str, str]:
    """Give for each link of a page, as written, the place in the site that it means.

    A place is a path below the site's root, with the anchor where the link names one. Links that
    leave the site are left out.
    """
    meant = {link: _place(name, link) for link in set(page.links)}
    return {link: place for link, place in meant.items() if place is not None}


def ends(page: Page, meant: Mapping[str, str]) -> Ends:
    """Give the places that a page's links mean, each once, and its own anchors."""
    return Ends(tuple(sorted(set(meant.values()))), tuple(sorted(page.ids)))


def dead_ends(there: Collection[str], rows: Mapping[str, bytes]) -> dict[str, str]:
    """Give each place that some page links to and that is not there, with what is wrong with it.

    `there` are the files of the site, and `rows` the ends of every page, encoded.
    """
    decoder = msgspec.msgpack.Decoder(Ends)
    named: set[str] = set()
    for row in rows.values():
        named.update(decoder.decode(row).targets)
    dead: dict[str, str] = {}
    anchors: dict[str, list[str]] = defaultdict(list)
    for place in named:
        target, _, anchor = place.partition("#")
        path = target if target in there else f"{target}/index.html".lstrip("/")
        if path not in there:
            dead[place] = "leads nowhere"
        elif anchor and path in rows:
            anchors[path].append(place)
    for path, wanted in anchors.items():
        ids = frozenset(decoder.decode(rows[path]).ids)
        for place in wanted:
            if unescape(place.partition("#")[2]) not in ids:
                dead[place] = "names no place on its page"
    return dead


def _place(name: str, link: str) -> str | None:
    target, sign, anchor = link.partition("#")
    path = site_path(name, target)
    return None if path is None else f"{path}{sign}{anchor}" if anchor else path
