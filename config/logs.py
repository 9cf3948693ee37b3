"""How log lines look."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import Any

import structlog
from structlog.stdlib import ProcessorFormatter

# Long words of random signs in an address are the secrets of mails and feeds.
_SECRET = re.compile(r"(?<=/)(?=[\w-]*[0-9A-Z])[\w-]{20,}")
_Event = MutableMapping[str, Any]


def log_lines(level: str, form: str) -> dict[str, Any]:
    """One line on standard error for each message from a level on.

    `form`: "line" for people, or "json" for programs. Both carry the IDs of the request or task a line belongs to.
    """
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_secrets,
    ]
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    last: list[Any] = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "log": {
                "()": ProcessorFormatter,
                "foreign_pre_chain": shared,
                "processors": [
                    ProcessorFormatter.remove_processors_meta,
                    *(last if form == "json" else [structlog.processors.format_exc_info, _as_line]),
                ],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "log"}},
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


def _without_secrets(_logger: Any, _method: str, event: _Event) -> _Event:
    """Addresses without the secrets in them."""
    for name in ("event", "request"):
        if isinstance(event.get(name), str):
            event[name] = _SECRET.sub("…", event[name])
    return event


def _as_line(_logger: Any, _method: str, event: _Event) -> str:
    """Time, level, logger and message, then what else is known as name=value, then the stack."""
    head = [event.pop(name, "") for name in ("timestamp", "level", "logger", "event")]
    stack = event.pop("exception", "")
    known = [f"{name}={value}" for name, value in sorted(event.items()) if value is not None]
    words = " ".join([str(head[0]), str(head[1]).upper(), f"{head[2]}:", str(head[3]), *known])
    # What a server sent is quoted in messages: it must not write lines of its own.
    line = words.replace("\r", "\\r").replace("\n", "\\n")
    return f"{line}\n{stack}" if stack else line
