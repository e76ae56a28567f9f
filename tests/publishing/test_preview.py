"""Live preview: one saved seed, one rebuild, then silence."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from shutil import copytree
from threading import Condition, Thread
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest
from mkdocs.commands.build import build
from mkdocs.livereload import LiveReloadServer

from generator.files import project_lock
from generator.pipeline.generate import generate
from generator.publishing import mkdocs_build, mkdocs_plugin
from generator.publishing.preview import LazyPreview, PreviewFiles, watch_sources
from generator.publishing.preview_desk import SavedSeeds
from generator.publishing.preview_early_pages import DESK
from generator.publishing.preview_server import Rebuild, ResponseHead
from tests.search.search_reader import split_header
from tests.support import make_project

NOTE = "A note on bridges\n\nThe old bridge was closed.\n"
LETTER = "A letter\n\nThe ferry sails at noon.\n"
NOTICED, SHOWN = "Detected file changes", "Reloading browsers"


@dataclass(frozen=True)
class Preview:
    """A project that is served."""

    folder: Path
    address: str
    log: Path

    @property
    def settings(self) -> str:
        """What stands in its mkdocs.yml."""
        return (self.folder / "mkdocs.yml").read_text()

    def count_messages(self, words: str) -> int:
        """How often it said so."""
        return self.log.read_text().count(words)

    def read(self, page: str = "") -> str:
        """Fetch a page."""
        with urllib.request.urlopen(f"{self.address}{page}") as answer:
            return str(answer.read().decode())

    def answer(self, page: str, host: str = "localhost") -> tuple[int, str, str]:
        """Ask as a browser does that was led here by this name: status, type, words."""
        asked = urllib.request.Request(f"{self.address}{page}", headers={"Host": host})
        try:
            with urllib.request.urlopen(asked) as answer:
                return answer.status, answer.headers["Content-Type"], answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.headers["Content-Type"], error.read().decode()

    def searchable(self) -> set[str]:
        """Return the words that the search knows."""
        with urllib.request.urlopen(f"{self.address}search/manifest.bin") as answer:
            name = split_header(zlib.decompress(answer.read()))[0]["files"]["words"][0]
        with urllib.request.urlopen(f"{self.address}search/words/{name}.bin") as answer:
            return set(str(split_header(zlib.decompress(answer.read()))[0]["words"]).split(" "))

    def save(self, name: str, text: str) -> None:
        """Save a file in one step, as editors do: nobody sees half of it."""
        staging = self.folder / "aside"
        staging.write_text(text)
        staging.replace(self.folder / name)

    def notices(self, name: str, rebuilds: int) -> bool:
        """Whether it notices an edit, which is done again if it came before the first look."""
        for _ in range(12):
            if happens(lambda: self.count_messages(NOTICED) > rebuilds, 10):
                return True
            os.utime(self.folder / name)
        return False


@contextmanager
def serving(program: str, folder: Path) -> Iterator[Preview]:
    """Yield a project, while a program serves it."""
    make_project(folder, {"note.txt": NOTE, "letter.txt": LETTER})
    log = folder / "log"
    with socket.socket() as held:  # or somebody else is given the port before the server has it
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{held.getsockname()[1]}"
        command = [sys.executable, "-m", program, "serve", "-a", address]
        with log.open("w") as output, subprocess.Popen(command, cwd=folder, stderr=output) as runs:
            try:
                yield Preview(folder, f"http://{address}/", log)
            finally:
                runs.kill()


@pytest.fixture(scope="module")
def previews(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Preview]]:
    """One project, served by `mkdocs serve` and by ours; each test edits other files of it."""
    with ExitStack() as stack:
        both = [
            stack.enter_context(serving(program, tmp_path_factory.mktemp(program)))
            for program in ("mkdocs", "generator")
        ]
        assert all(happens(partial(preview.count_messages, "Serving on")) for preview in both)
        yield both


def happens(condition: Callable[[], object], seconds: float = 120) -> bool:
    """Wait until something is so; tell whether it ever was."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def edit(previews: list[Preview], name: str, text: str) -> None:
    """Save a file in every preview; wait for the one rebuild that shows it, and for no other."""
    before = [preview.count_messages(NOTICED) for preview in previews]
    for preview in previews:
        preview.save(name, text)
    for preview, rebuilds in zip(previews, before, strict=True):
        assert preview.notices(name, rebuilds)
        assert happens(lambda: preview.count_messages(SHOWN) > rebuilds)  # noqa: B023
    time.sleep(1.5)  # three looks of the watcher
    for preview, rebuilds in zip(previews, before, strict=True):
        assert preview.count_messages(NOTICED) == rebuilds + 1


