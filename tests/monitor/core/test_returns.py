from datetime import UTC, datetime, timedelta

import pytest

from monitor.core.returns import is_flip

START = datetime(2031, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("stood", "seen_for", "alternates", "flip"),
    [
        (0, 0, False, True),
        (6.99, 0, False, True),
        (7, 0, False, False),
        (400, 0, False, False),
        (0, 6.99, False, True),
        (0, 7, False, False),
        (400, 0, True, True),
        (400, 29.99, True, True),
        (400, 30, True, False),
        (0, 30, True, False),
    ],
)
def test_a_return_is_a_flip_by_how_long_the_texts_stood(stood, seen_for, alternates, flip):
    seen_since = START + timedelta(days=stood)
    seen_until = seen_since + timedelta(days=seen_for)
    assert is_flip(START, seen_since, seen_until, alternates=alternates) is flip
