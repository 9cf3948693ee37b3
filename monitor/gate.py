"""The capture gate at work: what is known of a source's past, put before a new text of it."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.core.health import Verdict
from monitor.models import Source
from monitor.texts import Reading


@dataclass(frozen=True, slots=True)
class Capture:
    """A capture to be judged: bytes, content type, where redirects led, and the text read from it."""

    body: bytes
    content_type: str
    final_url: str
    reading: Reading


def judge(source: Source, capture: Capture) -> Verdict | None:
    """Why a capture is held back, or None for a healthy one."""
    return None
