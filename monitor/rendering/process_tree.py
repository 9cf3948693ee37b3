"""A program and everything it starts: how much memory they hold, and their end. Read from /proc, where there is one."""

from __future__ import annotations

import os
import resource
import signal
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_MEGABYTE = 1_000_000
# What is killed takes a moment to end, and may have started another one just before.
_ROUNDS = 100
_PAUSE = 0.01


@dataclass(frozen=True, slots=True)
class _Running:
    parent: int
    started: int
    pages: int


class ProcessTree:
    """All that descends from a process, also what lost its parent since it was last looked at.

    A browser puts itself into a session and group of its own, so a group alone would not hold it.
    """

    def __init__(self, root: int) -> None:
        self._root = root
        self._known: dict[int, int] = {}

    @property
    def pids(self) -> frozenset[int]:
        """Those that ran when it was last looked at."""
        return frozenset(self._known)

    def megabytes(self) -> float:
        """The resident memory of all of them. Memory they share counts for each."""
        running = self._look()
        return sum(running[pid].pages for pid in self._known) * resource.getpagesize() / _MEGABYTE

    def kill(self) -> None:
        """End all of them. A process that got the number of one that is gone is left alone."""
        for _ in range(_ROUNDS):
            self._look()
            if not self._known:
                return
            for pid in self._known:
                with suppress(OSError):
                    os.kill(pid, signal.SIGKILL)
            time.sleep(_PAUSE)

    def _look(self) -> dict[int, _Running]:
        """What runs on the machine. Afterwards `_known` are those of the tree that still run, with their start."""
        running = _running()
        known = {
            pid for pid, started in self._known.items() if pid in running and running[pid].started == started
        }
        if self._root in running and not self._known:
            known.add(self._root)
        children: dict[int, list[int]] = {}
        for pid, found in running.items():
            children.setdefault(found.parent, []).append(pid)
        waiting = list(known)
        while waiting:
            for child in children.get(waiting.pop(), []):
                if child not in known:
                    known.add(child)
                    waiting.append(child)
        self._known = {pid: running[pid].started for pid in known}
        return running


def _running() -> dict[int, _Running]:
    found: dict[int, _Running] = {}
    if not _PROC.is_dir():
        return found
    for folder in _PROC.iterdir():
        if folder.name.isdigit():
            with suppress(OSError, ValueError, IndexError):
                # The name in brackets may hold anything; what follows it is counted from field 3, the state.
                fields = (folder / "stat").read_text("latin-1").rpartition(")")[2].split()
                if fields[0] != "Z":
                    found[int(folder.name)] = _Running(int(fields[1]), int(fields[19]), int(fields[21]))
    return found
