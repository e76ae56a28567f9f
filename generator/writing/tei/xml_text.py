"""Elements and text of XML, written in the order in which they are read."""

from __future__ import annotations

import re
from html import escape

# The set of all others would take ten times as long to compile.
NO_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 forbids, and carriage returns, which its parsers change."""

REPLACEMENT = "\ufffd"
"""Stands for a character that XML cannot have, so that positions stay as they are."""


def xml_words(words: str) -> str:
    """Return words as an XML file can have them, not yet escaped."""
    if words.isprintable():  # XML has every printable character
        return words
    return NO_XML.sub(REPLACEMENT, words)


def xml_text(words: str) -> str:
    """Return words as the text of an element."""
    return escape(xml_words(words), quote=False)


def quoted(words: str) -> str:
    """Return words as the value of an attribute, in quotes; XML has all of their characters.

    A line end or a tab would be read as a space.
    """
    if not _SIGNS.search(words):
        return f'"{words}"'
    return f'"{escape(words, quote=False).translate(_IN_QUOTES)}"'


_IN_QUOTES = str.maketrans({'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
_SIGNS = re.compile('[&<>"\n\r\t]')
"""What is written in another way."""


def element(name: str, inside: str, **attributes: str | None) -> str:
    """Return an element; `inside` is XML already, and attributes that are None are left out.

    An attribute `xml_id` is written as `xml:id`.
    """
    opening = name
    for key, value in attributes.items():
        if value is not None:
            opening += f" {key.replace('xml_', 'xml:')}={quoted(xml_words(value))}"
    return f"<{opening}>{inside}</{name}>" if inside else f"<{opening}/>"


def text_element(name: str, words: str | None, **attributes: str | None) -> str:
    """Return an element with these words; empty without words."""
    return element(name, xml_text(words), **attributes) if words else ""
