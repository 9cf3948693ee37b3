"""A capture as WARC 1.1 records, which any tool for web archives reads: the same capture gives the same bytes."""

from __future__ import annotations

import hashlib
from base64 import b32encode
from collections.abc import Mapping
from io import BytesIO
from typing import IO
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from monitor import storage
from monitor.core.manifest import moment
from monitor.models import Fetch, Render, Snapshot

# They describe the bytes on the wire. Bytes are kept unpacked, so a reader that went by these would fail.
_OF_THE_WIRE = {"content-encoding", "content-length", "transfer-encoding"}
_WARC = "WARC/1.1"


def write_warc(snapshot: Snapshot, stream: IO[bytes]) -> None:
    """Write a capture as records, each gzipped for itself: warcinfo, and request and response or resource.

    A response where the head of the server's answer is known; else, for pages that a browser rendered and for imported
    texts, a resource. Header names that speak of the wire begin with `x-archive-orig-`. Of the request no more is known
    than address and host. Raises CorruptBytes.
    """
    body = storage.get(snapshot.blob)
    writer = WARCWriter(stream, gzip=True, warc_version="1.1")
    address = snapshot.final_url or snapshot.source.url
    status = _status(snapshot)
    about = {
        "software": "Proviso",
        "format": "WARC File Format 1.1",
        "description": f"Capture {snapshot.public_id}, of {snapshot.source.url}",
    }
    info = "".join(f"{name}: {value}\r\n" for name, value in about.items()).encode()
    _write(writer, snapshot, "warcinfo", "", info, None)
    if status:
        _write(writer, snapshot, "request", address, b"", _request(address))
        _write(writer, snapshot, "response", address, body, _head(status, snapshot.headers, body))
    else:
        _write(writer, snapshot, "resource", address, body, None)


def write_revisits(snapshot: Snapshot, stream: IO[bytes]) -> int:
    """Write a revisit record for each later attempt that gave the same bytes. How many.

    They are of the profile identical-payload-digest of WARC 1.1, and refer to the record of the first capture.
    """
    writer = WARCWriter(stream, gzip=True, warc_version="1.1")
    kind = "response" if _status(snapshot) else "resource"
    attempts = Fetch.objects.filter(snapshot=snapshot).order_by("at")
    later = list(attempts.filter(at__gt=snapshot.captured_at).values_list("at", "final_url"))
    for at, final_url in later:
        headers = {
            "WARC-Record-ID": _record_id(snapshot, f"revisit/{moment(at)}"),
            "WARC-Date": moment(at),
            "WARC-Profile": "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest",
            "WARC-Refers-To": _record_id(snapshot, kind),
            "WARC-Refers-To-Target-URI": _one_line(snapshot.final_url or snapshot.source.url),
            "WARC-Refers-To-Date": moment(snapshot.captured_at),
            "WARC-Payload-Digest": _digest_of(snapshot.blob_id),
        }
        address = _one_line(final_url or snapshot.source.url)
        record = writer.create_warc_record(
            address, "revisit", payload=BytesIO(), length=0, warc_headers_dict=headers
        )
        writer.write_record(record)
    return len(later)


def _status(snapshot: Snapshot) -> int | None:
    """The status that the bytes were served with; None where no more of the answer is known than its type.

    Imports know the type alone, and what a browser rendered is no server's answer.
    """
    if snapshot.source.render not in {Render.HTTP, Render.ARCHIVE} or len(snapshot.headers) <= 1:
        return None
    answers = Fetch.objects.filter(snapshot=snapshot, status__isnull=False).order_by("at")
    return answers.values_list("status", flat=True).first()


def _write(
    writer: WARCWriter,
    snapshot: Snapshot,
    kind: str,
    address: str,
    body: bytes,
    head: StatusAndHeaders | None,
) -> None:
    if head:
        head.compute_headers_buffer()
    block = (head.headers_buff if head else b"") + body
    headers = {
        "WARC-Record-ID": _record_id(snapshot, kind),
        "WARC-Date": moment(snapshot.captured_at),
        "WARC-Block-Digest": _digest(block),
    }
    if kind != "warcinfo":
        headers["WARC-Payload-Digest"] = _digest(body)
        headers["WARC-Warcinfo-ID"] = _record_id(snapshot, "warcinfo")
    if kind == "request":
        headers["WARC-Concurrent-To"] = _record_id(snapshot, "response")
    record = writer.create_warc_record(
        _one_line(address),
        kind,
        payload=BytesIO(body),
        length=len(body),
        warc_content_type=_one_line(snapshot.content_type) if kind == "resource" else "",
        warc_headers_dict=headers,
        http_headers=head,
    )
    writer.write_record(record)


def _record_id(snapshot: Snapshot, kind: str) -> str:
    return f"<urn:uuid:{uuid5(NAMESPACE_URL, f'{snapshot.public_id}/{snapshot.blob_id}/{kind}')}>"


def _digest(body: bytes) -> str:
    return _digest_of(hashlib.sha256(body).hexdigest())


def _digest_of(sha256: str) -> str:
    return f"sha256:{b32encode(bytes.fromhex(sha256)).decode()}"


def _request(address: str) -> StatusAndHeaders:
    parts = urlsplit(address)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return StatusAndHeaders(
        f"GET {_one_line(path)} HTTP/1.1", [("Host", _one_line(parts.netloc))], is_http_request=True
    )


def _head(status: int, headers: Mapping[str, str], body: bytes) -> StatusAndHeaders:
    # Sorted: some databases do not keep the order.
    named = [
        (f"x-archive-orig-{name}" if name in _OF_THE_WIRE else _one_line(name), _one_line(value))
        for name, value in sorted(headers.items())
    ]
    named.append(("content-length", str(len(body))))
    return StatusAndHeaders(str(status), named, protocol="HTTP/1.1")


def _one_line(text: str) -> str:
    """Without line ends, with which a header could bring in others, and as ASCII."""
    return " ".join(text.split()).encode("ascii", "backslashreplace").decode()
