"""The colours of the theme can be read: contrast by WCAG 2.2, on paper and on its shade."""

from __future__ import annotations

import re

import pytest

from tests.support import ROOT

CSS = (ROOT / "generator/theme/assets/seedbed.css").read_text("utf-8").partition("@media print")[0]
SCHEMES = dict(zip(("light", "dark"), re.findall(r"--sb-paper: #[^}]*", CSS), strict=True))

TEXT = 4.5
"""What WCAG asks of text of any size."""
SIGN = 3.0
"""What it asks of a line or sign that says something."""

LEAST = {
    # The least contrast on paper and on the shade: those of the design, rounded down.
    ("light", "ink"): (16.5, 15.0),
    ("light", "soft"): (6.9, 6.2),
    ("light", "accent"): (8.3, 7.5),
    ("light", "blue"): (7.7, 6.9),
    ("light", "green"): (6.9, 6.2),
    ("dark", "ink"): (14.2, 12.6),
    ("dark", "soft"): (8.0, 7.1),
    ("dark", "accent"): (8.6, 7.6),
    ("dark", "blue"): (9.1, 8.0),
    ("dark", "green"): (9.7, 8.6),
}


def colour(scheme: str, name: str) -> tuple[float, ...]:
    """Return red, green and blue of a token, from 0 to 255."""
    found = re.search(rf"--sb-{name}: #([0-9a-f]{{6}})", SCHEMES[scheme])
    assert found
    return tuple(bytes.fromhex(found[1]))


def luminance(colours: tuple[float, ...]) -> float:
    """Return the relative luminance of a colour."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in colours)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: tuple[float, ...], second: tuple[float, ...]) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def mixed(first: tuple[float, ...], second: tuple[float, ...], share: float) -> tuple[float, ...]:
    """Return a mixture with a share of the first colour."""
    return tuple(a * share + b * (1 - share) for a, b in zip(first, second, strict=True))


@pytest.mark.parametrize(("scheme", "name"), LEAST)
def test_every_colour_of_words_can_be_read(scheme: str, name: str) -> None:
    """In both schemes, as the design has it, and never less than WCAG asks."""
    for ground, least in zip(("paper", "wash"), LEAST[scheme, name], strict=True):
        found = contrast(colour(scheme, name), colour(scheme, ground))
        assert found >= max(least, TEXT), ground


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_line_below_a_link_can_be_seen(scheme: str) -> None:
    """It alone says that words of a text are a link; in the stylesheet it is a mixture."""
    share = re.search(r"text-decoration-color: color-mix\(in srgb, var\(--sb-accent\) (\d+)%", CSS)
    assert share
    paper = colour(scheme, "paper")
    line = mixed(colour(scheme, "accent"), paper, int(share[1]) / 100)
    assert contrast(line, paper) >= SIGN
