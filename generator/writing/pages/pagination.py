"""Lists that are too long for one page: how they are divided, and the ways between the pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

from generator.model import PagePath
from generator.writing import markup
from generator.writing.addresses import urls
from generator.writing.labels import Labels

T = TypeVar("T")

_FEW = 12
"""Pages of a list up to which each leads to all others."""


class PageSlice(NamedTuple, Generic[T]):
    """One page of a list."""

    first_path: PagePath
    """The list's first page."""
    number: int
    page_count: int
    """How many the list has."""
    items: Sequence[T]
    """What of the list stands on this one."""

    @property
    def path(self) -> PagePath:
        """The path of this page."""
        return urls.numbered_page(self.first_path, self.number)

    def title(self, title: str, labels: Labels) -> str:
        """Give the title of this page: the first has the list's own."""
        if self.number == 1:
            return title
        return labels("page_n", title=title, n=labels.number(self.number))

    def navigation(self, labels: Labels) -> list[str]:
        """Links to the other pages.

        The first page leads to each of them, so that nothing is far from anywhere; the others lead
        to those beside them, and to both ends.
        """
        number, pages = self.number, self.page_count
        if pages < 2:
            return []
        near = {1, pages, *range(number - 2, number + 3)} & set(range(1, pages + 1))
        numbers = range(1, pages + 1) if number == 1 or pages <= _FEW else sorted(near)
        named = ((at, labels.number(at)) for at in numbers)
        turned = [self._link(at, name) if at != number else f"**{name}**" for at, name in named]
        beside = [
            self._link(index, labels(key))
            for index, key in ((number - 1, "previous"), (number + 1, "next"))
            if 1 <= index <= pages
        ]
        where = labels("page_of", n=labels.number(number), all=labels.number(pages))
        others = [f"{' '.join(turned)}\n{{ .sb-pages }}"] if pages > len(beside) + 1 else []
        return [f"{where}: {' · '.join(beside)}\n{{ .sb-turning }}", *others]

    def _link(self, number: int, words: str) -> str:
        return markup.link(
            words, urls.relative(self.path, urls.numbered_page(self.first_path, number))
        )


def paginate(first_path: PagePath, chunks: Sequence[Sequence[T]]) -> Iterator[PageSlice[T]]:
    """Give each chunk of a list a page."""
    for number, chunk in enumerate(chunks, start=1):
        yield PageSlice(first_path, number, len(chunks), chunk)


def chunks(items: Sequence[T], size: int) -> list[Sequence[T]]:
    """Divide a list into chunks of a size; at least one, which may be empty."""
    return [items[index : index + size] for index in range(0, max(len(items), 1), size)]
