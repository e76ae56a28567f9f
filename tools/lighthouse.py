"""What Lighthouse says of the built site, on a slow telephone: `python -m tools.lighthouse`.

It comes from npm when it is asked for, and drives the chromium of this machine. Prints a line for
each page, and fails where one is below its floor.
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
FOLDERS = ("", "documents/*/*", "people/*", "timeline")
"""The kinds of pages: of each the first by name."""


def pages(site: Path) -> Iterator[str]:
    """The addresses of the pages to look at, below the site's own."""
    for folder in FOLDERS:
        found = sorted(site.glob(f"{folder}/index.html".lstrip("/")))
        yield from (f"{path.parent.relative_to(site).as_posix()}/" for path in found[:1])


def scores(address: str) -> dict[str, int]:
    """What one run says of a page, from 0 to 100."""
    flags = f"--chrome-flags=--headless {' '.join(FLAGS)}"
    program = ["npx", "--yes", "lighthouse@12", address, "--quiet", "--output=json", flags]
    environment = {**os.environ, "CHROME_PATH": chromium() or ""}
    done = subprocess.run(program, capture_output=True, check=True, env=environment)  # noqa: S603
    found = json.loads(done.stdout)["categories"]
    return {name: round(found[name]["score"] * 100) for name in FLOORS}


def main(site: Path) -> int:
    """Look at every page, print what is said of it, and tell whether all is well."""
    low = 0
    with served(site, Packed) as where:
        for page in pages(site):
            told = scores(where + page.removeprefix("./"))
            low += any(told[name] < floor for name, floor in FLOORS.items())
            print(" ".join(f"{name} {score}" for name, score in told.items()), page)
    return min(low, 1)


if __name__ == "__main__":
    sys.exit(main(Path("site")))
