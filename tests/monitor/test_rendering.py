"""Pages in a real browser: what it waits for, what it gives, and what it says where it cannot."""

from __future__ import annotations

import os
import signal
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from monitor.fetching import Limits, TimedOut, TooLarge, Unreachable
from monitor.rendering import Browsing, render
from monitor.rendering.process_tree import ProcessTree
from tests.browser import chromium
from tests.monitor.hostile_server import hostile_server
from tests.web_site import web_site

LIMITS = Limits(max_bytes=2_000_000, seconds=30, user_agent="Proviso/0.1 (tests)", allow_private=True)
WORDS = "We keep what you write to us for thirty days. " * 15


@pytest.fixture(scope="module")
def browsing() -> Browsing:
    return Browsing(chromium.executable(), is_sandboxed=False, quiet_seconds=0.3, settle_seconds=4)


@pytest.fixture(autouse=True)
def nothing_left(monkeypatch, tmp_path_factory):
    """Whatever a page does, no process and no folder of its browser is left."""
    tmp_path_factory.getbasetemp()
    # The folder of a test is no place for it: a browser has a socket in it, whose path may have 107 bytes.
    with tempfile.TemporaryDirectory() as folder:
        monkeypatch.setattr(tempfile, "tempdir", folder)
        yield
        assert list(Path(folder).glob("proviso-browser-*")) == []
    assert _programs() == []


