"""The monitor app: what was published, and when."""

from django.apps import AppConfig


class MonitorConfig(AppConfig):
    """Platforms, documents, sources, fetches, snapshots and versions."""

    name = "monitor"
    verbose_name = "Watch list and captures"
