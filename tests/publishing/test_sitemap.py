"""Sitemaps: none has more addresses than the protocol allows."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from generator.publishing.sitemap_parts import divide

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def sitemap(addresses: list[str]) -> str:
    """Return a sitemap as the theme writes it."""
    entries = "".join(f"\n  <url><loc>https://a.org/{name}/</loc></url>" for name in addresses)
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return f'{head}\n<urlset xmlns="{SPACE[1:-1]}">{entries}\n</urlset>'


def locations(text: str) -> list[str]:
    """Return the addresses in a sitemap or an index, in order."""
    return [str(node.text) for node in ET.fromstring(text).iter(f"{SPACE}loc")]  # noqa: S314


@given(st.integers(0, 30), st.integers(1, 12))
def test_every_address_is_in_one_part(count: int, most: int) -> None:
    """In order, and the index names every part."""
    whole = sitemap([str(number) for number in range(count)])
    divided = divide(whole, "https://a.org/", most)
    if count <= most:
        assert divided.text == whole
        return
    assert locations(divided.text) == [f"https://a.org/{name}" for name, _ in divided.parts]
    assert [a for _, text in divided.parts for a in locations(text)] == locations(whole)
    assert max(len(locations(text)) for _, text in divided.parts) <= most
