"""Update the pictures in README and docs from the seed of this project: `python -m tools.pictures`.

Chromium takes the screenshots and encodes them as WebP, about 30 kB each.
"""

from __future__ import annotations

import base64
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.serving import FLAGS, served
from tests.support import THE_SEED, chromium, make_project

TARGET = Path(__file__).parents[1] / "docs-site" / "docs"
NAME = "A small archive"
PERU = (
    "documents/2021/protests-and-coup-threats-as-peru-enters-fourth-week-without-certification-of/"
)

PACK = """async (png) => {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  canvas.getContext("2d").drawImage(image, 0, 0);
  const blob = await canvas.convertToBlob({ type: "image/webp", quality: 0.7 });
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}"""


OFFSET = "((selector) => document.querySelector(selector).getBoundingClientRect().top)"


@dataclass(frozen=True, slots=True)
class Picture:
    """The part of a page in a picture, in CSS pixels."""

    name: str
    page: str
    width: int
    height: int
    scheme: str = "light"
    below: str = ""
    """The element at the top of the picture; empty for the top of the page."""


PICTURES = (
    Picture("article", PERU, 1280, 720),
    Picture("home", "", 1280, 800),
    Picture("person", "people/pedro-castillo/", 1280, 800),
    Picture("source", PERU, 1280, 720, below="#named"),
    Picture("dark", PERU, 390, 700, "dark"),
)


def shot(browser: Browser, where: str, picture: Picture) -> bytes:
    """Return a screenshot of a page as WebP."""
    scheme = "dark" if picture.scheme == "dark" else "light"
    size = {"width": picture.width, "height": picture.height}
    page = browser.new_page(color_scheme=scheme, viewport=size, reduced_motion="reduce")  # type: ignore[arg-type]
    page.goto(where + picture.page)
    page.wait_for_load_state("networkidle")
    if picture.below:
        page.locator(".sb-colophon > summary").click()
        # In one step: a page that moves up shows its way back to the top.
        page.evaluate(f"scrollBy(0, {OFFSET}('{picture.below}') - 90)")
        page.wait_for_timeout(500)
    png = base64.b64encode(page.screenshot()).decode()
    blank = browser.new_page()
    packed = base64.b64decode(str(blank.evaluate(PACK, png)))
    page.close()
    return packed


def main() -> None:
    """Build the site in a temporary folder, and write the pictures."""
    from generator.pipeline.generate import generate
    from generator.publishing import mkdocs_build
    from generator.publishing.publish import publish

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        config = make_project(Path(folder), {THE_SEED.name: THE_SEED.read_bytes()})
        config.write_text(config.read_text("utf-8").replace("Test archive", NAME), "utf-8")
        project = mkdocs_build.load_project(config)
        generate(project.settings)
        publish(project)
        browser = driver.chromium.launch(executable_path=chromium(), args=FLAGS)
        with served(project.site) as where:
            for picture in PICTURES:
                packed = shot(browser, where, picture)
                (TARGET / f"{picture.name}.webp").write_bytes(packed)
                print(f"{picture.name}: {len(packed):,} bytes")
        browser.close()


if __name__ == "__main__":
    main()
