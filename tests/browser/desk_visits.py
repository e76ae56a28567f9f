"""A project that is served with a desk, and a person who works at it with the keyboard."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


@dataclass(frozen=True)
class Served:
    """A project with a preview."""

    folder: Path
    address: str

    @property
    def corrections(self) -> str:
        """The text of its corrections; empty if there is no file."""
        return self._read("corrections.yml")

    @property
    def names(self) -> str:
        """The text of its list of names; empty if there is no file."""
        return self._read("names.csv")

    @property
    def log(self) -> str:
        """What the server has printed."""
        return (self.folder / "log").read_text("utf-8")

    def wait_until_idle(self) -> None:
        """Wait until a build that has begun is done: a change right after its begin joins it."""
        while self.log.rfind("Detected file changes") > self.log.rfind("Reloading browsers"):
            time.sleep(0.05)

    def wait_until_built(self, printed: int) -> None:
        """Wait until a change is built that came after so many characters of the log."""
        while True:
            _, found, built = self.log[printed:].rpartition("Detected file changes")
            if found and "Reloading browsers" in built:
                return
            time.sleep(0.05)

    def _read(self, name: str) -> str:
        file = self.folder / "seeds" / name
        return file.read_text("utf-8") if file.exists() else ""


@contextmanager
def serve_with_desk(folder: Path) -> Iterator[Served]:
    """Serve a project until the person is done."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "generator", "serve", "-a", address]
    log = folder / "log"
    with log.open("w") as output, subprocess.Popen(command, cwd=folder, stderr=output) as server:
        try:
            while "Serving on" not in log.read_text():
                assert server.poll() is None, log.read_text()
                time.sleep(0.1)
            yield Served(folder, f"http://{address}/")
        finally:
            server.kill()


@dataclass(frozen=True)
class Desk:
    """A person at the desk, with a keyboard and no mouse."""

    page: Page
    served: Served

    def open(self, address: str) -> None:
        """Open a page of the preview, and wait for its desk."""
        from playwright.sync_api import Error

        for _ in range(5):
            try:
                self.page.goto(self.served.address + address)
                break
            except Error:  # the preview loaded the page again at that moment, and stopped this
                self.page.wait_for_timeout(100)
        self.page.locator(".sb-desk, .sb-review main h1").first.wait_for()
        self.page.wait_for_function(
            "!document.querySelector('.sb-desk button:not([hidden])')?.hidden"
        )

    def arrive(self, address: str) -> None:
        """Wait until the browser is at an address; the preview may load pages again on the way."""
        from playwright.sync_api import expect

        expect(self.page).to_have_url(self.served.address + address)

    def press(self, button: str) -> None:
        """Press a button with the keyboard."""
        self.page.get_by_role("button", name=button, exact=True).focus()
        self.page.keyboard.press("Enter")

    def fill(self, label: str, words: str) -> None:
        """Fill in a field of the dialog."""
        self.field(label).fill(words)

    def choose(self, label: str, option: str) -> None:
        """Choose one of the values of a field."""
        self.field(label).select_option(label=option)

    def field(self, label: str) -> Locator:
        """Return the field of the dialog whose label begins so."""
        labelled = self.page.locator("dialog").get_by_label(re.compile(f"^{re.escape(label)}"))
        return labelled.and_(self.page.locator("input, select, textarea"))

    def save(self) -> None:
        """Press Enter in a field of the dialog, and wait until it is closed."""
        self.page.locator("dialog [type=submit]").focus()
        self.page.keyboard.press("Enter")
        self.page.locator("dialog").wait_for(state="detached")

    def link(self, words: str) -> Locator:
        """Return a link in the text."""
        return self.page.locator(".sb-text a").get_by_text(words, exact=True).first
