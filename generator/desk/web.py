"""The desk's part of the preview server: a few addresses below `/_desk/`, and a script in pages.

Nobody but the person at this machine can write: the server must be bound to the loopback, the Host
header must name it, and a request must carry a token that only pages of this preview contain, and
come from such a page. Nothing of the desk is in the site that is published.
"""

from __future__ import annotations

import hmac
import json
import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from generator.desk.decisions import DecisionError
from generator.desk.desk import ChangedError, Desk
from generator.desk.records import find_address, find_record, suggest_names
from generator.model import SeedbedError

PREFIX = "_desk/"
"""Below the path of the site."""

_MAX_BODY = 20_000
"""Bytes of a request; a decision has some hundred."""

_ASSETS = {
    "desk.js": "text/javascript",
    "desk-forms.js": "text/javascript",
    "desk-labels.js": "text/javascript",
    "desk.css": "text/css",
}
_HEAD_END = re.compile(rb"</head>", re.IGNORECASE)

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class Response:
    """An answer of the desk."""

    status: HTTPStatus
    body: bytes
    content_type: str = "application/json"


@dataclass(frozen=True, slots=True)
class WebDesk:
    """Answers the requests for a desk."""

    desk: Desk
    docs: Path
    mount: str
    """The path of the site on the server, with a slash at its end."""
    language: str
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    opened: dict[str, str] = field(default_factory=dict)
    """The seeds of the documents on which a desk was opened, by their addresses then."""

    def answer(self, environ: Mapping[str, Any]) -> Response | None:
        """Return the answer to a request for the desk; None if it is for something else."""
        path = str(environ.get("PATH_INFO", ""))
        if not path.startswith(self.mount + PREFIX):
            return None
        name = path.removeprefix(self.mount + PREFIX)
        if name in _ASSETS:
            return Response(HTTPStatus.OK, _asset(name), _ASSETS[name])
        if not self._is_from_own_page(environ):
            return _problem(HTTPStatus.FORBIDDEN, "This request does not come from the preview.")
        try:
            return self._answer_own(name, environ)
        except (DecisionError, SeedbedError) as error:
            return _problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(error))
        except ChangedError:
            message = "corrections.yml was changed meanwhile. Look at the page again."
            return _problem(HTTPStatus.CONFLICT, message)

    def _answer_own(self, name: str, environ: Mapping[str, Any]) -> Response:
        match environ.get("REQUEST_METHOD"), name:
            case "GET", "state":
                return _json(self._state(_query(environ, "page")))
            case "GET", "names":
                return _json(suggest_names(self.docs, _query(environ, "q")))
            case "POST", "decide":
                body = _read_body(environ)
                self.desk.decide(_list(body.get("decisions")), str(body.get("version")))
                return _json(self._state(str(body.get("page", ""))))
            case "POST", "undo":
                body = _read_body(environ)
                self.desk.undo(str(body.get("version")))
                return _json(self._state(str(body.get("page", ""))))
        return _problem(HTTPStatus.NOT_FOUND, "There is nothing at this address.")

    def _state(self, page: str) -> dict[str, Any]:
        """Return what the desk shows on a page."""
        record = find_record(self.docs, page)
        if record and "seed" in record:
            self.opened[page] = str(record["seed"])
        return {
            "version": self.desk.version,
            "record": record,
            "history": [past.edit for past in reversed(self.desk.history)],
        }

    def _is_from_own_page(self, environ: Mapping[str, Any]) -> bool:
        token = str(environ.get("HTTP_X_SEEDBED_TOKEN", ""))
        origin = environ.get("HTTP_ORIGIN")
        host = environ.get("HTTP_HOST", "")
        is_own = origin in {None, f"http://{host}", f"https://{host}"}
        return is_own and hmac.compare_digest(token.encode(), self.token.encode())

    def moved_to(self, path: str) -> str | None:
        """Return the path to which a document went, because its title or date was corrected."""
        seed = self.opened.get(path.removeprefix(self.mount).removesuffix("index.html"))
        address = find_address(self.docs, seed) if seed else None
        return self.mount + address if address else None

    def add_script(self, page: bytes) -> bytes:
        """Return a page of the preview with the desk's script and style."""
        head = (
            f'<link rel="stylesheet" href="{self.mount}{PREFIX}desk.css">'
            f'<script type="module" src="{self.mount}{PREFIX}desk.js" data-token="{self.token}"'
            f' data-mount="{self.mount}" data-language="{self.language}" id="sb-desk"></script>'
        )
        match = _HEAD_END.search(page)
        position = match.start() if match else 0
        return page[:position] + head.encode() + page[position:]


def _query(environ: Mapping[str, Any], name: str) -> str:
    values = parse_qs(str(environ.get("QUERY_STRING", "")))
    return values.get(name, [""])[0]


def _read_body(environ: Mapping[str, Any]) -> dict[str, Any]:
    """Return the JSON of a request; raise DecisionError if it is none, or too large."""
    try:
        length = int(environ.get("CONTENT_LENGTH") or 0)
    except ValueError:
        length = -1
    if not 0 <= length <= _MAX_BODY:
        raise DecisionError("the request is too large")
    if not str(environ.get("CONTENT_TYPE", "")).startswith("application/json"):
        raise DecisionError("the request is no JSON")
    try:
        body = json.loads(environ["wsgi.input"].read(length))
    except (ValueError, RecursionError) as error:
        raise DecisionError("the request is no JSON") from error
    if not isinstance(body, dict):
        raise DecisionError("the request is no decision")
    return body


def _list(value: object) -> list[object]:
    if not isinstance(value, list) or not value:
        raise DecisionError("the request has no decision")
    return value


def _json(value: object) -> Response:
    return Response(HTTPStatus.OK, json.dumps(value, ensure_ascii=False).encode())


def _problem(status: HTTPStatus, message: str) -> Response:
    return Response(status, json.dumps({"problem": message}, ensure_ascii=False).encode())


def _asset(name: str) -> bytes:
    return resources.files("generator.desk").joinpath("assets", name).read_bytes()
