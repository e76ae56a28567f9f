"""What the whole site says of itself, on every page and in every file that leaves it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import quote, unquote, urlsplit

from generator.model import Address
from generator.writing.labels import Labels, labels_for

Genre = Literal["document", "news"]
"""What the documents are where they do not say so themselves."""


@dataclass(frozen=True, slots=True)
class SiteInfo:
    """The site's name and place, its language, and what its keeper wants to be different."""

    name: str = ""
    description: str = ""
    url: str = ""
    """Where the site is published, with a slash at its end; empty when that is not known."""
    genre: Genre = "document"
    labels: Labels = field(default_factory=lambda: labels_for("en"))
    hubs: tuple[str, ...] = ("people", "organizations", "places", "authors")
    """The lists that the home page shows, in this order."""
    raw: bool = True
    """Whether readers may download the seeds as they are."""
    hidden: bool = False
    """Whether search engines are asked to stay away."""
    index: str = ""
    """What stands after the folder in the address of a page: nothing where a server shows the page
    of a folder, `index.html` where links must name files (`use_directory_urls: false`)."""
    site_id: str = ""
    """What tells this site from all others, wherever it is published; empty where nobody chose."""

    @property
    def identity(self) -> str:
        """Return what tells this site from others: its id, or else its address and its name."""
        return self.site_id or f"{self.url} {self.name}"

    @property
    def base_path(self) -> str:
        """Return the path of the site's address, as URLs write it: `/`, or `/letters/`."""
        return quote(unquote(urlsplit(self.url).path)) or "/"

    def page(self, address: Address | str) -> str:
        """Give the address of a page below the site, as links name it."""
        return f"{address}{self.index}"

    def absolute_page(self, address: Address | str) -> str:
        """Give the whole URL of a page, or nothing when the site's own is not known."""
        return self.absolute_url(self.page(address))

    def absolute_url(self, path: str) -> str:
        """Give the whole URL of a file, or nothing when the site's own is not known."""
        return f"{self.url}{path}" if self.url else ""
