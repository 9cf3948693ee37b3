"""A record keeps its number through whatever happens to its clause; merged and removed ones say so."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from clauses.curation import decide
from clauses.models import Clause, Occurrence
from clauses.models.choices import SeverityLevel
from tests.builders import make_user
from tests.clauses.edited_documents import (
    ENDS,
    FIVE,
    KEEPS,
    LAW,
    RATES,
    SHARES,
    Edited,
    kinds,
    layout_of,
    numbers,
)

pytestmark = pytest.mark.django_db

WHOLE = (
    "We keep the photos of your parcels for 30 days after they arrive, and we delete the recordings of your calls "
    "to our support team within two weeks of the last answer."
)
FIRST_PIECE = "We keep the photos of your parcels for 30 days after they arrive."
SECOND_PIECE = (
    "We delete the recordings of your calls to our support team within two weeks of the last answer."
)


def standing(text: str) -> list[Clause]:
    """The clauses with these words that are not removed, by number."""
    return list(Clause.objects.filter(current__wording__text=text, removed_in=None))


def test_the_clauses_of_a_first_version_are_numbered_in_reading_order() -> None:
    edited = Edited(*FIVE)
    found = numbers(edited.source.document.versions.get())
    assert list(found) == list(FIVE)
    assert list(found.values()) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("text", "edit", "kind"),
    [
        (KEEPS, KEEPS.replace("30 days", "5 years"), ["modified"]),
        (KEEPS, KEEPS.replace("photos of your parcels", "photos and weights of your parcels"), ["modified"]),
        (f"4.1 {KEEPS}", f"4.3 {KEEPS}", ["renumbered"]),
        (KEEPS, KEEPS.replace("your parcels", "“your” parcels").replace("“your”", "'your'"), ["modified"]),
    ],
)
def test_an_edited_clause_keeps_its_number(text: str, edit: str, kind: list[str]) -> None:
    edited = Edited("#Data", RATES, text, SHARES)
    before = numbers(edited.document.versions.get())[text]
    after = numbers(edited.publish("#Data", RATES, edit, SHARES))
    assert after[edit] == before
    assert kinds(edited.change_set()) == kind
    assert Clause.objects.count() == 3


def test_a_moved_clause_keeps_its_number() -> None:
    edited = Edited(*FIVE)
    before = numbers(edited.document.versions.get())
    assert numbers(edited.publish(LAW, RATES, KEEPS, SHARES, ENDS)) == before
    assert kinds(edited.change_set()) == ["moved"]


def test_a_clause_moved_under_another_heading_keeps_its_number_and_is_read_there() -> None:
    edited = Edited("#Data", RATES, KEEPS, "#Law", LAW, ENDS)
    before = numbers(edited.document.versions.get())
    version = edited.publish("#Data", RATES, "#Law", LAW, KEEPS, ENDS)
    assert numbers(version) == before
    occurrence = next(row for row, text in layout_of(version) if text == KEEPS)
    assert occurrence.heading_path == ["Law"]
    assert occurrence.clause.current_id == occurrence.pk
    assert occurrence.clause.occurrences.count() == 2


def test_clauses_under_a_new_title_keep_their_numbers() -> None:
    edited = Edited("#Data", *FIVE)
    before = numbers(edited.document.versions.get())
    assert numbers(edited.publish("#What we know about you", *FIVE)) == before
    assert kinds(edited.change_set()) == []
    assert Clause.objects.count() == 5


def test_a_document_in_reverse_order_keeps_all_numbers() -> None:
    edited = Edited(*FIVE)
    before = numbers(edited.document.versions.get())
    assert numbers(edited.publish(*reversed(FIVE))) == before
    assert not Clause.objects.filter(removed_in__isnull=False).exists()


def test_the_piece_of_a_split_with_most_of_the_words_keeps_the_record() -> None:
    edited = Edited(RATES, WHOLE, LAW)
    record = numbers(edited.document.versions.get())[WHOLE]
    after = numbers(edited.publish(RATES, FIRST_PIECE, SECOND_PIECE, LAW))
    assert kinds(edited.change_set()) == ["split"]
    assert after[SECOND_PIECE] == record
    assert after[FIRST_PIECE] == 4, "the shorter piece is a new record"
    assert Clause.objects.get(number=4).split_from.number == record, "which knows what it was cut out of"
    change = edited.change_set().changes.get()
    assert change.clause.number == record
    assert change.others == [
        row.pk for row, text in layout_of(change.change_set.new_version) if text == SECOND_PIECE
    ]


def test_a_merged_record_names_the_one_that_absorbed_it_and_its_page_redirects(client: Client) -> None:
    edited = Edited(RATES, FIRST_PIECE, SECOND_PIECE, LAW)
    before = numbers(edited.document.versions.get())
    version = edited.publish(RATES, WHOLE, LAW)
    assert kinds(edited.change_set()) == ["merged"]
    assert numbers(version)[WHOLE] == before[SECOND_PIECE], "the clause that brought most of the words"
    absorbed = Clause.objects.get(number=before[FIRST_PIECE])
    assert absorbed.removed_in == version
    assert absorbed.superseded_by.number == before[SECOND_PIECE]
    for name in ("record", "record-json", "record-bibtex", "record-csl"):
        answer = client.get(reverse(name, args=[absorbed.number]))
        assert answer.status_code == 301
        note = f"?merged={absorbed.public_id}" if name == "record" else ""
        assert answer["Location"] == reverse(name, args=[before[SECOND_PIECE]]) + note


def test_an_absorbed_record_is_not_revived_when_its_words_stand_alone_again() -> None:
    edited = Edited(RATES, FIRST_PIECE, SECOND_PIECE, LAW)
    absorbed = numbers(edited.document.versions.get())[FIRST_PIECE]
    edited.publish(RATES, WHOLE, LAW)
    after = numbers(edited.publish(RATES, FIRST_PIECE, SECOND_PIECE, LAW))
    assert after[FIRST_PIECE] != absorbed, "its page has sent readers elsewhere"
    assert Clause.objects.get(number=absorbed).superseded_by.number == after[SECOND_PIECE]


def test_a_removed_clause_says_in_which_version_and_keeps_its_words() -> None:
    edited = Edited(*FIVE)
    version = edited.publish(RATES, SHARES, ENDS, LAW)
    removed = Clause.objects.get(removed_in=version)
    assert removed.current.wording.text == KEEPS
    assert removed.current.last_version == version.predecessor
    assert removed.superseded_by is None
    assert edited.change_set().changes.get(kind="removed").clause == removed


def test_words_that_come_back_go_on_with_their_record() -> None:
    edited = Edited(*FIVE)
    record = numbers(edited.document.versions.get())[KEEPS]
    edited.publish(RATES, SHARES, ENDS, LAW)
    version = edited.publish("#Photos", RATES, SHARES, ENDS, KEEPS, LAW)
    assert numbers(version)[KEEPS] == record
    revived = Clause.objects.get(number=record)
    assert revived.removed_in is None
    assert revived.occurrences.count() == 2
    assert Occurrence.objects.filter(clause=revived, last_version=None).get() == revived.current


@pytest.mark.parametrize(
    "returned",
    [
        KEEPS.replace("30 days", "90 days"),
        f"7. {KEEPS}",
        KEEPS.replace("the photos of your parcels", "all photos of your parcels"),
    ],
)
def test_a_removed_clause_that_comes_back_slightly_edited_goes_on_with_its_record(returned: str) -> None:
    edited = Edited(*FIVE)
    record = numbers(edited.document.versions.get())[KEEPS]
    edited.publish(RATES, SHARES, ENDS, LAW)
    version = edited.publish(RATES, SHARES, ENDS, returned, LAW)
    assert numbers(version)[returned] == record
    assert Clause.objects.get(number=record).removed_in is None
    assert kinds(edited.change_set()) == ["added"]


def test_another_clause_of_the_same_build_does_not_take_up_the_record_of_a_removed_one() -> None:
    edited = Edited(*FIVE)
    edited.publish(RATES, SHARES, ENDS, LAW)
    other = "We keep the keys of your lockers for 30 days after they are lost."
    assert numbers(edited.publish(RATES, SHARES, ENDS, other, LAW))[other] == 6
    assert Clause.objects.get(current__wording__text=KEEPS).removed_in is not None


def test_of_two_clauses_that_came_back_each_goes_on_with_its_own_record() -> None:
    mine, yours = KEEPS, KEEPS.replace("photos", "weights")
    edited = Edited(RATES, mine, SHARES, yours, LAW)
    before = numbers(edited.document.versions.get())
    edited.publish(RATES, SHARES, LAW)
    longer_mine, longer_yours = (text.replace("30 days", "40 days") for text in (mine, yours))
    after = numbers(edited.publish(RATES, longer_yours, SHARES, longer_mine, LAW))
    assert (after[longer_mine], after[longer_yours]) == (before[mine], before[yours])


def test_words_that_come_back_twice_go_on_with_both_records() -> None:
    edited = Edited("#Photos", RATES, KEEPS, "#Recordings", SHARES, KEEPS, ENDS)
    before = [row.clause.number for row, _ in layout_of(edited.document.versions.get())]
    edited.publish("#Photos", RATES, "#Recordings", SHARES, ENDS)
    version = edited.publish("#Photos", RATES, KEEPS, "#Recordings", SHARES, KEEPS, LAW)
    after = [row.clause.number for row, _ in layout_of(version)]
    assert after[:4] == before[:4]
    assert Clause.objects.filter(current__wording__text=KEEPS).count() == 2


def test_of_two_removed_records_with_the_same_words_the_one_under_that_heading_goes_on() -> None:
    edited = Edited("#Photos", RATES, KEEPS, "#Recordings", SHARES, KEEPS, ENDS)
    photos, recordings = (
        row.clause.number for row, text in layout_of(edited.document.versions.get()) if text == KEEPS
    )
    edited.publish("#Photos", RATES, "#Recordings", SHARES, ENDS)
    assert numbers(edited.publish("#Photos", RATES, KEEPS, "#Recordings", SHARES, LAW))[KEEPS] == photos
    edited.publish("#Photos", RATES, "#Recordings", SHARES)
    assert numbers(edited.publish("#Photos", RATES, "#Recordings", SHARES, KEEPS, ENDS))[KEEPS] == recordings


def test_words_that_come_back_while_another_copy_goes_keep_one_record_each() -> None:
    edited = Edited("#A", RATES, KEEPS, "#B", SHARES, KEEPS, "#C", ENDS)
    edited.publish("#A", RATES, KEEPS, "#B", SHARES, "#C", ENDS)
    (left,) = standing(KEEPS)
    version = edited.publish("#A", RATES, "#B", SHARES, KEEPS, "#C", LAW)
    assert [clause.number for clause in standing(KEEPS)] == [numbers(version)[KEEPS]]
    assert numbers(version)[KEEPS] == left.number, "the copy that stood has moved"
    assert Clause.objects.filter(current__wording__text=KEEPS).count() == 2


def test_a_text_edited_into_the_words_of_a_removed_clause_stays_its_own_record() -> None:
    edited = Edited(RATES, KEEPS, KEEPS.replace("30 days", "90 days"), LAW)
    before = numbers(edited.document.versions.get())
    edited.publish(RATES, KEEPS.replace("30 days", "90 days"), LAW)
    after = numbers(edited.publish(RATES, KEEPS, LAW))
    assert after[KEEPS] == before[KEEPS.replace("30 days", "90 days")]
    assert Clause.objects.get(number=before[KEEPS]).removed_in is not None


def test_a_sentence_that_stands_twice_gives_two_records_with_lasting_numbers() -> None:
    edited = Edited("#A", RATES, KEEPS, "#B", SHARES, KEEPS, ENDS)
    before = [(text, row.clause.number) for row, text in layout_of(edited.document.versions.get())]
    assert len({number for _, number in before}) == 5
    version = edited.publish("#A", RATES, KEEPS, LAW, "#B", SHARES, KEEPS, ENDS)
    assert [(text, row.clause.number) for row, text in layout_of(version) if text != LAW] == before
    version = edited.publish("#A", RATES, LAW, "#B", SHARES, KEEPS, ENDS)
    assert dict(before[3:]).items() <= numbers(version).items()


def test_the_same_words_in_another_document_are_another_record() -> None:
    first, second = Edited(*FIVE), Edited(*FIVE)
    assert not set(numbers(first.document.versions.get()).values()) & set(
        numbers(second.document.versions.get()).values()
    )


def test_a_removed_clause_of_another_document_is_not_revived_here() -> None:
    first = Edited(*FIVE)
    first.publish(RATES, SHARES, ENDS, LAW)
    second = Edited(RATES, SHARES, LAW)
    after = numbers(second.publish(RATES, KEEPS, SHARES, LAW))
    assert Clause.objects.get(number=after[KEEPS]).document == second.document
    assert Clause.objects.filter(document=first.document, removed_in__isnull=False).count() == 1


def test_a_text_replaced_as_a_whole_ends_every_record_and_begins_others() -> None:
    edited = Edited(RATES, KEEPS)
    version = edited.publish(
        "Nobody may sell tickets near the harbor.", "Lost umbrellas wait at the gate until noon."
    )
    assert sorted(numbers(version).values()) == [3, 4]
    assert Clause.objects.filter(removed_in=version).count() == 2
    assert sorted(kinds(edited.change_set())) == ["added", "added", "removed", "removed"]


def test_a_decision_stays_with_its_clause_through_moves_and_edits_around_it() -> None:
    edited = Edited("#Data", *FIVE)
    clause = Clause.objects.get(current__wording__text=ENDS)
    decide(clause, ["arbitration"], SeverityLevel.HIGH, "Read with the law.", make_user(role="curator"))
    for version in (("#Data", *reversed(FIVE)), ("#Rules", ENDS, RATES), ("#Rules", RATES), ("#Data", *FIVE)):
        edited.publish(*version)
    present = Clause.objects.get(pk=clause.pk)
    assert present.removed_in is None
    assert present.severity == SeverityLevel.HIGH
    assert list(present.labels.values_list("type", "basis")) == [("arbitration", "curator")]
