"""Whether stored bytes and texts still have the hash they are stored under."""

from __future__ import annotations

from collections.abc import Iterator
from zlib import crc32

from monitor.core.packing import CorruptBytes, unpack
from monitor.models import Blob, Snapshot
from monitor.models.packed import Packed
from monitor.verifying.finding import Finding


def check_packed(row: Packed) -> Iterator[Finding]:
    """That the bytes of a row, and of the row they are packed against, can be unpacked and have their hash and size.

    A damaged base is named with each row that rests on it: all of these are lost with it.
    """
    name = f"{row._meta.verbose_name} {row.pk}"
    if row.is_removed:
        yield from _check_removed(row, name)
        return
    if crc32(bytes(row.packed)) != row.checksum:
        # Some bits of a packed form mean nothing to whoever unpacks it.
        yield Finding(name, "its packed bytes are not those that were written")
    base = None
    base_key: str | None = row.base_id  # type: ignore[attr-defined]
    if base_key:
        found = type(row)._default_manager.filter(pk=base_key).first()
        if found is None:
            yield Finding(name, f"the bytes it is packed against, {base_key}, are gone")
            return
        try:
            base = found.body()
        except CorruptBytes as error:
            yield Finding(name, f"the bytes it is packed against do not hold: {error}")
            return
    try:
        body = unpack(bytes(row.packed), base, size=row.size, key=row.pk)
    except CorruptBytes as error:
        yield Finding(name, str(error))
        return
    if len(body) != row.size:
        yield Finding(name, f"it has {len(body)} bytes, and {row.size} are noted")


def _check_removed(row: Packed, name: str) -> Iterator[Finding]:
    """That bytes which are gone were given up by every capture that had them, and none are packed against them."""
    resting = Snapshot.objects.filter(blob=row.pk, bytes_removed_at=None) if isinstance(row, Blob) else None
    if resting is None or resting.exists():
        yield Finding(name, "its bytes are gone, and no rule of retention gave them up")
    if type(row)._default_manager.filter(base=row.pk).exists():
        yield Finding(name, "its bytes are gone, and others are packed against them")
