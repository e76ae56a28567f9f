"""Collect what MkDocs and plugins log."""

from __future__ import annotations

import logging


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
