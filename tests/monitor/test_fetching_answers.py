"""What a fetch makes of what servers answer: redirects, broken and oversized bodies."""

import gzip
import tracemalloc

import pytest

from monitor import fetching
from monitor.fetching import Limits, Refused, TooLarge, Unreachable
from tests.monitor.hostile_server import OK, answering, hostile_server

LIMITS = Limits(max_bytes=100_000, seconds=20, user_agent="Tests", allow_private=True)


def redirecting(targets):
    """Redirects by path; a page where none is named."""

    def answer(connection, path):
        if path in targets:
            head = f"HTTP/1.1 302 Found\r\nSet-Cookie: seen=1\r\nLocation: {targets[path]}\r\nContent-Length: 0\r\n\r\n"
            connection.sendall(head.encode())
        else:
            connection.sendall(OK + b"Content-Length: 4\r\n\r\npage")

    return answer


def test_an_answer_holds_what_the_server_sent():
    with hostile_server(answering(OK + b"X-Build: 7\r\nContent-Length: 5\r\n\r\nterms")) as server:
        answer = fetching.get(server.url, LIMITS)
    assert (answer.status, answer.body, answer.url, answer.redirects) == (200, b"terms", server.url, ())
    assert answer.headers["x-build"] == "7"
    assert answer.headers["content-type"] == "text/html"
    assert "user-agent: tests" in server.requests[0].lower()


def test_an_error_status_is_an_answer():
    with hostile_server(answering(b"HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nbusy")) as server:
        assert fetching.get(server.url, LIMITS).status == 503


def test_redirects_are_followed_and_named():
    with hostile_server(redirecting({"/terms": "/a", "/a": "b#part"})) as server:
        answer = fetching.get(server.url, LIMITS)
    assert answer.body == b"page"
    assert [url.removeprefix(server.url[:-6]) for url in answer.redirects] == ["/a", "/b#part"]
    assert answer.url == answer.redirects[-1]


def test_no_cookie_and_no_password_goes_along_with_a_redirect():
    with hostile_server(redirecting({"/terms": "/a"})) as server:
        fetching.get(server.url, LIMITS)
        with hostile_server(redirecting({"/terms": f"{server.url}2"})) as other:
            fetching.get(other.url, LIMITS)
    assert len(server.requests) == 3
    for request in server.requests:
        assert "cookie:" not in request.lower()
        assert "authorization:" not in request.lower()
        assert "referer:" not in request.lower()


def test_a_redirect_in_raw_utf8_leads_where_it_says():
    with hostile_server(redirecting({"/terms": "/términos"})) as server:
        fetching.get(server.url, LIMITS)
    assert server.requests[1].startswith("GET /t%C3%A9rminos ")


@pytest.mark.parametrize(
    "target",
    [
        "file:///etc/hostname",
        "ftp://127.0.0.1/",
        "http://169.254.169.254/latest/meta-data",
        "//169.254.169.254/",
        "http://[fe80::1]/",
        "http://someone:secret@127.0.0.1/",
        "http://0.0.0.0/",
        "javascript:alert(1)",
        "http://127.0.0.1\\@169.254.169.254/",
    ],
)
def test_a_redirect_to_a_forbidden_address_is_refused(target):
    with hostile_server(redirecting({"/terms": target})) as server, pytest.raises(Refused) as caught:
        fetching.get(server.url, LIMITS)
    assert "secret" not in str(caught.value)


def test_a_redirect_from_outside_into_the_private_network_is_refused(monkeypatch):
    allowed = fetching.is_allowed
    # Stands for a public first address: the port is the only thing that tells the two servers apart.
    monkeypatch.setattr(
        fetching, "is_allowed", lambda address, **how: address == "127.0.0.9" or allowed(address, **how)
    )
    public_only = Limits(max_bytes=1000, seconds=5, user_agent="Tests")
    with (
        hostile_server(answering(OK + b"\r\nsecret")) as inside,
        hostile_server(redirecting({"/terms": inside.url}), host="127.0.0.9") as outside,
        pytest.raises(Refused),
    ):
        fetching.get(outside.url, public_only)
    assert len(outside.requests) == 1
    assert inside.requests == []


def test_the_body_of_a_redirect_is_not_unpacked():
    bomb = gzip.compress(bytes(80_000_000))
    head = (
        f"HTTP/1.1 302 Found\r\nLocation: /a\r\nContent-Encoding: gzip\r\nContent-Length: {len(bomb)}\r\n\r\n"
    )

    def answer(connection, path):
        pieces = [OK + b"Content-Length: 4\r\n\r\npage"] if path == "/a" else [head.encode(), bomb]
        answering(*pieces)(connection, path)

    tracemalloc.start()
    try:
        with hostile_server(answer) as server:
            assert fetching.get(server.url, LIMITS).body == b"page"
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < 20_000_000


def test_endless_redirects_end():
    with hostile_server(redirecting({"/terms": "/terms"})) as server, pytest.raises(Refused):
        fetching.get(server.url, LIMITS)
    assert len(server.requests) <= LIMITS.max_redirects + 1


@pytest.mark.parametrize("length", [b"", b"Content-Length: 90000000\r\n"])
def test_a_page_larger_than_allowed_is_left_while_it_arrives(length):
    sent = 0

    def answer(connection, path):
        nonlocal sent
        connection.sendall(OK + length + b"\r\n")
        while sent < 90_000_000:
            sent += connection.send(b"x" * 65_536)

    with hostile_server(answer) as server, pytest.raises(TooLarge):
        fetching.get(server.url, LIMITS)
    assert sent < 40_000_000


def test_a_page_of_just_the_allowed_size_is_a_page():
    with hostile_server(answering(OK + b"Content-Length: 100000\r\n\r\n" + b"x" * 100_000)) as server:
        assert len(fetching.get(server.url, LIMITS).body) == 100_000


@pytest.mark.parametrize(
    "pieces",
    [
        [b"Content-Length: 900\r\n\r\n", b"half a page"],
        [b"Transfer-Encoding: chunked\r\n\r\n", b"5\r\nhalf \r\n", b"9\r\na pa"],
        [b"Transfer-Encoding: chunked\r\n\r\n", b"5\r\nhalf \r\n"],
        [b"Transfer-Encoding: chunked\r\n\r\n", b"not a chunk"],
        [b"Content-Encoding: gzip\r\nContent-Length: 900\r\n\r\n", gzip.compress(b"page" * 900)[:20]],
        [b"Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\n", b"page"],
    ],
)
def test_an_answer_cut_off_or_broken_in_its_body_is_no_short_page(pieces):
    with hostile_server(answering(OK, *pieces)) as server, pytest.raises(Unreachable) as caught:
        fetching.get(server.url, LIMITS)
    assert "half" not in str(caught.value)


@pytest.mark.parametrize(
    "answer", [b"", b"\r\n", b"SSH-2.0-Server\r\n", b"HTTP/1.1 abc\r\n\r\n", b"\x16\x03\x01\x00"]
)
def test_what_is_no_http_answer_is_unreachable(answer):
    with hostile_server(answering(answer)) as server, pytest.raises(Unreachable):
        fetching.get(server.url, LIMITS)


def test_headers_without_end_are_no_answer():
    flood = [b"X-%d: %s\r\n" % (number, b"y" * 60_000) for number in range(300)]
    with hostile_server(answering(OK, *flood)) as server, pytest.raises(Unreachable):
        fetching.get(server.url, LIMITS)
