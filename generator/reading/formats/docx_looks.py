"""How the words of a Word file look: their size, their colour, and what they stand on."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import msgspec

from generator.reading.formats.colours import BLACK, WHITE, Colour, hex_colour
from generator.reading.formats.packages import (
    attribute,
    child,
    descendants,
    local_name,
    small_number,
)

_USUAL_SIZE, _MAX_TINY = 24, 2
"""Half points."""

_HIGHLIGHTS = {"black": BLACK, "white": WHITE}
_NO_GROUND = frozenset({None, "auto", "none"})
_PAPER_THEMES = frozenset({"background1", "light1"})
_SAYING = frozenset({"vanish", "sz", "color", "highlight", "shd", "textFill"})
_OFF = frozenset({"0", "false", "off", "none"})


class Ground(msgspec.Struct, frozen=True):
    """What words stand on; without a colour it is unknown, and any words can be seen on it."""

    colour: Colour | None = None
    is_marker: bool = False
    """Whether it is a highlight, on which words without a colour stay black."""


PAPER, UNKNOWN = Ground(WHITE), Ground()


class Look(msgspec.Struct, frozen=True):
    """What the properties of a run, or a style, say of its words; None for what they do not say."""

    is_hidden: bool | None = None
    size: int | None = None
    ink: str | None = None
    """A colour as the file has it; `auto` is black, and white on dark shading."""
    ground: Ground | None = None
    is_unpainted: bool | None = None

    def over(self, other: Look) -> Look:
        """Return this look with what another one says besides."""
        return Look(
            other.is_hidden if self.is_hidden is None else self.is_hidden,
            other.size if self.size is None else self.size,
            other.ink if self.ink is None else self.ink,
            self.ground or other.ground,
            other.is_unpainted if self.is_unpainted is None else self.is_unpainted,
        )


NO_LOOK = Look()


def is_on(element: Element | None) -> bool:
    """Whether a switch such as `w:b` is there and not turned off."""
    return element is not None and (attribute(element, "val") or "on").lower() not in _OFF


def look_of(properties: Element | None) -> Look:
    """Return what the element `w:rPr` says."""
    if properties is None:
        return NO_LOOK
    found = {local_name(element): element for element in properties}
    if found.keys().isdisjoint(_SAYING):
        return NO_LOOK
    vanish, size = found.get("vanish"), found.get("sz")
    return Look(
        None if vanish is None else is_on(vanish),
        None if size is None else small_number(attribute(size, "val"), _USUAL_SIZE),
        _ink(found.get("color")),
        _highlight(found.get("highlight")) or shading(properties),
        _is_unpainted(found.get("textFill")),
    )


def shading(properties: Element | None) -> Ground | None:
    """Return the ground that `w:shd` gives to a run, a paragraph or a cell; None without one."""
    element = child(properties, "shd")
    if element is None:
        return None
    is_solid = attribute(element, "val") == "solid"
    fill = attribute(element, "color" if is_solid else "fill")
    if attribute(element, "val") in {None, "clear", "nil", "solid"}:
        return None if fill in _NO_GROUND else Ground(hex_colour(fill))
    return UNKNOWN


def why_unseen(look: Look, around: Ground) -> str | None:
    """Return why nobody sees words of this look on a ground; None if somebody may."""
    if look.is_hidden:
        return "hidden words"
    if look.size is not None and look.size <= _MAX_TINY:
        return "words too small to see"
    ground = look.ground or around
    is_auto = look.ink in _NO_GROUND
    ink = BLACK if is_auto else hex_colour(look.ink)
    if is_auto and not ground.is_marker:
        ink = None  # white on what is dark
    is_lost = ink is not None and ground.colour is not None and ink.is_like(ground.colour)
    return "words without contrast" if is_lost or look.is_unpainted else None


def _ink(element: Element | None) -> str | None:
    value = attribute(element, "val")
    theme = attribute(element, "themeColor")
    is_pure = attribute(element, "themeShade") is None and attribute(element, "themeTint") is None
    if theme in _PAPER_THEMES and is_pure and value in _NO_GROUND:
        return "FFFFFF"
    return value


def _highlight(element: Element | None) -> Ground | None:
    name = attribute(element, "val")
    if element is None or name == "none":
        return None
    return Ground(_HIGHLIGHTS.get(name or ""), is_marker=True)


def _is_unpainted(fill: Element | None) -> bool | None:
    """Whether the letters are filled with nothing, or with a wholly transparent colour."""
    if fill is None:
        return None
    alphas = (attribute(alpha, "val") for alpha in descendants(fill, "alpha"))
    return any(local_name(node) == "noFill" for node in fill) or "100000" in set(alphas)