def test_a_saved_seed_is_shown_after_exactly_one_rebuild(previews: list[Preview]) -> None:
    """The page changes, and the pages that we write set nothing off."""
    page = "documents/undated/a-note-on-bridges/"
    assert all("The old bridge was closed." in preview.read(page) for preview in previews)
    edit(previews, "seeds/note.txt", NOTE.replace("closed", "opened"))
    for preview in previews:
        assert "The old bridge was opened." in preview.read(page)
        assert {"opened"} == preview.searchable() & {"opened", "closed"}


def test_saved_corrections_are_shown_after_exactly_one_rebuild(previews: list[Preview]) -> None:
    """They are watched with the seeds; the table of addresses is left alone."""
    corrections = "documents: {letter.txt: {title: On ferries, authors: Ana Ruiz}}\n"
    edit(previews, "seeds/corrections.yml", corrections)
    for preview in previews:
        assert "On ferries" in preview.read()
        assert "Ruiz, Ana" in preview.read("authors/")
        assert not (preview.folder / "addresses.csv").exists()


def test_a_new_seed_appears(previews: list[Preview]) -> None:
    """With its page and its line on the home page, which we write beside hand-written ones."""
    edit(previews, "seeds/new.txt", "Bridge reopens\n\nThe mayor cut a ribbon.\n")
    assert all("Bridge reopens" in preview.read() for preview in previews)


def test_a_hand_written_page_is_watched_too(previews: list[Preview]) -> None:
    """As users of MkDocs expect."""
    edit(previews, "docs/about.md", "# About\n\nThese are the letters of Ana Ruiz.\n")
    assert all("the letters of Ana Ruiz" in preview.read("about/") for preview in previews)


def shown(previews: list[Preview], words: str, page: str = "") -> bool:
    """Whether every preview comes to show some words."""
    return all(happens(lambda preview=preview: words in preview.read(page)) for preview in previews)  # type: ignore[misc]


@pytest.mark.slow
def test_a_failed_rebuild_is_shown_on_every_page_until_one_succeeds(
    previews: list[Preview],
) -> None:
    """With file and line, as text; the pages are those of the last good state."""
    page = "documents/undated/a-letter/"
    edit(previews, "seeds/corrections.yml", "documents: {letter.txt: {language: en}}\n")
    edit(previews, "seeds/corrections.yml", "documents: {letter.txt: {withdrawn: '<b>\n")
    for preview in previews:
        message = preview.read(page)
        assert 'role="alert"' in message
        assert "seeds/corrections.yml:1: this line may withdraw a document" in message
        assert "The ferry sails at noon." in message
        assert preview.answer("nowhere/")[0] == 404
    settings = previews[0].settings
    edit(previews, "mkdocs.yml", f"{settings}\ntheme: <b>\n")
    assert shown(previews, "&lt;b&gt;")
    edit(previews, "mkdocs.yml", settings)
    edit(previews, "seeds/corrections.yml", "documents: {letter.txt: {language: en}}\n")
    assert not any('role="alert"' in preview.read(page) for preview in previews)


