"""The processes of a deployment, by hand, against a real PostgreSQL, Redis and SMTP server."""

from __future__ import annotations

import secrets
import signal
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

from tests.services import servers, story
from tests.services.site import Running, Site
from tests.web_site import web_site


class Inbox:
    """Keeps what an SMTP server receives."""

    def __init__(self) -> None:
        self.letters: list[bytes] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.letters.append(envelope.content)
        return "250 kept"


@contextmanager
def smtp() -> Iterator[tuple[int, Inbox]]:
    """A real SMTP server on loopback: its port, and what it received."""
    inbox = Inbox()
    controller = Controller(inbox, hostname="127.0.0.1", port=servers.free_port())
    controller.start()
    try:
        yield controller.port, inbox
    finally:
        controller.stop()


@contextmanager
def deployment(folder: Path) -> Iterator[tuple[Site, Inbox]]:
    """A site whose settings name real servers, migrated, with no process of its own running yet."""
    with servers.postgres() as database, servers.redis() as broker, smtp() as (port, inbox):
        site = Site(
            folder,
            SECRET_KEY=secrets.token_urlsafe(50),
            DATABASE_URL=database,
            REDIS_URL=broker,
            ALLOWED_HOSTS="127.0.0.1",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=str(port),
            EMAIL_USE_TLS="0",
            SECURE_COOKIES="0",
        )
        site.manage("migrate", "-v0")
        yield site, inbox


def worker(site: Site) -> Any:
    """A Celery worker of its own, as the compose file starts it."""
    return site.process(
        "-m", "celery", "-A", "config", "worker", "-Q", "fetch,analyze,alert", "-c", "2", "-l", "info"
    )


def beat(site: Site) -> Any:
    """Celery beat."""
    schedule = str(site.folder / "beat-schedule")
    return site.process("-m", "celery", "-A", "config", "beat", "-s", schedule, "-l", "info")


def test_a_worker_killed_in_the_middle_loses_and_doubles_nothing(tmp_path: Path) -> None:
    with deployment(tmp_path) as (site, inbox), web_site() as pages, beat(site):
        story.watch(site, pages)
        for step, text in enumerate(story.TEXTS, start=1):
            pages.publish("/terms", text)
            if step in {2, 4, 5}:
                _run_and_kill(site)
            with worker(site) as running:
                story.wait_for_versions(site, step)
                running.process.send_signal(signal.SIGTERM)
        found = story.state(site)
    assert [cause for _, cause, _ in found["versions"]] == ["first"] + ["publisher"] * 5
    assert found["alerts"] == ["sent"] * 5
    assert len(found["clauses"]) == 2
    assert len(inbox.letters) == 5


def _run_and_kill(site: Site) -> None:
    with worker(site) as running:
        running.wait_for("received", 30)
        running.kill()


def test_the_web_process_serves_pages_and_static_files(tmp_path: Path) -> None:
    with deployment(tmp_path) as (site, _), ExitStack() as stack:
        site.manage("collectstatic", "--noinput", "-v0")
        site.manage("load_samples")
        port = servers.free_port()
        web: Running = stack.enter_context(
            site.process("-m", "gunicorn", "config.wsgi", "-b", f"127.0.0.1:{port}")
        )
        web.wait_for("Listening at")
        page = urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30).read().decode()
        assert "Sorrelmind" in page
        style = page.split('rel="stylesheet" href="')[1].split('"')[0]
        assert urllib.request.urlopen(f"http://127.0.0.1:{port}{style}", timeout=30).status == 200


def test_a_deployment_with_missing_settings_is_told_so(tmp_path: Path) -> None:
    done = Site(tmp_path, SECRET_KEY="short").manage("check", check=False)
    assert done.returncode == 1
    for name in ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL"):
        assert name in done.stderr
