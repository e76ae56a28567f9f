"""The site's colours as its keeper wants them, as a stylesheet, and whether they can be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.model import OutputFile, PagePath

STYLESHEET = PagePath("colours.css")

MIN_CONTRAST = 4.5
"""Contrast of text with what is behind it, by WCAG 2.2 AA (1.4.3)."""

DEFAULT_COLOURS: Mapping[str, Mapping[str, str]] = {
    "light": {"paper": "#fffefb", "ink": "#1a1a1a", "link": "#0b5394", "accent": "#8a2b0e"},
    "dark": {"paper": "#16181c", "ink": "#e8e6e1", "link": "#8ab8ee", "accent": "#f0a37f"},
}
"""The colours of the theme's own stylesheet, which those of a project replace one by one."""

_SCHEMES = {"light": "default", "dark": "slate"}

_VARIABLES = {
    "paper": ("--md-default-bg-color", "--md-primary-fg-color"),
    "ink": ("--sb-ink", "--md-default-fg-color", "--md-typeset-color", "--md-primary-bg-color"),
    "link": ("--md-typeset-a-color",),
    "accent": ("--sb-accent", "--md-accent-fg-color"),
}
"""What each colour is called in the stylesheets of the theme and of Material."""

_MIXED = {
    "soft": (0.7, ("--sb-soft", "--md-default-fg-color--light", "--md-primary-bg-color--light")),
    "line": (0.15, ("--sb-line",)),
    "wash": (0.06, ("--sb-wash",)),
}
"""Tones of ink on the paper, and how much of it they hold."""

_READ = {"ink": "wash", "soft": "wash", "link": "paper", "accent": "paper"}
"""Which tones are words, and the darkest of what they stand on."""

Colours = Mapping[str, Mapping[str, str]]
"""Colours by scheme (`light`, `dark`) and name, as `#rrggbb`; only those that are not ours."""


@dataclass(frozen=True, slots=True)
class LowContrast:
    """A colour that is hard to read on its paper."""

    scheme: str
    name: str
    colour: str
    paper: str
    contrast: float


def stylesheet(wanted: Colours) -> OutputFile:
    """Write the colours that are wanted, with the tones that are mixed of them."""
    rules = [_rule(scheme, own) for scheme, own in wanted.items() if own]
    head = "/* Made from extra.seedbed.colours in mkdocs.yml. */"
    return OutputFile(STYLESHEET, "\n".join([head, *rules, ""]).encode())


def find_low_contrast(wanted: Colours) -> Iterator[LowContrast]:
    """Find the colours of text that are too near to the paper to be read by everybody."""
    for scheme, own in wanted.items():
        tones = _tones(scheme, own)
        for name, behind in _READ.items():
            reached = contrast_ratio(tones[name], tones[behind])
            if reached < MIN_CONTRAST:
                said = "small print, a tone of ink," if name == "soft" else name
                yield LowContrast(scheme, said, tones[name], tones[behind], reached)


def contrast_ratio(one: str, other: str) -> float:
    """Give the contrast of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _tones(scheme: str, own: Mapping[str, str]) -> dict[str, str]:
    tones = {**DEFAULT_COLOURS[scheme], **own}
    mixed = {name: _mix(tones["ink"], tones["paper"], part) for name, (part, _) in _MIXED.items()}
    return {**tones, **mixed}


def _rule(scheme: str, own: Mapping[str, str]) -> str:
    tones = _tones(scheme, own)
    names = {**_VARIABLES, **{name: variables for name, (_, variables) in _MIXED.items()}}
    lines = [
        f"  {variable}: {tones[name]};"
        for name, variables in names.items()
        for variable in variables
    ]
    selector = f'[data-md-color-scheme="{_SCHEMES[scheme]}"][data-md-color-primary]'
    rule = "\n".join([f"{selector} {{", *lines, "}"])
    # What is printed stands on white paper, whoever prints it.
    return f"@media screen {{\n{rule}\n}}" if scheme == "dark" else rule


def _mix(ink: str, paper: str, part: float) -> str:
    pairs = zip(_channels(ink), _channels(paper), strict=True)
    return "#" + "".join(f"{round(one * part + other * (1 - part)):02x}" for one, other in pairs)


def _luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2), from 0 for black to 1 for white."""
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return float(channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4)


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))
