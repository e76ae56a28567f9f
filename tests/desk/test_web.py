"""The desk on the web: only pages of this preview can write, and only decisions."""

from __future__ import annotations

import io
import json
import os
import re
import socket
import sys
from pathlib import Path
from threading import Lock
from typing import Any

import pytest
from msgspec.structs import replace

from generator.desk.answers import Answers
from generator.desk.known_names import KnownNames
from generator.desk.save_decisions import Desk
from generator.desk.web import WebDesk
from generator.publishing.preview_desk import install_desk, is_loopback
from generator.publishing.preview_server import Rebuild, ResponseHead, install_guard
from tests.support import ROOT

DECISION = {"seed": "a.txt", "field": "title", "value": "A <b>title</b>"}


@pytest.fixture
def web(tmp_path: Path) -> WebDesk:
    """Return the desk of an empty project below /site/."""
    (tmp_path / "seeds").mkdir()
    desk = Desk(tmp_path, KnownNames(tmp_path / "docs", tmp_path / "seeds"), Lock())
    return WebDesk(Answers(desk, lambda *_: None, lambda _: None), "/site/", "en")


def request(web: WebDesk, name: str, body: object = None, **changes: str) -> dict[str, Any]:
    """Return the environment of a request from a page of the preview."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return {
        "PATH_INFO": f"/site/_desk/{name}",
        "REQUEST_METHOD": "GET" if body is None else "POST",
        "QUERY_STRING": "",
        "HTTP_HOST": "127.0.0.1:8000",
        "HTTP_ORIGIN": "http://127.0.0.1:8000",
        "HTTP_X_SEEDBED_TOKEN": web.token,
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(data)),
        "wsgi.input": io.BytesIO(data),
        **changes,
    }


def answer(web: WebDesk, environ: dict[str, Any]) -> tuple[int, Any]:
    """Return status and JSON of an answer."""
    response = web.answer(environ)
    assert response is not None
    return response.status.value, json.loads(response.body)


def decide(web: WebDesk, **changes: str) -> tuple[int, Any]:
    """Send a decision with a changed request."""
    body = {"decisions": [DECISION], "version": web.answers.desk.version, "page": ""}
    return answer(web, request(web, "decide", body, **changes))


def test_a_page_of_the_preview_can_write(web: WebDesk) -> None:
    """And take it back."""
    status, state = decide(web)
    assert status == 200
    assert state["history"] == ["a.txt › title: A <b>title</b>"]
    status, state = answer(web, request(web, "undo", {"version": state["version"]}))
    assert (status, state["history"]) == (200, [])


@pytest.mark.parametrize(
    "changes",
    [
        {"HTTP_X_SEEDBED_TOKEN": ""},
        {"HTTP_X_SEEDBED_TOKEN": "guessed"},
        {"HTTP_X_SEEDBED_TOKEN": "ümlaut"},
        {"HTTP_ORIGIN": "https://evil.example"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_ORIGIN": "http://127.0.0.1:9000"},
    ],
)
def test_no_other_page_can_write_or_read(web: WebDesk, changes: dict[str, str]) -> None:
    """A foreign site, a sandboxed frame, another port, another user's browser tab."""
    assert decide(web, **changes)[0] == 403
    assert answer(web, request(web, "state", **changes))[0] == 403
    assert not (web.answers.desk.seeds / "corrections.yml").exists()


@pytest.mark.parametrize(
    ("body", "changes"),
    [
        (b"{", {}),
        (b"[" * 10_000, {}),
        (b"\xff\xfe", {}),
        (b"[]", {}),
        (b"{}", {"CONTENT_TYPE": "text/plain"}),
        (b"{}", {"CONTENT_LENGTH": "-1"}),
        (b"{}", {"CONTENT_LENGTH": "many"}),
        (b"{}", {"CONTENT_LENGTH": "99999999"}),
    ],
)
def test_malformed_requests_are_refused(web: WebDesk, body: bytes, changes: dict[str, str]) -> None:
    """With a reason, and nothing is written."""
    status, refusal = answer(web, request(web, "decide", body, **changes))
    assert status == 422
    assert refusal["problem"]
    assert not (web.answers.desk.seeds / "corrections.yml").exists()


