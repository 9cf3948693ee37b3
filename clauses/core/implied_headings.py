"""Paragraphs that look like a heading of what follows them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from clauses.core.numbering import mark_of
from clauses.core.titles import (
    LETTER_DEPTH,
    LEVEL_BELOW_MARKED,
    PLAIN_DEPTH,
    ends_sentence,
    states_something,
    title_depth,
)
from monitor.core.blocks import Block

_MOST_IN_A_ROW = 3
_LONGEST_TITLE = 160
_PLAIN = LEVEL_BELOW_MARKED + PLAIN_DEPTH
_YEAR = re.compile(r"(?:19|20)\d\d")


def is_implied(block: Block) -> bool:
    """Whether a heading was found by its look: its level is below the marked ones."""
    return block.kind == "heading" and block.level > LEVEL_BELOW_MARKED


def with_implied_headings(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks with each paragraph that looks like a heading of the text after it made one.

    Three and more titles in a row are a list of links; the last is a heading where it repeats one of them. A title
    that the heading right after it repeats, as the last of a trail of links does, is that heading. Questions that
    begin right below a title ("FAQ") stand under it.
    """
    depths = [_depth(text, block) for block in blocks]
    seen: set[str] = set()
    run = 0
    found: list[Block] = []
    for position, (block, depth) in enumerate(zip(blocks, depths, strict=True)):
        if not depth or not position or depths[position - 1] != depth:
            run = 0
            seen.clear()
        run += 1
        title = text[block.start : block.end].strip() if depth else ""
        most = 1 if depth == LETTER_DEPTH else _MOST_IN_A_ROW - 1
        if depth and (run <= most or title in seen) and _heads(text, blocks, depths, position):
            found.append(
                Block("heading", block.start, block.end, LEVEL_BELOW_MARKED + depth, page=block.page)
            )
        else:
            found.append(block)
        seen.add(title)
    return list(_with_questions_below(text, _with_repeated(text, found, depths)))


def _with_repeated(text: str, blocks: list[Block], depths: Sequence[int]) -> list[Block]:
    for position in range(len(blocks) - 2, -1, -1):
        block, following = blocks[position : position + 2]
        if depths[position] and block.kind == "paragraph" and following.kind == "heading":
            title = text[block.start : block.end].strip()
            if title == text[following.start : following.end].strip():
                blocks[position] = replace(block, kind="heading", level=following.level)
    return blocks


def _with_questions_below(text: str, blocks: list[Block]) -> Iterator[Block]:
    holds_questions = False
    previous: Block | None = None
    for block in blocks:
        given = block
        if block.kind == "heading":
            is_question = text[block.start : block.end].rstrip().endswith("?")
            if not is_question or block.level != _PLAIN:
                holds_questions = False
            elif previous is not None and previous.kind == "heading" and previous.level == _PLAIN:
                # Among questions alone none stands under another.
                holds_questions |= not text[previous.start : previous.end].rstrip().endswith("?")
            if holds_questions:
                given = replace(block, level=_PLAIN + 1)
        previous = block
        yield given


def _depth(text: str, block: Block) -> int:
    if block.kind != "paragraph" or block.end - block.start > _LONGEST_TITLE:
        return 0
    return title_depth(text[block.start : block.end].strip())


def _heads(text: str, blocks: Sequence[Block], depths: Sequence[int], at: int) -> bool:
    """Whether body text follows, at once or after one more heading."""
    own = depths[at]
    titles = 0
    for block, depth in zip(blocks[at + 1 : at + 4], depths[at + 1 : at + 4], strict=True):
        if block.kind == "heading":
            return block.level > own
        if not depth and text[blocks[at].end - 1] in ":：":
            # With a colon it introduces what looks like an item.
            words = text[block.start : block.end].strip()
            return block.kind == "paragraph" and mark_of(words) is None and _is_body(words)
        if not depth:
            return block.kind != "paragraph" or _is_body(text[block.start : block.end])
        titles += depth == own
        if titles > 1 or depth < own or (depth == own and own < PLAIN_DEPTH):
            return False
    return False


def _is_body(words: str) -> bool:
    """Whether a paragraph says something: a sentence or statement, a long one, a dated line, or a numbered one."""
    if ends_sentence(words) or words.rstrip().endswith((":", "：", ")", '"', "”", "»")):
        return True
    head = words[:200].strip()
    return (
        len(head.split()) > 12
        or _YEAR.search(head) is not None
        or mark_of(words.strip()) is not None
        or _is_statement(head)
    )


def _is_statement(words: str) -> bool:
    """Whether words without a full stop say something all the same ("German law applies")."""
    return (
        len(words.split()) > 2 and words[:1].isupper() and not words.endswith("?") and states_something(words)
    )
