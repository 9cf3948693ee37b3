"""What the figures of a clause mean where they stand."""

import pytest

from tests.clauses.core.test_change_severity_directions import compared


@pytest.mark.parametrize(
    ("old", "new", "severity", "direction"),
    [
        ("", "We may close the post house with three months' notice.", "low", "adverse"),
        (
            "We may close the post house.",
            "We may close the post house with three months' notice.",
            "medium",
            "favorable",
        ),
        (
            "We may close the post house with three months' notice.",
            "We may close the post house with one month's notice.",
            "medium",
            "adverse",
        ),
    ],
)
def test_a_notice_of_what_only_now_may_be_done_is_no_gain(old, new, severity, direction):
    found = compared(old, new)
    assert (found.severity, found.direction) == (severity, direction)
