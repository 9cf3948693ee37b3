"""The capture gate: whether what was captured is the document, or an error page, a wall, a half-loaded page."""

from __future__ import annotations

from monitor.core.health.verdicts import Reason, Verdict

__all__ = ["Reason", "Verdict"]
