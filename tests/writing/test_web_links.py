"""Addresses in a text: which become links, and which do not."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from hypothesis import given
from hypothesis import strategies as st

from generator.text import web_links
from tests.support import Case, cases, hostile_text

PARTS = (
    "http:// HTTPS:// mailto: javascript: example.org a@b.org / ? # @ : . ( ) [ ] ' \" < > \\ "
    "%00 &#x0a; é の \u200b \u202e"
)
pieces = st.sampled_from([*PARTS.split(" "), " ", "\n"])


@cases("web_links")
def test_addresses_become_links(case: Case) -> None:
    """Where they begin and end, and what is not an address."""
    links = web_links.find_links(case.given)
    assert [[case.given[link.start : link.end], link.href] for link in links] == case.expect


@given(st.one_of(hostile_text, st.lists(pieces, max_size=12).map("".join)))
def test_a_link_goes_to_the_address_in_its_words(text: str) -> None:
    """One of three schemes, no name before the host, nothing that could end an attribute."""
    position = 0
    for link in web_links.find_links(text):
        assert link.start >= position
        position = link.end
        assert link.end > link.start
        assert re.fullmatch(r"[!#-;=?-\[\]_a-z~]+", link.href)
        parts = urlsplit(link.href)
        assert parts.scheme in {"http", "https", "mailto"}
        assert "@" not in parts.netloc
        words = text[link.start : link.end].lower()
        assert (parts.netloc or parts.path).lower() in words
