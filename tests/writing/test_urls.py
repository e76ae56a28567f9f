"""Addresses and links."""

from __future__ import annotations

import posixpath
import random
import string

from hypothesis import given
from hypothesis import strategies as st
from slugify import slugify

from generator.model import Address, PagePath, SeedPath
from generator.text import fold
from generator.text.paragraph_ids import paragraph_ids, short_digest
from generator.writing.addresses import urls


@given(st.text())
def test_a_slug_is_safe_anywhere(text: str) -> None:
    """ASCII, lower case, short, no name that a system reserves."""
    slug = urls.slug(text)
    assert slug
    assert slug.isascii()
    assert len(slug) <= 95
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug not in {"con", "nul", "aux", "index", "com1"}


def test_an_apostrophe_divides_no_word() -> None:
    """The slug of a word is one word."""
    assert urls.slug("A daughter's “death” in l’Aquila") == "a-daughters-death-in-laquila"


def test_a_sign_of_money_is_no_word() -> None:
    """Whose address would have letters that nobody wrote."""
    assert urls.slug("A stone, £6 0s.") == "a-stone-6-0s"


def test_reserved_names_and_names_without_letters_get_a_digest() -> None:
    """Windows has no file called `con`, and an emoji has no ASCII form."""
    assert urls.slug("CON").startswith("con-")
    assert urls.slug("😀").startswith("untitled-")
    assert urls.slug("😀") != urls.slug("🚀")


wishes = st.dictionaries(
    st.text(min_size=1).map(SeedPath), st.sampled_from(["a/b/", "a/c/"]).map(Address), max_size=8
)


@given(wishes, st.randoms())
def test_every_seed_has_a_different_address(
    wanted: dict[SeedPath, Address], chance: random.Random
) -> None:
    """Promise 8: the same addresses in any order, and none twice."""
    pairs = list(wanted.items())
    given_out = urls.allocate_addresses(pairs)
    assert len(set(given_out.values())) == len(wanted)
    chance.shuffle(pairs)
    assert urls.allocate_addresses(pairs) == given_out


segments = st.lists(st.sampled_from(["a", "b", "c-d"]), max_size=4).map("/".join)


@given(segments, segments.filter(bool), st.sampled_from(["", "/"]))
def test_a_relative_link_is_that_of_posixpath(folder: str, target: str, end: str) -> None:
    """Also to folders, as redirects name them."""
    page = PagePath(posixpath.join(folder, "index.md"))
    link = urls.relative(page, PagePath(f"{target}{end}"))
    assert link == posixpath.relpath(target, folder or ".")


@given(segments, segments)
def test_a_relative_link_goes_to_its_target(folder: str, other: str) -> None:
    """From any page to any other."""
    page, target = (
        PagePath(posixpath.join(folder, "index.md")),
        PagePath(posixpath.join(other, "index.md")),
    )
    link = urls.relative(page, target)
    assert posixpath.normpath(posixpath.join(posixpath.dirname(page), link)) == target


@given(st.lists(st.text(min_size=1), max_size=8), st.text(min_size=1))
def test_paragraph_ids_survive_edits_elsewhere(texts: list[str], other: str) -> None:
    """A paragraph added before changes only ids of the same words."""
    ids = paragraph_ids(texts)
    assert len(set(ids)) == len(texts)
    same = " ".join(other.split())
    after = paragraph_ids([other, *texts])[1:]
    for text, before, now in zip(texts, ids, after, strict=True):
        assert before == now or " ".join(text.split()) == same


NAMES = (
    *("李明", "黎明", "Li Ming", "LI MING", "Lí Míng", "José Pérez", "Jose Perez", "Page 2", "😀"),
    *("Иван Петров", "Ivan Petrov", "O'Brien", "O’Brien", "Obrien", "Jean-Luc", "Jean Luc"),
)
authors = st.lists(st.sampled_from(NAMES), unique=True)


@given(authors, st.randoms())
def test_two_authors_never_share_a_page(names: list[str], chance: random.Random) -> None:
    """Only spellings of the same letters do; the order of names has no effect."""
    addresses = urls.author_addresses(names)
    assert addresses.keys() == set(names)
    assert urls.author_addresses(chance.sample(names, len(names))) == addresses
    letters = {name: "".join(filter(str.isalnum, fold(name))) for name in names}
    for name in names:
        assert not urls.is_numbered_page(addresses[name])
        for other in names:
            if addresses[name] == addresses[other]:
                assert letters[name] == letters[other]


def test_different_authors_with_one_slug_have_different_addresses() -> None:
    """Neither has the address of the other alone: a wrong link is worse than none."""
    alone = urls.author_addresses(["黎明"])
    assert alone == {"黎明": "authors/li-ming/"}
    both = urls.author_addresses(["李明", "黎明", "Li Ming"])
    assert both["Li Ming"] == "authors/li-ming/"
    assert len(set(both.values())) == 3
    assert "authors/li-ming/" not in urls.author_addresses(["李明", "黎明"]).values()
    assert urls.author_addresses(["Jose Perez", "José Pérez"]) == dict.fromkeys(
        ["Jose Perez", "José Pérez"], "authors/jose-perez/"
    )


def test_no_author_has_the_address_of_a_further_page() -> None:
    """And no person, organization or place."""
    assert urls.author_addresses(["Page 2"])["Page 2"].startswith("authors/page-2-")
    assert urls.is_numbered_page(Address("people/page-12/"))
    assert not urls.is_numbered_page(Address("documents/2021/page-2/"))


@given(st.text(string.ascii_letters + string.digits + ' ,.;:!?"()[]/-_&%\n\té'))
def test_a_plain_text_has_the_slug_that_any_text_has(text: str) -> None:
    """There is a short way for plain texts; a reserved name has a digest after it."""
    expected = slugify(text, max_length=80, word_boundary=True) or "untitled"
    assert urls.slug(text) in {expected, f"{expected}-{short_digest(text)}"}
