"""Who did it: MkDocs, a plugin or a hook. Nobody is named who did not."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from generator.model import Problem

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

SEEDBED_PLUGIN = "seedbed"
"""The name of our own plugin."""

_BY_LOGGER = re.compile(r"mkdocs\.(?:plugins|material)\.(?:plugins\.)?([\w-]+)")
"""The loggers of plugins: MkDocs gives them one below `mkdocs.plugins`."""

_PAGE = re.compile(r"'([^'\n]+\.md)'")
"""How MkDocs, and most plugins, name a page."""


@dataclass(frozen=True, slots=True)
class CodeOwners:
    """Where the code of a project's plugins and hooks lies."""

    names: Mapping[Path, str]
    """A file or a folder, and what it is called: `the plugin "rss"`, `the hook "hook.py"`."""

    @classmethod
    def from_config(cls, config: MkDocsConfig) -> CodeOwners:
        """Find the code of every plugin and hook, besides our own."""
        named = ((_plugin(name), _module(value)) for name, value in config.plugins.items())
        found = {_place(module): name for name, module in named if module}
        found |= {_file(module): _hook(str(name)) for name, module in _hooks(config)}
        return cls({path: name for path, name in found.items() if name != _plugin(SEEDBED_PLUGIN)})

    def owner_of_file(self, file: str) -> str:
        """Tell whose a file of Python code is; empty when it is no plugin's and no hook's."""
        path = Path(file).resolve()
        owners = (self.names.get(place) for place in (path, *path.parents))
        return next(filter(None, owners), "")

    def owner_of_handler(self, handler: Any) -> str:
        """Tell whose a handler of an event is; empty when that is not known."""
        owner = getattr(handler, "__self__", None)
        if owner is not None:
            return self.owner_of_file(str(getattr(_module(owner), "__file__", "")))
        code = getattr(handler, "__code__", None)
        return self.owner_of_file(code.co_filename) if code else ""

    def owner_of_error(self, error: BaseException) -> str:
        """Tell in whose code an error arose; empty when no plugin or hook had a hand in it."""
        return next(filter(None, map(self.owner_of_file, _files(error))), "")

    def owner_of_record(self, record: logging.LogRecord) -> str:
        """Tell who says something."""
        named = _BY_LOGGER.match(record.name)
        by_name = _plugin(named[1]) if named else "MkDocs"
        return self.owner_of_file(record.pathname) or by_name


def message_text(record: logging.LogRecord) -> str:
    """Give what a record says, on one line."""
    return " ".join(record.getMessage().split())


def page_named_in(message: str, docs: Path) -> str:
    """Give the page of the docs folder that a message names; empty when it names none."""
    named = (match[1] for match in _PAGE.finditer(message))
    return next((name for name in named if (docs / name).is_file()), "")


def warning_problem(record: logging.LogRecord, origins: CodeOwners, docs: Path) -> Problem:
    """Say what MkDocs or a plugin warns of, in its own words and as its own."""
    said, who = message_text(record), origins.owner_of_record(record)
    page = page_named_in(said, docs)
    ours = "Mend that page" if page else "Look at this setting"
    mend = ours if who == "MkDocs" else _LOOK
    where = f"{docs.name}/{page}" if page else "mkdocs.yml"
    hint = f"{mend}; `strict: true` in mkdocs.yml makes it stop a build"
    return Problem("W062", where, f"{who} says: {said.rstrip('.')}", hint, severity="warning")


_LOOK = "Look at what its own documentation says"


def _plugin(name: str) -> str:
    """Call a plugin as mkdocs.yml does; those of a theme may leave its name out."""
    return f'the plugin "{name.rpartition("/")[2]}"'


def _hook(name: str) -> str:
    return f'the hook "{name}"'


def _module(value: object) -> ModuleType | None:
    """Give the module of a plugin's class; None for a hook, which is no plugin though listed."""
    module = sys.modules.get(type(value).__module__)
    return module if module and getattr(module, "__file__", None) else None


def _hooks(config: MkDocsConfig) -> Iterator[tuple[str, ModuleType]]:
    hooks: Any = config.hooks  # a mapping, though MkDocs calls it a list
    yield from dict(hooks or {}).items()


def _file(module: ModuleType) -> Path:
    return Path(str(module.__file__)).resolve()


def _place(module: ModuleType) -> Path:
    """Give the folder of a plugin's package, or the file of a plugin without one."""
    file = _file(module)
    return file.parent if module.__package__ else file


def _files(error: BaseException | None) -> Iterator[str]:
    """Give the files that an error passed through, where it arose first; then its causes'."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        passed: list[str] = []
        trace = error.__traceback__
        while trace is not None:
            passed.append(trace.tb_frame.f_code.co_filename)
            trace = trace.tb_next
        yield from reversed(passed)
        error = error.__cause__ or error.__context__
