"""Where a fetch ends that would not end by itself, in plain text and over TLS."""

import shutil
import subprocess
import time
from dataclasses import replace

import pytest

from monitor import fetching
from monitor.fetching import Limits, TimedOut, Unreachable
from tests.monitor.hostile_server import OK, answering, hostile_server

LIMITS = Limits(max_bytes=100_000, seconds=20, user_agent="Tests", allow_private=True)
HURRIED = replace(LIMITS, seconds=0.6)


def drip(head, piece):
    """An answer that keeps coming, a little at a time."""

    def answer(connection, path):
        connection.sendall(head)
        while True:
            connection.sendall(piece)
            time.sleep(0.05)

    return answer


DRIPS = {
    "body": drip(OK + b"Content-Length: 9000\r\n\r\n", b"x"),
    "body of unknown length": drip(OK + b"\r\n", b"x"),
    "chunks": drip(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    "headers": drip(OK, b"X-More: y\r\n"),
    "one header": drip(OK + b"X-Long: ", b"y"),
    "status line": drip(b"HTTP/1.1 200 ", b"O"),
    "redirects": drip(b"HTTP/1.1 302 Found\r\nLocation: /terms\r\nX-Long: ", b"y"),
    "nothing": drip(b"", b""),
}


@pytest.mark.parametrize("part", DRIPS)
def test_a_drip_ends_at_the_deadline_and_is_no_page(part):
    began = time.monotonic()
    with hostile_server(DRIPS[part]) as server, pytest.raises(TimedOut):
        fetching.get(server.url, HURRIED)
    assert time.monotonic() - began < 5


def test_a_deadline_at_any_point_of_the_request_is_a_deadline():
    """Also where it cuts the connection while the request is being sent, which leaves urllib3 without a socket."""
    with hostile_server(DRIPS["redirects"]) as server:
        for step in range(600):
            with pytest.raises(TimedOut):
                fetching.get(server.url, replace(HURRIED, seconds=0.0002 + step % 300 * 0.00001))


def test_slow_redirects_share_one_deadline():
    def answer(connection, path):
        time.sleep(0.25)
        connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: /more\r\nContent-Length: 0\r\n\r\n")

    began = time.monotonic()
    with hostile_server(answer) as server, pytest.raises(TimedOut):
        fetching.get(server.url, HURRIED)
    assert time.monotonic() - began < 2


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for 127.0.0.1 with its key, in one file."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    file = tmp_path_factory.mktemp("tls") / "both.pem"
    ask = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "2",
    ]
    name = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run(
        [*ask, *name, "-keyout", f"{file}.key", "-out", f"{file}"], check=True, capture_output=True
    )
    file.write_text(file.read_text() + file.with_name("both.pem.key").read_text())
    return str(file)


@pytest.fixture
def trusted(certificate, monkeypatch):
    """Sessions that trust the certificate."""
    session = fetching._session

    def trusting(*args):
        made = session(*args)
        made.verify = certificate
        return made

    monkeypatch.setattr(fetching, "_session", trusting)


def test_a_server_with_a_certificate_nobody_vouches_for_is_unreachable(certificate):
    with hostile_server(answering(OK + b"\r\npage"), certificate) as server, pytest.raises(Unreachable):
        fetching.get(server.url, LIMITS)
    assert server.requests == []


@pytest.mark.usefixtures("trusted")
def test_a_page_is_fetched_over_tls(certificate):
    with hostile_server(answering(OK + b"Content-Length: 4\r\n\r\npage"), certificate) as server:
        assert fetching.get(server.url, LIMITS).body == b"page"


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("part", ["body", "body of unknown length", "headers"])
def test_a_drip_over_tls_ends_at_the_deadline_as_well(part, certificate):
    began = time.monotonic()
    with hostile_server(DRIPS[part], certificate) as server, pytest.raises(TimedOut):
        fetching.get(server.url, HURRIED)
    assert time.monotonic() - began < 5
