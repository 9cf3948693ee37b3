"""The table of words by which texts date themselves, ready to search with."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

Kind = Literal["effective", "updated"]

# Scripts without spaces: a word of theirs may stand right beside another one.
UNSPACED = r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]"
# A label stands at a word's beginning, or is glued to the word before it and begins with a capital.
_START = r"(?:(?<![^\W_])|(?<=[a-zà-ÿ0-9.)])(?=(?-i:[A-ZÀ-Ý])))"
_END = r"(?![^\W\d_])"
_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language: the order of its numeric dates ("dmy", or "" where it is not fixed), and its words.

    `foreign` finds what `earlier` finds, too.
    """

    order: str
    labels: re.Pattern[str]
    nouns: re.Pattern[str]
    own: re.Pattern[str]
    earlier: re.Pattern[str]
    looks: re.Pattern[str]
    foreign: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Words:
    """All languages together: what to look for around a date.

    `before[kind]` ends where the date begins, with the groups "label" and "gap"; `after[kind]` begins where it ends.
    `follows` is what stands after a date without a meaning of its own.
    """

    tongues: tuple[Tongue, ...]
    before: dict[Kind, re.Pattern[str]]
    after: dict[Kind, re.Pattern[str]]
    follows: re.Pattern[str]

    def speaking(self, label: str) -> list[Tongue]:
        """The languages that have a label: several where they share it."""
        return [tongue for tongue in self.tongues if tongue.labels.fullmatch(label)]


def months(table: dict[str, dict[str, list[str]]]) -> dict[str, int]:
    """The number of each month by its names and abbreviations in all languages, which do not contradict each other."""
    return {
        name.casefold(): number
        for words in table.values()
        for number, names in enumerate(words["months"], start=1)
        for name in names.split()
    }


@cache
def shipped_table() -> dict[str, dict[str, list[str]]]:
    """The table as written in languages.toml, by language."""
    return tomllib.loads((resources.files("monitor.core.dates") / "languages.toml").read_text("utf-8"))


@cache
def shipped_words() -> Words:
    """The table as patterns."""
    table = shipped_table()
    labels = {kind: _any(_all(table, kind)) for kind in ("effective", "updated")}
    gap = rf"(?:[\s:,.()|*\"“”：、，–—-]|{_any(_all(table, 'between'))}){{0,24}}"
    # "Last updated and effective: …" dates both.
    joined = r"\s*(?:[/&]|(?:and|und|et|y|e|en|och|og|ja|i|a|и|та)\b)\s*"
    before: dict[Kind, re.Pattern[str]] = {}
    after: dict[Kind, re.Pattern[str]] = {}
    others: tuple[tuple[Kind, Kind], ...] = (("effective", "updated"), ("updated", "effective"))
    for kind, other in others:
        both = f"(?:{joined}{labels[other]})?"
        before[kind] = re.compile(rf"(?P<label>{labels[kind]}){both}(?P<gap>{gap})\Z", re.I)
        after[kind] = re.compile(rf"[\s,(（]*(?P<label>{_any(_all(table, f'{kind}_after'))})", re.I)
    follows = re.compile(rf"\s*{_any(_all(table, 'follows'))}", re.I)
    return Words(tuple(_tongue(words) for words in table.values()), before, after, follows)


def _tongue(words: dict[str, list[str]]) -> Tongue:
    keys = ("effective", "updated", "effective_after", "updated_after")
    return Tongue(
        str(words["order"]),
        re.compile(_any([label for key in keys for label in words[key]]), re.I),
        _word(words["nouns"]),
        _word(words["own"]),
        _word(words["earlier"]),
        _word(words["looks"]),
        _word(words["earlier"] + words["foreign"]),
    )


def _all(table: dict[str, dict[str, list[str]]], key: str) -> list[str]:
    return [phrase for words in table.values() for phrase in words[key]]


def _word(phrases: list[str]) -> re.Pattern[str]:
    return re.compile(_any(phrases), re.I) if phrases else _NEVER


def _any(phrases: Collection[str]) -> str:
    spaced = [phrase for phrase in phrases if not re.match(rf"{UNSPACED}|\*", phrase)]
    glued = sorted(set(phrases) - set(spaced), key=len, reverse=True)
    # The condition stands before all words at once: most places of a text fail it, and cost no more than that.
    begun = "|".join(_pattern(phrase) for phrase in sorted(set(spaced), key=len, reverse=True))
    return "(?:" + "|".join([*([f"{_START}(?:{begun})"] if begun else []), *map(_pattern, glued)]) + ")"


def _pattern(phrase: str) -> str:
    inner = re.escape(phrase).replace(r"\*", r"\w*").replace("'", "['’]").replace(r"\ ", r"\s+")
    # A word that is elided is glued to the next one: "l'entrée".
    return inner if phrase.endswith("'") or re.search(rf"{UNSPACED}\Z", phrase) else inner + _END
