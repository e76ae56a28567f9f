"""Check the links of all pages against the files and the anchors of the site.

Each page gives the targets of its links, each once, and its own anchors, as hashes, so that all
pages can be compared at once. Only when a target is missing are the pages read again to find the
links that lead to it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from html import unescape

import msgspec

from generator.checking.built_page import BuiltPage, resolve_link
from generator.checking.hashes import hash_repeated, hash_texts, iterate, missing_hashes
from generator.settings import Site


class PageLinks(msgspec.Struct, frozen=True, array_like=True):
    """The link targets and the anchors of one page, as hashes."""

    targets: bytes
    """The files and folders that its links lead to."""
    anchors: bytes
    """The anchors that its links lead to, each with its file."""
    anchor_files: bytes
    """For each of these anchors, its file or folder."""
    ids: bytes
    """The anchors on the page itself."""


class DeadTargets(msgspec.Struct, frozen=True):
    """Hashes of link targets that do not exist."""

    files: frozenset[bytes] = frozenset()
    anchors: frozenset[bytes] = frozenset()
    """Missing anchors in files that exist."""

    def __bool__(self) -> bool:
        return bool(self.files or self.anchors)

    def describe(self, target: str, canonical: Canonical) -> str | None:
        """Return what is wrong with a target; None if nothing is."""
        path, _, anchor = target.partition("#")
        if hash_texts([canonical(path)]) in self.files:
            return "leads nowhere"
        is_dead = (
            bool(anchor) and hash_texts([_with_anchor(path, anchor, canonical)]) in self.anchors
        )
        return "names no place on its page" if is_dead else None


Canonical = Callable[[str], str]
"""Returns the canonical path of a page, however the link to it is written."""


def without_index(path: str) -> str:
    """Return the folder's path for its `index.html`: a server shows the same page for both."""
    folder, _, file = path.rpartition("/")
    return folder if file == "index.html" else path


def as_written(path: str) -> str:
    """Return the path unchanged: without a server, a link to a folder does not show its page."""
    return path


def canonical_of(site: Site) -> Canonical:
    """Return the function that maps all paths of the same page of a site to one."""
    return without_index if site.directory_urls else as_written


def link_targets(name: str, page: BuiltPage, site: Site) -> dict[str, str]:
    """Return the target in the site for each link of a page, as written.

    A target is a path below the site's root, with the anchor if the link has one. Links that leave
    the site are left out, as are those to its translations on the same host.
    """
    parts = {link: link.partition("#") for link in set(page.links)}
    # Many links of a page lead to different places of the same other page.
    path_of = partial(_path, name, base_path=site.base_path, others=site.alternate_paths)
    paths = {path: path_of(path) for path in {path for path, _, _ in parts.values()}}
    return {
        link: f"{target}#{anchor}" if anchor else target
        for link, (path, _, anchor) in parts.items()
        if (target := paths[path]) is not None
    }


def page_links(
    name: str, page: BuiltPage, targets: Mapping[str, str], canonical: Canonical
) -> PageLinks:
    """Return the targets of a page's links, each once, and its own anchors."""
    parts = [target.partition("#") for target in sorted(set(targets.values()))]
    anchors = [(path, anchor) for path, _, anchor in parts if anchor]
    own = canonical(name)
    return PageLinks(
        targets=hash_repeated(sorted({canonical(path) for path, _, _ in parts})),
        anchors=hash_texts(_with_anchor(path, anchor, canonical) for path, anchor in anchors),
        anchor_files=hash_repeated(canonical(path) for path, _ in anchors),
        ids=hash_texts(f"{own}#{anchor}" for anchor in sorted(page.ids)),
    )


def find_dead_targets(
    site_files: Collection[str], rows: Mapping[str, bytes], canonical: Canonical
) -> DeadTargets:
    """Return the link targets of all pages that do not exist.

    `rows` maps each page to its encoded `PageLinks`. Anchors in files that are not pages are not
    checked.
    """
    decoder = msgspec.msgpack.Decoder(PageLinks)
    pages = [decoder.decode(row) for row in rows.values()]
    files = missing_hashes(
        (page.targets for page in pages), [hash_texts(map(canonical, site_files))]
    )
    anchors = missing_hashes((page.anchors for page in pages), (page.ids for page in pages))
    if anchors:
        page_hashes = frozenset(iterate(hash_texts(map(canonical, rows))))
        anchors &= {anchor for page in pages for anchor in _anchors_in(page_hashes, page)}
    return DeadTargets(files, anchors)


def _anchors_in(page_hashes: Collection[bytes], page: PageLinks) -> Iterator[bytes]:
    """Yield the anchors that a page links to in files that are pages."""
    for anchor, path in zip(iterate(page.anchors), iterate(page.anchor_files), strict=True):
        if path in page_hashes:
            yield anchor


def _with_anchor(path: str, anchor: str, canonical: Canonical) -> str:
    return f"{canonical(path)}#{unescape(anchor)}"


def _path(name: str, link: str, base_path: str, others: tuple[str, ...]) -> str | None:
    """Return the path in the site to which a link without an anchor leads; None if it leaves it."""
    path = resolve_link(name, link, base_path)
    if path is None or (others and f"{base_path}{path}/".startswith(others)):
        return None
    return path
