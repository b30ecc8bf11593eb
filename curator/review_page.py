"""The local page of questions: on 127.0.0.1 alone, under a path that only its user is told."""

import io
import secrets
import signal
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qsl

from PIL import Image

from curator import review_html as html
from curator.errors import CuratorError, MachineError
from curator.review_sheet import NotAnAnswer, Sheet

HOST = "127.0.0.1"
THUMB_SIDE = 640  # px; twice the 20 rem of the page, for dense screens
BODY_BYTES = 65_536  # bytes of a form
FIELDS = 20  # fields of a form
PATIENCE = 30  # s; a connection that says nothing is closed
HEADERS = (
    ("Content-Security-Policy", html.POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cache-Control", "no-store"),
)


class _Server(ThreadingHTTPServer):
    """The page's state: one sheet, one secret, one folder of thumbnails, one answer at a time."""

    daemon_threads = True
    request_queue_size = 128  # connections that wait; browsers open several at once

    def __init__(self, sheet: Sheet, port: int, folder: Path) -> None:
        super().__init__((HOST, port), _Handler)
        self.sheet, self.folder = sheet, folder
        self.token = secrets.token_urlsafe(24)
        self.lock = threading.Lock()
        own = (f"{name}:{self.server_port}" for name in (HOST, "localhost"))
        self.hosts = frozenset(own)

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"http://{HOST}:{self.server_port}/{self.token}/"

    def thumbnail(self, number: int) -> bytes | None:
        """The picture of an open card, small; None where there is none."""
        card = self.sheet.cards.get(number)
        if card is None or card.image is None:
            return None
        path = self.folder / f"{number}.jpg"
        if not path.exists():
            with suppress(OSError, ValueError, CuratorError, Image.DecompressionBombError):
                image = Image.open(io.BytesIO(card.image()))
                image.thumbnail((THUMB_SIDE, THUMB_SIDE))
                image.convert("RGB").save(path, "JPEG")
        return path.read_bytes() if path.exists() else None

    def answer(self, number: int, given: dict[str, str]) -> None:
        """Keep an answer; the thumbnail goes with the decision."""
        self.sheet.answer(number, given)
        (self.folder / f"{number}.jpg").unlink(missing_ok=True)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A visitor who leaves in the middle is no fault."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """Answers requests that name this host and know the secret path; others learn nothing."""

    server: _Server
    timeout: ClassVar[int] = PATIENCE
    server_version, sys_version = "curator", ""

    def do_GET(self) -> None:
        """The page, or a thumbnail."""
        place = self._place()
        if place is None:
            return
        with self.server.lock:
            if place == "":
                self._send(html.page(self.server.sheet))
            elif (number := _number(place, "image/")) is not None:
                image = self.server.thumbnail(number)
                self._nothing() if image is None else self._send(image, "image/jpeg")
            else:
                self._nothing()

    def do_POST(self) -> None:
        """An answer, or the end."""
        place = self._place()
        if place is None:
            return
        origin = self.headers.get("Origin")
        if origin is not None and origin.removeprefix("http://") not in self.server.hosts:
            self._nothing(HTTPStatus.FORBIDDEN)
        elif place == "end":
            self._send(html.finished(self.server.sheet))
            threading.Thread(target=self.server.shutdown).start()
        elif (number := _number(place, "answer/")) is not None:
            self._answered(number)
        else:
            self._nothing()

    def _answered(self, number: int) -> None:
        with self.server.lock:
            try:
                self.server.answer(number, self._form())
            except (NotAnAnswer, MachineError) as wrong:
                code = HTTPStatus.BAD_REQUEST
                self._send(html.refused(self.server.sheet, str(wrong)), code=code)
                return
        self.send_response(HTTPStatus.SEE_OTHER)
        self.send_header("Location", f"/{self.server.token}/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _form(self) -> dict[str, str]:
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit()) or int(length) > BODY_BYTES:
            raise NotAnAnswer("the form is too large")
        try:
            body = self.rfile.read(int(length)).decode("ascii")
            fields = parse_qsl(body, keep_blank_values=True, errors="strict", max_num_fields=FIELDS)
        except ValueError as error:
            raise NotAnAnswer("the form cannot be read") from error
        if len(dict(fields)) < len(fields):
            raise NotAnAnswer("a field was sent twice")
        return dict(fields)

    def _place(self) -> str | None:
        """What is asked for behind the secret; None where the request was turned away."""
        if self.headers.get("Host") not in self.server.hosts:
            self._nothing(HTTPStatus.MISDIRECTED_REQUEST)
            return None
        token, slash, place = self.path.removeprefix("/").partition("/")
        known = secrets.compare_digest(token.encode(), self.server.token.encode())
        if not (known and slash):
            self._nothing()
            return None
        return place

    def _send(
        self,
        body: str | bytes,
        kind: str = "text/html; charset=utf-8",
        code: HTTPStatus = HTTPStatus.OK,
    ) -> None:
        raw = body.encode() if isinstance(body, str) else body
        self.send_response(code)
        for name, value in (*HEADERS, ("Content-Type", kind), ("Content-Length", str(len(raw)))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(raw)

    def _nothing(self, code: HTTPStatus = HTTPStatus.NOT_FOUND) -> None:
        self._send(f"{code.phrase}\n", "text/plain", code)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the base class's)
        """Say nothing: the path is a secret, and logs are kept."""


def _number(place: str, before: str) -> int | None:
    """The number behind a prefix."""
    digits = place.removeprefix(before)
    good = place.startswith(before) and digits.isascii() and digits.isdigit() and len(digits) < 10  # noqa: PLR2004  (no sheet has a billion cards)
    return int(digits) if good else None


def serve(sheet: Sheet, port: int, announce: Callable[[str], None]) -> None:
    """Show the sheet until its user ends it; the thumbnails are gone afterwards, come what may.

    `port` 0 takes any that is free. `announce` is told the address. A signal to end counts as
    the user's end.
    """
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="curator-review-") as folder:
        try:
            server = _Server(sheet, port, Path(folder))
        except (OSError, OverflowError) as error:
            fix = "Name another port, or 0 for any that is free"
            raise MachineError(f"port {port} cannot be used", fix) from error
        with server, suppress(KeyboardInterrupt):
            announce(server.address)
            server.serve_forever()
