"""The bytes of captures and the texts of versions, kept under their SHA-256."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar, cast
from zlib import crc32

from monitor.core.normalize import sha256
from monitor.core.packing import CorruptBytes, pack
from monitor.models import Blob, PackedText, Version
from monitor.models.packed import Packed

__all__ = ["CorruptBytes", "drop_texts", "get", "hold", "put", "put_text", "take_away"]

# A text that takes more room than this share of its base's is kept whole, and the next ones against it: of documents
# that change a little at each version the differences add up, and of one that was rewritten the old text is no help.
_MOST_OF_BASE = 0.25
# Of captures, from this share of its root's room on it is worth a look whether a new root would do better.
_DRIFTED = 0.05
_Row = TypeVar("_Row", bound=Packed)


def put(body: bytes, base: Blob | None = None) -> Blob:
    """Store bytes once, compressed against the root of `base` where one is given. The same bytes give the same row.

    Bytes that the root resembles far less than `base` does are stored whole, and are the root of what follows: a page's
    scripts and tokens drift away from any one capture of it.
    """
    key = sha256(body)
    stored = Blob.objects.filter(pk=key).first()
    if stored and not stored.is_removed:
        return stored
    root, against = _root(base)
    packed = pack(body, against)
    if root and base and len(packed) > _DRIFTED * len(root.packed) and _is_nearer(body, base, packed):
        root, packed = None, pack(body)
    return _put_back(stored, body, root, packed) if stored else _store(Blob, key, body, root, packed)


def hold(blob: Blob, body: bytes) -> None:
    """Make sure that bytes are still there, and stay until the transaction ends in which a capture comes to have them.

    A rule of retention may have taken them, or those they are packed against, since they were put.
    """
    keys = {blob.pk, blob.base_id} - {None}
    rows = {row.pk: row for row in Blob.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    if any(row.is_removed for row in rows.values()):
        _put_back(rows[blob.pk], body, None, pack(body))


def _put_back(row: Blob, body: bytes, root: Blob | None, packed: bytes) -> Blob:
    """Give a row its bytes again, which were removed or have lost what they were packed against."""
    row.base, row.packed, row.checksum = root, packed, crc32(packed)
    row.save(update_fields=["base", "packed", "checksum"])
    return row


def take_away(blob: Blob) -> None:
    """Remove the bytes of a row and leave the row: that they had this hash stays on record."""
    blob.base, blob.packed, blob.checksum = None, b"", 0
    blob.save(update_fields=["base", "packed", "checksum"])


def _is_nearer(body: bytes, base: Blob, packed: bytes) -> bool:
    """Whether bytes differ less than half as much from `base` as from its root."""
    try:
        return base.base is not None and len(pack(body, base.body())) < len(packed) / 2
    except CorruptBytes:
        return False


def get(blob: Blob) -> bytes:
    """The bytes, checked against their hash. Raises CorruptBytes where they do not match."""
    return blob.body()


def put_text(body: bytes, like: PackedText | None = None) -> PackedText:
    """Store a text or an outline once: against the root of one `like` it, or whole where that saves little.

    So at most two rows are read to get one back, however many versions a document has.
    """
    key = sha256(body)
    stored = PackedText.objects.filter(pk=key).first()
    if stored:
        return stored
    root, against = _root(like)
    packed = pack(body, against)
    if root and len(packed) > _MOST_OF_BASE * len(root.packed):
        root, packed = None, pack(body)
    return _store(PackedText, key, body, root, packed)


def drop_texts(keys: Iterable[str]) -> None:
    """Remove those of these texts and outlines, and of their bases, that nothing rests on any more."""
    rows = PackedText.objects.filter(pk__in=list(keys))
    found = {key for pair in rows.values_list("pk", "base") for key in pair if key}
    unused = PackedText.objects.filter(pk__in=found)
    for needed in ("packed_text", "packed_outline"):
        unused = unused.exclude(pk__in=Version.objects.values(needed))
    # What is packed against another goes before it, and what others are packed against stays.
    unused.filter(base__isnull=False).delete()
    unused.exclude(pk__in=PackedText.objects.filter(base__isnull=False).values("base")).delete()


def _root(like: _Row | None) -> tuple[_Row | None, bytes | None]:
    """The row to compress against and its bytes: never one that itself has a base, nor a damaged one."""
    root = cast("_Row", like.base or like) if like else None
    try:
        return root, root.body() if root else None
    except CorruptBytes:
        # What is stored from now on must not be lost with it.
        return None, None


def _store(model: type[_Row], key: str, body: bytes, root: _Row | None, packed: bytes) -> _Row:
    row, _ = model._default_manager.get_or_create(
        pk=key, defaults={"size": len(body), "base": root, "packed": packed, "checksum": crc32(packed)}
    )
    return row
