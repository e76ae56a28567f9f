"""Facts about the whole site that its pages and files show."""

from __future__ import annotations

from typing import Literal
from urllib.parse import quote, unquote, urlsplit

import msgspec

from generator.model import Address
from generator.text.alphabets import Alphabet, alphabet_of
from generator.writing.labels import Labels, labels_for

_ALL_HUBS = 4
"""People, organizations, places and authors."""

Genre = Literal["document", "news"]
"""What the documents of the site are."""


class SiteInfo(msgspec.Struct, frozen=True):
    """The site's name and address, its language, and other settings of its owner."""

    name: str = ""
    description: str | None = None
    url: str | None = None
    """The address of the published site, with a slash at the end; None if unknown."""
    genre: Genre = "document"
    labels: Labels = msgspec.field(default_factory=lambda: labels_for("en"))
    language: str = "en"
    """The site's own language, which its labels need not have."""
    hubs: tuple[str, ...] = ("people", "organizations", "places", "authors")
    """The index pages that the home page shows, in this order."""
    raw: bool = True
    """Whether readers may download the unchanged seeds."""
    hidden: bool = False
    """Whether search engines are asked not to list the site."""
    index: str = ""
    """What addresses have after the folder of a page: nothing where a server shows the page of a
    folder, `index.html` where links must name files (`use_directory_urls: false`)."""
    rights: str | None = None
    """Who may use the documents, as stated; None if nobody said it for all of them."""
    publisher: str | None = None
    site_id: str | None = None
    """An id that no other site has and that survives a move to another host."""

    @property
    def alphabet(self) -> Alphabet:
        """The order of letters in lists."""
        return alphabet_of(self.language)

    @property
    def shows_all_hubs(self) -> bool:
        """Whether the home page shows every list of names."""
        return len(self.hubs) == _ALL_HUBS

    @property
    def identity(self) -> str:
        """The site's id, or its address and name if it has none."""
        return self.site_id or f"{self.url or ''} {self.name}"

    @property
    def base_path(self) -> str:
        """The path of the site's address, percent-encoded: `/`, or `/letters/`."""
        return quote(unquote(urlsplit(self.url or "").path)) or "/"

    def page(self, address: Address | str) -> str:
        """Return the address of a page below the site, as links need it."""
        return f"{address}{self.index}"

    def absolute_page(self, address: Address | str) -> str:
        """Return the full URL of a page, or an empty string if the site's is unknown."""
        return self.absolute_url(self.page(address))

    def absolute_url(self, path: str) -> str:
        """Return the full URL of a file, or an empty string if the site's is unknown."""
        return f"{self.url}{path}" if self.url else ""
