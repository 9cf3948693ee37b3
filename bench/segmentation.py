"""How long texts of several shapes take to be cut into clauses, and whether the time grows with their length only.

Run `python3 -m bench.segmentation`. Texts are invented. Exits with 1 where a contract of 106,000 words takes longer
than two seconds, or where twice the text takes more than three times as long.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator

from clauses.core.segment import segment
from clauses.core.sentences import sentences
from monitor.core.blocks import Block, BlockKind

_WORDS_OF_CONTRACT = 106_000
_LIMIT_SECONDS = 2.0
_GROWTH = 3.0
_SENTENCE = (
    "The Provider keeps the records of each Order for thirty days, unless Sec. 4 or a law says otherwise. "
)

Line = tuple[BlockKind, str, int]


def build(lines: Iterator[Line]) -> tuple[str, list[Block]]:
    """A text and its blocks."""
    parts: list[str] = []
    blocks: list[Block] = []
    at = 0
    for kind, words, level in lines:
        parts.append(words)
        blocks.append(Block(kind, at, at + len(words), level))
        at += len(words) + 1
    return "\n".join(parts), blocks


def contract(words: int) -> Iterator[Line]:
    """A numbered contract: sections, run-in headings, lettered lists with introductions, definitions."""
    section = count = 0
    while count < words:
        section += 1
        yield "heading", f"{section}. Duties of Section {section}", 2
        for point in range(1, 9):
            yield "paragraph", f"{section}.{point} Keeping of Records. " + _SENTENCE * 4, 0
            yield "paragraph", "Customer shall not, and shall not let others:", 0
            for letter in "abcde":
                yield "paragraph", f"({letter}) resell the Service or any part of it to anyone; or", 0
            yield "paragraph", f"“Record {point}” means any note of an Order. " + _SENTENCE, 0
            count += 150


def short_lines(count: int) -> Iterator[Line]:
    """Lines that each might be a title."""
    for number in range(count):
        yield "paragraph", f"Line {number}" if number % 3 else "Data and Fees", 0


def numbered_lines(count: int) -> Iterator[Line]:
    """Numbers that count on for ever."""
    for number in range(count):
        yield "paragraph", f"{number % 999}. You pay.", 0


def lone_numbers(count: int) -> Iterator[Line]:
    """Numbers in blocks of their own, one below the other."""
    for number in range(count):
        yield "paragraph", f"{number % 99}.{number % 7}", 0


def nested(count: int) -> Iterator[Line]:
    """Each item stands in the one before it and introduces the next."""
    for depth in range(count):
        yield "item", f"Level {depth} of the following list:", depth + 1


def introduced(count: int) -> Iterator[Line]:
    """Every paragraph introduces something."""
    for _ in range(count):
        yield "paragraph", _SENTENCE + "You may not:", 0


def one_line(characters: int) -> Iterator[Line]:
    """One paragraph of sentences."""
    yield "paragraph", (_SENTENCE * (characters // len(_SENTENCE) + 1))[:characters], 0


def glued_line(characters: int) -> Iterator[Line]:
    """One paragraph whose headings and sentences lost their separators."""
    piece = "Data RetentionWe keep your data.You may leave.Your name:Your address:3. ScopeWe run a tool."
    yield "paragraph", (piece * (characters // len(piece) + 1))[:characters], 0


def stops(characters: int) -> Iterator[Line]:
    """Full stops and spaces and little else."""
    yield "paragraph", "A. . ! ? (a) :" * (characters // 14), 0


def brackets(characters: int) -> Iterator[Line]:
    """Opening marks without an end."""
    yield "paragraph", "(“«[" * (characters // 4) + ":", 0


def unspaced(characters: int) -> Iterator[Line]:
    """A line without a space."""
    yield "paragraph", "数据保留的规定" * (characters // 7), 0


_SHAPES: tuple[tuple[Callable[[int], Iterator[Line]], int], ...] = (
    (contract, 212_000),
    (short_lines, 1_000_000),
    (numbered_lines, 200_000),
    (lone_numbers, 200_000),
    (nested, 10_000),
    (introduced, 20_000),
    (one_line, 5_000_000),
    (glued_line, 5_000_000),
    (stops, 5_000_000),
    (brackets, 5_000_000),
    (unspaced, 5_000_000),
)


def _seconds(shape: Callable[[int], Iterator[Line]], size: int) -> tuple[float, float, int]:
    """CPU seconds for the clauses and for their sentences, and how many clauses there are."""
    text, blocks = build(shape(size))
    start = time.process_time()
    passages = segment(text, blocks)
    cut = time.process_time()
    for passage in passages:
        sentences(passage.text)
    return cut - start, time.process_time() - cut, len(passages)


def main() -> int:
    """Print a line for each shape; 1 where a limit is broken."""
    failed = False
    took, _, clauses = _seconds(contract, _WORDS_OF_CONTRACT)
    failed |= took > _LIMIT_SECONDS
    print(f"{'contract of 106,000 words':28}{took:8.2f} s, {clauses} clauses")
    for shape, size in _SHAPES:
        half, _, _ = _seconds(shape, size // 2)
        whole, split, clauses = _seconds(shape, size)
        growth = whole / half if half > 0.05 else 2.0
        failed |= growth > _GROWTH
        print(
            f"{shape.__name__:18}{size:10,}{whole:8.2f} s, x{growth:.1f}, sentences {split:.2f} s, {clauses} clauses"
        )
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
