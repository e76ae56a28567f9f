"""Collect what MkDocs and plugins log."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager


class LogCollector(logging.Handler):
    """Collects the records of the logger `mkdocs` within a `with` block."""

    def __init__(self, level: int = logging.WARNING) -> None:
        super().__init__(level)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Collect a record."""
        self.records.append(record)

    def __enter__(self) -> LogCollector:
        logging.getLogger("mkdocs").addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger("mkdocs").removeHandler(self)


@contextmanager
def silent_logs() -> Iterator[None]:
    """Let nothing be logged within a `with` block."""
    previous = logging.root.manager.disable
    logging.disable()
    try:
        yield
    finally:
        logging.disable(previous)
