"""The colours that a project sets, as a stylesheet, and a check of their contrast."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from generator.model import OutputFile, PagePath

STYLESHEET = PagePath("colours.css")

MIN_CONTRAST = 4.5
"""Lowest contrast of text with its background, by WCAG 2.2 AA (1.4.3)."""

DEFAULT_COLOURS: Mapping[str, Mapping[str, str]] = {
    "light": {"paper": "#fdfcf8", "ink": "#1d1b18", "link": "#8a2b0e", "accent": "#8a2b0e"},
    "dark": {"paper": "#171614", "ink": "#e9e4d9", "link": "#eea27d", "accent": "#eea27d"},
}
"""The colours of the theme's stylesheet, which a project may replace one by one."""

_SCHEMES = {"light": "default", "dark": "slate"}

_VARIABLES = {
    "paper": ("--sb-paper", "--md-default-bg-color", "--md-primary-fg-color"),
    "ink": ("--sb-ink", "--md-default-fg-color", "--md-typeset-color", "--md-primary-bg-color"),
    "link": ("--md-typeset-a-color",),
    "accent": ("--sb-accent", "--md-accent-fg-color"),
}
"""The variables for each colour in the stylesheets of the theme and of Material."""

_TINTS = {
    "soft": (0.7, ("--sb-soft", "--md-default-fg-color--light", "--md-primary-bg-color--light")),
    "line": (0.15, ("--sb-line",)),
    "wash": (0.06, ("--sb-wash",)),
}
"""Tints of ink on paper: the share of ink, and their variables."""

_TEXT_BACKGROUNDS = {"ink": "wash", "soft": "wash", "link": "paper", "accent": "paper"}
"""The colours of text, and the background with the least contrast for each."""

Colours = Mapping[str, Mapping[str, str]]
"""Colours by scheme (`light`, `dark`) and name, as `#rrggbb`; only those that a project sets."""


class LowContrast(msgspec.Struct, frozen=True):
    """A colour of text with too little contrast to its background."""

    scheme: str
    name: str
    colour: str
    paper: str
    contrast: float


def stylesheet(colours: Colours) -> OutputFile:
    """Write a stylesheet with the colours and the tints that follow from them."""
    rules = [_rule(scheme, own) for scheme, own in colours.items() if own]
    head = "/* Made from extra.seedbed.colours in mkdocs.yml. */"
    return OutputFile(STYLESHEET, "\n".join([head, *rules, ""]).encode())


def find_low_contrast(colours: Colours) -> Iterator[LowContrast]:
    """Yield the colours of text with a contrast below `MIN_CONTRAST`."""
    for scheme, own in colours.items():
        tones = _tones(scheme, own)
        for name, background in _TEXT_BACKGROUNDS.items():
            ratio = contrast_ratio(tones[name], tones[background])
            if ratio < MIN_CONTRAST:
                label = "small print, a tone of ink," if name == "soft" else name
                yield LowContrast(scheme, label, tones[name], tones[background], ratio)


def contrast_ratio(first: str, second: str) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    dark, light = sorted((_luminance(first), _luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def _tones(scheme: str, own: Mapping[str, str]) -> dict[str, str]:
    tones = {**DEFAULT_COLOURS[scheme], **own}
    tints = {name: _mix(tones["ink"], tones["paper"], share) for name, (share, _) in _TINTS.items()}
    return {**tones, **tints}


def _rule(scheme: str, own: Mapping[str, str]) -> str:
    tones = _tones(scheme, own)
    names = {**_VARIABLES, **{name: variables for name, (_, variables) in _TINTS.items()}}
    lines = [
        f"  {variable}: {tones[name]};"
        for name, variables in names.items()
        for variable in variables
    ]
    selector = f'[data-md-color-scheme="{_SCHEMES[scheme]}"][data-md-color-primary]'
    rule = "\n".join([f"{selector} {{", *lines, "}"])
    # Printed pages are on white paper, also for a reader who uses the dark scheme.
    return f"@media screen {{\n{rule}\n}}" if scheme == "dark" else rule


def _mix(ink: str, paper: str, share: float) -> str:
    pairs = zip(_channels(ink), _channels(paper), strict=True)
    return "#" + "".join(
        f"{round(dark * share + light * (1 - share)):02x}" for dark, light in pairs
    )


def _luminance(colour: str) -> float:
    """Return the relative luminance (WCAG 2.2), from 0 for black to 1 for white."""
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return float(channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4)


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[index : index + 2], 16) for index in (1, 3, 5))
