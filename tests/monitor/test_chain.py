"""The chain of a document: in the order of recording, whole, once, and anew where a record is changed."""

from __future__ import annotations

import json
from hashlib import sha256
from threading import Barrier, Thread

import pytest
from django.db import connections, transaction

from clauses.samples import remove_samples
from clauses.verifying.steps import all_steps
from monitor import chain, quarantine
from monitor.core.extract import EXTRACTOR_VERSION
from monitor.models import Document, Link, Outcome, Snapshot, Version
from tests.builders import (
    HTML,
    capture,
    day,
    hold_back,
    make_change_set,
    make_document,
    make_platform,
    make_source,
    make_user,
    page,
)

pytestmark = pytest.mark.django_db


def records(document: Document) -> list[str]:
    """The records of a chain in its order."""
    return list(Link.objects.filter(document=document).order_by("position").values_list("record", flat=True))


def findings() -> list[str]:
    """What does not hold of everything."""
    return [
        f"{one.record}: {one.words}" for step in all_steps() for found in step.findings() for one in found
    ]


def test_snapshots_and_versions_are_linked_in_the_order_of_recording() -> None:
    source = make_source()
    for number, text in enumerate(["One.", "Two.", "Two."]):
        capture(source, f"<p>{text}</p>", day(number), furniture=number)
    one, two, three = Snapshot.objects.order_by("number")
    first, second = Version.objects.order_by("number")
    expected = [one, first, two, three, second]
    assert records(source.document) == [record.public_id for record in expected]
    assert findings() == []


def test_every_link_holds_the_hash_of_the_one_before_and_of_its_manifest() -> None:
    document = make_change_set().document
    previous = ""
    for position, link in enumerate(Link.objects.filter(document=document), start=1):
        written = json.dumps(
            {
                "format": "proviso-link-1",
                "document": document.public_id,
                "position": position,
                "previous": previous,
                "recorded_at": f"{link.recorded_at:%Y-%m-%dT%H:%M:%S.%f}Z",
                "manifest_sha256": sha256(link.manifest.encode()).hexdigest(),
            },
            sort_keys=True,
            separators=(",", ":"),
        )
        assert link.sha256 == sha256(written.encode()).hexdigest()
        previous = link.sha256
    assert position == 6


def test_the_same_bytes_again_add_nothing() -> None:
    source = make_source()
    capture(source, "<p>One.</p>", day(0))
    before = records(source.document)
    capture(source, "<p>One.</p>", day(1))
    assert records(source.document) == before


def test_each_document_has_a_chain_of_its_own() -> None:
    first, second = make_change_set().document, make_change_set().document
    assert [Link.objects.filter(document=one).count() for one in (first, second)] == [6, 6]
    assert not set(records(first)) & set(records(second))


def test_a_ruling_on_what_was_held_back_is_taken_in(settings) -> None:
    source = make_source()
    capture(source, "<p>We keep it.</p>", day(0))
    item = hold_back(source, "<p>We sell it.</p>", day(1))
    held = item.snapshot
    with transaction.atomic():
        chain.append(source.document, [held])
    quarantine.accept(item, by=make_user(), note="it is theirs", at=day(2))
    links = Link.objects.filter(record=held.public_id).order_by("position")
    assert [json.loads(link.manifest)["verdict"] for link in links] == [Outcome.BOT_WALL, ""]


def test_what_our_own_upgrade_reads_anew_is_taken_in(monkeypatch: pytest.MonkeyPatch) -> None:
    source = make_source()
    capture(source, "<p>One.</p>", day(0))
    monkeypatch.setattr("monitor.texts.EXTRACTOR_VERSION", EXTRACTOR_VERSION + "+")
    capture(source, "<p>One.</p>", day(1))
    snapshot = Snapshot.objects.get()
    keys = [json.loads(link.manifest).get("reading_key") for link in Link.objects.all()]
    assert keys[0] != snapshot.reading_key == keys[-1]
    assert findings() == []


def test_a_chain_whose_middle_was_replaced_is_named() -> None:
    document = make_change_set().document
    link = Link.objects.get(document=document, position=3)
    changed = link.manifest.replace("https://", "https://other-")
    Link.objects.filter(pk=link.pk).update(manifest=changed)
    assert any(line.startswith(f"{document.public_id}: link 3") for line in findings())


def test_a_chain_that_lost_its_end_is_named() -> None:
    document = make_change_set().document
    last = Link.objects.filter(document=document).last()
    Link.objects.filter(pk=last.pk).delete()
    assert findings() == [f"{last.record}: it is not in the chain of {document.public_id}"]


def test_what_differs_from_the_chain_is_said() -> None:
    version = make_change_set().new_version
    Version.objects.filter(pk=version.pk).update(title="Another title")
    (line,) = findings()
    assert line.startswith(f"{version.public_id}: its chain says otherwise: title was ")


def test_a_removed_sample_takes_its_chain_along() -> None:
    make_change_set(make_platform(is_sample=True))
    make_change_set()
    remove_samples()
    assert Link.objects.values("document").distinct().count() == 1
    assert findings() == []


@pytest.mark.django_db(transaction=True)
def test_two_that_record_at_once_leave_one_chain_without_gaps() -> None:
    document = make_document()
    sources = [make_source(document, position=position) for position in range(4)]
    barrier = Barrier(len(sources))

    def work(position: int) -> None:
        from monitor.tracking import record

        barrier.wait()
        for number in range(3):
            body = page(f"<p>Page {position}.</p>", furniture=number)
            record(sources[position], body, HTML, day(number + position / 10))
        connections.close_all()

    threads = [Thread(target=work, args=(position,)) for position in range(len(sources))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Snapshot.objects.count() == 12
    assert len(set(records(document))) == 12 + Version.objects.count()
    assert findings() == []
