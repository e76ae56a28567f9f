"""Addresses and links: the only module that forms slugs, page paths and relative links."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

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
from generator.text.file_titles import title_of_file
from generator.text.paragraph_ids import short_digest

_MAX_SLUG = 80
"""Bytes of a slug. With its folders, every path stays far below the 255 that systems allow."""

_NO_LETTERS = re.compile(r"(?<=\w)['’](?=\w)|[£¢¥]")
"""An apostrophe inside a word: "daughter's" is `daughters`, not two words. Signs of money, of which
the transliteration makes letters: "£6" would be `ps6`."""

_RESERVED = frozenset(
    # Names that Windows reserves for devices, and `index`, which would replace the folder's page.
    ["con", "prn", "aux", "nul", "index", "404"]
    + [f"{port}{number}" for port in ("com", "lpt") for number in range(10)]
)

HOME = PagePath("index.md")
TIMELINE = PagePath("timeline/index.md")
CALENDAR = PagePath("calendar/index.md")
AUTHORS = PagePath("authors/index.md")
DATA = PagePath("data/index.md")
FEED = PagePath("feed.xml")
COLLECTIONS = PagePath("collections/index.md")
STATISTICS = PagePath("data/corpus/index.md")
SEARCH = PagePath("search/index.md")
NAMES_INDEX = PagePath("names/index.md")
HUBS: dict[EntityKind, str] = {
    "person": "people",
    "organization": "organizations",
    "place": "places",
}
"""The folder of each kind of entity that rules find."""

NAMES = "names"
"""The folder of the index of all names; the other kinds have their folders in it."""

_NUMBERED = re.compile(r"page-\d+")


_PLAIN = re.compile(r"(?:[\w\s.;:!?\"()\[\]/-]|,(?!\d))*+", re.ASCII)
"""A text of which only the letters and digits count in a slug."""

_PLAIN_WORD = re.compile(r"[a-z0-9]+")


@lru_cache(maxsize=4096)  # authors, years and the first words of titles
def slug(text: str) -> str:
    """Return a slug of the text: ASCII, lower case, at most 80 bytes, a valid file name anywhere.

    A text without a letter or digit that has an ASCII form gets a slug from its digest.
    """
    plain = _plain_slug(text)
    if plain is None or len(plain) > _MAX_SLUG:
        plain = slugify(_NO_LETTERS.sub("", text), max_length=_MAX_SLUG, word_boundary=True)
    if not plain or plain in _RESERVED:
        return f"{plain or 'untitled'}-{short_digest(text)}"
    return plain


def _plain_slug(text: str) -> str | None:
    """Return the slug of a plain text of any length, in a quarter of the time; None of others."""
    return "-".join(_PLAIN_WORD.findall(text.lower())) if _PLAIN.fullmatch(text) else None


def document_address(document: AnyDocument) -> Address:
    """Return the address of a document if no other document has it.

    The address of a document without title has the name of its file.
    """
    date = document.metadata.date
    year = date.value[:4] if date else "undated"
    metadata = document.metadata
    name = metadata.title.value if metadata.has_title else title_of_file(document.source)
    return Address(f"documents/{year}/{slug(name)}/")


def withdrawn_address(withdrawn: WithdrawnDocument) -> Address:
    """Return the address for a document that was withdrawn before it had one."""
    name = slug(withdrawn.title) if withdrawn.title else short_digest(withdrawn.source)
    return Address(f"documents/withdrawn/{name}/")


def allocate_addresses(
    wanted: Iterable[tuple[SeedPath, Address]], taken: Collection[Address] = ()
) -> dict[SeedPath, Address]:
    """Return a different address for each seed, independent of their order.

    Where several seeds want the same address, or it is `taken`, all but the first by name get an
    address that ends with a digest of their name.
    """
    allocated: dict[SeedPath, Address] = {}
    taken = set(taken)
    for source, first in sorted(wanted):
        is_free = first not in taken  # mostly
        variants = () if is_free else _variants(source, first)
        address = next((variant for variant in variants if variant not in taken), first)
        allocated[source] = address
        taken.add(address)
    return allocated


def may_be_allocated(address: Address, source: SeedPath, wanted: Address) -> bool:
    """Whether `allocate_addresses` can give a seed that wants one address this one.

    If so, and the seed has it already, it wanted the same before; a title that ends with the digest
    of its own path would be an exception.
    """
    return address in _variants(source, wanted)


def _variants(source: str, address: Address) -> Iterator[Address]:
    """Yield an address, then versions of it with longer and longer digests of `source`."""
    yield address
    digest = hashlib.sha256(source.encode()).hexdigest()
    for length in range(8, len(digest)):
        yield Address(f"{address.removesuffix('/')}-{digest[:length]}/")


def author_addresses(names: Iterable[str]) -> dict[str, Address]:
    """Return the address of the page for each author's name, independent of their order.

    Names that differ only in accents and capitals share a page. Different names can have the same
    slug, as two Chinese names can; each of these has a digest in its address, except the one in
    Latin letters, so that an address never passes to another person.
    """
    sharing: dict[Address, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name in sorted(set(names)):
        address = Address(f"authors/{slug(name)}/")
        sharing[address][_letters(name)].append(name)
    taken = set(sharing)
    addresses: dict[str, Address] = {}
    for address, groups in sharing.items():
        is_numbered = is_numbered_page(address)
        for letters, spellings in groups.items():
            variants = _variants(letters, address)
            own = next(variants)
            if is_numbered or not (len(groups) == 1 or letters.isascii()):
                own = next(variant for variant in variants if variant not in taken)
            taken.add(own)
            addresses |= dict.fromkeys(spellings, own)
    return addresses


def _letters(name: str) -> str:
    """Return the letters of a name without accents and capitals; the name itself without any."""
    return "".join(filter(str.isalnum, fold(name))) or name


def is_numbered_page(address: Address) -> bool:
    """Whether an address is that of a further page of a list, which no other page may have."""
    *hub, last, _ = address.split("/")
    is_list = len(hub) == 1 or (len(hub) == 2 and hub[0] == NAMES)
    return is_list and _NUMBERED.fullmatch(last) is not None


def entity_addresses(
    names: Iterable[NameKey], taken: Collection[Address] = ()
) -> dict[NameKey, Address]:
    """Return a different address for each entity, by kind and name, independent of their order.

    Where several entities want the same address, or it is `taken`, all but the first by name get
    an address that ends with a digest of their name. None gets that of a further page of a list.
    """
    addresses: dict[NameKey, Address] = {}
    taken = set(taken)
    for kind, name in sorted(set(names)):
        plain = Address(f"{hub_of(kind)}/{slug(name)}/")
        variants = _variants(name, plain)
        if is_numbered_page(plain):
            next(variants)
        addresses[kind, name] = next(variant for variant in variants if variant not in taken)
        taken.add(addresses[kind, name])
    return addresses


def collection_addresses(folders: Iterable[str]) -> dict[str, Address]:
    """Return a different address for each folder, independent of their order."""
    wanted = (
        (SeedPath(folder), Address(f"collections/{'/'.join(map(slug, folder.split('/')))}/"))
        for folder in folders
    )
    return {str(folder): address for folder, address in allocate_addresses(wanted).items()}


def entity_page(entity_id: EntityId) -> PagePath:
    """Return the path of an entity's page, whether the page exists or not."""
    return PagePath(f"{entity_id}/index.md")


