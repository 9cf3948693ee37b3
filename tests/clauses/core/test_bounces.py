"""Mail that came back: for good, or only this time, by each provider's own word."""

from __future__ import annotations

from typing import Any

import pytest

from clauses.core.bounces import is_for_good


@pytest.mark.parametrize(
    ("provider", "hard", "soft"),
    [
        ("brevo", {"event": "hard_bounce"}, {"event": "soft_bounce"}),
        ("mailgun", {"event-data": {"reason": "bounce"}}, {"event-data": {"reason": "generic"}}),
        ("mailjet", {"hard_bounce": True}, {"hard_bounce": False}),
        ("postmark", {"Type": "HardBounce"}, {"Type": "SoftBounce"}),
        ("postmark", {"SuppressionReason": "HardBounce"}, {"SuppressionReason": "ManualSuppression"}),
        ("sparkpost", {"msys": {"a": {"bounce_class": "10"}}}, {"msys": {"a": {"bounce_class": "22"}}}),
    ],
)
def test_the_word_of_the_provider_decides(provider: str, hard: Any, soft: Any) -> None:
    assert is_for_good(provider, hard)
    assert not is_for_good(provider, soft)


@pytest.mark.parametrize("provider", ["brevo", "mailgun", "mailjet", "postmark", "sparkpost"])
@pytest.mark.parametrize("reported", [None, [], "x", 1, {}, {"msys": []}, {"event-data": 3}, {"Type": ["x"]}])
def test_what_is_no_report_is_nothing_for_good(provider: str, reported: Any) -> None:
    assert not is_for_good(provider, reported)
