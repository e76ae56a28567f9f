"""The desk's part of the preview server: a few addresses below `/_desk/`, and a script in pages.

Nobody but the person at this machine can write: the server must be bound to a loopback address, the
Host header must name it, and a request must come from a page of this preview, with the token that
only such pages contain. Nothing of the desk is in the published site.
"""

from __future__ import annotations

import hmac
import json
import re
import secrets
from collections.abc import Callable, Mapping
from http import HTTPStatus
from importlib import resources
from typing import Any
from urllib.parse import parse_qsl

import msgspec

from generator.desk.answers import Answers
from generator.desk.edits import DecisionError
from generator.desk.save_decisions import ChangedError
from generator.model import SeedbedError

PREFIX = "_desk/"
"""Below the path of the site."""

_MAX_BODY = 300_000
"""Most bytes of a request; a decision has some hundred, a note can be long."""

_ASSETS = {
    "desk.js": "text/javascript",
    "desk-base.js": "text/javascript",
    "desk-decisions.js": "text/javascript",
    "desk-forms.js": "text/javascript",
    "desk-review.js": "text/javascript",
    "desk.css": "text/css",
}
_PAGE = "review.html"
_LABELS = "labels.json"
_LANGUAGES = frozenset({"en", "de", "es", "fr", "pt"})
_HEAD_END = re.compile(rb"</head>", re.IGNORECASE)
_RELOAD = re.compile(rb"\blivereload\((\d+), (\d+)\);")
"""The call by which MkDocs' server has a page reload itself: the version of the site, a number."""


class Response(msgspec.Struct, frozen=True):
    """A response of the desk."""

    status: HTTPStatus
    body: bytes
    content_type: str = "application/json"


class WebDesk(msgspec.Struct, frozen=True):
    """Answers the requests for a desk."""

    answers: Answers
    mount: str
    """The path of the site on the server, with a slash at its end."""
    language: str
    token: str = msgspec.field(default_factory=lambda: secrets.token_urlsafe(32))

    def answer(self, environ: Mapping[str, Any]) -> Response | None:
        """Return the answer to a request for the desk; None if it is for something else."""
        path = str(environ.get("PATH_INFO", ""))
        if not path.startswith(self.mount + PREFIX):
            return None
        name = path.removeprefix(self.mount + PREFIX)
        if name in _ASSETS:
            return Response(HTTPStatus.OK, _asset(name), _ASSETS[name])
        if name == _LABELS:
            return Response(HTTPStatus.OK, _labels(self.language))
        if not name:
            page = self.add_script(_asset(_PAGE), "desk-review.js")
            return Response(HTTPStatus.OK, page, "text/html")
        return self._answer_own_page(name, environ)

    def _answer_own_page(self, name: str, environ: Mapping[str, Any]) -> Response:
        """Return the answer to a request that only a page of this preview may make."""
        if not self._is_from_own_page(environ):
            return _problem(HTTPStatus.FORBIDDEN, "This request does not come from the preview.")
        try:
            return self._routed(name, environ)
        except (DecisionError, SeedbedError) as error:
            return _problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(error))
        except ChangedError as error:
            message = f"{error} was changed meanwhile. Look at the page again."
            return _problem(HTTPStatus.CONFLICT, message)
        except OSError as error:
            message = f"{error.filename}: {error.strerror}. Nothing was changed."
            return _problem(HTTPStatus.INTERNAL_SERVER_ERROR, message)

    def _routed(self, name: str, environ: Mapping[str, Any]) -> Response:
        method, answers = environ.get("REQUEST_METHOD"), self.answers
        if method == "GET" and name in _GET:
            return _json(_GET[name](answers, _query(environ)))
        if method == "POST" and name in _POST:
            return _json(_POST[name](answers, _read_body(environ)))
        return _problem(HTTPStatus.NOT_FOUND, "There is nothing at this address.")

    def _is_from_own_page(self, environ: Mapping[str, Any]) -> bool:
        token = str(environ.get("HTTP_X_SEEDBED_TOKEN", ""))
        origin = environ.get("HTTP_ORIGIN")
        host = environ.get("HTTP_HOST", "")
        is_own = origin in {None, f"http://{host}", f"https://{host}"}
        return is_own and hmac.compare_digest(token.encode(), self.token.encode())

    def moved_to(self, path: str) -> str | None:
        """Return the path to which a document or a name went because of a decision.

        None if no desk was opened at this path, or if there is no such page any more.
        """
        address = path.removeprefix(self.mount).removesuffix("index.html")
        target = self.answers.moved_to(address)
        return None if target is None else self.mount + target

    def add_script(self, page: bytes, script: str = "desk.js") -> bytes:
        """Return a page of the preview with the desk's script and style.

        The script reloads the page instead of MkDocs' own, which would close an open form.
        """
        version = _RELOAD.search(page)
        reload = f' data-reload="{version[1].decode()}/{version[2].decode()}"' if version else ""
        page = _RELOAD.sub(b"", page)
        head = (
            f'<link rel="stylesheet" href="{self.mount}{PREFIX}desk.css">'
            f'<script type="module" src="{self.mount}{PREFIX}{script}" data-token="{self.token}"'
            f' data-mount="{self.mount}" data-language="{self.language}"{reload}'
            ' id="sb-desk"></script>'
        )
        match = _HEAD_END.search(page)
        position = match.start() if match else 0
        return page[:position] + head.encode() + page[position:]


_GET: Mapping[str, Callable[[Answers, Mapping[str, str]], object]] = {
    "state": Answers.state,
    "names": Answers.names,
    "mentions": Answers.mentions,
    "questions": Answers.questions,
    "question": Answers.question,
    "unsettled": Answers.unsettled,
    "source": Answers.source,
}
_POST: Mapping[str, Callable[[Answers, Mapping[str, Any]], object]] = {
    "decide": Answers.decide,
    "undo": Answers.undo,
    "effect": Answers.effect,
    "lines": Answers.lines,
}


def _query(environ: Mapping[str, Any]) -> dict[str, str]:
    return dict(parse_qsl(str(environ.get("QUERY_STRING", ""))))


def _read_body(environ: Mapping[str, Any]) -> dict[str, Any]:
    """Return the JSON object of a request; raise DecisionError if it has none, or is too large."""
    try:
        length = int(environ.get("CONTENT_LENGTH") or 0)
    except ValueError:
        length = -1
    if not 0 <= length <= _MAX_BODY:
        raise DecisionError("the length of the request is invalid or too large")
    if not str(environ.get("CONTENT_TYPE", "")).startswith("application/json"):
        raise DecisionError("the request is not JSON")
    try:
        body = json.loads(environ["wsgi.input"].read(length))
    except (ValueError, RecursionError) as error:
        raise DecisionError("the request is not JSON") from error
    if not isinstance(body, dict):
        raise DecisionError("the request is not a decision")
    return body


def _json(value: object) -> Response:
    return Response(HTTPStatus.OK, json.dumps(value, ensure_ascii=False).encode())


def _problem(status: HTTPStatus, message: str) -> Response:
    return Response(status, json.dumps({"problem": message}, ensure_ascii=False).encode())


def _asset(name: str) -> bytes:
    return resources.files("generator.desk").joinpath("assets", name).read_bytes()


def _labels(language: str) -> bytes:
    """Return the labels of a language, in English if it has none."""
    name = language.partition("-")[0]
    return _asset(f"labels/{name if name in _LANGUAGES else 'en'}.json")
