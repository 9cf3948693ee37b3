"""For what watches the site: whether it lives, whether it can work, and its figures."""

from __future__ import annotations

from collections.abc import Callable

from celery import current_app
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError

from clauses.queries.metrics import metrics_text

_SECONDS = 2


@login_not_required
@require_safe
@never_cache
def healthz(_request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
@never_cache
def readyz(_request: HttpRequest) -> JsonResponse:
    """200 where the database answers, is migrated, and messages can be sent to workers; else 503, with what fails."""
    checks: dict[str, Callable[[], bool]] = {"database": _has_database, "migrations": _is_migrated}
    if settings.REDIS_URL:
        checks["messages"] = _has_broker
    found = {name: check() for name, check in checks.items()}
    return JsonResponse(
        {"ready": all(found.values()), "checks": found}, status=200 if all(found.values()) else 503
    )


@login_not_required
@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures for Prometheus, for who sends the token of the settings; where none is set there is no such page."""
    token = settings.METRICS_TOKEN
    if not token or not constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {token}"):
        return HttpResponse("Not found\n", status=404, content_type="text/plain; charset=utf-8")
    return HttpResponse(metrics_text(timezone.now()), content_type="text/plain; version=0.0.4; charset=utf-8")


def _has_database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _is_migrated() -> bool:
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False


def _has_broker() -> bool:
    try:
        with current_app.connection_for_write(connect_timeout=_SECONDS) as broker:
            broker.ensure_connection(max_retries=1, timeout=_SECONDS)
    except OperationalError:
        return False
    return True
