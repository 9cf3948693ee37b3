"""The labeled corpora: which may train what ships, under which license, and what their labels mean here."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from monitor.core.language import believed


class CorpusError(ValueError):
    """A corpus is missing or not in its form; the message is one line."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """A file of JSON lines. What is trained from it stands under its license."""

    file: str
    title: str
    license: str
    may_train: bool


CORPORA: Mapping[str, Corpus] = MappingProxyType(
    {
        "tosdr": Corpus("tosdr_points.jsonl", "ToS;DR, approved points", "CC BY-SA 3.0", True),
        "appsi": Corpus("appsi139_topic.jsonl", "APPSI-139, topics", "CC BY 4.0", True),
        "unfair_tos": Corpus("unfair_tos.jsonl", "CLAUDETTE, 50 terms of service", "CC BY 4.0", True),
        "claudette_2024": Corpus("claudette_2024_en.jsonl", "CLAUDETTE 2024, English", "CC BY 4.0", True),
        "opp115": Corpus("opp115_evaluate_only.jsonl", "OPP-115", "research, non-commercial", False),
    }
)

# A practice of a privacy policy, as OPP-115 and APPSI-139 name it, and the types that speak of it. The first
# is the one that stands for the practice where nothing more particular is said.
PRACTICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "first_party": ("data_collection_use", "tracking_cookies", "sensitive_data_location", "ad_targeting"),
        "third_party": ("third_party_sharing", "data_sale", "government_disclosure", "business_transfer"),
        "user_rights": ("user_data_rights",),
        "retention": ("data_retention",),
        "security": ("data_security",),
        "policy_change": ("unilateral_change",),
        "audiences": ("regional_terms", "children_age", "international_transfer"),
    }
)
APPSI_PRACTICES: Mapping[str, str] = MappingProxyType(
    {
        "topic0": "first_party",
        "topic2": "third_party",
        "topic3": "first_party",
        "topic4": "retention",
        "topic5": "security",
        "topic6": "user_rights",
        "topic8": "policy_change",
        "topic10": "audiences",
    }
)
# So many parts are held out in turn, each measured by what was learned from the others.
FOLDS = 5
# What ToS;DR has next to no quotes of. Its other labels are the wider ones of unfair terms, which blur what a type is.
_CLAUDETTE_TOPICS: Mapping[str, str] = MappingProxyType(
    {"Contract by using": "acceptance_by_use", "Choice of law": "choice_of_law"}
)
_LOOSE = re.compile(r" (?=n't\b|'(?:s|re|ll|ve|d)\b|[.,;:!?)])|(?<=\() ")
_OTHER_SPELLINGS = {"content_licence": "content_license"}
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Labeled:
    """One text to learn from. `topic` is what it is about, where the corpus says that; `practices` what it speaks of.

    Rows of one `group` (a service) never stand on both sides of a split.
    """

    text: str
    group: str
    topic: str | None
    practices: frozenset[str]


def read_rows(path: Path) -> list[Row]:
    """The rows of a file. Raises CorpusError where it is missing or a line is no object with a text and labels."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}") from None
    return [_row(path, number, line) for number, line in enumerate(lines, start=1) if line.strip()]


def _row(path: Path, number: int, line: str) -> Row:
    try:
        row = json.loads(line)
    except ValueError:
        row = None
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise CorpusError(f'{path}, line {number}: not a JSON object with a "text"')
    if not isinstance(row.get("labels"), list):
        raise CorpusError(f'{path}, line {number}: no list of "labels"')
    return row


def topic_of(row: Row) -> str:
    """The type of a ToS;DR row in our spelling."""
    name = str(row["type"])
    return _OTHER_SPELLINGS.get(name, name)


def tosdr(rows: list[Row]) -> Iterator[Labeled]:
    """ToS;DR's points: each is about one type, and speaks of the practice that type belongs to."""
    for row in rows:
        topic = topic_of(row)
        practices = frozenset(name for name, types in PRACTICES.items() if topic in types)
        yield Labeled(row["text"], str(row.get("service", row["text"])), topic, practices)


def appsi(rows: list[Row]) -> Iterator[Labeled]:
    """APPSI-139's sentences: which practices they speak of. The corpus names no policy: equal texts are one group."""
    for row in rows:
        practices = frozenset(APPSI_PRACTICES[label] for label in row["labels"] if label in APPSI_PRACTICES)
        yield Labeled(row["text"], row["text"], None, practices)


def claudette(rows: list[Row]) -> Iterator[Labeled]:
    """Sentences of terms of service about the two topics that ToS;DR lacks, where they are about nothing else."""
    for row in rows:
        topics = [_CLAUDETTE_TOPICS.get(label) for label in row["labels"]]
        if len(topics) == 1 and topics[0]:
            yield Labeled(closed_up(row["text"]), str(row.get("source", row["text"])), topics[0], frozenset())


def is_english(text: str) -> bool:
    """Whether a text may be learned from: words of another language must stay unknown, as they are to the rules."""
    return believed("", text) in {"", "en"}


def closed_up(text: str) -> str:
    """A text that was cut into tokens, with its punctuation back at the words."""
    return _LOOSE.sub("", text)


def fold_of(group: str) -> int:
    """The fold of a group, by its hash: the same in every run, whatever stands beside it."""
    return int.from_bytes(hashlib.sha256(group.encode()).digest()[:8]) % FOLDS
