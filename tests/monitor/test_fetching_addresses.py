"""Where a fetch may go: addresses, spellings of addresses, and names that change their answer."""

import socket

import pytest

from monitor import fetching
from monitor.core.addresses import is_allowed
from monitor.fetching import Limits, Refused, Unreachable
from tests.monitor.hostile_server import hostile_server
from tests.web_site import web_site

GUARDED = Limits(max_bytes=100_000, seconds=3, user_agent="Tests")
PRIVATE = Limits(max_bytes=100_000, seconds=3, user_agent="Tests", allow_private=True)

PUBLIC = [
    "93.184.216.34",
    "2606:2800:220:1::1",
    "::ffff:93.184.216.34",
    "64:ff9b::5db8:d822",
    "2002:5db8:d822::1",
]
INTERNAL = [
    "127.0.0.1",
    "127.8.8.8",
    "10.0.0.1",
    "172.16.5.5",
    "192.168.1.1",
    "100.64.0.1",
    "198.18.0.1",
    "192.0.2.1",
    "240.0.0.1",
    "255.255.255.255",
    "0.0.0.0",
    "0.1.2.3",
    "::",
    "::1",
    "fc00::1",
    "fd12:3456::1",
    "fec0::1",
    "2001:db8::1",
    "::7f00:1",
    "::ffff:10.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:100.64.0.1",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "64:ff9b::7f00:1",
    "64:ff9b::a00:1",
    "64:ff9b:1::a00:1",
    "2001:0:5db8:d822::80ff:fffe",
    "::ffff:0:10.0.0.1",
    "::ffff:0:7f00:1",
    "2606:4700::5efe:10.0.0.1",
    "fd12::5efe:93.184.216.34",
    "2606:4700::200:5efe:127.0.0.1",
    "3fff::1",
    "5f00::1",
    "4000::1",
    "::ffff:0:0:7f00:1",
]
NEVER = [
    "169.254.169.254",
    "169.254.0.1",
    "fe80::1",
    "fe80::1%2",
    "::ffff:169.254.169.254",
    "2002:a9fe:a9fe::",
    "64:ff9b::a9fe:a9fe",
    "::a9fe:a9fe",
    "224.0.0.1",
    "ff02::1",
    "0.0.0.0",
    "::",
    "fd00:ec2::254",
    "::ffff:0:169.254.169.254",
    "2606:4700::5efe:169.254.169.254",
    "fe80::5efe:93.184.216.34",
]


@pytest.fixture(autouse=True)
def loopback_only(monkeypatch):
    """No test connects to anything else, whatever the guard does."""
    connect = socket.socket.connect

    def checked(self, address):
        assert str(address[0]).startswith("127.") or address[0] == "::1", f"connected to {address}"
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", checked)


