"""Rights as people state them: names of licences and statements, with the addresses that they have.

Nothing is concluded: words that no row knows stay as they are, without an address.
"""

from __future__ import annotations

import re
from types import MappingProxyType

import msgspec

_STATEMENTS = MappingProxyType(
    {
        "InC": "In Copyright",
        "InC-OW-EU": "In Copyright - EU Orphan Work",
        "InC-EDU": "In Copyright - Educational Use Permitted",
        "InC-NC": "In Copyright - Non-Commercial Use Permitted",
        "InC-RUU": "In Copyright - Rights-holder(s) Unlocatable or Unidentifiable",
        "NoC-CR": "No Copyright - Contractual Restrictions",
        "NoC-NC": "No Copyright - Non-Commercial Use Only",
        "NoC-OKLR": "No Copyright - Other Known Legal Restrictions",
        "NoC-US": "No Copyright - United States",
        "CNE": "Copyright Not Evaluated",
        "UND": "Copyright Undetermined",
        "NKC": "No Known Copyright",
    }
)
"""The statements of rightsstatements.org, version 1.0, by the codes in their addresses."""

_SPDX = MappingProxyType(
    {
        identifier.casefold(): identifier
        for identifier in """
        Apache-2.0 BSD-3-Clause CDLA-Permissive-2.0 CDLA-Sharing-1.0 etalab-2.0 FAL-1.3
        GFDL-1.3-only GFDL-1.3-or-later MIT ODbL-1.0 ODC-By-1.0 OGL-UK-3.0 PDDL-1.0 Unlicense
        """.split()
    }
)
"""Licences for texts and data of the SPDX list, besides those of Creative Commons."""

_CC_NAME = re.compile(
    r"(?a:CC[ -](BY(?:[ -]NC)?(?:[ -](?:SA|ND))?)[ -](\d\.\d)(?:[ -](?:international|unported))?)",
    re.IGNORECASE,
)
_CC_ZERO = re.compile(r"(?a:CC[ -]?(?:0|zero)(?:[ -]1\.0)?(?:[ -]universal)?)", re.IGNORECASE)
_CC_MARK = re.compile(
    r"(?a:(?:CC[ -])?(?:PDM[ -]1\.0|public domain mark(?:[ -]1\.0)?))", re.IGNORECASE
)
_CC_ADDRESS = re.compile(
    r"(?a:https?://creativecommons\.org/(licenses|publicdomain)/([a-z-]+)/(\d\.\d)"
    r"(?:/[a-z]{2})?(?:/(?:deed(?:\.[a-z_]+)?|legalcode(?:\.[a-z_]+)?)?)?)",
    re.IGNORECASE,
)
_STATEMENT_ADDRESS = re.compile(
    r"(?a:https?://rightsstatements\.org/(?:vocab|page)/([A-Za-z-]+)/1\.0/?(?:\?[^\s]*)?)",
    re.IGNORECASE,
)
_STATEMENT_CODES = MappingProxyType({code.casefold(): code for code in _STATEMENTS})
_SPDX_ADDRESS = re.compile(
    r"(?a:https?://spdx\.org/licenses/([A-Za-z0-9.+-]+?)(?:\.html)?)", re.IGNORECASE
)
_ADDRESS = re.compile(r"(?a:https?://[A-Za-z0-9][^\s<>\"'`{}|\\^]*)")


class Rights(msgspec.Struct, frozen=True):
    """A statement of rights: what a page shows, and the address that programs compare."""

    words: str
    url: str | None = None


def parse_rights(text: str) -> Rights:
    """Return what a person stated; the address is that of the licence or statement, if it is known.

    Names of Creative Commons and SPDX and the addresses of both and of rightsstatements.org are
    known. Any other web address is its own address; other words have none.
    """
    words = " ".join(text.split())
    return _creative_commons(words) or _statement(words) or _spdx(words) or _other(words)


def _creative_commons(words: str) -> Rights | None:
    name = _CC_NAME.fullmatch(words)
    if name:
        return _cc_licence(name[1].replace(" ", "-"), name[2])
    if _CC_ZERO.fullmatch(words):
        return _CC0
    if _CC_MARK.fullmatch(words):
        return _PDM
    address = _CC_ADDRESS.fullmatch(words)
    if address is None:
        return None
    code = address[2].lower()
    if address[1].lower() == "publicdomain":
        return {"zero": _CC0, "mark": _PDM}.get(code)
    is_licence = _CC_NAME.fullmatch(f"CC-{code}-{address[3]}") is not None
    return _cc_licence(code, address[3]) if is_licence else None


_CC0 = Rights("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/")
_PDM = Rights("Public Domain Mark 1.0", "https://creativecommons.org/publicdomain/mark/1.0/")


def _cc_licence(code: str, version: str) -> Rights:
    url = f"https://creativecommons.org/licenses/{code.lower()}/{version}/"
    return Rights(f"CC {code.upper()} {version}", url)


def _statement(words: str) -> Rights | None:
    address = _STATEMENT_ADDRESS.fullmatch(words)
    code = _STATEMENT_CODES.get(address[1].casefold()) if address else None
    if code is None:
        return None
    return Rights(_STATEMENTS[code], f"http://rightsstatements.org/vocab/{code}/1.0/")


def _spdx(words: str) -> Rights | None:
    address = _SPDX_ADDRESS.fullmatch(words)
    identifier = _SPDX.get((address[1] if address else words).casefold())
    if identifier is None:
        return None
    return Rights(identifier, f"https://spdx.org/licenses/{identifier}.html")


def _other(words: str) -> Rights:
    return Rights(words, words if _ADDRESS.fullmatch(words) else None)
