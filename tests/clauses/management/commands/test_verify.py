"""`manage.py verify`: what holds, what does not and by which name, and what it refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clauses.models import Analysis, Change, ChangeSet, Clause, Occurrence, ReadFact, Wording
from clauses.verifying.scope import scope_of
from monitor.models import Blob, Counter, Fetch, PackedText, Part, Snapshot, Version
from tests.builders import KEPT_5_YEARS, KEPT_30_DAYS, make_change_set
from tests.clauses.management.running import run

pytestmark = pytest.mark.django_db


def verify(capsys: pytest.CaptureFixture[str], *records: str) -> tuple[dict[str, Any], bool]:
    """What the command prints, and whether it ended well."""
    try:
        call_command("verify", *records, "--json")
    except CommandError:
        return json.loads(capsys.readouterr().out), False
    return json.loads(capsys.readouterr().out), True


def named(capsys: pytest.CaptureFixture[str], *records: str) -> set[str]:
    """The records that it says do not hold."""
    found, is_well = verify(capsys, *records)
    assert is_well == found["holds"] == (not found["findings"])
    return {row["record"] for row in found["findings"]}


def test_all_that_was_recorded_holds(capsys: pytest.CaptureFixture[str]) -> None:
    make_change_set()
    found, is_well = verify(capsys)
    assert (is_well, found["holds"], found["findings"]) == (True, True, [])
    assert found["checked"]["stored bytes"] == Blob.objects.count() == 4
    assert found["checked"]["versions"] == found["checked"]["analyses"] == 2


def test_an_empty_site_holds(capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(capsys)[1]


def test_without_json_it_says_what_it_checked(capsys: pytest.CaptureFixture[str]) -> None:
    make_change_set()
    call_command("verify")
    said = capsys.readouterr()
    assert said.out.startswith("Everything holds. Checked: ")
    assert "2 versions" in said.out
    assert said.err == ""


def test_checking_changes_nothing() -> None:
    make_change_set()
    with CaptureQueriesContext(connection) as queries:
        call_command("verify")
    # PostgreSQL reads long lists by a cursor.
    assert {query["sql"].split()[0] for query in queries} <= {"SELECT", "DECLARE", "FETCH", "CLOSE"}


def flip(body: bytes, at: int = -1) -> bytes:
    """Bytes with one of them changed."""
    changed = bytearray(body)
    changed[at] ^= 1
    return bytes(changed)


def damage_bytes() -> str:
    blob = Snapshot.objects.order_by("number")[0].blob
    Blob.objects.filter(pk=blob.pk).update(packed=flip(blob.packed))
    return f"blob {blob.pk}"


def damage_text() -> str:
    text = Version.objects.order_by("number")[0].packed_text
    PackedText.objects.filter(pk=text.pk).update(packed=flip(text.packed))
    return f"packed text {text.pk}"


def damage_reading() -> str:
    snapshot = Snapshot.objects.order_by("number")[1]
    Snapshot.objects.filter(pk=snapshot.pk).update(links_sha256="0" * 64)
    return snapshot.public_id


def damage_fingerprint() -> str:
    version = Version.objects.order_by("number")[0]
    Version.objects.filter(pk=version.pk).update(fingerprint="0" * 64)
    return version.public_id


def damage_part() -> str:
    part = Part.objects.select_related("version").order_by("pk")[0]
    Part.objects.filter(pk=part.pk).update(end=part.end - 1)
    return part.version.public_id


def damage_ordinal() -> str:
    version = Version.objects.order_by("-number")[0]
    Version.objects.filter(pk=version.pk).update(ordinal=9)
    return version.document.public_id


def damage_wording() -> str:
    wording = Wording.objects.get(text__contains="30 days")
    Wording.objects.filter(pk=wording.pk).update(text=wording.text.replace("30", "31"))
    return f"wording {wording.sha256}"


def damage_white_space() -> str:
    wording = Wording.objects.get(text__contains="30 days")
    Wording.objects.filter(pk=wording.pk).update(text=wording.text.replace(" ", "\t"))
    return f"wording {wording.sha256}"


def damage_quote() -> str:
    fact = ReadFact.objects.select_related("classification__wording").order_by("pk")[0]
    ReadFact.objects.filter(pk=fact.pk).update(quote=fact.quote.replace("0", "1"))
    return f"wording {fact.classification.wording.sha256}"


def damage_word() -> str:
    fetch = Fetch.objects.order_by("pk")[0]
    Fetch.objects.filter(pk=fetch.pk).update(outcome="confirmfd")
    return f"fetch {fetch.pk}"


def damage_direction() -> str:
    change = Change.objects.get()
    Change.objects.filter(pk=change.pk).update(direction="adversd")
    return f"change {change.pk}"


def damage_place() -> str:
    analysis = Analysis.objects.select_related("version").order_by("pk")[0]
    analysis.layout[0][2] -= 1
    analysis.save()
    return analysis.version.public_id


def damage_context() -> str:
    occurrence = Occurrence.objects.select_related("first_version").order_by("pk")[0]
    Occurrence.objects.filter(pk=occurrence.pk).update(heading_path=["Date"])
    return occurrence.first_version.public_id


def damage_occurrence() -> str:
    occurrence = Occurrence.objects.select_related("clause").order_by("pk")[0]
    other = Wording.objects.exclude(pk=occurrence.wording_id).first()
    Occurrence.objects.filter(pk=occurrence.pk).update(wording=other)
    return occurrence.clause.public_id


def damage_redline() -> str:
    change = Change.objects.select_related("change_set").get()
    change.redline[0][1] = "X" + change.redline[0][1]
    change.save()
    return change.change_set.public_id


def damage_count() -> str:
    change_set = ChangeSet.objects.get()
    change_set.counts["modified"] += 1
    change_set.save()
    return change_set.public_id


def damage_detected() -> str:
    change_set = ChangeSet.objects.get()
    ChangeSet.objects.update(detected_at=change_set.detected_at + timedelta(days=1))
    return change_set.public_id


def damage_effective() -> str:
    ChangeSet.objects.update(effective_on=date(2031, 1, 1))
    return ChangeSet.objects.get().public_id


def damage_counter() -> str:
    Counter.objects.filter(letter="S").update(last=1)
    return "counter S"


DAMAGES = [value for name, value in list(globals().items()) if name.startswith("damage_")]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_damage_is_found_and_named(damage: Callable[[], str], capsys: pytest.CaptureFixture[str]) -> None:
    make_change_set()
    record = damage()
    assert record in named(capsys)


def test_a_row_that_refers_to_none_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    make_change_set()
    part = Part.objects.order_by("pk")[0]
    with connection.constraint_checks_disabled():
        Part.objects.filter(pk=part.pk).update(snapshot=999_999)
        assert {f"part {part.pk}", part.version.public_id} <= named(capsys)
        Part.objects.filter(pk=part.pk).update(snapshot=part.snapshot_id)


@pytest.mark.parametrize("model", [Clause, ChangeSet, Version, Snapshot], ids=lambda model: model.LETTER)
def test_a_record_is_checked_down_to_the_bytes_it_rests_on(
    model: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    make_change_set()
    record = model.objects.order_by("number")[0].public_id
    assert named(capsys, record) == set()
    damaged = damage_bytes()
    assert damaged in named(capsys, record)


def test_a_document_is_checked_whole_and_another_one_not(capsys: pytest.CaptureFixture[str]) -> None:
    first = make_change_set().document
    second = make_change_set(old="<p>We keep notes.</p>", new="<p>We sell notes.</p>").document
    damaged = damage_bytes()
    assert damaged in named(capsys, first.public_id)
    assert named(capsys, second.public_id) == set()
    assert damaged in named(capsys, second.public_id, first.public_id.lower())


@pytest.mark.parametrize(
    "damage", [damage_wording, damage_white_space, damage_redline, damage_count, damage_detected]
)
@pytest.mark.parametrize("letter", ["P", "D", "C"])
def test_what_a_clause_says_and_how_it_changed_is_checked_with_the_record(
    letter: str, damage: Callable[[], str], capsys: pytest.CaptureFixture[str]
) -> None:
    change_set = make_change_set()
    clause = Clause.objects.get(current__wording__text__contains="5 years")
    record = {"P": clause, "D": change_set.document, "C": change_set}[letter].public_id
    assert named(capsys, record) == set()
    damaged = damage()
    assert named(capsys, record) & {damaged, clause.public_id}


def test_the_words_of_a_clause_may_have_been_read_first_in_another_document(
    capsys: pytest.CaptureFixture[str],
) -> None:
    make_change_set(old=KEPT_30_DAYS.replace("feedback", '"feedback"'))
    document = make_change_set(old=KEPT_30_DAYS.replace("feedback", "“feedback”")).document
    wording = Wording.objects.get(text__contains="30 days")
    assert Occurrence.objects.filter(wording=wording).count() == 2
    assert wording.text not in document.versions.order_by("ordinal")[0].text
    assert named(capsys, document.public_id) == set()


def test_the_effective_date_of_a_change_is_the_one_that_only_the_new_text_states(
    capsys: pytest.CaptureFixture[str],
) -> None:
    stated = "<p>These terms take effect on {}.</p>"
    first = stated.format("1 March 2025")
    make_change_set(old=first + KEPT_30_DAYS, new=first + KEPT_5_YEARS)
    make_change_set(old=first + KEPT_30_DAYS, new=stated.format("1 May 2025") + KEPT_5_YEARS)
    found = ChangeSet.objects.order_by("number").values_list("effective_on", flat=True)
    assert list(found) == [None, date(2025, 5, 1)]
    assert named(capsys) == set()
    ChangeSet.objects.update(effective_on=None)
    assert named(capsys) == {ChangeSet.objects.order_by("number")[1].public_id}


def test_a_clause_that_was_split_or_merged_is_checked_with_the_change() -> None:
    change_set = make_change_set()
    other = Occurrence.objects.get(wording__text="You can write to us.")
    assert scope_of([other.clause]).change_sets == set()
    Change.objects.update(others=[other.pk])
    assert scope_of([other.clause]).change_sets == {change_set.pk}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("P-999999", "there is no record P-999999"),
        ("X-000001", "is not a record ID"),
        ("V-", "is not a record ID"),
        ("7", "is not a record ID"),
        ("V-" + "9" * 40, "is not a record ID"),
        ("S-1\n2", "is not a record ID"),
    ],
)
def test_what_is_no_record_is_refused_in_one_line(name: str, words: str) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("verify", name)
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_wrong_option_ends_with_one_line_and_1() -> None:
    done = run("verify", "--depth")
    assert done.returncode == 1
    assert len(done.stderr.decode().splitlines()) == 1
