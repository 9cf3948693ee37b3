"""Addresses of the reader's pages. They last: natural keys and public IDs only."""

from django.urls import URLPattern, path, register_converter

from clauses import converters
from clauses.views.dashboard import dashboard

register_converter(converters.ClauseId, "clause_id")
register_converter(converters.ChangeSetId, "change_set_id")
register_converter(converters.VersionId, "version_id")
register_converter(converters.SnapshotId, "snapshot_id")

urlpatterns: list[URLPattern] = [
    path("", dashboard, name="dashboard"),
]
