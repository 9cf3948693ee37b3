"""The processes of a deployment, by hand, against a real PostgreSQL, Redis and SMTP server."""

from __future__ import annotations

import urllib.request
from contextlib import ExitStack
from pathlib import Path

from tests.services import servers
from tests.services.deployment import deployment
from tests.services.site import Running, Site


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
