"""The desk of the monitor. Documents are registered by the clauses app, which analyzes what is read."""

from monitor.admin import captures, platforms

__all__ = ["captures", "platforms"]
