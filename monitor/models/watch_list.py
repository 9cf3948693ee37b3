"""The watch list: platforms, their documents, and the pages these are read from."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from monitor.models.checked import Checked, CheckedManager, CheckedQuerySet
from monitor.models.counter import Numbered
from monitor.models.entered import (
    may_be_sent,
    validate_request_headers,
    validate_selectors,
    validate_web_address,
)


class ShownPlatforms(CheckedManager["Platform"]):
    """The platforms that anybody may see."""

    def get_queryset(self) -> models.QuerySet[Platform]:
        """All but those under which earlier history is coming in."""
        return super().get_queryset().filter(incoming_for__isnull=True)


class Platform(Checked):
    """A service people sign up to. `incoming_for`: it is that one's twin, under which earlier history comes in."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    description = models.CharField(max_length=300, blank=True)
    homepage = models.URLField(max_length=500, blank=True, validators=[validate_web_address])
    is_sample = models.BooleanField(
        default=False, help_text="Invented, shipped with Proviso; out of all counts"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    incoming_for = models.OneToOneField(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="incoming"
    )

    objects = ShownPlatforms()  # type: ignore[misc]
    everything = CheckedManager["Platform"]()

    class Meta:
        ordering = ["name"]
        base_manager_name = "everything"

    def __str__(self) -> str:
        return self.name


class DocumentType(models.TextChoices):
    """What kind of terms a document is."""

    TERMS = "terms_of_service", "Terms of service"
    PRIVACY = "privacy_policy", "Privacy policy"
    API_TERMS = "api_terms", "API terms"
    COMMERCIAL = "commercial_terms", "Commercial terms"
    ACCEPTABLE_USE = "acceptable_use", "Acceptable use policy"
    COMMUNITY = "community_guidelines", "Community guidelines"
    COOKIES = "cookie_policy", "Cookie policy"
    PROCESSING = "data_processing", "Data processing agreement"
    HELP = "help_article", "Help article"
    ANNOUNCEMENT = "announcement", "Announcement"
    OTHER = "other", "Other"


class Document(Numbered):
    """One set of terms a platform publishes, from one or several source pages."""

    LETTER = "D"
    DIGITS = 5
    # When it is read next, by whom, and whether that goes on: of the moment, and written by many at once.
    UNSUMMED = frozenset({"next_fetch_at", "claimed_at", "attempts", "round_at"})

    platform = models.ForeignKey(Platform, on_delete=models.PROTECT, related_name="documents")
    slug = models.SlugField(max_length=80)
    name = models.CharField(max_length=160)
    type = models.CharField(max_length=24, choices=DocumentType, default=DocumentType.TERMS)
    language = models.CharField(max_length=12, blank=True)
    jurisdiction = models.CharField(max_length=60, blank=True)
    audience = models.CharField(max_length=80, blank=True)

    is_paused = models.BooleanField(default=False, help_text="A paused document is not fetched")
    paused_by_import = models.BooleanField(
        default=False, editable=False, help_text="An import paused it, and a later one may start it"
    )
    succeeded_by = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="retired"
    )
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)
    interval_minutes = models.PositiveIntegerField(
        default=720,
        validators=[MinValueValidator(10), MaxValueValidator(44_640)],
        help_text="Minutes between two readings: 10 minutes to 31 days",
    )
    next_fetch_at = models.DateTimeField(null=True, blank=True, db_index=True)
    claimed_at = models.DateTimeField(null=True, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(
        default=0, editable=False, help_text="Readings begun and not yet finished"
    )
    round_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When a round began that is not complete"
    )
    read_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="Last reading of all sources"
    )
    reading_key = models.CharField(max_length=64, blank=True, editable=False)
    current_version = models.ForeignKey(
        "Version", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["platform__name", "name"]
        constraints = [
            models.UniqueConstraint(fields=["platform", "slug"], name="document_slug_in_platform"),
            models.CheckConstraint(
                condition=Q(succeeded_by__isnull=True, retired_at__isnull=True)
                | Q(succeeded_by__isnull=False, retired_at__isnull=False, is_paused=True),
                name="document_retired_is_paused",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.platform.name}, {self.name}"

    def seen_until(self, at: datetime) -> datetime:
        """The last reading before a moment: its text is known to stand up to then, and not a day longer."""
        return min(self.read_at or at, at)

    def clean(self) -> None:
        """What somebody starts is from then on paused by nobody but persons; what is retired is not started."""
        super().clean()
        if self.succeeded_by and not self.is_paused:
            raise ValidationError({"is_paused": f"It is retired: {self.succeeded_by.name} is read instead"})
        if not self.is_paused:
            self.paused_by_import = False


class SourceQuerySet(CheckedQuerySet["Source"]):
    """Sources by their validity."""

    def valid(self, at: datetime) -> SourceQuerySet:
        """Those that make up the document at a moment, in reading order."""
        begun = Q(valid_from__isnull=True) | Q(valid_from__lte=at)
        going = Q(valid_until__isnull=True) | Q(valid_until__gt=at)
        return self.filter(begun, going).order_by("position", "pk")


class Render(models.TextChoices):
    """How the bytes of a source come to us."""

    HTTP = "http", "As the server sends it"
    BROWSER = "browser", "By a browser that runs its scripts"
    TEXT = "text", "Imported text, never fetched"
    ARCHIVE = "archive", "Earlier history from an archive, never fetched"

    @classmethod
    def never_fetched(cls) -> list[Render]:
        """How a source is read of which an import brought all there is."""
        return [cls.TEXT, cls.ARCHIVE]


class Source(Checked):
    """One page a document is read from."""

    # What the last answer of its server was.
    UNSUMMED = frozenset({"etag", "last_modified", "validated", "failures", "failing_since"})

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="sources")
    position = models.PositiveSmallIntegerField(
        default=0, help_text="Reading order among the document's sources"
    )
    url = models.CharField("web address", max_length=1000, validators=[validate_web_address])
    select = models.JSONField(
        default=list,
        blank=True,
        validators=[validate_selectors],
        help_text='CSS selectors or ranges of the text, for example ["main"]; empty: found by itself',
    )
    remove = models.JSONField(
        default=list,
        blank=True,
        validators=[validate_selectors],
        help_text='CSS selectors of what is cut out first, for example [".related"]',
    )
    render = models.CharField(max_length=8, choices=Render, default=Render.HTTP)
    interval_minutes = models.PositiveIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(10), MaxValueValidator(44_640)],
        help_text="Where it is read less often than its document; empty: with the document",
    )
    request_headers = models.JSONField(
        default=dict,
        blank=True,
        validators=[validate_request_headers],
        help_text='Sent along, for example {"Accept-Language": "de"}',
    )
    ignores_robots = models.BooleanField(
        default=False, help_text="Read it even where robots.txt asks not to; give the reason"
    )
    robots_reason = models.CharField(max_length=300, blank=True)
    etag = models.CharField(max_length=300, blank=True, editable=False)
    last_modified = models.CharField(max_length=100, blank=True, editable=False)
    validated = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="What the two were given for: address, reading, headers",
    )
    failures = models.PositiveIntegerField(default=0, editable=False, help_text="In a row, until now")
    failing_since = models.DateTimeField(null=True, blank=True, editable=False)
    valid_from = models.DateTimeField(null=True, blank=True)
    valid_until = models.DateTimeField(null=True, blank=True, help_text="Not read from this moment on")
    last_good = models.ForeignKey(
        "Snapshot", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    objects = SourceQuerySet.as_manager()  # type: ignore[misc, assignment]

    class Meta:
        ordering = ["document", "position", "pk"]

    def __str__(self) -> str:
        return self.url

    @property
    def sent_headers(self) -> dict[str, str]:
        """What is sent along: of its headers those that may be, whichever way they came into the row."""
        given = self.request_headers if isinstance(self.request_headers, dict) else {}
        return {name: text for name, text in given.items() if may_be_sent(name, text)}

    def clean(self) -> None:
        """Refuse what would contradict the record or itself: each with what to do instead."""
        self._keep_address()
        if self.ignores_robots and not self.robots_reason.strip():
            raise ValidationError({"robots_reason": "Say why robots.txt is set aside for this page"})
        if self.valid_from and self.valid_until and self.valid_until <= self.valid_from:
            raise ValidationError({"valid_until": "The end of validity is not after its beginning"})
        if self.robots_reason.strip() and not self.ignores_robots:
            raise ValidationError(
                {"robots_reason": "Kept only where robots.txt is set aside: tick that, or leave this empty"}
            )
        document = getattr(self, "document", None)
        if self.interval_minutes and document and self.interval_minutes < (document.interval_minutes or 0):
            raise ValidationError(
                {
                    "interval_minutes": "Its document is read less often: lower the interval of the document instead"
                }
            )

    def _keep_address(self) -> None:
        """Refuse another address where a page was captured: its captures would seem to come from there."""
        known = Source.objects.filter(pk=self.pk).values_list("url", flat=True).first()
        if known is None or known == self.url or not self.snapshots.exists():
            return
        raise ValidationError(
            {
                "url": f"Captures from {known} rest on this address, so it stays. Set the end of its validity, and "
                "add the new address as another source at the same position."
            }
        )