@pytest.mark.slow
def test_an_error_in_corrections_is_shown_in_the_browser(previews: list[Preview]) -> None:
    """The site is built without it, so nobody would notice."""
    edit(previews, "seeds/corrections.yml", "documents: {letter.txt: {tilte: On ferries}}\n")
    for preview in previews:
        message = "seeds/corrections.yml:1: W031 unknown field &quot;tilte&quot;"
        assert message in preview.read()
    edit(previews, "seeds/corrections.yml", "documents: {letter.txt: {title: On ferries}}\n")
    assert not any("Something is left out" in preview.read() for preview in previews)


@pytest.mark.parametrize(("count", "is_folded"), [(1, False), (3, False), (4, True)])
def test_many_messages_do_not_cover_the_first_screen(count: int, is_folded: bool) -> None:
    """A line opens them; a few are shown at once."""
    notice = Rebuild(lambda: None, lambda: ["seeds/<a>.jpg: E050"] * count).notice()
    assert ("<details>" in notice) == is_folded
    assert notice.count("seeds/&lt;a&gt;.jpg: E050") == count


@pytest.mark.slow
def test_a_recreated_folder_of_seeds_is_watched_again(previews: list[Preview]) -> None:
    """As `git checkout` does after somebody removed it."""
    for preview in previews:
        (preview.folder / "seeds").rename(preview.folder / "moved")
    time.sleep(2)  # several looks of the watcher
    for preview in previews:
        copytree(preview.folder / "moved", preview.folder / "seeds")
        (preview.folder / "seeds/back.txt").write_text("The ferry is back\n\nIt sails at noon.\n")
    assert shown(previews, "The ferry is back", "timeline/")
    time.sleep(1.5)
    edit(previews, "seeds/back.txt", "The ferry has left\n\nIt sailed at noon.\n")
    assert shown(previews, "The ferry has left", "timeline/")


def test_a_preview_waits_for_another_run(previews: list[Preview]) -> None:
    """A build, or another preview of the same project."""
    with ExitStack() as stack:
        for preview in previews:
            stack.enter_context(project_lock(preview.folder))
            preview.save("seeds/waiting.txt", "A tunnel\n\nIt was dug.\n")
        message = "another run of Seedbed is using"
        assert all(happens(partial(preview.count_messages, message)) for preview in previews)
    assert shown(previews, "A tunnel", "timeline/")


def test_a_page_of_another_site_gets_no_answer(previews: list[Preview]) -> None:
    """Its name can be made to lead here; what it asks for would be read by that site."""
    for preview in previews:
        for host in ("localhost", "LOCALHOST:1", "127.0.0.1", "[::1]:8000", "192.168.1.7:80"):
            assert preview.answer("", host)[0] == 200
        for host in ("evil.invalid", "localhost.evil.invalid:8000", "127.0.0.1.evil.invalid", "["):
            assert preview.answer("", host)[0] == 403


def test_an_address_that_no_file_can_have_is_a_404(previews: list[Preview]) -> None:
    """And no error of the server."""
    for preview in previews:
        for page in ("%00", "documents/%00/", "a" * 5_000, "..%2f..%2fmkdocs.yml"):
            assert preview.answer(page)[0] == 404, page


def test_the_preview_says_that_texts_are_in_utf_8(previews: list[Preview]) -> None:
    """But not of a seed as it is, which can have any encoding."""
    page = "documents/undated/a-note-on-bridges"
    for preview in previews:
        assert preview.answer(f"{page}/text.txt")[1] == "text/plain; charset=utf-8"
        assert preview.answer(f"{page}/source.txt")[1] == "text/plain"


