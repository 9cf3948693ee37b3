"""Captures as WARC records: read back by warcio, alike each time, and safe against what a server sends as headers."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from monitor.models import Render, Snapshot, Source
from monitor.tracking import Arrival, record
from monitor.warc import write_warc
from tests.builders import HTML, capture, day, make_source, page

pytestmark = pytest.mark.django_db

SENT = HTML | {"server": "nginx", "content-encoding": "gzip", "content-length": "12", "date": "today"}


def captured(headers: dict[str, str], **arrival) -> Snapshot:
    """A capture with these headers."""
    fetch = record(make_source(), page("<p>We keep it.</p>"), headers, day(0), arrival=Arrival(**arrival))
    return Snapshot.objects.select_related("source", "blob").get(pk=fetch.snapshot_id)


def warc(snapshot: Snapshot) -> bytes:
    """Its records."""
    stream = BytesIO()
    write_warc(snapshot, stream)
    return stream.getvalue()


def read(body: bytes):
    """Kind, WARC headers, head of the message and payload of every record."""
    return [
        (one.rec_type, one.rec_headers, one.http_headers, one.content_stream().read())
        for one in ArchiveIterator(BytesIO(body), check_digests="raise")
    ]


def test_an_answer_is_a_request_and_a_response_with_its_headers() -> None:
    snapshot = captured(SENT, status=203, final_url="https://site.example/terms?a=1")
    info, request, response = read(warc(snapshot))
    assert [info[0], request[0], response[0]] == ["warcinfo", "request", "response"]
    assert request[2].statusline == "/terms?a=1 HTTP/1.1"
    assert request[2].get_header("host") == "site.example"
    _, about, head, payload = response
    assert payload == snapshot.blob.body()
    assert head.get_statuscode() == "203"
    assert head.get_header("server") == "nginx"
    assert head.get_header("x-archive-orig-content-encoding") == "gzip"
    assert head.get_header("content-encoding") is None
    assert head.get_header("content-length") == str(len(payload))
    assert about.protocol == "WARC/1.1"
    assert about.get_header("WARC-Target-URI") == "https://site.example/terms?a=1"
    assert about.get_header("WARC-Date") == "2025-03-01T06:00:00.000000Z"


def test_what_is_no_answer_of_a_server_is_a_resource() -> None:
    rendered = captured(SENT)
    Source.objects.filter(pk=rendered.source_id).update(render=Render.BROWSER)
    rendered = Snapshot.objects.get(pk=rendered.pk)
    for snapshot in (captured(HTML), rendered):
        _, (kind, about, _, payload) = read(warc(snapshot))
        assert kind == "resource"
        assert about.get_header("Content-Type") == HTML["content-type"]
        assert payload == snapshot.blob.body()


def test_the_same_capture_gives_the_same_bytes() -> None:
    snapshot = captured(SENT)
    first = warc(snapshot)
    capture(snapshot.source, "<p>Another.</p>", day(0) + timedelta(days=1))
    assert warc(Snapshot.objects.get(pk=snapshot.pk)) == first


@pytest.mark.parametrize(
    "hostile",
    [
        {"x": "a\r\nWARC/1.1\r\nWARC-Type: response"},
        {"x\r\ny": "a"},
        {"x": "“näh” \ud83d\ude00"},
        {"x": "\udcff", "y": ""},
        {"content-type": "text/html\r\nx: y", "z": "1"},
    ],
    ids=["value", "name", "no ASCII", "half a sign", "type"],
)
def test_headers_cannot_bring_in_lines_or_records(hostile: dict[str, str]) -> None:
    snapshot = captured(SENT)
    snapshot.headers = SENT | hostile
    records = read(warc(snapshot))
    assert [kind for kind, *_ in records] == ["warcinfo", "request", "response"]
    assert records[-1][3] == snapshot.blob.body()
    assert len(records[-1][2].headers) == len(SENT | hostile) + 1


def test_any_tool_finds_every_digest_right(tmp_path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "capture.warc.gz"
    file.write_bytes(warc(captured(SENT)))

    class Command:
        inputs = [str(file)]
        verbose = True

    assert Checker(Command).process_all() == 0
    assert capsys.readouterr().out.count("digest pass") == 3
