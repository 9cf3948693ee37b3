"""Numbers, periods, amounts and days are read from words and figures."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauses.core.dates import named_days
from clauses.core.quantities import amounts, in_days, number_value, periods


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("30", 30),
        ("1,000", 1000),
        ("10.000", 10000),
        ("1.5", 1.5),
        ("12,50", 12.5),
        ("1.000,50", 1000.5),
        ("12345678", 12345678),
        ("thirty", 30),
        ("thirty (30)", 30),
        ("30 (thirty)", 30),
        ("twenty-four", 24),
        ("one hundred and eighty", 180),
        ("two thousand five hundred", 2500),
        ("a hundred", 100),
        ("several", None),
        ("", None),
    ],
)
def test_a_number_is_read(text, value):
    assert number_value(text) == value


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("within thirty (30) days", [("thirty (30) days", "30", "day")]),
        ("a five-year term", [("five-year", "5", "year")]),
        ("18 to 24 months", [("18 to 24 months", "24", "month")]),
        ("10 business days", [("10 business days", "10", "business day")]),
        ("twelve (12) calendar months", [("twelve (12) calendar months", "12", "month")]),
        ("within a month", [("a month", "1", "month")]),
        ("for twenty-four months", [("twenty-four months", "24", "month")]),
        ("one hundred and eighty days", [("one hundred and eighty days", "180", "day")]),
        ("between thirty and ninety days", [("thirty and ninety days", "90", "day")]),
        ("thirty to sixty days", [("thirty to sixty days", "60", "day")]),
        ("30 rolling days", [("30 rolling days", "30", "day")]),
        ("two months' notice", [("two months", "2", "month")]),
        ("2 yrs", [("2 yrs", "2", "year")]),
        ("6 mos.", [("6 mos", "6", "month")]),
        ("2 moats", []),
        ("24/7", []),
        ("18 u.s.c.", []),
        ("$5 per day", []),
        ("section 30", []),
        ("a day", []),
    ],
)
def test_periods_are_found(text, found):
    assert [(text[q.start : q.end], q.plain, q.unit) for q in periods(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("one hundred dollars ($100)", [("100", "dollar")]),
        ("50 u.s. dollars", [("50", "USD")]),
        ("us$50.00 or €20", [("50", "USD"), ("20", "EUR")]),
        ("10.000 euros", [("10000", "EUR")]),
        ("usd 5 million", [("5000000", "USD")]),
        ("100 letters", []),
        ("12,50 € or €1.000,50", [("12.5", "EUR"), ("1000.5", "EUR")]),
        ("$1,000,000,000,000.00", [("1000000000000", "dollar")]),
    ],
)
def test_amounts_are_found(text, found):
    assert [(q.plain, q.unit) for q in amounts(text)] == found


@given(st.integers(1, 5000), st.integers(1, 5000))
def test_a_longer_period_of_a_unit_is_longer_in_days(one, other):
    for unit in ("hour", "day", "business day", "week", "month", "year"):
        assert (one < other) == (in_days(one, unit) < in_days(other, unit))


def test_units_grow():
    units = [
        "minute",
        "hour",
        "day",
        "business day",
        "week",
        "fortnight",
        "month",
        "quarter",
        "year",
        "decade",
    ]
    lengths = [in_days(1, unit) for unit in units]
    assert lengths == sorted(lengths)
    assert (in_days(1, "year"), in_days(1, "month"), in_days(24, "hour")) == (365, 30, 1)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("march 3, 2031", ["2031-03-03"]),
        ("3rd of march 2031", ["2031-03-03"]),
        ("8. oktober 2031", ["2031-10-08"]),
        ("1er janvier 2031", ["2031-01-01"]),
        ("1 de enero de 2031", ["2031-01-01"]),
        ("2031-03-03", ["2031-03-03"]),
        ("28/04/2031", ["2031-04-28"]),
        ("03/04/2031", []),
        ("february 30, 2031", []),
        ("september 28", []),
        ("you may 30 days later", []),
    ],
)
def test_days_are_named(text, days):
    assert [day.on.isoformat() for day in named_days(text)] == days


def test_a_day_without_a_year_is_the_next_one_after_publication():
    assert named_days("may 5", date(2031, 4, 1))[0].on == date(2031, 5, 5)
    assert named_days("may 5", date(2031, 6, 1))[0].on == date(2032, 5, 5)
