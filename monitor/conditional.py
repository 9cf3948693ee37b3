"""Asking a server only for what changed: when that may be asked, and what is remembered for it.

A server that answers "not modified" is believed only as far as our own record goes: what was learned from an answer is
forgotten as soon as anything after it went wrong (a page whose reading failed would never be read otherwise).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from monitor.core.asking import Asking
from monitor.models import Candidate, Fetch, Outcome, Render, Snapshot, Source
from monitor.texts import reading_key

# RFC 9110, 8.8.3, without the bytes above ASCII.
_ETAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e]{0,290}"')
# A server whose tag never changes would hide a change for ever: once a week the page is read whole.
_BELIEVED = timedelta(days=7)


def asking(source: Source, at: datetime) -> Asking:
    """What the next request for a source says: its own headers, and its validators where they still hold.

    They do not while a new text waits for its second sight: that one is to be seen.
    """
    validators = _validators(source)
    validated_url = _validated_url(source, at) if validators else ""
    return Asking(source.sent_headers, validators if validated_url else {}, validated_url)


def changes(source: Source, headers: Mapping[str, str] | None) -> dict[str, str]:
    """The fields of a source to change after a capture: after a good one the validators in its headers, else none.

    None for `headers` means that the capture gave no text, or came another way.
    """
    wanted = {"etag": "", "last_modified": "", "validated": ""}
    if headers is not None and source.render == Render.HTTP:
        wanted["etag"], wanted["last_modified"] = _etag(headers), _last_modified(headers)
        if wanted["etag"] or wanted["last_modified"]:
            wanted["validated"] = _given_for(source)
    return {name: value for name, value in wanted.items() if getattr(source, name) != value}


def _validators(source: Source) -> dict[str, str]:
    if not source.last_good_id or source.validated != _given_for(source):
        return {}
    found = {"if-none-match": source.etag, "if-modified-since": source.last_modified}
    return {name: value for name, value in found.items() if value}


def _given_for(source: Source) -> str:
    """What the validators hold for: where the page is, what is sent along, and how it is read."""
    parts: list[Any] = [source.url, source.render, source.sent_headers, reading_key(source)]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _validated_url(source: Source, at: datetime) -> str:
    """The address whose answer gave the validators; empty where they are too old, or the bytes are gone."""
    if Candidate.objects.filter(document=source.document_id, is_flip=False).exists():
        return ""
    if not Snapshot.objects.filter(pk=source.last_good_id or 0, blob__size__gte=0).exists():
        return ""
    good = Fetch.objects.filter(source=source, at__lt=at).exclude(outcome__in=Outcome.problems())
    whole = good.exclude(status=304).order_by("-at").values_list("at", "final_url").first()
    if whole is None or at - whole[0] >= _BELIEVED:
        return ""
    return whole[1] or source.url


def _etag(headers: Mapping[str, str]) -> str:
    value = headers.get("etag", "")
    return value if _ETAG.fullmatch(value) else ""


def _last_modified(headers: Mapping[str, str]) -> str:
    value = headers.get("last-modified", "")
    try:
        parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError, IndexError):
        return ""
    return value if len(value) <= 100 and value.isascii() and value.isprintable() else ""
