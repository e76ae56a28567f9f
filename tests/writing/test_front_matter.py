"""Law: front matter has the bytes that libyaml writes."""

from __future__ import annotations

import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.writing.front_matter import (
    Meta,
    front_matter,
    usual_front_matter,
    yaml_front_matter,
)
from tests.support import hostile_text

_LIKE_OTHER_THINGS = (
    "true False yes NO on off null ~ 1851 -3 0x1F 1_000 1.5 1e3 .inf 12:30 1851-05-03 = << - --"
    " --- ... .a -a ?a :a ? : # @a `b %c *d &e !f |g >h [i] {j} 'k \"l a:b a: :b a#b #c -rf 0o7 010"
    " 2001-12-14T21:59:43Z"
).split()
_SIGNS = [
    "a",
    "'",
    '"',
    ":",
    "#",
    " ",
    "-",
    "?",
    ".",
    ",",
    "1",
    "\u00a0",
    "\u3000",
    "é",
    "\U0001f600",
]
_WORDS = st.one_of(
    st.sampled_from([*_LIKE_OTHER_THINGS, "", "a b", "a: b", "a #b", " a", "a ", "a:\u00a0b"]),
    st.lists(st.sampled_from(_SIGNS), max_size=6).map("".join),
    hostile_text,
    st.text(),
)
_KEYS = st.sampled_from(["title", "names/ship", "title_pages", "on", "y", "A", "a b", "k" * 200])
_FLAT = st.dictionaries(_KEYS, _WORDS)
_VALUES = st.one_of(_WORDS, st.integers(), st.booleans(), st.lists(_WORDS), _FLAT, st.lists(_FLAT))


@given(st.dictionaries(_KEYS, _VALUES))
def test_front_matter_is_that_of_libyaml(meta: Meta) -> None:
    """Whatever the values are."""
    assert front_matter(meta) == yaml_front_matter(meta)


def test_equal_lists_are_written_and_the_same_list_is_referred_to() -> None:
    """As YAML does for a list that stands in two places."""
    names = ["a", "b"]
    different: Meta = {"a": names, "b": list(names)}
    same: Meta = {"a": names, "b": names}
    for meta in (different, same):
        assert front_matter(meta) == yaml_front_matter(meta)


def test_usual_front_matter_is_not_left_to_libyaml() -> None:
    """So that builds do not become slow unseen."""
    meta: Meta = {
        "title": "“Peru: the bridge” &amp; its builder's wife",
        "date": "1851-05-03",
        "words": 1175,
        "draft": True,
        "authors": ["Ana Ruiz", "O'Brien, Tom"],
        "author_pages": {"Ana Ruiz".lower().replace(" ", "-"): "authors/ana-ruiz/"},
        "related": [{"title": "# 5", "reason": "Lima"}, {"title": "Été", "day": "1851"}],
        "hide": ["navigation", "toc"],
    }
    assert usual_front_matter(meta) == yaml_front_matter(meta)
    assert yaml.safe_load(usual_front_matter(meta)) == meta
