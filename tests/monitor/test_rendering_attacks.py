"""Pages that attack from inside a browser: nothing of ours is reached, and the worker goes on."""

from __future__ import annotations

import socket
import threading
from contextlib import ExitStack, contextmanager

import pytest

from monitor.fetching import Limits, Refused, TimedOut, TooLarge
from monitor.rendering import Browsing, render
from tests.browser import chromium
from tests.monitor.hostile_server import hostile_server
from tests.monitor.test_rendering import WORDS, nothing_left
from tests.web_site import web_site

__all__ = ["nothing_left"]

PUBLIC = "93.184.216.34"
GUARDED = Limits(max_bytes=2_000_000, seconds=30, user_agent="Tests")
BRIEFLY = Limits(max_bytes=2_000_000, seconds=5, user_agent="Tests")


@pytest.fixture(scope="module")
def browsing() -> Browsing:
    return Browsing(chromium.executable(), is_sandboxed=False, quiet_seconds=0.3, settle_seconds=6)


@pytest.fixture(autouse=True)
def internet(monkeypatch):
    """Names of an invented internet, all behind one public address, which leads to this machine.

    Whatever the guard does, no test connects to another machine.
    """
    names = {"site.example": PUBLIC, "inside.example": "127.0.0.1", "cloud.example": "169.254.169.254"}
    resolve, connect = socket.getaddrinfo, socket.socket.connect

    def getaddrinfo(host, port, *args, **kwargs):
        if host not in names:
            return resolve(host, port, *args, **kwargs)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (names[host], port))]

    def connected(self, address):
        host, *rest = address
        assert host == PUBLIC or host.startswith("127."), f"connected to {host}"
        return connect(self, ("127.0.0.1" if host == PUBLIC else host, *rest))

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(socket.socket, "connect", connected)


@contextmanager
def page(html: str, content_type: str = "text/html; charset=utf-8"):
    """The address of a page on the invented internet, and what it was asked for."""
    body = html.encode()

    def answer(connection, path):
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n"
        connection.sendall(head.encode() + body)

    with hostile_server(answer) as server:
        yield f"http://site.example:{server.port}/terms", server


@contextmanager
def redirect(target: str):
    """The address of a page that leads elsewhere."""

    def answer(connection, path):
        connection.sendall(f"HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n".encode())

    with hostile_server(answer) as server:
        yield f"http://site.example:{server.port}/terms"


@contextmanager
def listening():
    """A UDP port on loopback, and what arrives there."""
    got: list[bytes] = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        udp.bind(("127.0.0.1", 0))
        udp.settimeout(0.1)
        done = threading.Event()

        def hear() -> None:
            while not done.is_set():
                try:
                    got.append(udp.recv(2048))
                except TimeoutError:
                    continue

        thread = threading.Thread(target=hear)
        thread.start()
        try:
            yield udp.getsockname()[1], got
        finally:
            done.set()
            thread.join()


INSIDE = """
<script>
const results = [];
const tell = () => document.querySelector("main").innerHTML =
  "<p>" + results.join(" ") + "</p><p>" + "word ".repeat(120) + "</p>";
const attempt = (name, promise) => promise.then(
  () => results.push(name + "=reached"), () => results.push(name + "=failed")).then(tell);
const targets = [
  "http://127.0.0.1:PORT/fetch", "http://localhost:PORT/name", "http://[::1]:PORT/six", "http://127.1:PORT/short",
  "http://2130706433:PORT/decimal", "http://inside.example:PORT/resolved", "http://169.254.169.254/latest/meta-data/",
  "http://cloud.example/latest/", "https://127.0.0.1:PORT/tls", "file:///etc/passwd", "ftp://127.0.0.1:PORT/x",
];
for (const target of targets) attempt(target, fetch(target, {mode: "no-cors"}));
const socketOf = (url) => new Promise((good, bad) => {
  const socket = new WebSocket(url); socket.onopen = good; socket.onerror = bad; });
attempt("websocket", socketOf("ws://127.0.0.1:PORT/socket"));
attempt("secure-websocket", socketOf("wss://inside.example:PORT/socket"));
attempt("script", new Promise((good, bad) => {
  const script = document.createElement("script");
  script.src = "http://127.0.0.1:PORT/script"; script.onload = good; script.onerror = bad;
  document.head.append(script); }));
navigator.sendBeacon("http://127.0.0.1:PORT/beacon", "x");
new EventSource("http://127.0.0.1:PORT/events");
window.open("http://127.0.0.1:PORT/popup");
const worker = "importScripts('http://127.0.0.1:PORT/worker')";
new Worker(URL.createObjectURL(new Blob([worker], {type: "text/javascript"})));
navigator.serviceWorker?.register("/worker.js").catch(() => {});
for (const rel of ["prefetch", "preconnect", "dns-prefetch", "stylesheet", "icon", "modulepreload"]) {
  const link = document.createElement("link");
  link.rel = rel; link.href = "http://127.0.0.1:PORT/" + rel; document.head.append(link);
}
try {
  const peer = new RTCPeerConnection({iceServers: [
    {urls: "stun:127.0.0.1:UDP"}, {urls: "turn:127.0.0.1:PORT?transport=tcp", username: "a", credential: "b"}]});
  peer.createDataChannel("x");
  peer.createOffer().then((offer) => peer.setLocalDescription(offer));
} catch (error) { results.push("no-peer"); }
try { new WebTransport("https://127.0.0.1:UDP/"); } catch (error) { results.push("no-transport"); }
</script>
<iframe src="http://127.0.0.1:PORT/frame"></iframe><iframe src="http://cloud.example/latest/"></iframe>
<iframe src="file:///etc/passwd"></iframe><object data="http://127.0.0.1:PORT/object"></object>
<embed src="http://127.0.0.1:PORT/embed"><form action="http://127.0.0.1:PORT/form" target="_blank"></form>
<script>document.forms[0].submit()</script><img src="http://127.0.0.1:PORT/image">
<main></main>
"""


