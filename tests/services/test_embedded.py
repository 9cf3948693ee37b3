"""The embedded site as an operator meets it: one command, one process, nothing lost."""

from __future__ import annotations

import random
import signal
import time
import urllib.request
from pathlib import Path

from tests.services import story
from tests.services.servers import free_port
from tests.services.site import Site
from tests.web_site import web_site

_KILLS = 4


def test_up_serves_the_samples_and_a_second_up_keeps_everything(tmp_path: Path) -> None:
    site = Site(tmp_path)
    with site.up() as running:
        first = urllib.request.urlopen(running.address + "/", timeout=30).read().decode()
        assert "Sorrelmind" in first
        assert any("/welcome/" in line for line in running.lines), (
            "no sign-in link for the first administrator"
        )
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(timeout=20) == 0
    with site.up() as running:
        again = urllib.request.urlopen(running.address + "/platforms/sorrelmind/", timeout=30).read().decode()
        assert "Sorrelmind" in again
        assert not any("Sample platforms" in line for line in running.lines), "samples were loaded twice"
        running.process.send_signal(signal.SIGINT)
        assert running.process.wait(timeout=20) == 0


def test_up_says_in_one_line_that_the_port_is_taken(tmp_path: Path) -> None:
    with web_site() as other:
        port = other.url.rsplit(":", 1)[1]
        done = Site(tmp_path).manage("up", "--port", port, check=False)
    assert done.returncode == 1
    assert "choose another with --port" in done.stderr
    assert "Traceback" not in done.stderr


def test_commands_beside_a_running_site_write_its_address(tmp_path: Path) -> None:
    site = Site(tmp_path)
    with site.up() as running:
        assert site.shell("from django.conf import settings; print(settings.SITE_URL)") == running.address


def test_a_second_process_on_the_same_folder_is_refused(tmp_path: Path) -> None:
    site = Site(tmp_path)
    with site.up():
        done = site.manage("up", "--port", str(free_port()), check=False)
    assert done.returncode == 1
    assert "already running" in done.stderr


def test_killing_the_whole_process_at_random_loses_and_doubles_nothing(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.manage("migrate", "-v0")
    chance = random.Random(7)
    with web_site() as pages:
        story.watch(site, pages)
        for step, text in enumerate(story.TEXTS, start=1):
            pages.publish("/terms", text)
            if step <= _KILLS:
                with site.up() as running:
                    time.sleep(chance.uniform(0.2, 3))
                    running.kill()
            with site.up():
                story.wait_for_versions(site, step)
        found = story.state(site)
    assert [ordinal for ordinal, _, _ in found["versions"]] == [1, 2, 3, 4, 5, 6]
    assert [severity for _, _, severity, _, _ in found["changes"]][-1] in {"Medium", "High"}
    assert found["clauses"] == [
        ["We keep your messages for five years after you delete them.", 6],
        ["You must be at least 16 years old to open an account with us.", 1],
    ]
    assert found["alerts"] == ["sent"] * 5
    assert len(list((tmp_path / "mail").iterdir())) >= 5
