"""A web archive on loopback that is asked to keep pages, and fails in the ways such archives do."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.test import Client

from monitor.models import CopyState, Origin, OutsideCopy
from monitor.outside import ask_for_next, owe_copies
from tests.builders import capture, day, make_document, make_source, versions_of

pytestmark = pytest.mark.django_db

NOW = day(0.5)
COPY = "20250302061500"


@dataclass
class Archive:
    """Where it listens, what it was asked for, and how it answers: a status, or "elsewhere" for a hostile redirect."""

    url: str = ""
    asked: list[str] = field(default_factory=list)
    answers: list[int | str] = field(default_factory=list)


@pytest.fixture
def archive(settings) -> Iterator[Archive]:
    standing = Archive()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.startswith("/web/"):
                return self._answer(200, {})
            standing.asked.append(self.path.removeprefix("/save/"))
            answer = standing.answers.pop(0) if standing.answers else 302
            if answer == 302:
                return self._answer(302, {"Location": f"/web/{COPY}/{standing.asked[-1]}"})
            if answer == "elsewhere":
                return self._answer(302, {"Location": f"http://localhost:1/web/{COPY}/{standing.asked[-1]}"})
            return self._answer(int(answer), {})

        def _answer(self, status: int, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in {**headers, "Content-Length": "0"}.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        standing.url = f"http://127.0.0.1:{server.server_port}"
        settings.WAYBACK_URL, settings.FETCH_ALLOW_PRIVATE = standing.url, True
        yield standing
        server.shutdown()
        thread.join()


def test_each_page_of_a_new_version_is_asked_for_once(archive: Archive) -> None:
    document = make_document()
    one, other = make_source(document, position=0), make_source(document, position=1)
    for source in (one, other):
        capture(source, f"<p>Terms of {source.url}.</p>", day(0), sweep=None)
    assert owe_copies(NOW) == 2
    assert owe_copies(NOW) == 0
    assert [ask_for_next(NOW).state, ask_for_next(NOW).state, ask_for_next(NOW)] == ["kept", "kept", None]
    assert archive.asked == [one.url, other.url]


def test_a_copy_is_dated_and_addressed_as_the_archive_does(archive: Archive, client: Client) -> None:
    source = make_source()
    capture(source, "<p>We keep it.</p>", day(0))
    owe_copies(NOW)
    copy = ask_for_next(NOW)
    assert copy.copied_at == datetime(2025, 3, 2, 6, 15, tzinfo=UTC)
    assert copy.copy_url == f"{archive.url}/web/{COPY}/{source.url}"
    (version,) = versions_of(source)
    document = version.document
    address = f"/platforms/{document.platform.slug}/{document.slug}/versions/{version.public_id}"
    assert f'href="{copy.copy_url}"' in client.get(f"{address}/").content.decode()
    assert client.get(f"{address}.json").json()["outside_copies"] == [
        {"source": source.url, "url": copy.copy_url, "copied_at": "2025-03-02T06:15:00+00:00"}
    ]


def test_without_an_archive_nothing_is_owed_or_asked(archive: Archive, settings) -> None:
    capture(make_source(), "<p>We keep it.</p>", day(0))
    settings.WAYBACK_URL = ""
    assert owe_copies(NOW) == 0
    settings.WAYBACK_URL = archive.url
    owe_copies(NOW)
    settings.WAYBACK_URL = ""
    assert ask_for_next(NOW) is None
    assert archive.asked == []


@pytest.mark.parametrize("origin", [Origin.IMPORT, Origin.SAMPLE])
def test_history_and_samples_are_never_asked_for(archive: Archive, origin: Origin) -> None:
    capture(make_source(), "<p>We keep it.</p>", day(0), origin=origin)
    assert owe_copies(NOW) == 0


def test_a_version_of_days_ago_is_not_asked_for_since_the_page_may_say_something_else(
    archive: Archive,
) -> None:
    capture(make_source(), "<p>We keep it.</p>", day(0))
    assert owe_copies(day(3)) == 0


@pytest.mark.parametrize("answer", [200, 404, 429, 500, "elsewhere"])
def test_what_gives_no_copy_is_tried_again_later_and_given_up_at_the_fifth_time(
    archive: Archive, answer: int | str
) -> None:
    capture(make_source(), "<p>We keep it.</p>", day(0))
    owe_copies(NOW)
    archive.answers = [answer] * 9
    at, pauses = NOW, []
    while (copy := OutsideCopy.objects.get()).state == CopyState.OWED:
        pauses.append(copy.due_at - at)
        at = copy.due_at
        assert ask_for_next(at - timedelta(seconds=1)) is None
        ask_for_next(at)
    assert (copy.state, copy.tries, len(archive.asked)) == (CopyState.GIVEN_UP, 5, 5)
    assert pauses == sorted(pauses)
    assert copy.message
    assert not copy.copy_url
    assert ask_for_next(at + timedelta(days=99)) is None


def test_an_archive_that_recovers_keeps_the_copy_after_all(archive: Archive) -> None:
    capture(make_source(), "<p>We keep it.</p>", day(0))
    owe_copies(NOW)
    archive.answers = [500]
    assert ask_for_next(NOW).message == "it answered with status 500 and named no copy"
    copy = ask_for_next(NOW + timedelta(hours=1))
    assert (copy.state, copy.message) == (CopyState.KEPT, "")


def test_while_somebody_asks_nobody_else_does(archive: Archive) -> None:
    capture(make_source(), "<p>We keep it.</p>", day(0))
    owe_copies(NOW)
    # As a worker leaves it that was killed while it asked.
    OutsideCopy.objects.update(due_at=NOW + timedelta(minutes=10), tries=1)
    assert ask_for_next(NOW + timedelta(minutes=9)) is None
    assert ask_for_next(NOW + timedelta(minutes=10)).state == CopyState.KEPT


def test_a_private_network_is_no_archive_unless_the_site_says_so(archive: Archive, settings) -> None:
    settings.FETCH_ALLOW_PRIVATE = False
    capture(make_source(), "<p>We keep it.</p>", day(0))
    owe_copies(NOW)
    assert ask_for_next(NOW).message == "the address leads into a private network"
    assert archive.asked == []
