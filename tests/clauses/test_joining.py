"""Earlier history of a document that has been watched comes in front of what is on record."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from clauses import subscribing
from clauses.analysis import analyze_pending
from clauses.curation import decide
from clauses.joining import join_earlier
from clauses.models import Alert, Clause, ListedClause, Occurrence
from clauses.models.choices import SeverityLevel
from clauses.queries.import_report import import_report
from clauses.queries.registry import record_by_id
from monitor.importing.incoming import incoming
from monitor.models import Cause, Fetch, Origin, Platform, Source, Version
from tests.builders import capture, make_user
from tests.clauses.earlier_history import (
    KEEPS_90,
    PATH,
    WATCHED,
    archive,
    bring,
    change_sets,
    numbers,
    on_record,
    page_of,
    seen,
    watch,
    watched_document,
)
from tests.clauses.edited_documents import ENDS, FIVE, KEEPS, LAW, RATES, SHARES
from tests.clauses.listed_truth import listed, truth
from tests.monitor.importing.archives import URL, day, record
from tests.monitor.importing.running import PLAIN, built, declared, run

pytestmark = pytest.mark.django_db


def test_it_comes_in_front_at_its_own_dates_and_no_record_changes_its_id(tmp_path: Path) -> None:
    run(declared(PLAIN))
    watch(FIVE, [RATES, KEEPS_90, SHARES, LAW])
    known = numbers()
    keeps = Clause.objects.get(current__wording__text=KEEPS_90)
    bring(archive(tmp_path, [KEEPS_90, SHARES], [RATES, KEEPS_90, SHARES]))
    versions = Version.objects.filter(document=watched_document()).order_by("ordinal")
    assert [(v.cause, v.origin) for v in versions] == [
        (Cause.FIRST, Origin.IMPORT),
        (Cause.PUBLISHER, Origin.IMPORT),
        (Cause.PUBLISHER, Origin.FETCH),
        (Cause.PUBLISHER, Origin.FETCH),
    ]
    assert [v.first_seen_at for v in versions] == [day(0), day(20), day(WATCHED), day(WATCHED + 20)]
    for letter, before in known.items():
        assert before <= numbers()[letter], letter
    wordings = keeps.occurrences.order_by("first_version__ordinal").values_list("wording__text", flat=True)
    assert list(wordings) == [KEEPS_90, KEEPS, KEEPS_90]
    assert not Platform.everything.filter(incoming_for__isnull=False).exists()
    assert [row.outcome for row in Fetch.objects.order_by("at")][4:6] == ["confirmed", "same_text"]


def test_a_text_that_is_equal_was_first_seen_when_the_archive_saw_it(tmp_path: Path) -> None:
    run(declared(PLAIN))
    watch(FIVE, [RATES])
    first = watched_document().versions.get(ordinal=1)
    bring(archive(tmp_path, [KEEPS], FIVE))
    first.refresh_from_db()
    assert (first.ordinal, first.cause, first.first_seen_at) == (2, Cause.PUBLISHER, day(20))
    assert [row.detected_at for row in change_sets()] == [day(20), day(WATCHED + 20)]
    assert Fetch.objects.get(at=day(WATCHED)).outcome == "same_text"


def test_where_all_of_it_is_the_first_text_only_its_date_changes(tmp_path: Path) -> None:
    run(declared(PLAIN))
    watch(FIVE)
    clauses = set(Occurrence.objects.values_list("pk", "clause"))
    bring(archive(tmp_path, FIVE))
    (version,) = watched_document().versions.all()
    assert (version.cause, version.first_seen_at) == (Cause.FIRST, day(0))
    assert set(Occurrence.objects.values_list("pk", "clause")) == clauses
    assert listed() == truth()
    assert {row.since for row in ListedClause.objects.all()} == {day(0)}


def test_a_clause_that_went_long_ago_and_came_back_while_watched_is_one_record(tmp_path: Path) -> None:
    run(declared(PLAIN))
    watch([RATES, KEEPS], [RATES, KEEPS, LAW])
    law = Clause.objects.get(current__wording__text=LAW)
    known = numbers()["P"]
    bring(archive(tmp_path, [RATES, LAW, ENDS], [RATES]))
    assert list(law.occurrences.values_list("first_version__ordinal", "last_version__ordinal")) == [
        (1, 1),
        (4, None),
    ]
    (ends,) = Clause.objects.exclude(number__in=known)
    assert (ends.current.wording.text, ends.removed_in.ordinal) == (ENDS, 2)


def test_a_decision_stays_in_force(tmp_path: Path) -> None:
    run(declared(PLAIN))
    watch(FIVE)
    keeps = Clause.objects.get(current__wording__text=KEEPS)
    decision = decide(
        keeps, ["data_retention"], SeverityLevel.HIGH, "Thirty days are long.", make_user("carla")
    )
    bring(archive(tmp_path, [RATES, KEEPS_90]))
    keeps.refresh_from_db()
    assert (keeps.decision, keeps.severity) == (decision, SeverityLevel.HIGH)
    assert keeps.occurrences.count() == 2


def test_nobody_is_alerted_and_the_report_says_what_would_have_been(tmp_path: Path) -> None:
    run(declared(PLAIN))
    subscriber = make_user("anna", email="anna@example.org")
    subscribing.subscribe(subscriber, watched_document().platform, SeverityLevel.NONE)
    watch(FIVE, [RATES, KEEPS_90, SHARES, LAW])
    owed = set(Alert.objects.values_list("change_set__new_version__ordinal", flat=True))
    before = Alert.objects.count()
    bring(archive(tmp_path, [*FIVE, KEEPS_90], [RATES]))
    assert owed
    assert Alert.objects.count() == before
    report = import_report(watched_document(), "Larkspur", "Terms of Service")
    assert [row["would_alert"] for row in report["change_sets"]][:2] == [True, True]


def test_feeds_do_not_tell_of_it_and_pages_do(tmp_path: Path, client: Client) -> None:
    run(declared(PLAIN))
    watch(FIVE, [RATES, KEEPS_90, SHARES, LAW])
    (told,) = change_sets()
    before = client.get("/changes.atom").content.decode()
    bring(archive(tmp_path, [KEEPS], [RATES, KEEPS]))
    first, seam, last = change_sets()
    assert last == told
    after = client.get("/changes.atom").content.decode()
    assert told.public_id in after
    assert first.public_id not in after
    assert seam.public_id not in after
    assert before.count("<entry>") == after.count("<entry>")
    page = client.get("/platforms/larkspur/").content.decode()
    places = [page.index(row.public_id) for row in (last, seam, first)]
    assert places == sorted(places), "newest first"
    old = client.get("/platforms/larkspur/", {"as_of": day(30).date().isoformat()}).content.decode()
    assert first.public_id in old


def test_what_came_half_in_is_shown_nowhere(tmp_path: Path, client: Client) -> None:
    run(declared(PLAIN))
    watch(FIVE)
    before = on_record()
    run(declared(PLAIN), archive(tmp_path, [KEEPS], [RATES]))
    analyze_pending()
    came = incoming(watched_document())
    assert came is not None
    assert on_record() == before
    assert list(Platform.objects.values_list("slug", flat=True)) == ["larkspur"]
    version = came.versions.first()
    for address in (
        f"/platforms/{came.platform.slug}/",
        f"/platforms/{came.platform.slug}/{came.slug}/",
        f"/platforms/{came.platform.slug}/{came.slug}/versions/{version.public_id}/",
        f"/snapshots/{version.parts.get().snapshot.public_id}/",
    ):
        assert client.get(address).status_code == 404, address
    for hidden in (came, version, version.parts.get().snapshot):
        assert record_by_id(hidden.public_id) is None
    assert came.platform.slug not in client.get("/").content.decode()
    assert came.platform.slug not in client.get("/status/").content.decode()


def test_a_second_import_adds_nothing(tmp_path: Path) -> None:
    run(declared(PLAIN))
    watch(FIVE, [RATES])
    pages = archive(tmp_path, [KEEPS], [RATES, KEEPS])
    bring(pages)
    state = on_record(), numbers(), Source.objects.count()
    bring(pages)
    assert (on_record(), numbers(), Source.objects.count()) == state


def test_what_lies_between_captures_is_passed_over_and_said_so(tmp_path: Path) -> None:
    run(declared(PLAIN))
    watch(FIVE, [RATES])
    within = record(PATH, page_of([LAW], "within"), day(WATCHED + 5), url=URL)
    pages = built(tmp_path, *seen([KEEPS], 0), within)
    assert "1 captures passed over: they lie between captures on record" in bring(pages)
    state = on_record()
    assert len(state["versions"]) == 3
    assert "1 captures passed over: they lie between captures on record" in bring(pages)
    assert on_record() == state


def test_even_earlier_history_comes_in_front_of_that(tmp_path: Path) -> None:
    run(declared(PLAIN))
    watch(FIVE)
    late, early = seen([RATES, KEEPS], 40), seen([KEEPS], 0)
    bring(built(tmp_path, *late))
    bring(built(tmp_path, *early, *late))
    assert [v.first_seen_at for v in watched_document().versions.order_by("ordinal")] == [
        day(0),
        day(40),
        day(WATCHED),
    ]


def test_a_document_that_was_never_readable_goes_on_from_its_history(tmp_path: Path) -> None:
    run(declared(PLAIN))
    (source,) = Source.objects.all()
    capture(source, "", day(WATCHED))
    bring(archive(tmp_path, [KEEPS], FIVE))
    watch(FIVE, since=WATCHED + 20)
    assert [(v.cause, v.analysis is not None) for v in watched_document().versions.order_by("ordinal")] == [
        (Cause.FIRST, True),
        (Cause.PUBLISHER, True),
    ]
    assert watched_document().current_version.ordinal == 2


def test_where_only_our_reading_differs_the_change_is_technical(tmp_path: Path) -> None:
    run(declared(PLAIN))
    Source.objects.update(select=["main p"])
    watch(["#Rules", *FIVE])
    bring(archive(tmp_path, ["#Rules", *FIVE]))
    assert [v.cause for v in watched_document().versions.order_by("ordinal")] == [
        Cause.FIRST,
        Cause.TECHNICAL,
    ]
    (source,) = Source.objects.filter(document=watched_document(), valid_until=None)
    assert source.select == ["main p"], "watching goes on as it was set"


def test_where_the_text_differs_too_our_reading_is_told_apart(tmp_path: Path) -> None:
    run(declared(PLAIN))
    Source.objects.update(select=["main p"])
    watch(["#Rules", *FIVE])
    bring(archive(tmp_path, ["#Rules", RATES, KEEPS_90, SHARES, ENDS, LAW]))
    versions = watched_document().versions.order_by("ordinal")
    assert [v.cause for v in versions] == [Cause.FIRST, Cause.TECHNICAL, Cause.PUBLISHER]
    assert "Rules" not in versions[1].text
    assert [row.counts["modified"] for row in change_sets()] == [0, 1]


def test_watching_goes_on_while_it_comes_in(tmp_path: Path) -> None:
    run(declared(PLAIN))
    watch(FIVE)
    run(declared(PLAIN), archive(tmp_path, [KEEPS], [RATES]))
    assert not watched_document().is_paused
    watch([RATES, KEEPS_90], since=WATCHED + 20)
    join_earlier(watched_document())
    texts = [v.text.split("\n") for v in watched_document().versions.order_by("ordinal")]
    assert texts == [[KEEPS], [RATES], list(FIVE), [RATES, KEEPS_90]]
    assert watched_document().current_version.ordinal == 4
