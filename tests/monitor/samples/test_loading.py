"""The samples tell the stories their manifest notes."""

import tomllib
from importlib import resources
from itertools import pairwise

import pytest

from monitor import storage
from monitor.models import Candidate, Cause, Document, Fetch, Origin, Outcome, Platform, Version
from monitor.samples.loading import load
from monitor.texts import reread
from tests.builders import rolled_back


@pytest.fixture
def manifest():
    """The rows of the documents in the manifest, by platform and document slug."""
    rows = tomllib.loads((resources.files("monitor.samples") / "manifest.toml").read_text())
    return {
        (platform["slug"], document["slug"]): document
        for platform in rows["platforms"]
        for document in platform["documents"]
    }


def document_of(key):
    """The document of a platform slug and a document slug."""
    return Document.objects.get(platform__slug=key[0], slug=key[1])


def log_of(document):
    """The capture log by moment."""
    return {fetch.at: fetch for fetch in Fetch.objects.filter(source__document=document)}


@pytest.fixture(scope="module")
def on_record(django_db_setup, django_db_blocker):
    """The samples, loaded once for all tests of this file. How many captures that were."""
    with django_db_blocker.unblock(), rolled_back():
        yield load()


@pytest.fixture
def loaded(on_record, db):
    """How many captures were loaded."""
    return on_record


def test_every_capture_of_the_manifest_is_on_record(loaded, manifest):
    assert loaded == sum(len(row["captures"]) for row in manifest.values()) == Fetch.objects.count()
    for key, row in manifest.items():
        assert sorted(log_of(document_of(key))) == [capture["at"] for capture in row["captures"]]


def test_a_document_has_its_first_text_and_one_version_for_every_text_confirmed_in_the_notes(
    loaded, manifest
):
    for key, row in manifest.items():
        captures = row["captures"]
        seen = [captures[0]["at"]]
        seen += [
            before["at"] for before, capture in pairwise(captures) if capture["note"].startswith("Confirms")
        ]
        versions = Version.objects.filter(document=document_of(key)).order_by("ordinal")
        assert [version.first_seen_at for version in versions] == seen, key
        assert {version.cause for version in versions[1:]} <= {Cause.PUBLISHER}


def test_what_the_notes_call_unchanged_or_equal_makes_no_version(loaded, manifest):
    for key, row in manifest.items():
        log = log_of(document_of(key))
        for capture in row["captures"]:
            if capture["note"].startswith(("Unchanged", "Still equal", "Last verified", "Back, unchanged")):
                assert log[capture["at"]].outcome in {Outcome.SAME_TEXT, Outcome.LINKS, Outcome.UNCHANGED}, (
                    capture
                )
            if "the text is equal" in capture["note"]:
                assert log[capture["at"]].outcome in {Outcome.SAME_TEXT, Outcome.LINKS}, capture


def test_failed_captures_are_problems_and_nothing_else(loaded, manifest):
    problems = Fetch.objects.filter(outcome__in=Outcome.problems())
    noted = [c for row in manifest.values() for c in row["captures"] if "a failed capture" in c["note"]]
    assert sorted(fetch.at for fetch in problems) == sorted(capture["at"] for capture in noted)
    assert len(noted) >= 3
    assert {fetch.status for fetch in problems} == {200, 403, 503}


def test_walls_and_error_pages_that_answer_200_are_held_back_with_reasons(loaded, manifest):
    noted = [c for row in manifest.values() for c in row["captures"] if "held back" in c["note"]]
    held = Fetch.objects.filter(at__in=[capture["at"] for capture in noted]).order_by("at")
    assert [fetch.outcome for fetch in held] == [Outcome.BOT_WALL, Outcome.SOFT_ERROR]
    assert all(fetch.snapshot.reasons and fetch.message for fetch in held)


def test_one_text_was_seen_once_and_never_confirmed(loaded, manifest):
    (fetch,) = Fetch.objects.filter(outcome=Outcome.TRANSIENT)
    noted = [
        c for row in manifest.values() for c in row["captures"] if "seen once, never confirmed" in c["note"]
    ]
    assert [fetch.at] == [capture["at"] for capture in noted]
    assert not Candidate.objects.exists()


def test_one_text_returns_after_months_and_says_so(loaded):
    (version,) = Version.objects.filter(returns_to__isnull=False)
    assert version.document == document_of(("glimpsewood", "privacy-policy"))
    assert version.returns_to.ordinal == 1
    assert version.text == version.returns_to.text
    assert not Fetch.objects.filter(outcome=Outcome.FLIP).exists()


def test_every_sample_version_rests_on_stored_bytes(loaded):
    for version in Version.objects.all():
        part = version.parts.get()
        assert reread(part.snapshot).extract.text == version.text
        assert version.origin == Origin.SAMPLE
        assert b"{" + b"token}" not in storage.get(part.snapshot.blob)


def test_samples_are_not_fetched(loaded):
    assert not Document.objects.filter(is_paused=False).exists()
    assert not Platform.objects.filter(is_sample=False).exists()
