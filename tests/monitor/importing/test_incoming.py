"""History from before a document's first capture waits under a document of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.importing.histories import Selection
from monitor.importing.incoming import incoming
from monitor.importing.seam import seam
from monitor.models import Cause, Document, Fetch, Platform, Source, Version
from tests.builders import capture
from tests.monitor.importing.archives import (
    COMMON,
    KEPT_2Y,
    KEPT_30,
    KEPT_90,
    URL,
    Commit,
    day,
    record,
    terms,
)
from tests.monitor.importing.running import PLAIN, built, declared, run

pytestmark = pytest.mark.django_db

PATH = "Larkspur/Terms of Service.html"
# The archive's days come before this one.
WATCHED = 300


def _page(paragraph: str, at: float, token: object = "") -> Commit:
    return record(PATH, terms(paragraph, token), day(at), url=URL)


def _twice(paragraph: str, at: float) -> list[Commit]:
    return [_page(paragraph, at), _page(paragraph, at + 1, token=at)]


def _text(paragraph: str, at: float) -> Commit:
    words = "\n\n".join(["# Terms", *COMMON, paragraph])
    return record(PATH.replace(".html", ".md"), words, day(at), url=URL)


def _watch(paragraph: str) -> Document:
    run(declared(PLAIN))
    (source,) = Source.objects.all()
    inner = "".join(f"<p>{one}</p>" for one in (*COMMON, paragraph))
    capture(source, f"<h1>Terms</h1>{inner}", day(WATCHED))
    return source.document


def _last_words(document: Document) -> list[str]:
    return [row.text.split("\n")[-1] for row in document.versions.order_by("ordinal")]


def _came(document: Document) -> Document:
    came = incoming(document)
    assert came
    return came


def test_captures_before_all_on_record_wait_under_a_document_of_their_own(tmp_path: Path) -> None:
    document = _watch(KEPT_30)
    (imported,) = run(declared(PLAIN), built(tmp_path, _page(KEPT_90, 0), *_twice(KEPT_2Y, 9)))
    assert (imported.recorded, imported.document) == (3, document)
    assert (_last_words(document), _last_words(_came(document))) == ([KEPT_30], [KEPT_90, KEPT_2Y])
    assert _came(document).is_paused
    assert not imported.document.is_paused
    assert list(Platform.objects.all()) == [document.platform]


def test_what_waits_is_found_again_and_gone_on_with(tmp_path: Path) -> None:
    document = _watch(KEPT_30)
    early = [_page(KEPT_90, 0), _page(KEPT_90, 1, token=1)]
    run(declared(PLAIN), built(tmp_path, *early))
    (again,) = run(declared(PLAIN), built(tmp_path, *early, *_twice(KEPT_2Y, 9)))
    assert again.recorded == 2
    assert _last_words(_came(document)) == [KEPT_90, KEPT_2Y]


def test_silence_of_the_archive_says_nothing_of_the_time_of_watching(tmp_path: Path) -> None:
    document = _watch(KEPT_30)
    late = [_page(KEPT_90, 0), _page(KEPT_2Y, WATCHED - 1), _page(KEPT_30, WATCHED + 90)]
    (imported,) = run(declared(PLAIN), built(tmp_path, *late), selection=Selection(until=day(WATCHED + 50)))
    assert imported.recorded == 2
    assert _last_words(_came(document)) == [KEPT_90], "one day is not long enough"


def test_recorded_texts_wait_as_well_though_pages_are_captured(tmp_path: Path) -> None:
    document = _watch(KEPT_30)
    texts = built(tmp_path, _text(KEPT_90, 0), _text(KEPT_2Y, 40), _text(KEPT_90, WATCHED + 1))
    (imported,) = run(declared(PLAIN), texts=texts)
    assert "recorded texts passed over: its pages are captured, which is better" in imported.remarks
    assert _last_words(_came(document)) == [KEPT_90, KEPT_2Y]


def test_from_a_recorded_text_to_a_page_nobody_can_tell_who_changed_what(tmp_path: Path) -> None:
    document = _watch(KEPT_30)
    run(declared(PLAIN), texts=built(tmp_path, _text(KEPT_90, 0)))
    found = seam(document, _came(document))
    assert found
    assert (found.cause, found.is_same, found.anew) == (Cause.TECHNICAL, False, None)


def test_a_text_that_waited_at_the_end_of_the_history_was_seen_then(tmp_path: Path) -> None:
    document = _watch(KEPT_30)
    run(declared(PLAIN), built(tmp_path, _page(KEPT_90, 0), _page(KEPT_30, WATCHED - 1)))
    found = seam(document, _came(document))
    assert found
    assert (found.cause, found.seen_at) == (Cause.PUBLISHER, day(WATCHED - 1))


def test_a_document_without_captures_waits_for_nothing(tmp_path: Path) -> None:
    (imported,) = run(declared(PLAIN), built(tmp_path, _page(KEPT_90, 0)))
    assert incoming(imported.document) is None
    assert Version.objects.get().document == imported.document
    assert Fetch.objects.get().source.document == imported.document
