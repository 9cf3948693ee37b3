"""Which program an archive is of."""

from __future__ import annotations

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from clauses.core.segment import SEGMENTER_VERSION
from clauses.site_taxonomy import refresh_taxonomy
from monitor.core.extract import EXTRACTOR_VERSION

_APPS = ("clauses", "monitor")


def made_by() -> dict[str, str]:
    """What texts and clauses were last read by, for whoever reads the archive."""
    return {
        "extractor": EXTRACTOR_VERSION,
        "segmenter": str(SEGMENTER_VERSION),
        "taxonomy": refresh_taxonomy().version,
    }


def migrations() -> dict[str, list[str]]:
    """The last migrations of each app: what the tables look like, and what their values mean."""
    loader = MigrationLoader(connection)
    return {app: sorted(name for _, name in loader.graph.leaf_nodes(app)) for app in _APPS}
