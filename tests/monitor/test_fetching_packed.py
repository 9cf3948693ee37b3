"""Pages as servers pack them: gzip, deflate, br and zstd, whole, cut and as bombs."""

import gzip
import time
import zlib

import brotli
import pytest
import zstandard

from monitor import fetching
from monitor.fetching import Limits, TooLarge, Unreachable
from tests.monitor.hostile_server import hostile_server

LIMITS = Limits(max_bytes=100_000, seconds=20, user_agent="Tests", allow_private=True)
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def answering(*pieces, pause=0.0):
    """An answer in pieces, with a pause after each, then the end of the connection."""

    def answer(connection, path):
        for piece in pieces:
            connection.sendall(piece)
            time.sleep(pause)

    return answer


PACKERS = {
    b"gzip": gzip.compress,
    b"deflate": zlib.compress,
    b"br": brotli.compress,
    b"zstd": zstandard.compress,
}


@pytest.mark.parametrize(("coding", "pack"), PACKERS.items())
def test_a_page_that_unpacks_beyond_the_limit_is_too_large(coding, pack):
    bomb = pack(bytes(80_000_000))
    head = (
        OK + b"Content-Encoding: " + coding + b"\r\nContent-Length: " + str(len(bomb)).encode() + b"\r\n\r\n"
    )
    with hostile_server(answering(head, bomb)) as server, pytest.raises(TooLarge):
        fetching.get(server.url, LIMITS)


@pytest.mark.parametrize(("coding", "pack"), PACKERS.items())
def test_a_packed_page_is_unpacked(coding, pack):
    body = pack(b"terms " * 900)
    head = (
        OK + b"Content-Encoding: " + coding + b"\r\nContent-Length: " + str(len(body)).encode() + b"\r\n\r\n"
    )
    with hostile_server(answering(head, body[:9], body[9:], pause=0.05)) as server:
        assert fetching.get(server.url, LIMITS).body == b"terms " * 900


@pytest.mark.parametrize(("coding", "pack"), PACKERS.items())
def test_a_packed_page_that_was_cut_is_no_page_even_where_the_server_says_that_it_is_whole(coding, pack):
    body = pack(b"terms " * 900)[:-3]
    head = (
        OK + b"Content-Encoding: " + coding + b"\r\nContent-Length: " + str(len(body)).encode() + b"\r\n\r\n"
    )
    with hostile_server(answering(head, body)) as server, pytest.raises(Unreachable):
        fetching.get(server.url, LIMITS)
