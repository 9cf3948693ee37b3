"""How much of a text was known from another, and how much of that other one it has kept."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from zlib import crc32

from monitor.core.blocks import BLOCK_SEPARATOR

# Five words in a row: two policies of different matter share few of them, an edited policy most.
_SHINGLE = 5
# Characters of the blocks that differ: in more, the shares of so many stand for the rest. A long policy has 300,000.
_MOST_COMPARED = 1_000_000
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
    """What two texts have in common: equal blocks, and in the other blocks equal runs of five words.

    Of the blocks that differ, the first million characters are compared.
    """
    new_blocks, old_blocks = new.split(BLOCK_SEPARATOR), old.split(BLOCK_SEPARATOR)
    in_new, in_old = set(new_blocks), set(old_blocks)
    came = [block for block in new_blocks if block not in in_old]
    gone = [block for block in old_blocks if block not in in_new]
    came_runs, gone_runs = _runs(came), _runs(gone)
    return Kinship(
        _share(new_blocks, came, _alike(came_runs, gone_runs)),
        _share(old_blocks, gone, _alike(gone_runs, came_runs)),
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


def _runs(blocks: list[str]) -> array[int]:
    """Each run of words as one number of 64 bits: texts may have a million of them."""
    # Over the ends of blocks: the same words may be cut into other blocks where a page was rebuilt.
    tokens = array("L", (crc32(token.encode("utf-8", "replace")) for token in _tokens(blocks)))
    shorter = min(_SHINGLE, len(tokens))
    starts = [islice(tokens, start, None) for start in range(shorter)]
    # The hash of numbers is the same in every process, other than that of strings.
    return array("q", map(hash, zip(*starts, strict=False)))


def _tokens(blocks: list[str]) -> Iterator[str]:
    left = _MOST_COMPARED
    for block in blocks:
        for found in _TOKEN.finditer(block[:left].lower()):
            yield found.group()
        left -= len(block)
        if left <= 0:
            return


def _alike(runs: array[int], others: array[int]) -> float:
    known = set(others)
    return sum(run in known for run in runs) / len(runs) if runs else 0.0


def _share(blocks: list[str], other: list[str], alike: float) -> float:
    total = sum(map(len, blocks))
    return 1 - sum(map(len, other)) * (1 - alike) / total if total else 0.0
