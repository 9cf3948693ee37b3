"""Runs the program that drives the browser, within limits of time, memory and traffic that no page can move."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from monitor.fetching import TimedOut, TooLarge, Unreachable
from monitor.rendering.process_tree import ProcessTree
from monitor.rendering.proxy import Proxy

_PROGRAM = Path(__file__).with_name("browser.py")
_LOOK_EVERY = 0.2
_PREFIX = "proviso-browser-"
_LEFT_SECONDS = 86_400
# A browser needs these to start. Nothing else of our environment, which holds secrets, goes to it.
_PASSED_ON = ("PATH", "LANG", "LD_LIBRARY_PATH", "FONTCONFIG_FILE", "FONTCONFIG_PATH", "PYTHONPATH")
_PASSED_ON_OF_PLAYWRIGHT = ("PLAYWRIGHT_BROWSERS_PATH", "PLAYWRIGHT_NODEJS_PATH")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one page may cost: seconds until `ends` (of the monotonic clock), and megabytes of resident memory."""

    seconds: float
    ends: float
    megabytes: int


def drive(order: dict[str, Any], proxy: Proxy, bounds: Bounds) -> tuple[dict[str, Any], bytes]:
    """What the program found, and the document where it is a page. Nothing it started is left running.

    Raises TimedOut, TooLarge or Unreachable.
    """
    sweep(Path(tempfile.gettempdir()), time.time())
    with tempfile.TemporaryDirectory(prefix=f"{_PREFIX}{os.getpid()}-", ignore_cleanup_errors=True) as folder:
        program = subprocess.Popen(  # noqa: S603 - a program of ours; the page's address goes in by standard input
            [sys.executable, "-P", str(_PROGRAM)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=_environment(folder),
            start_new_session=True,
        )
        tree = ProcessTree(program.pid)
        try:
            output = _watched(program, order, tree, proxy, bounds)
        finally:
            _end(program, tree)
    head, _, body = output.partition(b"\n")
    if not head:
        raise Unreachable("the browser gave up on the page")
    found: dict[str, Any] = json.loads(head)
    return found, body


def sweep(folder: Path, now: float) -> None:
    """Remove what killed processes left there a day ago or longer. `now` in seconds since 1970."""
    for left in folder.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            found = left.lstat()
            is_ours = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()
            if is_ours and now - found.st_mtime > _LEFT_SECONDS and not _runs(left.name):
                shutil.rmtree(left, ignore_errors=True)


def _runs(name: str) -> bool:
    """Whether the process that made a folder of this name may still run."""
    pid = name.removeprefix(_PREFIX).partition("-")[0]
    if not pid.isdigit():
        return False
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def _environment(folder: str) -> dict[str, str]:
    passed_on = (*_PASSED_ON, *_PASSED_ON_OF_PLAYWRIGHT)
    kept = {name: os.environ[name] for name in passed_on if name in os.environ}
    # Playwright keeps its browsers below the home folder, which is not the one the browser gets.
    kept.setdefault("PLAYWRIGHT_BROWSERS_PATH", str(Path.home() / ".cache" / "ms-playwright"))
    return kept | {"HOME": folder, "TMPDIR": folder}


def _watched(
    program: subprocess.Popen[bytes], order: dict[str, Any], tree: ProcessTree, proxy: Proxy, bounds: Bounds
) -> bytes:
    """All that the program writes. Raises TimedOut or TooLarge where a limit is reached first."""
    output: list[bytes] = []
    assert program.stdin
    assert program.stdout
    reader = threading.Thread(target=lambda: output.append(program.stdout.read()), daemon=True)  # type: ignore[union-attr]
    reader.start()
    with suppress(BrokenPipeError):
        program.stdin.write(json.dumps(order).encode() + b"\n")
        program.stdin.flush()
    while True:
        reader.join(_LOOK_EVERY)
        if not reader.is_alive():
            return output[0]
        if proxy.is_exhausted:
            raise TooLarge("the page loads more than allowed")
        if tree.megabytes() > bounds.megabytes:
            raise TooLarge(f"the browser needed more than {bounds.megabytes} MB for the page")
        if time.monotonic() > bounds.ends:
            raise TimedOut(f"not complete after {bounds.seconds:g} s")


def _end(program: subprocess.Popen[bytes], tree: ProcessTree) -> None:
    tree.kill()
    with suppress(OSError):
        program.kill()
    program.wait()
    for stream in (program.stdin, program.stdout):
        with suppress(OSError, ValueError):
            if stream:
                stream.close()
