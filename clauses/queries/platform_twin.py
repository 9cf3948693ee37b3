"""What the JSON twin of a platform's page says, and the part of it that is facts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from clauses.queries.drift import year_of_drift
from clauses.queries.figures_over_time import figures_over_time
from clauses.queries.quick_facts import quick_facts
from clauses.queries.timeline import timeline
from clauses.queries.timeline_values import answer_values, drift_values, series_values, timeline_values
from monitor.models import Platform


def platform_twin(platform: Platform, until: datetime, *, with_technical: bool = False) -> dict[str, Any]:
    """The timeline of a platform as recorded up to a moment, with facts, figures and drift."""
    told = timeline(platform, until, with_technical=with_technical)
    # Its facts are those beside the figures.
    values = timeline_values(platform, told, [], until) | facts_twin(platform, until)
    values["drift"] = drift_values(year_of_drift(told.change_sets, until, told.read_at(until)))
    return values


def facts_twin(platform: Platform, until: datetime) -> dict[str, Any]:
    """The quick facts of a platform, and those of its figures that changed, as the twin of its page says them."""
    return {
        "facts": [answer_values(answer) for answer in quick_facts(platform, until)],
        "figures": [series_values(one) for one in figures_over_time(platform, until)],
    }
