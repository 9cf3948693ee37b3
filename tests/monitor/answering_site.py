"""A site on loopback whose answers a test writes by path: status, headers, body and delay. It notes every request."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from typing import Any

from monitor.models import Document, Fetch, Host
from monitor.watching import fetch_document
from tests.builders import make_source, page

HTML = {"Content-Type": "text/html; charset=utf-8"}


@dataclass
class AnsweringSite:
    """What it answers by path, and what it was asked."""

    url: str
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    delay: float = 0
    # Path, headers in lower case, and when the request began and ended.
    requests: list[tuple[str, dict[str, str], list[float]]] = field(default_factory=list)

    def publish(self, path: str, main: str, status: int = 200, **headers: str) -> str:
        """Put a page; `headers` names are written with underscores. Its address."""
        return self.answer(path, status, page(main), **headers)

    def answer(self, path: str, status: int, body: bytes = b"", **headers: str) -> str:
        """Put any answer."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = (status, HTML | named, body)
        return self.url + path

    def asked(self, path: str) -> list[dict[str, str]]:
        """The headers of each request for a path."""
        return [headers for asked, headers, _ in self.requests if asked == path]

    @property
    def paths(self) -> list[str]:
        """All paths asked for, in order."""
        return [path for path, _, _ in self.requests]

    def gaps(self) -> list[float]:
        """Seconds from the end of each request to the beginning of the next; negative where two overlap."""
        spans = sorted(span for _, _, span in self.requests)
        return [later[0] - earlier[1] for earlier, later in pairwise(spans)]


def _is_known(told: dict[str, str], headers: dict[str, str]) -> bool:
    tag, date = headers.get("ETag"), headers.get("Last-Modified")
    if "if-none-match" in told:
        return told["if-none-match"] == tag
    return date is not None and told.get("if-modified-since") == date


@contextmanager
def answering_site() -> Iterator[AnsweringSite]:
    """A running site on a free port. It answers 304 to whoever names the tag or date of a page."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told = {name.lower(): value for name, value in self.headers.items()}
            span = [time.monotonic(), float("inf")]
            site.requests.append((self.path, told, span))
            time.sleep(site.delay)
            status, headers, body = site.answers.get(self.path, (404, HTML, b"<p>not here</p>"))
            if status == 200 and _is_known(told, headers):
                status, body = 304, b""
            span[1] = time.monotonic()
            self._send(status, headers, body)

        def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if status != 304:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = AnsweringSite(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def host_of(site: AnsweringSite) -> Host:
    """The row of a site's host."""
    return Host.objects.get(pk=site.url.removeprefix("http://"))


def watched(site: AnsweringSite, count: int = 1, path: str = "/terms") -> list[Document]:
    """Documents of one page each at a site."""
    return [make_source(url=site.publish(f"{path}-{n}", f"<p>Page {n}.</p>")).document for n in range(count)]


def read(document: Document, **how: Any) -> Fetch:
    """One round now; what came of its only source."""
    (fetch,) = fetch_document(document, **how)
    return fetch
