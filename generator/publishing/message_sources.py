"""Which code logged a message or raised an error: MkDocs, a plugin or a hook."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import msgspec

from generator.model import Problem

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

SEEDBED_PLUGIN = "seedbed"
"""The name of our own plugin."""

_BY_LOGGER = re.compile(r"mkdocs\.(?:plugins|material)\.(?:plugins\.)?([\w-]+)")
"""The names of plugins' loggers, which MkDocs creates below `mkdocs.plugins`."""

_PAGE = re.compile(r"'([^'\n]+\.md)'")
"""A page as MkDocs and most plugins name it in a message."""


class CodeOwners(msgspec.Struct, frozen=True):
    """The files and folders with the code of a project's plugins and hooks."""

    names: Mapping[Path, str]
    """Maps a file or folder to its owner in words: `the plugin "rss"`, `the hook "hook.py"`."""

    @classmethod
    def from_config(cls, config: MkDocsConfig) -> CodeOwners:
        """Find the code of every plugin and hook except our own plugin."""
        plugins = ((_plugin(name), _module(value)) for name, value in config.plugins.items())
        owners = {_code_path(module): name for name, module in plugins if module}
        owners |= {_file(module): _hook(str(name)) for name, module in _hooks(config)}
        return cls({path: name for path, name in owners.items() if name != _plugin(SEEDBED_PLUGIN)})

    def owner_of_file(self, file: str) -> str | None:
        """Return the owner of a file of Python code; None if no plugin or hook owns it."""
        path = Path(file).resolve()
        owners = (self.names.get(folder) for folder in (path, *path.parents))
        return next(filter(None, owners), None)

    def owner_of_handler(self, handler: Any) -> str | None:
        """Return the owner of an event handler; None if it is unknown."""
        instance = getattr(handler, "__self__", None)
        if instance is not None:
            return self.owner_of_file(str(getattr(_module(instance), "__file__", "")))
        code = getattr(handler, "__code__", None)
        return self.owner_of_file(code.co_filename) if code else None

    def owner_of_error(self, error: BaseException) -> str | None:
        """Return the plugin or hook whose code raised an error; None if there is none."""
        return next(filter(None, map(self.owner_of_file, files_of_error(error))), None)

    def owner_of_record(self, record: logging.LogRecord) -> str:
        """Return the owner of the code that logged a record."""
        match = _BY_LOGGER.match(record.name)
        by_name = _plugin(match[1]) if match else "MkDocs"
        return self.owner_of_file(record.pathname) or by_name


def message_text(record: logging.LogRecord) -> str:
    """Return the message of a record on one line."""
    return " ".join(record.getMessage().split())


def page_named_in(message: str, docs: Path) -> str | None:
    """Return the page of the docs folder that a message names; None if it names none."""
    names = (match[1] for match in _PAGE.finditer(message))
    return next((name for name in names if (docs / name).is_file()), None)


def warning_problem(record: logging.LogRecord, owners: CodeOwners, docs: Path) -> Problem:
    """Return a warning of MkDocs or a plugin as a problem that names its owner."""
    message, owner = message_text(record), owners.owner_of_record(record)
    page = page_named_in(message, docs)
    own_hint = "Correct that page" if page else "Check this setting"
    advice = own_hint if owner == "MkDocs" else _READ_DOCUMENTATION
    where = f"{docs.name}/{page}" if page else "mkdocs.yml"
    hint = f"{advice}; `strict: true` in mkdocs.yml makes it stop a build"
    return Problem("W062", where, f"{owner} says: {message.rstrip('.')}", hint, severity="warning")


_READ_DOCUMENTATION = "Read its own documentation"


def _plugin(name: str) -> str:
    """Return a plugin's name as in mkdocs.yml, without the prefix of its theme."""
    return f'the plugin "{name.rpartition("/")[2]}"'


def _hook(name: str) -> str:
    return f'the hook "{name}"'


def _module(value: object) -> ModuleType | None:
    """Return the module of a plugin's class; None for a hook, which MkDocs lists as well."""
    module = sys.modules.get(type(value).__module__)
    return module if module and getattr(module, "__file__", None) else None


def _hooks(config: MkDocsConfig) -> Iterator[tuple[str, ModuleType]]:
    hooks: Any = config.hooks  # a mapping, though MkDocs calls it a list
    yield from dict(hooks or {}).items()


def _file(module: ModuleType) -> Path:
    return Path(str(module.__file__)).resolve()


def _code_path(module: ModuleType) -> Path:
    """Return the folder of a plugin's package, or the file of a plugin without a package."""
    file = _file(module)
    return file.parent if module.__package__ else file


def files_of_error(error: BaseException | None) -> Iterator[str]:
    """Yield the files in an error's traceback, innermost first, then those of its causes."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        files: list[str] = []
        trace = error.__traceback__
        while trace is not None:
            files.append(trace.tb_frame.f_code.co_filename)
            trace = trace.tb_next
        yield from reversed(files)
        error = error.__cause__ or error.__context__
