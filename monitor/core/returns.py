"""When a text that was there before is believed to be back."""

from __future__ import annotations

from datetime import datetime, timedelta

# A text on record for seven days is a durable one: the measure research drew over 73,059 recorded versions, of which
# 38 % were returns to an earlier text within hours or days.
DURABLE = timedelta(days=7)
# Two texts that keep replacing each other must stand this long before one of them is taken for the settled text.
SETTLED = timedelta(days=30)


def is_flip(
    replaced_since: datetime, seen_since: datetime, seen_until: datetime, *, alternates: bool
) -> bool:
    """Whether the return of an earlier text is an unstable source and not (yet) a change.

    It is where the text it replaces stood under seven days or the two alternate, until the returned text has itself
    stood long enough: otherwise the record would go on showing a text the page no longer has.
    """
    if seen_until - seen_since >= (SETTLED if alternates else DURABLE):
        return False
    return alternates or seen_since - replaced_since < DURABLE
