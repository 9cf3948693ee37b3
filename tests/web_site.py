"""A web site on loopback whose pages a test writes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_LONGEST_WAIT = 60


@dataclass
class WebSite:
    """Pages by path. Change `pages` while it runs; `requests` holds the paths asked for.

    While `is_open` is clear, a page stops halfway, and `waiting` says so.
    """

    url: str
    pages: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    is_open: threading.Event = field(default_factory=threading.Event)
    waiting: threading.Event = field(default_factory=threading.Event)

    def publish(self, path: str, main: str, status: int = 200) -> str:
        """Put a page with furniture and a token that differs every time. Its address."""
        token = len(self.requests)
        html = (
            f"<!doctype html><html lang='en'><head><title>Terms</title><script>t={token}</script></head>"
            f"<body><nav><a href='/{token}'>Menu</a></nav><main>{main}</main><footer>{token}</footer></body></html>"
        )
        self.pages[path] = (status, html.encode())
        return self.url + path


@contextmanager
def web_site() -> Iterator[WebSite]:
    """A running site on a free port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            # What every host is asked once a day is not among the pages.
            if self.path != "/robots.txt":
                site.requests.append(self.path)
            status, body = site.pages.get(self.path, (404, b"<p>not here</p>"))
            self.send_response(status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            half = len(body) // 2
            self.wfile.write(body[:half])
            if not site.is_open.is_set():
                site.waiting.set()
                site.is_open.wait(_LONGEST_WAIT)
            with suppress(OSError):
                self.wfile.write(body[half:])

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = WebSite(f"http://127.0.0.1:{server.server_address[1]}")
    site.is_open.set()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.is_open.set()
        server.shutdown()
        server.server_close()
        thread.join()
