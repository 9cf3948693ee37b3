"""The clauses app: what the texts mean, and what changed."""

from typing import Any

from django.apps import AppConfig
from django.apps import apps as present

# The one signal: nobody else can tell that a database was migrated or emptied, and calls this then.
from django.db.models.signals import post_migrate  # noqa: TID251

from monitor.roles import ROLES


class ClausesConfig(AppConfig):
    """Clauses, their wordings and classifications, change sets, decisions, subscriptions and alerts."""

    name = "clauses"
    verbose_name = "Clauses, changes and alerts"

    def ready(self) -> None:
        """Have the roles made after every migration and flush, and the lists where there are none."""
        post_migrate.connect(make_roles, sender=self, dispatch_uid="make roles")
        post_migrate.connect(make_lists, sender=self, dispatch_uid="make lists")


def make_roles(*, using: str, apps: Any = present, **_: Any) -> None:
    """Make the groups of the roles where they are missing. Nothing where the migrated state has no groups.

    A flush hands in no `apps`: then the models are those of today.
    """
    try:
        group = apps.get_model("auth", "Group")
    except LookupError:
        return
    for name in ROLES:
        group.objects.using(using).get_or_create(name=name)


def make_lists(*, apps: Any = present, **_: Any) -> None:
    """List the documents that are in no list yet. Nothing where the migrated state has no lists."""
    try:
        apps.get_model("clauses", "ListedClause")
    except LookupError:
        return
    # Models can be imported only once the apps are ready.
    from clauses.listing import list_unlisted  # noqa: PLC0415

    sum(list_unlisted())
