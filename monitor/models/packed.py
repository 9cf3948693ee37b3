"""Bytes in the database: compressed, each alone or against one other row, and checked whenever they are read."""

from __future__ import annotations

from django.db import models

from monitor.core.packing import RemovedBytes, unpack


class Packed(models.Model):
    """Bytes by their SHA-256, compressed; against another row's bytes where `base` is set.

    In the database and not in files: bytes and the rows that need them commit together, and one backup holds all.
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField(help_text="Bytes before compression")
    base = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    packed = models.BinaryField()
    checksum = models.PositiveBigIntegerField(default=0, help_text="CRC-32 of the bytes as they are packed")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.sha256

    @property
    def is_removed(self) -> bool:
        """Whether a rule of retention took the bytes away: packed, even none at all are some."""
        return not self.packed

    def body(self) -> bytes:
        """The bytes, checked against their hash. Raises CorruptBytes where they do not match, or were removed."""
        if self.is_removed:
            raise RemovedBytes(f"the bytes of {self.pk} were removed by a rule of retention")
        base = self.base.body() if self.base else None
        return unpack(bytes(self.packed), base, size=self.size, key=self.sha256)
