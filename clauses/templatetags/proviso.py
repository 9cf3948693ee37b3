"""Badges, dates and names, the same on every page. The list of them opens static/css/base.css."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from django import template
from django.core.paginator import Page
from django.template.context import RequestContext
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html

from clauses.core.citation import numbered
from clauses.models import ChangeSet, Clause
from clauses.models.choices import ChangeWord, ConfidenceWord, DirectionWord, SeverityLevel
from clauses.queries.clause_types import named_type, named_types
from clauses.queries.counted_changes import counted_changes
from clauses.queries.names import fact_amount, fact_name, kind_name
from clauses.queries.outcomes import OutcomeGroup, group_of, meaning_of
from clauses.queries.reason_names import reason_name as name_of_reason
from clauses.queries.references import sign_label as label_of_sign
from monitor.models import Outcome, Platform

register = template.Library()
_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2} UTC)")


@register.filter
def severity_word(level: int) -> str:
    """high, medium, low or none."""
    return SeverityLevel(level).word


@register.filter
def type_name(slug: str, names: Mapping[str, str] = MappingProxyType({})) -> str:
    """The name of a clause type: by these names, else by those in force."""
    return names.get(slug) or named_type(slug).name


register.filter("kind_name", kind_name)
register.filter("fact_name", fact_name)
register.filter("fact_amount", fact_amount)


@register.filter
def outcome_name(outcome: str) -> str:
    """What came of a reading, in words."""
    return Outcome(outcome).label


@register.filter
def outcome_group(outcome: str) -> OutcomeGroup:
    """The group an outcome belongs to: read, kept quiet, held back or failed."""
    return group_of(outcome)


@register.filter
def outcome_meaning(outcome: str) -> str:
    """What an outcome means."""
    return meaning_of(outcome)


@register.filter
def number_in(clause: Clause, numbers: Mapping[int, str]) -> str:
    """By what readers cite a clause ("no. 4.2(b)"), where its number is among these; else empty."""
    return numbered(numbers.get(clause.pk, ""))


@register.filter
def number_beside_heading(clause: Clause, numbers: Mapping[int, str]) -> str:
    """The same, for beside its heading: empty where that begins with the number."""
    number = numbers.get(clause.pk, "")
    heading = clause.current.heading if clause.current else ""
    begins_with_it = heading.startswith(number) and not heading.removeprefix(number)[:1].isdigit()
    return "" if begins_with_it else numbered(number)


register.filter("numbered", numbered)
register.filter("sign_label", label_of_sign)
register.filter("reason_name", name_of_reason)


@register.filter
def changes_counted(change_set: ChangeSet) -> str:
    """How many clauses a change set changed, in words, moved ones included."""
    return counted_changes(change_set.kind, change_set.counts)


@register.filter
def compare_url(change_set: ChangeSet) -> str:
    """Where the two texts of a change set are compared."""
    document = change_set.document
    numbers = (change_set.old_version.number, change_set.new_version.number)
    try:
        return reverse("compare", args=(document.platform.slug, document.slug, *numbers))
    except NoReverseMatch:
        return f"/changes/{change_set.public_id}/"


def _time(value: date | datetime | None, words: str) -> str:
    if value is None:
        return ""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), words.format(value))


def _utc(value: Any) -> Any:
    return value.astimezone(UTC) if isinstance(value, datetime) else value


@register.filter
def day(value: date | datetime | None) -> str:
    """28 Sep 2026."""
    return _time(_utc(value), "{0.day} {0:%b %Y}")


@register.filter
def day_of_year(value: date | datetime | None) -> str:
    """28 Sep."""
    return _time(_utc(value), "{0.day} {0:%b}")


@register.filter
def long_day(value: date | datetime | None) -> str:
    """28 September 2026."""
    return _time(_utc(value), "{0.day} {0:%B %Y}")


@register.filter
def weekday(value: date | datetime | None) -> str:
    """Monday 28 September 2026."""
    return _time(_utc(value), "{0:%A} {0.day} {0:%B %Y}")


@register.filter
def moment(value: datetime | None) -> str:
    """28 Sep 2026, 06:04 UTC; static/js/times.js shows it in the reader's zone."""
    if value is None:
        return ""
    at = _utc(value)
    words = f"{at.day} {at:%b %Y, %H:%M} UTC"
    return format_html('<time datetime="{}" data-moment>{}</time>', at.isoformat(), words)


