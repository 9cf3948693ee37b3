"""What an address asks to be compared: a clause type or all of them, and two to four platforms."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from clauses.core.plain_line import plain_line
from clauses.site_taxonomy import taxonomy_in_force
from clauses.views.platform_comparison import MOST_PLATFORMS
from monitor.addresses import present_platforms
from monitor.models import Platform

# So many names of an address are looked up, and so much of one is said back.
_MOST_NAMES = 20
_LONGEST_ECHO = 60


@dataclass(frozen=True, slots=True)
class AskedPlatforms:
    """A type's slug, empty for all types or one that is unknown; platforms, the one to hold others against first.

    `problems` say what was not understood, or is missing.
    """

    slug: str
    chosen: list[Platform]
    is_asked: bool
    names_a_type: bool
    problems: list[str]

    @property
    def is_ready(self) -> bool:
        """Whether there is something to compare by type."""
        return bool(self.slug) and len(self.chosen) > 1

    @property
    def is_of_wholes(self) -> bool:
        """Whether platforms are to be compared as wholes: no type was named."""
        return not self.names_a_type and len(self.chosen) > 1


def asked_platforms(request: HttpRequest) -> AskedPlatforms:
    """What the parameters `type`, `platform` (two to four times) and `first` ask for."""
    slug, first = request.GET.get("type", "").strip(), request.GET.get("first", "")
    wanted = list(dict.fromkeys(filter(None, map(str.strip, request.GET.getlist("platform")))))
    known = {row.slug: row for row in Platform.objects.filter(slug__in=wanted[:_MOST_NAMES])}
    known |= present_platforms([name for name in wanted[:_MOST_NAMES] if name not in known])
    found = [known[name] for name in wanted if name in known]
    chosen = sorted(found[:MOST_PLATFORMS], key=lambda row: row.slug != first)
    problems = [
        f"There is no platform “{_echo(name)}”." for name in wanted[:_MOST_NAMES] if name not in known
    ]
    if left := ", ".join(row.name for row in found[MOST_PLATFORMS:]):
        problems.append(f"At most {MOST_PLATFORMS} platforms are compared; left out: {left}.")
    if first and first not in {row.slug for row in chosen}:
        problems.append(f"“{_echo(first)}” is none of the platforms compared.")
    is_type = slug in taxonomy_in_force().types
    if slug and not is_type:
        problems.append(f"There is no clause type “{_echo(slug)}”.")
    if len(chosen) < 2:
        problems.append("Choose at least two platforms.")
    is_asked = bool(slug or wanted or first)
    return AskedPlatforms(slug if is_type else "", chosen, is_asked, bool(slug), problems)


def _echo(words: str) -> str:
    """What was typed into an address, short and in one line."""
    line = plain_line(words)
    return line if len(line) <= _LONGEST_ECHO else f"{line[:_LONGEST_ECHO]}…"
