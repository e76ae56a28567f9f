"""Colours of words and of what they stand on: nobody sees words in the colour of their ground."""

from __future__ import annotations

import re

import msgspec

_HEX = re.compile(r"#?([0-9A-Fa-f]{2})([0-9A-Fa-f]{2})([0-9A-Fa-f]{2})")

_MAX_STEPS = 5
"""Steps, of 255, of each part up to which two colours cannot be told apart."""


class Colour(msgspec.Struct, frozen=True):
    """A colour on a screen; its parts are 0 to 255."""

    red: int
    green: int
    blue: int

    def is_like(self, other: Colour) -> bool:
        """Whether nobody can tell two colours apart."""
        return (
            abs(self.red - other.red) <= _MAX_STEPS
            and abs(self.green - other.green) <= _MAX_STEPS
            and abs(self.blue - other.blue) <= _MAX_STEPS
        )


_SHORT = re.compile(r"#([0-9a-f])([0-9a-f])([0-9a-f])([0-9a-f])?")
_LONG = re.compile(r"(#[0-9a-f]{6})([0-9a-f]{2})?")
_PARTS = re.compile(r"(rgb|hsl)a?\(([^()]{5,60})\)")
_NUMBER = re.compile(r"(?a:\d{1,3}(?:\.\d{1,6})?|\.\d{1,6})")

BLACK, WHITE = Colour(0, 0, 0), Colour(255, 255, 255)


def hex_colour(words: str | None) -> Colour | None:
    """Return a colour such as `FF0000` or `#ff0000`; None for any other words."""
    match = _HEX.fullmatch(words or "")
    return Colour(*(int(part, 16) for part in match.groups())) if match else None


def css_colour(words: str) -> Colour | None:
    """Return a colour of a style sheet, in small letters; None for one that is seldom written."""
    if words in {"black", "white"}:
        return BLACK if words == "black" else WHITE
    if match := _SHORT.fullmatch(words):
        return hex_colour("".join(digit * 2 for digit in match.groups()[:3]))
    if match := _LONG.fullmatch(words):
        return hex_colour(match[1])
    match = _PARTS.fullmatch(words)
    numbers = [float(number) for number in _NUMBER.findall(match[2])] if match else []
    if match is None or len(numbers) < 3:
        return None
    if match[1] == "hsl":
        return {0: BLACK, 100: WHITE}.get(int(numbers[2]))
    share = 2.55 if "%" in match[2].partition("/")[0] else 1
    return Colour(*(int(min(number * share, 255)) for number in numbers[:3]))


def is_clear(words: str) -> bool:
    """Whether a colour of a style sheet, in small letters, is wholly transparent."""
    short, long = _SHORT.fullmatch(words), _LONG.fullmatch(words)
    if short:
        return short[4] == "0"
    if long:
        return long[2] == "00"
    match = _PARTS.fullmatch(words)
    numbers = _NUMBER.findall(match[2]) if match else []
    return words == "transparent" or (len(numbers) == 4 and float(numbers[3]) == 0)
