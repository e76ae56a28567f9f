"""Rules for `site_url`, to which the path of every page is added."""

from __future__ import annotations

import re

import msgspec

from generator.model import SeedbedError


class Fault(msgspec.Struct, frozen=True):
    """A part of an address to which no path can be added, or which must not be published."""

    name: str
    pattern: re.Pattern[str]
    """What the address contains."""
    hint: str


FAULTS: tuple[Fault, ...] = (
    Fault(
        "a user name or password",
        re.compile(r"\A[^/?#]*//[^/?#]*@"),
        "Remove it: every page would have it",
    ),
    Fault("a part after #", re.compile("#"), "Remove it: the address of a page cannot follow it"),
    Fault("a part after ?", re.compile(r"\?"), "Remove it: the address of a page cannot follow it"),
    Fault("an empty folder name (//)", re.compile(r"\A[^/]*//[^/]*/(?:.*/)?/"), "Write one slash"),
    Fault(
        "a folder . or ..",
        re.compile(r"\A[^/]*//[^/]*/(?:.*/)?\.\.?(?:/|\Z)"),
        "Write the path that it leads to",
    ),
    Fault("a backslash", re.compile(r"\\"), "Write / between folders"),
    Fault(
        "a space or control character",
        re.compile(r"[\s\x00-\x1f\x7f]"),
        "Write it as browsers do, such as %20 for a space",
    ),
)


def find_fault(url: str) -> Fault | None:
    """Return the first rule that an address breaks, or None."""
    return next((fault for fault in FAULTS if fault.pattern.search(url)), None)


def require_site_url(url: str) -> None:
    """Raise SeedbedError if the address of a site would give its pages odd addresses."""
    fault = find_fault(url)
    if fault:
        # The address is not repeated: a password in it would be printed.
        raise SeedbedError(f"site_url in mkdocs.yml has {fault.name}", fault.hint)
