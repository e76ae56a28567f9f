"""Files on their way back from another computer."""

from __future__ import annotations

import pytest

from generator.engine.packed_files import pack_files, unpack_files
from generator.model import OutputFile, PagePath, SeedbedError


def packed(*paths: str) -> bytes:
    """Return files at these paths, as a worker sends them."""
    return pack_files([tuple(OutputFile(PagePath(path), b"x") for path in paths)])


def test_files_are_unpacked_as_they_were() -> None:
    """Each with its bytes."""
    paths = ["index.md", "documents/1931/a..b/ledger.json", "people/é/.x"]
    assert [file.path for file in unpack_files(packed(*paths))[0]] == paths
    assert unpack_files(pack_files([(), ()])) == ()


@pytest.mark.parametrize(
    "path",
    ["../x", "/x", "a/../../x", "a/..", "", "a//x", "./x", "C:x", "..\\x", "a\0b", "a/."],
)
def test_no_file_of_a_worker_leads_out_of_the_folder(path: str) -> None:
    """Whoever controls a worker would write anywhere on the computer with the project."""
    with pytest.raises(SeedbedError, match="outside"):
        unpack_files(packed("index.md", path))
