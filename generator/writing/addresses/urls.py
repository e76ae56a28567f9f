"""Addresses and links: the only place that makes slugs, page paths and relative links."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator

from slugify import slugify

from generator.model import (
    Address,
    AnyDocument,
    EntityId,
    EntityKind,
    NameKey,
    PagePath,
    SeedPath,
    WithdrawnDocument,
)
from generator.text import fold

_SLUG = 80
"""Bytes; with the folders above it every path stays far below the 255 that systems allow."""

_APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)")
"""Inside a word: "daughter's" is `daughters`, not two words."""

_RESERVED = frozenset(
    # Names that Windows keeps for devices, and `index`, which would hide its folder's page.
    ["con", "prn", "aux", "nul", "index", "404"]
    + [f"{port}{number}" for port in ("com", "lpt") for number in range(10)]
)

HOME = PagePath("index.md")
TIMELINE = PagePath("timeline/index.md")
AUTHORS = PagePath("authors/index.md")
DATA = PagePath("data/index.md")
FEED = PagePath("feed.xml")
STATISTICS = PagePath("data/corpus/index.md")
SEARCH = PagePath("search/index.md")
HUBS: dict[EntityKind, str] = {
    "person": "people",
    "organization": "organizations",
    "place": "places",
}
"""The folder of each kind of entity."""

_FURTHER = re.compile(r"page-\d+")


def slug(text: str) -> str:
    """Give a text's slug: ASCII, lower case, at most 80 bytes, safe as a file name anywhere.

    A text without a letter or digit that has an ASCII form gets a slug of its digest.
    """
    made = slugify(_APOSTROPHE.sub("", text), max_length=_SLUG, word_boundary=True)
    if not made or made in _RESERVED:
        return f"{made or 'untitled'}-{_digest(text)}"
    return made


def document_address(document: AnyDocument) -> Address:
    """Give the address that a document would like to have; another may have it already."""
    date = document.metadata.date
    year = date.value[:4] if date else "undated"
    return Address(f"documents/{year}/{slug(document.metadata.title.value)}/")


def withdrawn_address(withdrawn: WithdrawnDocument) -> Address:
    """Give the address of a document that was withdrawn before it had one."""
    name = slug(withdrawn.title) if withdrawn.title else _digest(withdrawn.source)
    return Address(f"documents/withdrawn/{name}/")


def allocate_addresses(
    wanted: Iterable[tuple[SeedPath, Address]], taken: Collection[Address] = ()
) -> dict[SeedPath, Address]:
    """Give every seed an address of its own, whatever the order in which they come.

    Where several want the same, or others have it, each but the first by name gets a digest of
    its name behind.
    """
    given: dict[SeedPath, Address] = {}
    taken = set(taken)
    for source, address in sorted(wanted):
        free = (one for one in _variants(source, address) if one not in taken)
        given[source] = next(free)
        taken.add(given[source])
    return given


def _variants(source: str, address: Address) -> Iterator[Address]:
    yield address
    digest = hashlib.sha256(source.encode()).hexdigest()
    for length in range(8, len(digest)):
        yield Address(f"{address.removesuffix('/')}-{digest[:length]}/")


def author_addresses(names: Iterable[str]) -> dict[str, Address]:
    """Give every author's name the address of its page, whatever the order of the names.

    Names with the same letters share a page, with or without accents and capitals. Of names that
    only look alike in Latin letters, as two Chinese ones can, each has a digest in its address, so
    that no address is ever that of another person; the one in Latin letters needs none.
    """
    sharing: dict[Address, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name in sorted(set(names)):
        wish = Address(f"authors/{slug(name)}/")
        sharing[wish][_letters(name)].append(name)
    taken = set(sharing)
    given: dict[str, Address] = {}
    for wish, groups in sharing.items():
        alone = len(groups) == 1 and not is_numbered_page(wish)
        for letters, spellings in groups.items():
            wishes = _variants(letters, wish)
            plain = next(wishes)
            if not alone and not (letters.isascii() and not is_numbered_page(wish)):
                plain = next(address for address in wishes if address not in taken)
            taken.add(plain)
            given |= dict.fromkeys(spellings, plain)
    return given


def _letters(name: str) -> str:
    """Return the letters of a name without accents and capitals; the name itself without any."""
    return "".join(filter(str.isalnum, fold(name))) or name


def is_numbered_page(address: Address) -> bool:
    """Tell whether an address is that of a further page of a list, which no other page may have."""
    folders = address.split("/")
    return len(folders) == 3 and _FURTHER.fullmatch(folders[1]) is not None


def entity_addresses(
    names: Iterable[NameKey], taken: Collection[Address] = ()
) -> dict[NameKey, Address]:
    """Give every entity, by its kind and name, an address of its own, whatever their order.

    Where several want the same, or others have it, each but the first by name gets a digest of
    its name behind. No entity is called as a further page of a list is.
    """
    given: dict[NameKey, Address] = {}
    taken = set(taken)
    for kind, name in sorted(set(names)):
        made = slug(name)
        wishes = _variants(name, Address(f"{HUBS[kind]}/{made}/"))
        if is_numbered_page(Address(f"{HUBS[kind]}/{made}/")):
            next(wishes)
        given[kind, name] = next(address for address in wishes if address not in taken)
        taken.add(given[kind, name])
    return given


def entity_page(entity_id: EntityId) -> PagePath:
    """Give the path of an entity's page; the page may be there or not."""
    return PagePath(f"{entity_id}/index.md")


def hub_page(hub: str) -> PagePath:
    """Give the path of the list of all authors, or of all entities of a kind."""
    return PagePath(f"{hub}/index.md")


def numbered_page(page: PagePath, number: int) -> PagePath:
    """Give the path of a list's page of a number; the first is the page itself."""
    return page if number == 1 else sibling(page, f"page-{number}/index.md")


def page_path(address: Address) -> PagePath:
    """Give the Markdown file that is published at an address."""
    return PagePath(f"{address}index.md")


def page_address(page: PagePath) -> Address:
    """Give the address at which a Markdown file is published."""
    return Address(page.removesuffix("index.md"))


def sibling(page: PagePath, name: str) -> PagePath:
    """Give the path of a file that lies in the folder of a page."""
    return PagePath(posixpath.join(posixpath.dirname(page), name))


def relative(page: PagePath, target: PagePath) -> str:
    """Give the link from one page to another file, as it is written in Markdown.

    As `posixpath.relpath`, which asks the system for the working folder twice each time.
    """
    here, there = page.split("/")[:-1], target.rstrip("/").split("/")
    shared = 0
    while here[shared : shared + 1] == there[shared : shared + 1] != []:
        shared += 1
    return "/".join([".."] * (len(here) - shared) + there[shared:]) or "."


def paragraph_ids(texts: Iterable[str]) -> list[str]:
    """Give each paragraph an id made from its words, which edits elsewhere leave as it is.

    A paragraph that stands several times in a document is numbered from the second on.
    """
    seen: Counter[str] = Counter()
    ids = []
    for text in texts:
        plain = f"p-{_digest(' '.join(text.split()))}"
        seen[plain] += 1
        ids.append(plain if seen[plain] == 1 else f"{plain}-{seen[plain]}")
    return ids


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
