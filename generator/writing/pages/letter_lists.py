"""Lists of names from A to Z, with links to their letters on every page of the list."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from generator.model import PagePath
from generator.text.alphabets import Alphabet
from generator.text.sort_names import NO_LETTER, IndexHeading, letter_of
from generator.writing import markup
from generator.writing.addresses import urls
from generator.writing.pages.pagination import PageSlice, chunks, paginate
from generator.writing.site_info import SiteInfo

_WITHOUT_HEADINGS = 20
"""Names up to which a list needs no headings and no links to them; the theme's filter agrees."""

_MAX_GUIDE = 12
"""Characters of a word that says with which name a page begins."""


class LetterItem(NamedTuple):
    """A name in a list, with its line in Markdown."""

    name: IndexHeading
    line: Callable[[PagePath], str]
    """Returns its line on a page, without the marker of a list item."""
    id: str
    """Decides the order of equal names."""


class LetterPage(NamedTuple):
    """One page of a list."""

    page: PageSlice[LetterItem]
    body: list[str]


class _Letter(NamedTuple):
    """A letter of a list: its number, and the page where its names begin."""

    number: int
    text: str
    page: PagePath


class _Guide(NamedTuple):
    """The first word of a letter on a page of the list."""

    word: str
    page: PagePath


def sorted_items(items: Iterable[LetterItem], alphabet: Alphabet) -> list[LetterItem]:
    """Return the items in the order of the alphabet; names that begin with no letter are last."""

    def order(item: LetterItem) -> tuple[bool, str, str, str]:
        key = item.name.key_in(alphabet)
        return letter_of(key, alphabet) == NO_LETTER, key, item.name.shown, item.id

    return sorted(items, key=order)


def letter_pages(
    first: PagePath, items: Sequence[LetterItem], per_page: int, site_info: SiteInfo
) -> Iterator[LetterPage]:
    """Yield the pages of a list of sorted items; an empty list has one page without a body."""
    slices = list(paginate(first, chunks(items, per_page)))
    letters, guides = _letters(slices, site_info.alphabet), _guides(slices, site_info.alphabet)
    for page_slice in slices:
        body = list(_page_body(page_slice, letters, guides, site_info))
        yield LetterPage(page_slice, body + page_slice.navigation(site_info.labels))


def _letters(slices: Sequence[PageSlice[LetterItem]], alphabet: Alphabet) -> list[_Letter]:
    """Return the letters of a list, each with the page where it begins."""
    pages: dict[str, PagePath] = {}
    for page_slice in slices:
        for item in page_slice.items:
            pages.setdefault(item.name.letter_in(alphabet), page_slice.path)
    return [_Letter(number, text, page) for number, (text, page) in enumerate(pages.items())]


def _guides(slices: Sequence[PageSlice[LetterItem]], alphabet: Alphabet) -> dict[str, list[_Guide]]:
    """Return for each letter with several pages the first word on each of these."""
    guides: dict[str, list[_Guide]] = defaultdict(list)
    for page_slice in slices:
        for text, group in _by_letter(page_slice.items, alphabet):
            first = re.findall(r"\w+", next(group).name.shown) or [text]
            guides[text].append(_Guide(first[0][:_MAX_GUIDE], page_slice.path))
    return {text: own for text, own in guides.items() if len(own) > 1}


def _page_body(
    page_slice: PageSlice[LetterItem],
    letters: Sequence[_Letter],
    guides: Mapping[str, Sequence[_Guide]],
    site_info: SiteInfo,
) -> Iterator[str]:
    items = page_slice.items
    if len(items) <= _WITHOUT_HEADINGS and page_slice.page_count == 1:
        if items:
            yield markup.block("sb-az", [_lines(items, page_slice.path)])
        return
    yield _navigation(page_slice.path, letters, site_info)
    by_text = {letter.text: letter for letter in letters}
    sections: list[str] = []
    for text, group in _by_letter(items, site_info.alphabet):
        letter = by_text[text]
        if text in guides:
            yield _guide_words(page_slice.path, letter, guides[text], site_info)
        sections.append(f"{markup.heading(2, text)} {{ #letter-{letter.number} }}")
        sections.append(_lines(group, page_slice.path))
    yield markup.block("sb-az", sections)


def _by_letter(
    items: Iterable[LetterItem], alphabet: Alphabet
) -> Iterator[tuple[str, Iterator[LetterItem]]]:
    """Yield each letter with its names."""
    return groupby(items, key=lambda item: item.name.letter_in(alphabet))


def _lines(items: Iterable[LetterItem], path: PagePath) -> str:
    return "\n".join(f"- {item.line(path)}" for item in items)


def _navigation(path: PagePath, letters: Sequence[_Letter], site_info: SiteInfo) -> str:
    """Return links to all letters of the list, as HTML, in which the theme finds them."""
    jumps = (
        f'<a href="{_address(path, letter, site_info)}">{markup.escape_html(letter.text)}</a>'
        for letter in letters
    )
    name = markup.escape_html(site_info.labels("letters"))
    return f'<nav class="sb-letters" aria-label="{name}">{"".join(jumps)}</nav>'


def _guide_words(
    path: PagePath, letter: _Letter, guides: Sequence[_Guide], site_info: SiteInfo
) -> str:
    """Return links to all pages of one letter, each by the first word on it."""
    jumps = (
        f'<a href="{_address(path, _Letter(letter.number, letter.text, guide.page), site_info)}">'
        f"{markup.escape_html(guide.word)}</a>"
        for guide in guides
    )
    name = markup.escape_html(f"{site_info.labels('letters')}: {letter.text}")
    return f'<nav class="sb-letters sb-words" aria-label="{name}">{"".join(jumps)}</nav>'


def _address(path: PagePath, letter: _Letter, site_info: SiteInfo) -> str:
    """Return the address of a letter, from a page, as the built site has it."""
    anchor = f"#letter-{letter.number}"
    if path == letter.page:
        return anchor
    folder = urls.relative(path, letter.page).removesuffix("index.md")
    return f"{folder}{site_info.index}{anchor}"
