"""Texts with their blocks, for tests of what reads them."""

from __future__ import annotations

from clauses.core.facts import find_facts
from clauses.core.values import Passage
from monitor.core.blocks import Block


def build(*rows):
    """A text and its blocks from (kind, text) or (kind, text, level) or (kind, text, level, header)."""
    blocks, parts, at = [], [], 0
    for kind, words, *rest in rows:
        level = rest[0] if rest else 0
        header = rest[1] if len(rest) > 1 else ()
        blocks.append(Block(kind, at, at + len(words), level, header))
        parts.append(words)
        at += len(words) + 1
    return "\n".join(parts), blocks


def paragraphs(*lines):
    """A text and its blocks, all of them paragraphs."""
    return build(*(("paragraph", line) for line in lines))


def facts(text, **context):
    """The facts of a clause with this text and context."""
    return find_facts(Passage(0, 0, len(text), text, **context))


def one(text, **context):
    """The one fact of such a clause."""
    (fact,) = facts(text, **context)
    return fact
