"""The import command: what it prints, what it refuses, and that a killed one is finished by the next."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from clauses.models import Alert, AnalysisClaim, ChangeSet
from monitor.models import Document, Fetch, Source, Version
from tests.builders import capture
from tests.monitor.importing.archives import KEPT_2Y, KEPT_30, KEPT_90, URL, build, day, record, terms
from tests.services.site import ROOT, Site

PATH = "Larkspur/Terms of Service.html"


@pytest.fixture
def declarations(tmp_path: Path) -> Path:
    folder = tmp_path / "declared" / "declarations"
    folder.mkdir(parents=True)
    terms_of_service = {"fetch": URL, "select": ["main"]}
    service = {"name": "Larkspur", "terms": {"Terms of Service": terms_of_service}}
    (folder / "Larkspur.json").write_text(json.dumps(service))
    (folder / "Larkspur.filters.js").write_text("export function x() {}")
    return folder.parent


@pytest.fixture
def snapshots(tmp_path: Path) -> Path:
    texts = [(KEPT_30, 0), (KEPT_30, 1), (KEPT_90, 9), (KEPT_90, 10), (KEPT_2Y, 30), (KEPT_2Y, 31)]
    commits = [record(PATH, terms(text, number), day(at), url=URL) for number, (text, at) in enumerate(texts)]
    return build(tmp_path / "snapshots.git", commits)


def _run(*arguments: object) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("import_ota", *map(str, arguments), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def _refusal(*arguments: object) -> str:
    with pytest.raises(CommandError) as refused:
        _run(*arguments)
    assert "\n" not in str(refused.value)
    return str(refused.value)


@pytest.mark.django_db
def test_json_is_one_line_a_document_and_nothing_else(declarations: Path, snapshots: Path) -> None:
    out, err = _run("--snapshots", snapshots, "--declarations", declarations, "--json")
    (row,) = [json.loads(line) for line in out.splitlines()]
    assert (row["service"], row["terms_type"]) == ("Larkspur", "Terms of Service")
    assert row["document"] == Document.objects.get().public_id
    assert row["captures"] == {"candidate": 2, "confirmed": 2, "first": 1, "same_text": 1}
    assert [version["cause"] for version in row["versions"]] == ["first", "publisher", "publisher"]
    assert [version["last_seen_at"] for version in row["versions"]] == [
        day(number).isoformat() for number in (1, 10, 31)
    ]
    assert row["versions"][1]["text_sha256"] == Version.objects.get(ordinal=2).text_sha256
    longer = row["change_sets"][0]
    assert (longer["detected_at"], longer["cause"], longer["direction"]) == (
        day(9).isoformat(),
        "publisher",
        "adverse",
    )
    assert longer["would_alert"]
    assert err == ""


@pytest.mark.django_db
def test_a_table_names_documents_versions_and_changes(declarations: Path, snapshots: Path) -> None:
    out, _ = _run("--snapshots", snapshots, "--declarations", declarations)
    assert "Larkspur, Terms of Service: 6 captures recorded now" in out
    assert "captures: 2 candidate, 2 confirmed, 1 first, 1 same_text" in out
    assert f"{Version.objects.get(ordinal=2).public_id}  2024-03-10T06:00  publisher" in out


@pytest.mark.django_db
def test_imported_history_owes_no_alert(declarations: Path, snapshots: Path) -> None:
    _run("--snapshots", snapshots, "--declarations", declarations)
    assert ChangeSet.objects.count() == 2
    assert Alert.objects.count() == 0


@pytest.mark.django_db
def test_history_of_a_watched_document_comes_in_front_and_is_reported(
    declarations: Path, snapshots: Path
) -> None:
    _run("--declarations", declarations)
    source = Source.objects.get()
    for later in (0, 1):
        capture(source, "<p>We sell your letters to anybody.</p>", day(60 + later), furniture=later)
    out, err = _run("--snapshots", snapshots, "--declarations", declarations, "--json")
    assert err.splitlines() == [
        "Larkspur, Terms of Service: its earlier history came in: 3 versions before those on record"
    ]
    (row,) = [json.loads(line) for line in out.splitlines()]
    assert [version["cause"] for version in row["versions"]] == ["first", *["publisher"] * 3]
    assert [version["id"] for version in row["versions"]][-1] == "V-000001"
    assert row["change_sets"][-1]["would_alert"] is True
    again, nothing = _run("--snapshots", snapshots, "--declarations", declarations, "--json")
    assert (again, nothing) == (out, "")


@pytest.mark.django_db
def test_a_second_run_adds_nothing(declarations: Path, snapshots: Path) -> None:
    first, _ = _run("--snapshots", snapshots, "--declarations", declarations, "--json")
    second, _ = _run("--snapshots", snapshots, "--declarations", declarations, "--json")
    assert second == first
    assert (Fetch.objects.count(), ChangeSet.objects.count()) == (6, 2)


@pytest.mark.django_db
def test_what_a_killed_run_had_claimed_is_analyzed(declarations: Path, snapshots: Path) -> None:
    _run("--snapshots", snapshots, "--declarations", declarations)
    ChangeSet.objects.all().delete()
    last = Version.objects.latest("ordinal")
    last.analysis.delete()
    AnalysisClaim.objects.create(version=last, claimed_at=day(40))
    out, _ = _run("--snapshots", snapshots, "--declarations", declarations, "--json")
    assert len(json.loads(out)["change_sets"]) == 1
    assert AnalysisClaim.objects.count() == 0


@pytest.mark.django_db
def test_a_declaration_that_cannot_be_read_is_named_and_passed_over(declarations: Path) -> None:
    (declarations / "declarations" / "Broken.json").write_text("{")
    (declarations / "declarations" / "Odd.json").write_text('{"terms": {"Terms": {"fetch": 1}}}')
    out, err = _run("--declarations", declarations, "--json")
    assert len(out.splitlines()) == 1
    assert "passed over: Broken.json is not JSON" in err
    assert "passed over: Odd: Terms: fetch" in err


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "name what to import from"),
        (["--snapshots", "{folder}/nowhere"], "there is no repository"),
        (["--snapshots", "{folder}"], "is not a git repository"),
        (["--versions", "{snapshots}"], "holds no records of Open Terms Archive ending in md"),
        (["--declarations", "{folder}/nowhere"], "there is no folder"),
        (["--declarations", "{folder}/empty"], "holds no declarations"),
        (
            ["--declarations", "{declared}", "--service", "Foxglove"],
            "there is no service 'Foxglove' here; there are Larkspur",
        ),
        (
            ["--declarations", "{declared}", "--terms-type", "Imprint"],
            "there is no document of the terms type 'Imprint' here; there are the terms types Terms of Service",
        ),
        (["--declarations", "{declared}", "--service", ""], "--service is empty"),
        (["--declarations", "{declared}", "--terms-type", " "], "--terms-type is empty"),
        (["--declarations", "{folder}/broken"], "nothing to import: no declaration in "),
        (["--declarations", "{declared}", "--since", "soon"], "--since 'soon' is not a date"),
        (["--declarations", "{declared}", "--until", "2024-13-01"], "is not a date"),
        (["--declarations", "{declared}", "--until", "0001-01-01T00:00:00+14:00"], "is not a date"),
        (
            ["--declarations", "{declared}", "--since", "2024-02-01", "--until", "2024-01-01"],
            "--until is before --since",
        ),
    ],
)
def test_what_is_wrong_is_said_in_one_line_and_nothing_is_written(
    arguments: list[str], said: str, tmp_path: Path, declarations: Path, snapshots: Path
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "Larkspur.json").write_text("{")
    named = {"folder": tmp_path, "snapshots": snapshots, "declared": declarations}
    assert said in _refusal(*(argument.format(**named) for argument in arguments))
    assert Document.objects.count() == 0


@pytest.mark.django_db
def test_a_day_until_which_is_imported_is_imported_whole(declarations: Path, snapshots: Path) -> None:
    _, err = _run("--snapshots", snapshots, "--declarations", declarations, "--until", "2024-03-10")
    assert [fetch.at for fetch in Fetch.objects.order_by("at")] == [day(0), day(1), day(9)]
    assert "paused: only a part of its history is imported" in err


def _rows(site: Site, *arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in site.manage("import_ota", *arguments, "--json").stdout.splitlines()]


def test_an_import_killed_at_random_is_finished_by_the_next_run(
    tmp_path: Path, declarations: Path, snapshots: Path
) -> None:
    arguments = ("--snapshots", str(snapshots), "--declarations", str(declarations))
    calm, killed = Site(tmp_path / "calm"), Site(tmp_path / "killed")
    for site in (calm, killed):
        site.folder.mkdir()
        site.manage("migrate", "-v0")
    expected = _rows(calm, *arguments)
    chance = random.Random(3)
    for _ in range(4):
        command = [sys.executable, "manage.py", "import_ota", *arguments, "--json"]
        process = subprocess.Popen(
            command, cwd=ROOT, env=killed.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(chance.uniform(0.6, 2.5))
        process.kill()
        process.wait()
    assert _rows(killed, *arguments) == expected