@pytest.mark.parametrize(
    "body",
    [
        {"decisions": "x"},
        {"decisions": []},
        {"decisions": [None]},
        {"decisions": [[]]},
        {"decisions": [{"seed": 1, "field": "title", "value": "x"}]},
        {"decisions": [{"seed": "a.txt", "field": ["title"], "value": "x"}]},
        {"decisions": [{"name": "A", "map": "merge", "value": {"B": "C"}}]},
        {"decisions": [{"words": "A", "name": {}, "kind": None, "here": None}]},
        {"decisions": [{"words": "A", "name": None, "kind": None, "here": {"seed": "../x"}}]},
        {"decisions": [{"facts": "A", "kind": "person", "values": ["born"]}]},
        {"decisions": [{"note": "a.txt", "text": None, "version": None}]},
        {"decisions": [{"split": "A", "into": "B", "documents": "a.txt", "mentions": []}]},
        {"decisions": [{"seed": "a.txt", "structure": "verse", "lines": "12-a"}]},
        {"decisions": [{"seed": "a.txt", "field": "title", "value": "x\u0000"}]},
        {"decisions": [{"name": "\u202eA", "map": "suppress", "value": None}]},
    ],
)
def test_values_of_wrong_types_are_refused(web: WebDesk, body: dict[str, Any]) -> None:
    """With a reason, and nothing is written."""
    complete = {"version": web.answers.desk.version, **body}
    for name in ("decide", "effect"):
        status, refusal = answer(web, request(web, name, complete))
        assert status == 422 or name == "effect"
        assert status == 200 or refusal["problem"]
    assert [*web.answers.desk.seeds.iterdir()] == []


def test_a_request_of_many_bytes_is_not_read(web: WebDesk) -> None:
    """Neither is one that says that it is shorter."""
    long = json.dumps({"decisions": [{**DECISION, "value": "x" * 400_000}]}).encode()
    refused = (422, {"problem": "the length of the request is invalid or too large"})
    assert answer(web, request(web, "decide", long)) == refused
    status, _ = answer(web, request(web, "decide", long, CONTENT_LENGTH="100"))
    assert status == 422


class FakeServer:
    """As much of MkDocs' server as its applications know."""

    def __init__(self) -> None:
        self.app: Any = self.site
        self.builder: Any = None
        self.build_delay = 0.1
        self.request_queue_size = 5
        self.verify_request: Any = None

    def site(self, _: dict[str, Any], start_response: Any) -> list[bytes]:
        """Answer with a page that reloads itself."""
        start_response("200 OK", [("Content-Type", "text/html"), ("Content-Length", "1")])
        page = b"<html><head></head><body><script>livereload(12, 34);</script></body></html>"
        return [page]

    def get_app(self) -> Any:
        """Return the application."""
        return self.app

    def set_app(self, app: Any) -> None:
        """Replace the application."""
        self.app = app


@pytest.fixture
def served(web: WebDesk) -> FakeServer:
    """Return a server with the desk and the guard of the preview."""
    server: Any = FakeServer()
    install_desk(server, web)
    install_guard(server, "127.0.0.1", Rebuild(lambda: None, lambda: ()))
    return server  # type: ignore[no-any-return]


def response(server: FakeServer, environ: dict[str, Any]) -> tuple[str, dict[str, str], bytes]:
    """Return status, headers and body of an answer."""
    head = ResponseHead()
    body = b"".join(server.app(environ, head))
    return head.status, dict(head.headers), body


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8000", "200 OK"),
        ("localhost:8000", "200 OK"),
        ("evil.example:8000", "403 Forbidden"),
        ("localhost.evil.example", "403 Forbidden"),
        ("127.0.0.1.evil.example", "403 Forbidden"),
        ("evil.example@localhost[", "403 Forbidden"),
        ("evil.example@localhost", "403 Forbidden"),
        ("127.0.0.1#evil.example", "403 Forbidden"),
        ("127.0.0.1/evil.example", "403 Forbidden"),
        ("[::1]:8000", "200 OK"),
    ],
)
def test_a_name_that_was_bound_to_this_machine_gets_no_token(
    web: WebDesk, served: FakeServer, host: str, status: str
) -> None:
    """DNS rebinding: the browser believes that the attacker's page and the preview are one site."""
    page = {"PATH_INFO": "/site/", "REQUEST_METHOD": "GET", "HTTP_HOST": host}
    found, headers, body = response(served, page)
    assert found == status
    assert (web.token in body.decode()) == (status == "200 OK")
    decision = {"decisions": [DECISION], "version": web.answers.desk.version}
    origin = {"HTTP_HOST": host, "HTTP_ORIGIN": f"http://{host}"}
    assert response(served, request(web, "decide", decision, **origin))[0] == status
    if status == "200 OK":
        assert headers["X-Frame-Options"] == "SAMEORIGIN"
        assert headers["Content-Length"] == str(len(body))


