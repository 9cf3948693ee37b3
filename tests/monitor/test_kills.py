"""A recording lost at any statement and done again ends as an undisturbed one; two at once leave one."""

from contextlib import contextmanager
from threading import Barrier, Thread

import pytest
from django.db import connection, connections

from monitor.models import Blob, Candidate, Cause, Document, Fetch, Snapshot, Version
from tests.builders import capture, day, fail, make_document, make_source, rolled_back, texts_of, versions_of


class Killed(BaseException):
    """The process ends here."""


@contextmanager
def killed_at(number):
    """End whatever runs at its statement of that number, as a kill would: nothing after it happens."""
    left = number

    def count(execute, sql, params, many, context):
        nonlocal left
        if not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            left -= 1
            if left < 0:
                raise Killed
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        try:
            yield
        except Killed:
            return


def everything(document):
    """All that is on record about a document, without our row keys."""
    document = Document.objects.get(pk=document.pk)
    versions = Version.objects.filter(document=document).order_by("ordinal")
    captures = Snapshot.objects.filter(source__document=document).order_by("number")
    candidates = Candidate.objects.filter(document=document)
    log = Fetch.objects.filter(source__document=document).order_by("at", "source__position")
    return {
        "document": (document.read_at, document.next_fetch_at, document.claimed_at, document.reading_key),
        "current": document.current_version and document.current_version.number,
        "versions": [
            (v.number, v.cause, v.first_seen_at, v.confirmed_at, v.text, v.returns_to and v.returns_to.number)
            for v in versions
        ],
        "parts": [
            (p.position, p.start, p.end, p.fingerprint, p.snapshot.number)
            for v in versions
            for p in v.parts.all()
        ],
        "snapshots": [(s.number, s.blob_id, s.fingerprint, s.captured_at, s.content_type) for s in captures],
        "log": [(f.at, f.outcome, f.message, f.snapshot and f.snapshot.number) for f in log],
        "candidates": [(c.fingerprint, c.first_seen_at, c.last_seen_at, c.is_flip) for c in candidates],
        "good": list(document.sources.order_by("position").values_list("last_good__number", flat=True)),
    }


STORY = [
    ["One.", "Page."],
    ["Two.", "Page."],
    ["Two.", "Page."],
    ["One.", None],
    ["One.", "Page."],
    ["Two.", "Other."],
    ["Two.", "Page."],
]


def tell(sources, number):
    """Record the story's round of that number."""
    for source, text in zip(sources, STORY[number], strict=True):
        if text is None:
            fail(source, day(number))
        else:
            capture(source, f"<p>{text}</p>", day(number), furniture=number)


def assert_kills_change_nothing(sources, number, expected):
    """Kill the story's round of that number at its statements, one after the other, and tell it again."""
    document = sources[0].document
    statement, was_cut_off = 0, True
    while was_cut_off:
        with rolled_back():
            with killed_at(statement):
                tell(sources, number)
            was_cut_off = everything(document) != expected
            tell(sources, number)
            assert everything(document) == expected, f"killed at statement {statement}"
        statement += 3
    assert statement > 30


@pytest.mark.django_db
@pytest.mark.parametrize("number", range(len(STORY)))
def test_a_round_killed_at_any_statement_and_repeated_ends_as_an_undisturbed_one(number):
    document = make_document()
    sources = [make_source(document, position=position) for position in (0, 1)]
    for earlier in range(number):
        tell(sources, earlier)
    before = everything(document)
    with rolled_back():
        tell(sources, number)
        expected = everything(document)
    assert expected != before
    assert_kills_change_nothing(sources, number, expected)


@pytest.mark.django_db
def test_a_round_killed_before_its_last_capture_leaves_the_text_as_it_was():
    document = make_document()
    sources = [make_source(document, position=position) for position in (0, 1)]
    tell(sources, 0)
    capture(sources[0], "<p>Two.</p>", day(1))
    assert texts_of(sources[0]) == ["One.\nPage."]
    assert not Candidate.objects.exists()


@pytest.mark.django_db
def test_the_end_of_a_round_that_was_given_up_is_killed_with_the_capture_that_brings_it():
    document = make_document()
    sources = [make_source(document, position=position) for position in (0, 1)]
    tell(sources, 0)
    capture(sources[0], "<p>Two.</p>", day(1))
    with rolled_back():
        tell(sources, 2)
        expected = everything(document)
    assert len(expected["versions"]) == 2
    assert_kills_change_nothing(sources, 2, expected)


def at_once(*jobs):
    """Run jobs in threads of their own that begin together; what each raised or gave."""
    begin, results = Barrier(len(jobs)), [None] * len(jobs)

    def run(number, job):
        try:
            begin.wait()
            results[number] = job()
        except Exception as error:
            results[number] = error
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(number, job)) for number, job in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_two_processes_that_record_the_same_capture_leave_one():
    source = make_source()
    for number, text in enumerate(["One.", "Two.", "Two."]):
        jobs = [lambda text=text, number=number: capture(source, f"<p>{text}</p>", day(number))] * 4
        results = at_once(*jobs)
        assert len({fetch.pk for fetch in results}) == 1
    assert texts_of(source) == ["One.", "Two."]
    assert Fetch.objects.count() == 3
    assert Snapshot.objects.count() == Blob.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_processes_that_see_the_same_new_text_give_one_version():
    source = make_source()
    capture(source, "<p>One.</p>", day(0))
    capture(source, "<p>Two.</p>", day(1))
    results = at_once(*[lambda n=n: capture(source, "<p>Two.</p>", day(2 + n / 9)) for n in range(4)])
    assert all(isinstance(result, Fetch | ValueError) for result in results)
    assert texts_of(source) == ["One.", "Two."]
    assert [version.cause for version in versions_of(source)] == [Cause.FIRST, Cause.PUBLISHER]


@pytest.mark.django_db(transaction=True)
def test_the_sources_of_a_round_may_be_recorded_at_the_same_time():
    document = make_document()
    sources = [make_source(document, position=position) for position in range(4)]
    for number in range(3):
        text = "New." if number else "Old."
        at_once(*[lambda s=s, n=number, t=text: capture(s, f"<p>{t}</p>", day(n)) for s in sources])
    assert texts_of(sources[0]) == ["\n".join(["Old."] * 4), "\n".join(["New."] * 4)]


@pytest.mark.django_db(transaction=True)
def test_documents_recorded_at_the_same_time_get_numbers_without_gaps_and_doubles():
    sources = [make_source() for _ in range(4)]

    def six_captures(source):
        return [capture(source, f"<p>Text {n // 2}.</p>", day(n), furniture=n) for n in range(6)]

    results = at_once(*[lambda s=s: six_captures(s) for s in sources])
    assert all(isinstance(result, list) for result in results)
    for model, rows in ((Version, 12), (Snapshot, 24)):
        assert sorted(model.objects.values_list("number", flat=True)) == list(range(1, rows + 1))
