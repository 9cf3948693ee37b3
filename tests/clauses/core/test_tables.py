"""Typed reading of the data files."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest

from clauses.core.tables import Table, TaxonomyError


def test_a_day_is_read_as_toml_writes_it() -> None:
    assert Table("x.toml", tomllib.loads("on = 2026-11-29")).day("on") == date(2026, 11, 29)


@pytest.mark.parametrize("written", ['"2026-11-29"', "2026-11-29T10:00:00", "20261129"])
def test_what_is_no_day_is_refused_by_name(written: str) -> None:
    with pytest.raises(TaxonomyError, match=r"x\.toml: on must be a day"):
        Table("x.toml", tomllib.loads(f"on = {written}")).day("on")
