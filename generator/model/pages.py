"""Where pages are, and the files that are written for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

from generator.model.documents import SeedPath

PagePath = NewType("PagePath", str)
"""A file's path below the docs folder, such as `documents/2021/a-title/index.md`."""


Address = NewType("Address", str)
"""A page's URL below the site's root, such as `documents/2021/a-title/`."""


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file to be written below the docs folder."""

    path: PagePath
    data: bytes


@dataclass(frozen=True, slots=True)
class PageCounts:
    """What became of the site's pages, but for those that the navigation shows."""

    rendered: int = 0
    unchanged: int = 0
    removed: int = 0


@dataclass(frozen=True, slots=True)
class DocumentAddress:
    """The address of a seed, which stays when its title or its file's name changes."""

    seed: SeedPath
    address: Address
    published: tuple[Address, ...]
    """Every address that it ever had, oldest first; those that it has no more lead to it."""
    digest: str
    """SHA-256 of the bytes, by which a renamed file is known again."""
    changed: str = ""
    """The day on which other bytes were first found in it; empty until then."""
    wording: str = ""
    """Digest of the letters and digits; empty where an earlier version wrote the line."""
    withdrawn: tuple[str, ...] = ()
    """Digests of all that was hidden with it, while it is withdrawn."""


WRAPPER_CLASS = "sb-whole"
"""The class of the one element that may stand between an article and its paragraphs."""

EXTERNAL_LINK_REL = "nofollow noopener"
"""What every link out of a seed carries: no blessing for search engines, no hold on our page."""
