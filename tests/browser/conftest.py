"""A running site with the samples, and a browser to read it with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser import chromium
from tests.browser.addresses import PAGES, addresses
from tests.browser.own_copy import own_copy
from tests.services.site import Running, Site

_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site that holds the samples, to copy."""
    folder = tmp_path_factory.mktemp("samples")
    Site(folder).manage("migrate", "-v0")
    Site(folder).manage("load_samples")
    return folder


@pytest.fixture(scope="session")
def samples(loaded: Path) -> Iterator[str]:
    """The address of a site with the samples, which no test changes."""
    with own_copy(loaded, loaded.with_name("samples-to-read")) as running:
        yield running.address


@pytest.fixture(scope="session")
def paths(samples: str) -> dict[str, str]:
    """The path of a page of every type."""
    found = addresses(samples)
    assert tuple(found) == PAGES
    return found


@pytest.fixture
def own_site(loaded: Path, tmp_path: Path) -> Iterator[Callable[..., Running]]:
    """Starts a site with the samples of the test's own, after running some lines of Python inside it."""
    with ExitStack() as stack:
        yield lambda prepare="": stack.enter_context(own_copy(loaded, tmp_path / "site", prepare))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for the tests of one module: while it runs, its event loop keeps Django off the database."""
    path = chromium.executable()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(_QUIET))
        yield started
        started.close()
