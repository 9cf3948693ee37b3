"""The proxy between a browser and the outside: what it passes on, what it refuses, when it stops."""

import socket

import pytest

from monitor.rendering.proxy import guarding_proxy
from tests.monitor.hostile_server import hostile_server

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\nok"


def ask(proxy, request: str) -> bytes:
    """Everything that comes back."""
    host, port = proxy.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=5) as connection:
        connection.sendall(request.encode())
        received = b""
        while chunk := connection.recv(4096):
            received += chunk
    return received


def open_proxy(max_bytes: int = 100_000, *, allow_private: bool = True):
    return guarding_proxy(5, max_bytes, allow_private=allow_private)


def test_a_request_goes_on_with_its_path_alone_and_the_connection_ends_with_its_answer():
    with hostile_server(lambda connection, path: connection.sendall(OK)) as server, open_proxy() as proxy:
        head = f"GET {server.url}?a=1 HTTP/1.1\r\nHost: x\r\nProxy-Connection: keep-alive\r\n\r\n"
        answer = ask(proxy, head)
    assert answer.endswith(b"Connection: close\r\n\r\nok")
    assert b"keep-alive" not in answer
    assert server.requests[0].startswith("GET /terms?a=1 HTTP/1.1\r\n")
    assert "proxy-connection" not in server.requests[0].lower()


def test_interim_answers_are_dropped():
    early = b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
    with (
        hostile_server(lambda connection, path: connection.sendall(early + OK)) as server,
        open_proxy() as proxy,
    ):
        answer = ask(proxy, f"GET {server.url} HTTP/1.1\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 200 OK")


def test_what_is_inside_is_refused_and_remembered():
    with hostile_server(lambda connection, path: None) as server, open_proxy(allow_private=False) as proxy:
        assert ask(proxy, f"GET {server.url} HTTP/1.1\r\n\r\n") == b""
        assert b"403" in ask(proxy, "CONNECT localhost:443 HTTP/1.1\r\n\r\n")
        assert set(proxy.refused) == {("127.0.0.1", server.port), ("localhost", 443)}
    assert server.requests == []


@pytest.mark.parametrize(
    ("request_line", "place"),
    [
        ("GET http://127.0.0.1:80/ HTTP/1.1", ("127.0.0.1", 80)),
        ("GET http://[::1]/ HTTP/1.1", ("::1", 80)),
        ("CONNECT 169.254.169.254:443 HTTP/1.1", ("169.254.169.254", 443)),
    ],
)
def test_no_redirect_leads_a_browser_inside(request_line, place):
    with open_proxy(allow_private=False) as proxy:
        ask(proxy, f"{request_line}\r\n\r\n")
        assert set(proxy.refused) == {place}


def test_what_is_no_request_for_the_web_gets_no_answer():
    with open_proxy() as proxy:
        for head in (
            "GET file:///etc/passwd HTTP/1.1",
            "GET / HTTP/1.1",
            "nonsense",
            "GET ftp://127.0.0.1/ HTTP/1.1",
        ):
            assert ask(proxy, f"{head}\r\n\r\n") == b""


def test_a_tunnel_is_cut_when_more_goes_through_than_allowed():
    def pour(connection, path):
        while True:
            connection.sendall(b"x" * 10_000)

    with hostile_server(pour) as server, open_proxy(50_000) as proxy:
        head = f"CONNECT 127.0.0.1:{server.port} HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n"
        assert len(ask(proxy, head)) < 200_000
        assert proxy.is_exhausted
        assert ask(proxy, f"GET {server.url} HTTP/1.1\r\n\r\n") == b""
