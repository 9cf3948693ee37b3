"""A page as a browser shows it, once its scripts have run and its text holds still."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from monitor import fetching
from monitor.core.addresses import check_address
from monitor.core.answers import Forbidden
from monitor.core.asking import Asking
from monitor.core.selectors import Selector
from monitor.fetching import Answer, FetchError, Limits, Refused, TimedOut, TooLarge, Unreachable
from monitor.rendering.driver import Bounds, drive
from monitor.rendering.proxy import Proxy, guarding_proxy
from monitor.rendering.switches import manners, switches, told_at_home

MAX_REDIRECTS = 20
# A page is a document and what its scripts load: this many times as much as a document alone may be.
_TRAFFIC = 5
# They belong to the bytes as sent, not to the document that scripts made of them.
_OF_THE_BYTES = {
    "content-encoding",
    "content-length",
    "content-type",
    "etag",
    "last-modified",
    "set-cookie",
    "transfer-encoding",
}
_NO_WEB_ADDRESS = "the address leads to one that is not fetched"
_REFUSALS = {
    "ERR_TOO_MANY_REDIRECTS": "more redirects than are followed",
    "ERR_UNSAFE_REDIRECT": _NO_WEB_ADDRESS,
    "ERR_UNKNOWN_URL_SCHEME": _NO_WEB_ADDRESS,
    "ERR_DISALLOWED_URL_SCHEME": _NO_WEB_ADDRESS,
    "ERR_INVALID_REDIRECT": _NO_WEB_ADDRESS,
    "ERR_UNSAFE_PORT": _NO_WEB_ADDRESS,
    "ERR_ACCESS_DENIED": _NO_WEB_ADDRESS,
    "ERR_BLOCKED_BY_CLIENT": _NO_WEB_ADDRESS,
}
_INSTALL = (
    "{what} is missing: a page that needs a browser is read with the optional extra “browser” (Playwright) and a "
    "Chromium; see docs/operations.md"
)

_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, slots=True)
class Browsing:
    """How pages are rendered on this site: the browser (empty: found by itself), what it may cost, and when it waits.

    A text holds still when it has not changed for `quiet_seconds`; after `settle_seconds` it is taken as it stands.
    """

    path: str = ""
    is_sandboxed: bool = True
    megabytes: int = 2500
    quiet_seconds: float = 1.0
    settle_seconds: float = 15.0


def render(
    url: str,
    limits: Limits,
    *,
    select: Sequence[Selector] = (),
    headers: Mapping[str, str] | None = None,
    browsing: Browsing | None = None,
    before_hop: Callable[[str], None] = fetching.any_hop,
    max_redirects: int = MAX_REDIRECTS,
) -> Answer:
    """The document of a page as UTF-8, with the status and headers of the answer it began with.

    Waits for what `select` chooses, else for the body. What is no HTML page (a PDF, a download) is fetched by the plain
    client instead, which calls `before_hop` as it always does. `headers` go to the page's own host only; `browsing` is
    the site's own unless given. Raises a FetchError, as the plain client does.
    """
    started = time.monotonic()
    browsing = browsing or _of_this_site()
    try:
        check_address(url)
    except Forbidden as error:
        raise Refused(str(error)) from error
    order = {
        "url": url,
        "select": list(_to_wait_for(select)),
        "browser": browsing.path,
        "sandbox": browsing.is_sandboxed,
        "manners": manners(limits.user_agent, headers or {}),
        "headers": told_at_home(headers or {}),
        "max_bytes": limits.max_bytes,
        "max_redirects": max_redirects,
        "quiet_seconds": browsing.quiet_seconds,
        "settle_seconds": browsing.settle_seconds,
    }
    bounds = Bounds(limits.seconds, started + limits.seconds, browsing.megabytes)
    with _turn(limits.seconds), _proxy(limits) as proxy:
        found, body = drive(order | {"switches": switches(proxy.address)}, proxy, bounds)
    seconds = time.monotonic() - started
    if found["kind"] == "page":
        return _answer(found, body, seconds)
    if found["kind"] == "other":
        left = replace(limits, seconds=max(limits.seconds - seconds, 1))
        return fetching.get(url, left, Asking(headers or {}), before_hop)
    raise _failure(found, proxy, limits)


def _of_this_site() -> Browsing:
    return Browsing(
        path=settings.RENDER_BROWSER_PATH,
        is_sandboxed=settings.RENDER_SANDBOX,
        megabytes=settings.RENDER_MAX_MB,
        quiet_seconds=settings.RENDER_QUIET_MS / 1000,
        settle_seconds=settings.RENDER_SETTLE_SECONDS,
    )


def _proxy(limits: Limits) -> AbstractContextManager[Proxy]:
    most = limits.max_bytes * _TRAFFIC
    return guarding_proxy(limits.seconds, most, allow_private=limits.allow_private)


@contextmanager
def _turn(seconds: float) -> Iterator[None]:
    """One browser at a time in a process: more of them would share out its memory and time."""
    if not _ONE_AT_A_TIME.acquire(timeout=seconds):
        raise TimedOut("no browser was free in time")
    try:
        yield
    finally:
        _ONE_AT_A_TIME.release()


def is_busy() -> bool:
    """Whether a browser is at work in this process: `render` would wait for it."""
    return _ONE_AT_A_TIME.locked()


def _to_wait_for(select: Sequence[Selector]) -> Iterator[str]:
    """The CSS selectors among them; of a range, where it begins and ends."""
    for selector in select:
        if isinstance(selector, str):
            yield selector
        else:
            yield from selector.values()


def _answer(found: Mapping[str, Any], body: bytes, seconds: float) -> Answer:
    headers = {name: value for name, value in found["headers"].items() if name not in _OF_THE_BYTES}
    headers["content-type"] = "text/html; charset=utf-8"
    return Answer(found["status"], found["url"], headers, body, seconds, tuple(found["redirects"]))


def _failure(found: Mapping[str, Any], proxy: Proxy, limits: Limits) -> FetchError:
    """Why there is no document, as the plain client would say it."""
    if found["kind"] == "missing":
        return Unreachable(_INSTALL.format(what=found["what"]))
    if found["kind"] == "too_large":
        return TooLarge(f"the document is larger than {limits.max_bytes} bytes")
    if found["kind"] == "failed":
        return _not_loaded(found["url"], found["error"], proxy)
    return Unreachable("the browser gave up on the page")


def _not_loaded(url: str, code: str, proxy: Proxy) -> FetchError:
    place = _place(url)
    if place in proxy.refused:
        return Refused(proxy.refused[place])
    if place in proxy.failed:
        return Unreachable(proxy.failed[place])
    if code in _REFUSALS:
        return Refused(_REFUSALS[code])
    if code.startswith(("ERR_CERT", "ERR_SSL")):
        return Unreachable("no secure connection could be made")
    return Unreachable(f"no complete answer ({code or 'no reason given'})")


def _place(url: str) -> tuple[str, int]:
    try:
        parts = urlsplit(url)
        return parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        return "", 0
