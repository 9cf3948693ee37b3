"""manage.py as a script on a plain Python: it builds what is missing, once, and says in one line what went wrong.

The installer is a script of ours that records how it was called: nothing is downloaded.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import manage

ROOT = Path(__file__).resolve().parents[1]
# Commands of other programs: each answers --help, with no database in reach.
COMMANDS = ["up", "fetch", "analyze", "compare", "classify", "extract", "load_samples"]

INSTALLER = """#!/bin/sh
echo "$*" >> "{calls}"
sleep 0.2
if [ "$1" = venv ]; then
  for last in "$@"; do :; done
  mkdir -p "$last/bin"
  printf '#!/bin/sh\\necho "$@" >> "{started}"\\n' > "$last/bin/python"
  chmod +x "$last/bin/python"
fi
"""
FAILING = """#!/bin/sh
echo "Trying the index" >&2
echo "error: the index is asleep" >&2
exit 2
"""


class Site:
    """A folder with an installer in it, and what was called there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.calls, self.started = folder / "calls", folder / "started"
        self.stamp = folder / "environment" / "installed.json"
        self.installer(INSTALLER.format(calls=self.calls, started=self.started))

    def installer(self, script: str) -> None:
        """Put an installer where manage.py looks for it."""
        file = self.folder / "tools" / "bin" / "uv"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(script)
        file.chmod(0o755)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """manage.py, as somebody with a plain Python starts it."""
        environment = {**os.environ, "VAR_DIR": str(self.folder)}
        environment.pop("PROVISO_ENVIRONMENT_IS_READY", None)
        python = getattr(sys, "_base_executable", sys.executable)
        command = [python, str(ROOT / "manage.py"), *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    def built(self) -> list[str]:
        """How the installer was called, and forget it."""
        lines = self.calls.read_text().splitlines() if self.calls.exists() else []
        self.calls.unlink(missing_ok=True)
        return lines

    def handed_over(self) -> list[str]:
        """What the environment's Python was started with."""
        return self.started.read_text().splitlines() if self.started.exists() else []


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def test_the_first_start_builds_and_the_second_does_not(site: Site) -> None:
    first = site.run("analyze", "a file.html", "--json")
    assert first.returncode == 0
    assert first.stdout == "", "standard output belongs to the command"
    environment, packages = site.built()
    assert environment.startswith("venv ")
    assert packages.startswith("pip sync ")
    assert "--require-hashes" in packages
    assert packages.endswith(str(ROOT / "requirements.lock"))
    second = site.run("analyze", "a file.html", "--json")
    assert (second.returncode, second.stderr, site.built()) == (0, "", [])
    assert site.handed_over() == [f"{ROOT / 'manage.py'} analyze a file.html --json"] * 2


@pytest.mark.parametrize("stamp", ["", "[", "{}", '{"run": "another lock"}'])
def test_a_stamp_that_does_not_fit_the_lock_builds_again(site: Site, stamp: str) -> None:
    site.run("classify")
    site.built()
    site.stamp.write_text(stamp)
    assert site.run("classify").returncode == 0
    (packages,) = site.built()
    assert packages.startswith("pip sync "), "the environment itself is still there"
    assert set(json.loads(site.stamp.read_text())) == {"run"}


def test_an_environment_for_tests_runs_the_site_too_and_not_the_reverse(site: Site) -> None:
    site.run("classify")
    site.built()
    assert site.run("test", "-q").returncode == 0
    (packages,) = site.built()
    assert packages.endswith(str(ROOT / "tests" / "requirements.lock"))
    assert site.run("classify").returncode == 0
    assert site.built() == []


def test_an_installer_that_fails_gives_one_line_and_leaves_no_stamp(site: Site) -> None:
    site.installer(FAILING)
    done = site.run("classify")
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("manage.py: ")]
    assert "the index is asleep" in line
    assert "Traceback" not in done.stderr
    assert not site.stamp.exists()
    assert site.handed_over() == []


def test_a_build_that_failed_is_done_at_the_next_start(site: Site) -> None:
    site.run("classify")
    site.built()
    site.stamp.write_text("{}")
    works = (site.folder / "tools" / "bin" / "uv").read_text()
    site.installer(FAILING)
    assert site.run("classify").returncode == 1
    site.installer(works)
    assert site.run("classify").returncode == 0
    assert len(site.built()) == 1


def test_two_that_start_together_build_once(site: Site) -> None:
    with ThreadPoolExecutor() as threads:
        done = list(threads.map(lambda _: site.run("classify"), range(3)))
    assert [one.returncode for one in done] == [0, 0, 0]
    assert len(site.built()) == 2
    assert len(site.handed_over()) == 3


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str, tmp_path: Path) -> None:
    environment = {**os.environ, "VAR_DIR": str(tmp_path), "PROVISO_ENVIRONMENT_IS_READY": "1"}
    environment["DATABASE_URL"] = "postgres://nobody@127.0.0.1:1/none"
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), command, "--help"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("usage: ")


def test_an_environment_behind_a_link_is_known_from_inside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "disk" / "environment").mkdir(parents=True)
    (tmp_path / "var").symlink_to(tmp_path / "disk")
    monkeypatch.setattr(manage, "ENVIRONMENT", tmp_path / "var" / "environment")
    monkeypatch.setattr(manage, "_is_current", lambda kind: True)
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "var" / "environment"))
    # Else it would start itself again, for ever and without a word.
    assert manage._is_inside()
