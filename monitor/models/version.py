"""The texts of a document: confirmed versions, and the one that is being confirmed."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

from django.db import models
from django.utils.functional import cached_property

from monitor.core.blocks import Block
from monitor.core.outline import blocks_of, read_outline
from monitor.core.packing import CorruptBytes
from monitor.models.capture import Snapshot
from monitor.models.checked import Checked
from monitor.models.counter import Numbered
from monitor.models.packed import Packed
from monitor.models.watch_list import Document, Source


class Cause(models.TextChoices):
    """Why a version came to be."""

    FIRST = "first", "First text"
    PUBLISHER = "publisher", "Changed by the publisher"
    TECHNICAL = "technical", "Read anew by us"


class Origin(models.TextChoices):
    """The door a capture came through. Only what was fetched owes alerts."""

    FETCH = "fetch", "Fetched"
    SAMPLE = "sample", "Sample"
    IMPORT = "import", "Imported"


class PackedText(Packed):
    """The texts and outlines of versions, each once. Never deleted while a version or another row rests on it."""


class Version(Numbered):
    """The confirmed text of a document between two real changes, dated at its first sight.

    `text` and `outline` are read when they are asked for, so that no list of versions carries them. Whoever asks for
    those of many versions selects the rows of `TEXTS` along.
    """

    LETTER = "V"
    # Earlier history that comes in moves all of them; they have to be numbered in a row.
    UNSUMMED = frozenset({"ordinal"})
    TEXTS = ("packed_text__base", "packed_outline__base")

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    ordinal = models.PositiveIntegerField(help_text="1 for the first text; for display only")
    cause = models.CharField(max_length=12, choices=Cause)
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.FETCH)
    first_seen_at = models.DateTimeField()
    confirmed_at = models.DateTimeField()
    title = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=12, blank=True, help_text="As the page states it, else detected")
    effective_on = models.DateField(
        null=True, blank=True, help_text="As the text itself states it; empty: unknown"
    )
    updated_on = models.DateField(
        null=True, blank=True, help_text="Last updated, as the text itself states it; empty: unknown"
    )
    packed_text = models.ForeignKey(
        PackedText,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        help_text="Of the text as UTF-8",
    )
    text_sha256 = models.CharField(max_length=64, help_text="SHA-256 of the text as UTF-8")
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of the comparable form of the text")
    packed_outline = models.ForeignKey(
        PackedText, on_delete=models.PROTECT, related_name="+", editable=False, help_text="Of the blocks"
    )
    extractor_version = models.CharField(max_length=12)
    returns_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["document", "-ordinal"]
        constraints = [models.UniqueConstraint(fields=["document", "ordinal"], name="version_ordinal_once")]
        indexes = [models.Index(fields=["document", "fingerprint"])]

    def __str__(self) -> str:
        return self.public_id

    @cached_property
    def text(self) -> str:
        """The words. Raises CorruptBytes where they are not those that the hash was taken of."""
        if self.packed_text_id != self.text_sha256:
            raise CorruptBytes(f"the text stored for {self} is not the one with its hash, {self.text_sha256}")
        return self.packed_text.body().decode()

    @cached_property
    def outline(self) -> list[list[Any]]:
        """The blocks as rows: kind, start, end, level, header cells, and the page if any. Raises CorruptBytes."""
        return read_outline(self.packed_outline.body())

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of the text."""
        return blocks_of(self.outline)

    def page_at(self, offset: int) -> int:
        """The page on which the block at an offset of the text begins; 0 where the document has no pages."""
        before = bisect_right(self.outline, offset, key=lambda row: row[1])
        page = self.outline[before - 1][5:] if before else []
        return page[0] if page else 0

    @property
    def predecessor(self) -> Version | None:
        """The version before this one, or None for the first."""
        return Version.objects.filter(document=self.document_id, ordinal=self.ordinal - 1).first()


class Part(Checked):
    """The stretch of a version's text that was read from one source, and the snapshot it rests on."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="parts")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)

    class Meta:
        ordering = ["version", "position"]
        constraints = [models.UniqueConstraint(fields=["version", "position"], name="part_position_once")]

    def __str__(self) -> str:
        return f"{self.version} part {self.position}"


class Candidate(Checked):
    """A new text seen but not yet confirmed. At most one a document; it has no public ID and is never analyzed.

    `is_flip`: it was seen again, but is an earlier text that came back too soon to be believed.
    """

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="candidate")
    fingerprint = models.CharField(max_length=64)
    snapshots = models.JSONField(help_text="Source and snapshot keys, in reading order")
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    is_flip = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.document} since {self.first_seen_at:%Y-%m-%d %H:%M}"
