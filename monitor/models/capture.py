"""What was captured: attempts, the bytes as served, and where these bytes are kept."""

from __future__ import annotations

from django.db import models

from monitor.models.checked import Checked
from monitor.models.counter import Numbered
from monitor.models.packed import Packed
from monitor.models.watch_list import Source


class Outcome(models.TextChoices):
    """What came of one attempt to read a source.

    The first group read the document's text; the second read none; the third read a text that the gate held back.
    """

    FIRST = "first", "First text"
    UNCHANGED = "unchanged", "Same bytes"
    WHITESPACE = "whitespace", "Same text, other spaces or quotation marks"
    LINKS = "links", "Same text, other link targets"
    SAME_TEXT = "same_text", "Same text, other markup"
    CANDIDATE = "candidate", "New text, being confirmed"
    CONFIRMED = "confirmed", "New text, confirmed"
    TRANSIENT = "transient", "Seen once and gone"
    FLIP = "flip", "Unstable source: returned to an earlier text"
    TECHNICAL = "technical", "Our own reading changed"

    UNREACHABLE = "unreachable", "Not reachable"
    REFUSED = "refused", "Address not allowed"
    HTTP_ERROR = "http_error", "Error answer of the server"
    TOO_LARGE = "too_large", "Page too large"
    TIMED_OUT = "timed_out", "Took too long"
    NOT_TEXT = "not_text", "Not a readable text"
    NOTHING_SELECTED = "nothing_selected", "Selectors found nothing"
    EMPTY = "empty", "No text in the page"
    UNREADABLE = "unreadable", "Our reading failed"
    DISALLOWED = "disallowed", "robots.txt asks not to read it"

    SOFT_ERROR = "soft_error", "Error page"
    BOT_WALL = "bot_wall", "Bot wall"
    LOGIN_WALL = "login_wall", "Login wall"
    CONSENT_WALL = "consent_wall", "Cookie wall"
    SHELL = "shell", "Frame without its text"
    PARTIAL = "partial", "Half-loaded page"
    OTHER_LANGUAGE = "other_language", "Other language or region"
    WRONG_DOCUMENT = "wrong_document", "Another document"

    @classmethod
    def showing(cls) -> list[Outcome]:
        """What a capture is called that showed the text in force."""
        return [
            cls.FIRST,
            cls.UNCHANGED,
            cls.WHITESPACE,
            cls.LINKS,
            cls.SAME_TEXT,
            cls.CONFIRMED,
            cls.TECHNICAL,
        ]

    @classmethod
    def quarantined(cls) -> list[Outcome]:
        """What the capture gate held back: a text was read, and is not believed to be the document."""
        return [
            cls.SOFT_ERROR,
            cls.BOT_WALL,
            cls.LOGIN_WALL,
            cls.CONSENT_WALL,
            cls.SHELL,
            cls.PARTIAL,
            cls.OTHER_LANGUAGE,
            cls.WRONG_DOCUMENT,
        ]

    @classmethod
    def problems(cls) -> list[Outcome]:
        """The outcomes that gave no text of the document: capture problems, never changes."""
        return [
            cls.UNREACHABLE,
            cls.REFUSED,
            cls.HTTP_ERROR,
            cls.TOO_LARGE,
            cls.TIMED_OUT,
            cls.NOT_TEXT,
            cls.NOTHING_SELECTED,
            cls.EMPTY,
            cls.UNREADABLE,
            cls.DISALLOWED,
            *cls.quarantined(),
        ]


class Blob(Packed):
    """The bytes of captures, as served."""


class Snapshot(Numbered):
    """The bytes of a source as served, untouched, at their first capture, with what was read from them."""

    LETTER = "S"

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="snapshots")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    captured_at = models.DateTimeField()
    content_type = models.CharField(max_length=200, blank=True)
    final_url = models.CharField(max_length=2000, blank=True)
    headers = models.JSONField(default=dict)
    fingerprint = models.CharField(
        max_length=64, blank=True, help_text="Of the text read; empty where none was"
    )
    text_sha256 = models.CharField(
        max_length=64, blank=True, help_text="Of the text as it was read, white space and glyphs included"
    )
    links_sha256 = models.CharField(
        max_length=64, blank=True, help_text="Of the targets of the links in what was read"
    )
    reading_key = models.CharField(
        max_length=64, help_text="Extractor version and selectors the text was read with"
    )
    verdict = models.CharField(
        max_length=20,
        choices=Outcome,
        blank=True,
        help_text="Why the capture gate held it back; empty: healthy",
    )
    reasons = models.JSONField(default=list, help_text="Of the verdict: code and words of each")
    bytes_removed_at = models.DateTimeField(
        null=True, blank=True, help_text="When a rule of retention gave up its bytes; empty: they are kept"
    )

    class Meta:
        ordering = ["-captured_at"]
        constraints = [
            models.UniqueConstraint(fields=["source", "blob"], name="snapshot_bytes_once_a_source")
        ]

    def __str__(self) -> str:
        return self.public_id


class Fetch(Checked):
    """One attempt to read a source, and its outcome."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="fetches")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=20, choices=Outcome)
    status = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="HTTP status of the last answer"
    )
    message = models.CharField(max_length=300, blank=True)
    final_url = models.CharField(
        max_length=2000, blank=True, help_text="Where redirects led; empty: nowhere else"
    )
    seconds = models.FloatField(default=0)
    snapshot = models.ForeignKey(
        Snapshot, null=True, blank=True, on_delete=models.PROTECT, related_name="fetches"
    )

    class Meta:
        verbose_name_plural = "fetches"
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["source", "at"], name="fetch_once_a_moment")]
        indexes = [models.Index(fields=["-at"])]

    def __str__(self) -> str:
        return f"{self.source.url} {self.at:%Y-%m-%d %H:%M} {self.outcome}"

    @property
    def is_problem(self) -> bool:
        """Whether no text was read."""
        return self.outcome in Outcome.problems()
