"""After a change, links are found to be right only if a comparison of all links finds so too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec
from hypothesis import event, given
from hypothesis import strategies as st

from generator.checking.backlinks import EntityLinks, hash_links, is_symmetric
from generator.checking.dead_links import PageLinks, find_dead_targets, without_index
from generator.checking.hashes import hash_texts
from generator.checking.link_changes import (
    ChangedFiles,
    ChangedPages,
    KnownTargets,
    stays_symmetric,
    update_targets,
)

_NAMES = ("a/index.html", "b/index.html", "c.html")
_OTHERS = ("x.pdf", "y.pdf", "a")
_ANCHORS = ("", "p-1", "p-2")
_LINKS = st.sets(st.tuples(st.sampled_from((*_NAMES, *_OTHERS)), st.sampled_from(_ANCHORS)))
_IDS = st.sets(st.sampled_from(_ANCHORS[1:]))


class _Site(msgspec.Struct, frozen=True):
    """Pages by name, each with its links and anchors, and the names of other files."""

    pages: Mapping[str, tuple[frozenset[tuple[str, str]], frozenset[str]]]
    others: frozenset[str]

    def rows(self) -> dict[str, bytes]:
        """Return the encoded links of each page."""
        return {name: _row(name, *page) for name, page in self.pages.items()}

    def files(self) -> set[str]:
        """Return the names of all files."""
        return {*self.pages, *self.others}

    def has_dead_links(self) -> bool:
        """Whether a comparison of all links finds a dead one."""
        return bool(find_dead_targets(self.files(), self.rows(), without_index))


def _row(name: str, links: Iterable[tuple[str, str]], ids: Iterable[str]) -> bytes:
    anchors = sorted((path, anchor) for path, anchor in links if anchor)
    return msgspec.msgpack.encode(
        PageLinks(
            hash_texts(sorted({without_index(path) for path, _ in links})),
            hash_texts(f"{without_index(path)}#{anchor}" for path, anchor in anchors),
            hash_texts(without_index(path) for path, _ in anchors),
            hash_texts(f"{without_index(name)}#{anchor}" for anchor in sorted(ids)),
        )
    )


_SITES = st.builds(
    _Site,
    st.dictionaries(st.sampled_from(_NAMES), st.tuples(_LINKS.map(frozenset), _IDS.map(frozenset))),
    st.frozensets(st.sampled_from(_OTHERS)),
)


def _without_dead_links(site: _Site) -> _Site:
    """Return a site without the links that lead nowhere."""
    files = {*map(without_index, site.files())}
    ids = {(without_index(name), anchor) for name, (_, own) in site.pages.items() for anchor in own}
    names = {*map(without_index, site.pages)}

    def leads_somewhere(path: str, anchor: str) -> bool:
        target = without_index(path)
        return target in files and (not anchor or target not in names or (target, anchor) in ids)

    return _Site(
        {
            name: (frozenset(link for link in links if leads_somewhere(*link)), own)
            for name, (links, own) in site.pages.items()
        },
        site.others,
    )


def _updated(known: KnownTargets, before: _Site, after: _Site) -> KnownTargets | None:
    old, new = before.rows(), after.rows()
    names = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
    rows = ChangedPages(
        *([every[name] for name in sorted(names & every.keys())] for every in (old, new))
    )
    added, removed = after.files() - before.files(), before.files() - after.files()
    files = ChangedFiles(*(hash_texts(map(without_index, paths)) for paths in (added, removed)))
    return update_targets(known, rows, files)


@given(_SITES.map(_without_dead_links), st.lists(_SITES | _SITES.map(_without_dead_links)))
def test_no_dead_link_is_overlooked_after_changes(site: _Site, later: list[_Site]) -> None:
    """Whatever pages and files are changed, added and removed, one change after the other."""
    assert not site.has_dead_links()
    known = KnownTargets.of(site.rows().values())
    for changed in later:
        updated = _updated(known, site, changed)
        event(f"{'unknown' if updated is None else 'known'}, {changed.has_dead_links()}")
        if updated is None:
            if changed.has_dead_links():
                return
            updated = KnownTargets.of(changed.rows().values())
        assert not changed.has_dead_links()
        site, known = changed, updated


@given(_SITES.map(_without_dead_links), st.data())
def test_a_page_that_links_to_known_targets_needs_no_comparison_of_all(
    site: _Site, data: st.DataObject
) -> None:
    """Nor one that loses links, and one with a new anchor to which it links."""
    known = KnownTargets.of(site.rows().values())
    everywhere = sorted({link for links, _ in site.pages.values() for link in links})
    pages = dict(site.pages)
    for name in data.draw(st.sets(st.sampled_from([*pages]))) if pages else ():
        links = data.draw(st.frozensets(st.sampled_from(everywhere))) if everywhere else frozenset()
        ids = pages[name][1]
        if any(path == name for path, _ in everywhere):
            links, ids = links | {(name, "new")}, ids | {"new"}
        pages[name] = links, ids
    assert _updated(known, site, _Site(pages, site.others)) is not None


_DOCUMENTS = ("documents/1/index.html", "documents/2/index.html")
_ENTITIES = ("people/a/index.html", "people/a/page-2/index.html", "people/b/index.html")
_FOLDERS = st.sampled_from(("people/a", "people/b"))
_PARAGRAPHS = st.sampled_from(("p-1", "p-2"))


def _entity_row(name: str, links: frozenset[tuple[str, str, str]]) -> bytes:
    """Return the links of a page, each to a page, of or to a paragraph; an empty one is none."""
    paragraphs = tuple(sorted((page, paragraph) for page, paragraph, _ in links if paragraph))
    pages = tuple(sorted({page for page, _, _ in links}))
    if name in _DOCUMENTS:
        return msgspec.msgpack.encode(hash_links(name, EntityLinks(pages, paragraphs)))
    folder = name.removesuffix("/index.html").removesuffix("/page-2")
    links_of = EntityLinks(entity=folder, quoted_paragraphs=paragraphs, listed_documents=pages)
    return msgspec.msgpack.encode(hash_links(name, links_of))


_SIDES = st.sampled_from(("both", "both", "both", "document", "entity"))
_PAIRS = st.frozensets(
    st.tuples(
        st.sampled_from(_DOCUMENTS), st.sampled_from(_ENTITIES), _PARAGRAPHS | st.just(""), _SIDES
    )
)


def _rows(pairs: frozenset[tuple[str, str, str, str]]) -> dict[str, bytes]:
    """Return the links of each page that has some."""
    links: dict[str, set[tuple[str, str, str]]] = {}
    for document, page, paragraph, side in pairs:
        folder = page.removesuffix("/index.html").removesuffix("/page-2")
        if side != "entity":
            links.setdefault(document, set()).add((folder, paragraph, ""))
        if side != "document":
            links.setdefault(page, set()).add((document, paragraph, ""))
    return {name: _entity_row(name, frozenset(of_page)) for name, of_page in links.items()}


@given(_PAIRS, _PAIRS, _PAIRS, st.booleans())
def test_no_link_in_one_direction_is_overlooked_after_a_change(
    pairs: frozenset[tuple[str, str, str, str]],
    added: frozenset[tuple[str, str, str, str]],
    removed: frozenset[tuple[str, str, str, str]],
    both: bool,
) -> None:
    """Whatever links are added to and removed from pages of documents and of entities."""
    if both:
        pairs, added = (frozenset((*pair[:3], "both") for pair in each) for each in (pairs, added))
    before, after = _rows(pairs), _rows((pairs | added) - removed)
    if not is_symmetric(before.values()):
        return
    names = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    rows = ChangedPages(
        *([every[name] for name in sorted(names & every.keys())] for every in (before, after))
    )
    stays, symmetric = stays_symmetric(rows), is_symmetric(after.values())
    event(f"{stays}, {symmetric}")
    assert symmetric or not stays
    if both and not removed:
        assert stays