@pytest.mark.skipif(
    not sys.platform.startswith("linux") or os.getuid() != 0, reason="root can be another user"
)
def test_another_user_of_this_computer_gets_no_token(served: FakeServer) -> None:
    """Whoever can connect would get it with a page."""
    with (
        socket.create_server(("127.0.0.1", 0)) as listening,
        socket.create_connection(listening.getsockname()) as client,
    ):
        accepted, peer = listening.accept()
        with accepted:
            assert served.verify_request(accepted, peer)
            os.fchown(client.fileno(), 65534, -1)
            assert not served.verify_request(accepted, peer)


def test_the_desk_reloads_the_page_itself(served: FakeServer) -> None:
    """MkDocs' own reload would take a form away that is being filled in."""
    page = {"PATH_INFO": "/site/", "REQUEST_METHOD": "GET", "HTTP_HOST": "localhost"}
    body = response(served, page)[2]
    assert b'data-reload="12/34"' in body
    assert b"livereload(12" not in body


def test_the_page_of_the_desk_has_the_labels_of_its_language(web: WebDesk) -> None:
    """And every language has the same ones, with the same fields."""
    page = web.answer({"PATH_INFO": "/site/_desk/", "REQUEST_METHOD": "GET"})
    assert page is not None
    assert b"desk-review.js" in page.body
    tables = []
    for language in ("en", "de", "es", "fr", "pt-BR", "xx", "../../x"):
        own = replace(web, language=language)
        labels = own.answer({"PATH_INFO": "/site/_desk/labels.json"})
        assert labels is not None
        tables.append(json.loads(labels.body))
    for table in tables:
        assert table.keys() == tables[0].keys()
        for key, label in table.items():
            fields = sorted(re.findall(r"\{(\w+)", label))
            assert fields == sorted(re.findall(r"\{(\w+)", tables[0][key])), key
    assert tables[0]["save"] != tables[1]["save"]


def test_the_scripts_are_small() -> None:
    """40 kB in all."""
    scripts = (ROOT / "generator/desk/assets").glob("*.js")
    assert sum(script.stat().st_size for script in scripts) < 40_000


def test_an_old_version_is_refused(web: WebDesk) -> None:
    """Somebody has edited the file meanwhile."""
    body = {"decisions": [DECISION], "version": web.answers.desk.version}
    (web.answers.desk.seeds / "corrections.yml").write_text("# by hand\n")
    assert answer(web, request(web, "decide", body))[0] == 409


@pytest.mark.parametrize("page", ["../../etc", "documents/../../seeds", "/etc/passwd", "\0", "é"])
def test_no_path_leads_out_of_the_docs_folder(web: WebDesk, page: str) -> None:
    """The address of a page is no path of the disk."""
    status, state = answer(web, request(web, "state", QUERY_STRING=f"page={page}"))
    assert (status, state["record"]) == (200, None)


def test_a_ledger_elsewhere_on_the_disk_is_no_record(web: WebDesk, tmp_path: Path) -> None:
    """An address that begins with a slash would be a path of its own."""
    (tmp_path / "other").mkdir()
    (tmp_path / "other/ledger.json").write_text('{"source": "x.txt", "values": []}')
    status, state = answer(web, request(web, "state", QUERY_STRING=f"page={tmp_path}/other"))
    assert (status, state["record"]) == (200, None)


def test_requests_for_the_site_are_not_the_desks(web: WebDesk) -> None:
    """Its script is added to pages alone."""
    assert web.answer({"PATH_INFO": "/site/documents/"}) is None
    page = web.add_script(b"<html><head></head><body>_desk</body></html>")
    assert page.count(b"<script") == 1
    assert page.index(b"desk.js") < page.index(b"</head>")


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("192.168.0.2", False),
        ("a.b", False),
    ],
)
def test_only_this_machine_gets_a_desk(host: str, expected: bool) -> None:
    """A preview for a whole network has none."""
    assert is_loopback(host) is expected
