"""The scripts of a site as one classic script: browsers load no module from disk.

Modules become calls of `seedbedOffline.define` (assets/offline.js). The forms of `import` and
`export` that are known here are those of the theme's scripts; a script with another is refused.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from importlib import resources

OFFLINE_SCRIPT = "assets/offline.js"
"""The script of a copy that has the modules."""

_START = """\
document.addEventListener("DOMContentLoaded", () => seedbedOffline.load("search.js"));
"""
"""Runs the module that pages load; modules wait until the page is read."""

_IMPORT = re.compile(r"^import (?:\* as (\w+)|\{([^}]*)\}) from (\"[^\"]+\");$", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:const|class|function\*?) (\w+))", re.MULTILINE)
_EXPORTED = re.compile(r"^export (?:async )?(?:const|class|function\*?) (\w+)", re.MULTILINE)
_UNKNOWN = re.compile(r"^(?:import|export)\b|\bimport\.meta\b", re.MULTILINE)
_DYNAMIC_IMPORT = re.compile(r"\bimport\(")


class UnknownFormError(Exception):
    """A script uses a form of `import` or `export` that cannot be rewritten; its name."""


def classic_script(text: str) -> str:
    """Return a classic script whose dynamic imports ask the modules of the copy."""
    return _DYNAMIC_IMPORT.sub("seedbedOffline.load(", text)


def offline_script(modules: Mapping[str, str]) -> str:
    """Return the script that holds these modules, by name, and runs the entry.

    Raises UnknownFormError.
    """
    runtime = resources.files(__package__).joinpath("assets/offline.js").read_text("utf-8")
    definitions = [_definition(name, modules[name]) for name in sorted(modules)]
    return "".join((runtime, *definitions, _START))


def _definition(name: str, text: str) -> str:
    names = ", ".join(_EXPORTED.findall(text))
    body = _IMPORT.sub(_required, text)
    body = _EXPORT.sub("", body).replace("import.meta.url", "moduleUrl")
    if _UNKNOWN.search(body):
        raise UnknownFormError(name)
    body = classic_script(body)
    head = f"seedbedOffline.define({json.dumps(name)}, (moduleUrl) => {{\n"
    return f"{head}{body}return {{ {names} }};\n}});\n"


def _required(found: re.Match[str]) -> str:
    names = found[1] or "{" + re.sub(r"\bas\b", ":", found[2]) + "}"
    return f"const {names} = seedbedOffline.require({found[3]});"


def bytes_as_script(path: str, data: bytes) -> bytes:
    """Return a script that gives the bytes of a file to the page that asks for them."""
    encoded = base64.b64encode(data).decode()
    return f'seedbedOffline.addBytes({json.dumps(path)}, "{encoded}");\n'.encode()


def text_as_script(path: str, text: str) -> bytes:
    """Return a script that gives a text to the page that asks for it."""
    return f"seedbedOffline.addText({json.dumps(path)}, {json.dumps(text)});\n".encode()
