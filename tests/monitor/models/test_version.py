"""Versions as they are stored: each text packed, against the text of an earlier version where that saves room."""

import random
import string

import pytest
from django.db import connection
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.core.normalize import sha256
from monitor.models import Outcome, PackedText, Version
from monitor.storage import CorruptBytes, drop_texts, put_text
from tests.builders import capture, day, make_source, make_version, publish, texts_of, versions_of

pytestmark = pytest.mark.django_db
_WRITABLE = st.characters(exclude_categories=["Cs"])


def clauses(count: int, seed: int = 1) -> list[str]:
    """So many sentences of invented words, none like another."""
    chance = random.Random(seed)
    words = [
        "".join(chance.choices(string.ascii_lowercase, k=chance.randint(2, 9))) for _ in range(25 * count)
    ]
    return [f"{' '.join(words[25 * at : 25 * at + 25])} for {at} days." for at in range(count)]


def main(texts: list[str]) -> str:
    """These texts as the inside of a page."""
    return "".join(f"<p>{text}</p>" for text in texts)


def with_one_changed(texts: list[str], at: int) -> list[str]:
    """The same texts, one of them some letters longer."""
    return [
        text.replace(" days.", " whole years.") if number == at else text for number, text in enumerate(texts)
    ]


def read_back(row: PackedText) -> bytes:
    """The bytes of a row as the database has them."""
    return PackedText.objects.get(pk=row.pk).body()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(
    st.lists(
        st.lists(st.sampled_from(clauses(9)) | st.text(_WRITABLE)).map("\n".join), min_size=1, max_size=6
    )
)
def test_texts_come_back_exactly_whatever_came_before_them(texts: list[str]) -> None:
    rows: list[PackedText] = []
    for text in texts:
        rows.append(put_text(text.encode(), like=rows[-1] if rows else None))
    assert [read_back(row).decode() for row in rows] == texts
    assert all(row.base is None or row.base.base is None for row in PackedText.objects.all())


def test_a_version_with_one_changed_clause_of_hundreds_takes_little_room() -> None:
    texts = clauses(300)
    source = make_source()
    publish(source, main(texts), day(0))
    publish(source, main(with_one_changed(texts, 150)), day(9))
    first, second = versions_of(source)
    assert second.packed_text.base == first.packed_text
    assert second.packed_outline.base == first.packed_outline
    assert len(second.text) > 40_000
    assert len(second.packed_text.packed) + len(second.packed_outline.packed) < 400
    assert second.text == "\n".join(with_one_changed(texts, 150))
    assert [second.text[block.start : block.end] for block in second.blocks] == second.text.split("\n")


def test_a_text_rests_on_one_other_row_however_many_versions_came_before() -> None:
    texts, others = clauses(60), clauses(60, seed=2)
    source = make_source()
    for number in range(20):
        texts = [*others[:number], *texts[number:]]
        publish(source, main(texts), day(9 * number))
    versions = versions_of(source)
    assert len(versions) == 20
    assert all(sha256(version.text.encode()) == version.text_sha256 for version in versions)
    assert all(one.base is None or one.base.base is None for one in PackedText.objects.all())
    # The differences add up until one is kept whole again.
    assert (
        1 < PackedText.objects.filter(pk__in=[one.packed_text_id for one in versions], base=None).count() < 10
    )


def test_a_rewritten_text_is_stored_whole_and_the_next_ones_against_it() -> None:
    source = make_source()
    for number, texts in enumerate([clauses(90), clauses(90, 2), with_one_changed(clauses(90, 2), 7)]):
        publish(source, main(texts), day(20 * number))
    _, second, third = versions_of(source)
    assert second.packed_text.base is None
    assert third.packed_text.base == second.packed_text


def test_a_text_that_returns_is_stored_once() -> None:
    source = make_source()
    for number, text in enumerate(["One.", "Two.", "One."]):
        publish(source, f"<p>{text}</p>", day(60 * number))
    first, _, third = versions_of(source)
    assert third.packed_text == first.packed_text
    assert texts_of(source) == ["One.", "Two.", "One."]


def test_what_texts_rest_on_cannot_be_deleted() -> None:
    texts = clauses(40)
    source = make_source()
    publish(source, main(texts), day(0))
    publish(source, main(with_one_changed(texts, 3)), day(9))
    first, second = versions_of(source)
    for row in (first.packed_text, second.packed_text, first.packed_outline):
        with pytest.raises(ProtectedError):
            row.delete()
    keys = set(PackedText.objects.values_list("pk", flat=True))
    drop_texts(keys)
    assert set(PackedText.objects.values_list("pk", flat=True)) == keys


def test_texts_that_no_version_has_any_more_go_with_their_bases() -> None:
    words = " ".join(clauses(40))
    base = put_text(words.encode())
    like = put_text(f"{words} And more.".encode(), like=base)
    assert like.base == base
    kept = make_version()
    drop_texts([like.pk])
    assert set(PackedText.objects.values_list("pk", flat=True)) == {
        kept.packed_text_id,
        kept.packed_outline_id,
    }


@pytest.mark.parametrize("rotten", [b"rotten", b""])
def test_a_damaged_text_is_an_error_and_never_another_text(rotten: bytes) -> None:
    version = make_version()
    PackedText.objects.filter(pk=version.packed_text_id).update(packed=rotten)
    with pytest.raises(CorruptBytes, match=version.text_sha256):
        _ = Version.objects.get().text


def test_the_text_of_another_version_in_its_place_is_an_error() -> None:
    version = make_version()
    Version.objects.update(packed_text=put_text(b"We sell it."))
    with pytest.raises(CorruptBytes, match=f"{version.public_id}.*{version.text_sha256}"):
        _ = Version.objects.get().text


def test_a_page_goes_on_being_read_where_its_stored_text_is_damaged() -> None:
    source = make_source()
    publish(source, main(clauses(40)), day(0))
    PackedText.objects.update(packed=b"rotten")
    for number in (9, 10):
        fetch = capture(source, main(with_one_changed(clauses(40), 3)), day(number), furniture=number)
    assert fetch.outcome == Outcome.CONFIRMED
    first, second = versions_of(source)
    assert second.text == "\n".join(with_one_changed(clauses(40), 3))
    assert second.packed_text.base is None
    with pytest.raises(CorruptBytes):
        _ = first.text


def test_a_list_of_versions_carries_no_texts_and_one_of_texts_asks_once() -> None:
    source = make_source()
    for number in range(4):
        publish(source, main(with_one_changed(clauses(40), number)), day(9 * number))
    with CaptureQueriesContext(connection) as queries:
        assert [version.title for version in versions_of(source)]
    assert [one["sql"] for one in queries if '."packed"' in one["sql"]] == []
    with CaptureQueriesContext(connection) as queries:
        rows = Version.objects.select_related(*Version.TEXTS)
        assert all(version.text and version.blocks for version in rows)
    assert len(queries) == 1
