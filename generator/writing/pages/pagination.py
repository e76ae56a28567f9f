"""Pagination: long lists divided into pages, and the links between these pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

from generator.model import PagePath
from generator.writing import markup
from generator.writing.addresses import urls
from generator.writing.labels import Labels

T = TypeVar("T")

_ALL_LINKED = 12
"""Pages of a list up to which each links to all others."""


class PageSlice(NamedTuple, Generic[T]):
    """One page of a list."""

    first_path: PagePath
    """The path of the list's first page."""
    number: int
    page_count: int
    """Number of the list's pages."""
    items: Sequence[T]
    """The items on this page."""

    @property
    def path(self) -> PagePath:
        """The path of this page."""
        return urls.numbered_page(self.first_path, self.number)

    def title(self, title: str, labels: Labels) -> str:
        """Return the title of this page: the list's title, with a number from page 2 on."""
        if self.number == 1:
            return title
        return labels("page_n", title=title, n=labels.number(self.number))

    def navigation(self, labels: Labels) -> list[str]:
        """Return links to the other pages.

        The first page links to all of them, so that every page is near; the others link to their
        neighbours and to both ends.
        """
        number, pages = self.number, self.page_count
        if pages < 2:
            return []
        near = {1, pages, *range(number - 2, number + 3)} & set(range(1, pages + 1))
        page_numbers = range(1, pages + 1) if number == 1 or pages <= _ALL_LINKED else sorted(near)
        page_links = [
            f"**{labels.number(number)}**"
            if other == number
            else self._link(other, labels.number(other))
            for other in page_numbers
        ]
        adjacent = [
            self._link(other, labels(key))
            for other, key in ((number - 1, "previous"), (number + 1, "next"))
            if 1 <= other <= pages
        ]
        position = labels("page_of", n=labels.number(number), all=labels.number(pages))
        others = [f"{' '.join(page_links)}\n{{ .sb-pages }}"] if pages > len(adjacent) + 1 else []
        return [f"{position}: {' · '.join(adjacent)}\n{{ .sb-turning }}", *others]

    def _link(self, number: int, words: str) -> str:
        return markup.link(
            words, urls.relative(self.path, urls.numbered_page(self.first_path, number))
        )


def paginate(first_path: PagePath, chunks: Sequence[Sequence[T]]) -> Iterator[PageSlice[T]]:
    """Yield a page for each chunk of a list."""
    for number, chunk in enumerate(chunks, start=1):
        yield PageSlice(first_path, number, len(chunks), chunk)


def chunks(items: Sequence[T], size: int) -> list[Sequence[T]]:
    """Divide a list into chunks of a size; return at least one, which may be empty."""
    return [items[index : index + size] for index in range(0, max(len(items), 1), size)]