def test_nothing_inside_is_reached_from_a_page(browsing):
    with ExitStack() as stack:
        inside = stack.enter_context(hostile_server(lambda connection, path: connection.sendall(b"secret")))
        udp, heard = stack.enter_context(listening())
        html = INSIDE.replace("PORT", str(inside.port)).replace("UDP", str(udp))
        url, _ = stack.enter_context(page(html))
        answer = render(url, GUARDED, select=["main p"], browsing=browsing)
    told = answer.body.decode().partition("<main>")[2]
    assert told.count("=failed") == 14
    assert "=reached" not in told
    assert "root:" not in answer.body.decode()
    assert inside.requests == []
    assert heard == []


@pytest.mark.parametrize(
    "target",
    # What else the guard refuses is the same for every connection: tests/monitor/test_rendering_proxy.py.
    ["http://inside.example/", "file:///etc/passwd"],
)
def test_a_redirect_inside_is_refused(browsing, target):
    with redirect(target) as url, pytest.raises(Refused):
        render(url, GUARDED, browsing=browsing)


@pytest.mark.parametrize(
    "leaving",
    [
        "<script>setTimeout(() => location = 'TARGET', 200)</script>",
        "<meta http-equiv=refresh content='0;url=TARGET'>",
    ],
)
def test_a_page_that_goes_inside_later_is_refused(browsing, leaving):
    with web_site() as inside, page(f"<p>{WORDS}" + leaving.replace("TARGET", inside.url)) as (url, _):
        with pytest.raises(Refused, match="private network"):
            render(url, GUARDED, browsing=browsing)
        assert inside.requests == []


def test_a_page_cannot_go_to_a_file(browsing):
    leaving = "<script>setTimeout(() => location = 'file:///etc/passwd', 50)</script><meta http-equiv=refresh content='0;url=file:///etc/passwd'>"
    with page(f"<p>{WORDS}{leaving}") as (url, _):
        try:
            body = render(url, GUARDED, browsing=browsing).body
        except Refused:
            return
    assert WORDS.encode() in body
    assert b"root:" not in body


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "chrome://version", "data:text/html,x", "http://u:p@site.example/"]
)
def test_only_plain_web_addresses_are_opened(browsing, url):
    with pytest.raises(Refused):
        render(url, GUARDED, browsing=browsing)


def test_endless_redirects_of_a_server_are_refused(browsing):
    with redirect("/again") as url, pytest.raises(Refused, match="redirects"):
        render(url, GUARDED, browsing=browsing, max_redirects=3)


def test_endless_redirects_of_a_script_are_refused(browsing):
    with (
        page("<script>location = '/' + Math.random()</script>") as (url, _),
        pytest.raises(Refused, match="redirects"),
    ):
        render(url, GUARDED, browsing=browsing, max_redirects=3)


@pytest.mark.parametrize(
    "script",
    [
        "setTimeout(() => { while (true) alert('again') }, 300)",
        "onbeforeunload = () => 'stay'; setTimeout(() => { while (true); }, 300)",
    ],
)
def test_a_page_that_hangs_is_ended_in_time(browsing, script):
    hanging = f"<p>{WORDS}</p><script>fetch('/reached'); {script}</script>"
    with page(hanging) as (url, server):
        with pytest.raises(TimedOut):
            render(url, BRIEFLY, browsing=browsing)
        assert any(request.startswith("GET /reached ") for request in server.requests)


def test_a_few_questions_of_a_page_are_waved_away(browsing):
    asking = "alert('a'); confirm('b'); prompt('c'); print(); open('/more')"
    with page(f"<script>{asking}</script><p>{WORDS}") as (url, _):
        assert WORDS.encode() in render(url, GUARDED, browsing=browsing).body


def test_a_page_that_eats_memory_is_ended(browsing):
    script = "const kept = []; setInterval(() => kept.push(new Uint8Array(5e7).fill(1)), 1)"
    small = Browsing(browsing.path, is_sandboxed=False, megabytes=1500)
    with (
        page(f"<script>{script}</script>") as (url, _),
        pytest.raises(TooLarge, match="needed more than 1500 MB"),
    ):
        render(url, GUARDED, browsing=small)


def _endless(content_type: str, more: str = ""):
    def answer(connection, path):
        if path == "/terms" and content_type == "text/html":
            body = b"<script>fetch('/more').then((found) => found.text())</script>"
            head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n"
            connection.sendall(head.encode() + body)
            return
        connection.sendall(f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\n{more}\r\n".encode())
        for _ in range(300):
            connection.sendall(b"x" * 1_000_000)

    return answer


@pytest.mark.parametrize("content_type", ["application/octet-stream", "text/html"])
def test_a_download_of_300_megabytes_ends_at_the_limit(browsing, content_type):
    with hostile_server(_endless(content_type)) as server, pytest.raises(TooLarge):
        render(f"http://site.example:{server.port}/terms", GUARDED, browsing=browsing)
