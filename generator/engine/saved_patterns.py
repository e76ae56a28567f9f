"""Regular expressions of the program, saved as the code that Python makes of them.

Python translates each expression in every process, which takes a tenth of a build after an edit.
It has no public way to save what it makes, so `SavedPatterns.compile` takes the place of the
function of `re` that translates; where Python has no such function, nothing is saved.

Only expressions that are translated while a module is imported are saved: they are parts of the
program. Others can contain words of a document, which may be withdrawn.
"""

from __future__ import annotations

import hashlib
import sys
from array import array
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any

import msgspec

from generator.engine.encoding import encode
from generator.engine.fingerprint import program_fingerprint
from generator.files import read_file, write_file

_IMPORT = "<frozen importlib._bootstrap>"
"""The file of the functions that import a module."""

_DIGEST_SIZE = 16
"""Bytes of the digest before the content."""


class _Code(msgspec.Struct, frozen=True, array_like=True):
    """What Python makes of an expression."""

    flags: int
    code: bytes
    groups: int
    names: dict[str, int]
    """The numbers of groups that have a name."""


class SavedPatterns:
    """Translates expressions, and saves those of modules; no file, or a damaged one, is empty."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._codes = _load(file)
        self._known = len(self._codes)
        self.python: Any = import_module("re._compiler")
        """Its function `compile` translates."""
        self.original = self.python.compile
        self._engine: Any = import_module("_sre")

    def compile(self, expression: Any, flags: int = 0) -> Any:
        """Return the pattern of an expression, as the function of `re` with this name does."""
        if not isinstance(expression, str):
            return self.original(expression, flags)
        key = f"{flags} {expression}".encode("utf-8", "surrogatepass")
        if key not in self._codes:
            if not _is_in_import(sys._getframe()):
                return self.original(expression, flags)
            self._codes[key] = self._translated(expression, flags)
        return self._pattern(expression, self._codes[key])

    def works(self) -> bool:
        """Whether this Python makes the same patterns in this way as in its own."""
        expression = r"(?P<name>a)|\w"
        try:
            pattern = self._pattern(expression, self._translated(expression, 0))
        except (AttributeError, TypeError, RuntimeError):
            return False
        return bool(pattern == self.original(expression, 0))

    def _translated(self, expression: str, flags: int) -> _Code:
        parsed = self.python._parser.parse(expression, flags)
        code = array("I", self.python._code(parsed, flags)).tobytes()
        state = parsed.state
        return _Code(int(flags | state.flags), code, state.groups - 1, state.groupdict)

    def _pattern(self, expression: str, saved: _Code) -> Any:
        names = {number: name for name, number in saved.names.items()}
        code, groups = array("I", saved.code).tolist(), range(saved.groups + 1)
        return self._engine.compile(
            expression, saved.flags, code, saved.groups, saved.names, tuple(map(names.get, groups))
        )

    def save(self) -> None:
        """Save new expressions, where the folder exists and the disk has room."""
        if len(self._codes) > self._known and self._file.parent.is_dir():
            content = encode(self._codes)
            with suppress(OSError):
                write_file(self._file, _digest(content) + content)


@contextmanager
def saved_patterns(file: Path) -> Iterator[None]:
    """Translate expressions with what a file has, and save new ones at the end of the block."""
    saved = SavedPatterns(file)
    if not saved.works():
        yield
        return
    saved.python.compile = saved.compile
    try:
        yield
    finally:
        saved.python.compile = saved.original
        saved.save()


def _load(file: Path) -> dict[bytes, _Code]:
    with suppress(OSError):
        data = read_file(file)
        if data[:_DIGEST_SIZE] == _digest(data[_DIGEST_SIZE:]):
            return msgspec.msgpack.decode(data[_DIGEST_SIZE:], type=dict[bytes, _Code])
    return {}


def _digest(content: bytes) -> bytes:
    """Return a digest of what is saved, and of the program, with Python, to which it belongs."""
    program = program_fingerprint().encode()
    return hashlib.blake2b(program + content, digest_size=_DIGEST_SIZE).digest()


def _is_in_import(frame: FrameType | None) -> bool:
    """Whether a module is being imported."""
    while frame and frame.f_code.co_filename != _IMPORT:
        frame = frame.f_back
    return frame is not None
