"""The theme's templates as Jinja compiled them, kept between builds and for all workers.

There are 45 of them, and to compile them takes a process a quarter of a second.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import BytecodeCache

from generator.files import read_file, write_file

if TYPE_CHECKING:
    from jinja2.bccache import Bucket

_SIZE = hashlib.sha256().digest_size


class TemplateCache(BytecodeCache):
    """Compiled templates in a folder that is safe to delete.

    Jinja holds each against the digest of its source. It does not ask whether the code is whole,
    nor which program and configuration it was made by: `made_by` describes them.
    """

    def __init__(self, folder: Path, made_by: str) -> None:
        self._folder = folder
        self._program = made_by.encode()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template's code, if it lies there as it was written."""
        with suppress(OSError):
            found = read_file(self._folder / bucket.key)
            if found[:_SIZE] == self._digest(found[_SIZE:]):
                bucket.bytecode_from_string(found[_SIZE:])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template's code, unless the disk is full or another process does the same."""
        code = bucket.bytecode_to_string()
        with suppress(OSError):
            write_file(self._folder / bucket.key, self._digest(code) + code)

    def _digest(self, code: bytes) -> bytes:
        return hashlib.sha256(self._program + code).digest()
