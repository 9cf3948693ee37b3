"""What faults did to a record: the same replay undisturbed and broken, held side by side.

A text of a page may be missing from the broken replay where fewer than two steps showed its document whole with it:
one sight is a candidate, and a page that cannot be read confirms nothing. Nothing else may differ but dates, and
combinations of texts in a document of several pages.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

Result = dict[str, Any]
_DEADLINE_MARGIN = 3.0


@dataclass
class ModeRow:
    """What one way of failing came to."""

    attempts: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    all_the_same: int = 0
    accepted: int = 0
    slowest: float = 0
    peak_mb: float = 0


def by_mode(calm: Result, broken: Result) -> dict[str, ModeRow]:
    """One row a mode: its outcomes, captures that gave the page's text all the same, and wrong texts that passed."""
    rows: dict[str, ModeRow] = defaultdict(ModeRow)
    shown = _texts_by_step(calm)
    for attempt in broken["attempts"]:
        row = rows[attempt["mode"]]
        row.attempts += 1
        row.slowest = max(row.slowest, attempt["seconds"])
        row.peak_mb = max(row.peak_mb, attempt["peak_mb"])
        if not attempt["page"]:
            continue
        row.outcomes[attempt["outcome"]] += 1
        if attempt["mode"] != "none" and not attempt["is_problem"]:
            is_right = attempt["fingerprint"] == shown.get((attempt["page"], attempt["step"]))
            row.all_the_same += is_right
            row.accepted += not is_right
    return rows


def accepted_wrongly(calm: Result, broken: Result) -> list[str]:
    """Captures of a broken page that passed as a text of the document, though the page did not show that text."""
    shown = _texts_by_step(calm)
    return [
        f"{attempt['mode']}: {attempt['page']} at step {attempt['step']} was {attempt['outcome']}"
        for attempt in broken["attempts"]
        if attempt["mode"] not in {"none", "analysis"}
        and not attempt["is_problem"]
        and attempt["fingerprint"] != shown.get((attempt["page"], attempt["step"]))
    ]


def wrong_versions(calm: Result, broken: Result) -> list[str]:
    """Texts on record that the page never showed whole, or not in this order."""
    shown: dict[str, set[str]] = defaultdict(set)
    for (page, _), fingerprint in _texts_by_step(calm).items():
        shown[page].add(fingerprint)
    expected = _texts_on_record(calm)
    found = []
    for page, texts in _texts_on_record(broken).items():
        found += [f"{page}: text {text[:8]} was never shown" for text in texts if text not in shown[page]]
        if not _is_part_of(texts, expected[page]):
            found.append(f"{page}: {_short(texts)} on record, {_short(expected[page])} undisturbed")
    return found


def missing_versions(calm: Result, broken: Result) -> tuple[list[str], int]:
    """Texts the undisturbed replay has on record and the broken one lacks though they were shown at two steps at
    which every page of their document was whole, and how many are missing that were not."""
    document = {row["page"]: row["document"] for row in broken["attempts"] if row["page"]}
    hurt = {
        (row["document"], row["step"]) for row in broken["attempts"] if row["page"] and row["mode"] != "none"
    }
    steps: dict[tuple[str, str], int] = defaultdict(int)
    for (page, step), text in _texts_by_step(calm).items():
        steps[page, text] += (document[page], step) not in hurt
    on_record = _texts_on_record(broken)
    missing = [
        (page, text)
        for page, texts in _texts_on_record(calm).items()
        for text in texts
        if text not in on_record[page]
    ]
    unexplained = [
        f"{page}: text {text[:8]} was shown whole at {steps[page, text]} steps"
        for page, text in missing
        if steps[page, text] >= 2
    ]
    return unexplained, len(missing) - len(unexplained)


def wrong_alerts(calm: Result, broken: Result) -> list[str]:
    """Alerts for a text that was never shown or that is no change of the publisher's, alerts owed twice, and alerts
    not owed for a change that is on record in both replays."""
    ours, theirs = _alerted(calm), _alerted(broken)
    recorded, expected = _versions(broken), _versions(calm)
    never_shown = _never_shown(calm, broken)
    found = [f"{_name(key)} alerted {count} times" for key, count in theirs.items() if count > 1]
    found += [f"{_name(key)} alerted, a text never shown" for key in theirs if key in never_shown]
    found += [
        f"{_name(key)} alerted, a version of cause {expected[key]}"
        for key in theirs
        if expected.get(key, "publisher") != "publisher"
    ]
    found += [
        f"{_name(key)} not alerted" for key in ours if recorded.get(key) == "publisher" and key not in theirs
    ]
    return found


def _never_shown(calm: Result, broken: Result) -> set[tuple[str, str, str]]:
    """The versions with a part that its page never showed whole."""
    shown = {(page, text) for (page, _), text in _texts_by_step(calm).items()}
    texts = {(row[0], row[1], row[2]): row[4] for row in broken["state"]["versions"]}
    return {
        (platform, slug, texts[platform, slug, ordinal])
        for platform, slug, ordinal, _, _, _, page, text, _ in broken["state"]["parts"]
        if (page, text) not in shown
    }


def _name(key: tuple[str, str, str]) -> str:
    return f"{key[0]}/{key[1]} {key[2][:8]}"


def not_healed(calm: Result, broken: Result) -> list[str]:
    """Healthy pages that came out as a problem, other than undisturbed: the first reading after a fault above all."""
    expected = {(row["page"], row["step"]): row["is_problem"] for row in calm["attempts"] if row["page"]}
    return [
        f"{row['page']} at step {row['step']}: {row['outcome']} ({row['message']})"
        for row in broken["attempts"]
        if row["mode"] == "none" and row["is_problem"] and not expected[row["page"], row["step"]]
    ]


def too_slow(broken: Result) -> list[str]:
    """Readings that took longer than the limit of a fetch and a margin for reading the text."""
    return [
        f"{row['mode']}: {row['page']} took {row['seconds']} s"
        for row in broken["attempts"]
        if row["page"] and row["seconds"] > row["limit"] + _DEADLINE_MARGIN
    ]


def _texts_by_step(result: Result) -> dict[tuple[str, int], str]:
    return {
        (row["page"], row["step"]): row["fingerprint"]
        for row in result["attempts"]
        if row["page"] and not row["is_problem"]
    }


def _texts_on_record(result: Result) -> dict[str, list[str]]:
    """For each page the texts that versions rest on, in order."""
    pages: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for _, _, ordinal, _, _, _, page, fingerprint, _ in result["state"]["parts"]:
        pages[page].append((ordinal, fingerprint))
    found: dict[str, list[str]] = defaultdict(list)
    for page, texts in pages.items():
        found[page] = [text for text, _ in groupby(text for _, text in sorted(texts))]
    return found


def _versions(result: Result) -> dict[tuple[str, str, str], str]:
    """Cause by platform, document and text."""
    return {(row[0], row[1], row[4]): row[3] for row in result["state"]["versions"]}


def _alerted(result: Result) -> Counter[tuple[str, str, str]]:
    texts = {(row[0], row[1], row[2]): row[4] for row in result["state"]["versions"]}
    rows = result["state"]["alerts"]
    return Counter((row[1], row[2], texts[row[1], row[2], row[3]]) for row in rows)


def _is_part_of(few: Sequence[str], many: Sequence[str]) -> bool:
    rest: Iterator[str] = iter(many)
    return all(any(text == other for other in rest) for text in few)


def _short(texts: Sequence[str]) -> str:
    return " ".join(text[:8] for text in texts)
