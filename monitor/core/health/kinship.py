"""How much of a text was known from another, and how much of that other one it has kept."""

from __future__ import annotations

import re
from dataclasses import dataclass

from monitor.core.blocks import BLOCK_SEPARATOR

# Five words in a row: two policies of different matter share few of them, an edited policy most.
_SHINGLE = 5
# Chinese, Japanese, Thai and Lao put no space between words: there each character stands for one.
_UNSPACED = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_TOKEN = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")
_UNSPACED_CHARACTER = re.compile(f"[{_UNSPACED}]")


@dataclass(frozen=True, slots=True)
class Kinship:
    """What two texts have in common, in shares from 0 to 1 of their characters.

    `known`: of the new text, what stood in the old one. `kept`: of the old text, what stands in the new one.
    `came` and `gone`: the blocks of each that the other does not have word for word, in order.
    """

    known: float
    kept: float
    came: tuple[str, ...]
    gone: tuple[str, ...]


def kinship(new: str, old: str) -> Kinship:
    """What two texts have in common: equal blocks, and in the other blocks equal runs of five words."""
    new_blocks, old_blocks = new.split(BLOCK_SEPARATOR), old.split(BLOCK_SEPARATOR)
    in_new, in_old = set(new_blocks), set(old_blocks)
    came = [block for block in new_blocks if block not in in_old]
    gone = [block for block in old_blocks if block not in in_new]
    came_runs, gone_runs = _runs(came), _runs(gone)
    shared = set(came_runs) & set(gone_runs)
    return Kinship(
        _share(new_blocks, came, came_runs, shared),
        _share(old_blocks, gone, gone_runs, shared),
        tuple(came),
        tuple(gone),
    )


def size(text: str) -> int:
    """The length of a text in words; two characters of a script without spaces count as one."""
    words = len(text.split())
    # The distinct characters are few and quickly found.
    if text.isascii() or not any(map(_UNSPACED_CHARACTER.match, set(text))):
        return words
    return words + len(_UNSPACED_CHARACTER.findall(text)) // 2


def _runs(blocks: list[str]) -> list[tuple[str, ...]]:
    # Over the ends of blocks: the same words may be cut into other blocks where a page was rebuilt.
    tokens = [token for block in blocks for token in _TOKEN.findall(block.lower())]
    if len(tokens) < _SHINGLE:
        return [tuple(tokens)] if tokens else []
    return list(zip(*(tokens[start:] for start in range(_SHINGLE)), strict=False))


def _share(
    blocks: list[str], other: list[str], runs: list[tuple[str, ...]], shared: set[tuple[str, ...]]
) -> float:
    total = sum(map(len, blocks))
    if not total:
        return 0.0
    unequal = sum(map(len, other))
    alike = sum(run in shared for run in runs) / len(runs) if runs else 0.0
    return 1 - unequal * (1 - alike) / total
