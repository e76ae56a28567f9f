"""Pages: their addresses and files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NewType

import msgspec

from generator.model.documents import SeedPath

PagePath = NewType("PagePath", str)
"""A file's path below the docs folder, such as `documents/2021/a-title/index.md`."""


Address = NewType("Address", str)
"""A page's URL below the site's root, such as `documents/2021/a-title/`."""


class OutputFile(msgspec.Struct, frozen=True):
    """A file to be written below the docs folder."""

    path: PagePath
    data: bytes


class PageCounts(msgspec.Struct, frozen=True):
    """How many pages were rendered, unchanged and removed, without those in the navigation."""

    rendered: int = 0
    unchanged: int = 0
    removed: int = 0


class DocumentAddress(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The address of a seed, which stays the same when its title or file name changes."""

    seed: SeedPath
    address: Address
    published: tuple[Address, ...]
    """Every address that it ever had, oldest first; the former ones redirect to the current one.

    Empty while the address is a draft."""
    digest: str
    """SHA-256 of the bytes, which identifies a renamed file."""
    changed: str | None = None
    """The date on which changed bytes were first found; None until then."""
    wording: str | None = None
    """Digest of the letters and digits; None if there are none, or an earlier version wrote the
    row."""
    withdrawn: tuple[str, ...] = ()
    """Digests of all documents that are hidden with it while it is withdrawn."""
    added: str | None = None
    """The day on which it was first published; None for the documents of the first release."""


class PublishedDocuments(msgspec.Struct, frozen=True):
    """What those who publish a site ask about its documents."""

    digests: Mapping[SeedPath, str]
    """The digest of each seed."""
    days: Mapping[PagePath, str]
    """The day, month or year in which each page last changed, if it is known: the last recorded
    change of the seed or, without one, the date of the document. The day of a build says nothing
    about a page."""


WRAPPER_CLASS = "sb-whole"
"""The class of the only element that may stand between an article and its paragraphs."""

EXTERNAL_LINK_REL = "nofollow noopener"
"""The `rel` of every external link in a seed.

Search engines do not count such a link, and the other site gets no access to our page.
"""
