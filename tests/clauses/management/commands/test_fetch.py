"""`manage.py fetch`: what it prints, what it refuses, and that it never shows a traceback."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from clauses.models import Analysis
from monitor.models import Document, Fetch, Outcome
from tests.builders import day, make_document, make_source, texts_of, versions_of
from tests.web_site import web_site

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[4]


@pytest.fixture
def site(settings):
    """A web site that may be fetched."""
    settings.FETCH_ALLOW_PRIVATE = True
    settings.FETCH_TIMEOUT_SECONDS = 5
    with web_site() as running:
        yield running


@pytest.fixture
def source(site):
    """A source with a page."""
    return make_source(url=site.publish("/terms", "<p>We keep it for 30 days.</p>"))


@pytest.fixture
def fetch(capsys):
    """Run the command; what it printed, parsed where it was asked for JSON."""

    def run(*arguments):
        call_command("fetch", *arguments)
        out = capsys.readouterr().out
        return json.loads(out) if "--json" in arguments else out

    return run


def test_json_says_per_source_what_came_of_it(fetch, source):
    (row,) = fetch("--json", "--at", "2025-03-01T06:00")
    (version,) = versions_of(source)
    assert row == {
        "document": source.document.public_id,
        "name": str(source.document),
        "url": source.url,
        "at": "2025-03-01T06:00:00+00:00",
        "outcome": "first",
        "is_problem": False,
        "status": 200,
        "message": "",
        "snapshot": version.parts.get().snapshot.public_id,
        "version": version.public_id,
    }


def test_a_problem_is_an_outcome_and_the_command_succeeds(fetch, source, site):
    site.publish("/terms", "<p>Busy</p>", status=503)
    (row,) = fetch("--json")
    assert (row["outcome"], row["is_problem"], row["status"]) == ("http_error", True, 503)
    assert (row["snapshot"], row["version"]) == (None, None)
    assert "503" in row["message"]
    assert "http_error" in fetch()


def test_what_was_fetched_is_analyzed(fetch, source, site):
    fetch("--at", "2025-03-01")
    site.publish("/terms", "<p>We keep it for 5 years.</p>")
    fetch("--at", "2025-03-02")
    fetch("--at", "2025-03-03")
    assert texts_of(source) == ["We keep it for 30 days.", "We keep it for 5 years."]
    assert Analysis.objects.count() == 2


@pytest.mark.parametrize("form", ["D-{0:05d}", "d-{0}", "{0}", "{0:09d}"])
def test_a_document_is_named_by_its_id_or_its_number(fetch, source, form):
    other = make_source(url=source.url)
    rows = fetch(form.format(source.document.number), "--json")
    assert [row["document"] for row in rows] == [source.document.public_id]
    assert not Fetch.objects.filter(source=other).exists()


def test_a_document_named_twice_is_fetched_once(fetch, source):
    name = source.document.public_id
    assert len(fetch(name, name, "--json")) == 1


def test_paused_documents_are_fetched_only_by_name(fetch, source):
    Document.objects.update(is_paused=True)
    assert fetch("--json") == []
    assert "Nothing to fetch" in fetch()
    assert len(fetch(source.document.public_id, "--json")) == 1


def test_due_fetches_only_what_is_due(fetch, source, site):
    late = make_source(make_document(), url=source.url)
    Document.objects.filter(pk=source.document_id).update(next_fetch_at=timezone.now() + timedelta(days=1))
    assert [row["document"] for row in fetch("--due", "--json")] == [late.document.public_id]
    assert fetch("--due", source.document.public_id, "--json") == []


def test_due_is_judged_at_the_moment_that_was_given(fetch, source):
    Document.objects.update(next_fetch_at=day(10))
    assert fetch("--due", "--at", day(9).isoformat(), "--json") == []
    assert len(fetch("--due", "--at", day(10).isoformat(), "--json")) == 1


@pytest.mark.parametrize(
    "name", ["D-99999", "0", "X-1", "V-1", "D-", "", "D--1", "1.5", "D-" + "9" * 30, "9" * 5000, "²"]
)
def test_an_unknown_document_is_one_clear_line(fetch, source, name):
    with pytest.raises(CommandError) as caught:
        fetch(name)
    assert "\n" not in str(caught.value)
    assert not Fetch.objects.exists()


@pytest.mark.parametrize(
    "moment",
    [
        "yesterday",
        "2025-13-01",
        "2025",
        "",
        " ",
        "0001-01-01T00:00+14:00",
        "9999-12-31T23:59-14:00",
        "9999-12-31",
    ],
)
def test_a_moment_that_is_none_is_one_clear_line(fetch, source, moment):
    with pytest.raises(CommandError) as caught:
        fetch("--at", moment)
    assert "\n" not in str(caught.value)
    assert not Fetch.objects.exists()


def test_a_moment_before_the_last_capture_is_refused(fetch, source):
    fetch("--at", "2025-03-02")
    with pytest.raises(CommandError, match="already captured later"):
        fetch("--at", "2025-03-01")
    assert Fetch.objects.count() == 1


def test_a_round_fetched_again_at_its_moment_tells_the_same(fetch, source, site):
    first = fetch("--at", "2025-03-02", "--json")
    assert fetch("--at", "2025-03-02", "--json") == first
    assert site.requests == ["/terms"]


def test_hostile_addresses_are_refused_and_told_in_one_line(fetch, site, settings):
    settings.FETCH_ALLOW_PRIVATE = False
    for url in (site.url, "http://2130706433/", "file:///etc/hostname"):
        make_source(url=url)
    rows = fetch("--json")
    assert [row["outcome"] for row in rows] == [Outcome.REFUSED] * 3
    assert site.requests == []


def run_manage(folder, *arguments):
    """The command line as a user runs it, with a database of its own."""
    environment = {**os.environ, "VAR_DIR": str(folder), "PROVISO_ENVIRONMENT_IS_READY": "1"}
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=folder)


def test_exit_codes_and_streams_of_the_command_line(tmp_path):
    assert run_manage(tmp_path, "migrate", "-v", "0").returncode == 0
    good = run_manage(tmp_path, "fetch", "--json")
    assert (good.returncode, good.stdout.strip()) == (0, "[]")
    for arguments in (["D-7"], ["--at", "soon"]):
        bad = run_manage(tmp_path, "fetch", *arguments, "--json")
        assert (bad.returncode, bad.stdout) == (1, "")
        assert len(bad.stderr.strip().splitlines()) == 1
        assert "Traceback" not in bad.stderr
