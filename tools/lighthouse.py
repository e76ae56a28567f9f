"""Lighthouse scores of the built site on a slow phone: `python -m tools.lighthouse`.

Lighthouse is downloaded from npm and uses the Chromium of this machine. Prints a line for each
page, and fails if a score is below its floor.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.browser.serving import FLAGS, Packed, served
from tests.support import chromium

FLOORS = {"performance": 99, "accessibility": 100, "best-practices": 100, "seo": 100}
FOLDERS = ("", "documents/*/*", "people/*", "timeline", "search")
"""The kinds of pages; the first page of each kind is measured."""


def pages(site: Path) -> Iterator[str]:
    """Yield the addresses of the pages to measure, relative to the site."""
    for folder in FOLDERS:
        paths = sorted(site.glob(f"{folder}/index.html".lstrip("/")))
        yield from (f"{path.parent.relative_to(site).as_posix()}/" for path in paths[:1])


def scores(address: str) -> dict[str, int]:
    """Return the scores of a page, from 0 to 100."""
    flags = f"--chrome-flags=--headless {' '.join(FLAGS)}"
    program = ["npx", "--yes", "lighthouse@12", address, "--quiet", "--output=json", flags]
    environment = {**os.environ, "CHROME_PATH": chromium() or ""}
    done = subprocess.run(program, capture_output=True, check=True, env=environment)  # noqa: S603
    categories = json.loads(done.stdout)["categories"]
    return {name: round(categories[name]["score"] * 100) for name in FLOORS}


def main(site: Path) -> int:
    """Measure every page, print its scores and return the exit code."""
    failures = 0
    with served(site, Packed) as where:
        for page in pages(site):
            page_scores = scores(where + page.removeprefix("./"))
            failures += any(page_scores[name] < floor for name, floor in FLOORS.items())
            print(" ".join(f"{name} {score}" for name, score in page_scores.items()), page)
    return min(failures, 1)


if __name__ == "__main__":
    sys.exit(main(Path("site")))
