"""How reliably a source is read: failures in a row, and the notices operators get, each once."""

from __future__ import annotations

from monitor.models import Fetch, Source


def note(source: Source, fetch: Fetch) -> None:
    """Count a failure, or end a run of failures. Called inside the capture's transaction."""
