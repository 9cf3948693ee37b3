"""CPU time and memory of what a bench measures."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def timed(measured: Callable[[], T]) -> tuple[float, T]:
    """Its CPU time in milliseconds and its result: the mean of half a second of runs, three at least.

    One run where that takes long. A mean, as some machines count CPU time in steps of ten milliseconds.
    """
    start = time.process_time()
    result = measured()
    spent, runs = time.process_time() - start, 1
    while spent < 2 and (runs < 3 or spent < 0.5):
        start = time.process_time()
        measured()
        spent, runs = spent + time.process_time() - start, runs + 1
    return spent / runs * 1000, result


def peak_megabytes() -> float:
    """The most memory this process has taken so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