@register.filter
def written_moment(value: str) -> str:
    """The same for a moment kept in ISO 8601."""
    return moment(datetime.fromisoformat(value))


@register.inclusion_tag("partials/told_moments.html")
def told_moments(words: str) -> dict[str, object]:
    """A line of ours with each moment in it ("2026-09-28 06:04 UTC") as pages show moments."""
    return {"parts": [(part, _read_moment(part)) for part in _MOMENT.split(words)]}


def _read_moment(words: str) -> datetime | None:
    if not _MOMENT.fullmatch(words):
        return None
    try:
        return datetime.strptime(words, "%Y-%m-%d %H:%M UTC").replace(tzinfo=UTC)
    except ValueError:
        return None


# Each of these few drawings is rendered once: a long page shows them a thousand times.
@register.simple_tag
@lru_cache(maxsize=128)
def icon(name: str) -> str:
    """A drawing of the sprite; decoration, the words stand beside it."""
    return render_to_string("partials/icon.html", {"name": name})


@register.simple_tag
@lru_cache
def severity(level: int) -> str:
    """The severity badge."""
    return render_to_string("partials/severity.html", {"level": SeverityLevel(level)})


@lru_cache
def _word_badge(group: str, icon_name: str, words: str) -> str:
    badge = {"group": group, "icon_name": icon_name, "words": words}
    return render_to_string("partials/word_badge.html", badge)


@register.simple_tag
def direction(word: str) -> str:
    """The direction badge."""
    return _word_badge("direction", word, DirectionWord(word).label)


@register.simple_tag
def kind(word: str) -> str:
    """The badge for what happened to a clause."""
    return _word_badge("kind", word, ChangeWord(word).label)


@register.simple_tag
def confidence(word: str) -> str:
    """The confidence badge."""
    return _word_badge("confidence", f"confidence-{word}", ConfidenceWord(word).label)


@register.inclusion_tag("partials/chips.html")
def chips(slugs: Iterable[str]) -> dict[str, object]:
    """Clause types as links to their pages."""
    return {"types": named_types(slugs)}


@register.inclusion_tag("partials/sample_mark.html")
def sample_mark(platform: Platform) -> dict[str, object]:
    """The mark of an invented platform; nothing for a real one."""
    return {"is_sample": platform.is_sample}


@register.inclusion_tag("partials/reasons.html")
def reasons(lines: Sequence[Mapping[str, Any]], level: int | None = None) -> dict[str, object]:
    """The lines of a rating with their points and quotes."""
    return {"lines": lines, "level": None if level is None else SeverityLevel(level)}


@register.inclusion_tag("partials/figures.html")
def figures(changed: Sequence[Mapping[str, Any]]) -> dict[str, object]:
    """Figures that changed, before and after."""
    return {"changed": changed}


@register.inclusion_tag("partials/pager.html", takes_context=True)
def pager(context: RequestContext, page: Page[Any]) -> dict[str, object]:
    """Links to the other pages of a list; the other GET parameters stay."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    return {"page": page, "query": query.urlencode()}


@register.inclusion_tag("partials/nav_item.html", takes_context=True)
def nav_item(context: RequestContext, url_name: str, words: str, *prefixes: str) -> dict[str, object]:
    """A link of the main navigation; current where the address begins with one of the prefixes."""
    path, url = _path(context), _url(url_name)
    is_current = path == url or any(path.startswith(prefix) for prefix in prefixes)
    return {"url": url, "words": words, "is_current": is_current, "is_here": path == url}


@register.inclusion_tag("partials/menu_item.html", takes_context=True)
def menu_item(context: RequestContext, url_name: str, words: str) -> dict[str, object]:
    """A link of the account's menu; current on its page and on those below. Nothing where there is no such page."""
    path, url = _path(context), _url(url_name)
    return {
        "url": url,
        "words": words,
        "is_current": bool(url) and path.startswith(url),
        "is_here": path == url,
    }


def _path(context: RequestContext) -> str:
    request = context.get("request")
    return request.path if request else ""


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
