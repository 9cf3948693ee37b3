"""Ways to compare two texts that others offer, each as a function from two texts to kept, removed and added runs.

Those that are not installed say so when they are called; see docs/changes.md for how to get them.
"""

from __future__ import annotations

import difflib
import html
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

_PEERS = Path(__file__).resolve().parents[1] / "var" / "peers"
_WORD = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")

Runs = list[tuple[str, str]]
Opcodes = Iterable[tuple[str, int, int, int, int]]


def words(text: str) -> list[str]:
    """Words with the white space after them, marks apart."""
    return _WORD.findall(text)


def _runs(opcodes: Opcodes, old: Sequence[str], new: Sequence[str], between: str = "") -> Runs:
    found: Runs = []
    for tag, i1, i2, j1, j2 in opcodes:
        if tag == "equal":
            found.append(("=", between.join(old[i1:i2])))
        else:
            found += [("-", between.join(old[i1:i2])), ("+", between.join(new[j1:j2]))]
    return [run for run in found if run[1]]


def difflib_words(old: str, new: str) -> Runs:
    before, after = words(old), words(new)
    return _runs(difflib.SequenceMatcher(None, before, after).get_opcodes(), before, after)


def difflib_words_exact(old: str, new: str) -> Runs:
    before, after = words(old), words(new)
    return _runs(difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes(), before, after)


def line_diff(old: str, new: str) -> Runs:
    """Lines by difflib, and words inside lines that were replaced one by one, as changedetection.io does it."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    found: Runs = []
    for opcode in difflib.SequenceMatcher(lambda line: not line.strip(), before, after).get_opcodes():
        tag, i1, i2, j1, j2 = opcode
        if tag == "replace" and i2 - i1 == j2 - j1 == 1:
            found += difflib_words_exact(before[i1], after[j1])
        else:
            found += _runs([opcode], before, after)
    return found


def _dmp(old: str, new: str, timeout: float | None) -> Runs:
    from diff_match_patch import diff_match_patch  # noqa: PLC0415

    engine = diff_match_patch()
    if timeout is not None:
        engine.Diff_Timeout = timeout
    diffs = engine.diff_main(old, new)
    engine.diff_cleanupSemantic(diffs)
    return [({0: "=", -1: "-", 1: "+"}[op], text) for op, text in diffs]


def dmp_default(old: str, new: str) -> Runs:
    return _dmp(old, new, None)


def dmp_unlimited(old: str, new: str) -> Runs:
    return _dmp(old, new, 0)


def fast_dmp(old: str, new: str) -> Runs:
    fast = _installed("fast_diff_match_patch")
    return list(fast.diff(old, new, timelimit=0, cleanup="Semantic", counts_only=False))


def rapidfuzz_words(old: str, new: str) -> Runs:
    from rapidfuzz.distance import Indel  # noqa: PLC0415

    before, after = words(old), words(new)
    opcodes = Indel.opcodes(before, after)
    spans = ((o.tag, o.src_start, o.src_end, o.dest_start, o.dest_end) for o in opcodes)
    return _runs(spans, before, after)


def redlines(old: str, new: str) -> Runs:
    result = _installed("redlines").Redlines(old, new)
    stated = json.loads(result.output_json())
    before, after = stated["source_tokens"], stated["test_tokens"]
    return _runs(result.opcodes, before, after)


def lxml_html(old: str, new: str) -> Runs:
    from lxml import html as pages  # noqa: PLC0415
    from lxml.html.diff import htmldiff  # noqa: PLC0415

    marked = htmldiff(_as_html(old), _as_html(new))
    return [run for run in _marked(pages.fragment_fromstring(marked, create_parent="div"), "=") if run[1]]


def _as_html(text: str) -> str:
    return "".join(f"<p>{html.escape(line)}</p>\n" for line in text.splitlines() if line.strip())


def _marked(element: Any, op: str) -> Iterator[tuple[str, str]]:
    inside = {"ins": "+", "del": "-"}.get(element.tag, op)
    yield inside, element.text or ""
    for child in element:
        yield from _marked(child, inside)
        yield inside, child.tail or ""


def _installed(name: str) -> Any:
    if str(_PEERS) not in sys.path:
        sys.path.append(str(_PEERS))
    return __import__(name)


PEERS: dict[str, Callable[[str, str], Runs]] = {
    "difflib, words": difflib_words,
    "difflib, words, autojunk off": difflib_words_exact,
    "line diff (changedetection.io)": line_diff,
    "diff-match-patch, default": dmp_default,
    "diff-match-patch, unlimited": dmp_unlimited,
    "fast-diff-match-patch": fast_dmp,
    "rapidfuzz, words": rapidfuzz_words,
    "redlines": redlines,
    "lxml.html.diff": lxml_html,
}
