"""Texts that the capture gate held back: how often they came again, and what a curator rules."""

from __future__ import annotations

from monitor.models import Fetch, Source


def note(source: Source, fetch: Fetch) -> None:
    """Count a sighting of a text held back, or end the run of sightings. Called inside the capture's transaction."""