def _programs() -> list[int]:
    """The programs that drive a browser for this test run."""
    tree = ProcessTree(os.getpid())
    tree.megabytes()
    return [pid for pid in tree.pids if b"browser.py" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def _answering(body: bytes, content_type: str = "text/html", status: str = "200 OK", more: str = ""):
    head = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n{more}\r\n"
    return lambda connection, path: connection.sendall(head.encode() + body)


def test_a_text_that_a_script_brings_after_two_seconds_is_read(browsing):
    late = f"setTimeout(() => document.querySelector('main').innerHTML = '<p>{WORDS}</p>', 2000)"
    with web_site() as site:
        url = site.publish("/", f"<script>{late}</script>")
        answer = render(url, LIMITS, select=["main p"], browsing=browsing)
    assert answer.status == 200
    assert answer.url == url
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert f"<main><p>{WORDS}</p></main>".encode() in answer.body
    assert answer.body.startswith(b"<!DOCTYPE html>")
    assert answer.seconds > 2


def test_a_text_is_read_when_it_holds_still_and_not_while_it_grows(browsing):
    growing = (
        "let left = 12; const timer = setInterval(() => {"
        f"document.querySelector('main').innerHTML += '<p>{WORDS}</p>'; if (!--left) clearInterval(timer) }}, 100)"
    )
    with web_site() as site:
        url = site.publish("/", f"<script>{growing}</script>")
        answer = render(url, LIMITS, select=["main"], browsing=browsing)
    assert answer.body.partition(b"</script>")[2].partition(b"</script>")[2].count(WORDS.encode()) == 12


def test_a_page_that_never_holds_still_is_read_as_it_stands_after_a_while(browsing):
    ticking = "setInterval(() => document.querySelector('main i').textContent = performance.now(), 50)"
    with web_site() as site:
        url = site.publish("/", f"<p>{WORDS}</p><i></i><script>{ticking}</script>")
        impatient = replace(browsing, settle_seconds=1.5)
        answer = render(url, LIMITS, select=["main"], browsing=impatient)
    assert WORDS.encode() in answer.body


def test_where_nothing_is_selected_the_page_is_given_as_it_is_whatever_its_status(browsing):
    with web_site() as site:
        url = site.publish("/", f"<p>{WORDS}</p>", status=404)
        answer = render(
            url,
            LIMITS,
            select=["#absent", "p:has(", {"startBefore": "h1", "endAfter": "h2"}],
            browsing=replace(browsing, settle_seconds=1.5),
        )
    assert answer.status == 404
    assert WORDS.encode() in answer.body


def test_redirects_of_server_and_script_are_told_and_followed_to_the_end(browsing):
    def answer(connection, path):
        if path == "/terms":
            connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: /second\r\nContent-Length: 0\r\n\r\n")
        else:
            text = f"<p>{WORDS}" if path == "/third" else "<script>location = '/third'</script>"
            _answering(text.encode(), status="200 OK" if path == "/third" else "503 Wait")(connection, path)

    with hostile_server(answer) as server:
        root = server.url.removesuffix("/terms")
        found = render(server.url, LIMITS, browsing=browsing)
    assert (found.status, found.url) == (200, f"{root}/third")
    assert found.redirects == (f"{root}/second", f"{root}/third")


def test_a_pdf_is_given_as_served(browsing):
    pdf = b"%PDF-1.4\n%%EOF"
    with hostile_server(_answering(pdf, "application/pdf")) as server:
        answer = render(server.url, LIMITS, browsing=browsing)
    assert answer.body == pdf
    assert answer.headers["content-type"] == "application/pdf"


def test_a_pdf_is_asked_for_with_the_headers_of_its_source_and_every_hop_is_told(browsing):
    pdf = b"%PDF-1.4\n%%EOF"
    hops: list = []

    def answer(connection, path):
        if path == "/terms":
            connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: /pdf\r\nContent-Length: 0\r\n\r\n")
        else:
            _answering(pdf, "application/pdf")(connection, path)

    with hostile_server(answer) as server:
        found = render(server.url, LIMITS, headers={"X-Ours": "1"}, browsing=browsing, before_hop=hops.append)
    assert found.body == pdf
    assert hops == [found.url]
    assert "x-ours: 1" in server.requests[-1].lower()


def test_headers_of_a_source_go_to_its_own_host_only(browsing):
    def elsewhere(connection, path):
        more = "Access-Control-Allow-Origin: *\r\n"
        _answering(b"there", "text/plain", more=more)(connection, path)

    def leading(connection, path):
        if path.startswith("/away"):
            target = f"{other.url}?led"
            head = f"HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n"
            connection.sendall(head.encode())
            return
        script = f"<script>fetch('{other.url}?straight'); fetch('/away', {{mode: 'no-cors'}}); fetch('/mine')</script>"
        _answering(f"<p>{WORDS}</p>{script}".encode())(connection, path)

    with hostile_server(elsewhere) as other, hostile_server(leading) as server:
        render(server.url, LIMITS, headers={"X-Ours": "1"}, browsing=browsing)
    mine = [request for request in server.requests if request.startswith(("GET /terms", "GET /mine"))]
    assert len(mine) == 2
    assert all("x-ours: 1\r\n" in request.lower() for request in mine)
    assert {request.split(" ")[1] for request in other.requests} >= {"/terms?straight", "/terms?led"}
    assert not any("x-ours" in request.lower() for request in other.requests)


def test_what_is_offered_as_a_download_is_given_as_served(browsing):
    page = f"<p>{WORDS}".encode()
    answer = _answering(page, more="Content-Disposition: attachment; filename=terms.html\r\n")
    with hostile_server(answer) as server:
        assert render(server.url, LIMITS, browsing=browsing).body == page


def test_the_browser_says_who_it_is_and_keeps_no_cookie(browsing):
    answer = _answering(f"<p>{WORDS}".encode(), more="Set-Cookie: seen=1\r\n")
    with hostile_server(answer) as server:
        for _ in range(2):
            found = render(server.url, LIMITS, headers={"Accept-Language": "de"}, browsing=browsing)
    asked = [request for request in server.requests if request.startswith("GET /terms")]
    assert len(asked) == 2
    for request in asked:
        assert "User-Agent: Proviso/0.1 (tests)\r\n" in request
        assert "Accept-Language: de" in request
        assert "cookie" not in request.lower()
    assert "set-cookie" not in found.headers


def test_images_media_and_fonts_are_not_asked_for(browsing):
    furniture = (
        "<img src=/i.png><video src=/v.mp4 autoplay></video><audio src=/a.mp3 autoplay></audio>"
        "<style>@font-face { font-family: F; src: url(/f.woff) } p { font-family: F; background: url(/b.png) }</style>"
    )
    with web_site() as site:
        url = site.publish("/", f"{furniture}<p>{WORDS}</p>")
        render(url, LIMITS, browsing=browsing)
        assert set(site.requests) <= {"/", "/favicon.ico"}


def test_scripts_of_a_page_cannot_reach_what_looks_at_it(browsing):
    lies = (
        "document.querySelectorAll = () => []; Document.prototype.querySelectorAll = () => [];"
        "Document.prototype.createTreeWalker = () => { while (true); };"
        "Object.defineProperty(Element.prototype, 'outerHTML', {get: () => 'forged'});"
    )
    with web_site() as site:
        url = site.publish("/", f"<script>{lies}</script><p>{WORDS}</p>")
        answer = render(url, LIMITS, select=["main"], browsing=browsing)
    assert f"<p>{WORDS}</p>".encode() in answer.body


def test_a_document_larger_than_a_page_may_be_is_too_large(browsing):
    with web_site() as site:
        url = site.publish(
            "/", "<script>document.querySelector('main').append('x '.repeat(100_000))</script>"
        )
        with pytest.raises(TooLarge):
            render(url, Limits(100_000, 20, "Tests", allow_private=True), browsing=browsing)


def test_a_page_that_stays_incomplete_is_no_page(browsing):
    def answer(connection, path):
        if path == "/reached":
            return
        begun = f"<script>fetch('/reached')</script><p>{WORDS}"
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + begun.encode())
        time.sleep(8)

    with hostile_server(answer) as server, pytest.raises(TimedOut):
        render(server.url, Limits(1_000_000, 5, "Tests", allow_private=True), browsing=browsing)
    assert any(request.startswith("GET /reached ") for request in server.requests)