def test_a_seed_that_is_saved_during_the_first_build_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """MkDocs does not watch yet; nothing is built twice where nothing was saved."""
    project = mkdocs_build.load_project(make_project(tmp_path, {"note.txt": NOTE}))
    config = mkdocs_build._config(project.config_file, site_dir=str(tmp_path / "shown"))
    plugin: Any = config.plugins["seedbed"]
    monkeypatch.setattr(plugin, "command", "serve")  # which MkDocs keeps
    monkeypatch.setattr(plugin, "seeds_snapshot", plugin.seeds_snapshot)
    builds: list[str] = []

    def builder() -> None:
        builds.append("again")
        build(config)

    def begin() -> None:
        server = LiveReloadServer(builder, "127.0.0.1", 0, root=str(tmp_path / "shown"))
        server.watch(str(tmp_path / "docs"))  # as MkDocs does
        plugin.on_serve(server, config=config, builder=builder)
        assert server.request_queue_size > 100  # what a browser opens at once need not wait
        server.server_close()

    build(config)
    begin()
    assert builds == []
    (tmp_path / "seeds/letter.txt").write_text(LETTER)
    begin()
    assert builds == ["again"]
    plugin.preview.put_in_place("documents/undated/a-letter/index.html")
    assert "ferry" in (tmp_path / "shown/documents/undated/a-letter/index.html").read_text()


DAMAGED = "documents: {letter.txt: {withdrawn: '<b>\n"


@pytest.mark.parametrize(
    ("name", "damaged", "message"),
    [
        ("corrections.yml", DAMAGED.encode(), "corrections.yml:1: this line may withdraw"),
        ("names.csv", b"name,kind\n\xff,person\n", "names.csv:2 is not valid UTF-8"),
    ],
)
def test_a_preview_starts_with_a_damaged_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, damaged: bytes, message: str
) -> None:
    """It shows the message above the last good state, or alone, until the file is mended."""
    page = "documents/undated/a-letter/"
    project = make_project(tmp_path, {"letter.txt": LETTER})
    (tmp_path / "seeds" / name).write_bytes(damaged)
    server = started(project, monkeypatch)
    status, text = answer_of(server, page)
    assert status.startswith("404")
    assert 'role="alert"' in text
    assert message in text
    assert "livereload(" in text
    (tmp_path / "seeds" / name).unlink()
    server.builder()
    status, text = answer_of(server, page)
    assert status.startswith("200")
    assert 'role="alert"' not in text
    (tmp_path / "seeds" / name).write_bytes(damaged)
    text = answer_of(started(project, monkeypatch), page)[1]
    assert message in text
    assert "The ferry sails at noon." in text


def started(config_file: Path, monkeypatch: pytest.MonkeyPatch) -> LiveReloadServer:
    """Return the server of a new preview, which has built for the first time."""
    site = config_file.parent / "shown"
    config = mkdocs_build._config(config_file, site_dir=str(site))
    plugin: Any = config.plugins["seedbed"]
    for name in ("command", "is_serving", "failure", "seeds_snapshot"):  # which MkDocs keeps
        monkeypatch.setattr(plugin, name, getattr(plugin, name))
    config.plugins.on_startup(command="serve", dirty=False)
    build(config)
    server = LiveReloadServer(lambda: build(config), "127.0.0.1", 0, root=str(site))
    server.error_handler = lambda _: None
    server.watch(config.docs_dir)  # as MkDocs does
    config.plugins.on_serve(server, config=config, builder=lambda: build(config))
    server.server_close()
    return server


def answer_of(server: LiveReloadServer, page: str) -> tuple[str, str]:
    """Return the status and the text with which a server answers."""
    application: Any = server.get_app()
    head = ResponseHead()
    environ = {"PATH_INFO": f"{server.mount_path}{page}", "HTTP_HOST": "localhost"}
    body = application(environ, head)
    return head.status, b"".join(body).decode()


