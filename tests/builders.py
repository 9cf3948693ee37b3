"""Rows and captures for tests, in a line each: plain functions, every value can be given."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from django.contrib.auth.models import Group, User
from django.db import transaction

from clauses.analysis import analyze_pending
from clauses.models import ChangeSet
from monitor import chain, quarantine, storage
from monitor.models import (
    Candidate,
    Document,
    Fetch,
    Outcome,
    Platform,
    Quarantine,
    Snapshot,
    Source,
    Version,
)
from monitor.texts import read, reading_key
from monitor.tracking import Failure, record, record_failure

HTML = {"content-type": "text/html; charset=utf-8"}
START = datetime(2025, 3, 1, 6, 0, tzinfo=UTC)
_numbers = count(1)


def day(number: float) -> datetime:
    """A moment, in days after a fixed start."""
    return START + timedelta(days=number)


def make_platform(**values: Any) -> Platform:
    """A platform with a name of its own."""
    number = next(_numbers)
    return Platform.objects.create(**{"slug": f"platform-{number}", "name": f"Platform {number}", **values})


def make_document(platform: Platform | None = None, **values: Any) -> Document:
    """A document without sources."""
    number = next(_numbers)
    defaults = {"slug": f"terms-{number}", "name": f"Terms {number}", "language": "en"}
    return Document.objects.create(platform=platform or make_platform(), **{**defaults, **values})


def make_source(document: Document | None = None, **values: Any) -> Source:
    """A source that reads the `main` element of a page."""
    number = next(_numbers)
    defaults = {"url": f"https://site-{number}.example/terms", "select": ["main"], "position": 0}
    return Source.objects.create(document=document or make_document(), **{**defaults, **values})


def page(main_html: str, *, furniture: object = "") -> bytes:
    """A page with this inside of `main`; `furniture` changes its bytes outside of it."""
    return (
        "<!doctype html><html lang='en'><head><title>Terms</title></head><body>"
        f"<nav><a href='/'>Menu</a></nav><main>{main_html}</main>"
        f"<footer>Foot {furniture}</footer></body></html>"
    ).encode()


def capture(source: Source, main_html: str, at: datetime, *, furniture: object = "", **values: Any) -> Fetch:
    """Record a page of a source as captured at a moment, through the one door in."""
    return record(source, page(main_html, furniture=furniture), HTML, at, **values)


def fail(source: Source, at: datetime, outcome: Outcome = Outcome.UNREACHABLE, **values: Any) -> Fetch:
    """Record a failed attempt."""
    return record_failure(source, Failure(outcome, "no complete answer"), at, **values)


def hold_back(
    source: Source, main_html: str, at: datetime, verdict: Outcome = Outcome.BOT_WALL
) -> Quarantine:
    """A capture that the gate held back, whatever it says, and the sighting of its text."""
    body = page(main_html, furniture=at)
    reading = read(source, body, HTML["content-type"])
    snapshot = Snapshot.objects.create(
        source=source,
        blob=storage.put(body),
        captured_at=at,
        content_type=HTML["content-type"],
        fingerprint=reading.fingerprint,
        reading_key=reading_key(source),
        verdict=verdict,
        reasons=[["test", "the test says so"]],
    )
    fetch = Fetch.objects.create(
        source=source, at=at, outcome=verdict, status=200, message="the test says so", snapshot=snapshot
    )
    quarantine.note(source, fetch)
    chain.append(source.document, [snapshot])
    return Quarantine.objects.get(source=source, fingerprint=reading.fingerprint)


def make_version(
    document: Document | None = None, main_html: str = "<p>We keep it.</p>", **values: Any
) -> Version:
    """The first version of a document with one source, as a capture at the start gives it."""
    source = make_source(document)
    capture(source, main_html, values.pop("at", START), **values)
    return versions_of(source)[-1]


def versions_of(source: Source) -> list[Version]:
    """The versions of a source's document, oldest first."""
    return list(Version.objects.filter(document=source.document_id).order_by("ordinal"))


def texts_of(source: Source) -> list[str]:
    """The texts of these versions."""
    return [version.text for version in versions_of(source)]


def outcomes_of(source: Source) -> list[str]:
    """The outcomes in a source's capture log, oldest first."""
    return list(source.fetches.order_by("at").values_list("outcome", flat=True))


def candidate_of(source: Source) -> Candidate | None:
    """The text of a source's document that is being confirmed."""
    return Candidate.objects.filter(document=source.document_id).first()


@contextmanager
def rolled_back() -> Iterator[None]:
    """A stretch of a test that leaves nothing in the database."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


KEPT_30_DAYS = (
    "<h2>Data</h2><p>We keep your feedback for 30 days after you send it.</p><p>You can write to us.</p>"
)
KEPT_5_YEARS = (
    "<h2>Data</h2><p>We keep your feedback for 5 years after you send it.</p><p>You can write to us.</p>"
)


def read_pages() -> tuple[Source, Source]:
    """Two pages of one document, each read once."""
    document = make_document()
    one, two = make_source(document, position=0), make_source(document, position=1)
    capture(one, "<p>First page.</p>", day(0))
    capture(two, "<p>Second page.</p>", day(0))
    return one, two


def publish(source: Source, main_html: str, at: datetime) -> Version:
    """A text seen twice, so that it is a version, and its analysis."""
    capture(source, main_html, at)
    capture(source, main_html, at + timedelta(hours=1), furniture="again")
    analyze_pending()
    return versions_of(source)[-1]


def make_change_set(
    platform: Platform | None = None, old: str = KEPT_30_DAYS, new: str = KEPT_5_YEARS, at: datetime = START
) -> ChangeSet:
    """The change set between two texts of a new document, a day apart; by default a high one."""
    source = make_source(make_document(platform))
    publish(source, old, at)
    publish(source, new, at + timedelta(days=1))
    return ChangeSet.objects.get(document=source.document_id)


def make_user(name: str = "", role: str = "", **values: Any) -> User:
    """Somebody who can sign in, with a mail address; `role` is curator or administrator."""
    name = name or f"user-{next(_numbers)}"
    user = User.objects.create_user(name, **{"email": f"{name}@example.org", **values})
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user
