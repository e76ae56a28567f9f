"""The process of background tasks loads only what they need."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize("module", ["background_tables", "background_texts"])
def test_reading_linking_and_writing_are_not_loaded(module: str) -> None:
    """To import all of them takes more CPU than to write the tables after an edit."""
    code = f"import sys, generator.pipeline.{module}; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout
    heavy = (b"generator.reading", b"generator.writing", b"generator.linking.names")
    assert not [name for name in loaded.split() if name.startswith(heavy)]