@pytest.mark.slow
def test_a_commit_among_the_seeds_rebuilds_nothing(tmp_path: Path) -> None:
    """Nor does a program that keeps files of its own there; a seed and an ignore file do."""
    settings = mkdocs_build.load_project(
        make_project(tmp_path, {"note.txt": NOTE, ".git/HEAD": "main"})
    ).settings
    generate(settings)
    server: Any = LiveReloadServer(
        lambda: None, "127.0.0.1", 0, root=str(tmp_path), polling_interval=0.05
    )
    server.watch(str(settings.docs))  # as MkDocs does
    watch_sources(server, settings)
    server.observer.start()

    def changes(name: str) -> bool:
        """Whether a change of a file lets it rebuild within some looks."""
        server._want_rebuild = False
        (settings.seeds / name).parent.mkdir(exist_ok=True)
        (settings.seeds / name).write_text(f"{name} {time.monotonic()}")
        return happens(lambda: server._want_rebuild, 0.5)

    try:
        assert happens(lambda: changes("letter.txt"), 20)
        for name in (
            ".git/index",
            ".git/logs",
            ".a.txt.swp",
            "a.txt~",
            "Thumbs.db",
            ".stversions/a.txt",
        ):
            assert not changes(name), name
        for name in ("letter.txt", "letters/a.txt", "corrections.yml", ".seedbedignore"):
            assert changes(name), name
    finally:
        server.observer.stop()
        server.observer.join()
        server.server_close()


def test_a_pending_page_is_rendered_on_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a large corpus a preview renders nothing but what a browser wants to see."""
    project = mkdocs_build.load_project(
        make_project(tmp_path, {"note.txt": NOTE, "other.txt": "A river\n\nIt.\n"})
    )
    generate(project.settings)
    config = mkdocs_build._config(project.config_file, site_dir=str(tmp_path / "shown"))
    plugin: Any = config.plugins["seedbed"]
    monkeypatch.setattr(mkdocs_plugin, "MAX_EAGER_PAGES", 0)
    monkeypatch.setattr(plugin, "command", "serve")
    build(config)
    place = "documents/undated/a-note-on-bridges/index.html"
    assert not (tmp_path / "shown" / place).exists()
    plugin.preview.put_in_place(place)
    plugin.preview.put_in_place("documents/undated/a-note-on-bridges/ledger.json")
    plugin.preview.put_in_place("nowhere/index.html")
    assert "The old bridge was closed." in (tmp_path / "shown" / place).read_text()
    assert (tmp_path / "shown" / place).with_name("ledger.json").exists()
    assert not list((tmp_path / "shown").rglob("a-river/*"))


def installed(preview: LazyPreview, serve: Callable[..., list[bytes]]) -> Any:
    """Return a server that answers by a preview, and by `serve`."""
    server: Any = SimpleNamespace(
        mount_path="/",
        get_app=lambda: serve,
        error_handler=lambda _: b"Nothing here",
        _visible_epoch=1,
        _wanted_epoch=1,
        _rebuild_cond=Condition(),
        _epoch_cond=Condition(),
        _inject_js_into_html=lambda page, epoch: page + b"<!-- %d -->" % epoch,
    )
    server.set_app = partial(setattr, server, "app")
    preview.install(server)
    return server


class BuiltPreview(NamedTuple):
    """A preview after its first build, and its server, which has other pages as they were built."""

    preview: Any
    server: Any


def built_for_a_desk(
    folder: Path, texts: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> BuiltPreview:
    """Return the preview of a project with these seeds for which there will be a desk."""
    monkeypatch.setenv(DESK, "1")
    project = mkdocs_build.load_project(make_project(folder, {**texts}))
    config = mkdocs_build._config(project.config_file, site_dir=str(folder / "shown"))
    plugin: Any = config.plugins["seedbed"]
    monkeypatch.setattr(plugin, "command", "serve")
    build(config)
    answer: Any = lambda _environ, head: [head("200 OK", []), b"built"][1:]  # noqa: E731
    return BuiltPreview(plugin.preview, installed(plugin.preview, answer))


def test_a_decision_is_shown_while_the_site_is_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other pages are as they were, until the rebuild that includes it has ended."""
    texts = {"note.txt": NOTE, "other.txt": "A river\n\nIt rose on Monday.\n"}
    preview, server = built_for_a_desk(tmp_path, texts, monkeypatch)
    note, river = "documents/undated/a-note-on-bridges/", "documents/undated/a-river/"

    def read(page: str) -> bytes:
        head = ResponseHead()
        body = b"".join(server.app({"PATH_INFO": f"/{page}"}, head))
        return head.status.encode() + b" " + body

    corrections = tmp_path / "seeds" / "corrections.yml"
    corrections.write_text("documents: {note.txt: {title: A new note}}")
    assert read(note) == b"200 OK built"
    assert preview.early_pages.make(note, server)
    assert b">A new note" in read(note)
    preview.block()
    server._wanted_epoch = 2
    assert b">A new note" in read(note)
    assert b"It rose on Monday." in read(river)
    corrections.write_text("documents: {other.txt: {withdrawn: {reason: a mistake}}}")
    assert preview.early_pages.make(river, server)  # after the rebuild began
    preview.unblock()
    server._visible_epoch = 2
    assert read(note) == b"200 OK built"
    assert read(river) == b"404 Not Found Nothing here<!-- 2 -->"


