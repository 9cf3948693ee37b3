"""Which page of a replay is broken at which step, and how: drawn once from a seed, for a replay of any length."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

# Every way in which the replay server fails. Two more come by themselves: a page before its first capture (404), and
# a 304 where the server sends validators.
MODES = (
    "403",
    "404",
    "429",
    "500",
    "503",
    "drop",
    "drip",
    "empty",
    "soft404",
    "captcha",
    "login",
    "consent",
    "half",
    "huge",
    "bomb",
    "loop",
    "private",
    "file",
    "wrongcharset",
    "binary",
)
HEALTHY = "none"
_LONGEST = 4


def plan(
    pages: Iterable[str], steps: int, seed: int, chance: float, modes: Sequence[str] = MODES
) -> list[dict[str, str]]:
    """For each step the mode of every page.

    A healthy page breaks with `chance` at each step, for one to four steps in one mode. The first two steps are
    healthy: of a page that nobody ever saw whole, no one can say what is missing. Modes are dealt from a shuffled
    pack, so that each comes up as often as any other.
    """
    draw = random.Random(seed)
    pages = sorted(pages)
    pack: list[str] = []
    left = dict.fromkeys(pages, 0)
    mode = dict.fromkeys(pages, HEALTHY)
    found = []
    for step in range(steps):
        for page in pages:
            if left[page]:
                left[page] -= 1
            elif mode[page] != HEALTHY:
                mode[page] = HEALTHY
            elif step >= 2 and draw.random() < chance:
                pack = pack or draw.sample(modes, len(modes))
                mode[page], left[page] = pack.pop(), draw.randint(0, _LONGEST - 1)
        found.append(dict(mode))
    return found
