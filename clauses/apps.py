"""The clauses app: what the texts mean, and what changed."""

from django.apps import AppConfig


class ClausesConfig(AppConfig):
    """Clauses, their wordings and classifications, change sets, decisions, subscriptions and alerts."""

    name = "clauses"
    verbose_name = "Clauses, changes and alerts"
