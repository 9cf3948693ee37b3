"""Whether a mail came back for good, because the address takes none, or only this time, as a provider's report says it.

django-anymail gives hard and soft bounces of some providers the same name, so the provider's own word decides.
"""

from __future__ import annotations

from typing import Any

# By the page on bounces of each provider's manual. A full mailbox, a block or a policy is not for good.
_FOR_GOOD: dict[str, tuple[tuple[str, ...], frozenset[object]]] = {
    "brevo": (("event",), frozenset({"hard_bounce", "invalid_email"})),
    "mailgun": (("reason",), frozenset({"bounce", "suppress-bounce"})),
    "mailjet": (("hard_bounce",), frozenset({True})),
    "postmark": (("Type", "SuppressionReason"), frozenset({"HardBounce", "BadEmailAddress"})),
    "sparkpost": (("bounce_class",), frozenset({"10", "30"})),
}


def is_for_good(provider: str, reported: Any) -> bool:
    """Whether a report of mail that came back, as read from JSON, says that the address takes no mail at all."""
    fields, values = _FOR_GOOD[provider]
    inner = _unwrapped(provider, reported)
    found = [inner.get(field) for field in fields]
    return any(isinstance(value, str | bool) and value in values for value in found)


def _unwrapped(provider: str, reported: Any) -> dict[str, Any]:
    if provider == "mailgun" and isinstance(reported, dict):
        reported = reported.get("event-data")
    if provider == "sparkpost" and isinstance(reported, dict):
        events = reported.get("msys")
        reported = next(iter(events.values()), None) if isinstance(events, dict) else None
    return reported if isinstance(reported, dict) else {}
