"""The rows of the monitor: the watch list, what was captured, and the texts that came of it."""

from monitor.models.capture import Blob, Fetch, Outcome, Snapshot
from monitor.models.counter import Counter
from monitor.models.version import Candidate, Cause, Origin, Part, Version
from monitor.models.watch_list import Document, DocumentType, Platform, Source

__all__ = [
    "Blob",
    "Candidate",
    "Cause",
    "Counter",
    "Document",
    "DocumentType",
    "Fetch",
    "Origin",
    "Outcome",
    "Part",
    "Platform",
    "Snapshot",
    "Source",
    "Version",
]
