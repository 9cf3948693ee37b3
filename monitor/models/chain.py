"""The chains of documents, the daily roots over them, and the keys that signed these."""

from __future__ import annotations

from django.db import models

from monitor.models.checked import Checked
from monitor.models.watch_list import Document


class SigningKey(Checked):
    """The public half of a key that signs roots. Kept for ever: old signatures are checked with it."""

    fingerprint = models.CharField(max_length=64, primary_key=True, help_text="SHA-256 of the public key")
    public = models.CharField(max_length=64, help_text="Ed25519, 32 bytes, hexadecimal")
    first_used_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True, help_text="When another key signed in its place")

    class Meta:
        ordering = ["-first_used_at"]

    def __str__(self) -> str:
        return self.fingerprint


class Root(Checked):
    """What all chains came to on a day, signed."""

    # Who asks for a stamp right now.
    UNSUMMED = frozenset({"stamp_tried_at"})

    on = models.DateField(unique=True)
    manifest = models.TextField(help_text="Canonical JSON: what is hashed and signed")
    sha256 = models.CharField(max_length=64)
    key = models.ForeignKey(SigningKey, on_delete=models.PROTECT, related_name="roots")
    signature = models.CharField(max_length=128, help_text="Ed25519, hexadecimal")
    stamp = models.BinaryField(null=True, editable=False, help_text="RFC 3161 answer of an authority, DER")
    stamp_sha256 = models.CharField(max_length=64, blank=True)
    stamp_tried_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-on"]

    def __str__(self) -> str:
        return f"root of {self.on}"


class Link(models.Model):
    """That a document's chain took in a record as it then was. A record that is changed is taken in again.

    `root` is the first one that covers it; empty until the next one is made.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="links")
    position = models.PositiveIntegerField(help_text="1 for the first one")
    record = models.CharField(max_length=24, help_text="Public ID of a snapshot or version")
    manifest = models.TextField(help_text="Canonical JSON: what was on record")
    previous = models.CharField(max_length=64, blank=True, help_text="Hash of the link before")
    recorded_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)
    root = models.ForeignKey(Root, null=True, blank=True, on_delete=models.PROTECT, related_name="links")

    class Meta:
        ordering = ["document", "position"]
        constraints = [models.UniqueConstraint(fields=["document", "position"], name="link_position_once")]
        indexes = [models.Index(fields=["document", "record"])]

    def __str__(self) -> str:
        return f"{self.document_id} {self.position}: {self.record}"
