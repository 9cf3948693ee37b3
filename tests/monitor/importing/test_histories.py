from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from monitor.importing.histories import Archive, Selection, read_archive
from monitor.importing.repositories import opened
from tests.monitor.importing.archives import Commit, build, day, record

TERMS, PRIVACY = "Larkspur/Terms of Service.html", "Larkspur/Privacy Policy #legal-privacy.html"
PAGES = frozenset({"html", "pdf"})


def _archive(folder: Path, *commits: Commit, selection: Selection | None = None) -> Archive:
    with opened(str(build(folder / "a.git", commits))) as repository:
        return read_archive(repository, PAGES, selection or Selection(), day(4000))


def _moments(archive: Archive, terms: str = "Terms of Service") -> list[float]:
    return [(one.at - day(0)).total_seconds() / 86400 for one in archive.records["Larkspur", terms]]


def test_records_are_grouped_by_document_in_order_of_time(tmp_path: Path) -> None:
    archive = _archive(
        tmp_path,
        record(TERMS, "one", day(0), subject="First record of"),
        record(PRIVACY, "p", day(2), url="https://larkspur.example/legal/privacy"),
        record(TERMS, "two", day(1)),
    )
    assert _moments(archive) == [0, 1]
    assert archive.records["Larkspur", "Privacy Policy"][0].url == "https://larkspur.example/legal/privacy"
    assert dict(archive.records["Larkspur", "Privacy Policy"][0].notes) == {
        "x-engine-version": "9.0.0",
        "x-fetcher": "htmlOnly",
    }
    assert archive.services == {"Larkspur"}
    assert archive.ends_at == day(2)


def test_dates_that_run_backwards_are_put_in_order(tmp_path: Path) -> None:
    archive = _archive(
        tmp_path, record(TERMS, "one", day(0)), record(TERMS, "three", day(5)), record(TERMS, "two", day(3))
    )
    assert _moments(archive) == [0, 3, 5]


def test_equal_moments_of_one_page_are_moved_apart_in_the_order_of_the_history(tmp_path: Path) -> None:
    archive = _archive(tmp_path, *(record(TERMS, text, day(1)) for text in ("one", "two", "three")))
    found = archive.records["Larkspur", "Terms of Service"]
    assert [(one.at - day(1)).microseconds for one in found] == [0, 1, 2]
    assert len({one.blob for one in found}) == 3


def test_what_is_dated_after_today_is_passed_over(tmp_path: Path) -> None:
    commits = [record(TERMS, "one", day(1)), record(TERMS, "two", day(4001))]
    archive = _archive(tmp_path, *commits)
    assert _moments(archive) == [1]
    assert archive.ends_at == day(1)


def test_the_days_of_an_archive_are_those_of_all_its_documents(tmp_path: Path) -> None:
    commits = [record(TERMS, "one", day(1)), record(PRIVACY, "one", day(3))]
    archive = _archive(tmp_path, *commits, selection=Selection(terms="Terms of Service"))
    assert archive.days == {day(1).date(), day(3).date()}


def test_equal_moments_of_two_pages_stay(tmp_path: Path) -> None:
    other = PRIVACY.replace("legal-privacy", "legal-guests")
    archive = _archive(tmp_path, record(PRIVACY, "one", day(1)), record(other, "two", day(1)))
    assert _moments(archive, "Privacy Policy") == [1, 1]


def test_commits_of_persons_and_of_several_documents_are_passed_over(tmp_path: Path) -> None:
    both = Commit("Record new changes of Larkspur", day(1), {TERMS: b"x", PRIVACY: b"y"})
    archive = _archive(
        tmp_path,
        record(TERMS, "one", day(0)),
        both,
        replace(record(TERMS, "mended", day(2)), subject="Mend the terms of Larkspur"),
        Commit("Update README.md", day(3), {"README.md": b"x", TERMS: b"z"}),
        Commit("Update README.md", day(9), {"README.md": b"y"}),
    )
    assert _moments(archive) == [0]
    assert archive.ends_at == day(0)


def test_what_was_taken_out_of_the_archive_is_left_out(tmp_path: Path) -> None:
    gone = Commit("Remove samples", day(2), deleted=(PRIVACY,))
    archive = _archive(tmp_path, record(PRIVACY, "p", day(0)), record(TERMS, "one", day(1)), gone)
    assert list(archive.records) == [("Larkspur", "Terms of Service")]


def test_a_selection_leaves_the_end_of_the_archive_as_it_is(tmp_path: Path) -> None:
    commits = [record(TERMS, "one", day(0)), record(PRIVACY, "p", day(9))]
    archive = _archive(tmp_path, *commits, selection=Selection(terms="Terms of Service"))
    assert list(archive.records) == [("Larkspur", "Terms of Service")]
    assert archive.ends_at == day(9)


def test_a_selection_is_inclusive_on_both_sides() -> None:
    selection = Selection(since=day(1), until=day(2))
    assert [selection.covers(day(number)) for number in (0.9, 1, 2, 2.1)] == [False, True, True, False]
