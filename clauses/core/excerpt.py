"""The changed words of a redline with a little around them, for lists, feeds and mails."""

from __future__ import annotations

from collections.abc import Sequence


def excerpt(runs: Sequence[Sequence[str]], around: int = 90, longest: int = 420) -> list[tuple[str, str]]:
    """A redline cut short: `around` characters kept beside a change, `longest` of changed text in all.

    Runs are ("=", "-" or "+", text) as stored; a run ("…", "") stands where text was left out.
    """
    found: list[tuple[str, str]] = []
    room = longest
    for index, (op, text) in enumerate(runs):
        if op == "=":
            found.extend(_kept(text, around, is_first=index == 0, is_last=index == len(runs) - 1))
            continue
        found.append((op, text if len(text) <= room else _cut(text, room)))
        room -= len(text)
        if room <= 0:
            return [*found, ("…", "")]
    return found


def _kept(text: str, around: int, *, is_first: bool, is_last: bool) -> list[tuple[str, str]]:
    before, after = ("" if is_first else _cut(text, around)), ("" if is_last else _cut_start(text, around))
    if len(before) + len(after) >= len(text):
        return [("=", text)]
    parts = [("=", before)] if before else []
    parts.append(("…", ""))
    return parts + ([("=", after)] if after else [])


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[:length].rpartition(" ")[0] or text[:length]


def _cut_start(text: str, length: int) -> str:
    return text if len(text) <= length else text[-length:].partition(" ")[2] or text[-length:]
