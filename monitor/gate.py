"""The capture gate at work: what is known of a source's past, put before a new text of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery

from monitor import storage
from monitor.core import health
from monitor.core.blocks import Extract
from monitor.core.decoding import decode
from monitor.core.extract import ExtractionError, NotText, extract
from monitor.core.health import UNCLOSED, History, Neighbor, Page, Reason, Verdict
from monitor.core.html_page import is_html, stated_charset
from monitor.models import Candidate, Document, Fetch, Part, Quarantine, Ruling, Snapshot, Source, Version
from monitor.texts import Reading, reading_key, reread


@dataclass(frozen=True, slots=True)
class Capture:
    """A capture to be judged: bytes, content type, where redirects led, when, and the text read from it.

    `reading` is None where the source's selectors gave no text.
    """

    body: bytes
    content_type: str
    final_url: str
    at: datetime
    reading: Reading | None


def judge(source: Source, capture: Capture) -> Verdict | None:
    """Why a capture is held back, or None for a healthy one.

    A text that is known to be the document's costs a comparison of fingerprints, or at most three small queries. What
    a curator rejected is not judged again: the verdict stands, whatever the document has become since.
    """
    if capture.reading and _is_trusted(source, capture.reading.fingerprint):
        return None
    if capture.reading and (rejected := _rejected(source, capture.reading.fingerprint)):
        return rejected
    page = _page(source, capture)
    past = _history(source) if capture.reading else None
    found = health.judge(page, past, lambda: _neighbors(source, capture.at))
    return None if found and capture.reading and _is_refuted(source, found, capture.reading) else found


def _is_refuted(source: Source, found: Verdict, reading: Reading) -> bool:
    """Whether the page only seemed cut, and shows the same text again."""
    if found.reasons[0].code != UNCLOSED:
        return False
    return Snapshot.objects.filter(source=source, fingerprint=reading.fingerprint).exists()


def _rejected(source: Source, fingerprint: str) -> Verdict | None:
    """The verdict on a text that a curator ruled is not the document's."""
    ruled = Quarantine.objects.filter(source=source, fingerprint=fingerprint, ruling=Ruling.REJECTED)
    item = ruled.first()
    return Verdict(item.verdict, tuple(Reason(code, words) for code, words in item.reasons)) if item else None


def _is_trusted(source: Source, fingerprint: str) -> bool:
    """Whether the text was the document's before, waits to be, or was accepted by a curator."""
    if source.last_good and source.last_good.fingerprint == fingerprint:
        return True
    candidate = Candidate.objects.filter(document=source.document_id).first()
    if candidate and any(known == fingerprint for _, _, known in candidate.snapshots):
        return True
    accepted = Quarantine.objects.filter(source=source, fingerprint=fingerprint, ruling=Ruling.ACCEPTED)
    return _parts(source).filter(fingerprint=fingerprint).exists() or accepted.exists()


def _parts(source: Source) -> QuerySet[Part]:
    """What this source gave the document's versions, and the one whose place it took: it stands where that stood."""
    place = Q(source=source) | Q(source__position=source.position, source__valid_until__isnull=False)
    return Part.objects.filter(place, version__document=source.document_id)


def _page(source: Source, capture: Capture) -> Page:
    html = is_html(capture.content_type)
    markup = _markup(capture.body, capture.content_type) if html else ""
    if capture.reading:
        return Page(markup, source.url, capture.final_url, capture.reading.extract)
    return Page(markup, source.url, capture.final_url, _whole(capture), is_selected=False)


def _markup(body: bytes, content_type: str) -> str:
    try:
        return decode(body, stated_charset(content_type))
    except NotText:
        return ""


def _whole(capture: Capture) -> Extract | None:
    """The text of a page in which the selectors found none. Only HTML has more than its text."""
    if not is_html(capture.content_type):
        return None
    try:
        return extract(capture.body, capture.content_type)
    except ExtractionError:
        return None


def _history(source: Source) -> History | None:
    """The text in force of this page, as today's selectors read it. None where it has given none yet.

    Who puts another address in a source's place has chosen that page: it is not held against the one before.
    Where today's selectors find nothing in the capture behind the text, it is given as it was read, and said to be.
    Where the stored text is damaged, the capture behind it is read again.
    """
    parts = _parts(source).filter(version=source.document.current_version_id)
    known = parts.select_related("snapshot__blob", "version__packed_text__base", "source").order_by(
        "-source__pk"
    )
    part = next((part for part in known if _address(part.source.url) == _address(source.url)), None)
    if part is None:
        return None
    version, snapshot = part.version, part.snapshot
    stated = version.language or source.document.language
    url = _last_address(source, snapshot)

    def markup() -> str:
        return _markup(storage.get(snapshot.blob), snapshot.content_type)

    text = _stored_text(part)
    if text is None or snapshot.reading_key != reading_key(source):
        try:
            found = reread(snapshot, source).extract
        except ExtractionError:
            return History(text or "", version.title, stated, url, markup, is_read_alike=False)
        return History(found.text, found.title, stated, url, markup)
    return History(text, version.title, stated, url, markup)


def _stored_text(part: Part) -> str | None:
    """What a version has from one source. None where it is damaged: that is no reason to lose a capture."""
    try:
        return part.version.text[part.start : part.end]
    except storage.CorruptBytes:
        return None


def _last_address(source: Source, behind: Snapshot) -> str:
    """Where redirects led at the last good capture: the page may have moved since the text in force was first seen."""
    if source.last_good_id is None:
        return behind.final_url or source.url
    # A page that says it is unchanged was asked for at the address that redirects led to before.
    seen = Fetch.objects.filter(source=source, snapshot=source.last_good_id).exclude(status=304)
    return seen.order_by("-at").values_list("final_url", flat=True).first() or source.url


def _neighbors(source: Source, at: datetime) -> Sequence[Neighbor]:
    """The text of every other page of the platform that was in force at a moment.

    One page may hold several documents, so not of this page. Not today's texts: in an imported history a page may have
    moved into the other document since.
    """
    seen = Version.objects.filter(document=OuterRef("pk"), first_seen_at__lte=at).order_by("-ordinal")
    platform = source.document.platform
    # Earlier history that is coming in stands among the documents that it will be one of.
    documents = Document.objects.filter(platform=platform.incoming_for_id or platform.pk)
    in_force = documents.annotate(in_force=Subquery(seen.values("pk")[:1])).values("in_force")
    parts = Part.objects.filter(version__in=in_force).select_related(
        "source", "version__document", "version__packed_text__base"
    )
    others = [part for part in parts if _address(part.source.url) != _address(source.url)]
    texts = ((part.version.document.name, _stored_text(part)) for part in others)
    return [Neighbor(name, text) for name, text in texts if text is not None]


def _address(url: str) -> str:
    return url.partition("#")[0].rstrip("/")
