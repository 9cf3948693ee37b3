"""Recorded texts without pages."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from monitor.importing.histories import Selection
from monitor.models import Cause, Document, Fetch, Origin, Part, Render, Source, Version
from tests.builders import capture, rolled_back
from tests.monitor.importing.archives import KEPT_2Y, KEPT_30, KEPT_90, URL, Commit, day, record, terms
from tests.monitor.importing.running import PLAIN, built, declared, run
from tests.monitor.test_kills import everything, killed_at

pytestmark = pytest.mark.django_db

PATH = "Larkspur/Terms of Service.md"


def _text(paragraph: str, at: float, subject: str = "Record new changes of") -> Commit:
    return record(
        PATH, f"Terms\n=====\n\nLarkspur carries letters.\n\n{paragraph}\n", day(at), subject=subject
    )


def _history(*rows: tuple[str, float]) -> list[Commit]:
    return [_text(paragraph, at) for paragraph, at in rows]


def _versions() -> list[tuple[str, str]]:
    return [(row.cause, row.text.split("\n")[-1]) for row in Version.objects.order_by("ordinal")]


def _outcomes() -> list[str]:
    return list(Fetch.objects.order_by("at").values_list("outcome", flat=True))


def test_every_recorded_text_counts_at_once(tmp_path: Path) -> None:
    run(texts=built(tmp_path, *_history((KEPT_30, 0), (KEPT_90, 30), (KEPT_2Y, 31))))
    assert _versions() == [("first", KEPT_30), ("publisher", KEPT_90), ("publisher", KEPT_2Y)]
    assert [row.first_seen_at for row in Version.objects.order_by("ordinal")] == [day(0), day(30), day(31)]
    assert set(Version.objects.values_list("origin", flat=True)) == {Origin.IMPORT}


def test_rows_are_as_for_a_captured_text(tmp_path: Path) -> None:
    run(texts=built(tmp_path, *_history((KEPT_30, 0), (KEPT_90, 30))))
    document, source = Document.objects.get(), Source.objects.get()
    assert document.current_version == Version.objects.get(ordinal=2)
    assert document.read_at == day(30)
    assert (source.render, source.last_good) == (Render.TEXT, Fetch.objects.latest("at").snapshot)
    parts = list(Part.objects.order_by("version__ordinal").select_related("snapshot"))
    assert [part.snapshot.captured_at for part in parts] == [day(0), day(30)]
    assert [part.end for part in parts] == [len(row.text) for row in Version.objects.order_by("ordinal")]
    assert parts[0].snapshot.content_type.startswith("text/markdown")


def test_links_and_white_space_are_no_change(tmp_path: Path) -> None:
    linked = KEPT_30.replace("letters", "[letters](https://a.example/x?session=7)")
    run(texts=built(tmp_path, *_history((KEPT_30, 0), (linked, 1), (linked.replace("=7", "=8"), 2))))
    assert _versions() == [("first", KEPT_30)]
    assert _outcomes() == ["first", "same_text", "same_text"]


def test_a_text_that_gave_way_to_the_one_before_is_transient(tmp_path: Path) -> None:
    run(texts=built(tmp_path, *_history((KEPT_30, 0), (KEPT_90, 30), (KEPT_30, 33), (KEPT_2Y, 60))))
    assert _versions() == [("first", KEPT_30), ("publisher", KEPT_2Y)]
    assert _outcomes() == ["first", "transient", "same_text", "confirmed"]


def test_a_return_names_its_version(tmp_path: Path) -> None:
    run(texts=built(tmp_path, *_history((KEPT_30, 0), (KEPT_90, 30), (KEPT_30, 60))))
    first, _, last = Version.objects.order_by("ordinal")
    assert (last.cause, last.returns_to) == (Cause.PUBLISHER, first)


def test_what_the_archive_made_anew_is_technical(tmp_path: Path) -> None:
    upgrade = _text(KEPT_90, 0, "Apply technical or declaration upgrade on")
    # It carries the date of the page that was read again.
    run(texts=built(tmp_path, _text(KEPT_30, 0), upgrade, _text(KEPT_2Y, 5)))
    assert _versions() == [("first", KEPT_30), ("technical", KEPT_90), ("publisher", KEPT_2Y)]


def test_a_second_run_adds_nothing_and_a_longer_history_goes_on(tmp_path: Path) -> None:
    rows = _history((KEPT_30, 0), (KEPT_90, 30))
    (first,) = run(texts=built(tmp_path, *rows))
    state = everything(first.document)
    run(texts=built(tmp_path, *rows))
    assert everything(first.document) == state
    run(texts=built(tmp_path, *rows, _text(KEPT_2Y, 60)))
    assert [text for _, text in _versions()] == [KEPT_30, KEPT_90, KEPT_2Y]
    assert Source.objects.count() == 1


@pytest.mark.parametrize(
    ("rows", "split"),
    [
        # The end of the shorter archive makes a text of the last day a change; the longer one goes on from there.
        ([(KEPT_30, 0), (KEPT_90, 20), (KEPT_30, 21)], 2),
        ([(KEPT_30, 0), (KEPT_90, 20), (KEPT_30, 21), (KEPT_2Y, 60)], 2),
    ],
)
def test_a_longer_history_loses_no_text_that_came_back(
    rows: list[tuple[str, float]], split: int, tmp_path: Path
) -> None:
    run(texts=built(tmp_path, *_history(*rows[:split])))
    elsewhere = record("Foxglove/Terms of Service.md", KEPT_2Y, day(90))
    run(texts=built(tmp_path, *_history(*rows), elsewhere))
    document = Document.objects.get(platform__slug="larkspur")
    versions = Version.objects.filter(document=document).order_by("ordinal")
    assert [version.text.split("\n")[-1] for version in versions] == [text for text, _ in rows]
    assert document.current_version
    assert document.current_version.text.endswith(rows[-1][0])


def test_an_import_in_two_parts_knows_what_the_archive_made_anew_in_the_first(tmp_path: Path) -> None:
    upgrade = _text(KEPT_90, 100, "Apply technical or declaration upgrade on")
    texts = built(tmp_path, _text(KEPT_30, 0), upgrade, _text(KEPT_30, 103), _text(KEPT_2Y, 140))
    with rolled_back():
        run(texts=texts)
        whole = _versions()
        assert [cause for cause, _ in whole] == ["first", "technical", "publisher", "publisher"]
    run(texts=texts, selection=Selection(until=day(101)))
    run(texts=texts, selection=Selection(since=day(101)))
    assert _versions() == whole


def test_where_pages_are_captured_recorded_texts_are_passed_over(tmp_path: Path) -> None:
    pages = built(tmp_path, record(PATH.replace(".md", ".html"), terms(KEPT_30), day(0), url=URL))
    texts = built(tmp_path, *_history((KEPT_30, 0), (KEPT_90, 30)))
    run(declared(PLAIN), pages=pages, texts=texts)
    (again,) = run(declared(PLAIN), texts=texts)
    assert "recorded texts passed over: its pages are captured, which is better" in again.remarks
    assert [text for _, text in _versions()] == [KEPT_30]


def test_a_page_fetched_later_takes_over_and_its_changes_count(tmp_path: Path) -> None:
    run(declared(PLAIN), texts=built(tmp_path, *_history((KEPT_30, 0), (KEPT_90, 30))))
    document = Document.objects.get()
    assert not document.is_paused
    live = Source.objects.valid(day(40)).get(document=document)
    assert live.render == Render.HTTP
    assert live.fetches.count() == 0
    for at, paragraph in [(40, KEPT_90), (41, KEPT_2Y), (41.5, KEPT_2Y)]:
        capture(
            live, f"<h1>Terms</h1><p>Larkspur carries letters.</p><p>{paragraph}</p>", day(at), furniture=at
        )
    # The page gives the recorded text word for word: nothing technical to record.
    assert [cause for cause, _ in _versions()] == ["first", "publisher", "publisher"]
    assert _versions()[-1] == ("publisher", KEPT_2Y)


def test_an_import_killed_at_any_statement_ends_as_an_undisturbed_one(tmp_path: Path) -> None:
    texts = built(
        tmp_path, *_history((KEPT_30, 0), (KEPT_90, 30), (KEPT_30, 33), (KEPT_2Y, 60), (KEPT_30, 80))
    )
    with rolled_back():
        (undisturbed,) = run(texts=texts)
        expected = everything(undisturbed.document)
        assert len(expected["versions"]) == 3
    chance = random.Random(5)
    for _ in range(15):
        with rolled_back():
            for _ in range(2):
                with killed_at(chance.randrange(250)):
                    run(texts=texts)
            run(texts=texts)
            assert everything(Document.objects.get()) == expected
