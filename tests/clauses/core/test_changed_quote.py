"""Which words of a sentence are quoted."""

import pytest

from clauses.core.changed_quote import from_changed
from clauses.core.values import Run

LONG = "Riders bring letters, parcels and small boxes to every house of the town"


@pytest.mark.parametrize(
    ("runs", "quote", "shown"),
    [
        (
            [Run("=", LONG), Run("+", ", and to the mill"), Run("=", ".")],
            f"{LONG}, and to the mill.",
            "…and to the mill.",
        ),
        (
            [Run("=", f"{LONG}, "), Run("-", "and to the mill"), Run("=", ".")],
            f"{LONG}, and to the mill.",
            "…and to the mill.",
        ),
        (
            [Run("=", f"We will not tell who rides. {LONG[:20]}"), Run("+", LONG[20:])],
            f"{LONG[:20]}{LONG[20:]}",
            LONG,
        ),
        (
            [Run("=", f"We do not read what the {LONG[4:]}"), Run("+", ", or keep seals"), Run("=", ".")],
            f"We do not read what the {LONG[4:]}, or keep seals.",
            "We do not …or keep seals.",
        ),
        (
            [Run("=", f"If you do not read what the {LONG[4:]}"), Run("+", ", we may keep seals")],
            f"If you do not read what the {LONG[4:]}, we may keep seals",
            "…we may keep seals",
        ),
        (
            [Run("=", f"We do not burn, but we may read what the {LONG[4:]}"), Run("+", ", or keep seals")],
            f"We do not burn, but we may read what the {LONG[4:]}, or keep seals",
            "…or keep seals",
        ),
        ([Run("-", "The riders"), Run("+", "Riders"), Run("=", LONG[6:])], LONG, LONG),
        ([Run("=", LONG), Run("-", "!"), Run("+", ".")], f"{LONG}.", f"{LONG}."),
        ([Run("=", f"{LONG} | "), Run("+", "daily")], f"{LONG} | daily", f"{LONG} | daily"),
        ([Run("=", "Mail is late.")], LONG, LONG),
    ],
    ids=[
        "what came",
        "what went",
        "after another sentence",
        "what is denied",
        "a condition that denies",
        "set against a denial",
        "its beginning",
        "a mark alone",
        "a row of a table",
        "of another text",
    ],
)
def test_a_quote_begins_with_the_words_that_changed_where_they_stand_far_behind(runs, quote, shown):
    assert from_changed(quote, runs, 60) == shown
