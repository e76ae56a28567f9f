"""Front matter, written without an emitter of YAML where it is sure what that would write.

That takes less than half of the time. Any other text is left to libyaml, so that the bytes are
always its own.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

import yaml

Scalar = str | int
_SCALARS = (str, int)  # not made again for each value
MetaValue = Scalar | list[str] | dict[str, str] | list[dict[str, str]]
"""Values of front matter: strings that are safe in HTML, numbers, lists, mappings."""

Meta = dict[str, MetaValue]

_DUMPER: type[Any] = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_RESOLVERS = yaml.SafeDumper.yaml_implicit_resolvers

_KEY = re.compile(r"[a-z][a-z0-9_/-]{0,60}")

_PLAIN = re.compile(r"[A-Za-z][\w /.,;&()'-]{4,}[\w/.,;&()'-]", re.ASCII)
"""Most strings: they are written as they are, and none is a word such as `false`."""

# The set of all others would take ten times as long to compile.
_ESCAPED = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff\U00010000-\U0010ffff]"
)
"""What is written in double quotes, with a backslash: line ends, and what is not printable."""

_QUOTED = re.compile(r"""^[#,\[\]{}&*!|>'"%@` ]|: | #|[: ]$""")
"""What a string without quotes does not have at its beginning, anywhere, or at its end."""

_UNSURE = "?:.-"
"""First characters: whether a string needs quotes depends on what follows them."""


class OtherValueError(Exception):
    """It is not sure how YAML writes a value."""


def front_matter(meta: Meta) -> str:
    """Return front matter in YAML, without the lines around it and the line feed at its end."""
    try:
        return usual_front_matter(meta)
    except OtherValueError:
        return yaml_front_matter(meta)


def usual_front_matter(meta: Meta) -> str:
    """Return the same without libyaml; raise OtherValueError where that is not sure."""
    if not meta:
        raise OtherValueError(meta)
    return "\n".join(_lines(meta))


def yaml_front_matter(meta: Meta) -> str:
    """Return front matter as libyaml writes it."""
    return str(
        yaml.dump(
            meta,
            Dumper=_DUMPER,
            default_flow_style=False,
            allow_unicode=True,
            sort_keys=False,
            width=1_000_000,
        )
    ).strip()


def _lines(meta: Meta) -> list[str]:
    lines: list[str] = []
    collections: list[object] = []
    for key, value in meta.items():
        if isinstance(value, _SCALARS):
            lines.append(f"{_key(key)}: {_scalar(value)}")
            continue
        if not value:
            raise OtherValueError(value)
        lines.append(f"{_key(key)}:")
        lines += _collection(value)
        collections += [value, *(item for item in value if isinstance(item, dict))]
    if len(set(map(id, collections))) < len(collections):  # YAML refers to what it wrote before
        raise OtherValueError(collections)
    return lines


def _collection(value: list[str] | dict[str, str] | list[dict[str, str]]) -> list[str]:
    if isinstance(value, dict):
        return [f"  {line}" for line in _pairs(value)]
    return [f"- {_item(item)}" for item in value]


def _item(item: str | dict[str, str]) -> str:
    if not isinstance(item, dict):
        return _scalar(item)
    if not item:
        raise OtherValueError(item)
    return "\n  ".join(_pairs(item))


def _pairs(mapping: dict[str, str]) -> list[str]:
    return [f"{_key(key)}: {_scalar(inner)}" for key, inner in mapping.items()]


@cache
def _key(key: str) -> str:
    if not _KEY.fullmatch(key) or not _is_string(key):
        raise OtherValueError(key)
    return key


@lru_cache(maxsize=4096, typed=True)  # pages have most names and addresses in common
def _scalar(value: Scalar) -> str:
    if not isinstance(value, str):
        return str(value).lower()
    if _PLAIN.fullmatch(value):
        return value
    if _ESCAPED.search(value):
        raise OtherValueError(value)
    if not value or _QUOTED.search(value) or not _is_string(value):
        words = value.replace("'", "''")
        return f"'{words}'"
    if value[0] in _UNSURE:
        raise OtherValueError(value)
    return value


def _is_string(text: str) -> bool:
    """Whether YAML takes words without quotes for a string."""
    resolvers = _RESOLVERS.get(text[0])
    return resolvers is None or not any(regex.match(text) for _, regex in resolvers)
