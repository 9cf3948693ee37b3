"""The program that drives a browser through one page. It runs in a process of its own and imports nothing of ours.

It reads an order (see `monitor.rendering.client`) as one line of JSON from standard input, and writes a line of JSON to
standard output, with the document behind it where it is a page. What it may cost is watched from outside: a page can
make the browser hang, and then this hangs with it. It ends with its parent, whose end of standard input closes.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, CDPSession, Page, Playwright, Request, Response, Route

Order = dict[str, Any]
Found = tuple[dict[str, Any], bytes]

_NAMES = ("chromium", "chromium-browser", "chromium-headless-shell", "google-chrome")
_PORTS = {"http": 80, "https": 443}
_HTML = ("text/html", "application/xhtml+xml")
# What a text is not made of. Images are switched off in the browser too, which then does not even ask.
_NOT_LOADED = {"image", "media", "font"}
# Requests that may still bring text. One older than this is a channel that stays open.
_BRINGS_TEXT = {"document", "script", "xhr", "fetch"}
_LONG_REQUEST_SECONDS = 5.0
# A text of fewer words is often the frame that the text comes into ("Loading …"): it must hold still for longer.
_FEW_WORDS = 100
_LONGER = 3
_POLL_MS = 100
_ERROR = re.compile(r"net::(ERR_[A-Z_]+)")

_LOOK, _LENGTH, _DOCUMENT = (
    Path(__file__).with_name(f"{name}.js").read_text() for name in ("look", "length", "document")
)


class _Ended(Exception):
    """Nothing to wait for any more; `found` says why."""

    def __init__(self, **found: object) -> None:
        super().__init__()
        self.found = found


def main() -> None:
    """Carry out the order on standard input."""
    order = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        _open(order)
    except _Ended as ended:
        _say(ended.found)


def _say(found: dict[str, Any], body: bytes = b"") -> None:
    """Give the result and wait for the end, which comes from outside.

    Closing a browser in which a page hangs may take for ever, and what this process started is found while it lives.
    """
    sys.stdout.buffer.write(json.dumps(found).encode() + b"\n" + body)
    sys.stdout.buffer.flush()
    os.close(sys.stdout.fileno())
    threading.Event().wait()


def _end_with_parent() -> None:
    sys.stdin.read()
    os._exit(1)


def _open(order: Order) -> None:
    try:
        from playwright.sync_api import Error, sync_playwright  # noqa: PLC0415 - it is an optional extra
    except ImportError:
        raise _Ended(kind="missing", what="Playwright") from None
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=_executable(playwright, order["browser"]),
                args=order["switches"],
                chromium_sandbox=order["sandbox"],
                handle_sigint=False,
            )
        except Error:
            raise _Ended(kind="missing", what="a browser that starts") from None
        try:
            _say(*_Visit(browser.new_context(**order["manners"]), order).read())
        except Error as error:
            _say({"kind": "broken", "error": _code(error)})
        except _Ended as ended:
            _say(ended.found)


def _executable(playwright: Playwright, wished: str) -> str:
    """The browser that was named, else Playwright's own, else one on PATH."""
    if wished:
        return wished
    own = playwright.chromium.executable_path
    found = own if Path(own).exists() else next(filter(None, map(shutil.which, _NAMES)), None)
    if not found:
        raise _Ended(kind="missing", what="a browser")
    return found


def _let_pass(route: Route) -> None:
    (route.abort if route.request.resource_type in _NOT_LOADED else route.continue_)()


def _place(url: str) -> tuple[str, str, int | None]:
    """Scheme, host and port of an address; all empty where it has none."""
    try:
        parts = urlsplit(url)
        return parts.scheme, parts.hostname or "", parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return "", "", None


def _code(error: Exception) -> str:
    found = _ERROR.search(str(error))
    return found.group(1) if found else ""


