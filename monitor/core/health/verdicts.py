"""What the capture gate says of a capture that it holds back, and why."""

from __future__ import annotations

from dataclasses import dataclass

# Values of monitor.models.Outcome: all of Outcome.quarantined(), and one for bytes that were decoded into nonsense.
SOFT_ERROR = "soft_error"
BOT_WALL = "bot_wall"
LOGIN_WALL = "login_wall"
CONSENT_WALL = "consent_wall"
SHELL = "shell"
PARTIAL = "partial"
OTHER_LANGUAGE = "other_language"
WRONG_DOCUMENT = "wrong_document"
NOT_TEXT = "not_text"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of a verdict: a code that lasts, and one line of our own words with the figures that decided."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a capture is held back. `outcome` is one of the values above."""

    outcome: str
    reasons: tuple[Reason, ...]

    @property
    def words(self) -> str:
        """All reasons in one line."""
        return "; ".join(reason.words for reason in self.reasons)


def verdict(outcome: str, *reasons: tuple[str, str]) -> Verdict:
    """A verdict with its reasons, each a code and words."""
    return Verdict(outcome, tuple(Reason(code, words) for code, words in reasons))


def percent(share: float) -> str:
    """A share from 0 to 1 as the words of a reason give it: "38 %"."""
    return f"{round(100 * share)} %"
