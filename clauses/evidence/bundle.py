"""A record as a ZIP that proves itself: the same record gives the same bytes, until something is added to it."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import IO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from clauses.evidence.contents import Contents, contents_of, links_of, places_of, roots_of
from clauses.evidence.readme import readme
from clauses.models import ChangeSet, Clause
from monitor.core.manifest import canonical, moment
from monitor.core.normalize import sha256
from monitor.core.outline import write_outline
from monitor.models import Document, Root, Snapshot, Version
from monitor.warc import write_warc

_SCRIPT = Path(__file__).with_name("verify.py")
# Without times and names of machines. Not compressed: other releases of zlib would give other bytes.
_WRITTEN_AT = (1980, 1, 1, 0, 0, 0)
_ORDINARY_FILE = 0o100644 << 16


def write_bundle(record: Clause | ChangeSet | Version | Snapshot | Document, stream: IO[bytes]) -> int:
    """Write the bundle of a record. How many files it holds. Raises CorruptBytes where what it rests on is damaged.

    A capture is read twice, for the sums stand before it: no more than one is held at a time.
    """
    contents = contents_of(record)
    sums = {name: sha256(body) for name, body in _files(contents)}
    listed = "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))
    with ZipFile(stream, "w", ZIP_STORED) as archive:
        _add(archive, record.public_id, "SHA256SUMS", listed.encode())
        for name, body in _files(contents):
            _add(archive, record.public_id, name, body)
    return len(sums) + 1


def _add(archive: ZipFile, folder: str, name: str, body: bytes) -> None:
    info = ZipInfo(f"{folder}/{name}", _WRITTEN_AT)
    info.create_system, info.external_attr = 3, _ORDINARY_FILE
    archive.writestr(info, body)


def _files(contents: Contents) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file, in the order of their names."""
    roots = roots_of(contents)
    yield "README.txt", readme(contents, roots).encode()
    for snapshot in contents.snapshots:
        yield f"captures/{snapshot.public_id}.headers.json", canonical(snapshot.headers)
        yield f"captures/{snapshot.public_id}.warc.gz", _warc(snapshot)
    yield f"chain/{contents.document.public_id}.jsonl", _chain(contents)
    yield "keys.json", canonical({root.key_id: root.key.public for root in roots})
    for key, pem in sorted({root.key_id: _pem(root.key.public) for root in roots}.items()):
        yield f"keys/{key}.pem", pem
    yield "record.json", _record(contents, roots)
    for root in roots:
        yield from _root(root)
    for version in contents.versions:
        yield f"texts/{version.public_id}.outline", write_outline(version.outline)
        yield f"texts/{version.public_id}.txt", version.text.encode()
    yield "verify.py", _SCRIPT.read_bytes()


def _warc(snapshot: Snapshot) -> bytes:
    stream = BytesIO()
    write_warc(snapshot, stream)
    return stream.getvalue()


def _chain(contents: Contents) -> bytes:
    lines = []
    for link, is_wanted in links_of(contents):
        line: dict[str, object] = {
            "link": {
                "format": "proviso-link-1",
                "document": contents.document.public_id,
                "position": link.position,
                "previous": link.previous,
                "recorded_at": moment(link.recorded_at),
                "manifest_sha256": sha256(link.manifest.encode()),
            },
            "sha256": link.sha256,
        }
        if is_wanted:
            line["manifest"] = link.manifest
        lines.append(canonical(line) + b"\n")
    return b"".join(lines)


def _root(root: Root) -> Iterator[tuple[str, bytes]]:
    name = f"roots/{root.on.isoformat()}"
    yield f"{name}.json", root.manifest.encode()
    yield f"{name}.sig", bytes.fromhex(root.signature)
    if root.stamp is not None:
        yield f"{name}.tsr", bytes(root.stamp)


def _record(contents: Contents, roots: list[Root]) -> bytes:
    document = contents.document
    return canonical(
        {
            "format": "proviso-bundle-1",
            "record": contents.record.public_id,
            "site": settings.SITE_URL,
            "document": {
                "id": document.public_id,
                "platform": document.platform.name,
                "name": document.name,
            },
            "versions": [version.public_id for version in contents.versions],
            "captures": [snapshot.public_id for snapshot in contents.snapshots],
            "clauses": list(places_of(contents)),
            "roots": [root.on.isoformat() for root in roots],
        }
    )


def _pem(public: str) -> bytes:
    """A public key as openssl reads it."""
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
