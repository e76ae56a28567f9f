"""The desk on the web: only pages of this preview can write, and only decisions."""

from __future__ import annotations

import io
import json
from pathlib import Path
from threading import Lock
from typing import Any

import pytest

from generator.desk.answers import Answers
from generator.desk.desk import Desk
from generator.desk.register import Register
from generator.desk.web import WebDesk
from generator.publishing.preview_desk import is_loopback

DECISION = {"seed": "a.txt", "field": "title", "value": "A <b>title</b>"}


@pytest.fixture
def web(tmp_path: Path) -> WebDesk:
    """Return the desk of an empty project below /site/."""
    (tmp_path / "seeds").mkdir()
    desk = Desk(tmp_path, Register(tmp_path / "docs", tmp_path / "seeds"), Lock())
    return WebDesk(Answers(desk, lambda _: None), "/site/", "en")


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