@pytest.fixture
def names(monkeypatch):
    """Answers of the resolver by name, one list of addresses a look-up; the look-ups made."""
    answers: dict[str, list[list[str]]] = {}
    asked: list[str] = []
    real = socket.getaddrinfo

    def getaddrinfo(host, port, *args, **kwargs):
        asked.append(host)
        if host not in answers:
            return real(host, port, *args, **kwargs)
        found = answers[host].pop(0) if len(answers[host]) > 1 else answers[host][0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return answers, asked


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_allowed_whatever_it_is_wrapped_in(address):
    assert is_allowed(address, allow_private=False)
    assert is_allowed(address, allow_private=True)


@pytest.mark.parametrize("address", INTERNAL + NEVER)
def test_an_internal_address_is_refused_whatever_it_is_wrapped_in(address):
    assert not is_allowed(address, allow_private=False)


@pytest.mark.parametrize("address", NEVER)
def test_where_clouds_hand_out_credentials_is_refused_even_where_private_addresses_are_allowed(address):
    assert not is_allowed(address, allow_private=True)


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.1.1", "::1", "fd12::1", "::ffff:192.168.0.1"])
def test_private_addresses_are_allowed_where_the_site_says_so(address):
    assert is_allowed(address, allow_private=True)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "localhost",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "0",
        "LOCALHOST.",
        "127。0。0。1",
    ],
)
def test_no_spelling_of_loopback_is_fetched(host):
    with web_site() as site:
        site.publish("/", "<p>secret</p>")
        port = site.url.rpartition(":")[2]
        with pytest.raises((Refused, Unreachable)):
            fetching.get(f"http://{host}:{port}/", GUARDED)
        assert site.requests == []


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/hostname",
        "FILE:///etc/hostname",
        "file:/etc/hostname",
        " file:///etc/hostname",
        "fi\nle:///etc/hostname",
        "ftp://127.0.0.1/",
        "gopher://127.0.0.1/",
        "data:text/html,<p>x</p>",
        "javascript:alert(1)",
        "//127.0.0.1/",
        "127.0.0.1/",
        "http:///",
        "http://",
        "",
        "http://user:secret@127.0.0.1/",
        "http://user@127.0.0.1/",
        "http://@127.0.0.1/",
        "http://127.0.0.1\\@site.example/",
        "http:\\\\127.0.0.1/",
        "http://[::1/",
        "http://127.0.0.1:99999/",
        "http://127.0.0.1:port/",
        "http://" + "a" * 300 + ".example/",
        "http://\x00/",
        "http://.../",
    ],
)
def test_what_is_no_plain_web_address_is_not_fetched(url):
    with pytest.raises((Refused, Unreachable)) as caught:
        fetching.get(url, PRIVATE)
    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)


def test_one_internal_address_among_public_ones_is_enough_to_refuse_a_name(names):
    answers, _ = names
    answers["site.example"] = [["93.184.216.34", "10.0.0.1"]]
    with pytest.raises(Refused):
        fetching.get("http://site.example/", GUARDED)


def test_a_name_that_changes_its_answer_is_looked_up_once_and_the_checked_address_is_used(names):
    answers, asked = names
    with web_site() as site:
        site.publish("/", "<p>Terms.</p>")
        port = site.url.rpartition(":")[2]
        # The second answer would lead to a forbidden address, which the fixture above would not let pass.
        answers["site.example"] = [["127.0.0.1"], ["169.254.169.254"]]
        answer = fetching.get(f"http://site.example:{port}/", PRIVATE)
        assert answer.status == 200
    assert asked == ["site.example"]


def test_not_even_the_checked_address_is_looked_up_again(names):
    answers, asked = names
    answers["127.0.0.1"] = [["127.0.0.1"], ["169.254.169.254"]]
    with web_site() as site:
        site.publish("/", "<p>Terms.</p>")
        assert fetching.get(site.url + "/", PRIVATE).status == 200
    assert asked == ["127.0.0.1"]


def test_a_name_is_checked_again_for_every_connection_of_a_redirect(names):
    answers, _ = names

    def answer(connection, path):
        connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n")

    with hostile_server(answer) as server:
        answers["site.example"] = [["127.0.0.1"], ["169.254.169.254"]]
        with pytest.raises(Refused):
            fetching.get(f"http://site.example:{server.port}/", PRIVATE)
    assert len(server.requests) == 1


def test_the_next_address_of_a_name_is_tried_where_one_does_not_answer(names):
    answers, _ = names
    with web_site() as site:
        site.publish("/", "<p>Terms.</p>")
        answers["site.example"] = [["127.0.0.77", "127.0.0.1"]]
        assert fetching.get(f"http://site.example:{site.url.rpartition(':')[2]}/", PRIVATE).status == 200


def test_a_name_without_an_address_is_unreachable(names):
    answers, _ = names
    answers["site.example"] = [[]]
    with pytest.raises(Unreachable):
        fetching.get("http://site.example/", PRIVATE)


def test_proxies_and_passwords_of_the_environment_are_ignored(monkeypatch, tmp_path):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login someone password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    with web_site() as proxy, web_site() as site:
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        site.publish("/", "<p>Terms.</p>")
        assert fetching.get(site.url + "/", PRIVATE).status == 200
        assert proxy.requests == []

    def answer(connection, path):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

    with hostile_server(answer) as server:
        fetching.get(server.url, PRIVATE)
    assert "authorization" not in server.requests[0].lower()
