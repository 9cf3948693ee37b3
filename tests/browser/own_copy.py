"""A site of a test's own, with the samples: it may do with it what it likes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.services.site import Running, Site


@contextmanager
def own_copy(loaded: Path, folder: Path, prepare: str = "") -> Iterator[Running]:
    """A running copy of a site, after some lines of Python were run inside it."""
    shutil.copytree(loaded, folder)
    # Nothing is due on these sites: sweeping every second would only slow the browser down.
    site = Site(folder, SWEEP_SECONDS="60")
    if prepare:
        site.shell(prepare)
    with site.up() as running:
        yield running
