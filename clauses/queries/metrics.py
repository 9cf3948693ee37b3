"""The figures of the site for Prometheus, worked out from the rows when they are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from statistics import quantiles

from django.db.models import Count
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from clauses.models import Alert, AlertState, Digest, WebhookDelivery
from clauses.queries.deliveries import mail_standing
from clauses.queries.health import queues, reading_health
from monitor.models import Fetch

_LATELY = timedelta(days=1)
# The time to an alert is taken over so many days, of so many alerts at most.
_TOLD_IN = timedelta(days=7)
_MOST_TOLD = 2000


def metrics_text(now: datetime) -> bytes:
    """All figures in the text format of Prometheus."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Site(now))
    return generate_latest(registry)


class _Site(Collector):
    def __init__(self, now: datetime) -> None:
        self._now = now

    def collect(self) -> Iterator[Metric]:
        """Captures, documents, queues, the way to an alert, messages."""
        yield _captures(self._now)
        yield from _documents(self._now)
        yield from _queues(self._now)
        yield _until_told(self._now)
        yield _messages()


def _captures(now: datetime) -> Metric:
    family = GaugeMetricFamily(
        "proviso_captures_last_day", "Attempts to read a page in the last 24 hours", labels=["outcome"]
    )
    rows = Fetch.objects.filter(at__gt=now - _LATELY, at__lte=now)
    for outcome, count in rows.values_list("outcome").annotate(Count("pk")).order_by("outcome"):
        family.add_metric([outcome], count)
    return family


def _documents(now: datetime) -> Iterator[Metric]:
    health = reading_health(now)
    yield GaugeMetricFamily("proviso_documents_watched", "Documents that are read", value=health.watched)
    yield GaugeMetricFamily("proviso_sources_failing", "Pages that cannot be read now", value=health.failing)


def _queues(now: datetime) -> Iterator[Metric]:
    lengths = GaugeMetricFamily("proviso_queue_length", "What waits for a stage", labels=["queue"])
    ages = GaugeMetricFamily("proviso_queue_age_seconds", "How long the oldest has waited", labels=["queue"])
    for queue in queues(now, mail_standing()):
        name = queue.name.lower().replace(" ", "_")
        lengths.add_metric([name], queue.count)
        ages.add_metric([name], (now - queue.oldest_at).total_seconds() if queue.oldest_at else 0)
    yield lengths
    yield ages


def _until_told(now: datetime) -> Metric:
    """From the first sight of a text to the mail about it, of mails that go out at once."""
    family = GaugeMetricFamily(
        "proviso_publication_to_alert_seconds",
        "From the first sight of a new text to the mail about it, in the last seven days",
        labels=["quantile"],
    )
    sent = Alert.objects.filter(state=AlertState.SENT, digest__isnull=True, sent_at__gt=now - _TOLD_IN)
    pairs = sent.order_by("-sent_at").values_list("change_set__detected_at", "sent_at")[:_MOST_TOLD]
    seconds = [(sent_at - detected_at).total_seconds() for detected_at, sent_at in pairs if sent_at]
    if seconds:
        # Of one alone there are no quantiles.
        cuts = quantiles(seconds if len(seconds) > 1 else seconds * 2, n=20, method="inclusive")
        family.add_metric(["0.5"], cuts[9])
        family.add_metric(["0.95"], cuts[18])
    return family


def _messages() -> Metric:
    family = GaugeMetricFamily("proviso_messages", "Messages by kind and state", labels=["kind", "state"])
    for kind, model in (("alert", Alert), ("digest", Digest), ("webhook", WebhookDelivery)):
        counts = dict(model._default_manager.values_list("state").annotate(Count("pk")).order_by("state"))
        for state in AlertState.values:
            family.add_metric([kind, state], counts.get(state, 0))
    return family
