"""Work that makes many objects, but no rings of objects, without the pauses of the collector of such rings."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_PAUSED = Lock()


@contextmanager
def unpaused() -> Iterator[None]:
    """Leave out the search for rings of dead objects, which walks through all that lives, again and again.

    It is left out in all threads, so only one piece of work at a time asks for it, and for seconds at most; another one
    that begins meanwhile is done as ever. Objects outside of rings are freed as always.
    """
    if not gc.isenabled() or not _PAUSED.acquire(blocking=False):
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        _PAUSED.release()
