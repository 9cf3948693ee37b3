"""Whom a clause names, and whether it is for a narrow group alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from clauses.core.folding import folded
from clauses.core.patterns import regexes
from clauses.core.tables import Table, read_table

_FILE = "audiences.toml"
# What limits a clause to those it names: "only", "if you are", "applies to".
_LIMITED_TO = re.compile(
    r"\b(?:only|solely|exclusively|if you are|if you're"
    r"|(?:this|these) [\w ]{1,40}(?:appl(?:y|ies) (?:only )?to|is for|are for))[\w ,'-]{0,40}$"
)

# What stands before those to whom a sentence speaks; "outside the EU" names a place.
_ADDRESSED = re.compile(
    r"(?:^\W*(?:(?:the|an?|our|all|any) )?"
    r"|\b(?:for|if you are|if you're|if you have|if you use|when you are|as an?)"
    r"|\b(?:live|reside|located|residents?|users?|people|individuals|customers?|rights|you are) (?:in|of))"
    r"(?: (?!(?:outside|beyond|to|from|and|or)\b)[\w'-]+){0,3}\W*$"
)


@dataclass(frozen=True, slots=True)
class Audience:
    """A group of users that terms speak of. `is_narrow`: few of a platform's users belong to it.

    `needs`: strings of which one stands in whatever the patterns find.
    """

    slug: str
    name: str
    is_narrow: bool
    needs: tuple[str, ...]
    patterns: tuple[re.Pattern[str], ...]

    def may_be_in(self, read: str) -> bool:
        """Whether the patterns are worth searching in a folded text."""
        return any(map(read.__contains__, self.needs))

    def is_in(self, read: str) -> bool:
        """Whether a folded text names it."""
        return self.may_be_in(read) and any(pattern.search(read) for pattern in self.patterns)


@cache
def audiences() -> tuple[Audience, ...]:
    """The groups that are looked for, from the shipped file."""
    table = read_table({_FILE: resources.files("clauses").joinpath("taxonomy", _FILE).read_bytes()}, _FILE)
    return tuple(map(_audience, table.tables("audience")))


def _audience(table: Table) -> Audience:
    table.only("slug", "name", "narrow", "needs", "patterns")
    is_narrow = table.row.get("narrow", False) is True
    patterns = regexes(table, "patterns", {})
    return Audience(table.text("slug"), table.text("name"), is_narrow, tuple(table.texts("needs")), patterns)


def named_audiences(texts: Sequence[str]) -> tuple[str, ...]:
    """The names of the groups that any of the texts names, in the order of the file."""
    all_of_it = folded("\n".join(texts))
    possible = [audience for audience in audiences() if audience.may_be_in(all_of_it)]
    read = [*map(folded, texts)] if possible else []
    return tuple(audience.name for audience in possible if any(map(audience.is_in, read)))


# The same few headings stand above all clauses of a document.
@lru_cache(maxsize=4096)
def addressed_audience(text: str) -> str:
    """The name of the one group that a text says it is for: "for business customers", "Sellers may …"; else empty."""
    read = folded(text)
    found = {
        audience.name
        for audience in audiences()
        if audience.may_be_in(read)
        for pattern in audience.patterns
        if any(
            _ADDRESSED.search(read, max(0, match.start() - 60), match.start())
            for match in pattern.finditer(read)
        )
    }
    return found.pop() if len(found) == 1 else ""


def audience_of(path: Sequence[str]) -> str:
    """Whom the headings above a clause say that it is for, the nearest first; empty for nobody of them."""
    return next((whom for heading in reversed(path) if (whom := addressed_audience(heading))), "")


def narrow_audience(text: str) -> str:
    """The words by which a clause limits itself to a narrow group; empty where it is for more people."""
    read = folded(text)
    for audience in audiences():
        for pattern in audience.patterns if audience.is_narrow and audience.may_be_in(read) else ():
            found = pattern.search(read)
            if found and (limit := _LIMITED_TO.search(read, max(0, found.start() - 80), found.start())):
                return text[limit.start() : found.end()]
    return ""
