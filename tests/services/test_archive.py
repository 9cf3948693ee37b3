"""A whole site as a file: from SQLite to PostgreSQL and back, and a load that is killed at any moment."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.services import servers
from tests.services.site import ROOT, Site

_PEOPLE = """
from clauses import connecting, subscribing
from clauses.curation import decide
from clauses.models import Clause
from clauses.models.choices import SeverityLevel
from django.utils import timezone
from monitor.models import Platform
from monitor.roots import make_root
from tests.builders import make_user
curator = make_user("curator", "curator", password="a long password")
for clause in Clause.objects.standing().order_by("number")[:5]:
    decide(clause, ["arbitration"], SeverityLevel.HIGH, "Looked at.", curator)
subscription = subscribing.subscribe(make_user("reader"), Platform.objects.first(), SeverityLevel.LOW)
connecting.connect(subscription, "https://hooks.example/", "json")
make_root(timezone.now())
"""


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """An embedded site with the samples, decisions, people and a root."""
    site = Site(tmp_path_factory.mktemp("origin"))
    site.manage("migrate", "-v0")
    site.manage("load_samples")
    site.shell(_PEOPLE)
    return site


@pytest.fixture(scope="module")
def archive(origin: Site) -> Path:
    """Its archive, with people."""
    path = origin.folder / "site.tar.zst"
    origin.manage("dump_archive", str(path), "--with-people")
    return path


@pytest.fixture
def empty_site(tmp_path: Path) -> Site:
    """A site that was migrated, and nothing else."""
    site = Site(tmp_path)
    site.manage("migrate", "-v0")
    return site


@pytest.fixture
def on_postgres(tmp_path: Path) -> Iterator[Site]:
    """An empty site on PostgreSQL."""
    with servers.postgres() as url:
        site = Site(tmp_path / "deployed", DATABASE_URL=url)
        site.manage("migrate", "-v0")
        yield site


def prints(site: Site) -> list[str]:
    """The public pages as hashes."""
    command = [sys.executable, "-W", "ignore", "-m", "bench.page_prints", "12"]
    done = subprocess.run(command, cwd=ROOT, env=site.environment, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


@pytest.mark.timeout(1800)
def test_from_sqlite_to_postgresql_and_back_everything_is_what_it_was(
    origin: Site, archive: Path, on_postgres: Site, empty_site: Site
) -> None:
    loaded = json.loads(on_postgres.manage("load_archive", str(archive), "--json").stdout)
    assert loaded["findings"] == []
    assert loaded["rows"]["clauses.decision"] == 5
    bundle = origin.folder / "P.zip"
    origin.manage("export_evidence", "P-000001", "-o", str(bundle))
    again = on_postgres.folder / "P.zip"
    on_postgres.manage("export_evidence", "P-000001", "-o", str(again))
    assert again.read_bytes() == bundle.read_bytes()
    on_postgres.manage("verify", "P-000001")
    checker = ROOT / "clauses" / "evidence" / "verify.py"
    done = subprocess.run([sys.executable, "-I", str(checker), str(again)], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout

    back = on_postgres.folder / "site.tar.zst"
    on_postgres.manage("dump_archive", str(back), "--with-people")
    assert back.read_bytes() == archive.read_bytes()
    assert back.stat().st_mode & 0o777 == 0o600
    empty_site.manage("load_archive", str(back))
    before = prints(origin)
    assert len(before) > 200
    assert prints(empty_site) == before

    # New rows get keys and numbers of their own.
    made = on_postgres.shell("from tests.builders import make_change_set; print(make_change_set().public_id)")
    numbers = {row[0] for row in origin.query("SELECT number FROM clauses_changeset")}
    assert int(made.removeprefix("C-")) == max(numbers) + 1


_TABLES = (
    "monitor_platform",
    "monitor_blob",
    "monitor_fetch",
    "clauses_clause",
    "auth_user",
    "monitor_counter",
)


def _counts(site: Site) -> list[int]:
    return [site.query(f"SELECT count(*) FROM {table}")[0][0] for table in _TABLES]


@pytest.mark.timeout(900)
def test_killed_at_any_moment_a_load_leaves_the_database_empty(archive: Path, empty_site: Site) -> None:
    command = [sys.executable, "manage.py", "load_archive", str(archive)]
    whole = Site(empty_site.folder / "whole")
    whole.manage("migrate", "-v0")
    begun = time.monotonic()
    whole.manage("load_archive", str(archive))
    seconds = time.monotonic() - begun
    everything = _counts(whole)
    found_empty = 0
    for share in (0.2, 0.35, 0.5, 0.65, 0.8, 0.95):
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=empty_site.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=share * seconds)
        process.send_signal(signal.SIGKILL)
        process.wait()
        counts = _counts(empty_site)
        # Killed after its commit, it has filled the site; before, it has left it as it was.
        if counts == everything:
            break
        assert counts == [0] * len(_TABLES)
        found_empty += 1
    assert found_empty >= 3
    if counts != everything:
        empty_site.manage("load_archive", str(archive))
    assert empty_site.query("SELECT count(*) FROM clauses_clause") == whole.query(
        "SELECT count(*) FROM clauses_clause"
    )


def test_the_commands_refuse_in_one_line(origin: Site, archive: Path, tmp_path: Path) -> None:
    def line(*arguments: str) -> str:
        done = origin.manage(*arguments, check=False)
        assert (done.returncode, done.stdout) == (1, ""), done
        (said,) = done.stderr.splitlines()
        return said

    other = tmp_path / "other"
    other.write_text("x")
    assert "into an empty database" in line("load_archive", str(archive))
    assert "cannot be read" in line("load_archive", str(tmp_path / "none"))
    assert "cannot be written" in line("dump_archive", str(tmp_path / "none" / "file"))
    assert "neither empty nor a bare repository" in line("publish_versions", str(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["other"]
