"""A real Chromium for tests: on PATH, else Playwright's own, else from the system's packages when root."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chromium-headless-shell")


class NoChromium(Exception):
    """There is no browser and none could be installed: that fails the tests, it does not skip them."""


@cache
def executable() -> str:
    """Path of a Chromium. Raises NoChromium with what to do."""
    return _on_path() or _playwrights_own() or _from_packages() or _none()


def _on_path() -> str | None:
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    if not Path(path).exists():
        install = [sys.executable, "-m", "playwright", "install", "chromium"]
        subprocess.run(install, capture_output=True, timeout=300, check=False)
    return path if Path(path).exists() else None


def _from_packages() -> str | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-liberation"]
    for command in (["apt-get", "update", "-qq"], install):
        subprocess.run(command, capture_output=True, env=quiet, timeout=600, check=False)
    return _on_path()


def _none() -> str:
    raise NoChromium("no Chromium found: install the package chromium, or run `playwright install chromium`")
