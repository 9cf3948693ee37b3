"""An address that no form has seen is still not fetched and not linked, whichever way it came into the database."""

from __future__ import annotations

import json
import socket

import pytest
from django.test import Client
from django.urls import reverse

from monitor.core.declaration import read_service
from monitor.fetching import Limits, Refused, get
from monitor.models import Document, DocumentType, Fetch, Outcome, Source
from monitor.watching import fetch_document
from tests.builders import capture, day, make_document, make_platform, make_source
from tests.monitor.hostile_server import hostile_server

BAD = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)//https://site.example/",
    "file:///etc/hostname",
    "file:/etc/hostname",
    " FILE:///etc/hostname",
    "view-source:file:///etc/hostname",
    "data:text/html,<script>alert(1)</script>",
    "ftp://127.0.0.1/",
    "https://site.example\\@169.254.169.254/",
    "http://169.254.169.254/latest/meta-data",
    "http://[::ffff:169.254.169.254]/",
    "http://10.0.0.1/",
    "http://127.0.0.1:9/",
    "http://100.64.0.1/",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://017700000001/",
    "http://[64:ff9b::a00:1]/",
    "http://[2002:7f00:1::]/",
]


@pytest.fixture(autouse=True)
def nothing_connects(monkeypatch):
    """Any connection to another place than a test's own server fails the test."""
    connect = socket.socket.connect
    opened: list[object] = []

    def noted(self, address):
        opened.append(address)
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", noted)
    return opened


@pytest.mark.django_db
@pytest.mark.parametrize("url", BAD)
def test_an_address_that_skipped_every_form_is_refused_when_it_is_fetched_cve_2025_62780(
    url, nothing_connects
):
    """CVE-2025-62780, CVE-2024-51483, CVE-2026-27696: the last check is at the door out, not at the form."""
    source = make_source(url=url, ignores_robots=True)
    outcomes = [fetch.outcome for fetch in fetch_document(source.document)]
    assert outcomes == [Outcome.REFUSED]
    assert nothing_connects == []
    assert Fetch.objects.filter(snapshot__isnull=False).count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("url", BAD)
def test_robots_txt_of_such_an_address_is_not_asked_for_either_ghsa_56fq(url, nothing_connects):
    source = make_source(url=url)
    assert [fetch.outcome for fetch in fetch_document(source.document)] == [Outcome.REFUSED]
    assert nothing_connects == []


@pytest.mark.parametrize("url", BAD[:9])
def test_an_imported_declaration_with_such_an_address_is_refused_cve_2025_62780(url):
    declared = {"name": "Coppermere", "terms": {"Terms of Service": {"fetch": url, "select": "main"}}}
    service = read_service("Coppermere", json.dumps(declared))
    assert service.terms == {}
    assert service.problems


@pytest.mark.django_db
def test_a_javascript_address_is_shown_and_never_a_link_cve_2023_24769(client: Client):
    link = "javascript:alert(document.domain)//http://site.example/"
    platform = make_platform(homepage=link)
    source = make_source(make_document(platform), url=link)
    capture(source, f"<p>We keep it. <a href='{link}'>More</a></p>", day(0))
    document = source.document
    for address in (
        reverse("document", args=[platform.slug, document.slug]),
        reverse("platform", args=[platform.slug]),
        reverse("snapshot", args=[source.snapshots.get().number]),
        reverse("status"),
        reverse("platforms"),
    ):
        page = client.get(address).content.decode().lower()
        assert 'href="javascript:' not in page, address
        assert "href='javascript:" not in page, address


@pytest.mark.django_db
def test_a_way_of_reading_that_does_not_exist_reads_through_the_guarded_client_ghsa_mh42():
    """GHSA-mh42: a name from an import chose which code ran. A choice is one of an enum, or the plain one."""
    source = make_source(url="http://10.0.0.1/", render="../../x", ignores_robots=True)
    assert [fetch.outcome for fetch in fetch_document(source.document)] == [Outcome.REFUSED]
    with pytest.raises(Exception, match="not a valid choice"):
        Source(document=source.document, url="https://site.example/", render="../../x").full_clean()
    with pytest.raises(Exception, match="not a valid choice"):
        Document(platform=make_platform(), slug="a", name="a", type="../../x").full_clean()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "headers",
    [
        {"Cookie": "s=1"},
        {"Host": "169.254.169.254"},
        {"Authorization": "Basic x"},
        {"Accept": "a\r\nCookie: s=1"},
        {"Accept": 7},
        ["Cookie"],
        "Cookie: s=1",
    ],
)
def test_headers_that_skipped_every_form_are_not_sent_cve_2025_62780(headers, settings):
    settings.FETCH_ALLOW_PRIVATE = True

    def answer(connection, path):
        connection.sendall(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 11\r\n\r\n<p>Terms</p>"
        )

    with hostile_server(answer) as server:
        source = make_source(url=server.url, request_headers=headers, select=[], ignores_robots=True)
        assert len(list(fetch_document(source.document))) == 1
    assert len(server.requests) == 1
    sent = server.requests[0].lower()
    assert f"host: 127.0.0.1:{server.port}" in sent
    for word in ("cookie", "authorization", "169.254"):
        assert word not in sent


@pytest.mark.django_db
@pytest.mark.parametrize("terms", ["../../etc/passwd", "Terms of Service", "x" * 500, "<script>", "\u202e"])
def test_an_imported_document_has_a_type_and_names_of_the_house_ghsa_mh42(terms):
    from monitor.importing.watch_list import ensure_document

    document = ensure_document("../" + terms, terms, terms)
    assert document.type in DocumentType.values
    for name in (document.slug, document.platform.slug):
        assert name.replace("-", "").replace("_", "").isalnum()


@pytest.mark.parametrize(
    "location",
    [
        "http://0x7f000001:{port}/inside",
        "http://2130706433:{port}/inside",
        "//127.0.0.1:{port}/inside",
        "http:\\\\127.0.0.1:{port}/inside",
        "http://site.example\\@127.0.0.1:{port}/inside",
        "https:127.0.0.1:{port}/inside",
    ],
)
def test_a_redirect_spelled_oddly_is_checked_like_any_other_ghsa_rph4(location, monkeypatch):
    """GHSA-rph4-96w6-q594: the address that is checked is the one that is connected to."""
    from monitor import fetching

    allowed = fetching.is_allowed
    monkeypatch.setattr(
        fetching, "is_allowed", lambda address, **how: address == "127.0.0.9" or allowed(address, **how)
    )
    asked = []

    def answer(connection, path):
        asked.append(path)
        port = server.port
        head = f"HTTP/1.1 302 Found\r\nLocation: {location.format(port=port)}\r\nContent-Length: 0\r\n\r\n"
        connection.sendall(head.encode())

    with hostile_server(answer, host="127.0.0.9") as server, pytest.raises((Refused, fetching.Unreachable)):
        get(server.url, Limits(max_bytes=1000, seconds=5, user_agent="Tests"))
    assert asked == ["/terms"]