def hub_of(kind: EntityKind) -> str:
    """Return the folder of the entities of a kind: `people`, or `names/ship`."""
    if kind in HUBS:
        return HUBS[kind]
    folder = slug(kind)
    return f"{NAMES}/{'kind-' * bool(_NUMBERED.fullmatch(folder))}{folder}"


def hub_page(hub: str) -> PagePath:
    """Return the path of the list of all authors, or of all entities of a kind."""
    return PagePath(f"{hub}/index.md")


def numbered_page(page: PagePath, number: int) -> PagePath:
    """Return the path of a list's page with a number; number 1 is the page itself."""
    return page if number == 1 else sibling(page, f"page-{number}/index.md")


def page_path(address: Address) -> PagePath:
    """Return the Markdown file that is published at an address."""
    return PagePath(f"{address}index.md")


def page_address(page: PagePath) -> Address:
    """Return the address at which a Markdown file is published."""
    return Address(page.removesuffix("index.md"))


def sibling(page: PagePath, name: str) -> PagePath:
    """Return the path of a file in the folder of a page."""
    return PagePath(posixpath.join(posixpath.dirname(page), name))


def relative(page: PagePath, target: PagePath) -> str:
    """Return the relative link from a page to another file.

    Like `posixpath.relpath`, which asks the system for the working folder twice in each call.
    """
    folders, parts = page.split("/")[:-1], target.rstrip("/").split("/")
    shared = 0
    while folders[shared : shared + 1] == parts[shared : shared + 1] != []:
        shared += 1
    return "/".join([".."] * (len(folders) - shared) + parts[shared:]) or "."