def test_a_server_that_does_not_listen_is_unreachable(browsing):
    with web_site() as site:
        url = site.url
    with pytest.raises(Unreachable, match="the connection was refused"):
        render(url, LIMITS, browsing=browsing)


def test_a_browser_that_dies_is_a_capture_problem(browsing):
    def kill() -> None:
        for _ in range(100):
            if found := _programs():
                time.sleep(1)
                os.kill(found[0], signal.SIGKILL)
                return
            time.sleep(0.05)

    with web_site() as site:
        url = site.publish("/", "<script>setInterval(() => document.body.append('more'), 20)</script>")
        killer = threading.Thread(target=kill)
        killer.start()
        with pytest.raises(Unreachable, match="gave up"):
            render(url, LIMITS, browsing=browsing)
        killer.join()


def test_a_missing_browser_is_named_with_what_to_install():
    with pytest.raises(Unreachable, match="optional extra “browser”"):
        render("http://127.0.0.1:9/", LIMITS, browsing=Browsing("/nowhere/chromium"))


def test_a_missing_library_is_named_with_what_to_install(monkeypatch, tmp_path, browsing):
    (tmp_path / "playwright").mkdir()
    (tmp_path / "playwright" / "__init__.py").write_text("raise ImportError")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(Unreachable, match="Playwright is missing"):
        render("http://127.0.0.1:9/", LIMITS, browsing=browsing)


def test_no_secret_of_the_site_is_in_the_environment_of_the_browser(monkeypatch, browsing):
    monkeypatch.setenv("SECRET_KEY", "a secret of the site")
    seen: list[bytes] = []

    def answer(connection, path):
        tree = ProcessTree(os.getpid())
        tree.megabytes()
        seen.extend(Path(f"/proc/{pid}/environ").read_bytes() for pid in tree.pids if pid != os.getpid())
        _answering(f"<p>{WORDS}".encode())(connection, path)

    with hostile_server(answer) as server:
        render(server.url, LIMITS, browsing=browsing)
    assert len(seen) > 3
    assert [found for found in seen if b"a secret of the site" in found] == []
