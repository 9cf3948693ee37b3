"""What texts were read with, and since when."""

from __future__ import annotations

import pytest

from clauses.models import Analysis
from clauses.queries.methodology import methodology_twin, reading_history, tool_versions
from clauses.site_taxonomy import taxonomy_in_force
from tests.builders import make_change_set

pytestmark = pytest.mark.django_db


def test_each_version_that_read_a_text_is_counted() -> None:
    make_change_set()
    Analysis.objects.filter(version__ordinal=1).update(taxonomy_version="2020-01")
    types = {row.version: row.count for row in reading_history() if row.tool == "Clause types"}
    assert types == {"2020-01": 1, taxonomy_in_force().version: 1}
    (extractor,) = [row for row in reading_history() if row.tool == "Extractor"]
    assert (extractor.version, extractor.count) == (tool_versions()[0].version, 2)


def test_the_twin_names_every_type_and_threshold() -> None:
    twin = methodology_twin()
    assert {row["slug"] for row in twin["types"]} == set(taxonomy_in_force().types)
    assert twin["thresholds"]["high"] > twin["thresholds"]["medium"] > twin["thresholds"]["low"]