class _Visit:
    """One page from its first request until its text holds still."""

    def __init__(self, context: BrowserContext, order: Order) -> None:
        self._order = order
        self._home = _place(order["url"])
        self._answers: list[Response] = []
        self._asked: list[str] = []
        self._failed: tuple[str, str] | None = None
        self._under_way: dict[Request, float] = {}
        self._is_gone = False
        self._world: int | None = None
        self._page: Page = context.new_page()
        context.route("**/*", _let_pass)
        context.on("page", lambda page: page.close())
        self._page.on("request", self._note_request)
        self._page.on("response", self._note_answer)
        self._page.on("requestfinished", self._note_end)
        self._page.on("requestfailed", self._note_failure)
        self._page.on("crash", self._note_crash)
        self._session: CDPSession = context.new_cdp_session(self._page)
        if order["headers"]:
            # Not by a route: what Playwright adds to a request goes along to wherever that is redirected.
            self._session.on("Fetch.requestPaused", self._tell)
            self._session.send("Fetch.enable")

    def read(self) -> Found:
        """The answer and the document as it stands in the end."""
        from playwright.sync_api import Error  # noqa: PLC0415 - it is an optional extra

        try:
            self._page.goto(self._order["url"], wait_until="commit", timeout=0)
        except Error as error:
            self._check()
            if self._answers:
                # Offered as a download, whatever its type.
                raise _Ended(kind="other") from None
            raise _Ended(kind="failed", url=self._last_asked, error=_code(error)) from None
        self._wait()
        body = self._document()
        answer = self._answers[-1]
        found = {
            "kind": "page",
            "status": answer.status,
            "url": answer.url,
            "headers": answer.headers,
            "redirects": self._asked[1:],
        }
        return found, body

    @property
    def _last_asked(self) -> str:
        return self._asked[-1] if self._asked else str(self._order["url"])

    def _tell(self, paused: dict[str, Any]) -> None:
        """Let a request or a hop of it go on; the source's own host is told what no other is."""
        from playwright.sync_api import Error  # noqa: PLC0415 - it is an optional extra

        going_on: dict[str, Any] = {"requestId": paused["requestId"]}
        request = paused["request"]
        if _place(request["url"]) == self._home:
            ours = self._order["headers"]
            told = {name: text for name, text in request["headers"].items() if name.lower() not in ours}
            going_on["headers"] = [{"name": name, "value": text} for name, text in (told | ours).items()]
        with suppress(Error):
            self._session.send("Fetch.continueRequest", going_on)

    def _wait(self) -> None:
        """Return when the text has held still, or the time to settle is over and the page is complete."""
        still_since, last, ready_at = 0.0, None, None
        while True:
            self._page.wait_for_timeout(_POLL_MS)
            self._check()
            now = time.monotonic()
            look = self._evaluate(_LOOK, self._order["select"])
            if look is None or not look["ready"]:
                still_since, last = now, None
                continue
            ready_at = ready_at or now
            if look != last or self._is_loading(now):
                still_since, last = now, look
            needed = self._order["quiet_seconds"] * (1 if look["words"] >= _FEW_WORDS else _LONGER)
            is_still = look["words"] > 0 and now - still_since >= needed
            if is_still or now - ready_at >= self._order["settle_seconds"]:
                return

    def _check(self) -> None:
        """Raises _Ended where no document of this page will come."""
        if self._is_gone:
            raise _Ended(kind="crashed")
        if len(self._asked) > self._order["max_redirects"] + 1:
            raise _Ended(kind="failed", url=self._last_asked, error="ERR_TOO_MANY_REDIRECTS")
        if self._answers and not self._answers[-1].headers.get("content-type", "").lower().startswith(_HTML):
            raise _Ended(kind="other")
        if self._failed:
            raise _Ended(kind="failed", url=self._failed[0], error=self._failed[1])
        if self._page.url.partition(":")[0] not in {"http", "https", "about"}:
            raise _Ended(kind="failed", url=self._page.url, error="ERR_DISALLOWED_URL_SCHEME")

    def _document(self) -> bytes:
        """The document as UTF-8. Asked for its length first: it may be larger than this process bears."""
        length = self._evaluate(_LENGTH) or 0
        body = b""
        if length <= self._order["max_bytes"]:
            body = str(self._evaluate(_DOCUMENT) or "").encode("utf-8", "replace")
        if length > self._order["max_bytes"] or len(body) > self._order["max_bytes"]:
            raise _Ended(kind="too_large")
        if not body:
            raise _Ended(kind="crashed")
        self._check()
        return body

    def _evaluate(self, function: str, *arguments: object) -> Any:
        """What a function of ours gives in a world that scripts of the page cannot reach. None while it is rebuilt."""
        from playwright.sync_api import Error  # noqa: PLC0415 - it is an optional extra

        try:
            if self._world is None:
                tree = self._session.send("Page.getFrameTree")
                frame = {"frameId": tree["frameTree"]["frame"]["id"], "worldName": "reading"}
                self._world = self._session.send("Page.createIsolatedWorld", frame)["executionContextId"]
            call = {
                "functionDeclaration": function,
                "arguments": [{"value": argument} for argument in arguments],
                "executionContextId": self._world,
                "returnByValue": True,
            }
            return self._session.send("Runtime.callFunctionOn", call)["result"].get("value")
        except Error:
            # The page went somewhere else meanwhile.
            self._world = None
            return None

    def _is_loading(self, now: float) -> bool:
        return any(now - since < _LONG_REQUEST_SECONDS for since in self._under_way.values())

    def _is_main(self, request: Request) -> bool:
        return request.is_navigation_request() and request.frame == self._page.main_frame

    def _note_request(self, request: Request) -> None:
        if request.resource_type in _BRINGS_TEXT:
            self._under_way[request] = time.monotonic()
        if self._is_main(request):
            self._asked.append(request.url)
            self._failed = None

    def _note_answer(self, answer: Response) -> None:
        if self._is_main(answer.request) and not 300 <= answer.status < 400:
            self._answers.append(answer)

    def _note_end(self, request: Request) -> None:
        self._under_way.pop(request, None)

    def _note_failure(self, request: Request) -> None:
        self._note_end(request)
        code = _code(Exception(request.failure or ""))
        # Aborted: the page itself went elsewhere before this came.
        if self._is_main(request) and code != "ERR_ABORTED":
            self._failed = (request.url, code)

    def _note_crash(self, _: Page) -> None:
        self._is_gone = True


if __name__ == "__main__":
    main()