def test_a_name_that_became_another_leads_there_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its old address does, and the page of the other one is served before the rebuild."""
    texts = {
        f"{name}.txt": f"The {name}\n\n3 May 1891\n\nThe Harbour Company Ltd. met John Storr.\n"
        for name in ("ferry", "bridge")
    }
    preview, server = built_for_a_desk(tmp_path, texts, monkeypatch)
    (old,) = [key for key in preview.early_pages.state.corpus.entities.entities if "organ" in key]
    text = "names: {merge: {John Storr: [Harbour Company Ltd.]}}"
    (tmp_path / "seeds" / "corrections.yml").write_text(text)
    assert preview.early_pages.make(f"{old}/", server)
    head = ResponseHead()
    assert list(server.app({"PATH_INFO": f"/{old}/"}, head)) == [b""]
    assert (head.status, head.headers) == ("302 Found", [("Location", "/people/john-storr/")])
    assert b"Harbour Company" in b"".join(server.app({"PATH_INFO": "/people/john-storr/"}, head))


def test_a_saved_seed_is_shown_before_the_rebuild(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once for all events of a save; other files wait."""
    monkeypatch.setenv(DESK, "1")
    project = mkdocs_build.load_project(make_project(tmp_path, {"note.txt": NOTE}))
    config = mkdocs_build._config(project.config_file, site_dir=str(tmp_path / "shown"))
    plugin: Any = config.plugins["seedbed"]
    monkeypatch.setattr(plugin, "command", "serve")
    build(config)
    server = installed(plugin.preview, lambda _environ, head: [head("200 OK", []), b"built"][1:])
    note, seeds = "/documents/undated/a-note-on-bridges/", project.settings.seeds
    saved = SavedSeeds(seeds, server, plugin.preview.early_pages)
    epoch = server._visible_epoch
    for name in ("note.txt", "note.txt", "other.txt"):
        (seeds / name).write_text(NOTE.replace("closed", "opened"))
        os.utime(seeds / name, (1, 1))
        saved.show(seeds / name)
    assert server._visible_epoch == epoch + 1
    body = b"".join(server.app({"PATH_INFO": note}, ResponseHead()))
    assert b"The old bridge was opened." in body


