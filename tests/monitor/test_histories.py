"""Random histories of a document: whatever pages do, what is on record holds together."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from monitor.core.normalize import fingerprint, sha256
from monitor.models import Candidate, Cause, Document, Fetch, Outcome, Snapshot, Source, Version
from monitor.texts import reread
from tests.builders import capture, day, fail, make_document, make_source, rolled_back, texts_of, versions_of

pytestmark = pytest.mark.django_db

# A round: how many days after the one before, what each of two sources shows (None: it fails), and furniture.
PAGES = st.sampled_from(["A", "B", "C", None])
ROUNDS = st.lists(
    st.tuples(st.sampled_from([0.02, 0.5, 1, 3, 8, 31]), PAGES, PAGES, st.integers(0, 2)),
    min_size=1,
    max_size=14,
)
RANDOM = settings(
    max_examples=18,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def show(source, text, at, furniture):
    """Record what a source shows."""
    if text is None:
        fail(source, at)
    else:
        capture(
            source,
            f"<h2>{text}</h2><p>Words of {text}.</p><p class='x'>More {text}.</p>",
            at,
            furniture=furniture,
        )


def check(document, captures):
    """What holds for every document at any moment."""
    document = Document.objects.get(pk=document.pk)
    versions = list(Version.objects.filter(document=document).order_by("ordinal"))
    assert [version.ordinal for version in versions] == list(range(1, len(versions) + 1))
    assert [version.cause for version in versions[:1]] == [Cause.FIRST] * bool(versions)
    assert document.current_version == (versions[-1] if versions else None)
    theirs = [version for version in versions if version.cause != Cause.TECHNICAL]
    for earlier, later in pairwise(theirs):
        assert earlier.first_seen_at < later.first_seen_at
    for earlier, later in pairwise(versions):
        assert earlier.fingerprint != later.fingerprint
        assert earlier.confirmed_at <= later.confirmed_at
    for version in versions:
        check_version(version)
    check_log(document, captures)


def check_version(version):
    """A version is its parts, and these are what the stored bytes read to."""
    assert version.text_sha256 == sha256(version.text.encode())
    assert version.fingerprint == fingerprint(version.text)
    assert version.first_seen_at <= version.confirmed_at
    parts = list(version.parts.order_by("position"))
    assert "\n".join(version.text[part.start : part.end] for part in parts) == version.text
    for part in parts:
        reading = reread(part.snapshot, part.source)
        if version == version.document.current_version:
            assert version.text[part.start : part.end] == reading.extract.text
        assert part.snapshot.captured_at <= version.first_seen_at
    assert [block.start for block in version.blocks] == sorted(block.start for block in version.blocks)
    if version.returns_to:
        assert version.returns_to.fingerprint == version.fingerprint
        assert version.returns_to.ordinal < version.ordinal - 1


def check_log(document, captures):
    """Every attempt has one row, and nothing waits in the log that does not wait in fact."""
    log = Fetch.objects.filter(source__document=document)
    assert log.count() == captures
    assert Candidate.objects.filter(document=document).count() <= 1
    for fetch in log.select_related("snapshot"):
        assert fetch.is_problem == (fetch.snapshot is None)
    candidate = Candidate.objects.filter(document=document).first()
    waiting = log.filter(outcome=Outcome.CANDIDATE)
    current = document.current_version
    if candidate is None and current is not None:
        assert not waiting.filter(at__gt=current.confirmed_at).exists()
    if candidate is not None:
        assert current is not None
        assert candidate.fingerprint != current.fingerprint
    numbers = list(Snapshot.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


@RANDOM
@given(rounds=ROUNDS)
def test_any_history_of_one_page_holds_together(rounds):
    with rolled_back():
        source, at = make_source(), 0.0
        for number, (days, text, _, furniture) in enumerate(rounds, start=1):
            at += days
            show(source, text, day(at), furniture)
            check(source.document, number)


@RANDOM
@given(rounds=ROUNDS)
def test_any_history_of_two_pages_holds_together(rounds):
    with rolled_back():
        document, at = make_document(), 0.0
        one, two = make_source(document), make_source(document, position=1)
        for number, (days, first, second, furniture) in enumerate(rounds, start=1):
            at += days
            show(one, first, day(at), furniture)
            show(two, second, day(at), furniture)
            check(document, number * 2)


@RANDOM
@given(rounds=ROUNDS)
def test_a_text_that_stays_comes_to_be_the_text_in_force(rounds):
    with rolled_back():
        source, at = make_source(), 0.0
        for days, text, _, furniture in rounds:
            at += days
            show(source, text, day(at), furniture)
        for later in (1, 2, 32):
            show(source, "A", day(at + later), 0)
        assert texts_of(source)[-1].startswith("A\n")


@RANDOM
@given(rounds=ROUNDS, seed=st.integers(0, 3))
def test_only_rounds_that_read_a_page_decide(rounds, seed):
    with rolled_back():
        plain, failing, at = make_source(), make_source(), 0.0
        for number, (days, text, _, furniture) in enumerate(rounds):
            at += days
            if number % 4 == seed:
                fail(failing, day(at - days / 2))
            if text is not None:
                for source in (plain, failing):
                    show(source, text, day(at), furniture)
        told = [
            [(v.text, v.first_seen_at, v.confirmed_at, v.cause) for v in versions_of(s)]
            for s in (plain, failing)
        ]
        assert told[0] == told[1]


@RANDOM
@given(
    rounds=ROUNDS,
    changes=st.lists(st.sampled_from(["select", "leave", "join", None]), min_size=14, max_size=14),
)
def test_what_we_do_to_the_watch_list_alone_is_never_a_change_of_theirs(rounds, changes):
    with rolled_back():
        document, at = make_document(), 0.0
        one, two = make_source(document), make_source(document, position=1)
        captures = 0
        for (days, first, second, furniture), change in zip(rounds, changes, strict=False):
            at += days
            tinker(two, change, day(at))
            for source, text in ((one, first), (two, second)):
                if Source.objects.valid(day(at)).filter(pk=source.pk).exists():
                    # The pages never change: they are there or they fail.
                    show(source, text and "Same", day(at), furniture)
                    captures += 1
            check(document, captures)
        assert Cause.PUBLISHER not in {version.cause for version in versions_of(one)}


def tinker(source, change, at):
    """Do to a source what a curator may do."""
    row = Source.objects.filter(pk=source.pk)
    if change == "select":
        row.update(remove=[] if row.get().remove else [".x"])
    elif change == "leave":
        row.update(valid_until=at)
    elif change == "join":
        row.update(valid_until=None)
