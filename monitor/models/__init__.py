"""The rows of the monitor: the watch list, what was captured, and the texts that came of it."""

from monitor.models.act import Act, ActIsFinal, ActKind
from monitor.models.capture import Blob, Fetch, Outcome, Snapshot
from monitor.models.chain import Link, Root, SigningKey
from monitor.models.counter import Counter
from monitor.models.former_address import FormerAddress
from monitor.models.host import Host
from monitor.models.notice import Notice, NoticeKind
from monitor.models.outside_copy import CopyState, OutsideCopy
from monitor.models.quarantine import Quarantine, Ruling
from monitor.models.version import Candidate, Cause, Origin, PackedText, Part, Version
from monitor.models.watch_list import Document, DocumentType, Platform, Render, Source

__all__ = [
    "Act",
    "ActIsFinal",
    "ActKind",
    "Blob",
    "Candidate",
    "Cause",
    "CopyState",
    "Counter",
    "Document",
    "DocumentType",
    "Fetch",
    "FormerAddress",
    "Host",
    "Link",
    "Notice",
    "NoticeKind",
    "Origin",
    "Outcome",
    "OutsideCopy",
    "PackedText",
    "Part",
    "Platform",
    "Quarantine",
    "Render",
    "Root",
    "Ruling",
    "SigningKey",
    "Snapshot",
    "Source",
    "Version",
]