def test_a_page_that_a_rebuild_takes_away_meanwhile_is_put_back(tmp_path: Path) -> None:
    """MkDocs lets a request wait for a rebuild after its file was put in place."""
    (tmp_path / "source.html").write_text("A page")
    shown = tmp_path / "shown"
    preview = LazyPreview()
    preview.publish(shown, PreviewFiles({"a/index.html": str(tmp_path / "source.html")}), str)
    requests: list[str] = []

    def serve(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        requests.append(environ["PATH_INFO"])
        if len(requests) == 1:  # as the rebuild that cleans the folder of the site
            shutil.rmtree(shown)
        file = shown / environ["PATH_INFO"].strip("/") / "index.html"
        if file.exists():
            start_response("200 OK", [])
            return [file.read_bytes()]
        start_response("404 Not Found", [("Content-Type", "text/html")])
        return [b"Nothing here"]

    server = installed(preview, serve)
    head = ResponseHead()
    assert server.app({"PATH_INFO": "/a/"}, head) == [b"A page"]
    assert head.status == "200 OK"
    # With the script that loads the page again when a rebuild has made it.
    assert server.app({"PATH_INFO": "/b/"}, head) == [b"Nothing here<!-- 1 -->"]
    assert head.status == "404 Not Found"


def test_the_index_of_the_search_is_made_when_the_search_is_opened(tmp_path: Path) -> None:
    """Not by each edit: the first request waits for a rebuild, others need none."""
    source, shown = tmp_path / "index.bin", tmp_path / "shown"
    source.write_bytes(b"words")
    preview = LazyPreview()
    preview.publish(shown, PreviewFiles(), str)
    opened: list[bool] = []

    server: Any = SimpleNamespace(
        mount_path="/", get_app=lambda: None, set_app=lambda _: None, _rebuild_cond=Condition()
    )
    preview.install(server)
    preview.put_in_place("documents/index.html")
    assert not preview.is_search_open

    def rebuild() -> None:
        assert happens(lambda: hasattr(server, "_want_rebuild"))
        opened.append(preview.is_search_open)
        preview.publish(shown, PreviewFiles({"search/manifest.bin": str(source)}), str)

    builder = Thread(target=rebuild)
    builder.start()
    preview.put_in_place("search/manifest.bin")
    builder.join()
    assert (shown / "search/manifest.bin").read_bytes() == b"words"
    preview.put_in_place("search/index.html")
    assert opened == [True]


def test_an_outdated_list_is_made_when_it_is_opened(tmp_path: Path) -> None:
    """A request waits for rebuilds until one has made it, and the next edit leaves it again."""
    shown = tmp_path / "shown"
    outdated = PreviewFiles(outdated=("timeline/index.md", "feed.xml"))
    preview = LazyPreview()
    preview.publish(shown, outdated, str)
    server: Any = SimpleNamespace(
        mount_path="/", get_app=lambda: None, set_app=lambda _: None, _rebuild_cond=Condition()
    )
    preview.install(server)
    preview.put_in_place("documents/a/index.html")
    assert not hasattr(server, "_want_rebuild")
    opened: list[bool] = []

    def rebuild() -> None:
        for files in (outdated, PreviewFiles()):  # the first had begun before the request
            assert happens(lambda: hasattr(server, "_want_rebuild"))
            del server._want_rebuild
            opened.append(preview.is_list_open)
            preview.publish(shown, files, str)

    builder = Thread(target=rebuild)
    builder.start()
    preview.put_in_place("timeline/index.html")
    builder.join()
    assert opened == [True, True]
    assert not preview.is_list_open
    preview.put_in_place("feed.xml")
    assert not hasattr(server, "_want_rebuild")


def test_a_list_that_a_failed_rebuild_left_is_shown_as_it_was(tmp_path: Path) -> None:
    """The request does not wait for ever."""
    preview = LazyPreview()
    preview.publish(tmp_path, PreviewFiles(outdated=("timeline/index.md",)), str)
    server: Any = SimpleNamespace(
        mount_path="/", get_app=lambda: None, set_app=lambda _: None, _rebuild_cond=Condition()
    )
    preview.install(server)

    def fail() -> None:
        assert happens(lambda: hasattr(server, "_want_rebuild"))
        preview.unblock()

    builder = Thread(target=fail)
    builder.start()
    preview.put_in_place("timeline/index.html")
    builder.join()
