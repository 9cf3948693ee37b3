"""The twin of a platform's timeline."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from clauses.queries.drift import year_of_drift
from clauses.queries.figures_over_time import figures_over_time
from clauses.queries.quick_facts import quick_facts
from clauses.queries.timeline import timeline
from clauses.queries.timeline_values import drift_values, series_values, timeline_values
from monitor.models import Platform


def timeline_twin(platform: Platform, until: datetime, *, with_technical: bool) -> dict[str, Any]:
    """What the page of a platform says as of a moment."""
    told = timeline(platform, until, with_technical=with_technical)
    values = timeline_values(platform, told, quick_facts(platform, until), until)
    values["figures"] = [series_values(one) for one in figures_over_time(platform, until)]
    values["drift"] = drift_values(year_of_drift(told.change_sets, until, told.read_at(until)))
    return values
