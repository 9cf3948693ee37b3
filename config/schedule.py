"""Which worker does what, and how often each sweep looks for rows that wait."""

from __future__ import annotations

from typing import Any

ROUTES = {
    "monitor.tasks.render_document": {"queue": "render"},
    "monitor.tasks.*": {"queue": "fetch"},
    "clauses.tasks.analyze*": {"queue": "analyze"},
    "clauses.tasks.reread*": {"queue": "analyze"},
    "clauses.tasks.rerate*": {"queue": "analyze"},
    "clauses.tasks.learn*": {"queue": "analyze"},
    "clauses.tasks.propose*": {"queue": "analyze"},
    "clauses.tasks.*alert*": {"queue": "alert"},
    "clauses.tasks.forget*": {"queue": "alert"},
    "clauses.tasks.tell*": {"queue": "alert"},
}
# In sweeps: one for what people wait for.
_SWEEPS = {
    "fetch due documents": ("monitor.tasks.sweep_due_documents", 1),
    "tell of silent sources": ("monitor.tasks.sweep_silent_sources", 20),
    "make the root of the day": ("monitor.tasks.make_daily_root", 20),
    "give up aged bytes": ("monitor.tasks.give_up_aged_bytes", 120),
    "have copies kept outside": ("monitor.tasks.have_copies_kept", 2),
    "analyze new versions": ("clauses.tasks.analyze_new_versions", 1),
    "read anew after upgrades": ("clauses.tasks.reread_one_document", 1),
    "re-rate by proposed rules": ("clauses.tasks.rerate_documents", 1),
    "propose mentions": ("clauses.tasks.propose_mentions", 2),
    "learn from decisions": ("clauses.tasks.learn_from_decisions", 120),
    "send owed alerts": ("clauses.tasks.send_owed_alerts", 1),
    "call webhooks": ("clauses.tasks.call_alert_webhooks", 1),
    "tell operators": ("clauses.tasks.tell_operators_by_mail", 20),
    "forget the unconfirmed": ("clauses.tasks.forget_unconfirmed", 120),
}


def schedule(sweep_seconds: int) -> dict[str, dict[str, Any]]:
    """The beat schedule of Celery, where the shortest sweeps are so many seconds apart."""
    return {
        name: {"task": task, "schedule": sweeps * sweep_seconds} for name, (task, sweeps) in _SWEEPS.items()
    }
