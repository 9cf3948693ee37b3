"""What a check says of a record that does not hold."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not hold. `record` is a public ID, else the kind of row and its key."""

    record: str
    words: str
