"""What is logged, and where."""

from __future__ import annotations

from typing import Any


def log_lines(level: str) -> dict[str, Any]:
    """One line on standard error for each message from a level on."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
        # A wrong address and a missing role are answers, not faults: no line, and no stack trace, for each of them.
        # The others quote into our log what a server sent.
        "loggers": {
            "django.request": {"level": "ERROR"},
            "urllib3.connection": {"level": "ERROR"},
            "urllib3.connectionpool": {"level": "ERROR"},
            # What is wrong with a PDF is said once, by the outcome of its capture.
            "pypdf": {"level": "CRITICAL"},
        },
    }
