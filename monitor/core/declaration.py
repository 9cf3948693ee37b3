"""Declarations of Open Terms Archive: which pages made up a document at which time, and how they are read.

One JSON file a service, `{"name": …, "terms": {"<terms type>": {"fetch", "select", "remove", …}}}`, and beside it a
history of older declarations, each with an inclusive `validUntil`. Fields that hold code are named, never run.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from monitor.core.selectors import Selector, bad_selector

# Taken over without a run: what it cleans is a link's target, and targets are no part of our text.
_HARMLESS_FILTERS = {"removeQueryParams"}
_INHERITED = ("fetch", "select", "remove", "filter", "executeClientScripts")
_TICK = timedelta(microseconds=1)
_MAX_URL = 1000


class BadDeclaration(ValueError):
    """A declaration, or a part of one, that cannot be read; in one line."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a declaration. `filters` names custom JavaScript that the archive ran over it."""

    url: str
    select: tuple[Selector, ...] = ()
    remove: tuple[Selector, ...] = ()
    filters: tuple[str, ...] = ()
    needs_browser: bool = False


@dataclass(frozen=True, slots=True)
class Declaration:
    """The pages of a document in reading order. `until` is the last moment it holds; None: it is the current one."""

    pages: tuple[Page, ...]
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """All declarations of one document, oldest first. Without a current one the archive has stopped following it."""

    name: str
    declarations: tuple[Declaration, ...]

    @property
    def current(self) -> Declaration | None:
        """The one in force."""
        last = self.declarations[-1] if self.declarations else None
        return last if last and last.until is None else None

    def at(self, moment: datetime) -> Declaration | None:
        """The first whose end is not before the moment, else the current one."""
        return next((one for one in self.declarations if one.until is None or moment <= one.until), None)


@dataclass(frozen=True, slots=True)
class Service:
    """What is declared for one service, by terms type, and what could not be read of it."""

    id: str
    name: str
    terms: Mapping[str, Terms] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """A page, its place in the reading order, and from when until before when it is read like this; None: open."""

    page: Page
    position: int
    since: datetime | None
    until: datetime | None


def read_service(service_id: str, current: str, history: str = "") -> Service:
    """The declarations in the two JSON texts of a service; either may be empty.

    A terms type or an entry that cannot be read is left out and named in `problems`. Raises BadDeclaration where a
    text is not a JSON object at all.
    """
    stated = _object(current, f"{service_id}.json") if current else {}
    older = _object(history, f"{service_id}.history.json") if history else {}
    problems: list[str] = []
    declared = stated.get("terms", stated.get("documents", {}))
    if not isinstance(declared, dict):
        raise BadDeclaration(f"{service_id}.json: its terms are not an object")
    found = {}
    for name in dict.fromkeys([*declared, *older]):
        read = [*_history(name, older.get(name, []), problems), *_current(name, declared.get(name), problems)]
        if read:
            found[name] = Terms(name, tuple(read))
    given = stated.get("name")
    label = given if isinstance(given, str) and given.strip() else service_id
    return Service(service_id, label, found, tuple(f"{service_id}: {problem}" for problem in problems))


def windows(terms: Terms) -> tuple[Window, ...]:
    """When which page is read how, each address at a position of its own.

    The pages of the latest declaration come first, in its order. Other selectors for the same address begin a new
    window at the same position; equal declarations in a row are one window.
    """
    places = _places(terms)
    found: list[Window] = []
    last: dict[tuple[str, int], int] = {}
    since: datetime | None = None
    for declaration in terms.declarations:
        until = declaration.until + _TICK if declaration.until else None
        for key, page in _keyed(declaration):
            index = last.get(key)
            if index is not None and found[index].until == since and _reads_like(found[index].page, page):
                found[index] = Window(page, places[key], found[index].since, until)
            else:
                last[key] = len(found)
                found.append(Window(page, places[key], since, until))
        since = until
    return tuple(sorted(found, key=lambda window: window.position))


def same_address(url: str) -> str:
    """What two spellings of one address have in common: neither scheme, www., capitals of the host nor a last slash."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return url
    return f"{host}{parts.path.rstrip('/')}?{parts.query}"


def page_id(url: str) -> str:
    """The name of a page in a path of an archive: the segments of the address's path, joined by hyphens."""
    try:
        return "-".join(segment for segment in urlsplit(url).path.split("/") if segment)
    except ValueError:
        return ""


def _places(terms: Terms) -> dict[tuple[str, int], int]:
    places: dict[tuple[str, int], int] = {}
    for declaration in reversed(terms.declarations):
        for key, _ in _keyed(declaration):
            places.setdefault(key, len(places))
    return places


def _keyed(declaration: Declaration) -> Iterator[tuple[tuple[str, int], Page]]:
    """Each page with its address and, where an address is declared twice, which of the two it is."""
    seen: dict[str, int] = {}
    for page in declaration.pages:
        address = same_address(page.url)
        seen[address] = seen.get(address, 0) + 1
        yield (address, seen[address]), page


def _reads_like(one: Page, other: Page) -> bool:
    return (one.url, one.select, one.remove) == (other.url, other.select, other.remove)


def _object(text: str, name: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadDeclaration(f"{name} is not JSON: {error}") from None
    if not isinstance(value, dict):
        raise BadDeclaration(f"{name} is not a JSON object")
    return value


def _current(name: str, value: object, problems: list[str]) -> Iterator[Declaration]:
    if value is None:
        return
    try:
        yield Declaration(_pages(value))
    except BadDeclaration as error:
        problems.append(f"{name}: {error}")


def _history(name: str, values: object, problems: list[str]) -> list[Declaration]:
    """The older declarations, ascending; of two that end at the same moment the first counts."""
    if not isinstance(values, list):
        problems.append(f"{name}: its history is not a list")
        return []
    found: dict[datetime, Declaration] = {}
    for value in values:
        try:
            until = _moment(value)
            found.setdefault(until, Declaration(_pages(value), until))
        except BadDeclaration as error:
            problems.append(f"{name}, in its history: {error}")
    return [found[until] for until in sorted(found)]


def _moment(value: object) -> datetime:
    stated = value.get("validUntil") if isinstance(value, dict) else None
    try:
        moment = datetime.fromisoformat(stated) if isinstance(stated, str) else None
        if moment is None:
            raise BadDeclaration("an entry without validUntil")
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return (moment.astimezone(UTC) + _TICK) - _TICK
    except (ValueError, OverflowError) as error:
        if isinstance(error, BadDeclaration):
            raise
        raise BadDeclaration(f"validUntil {str(stated)[:60]!r} is not a moment") from None


def _pages(value: object) -> tuple[Page, ...]:
    if not isinstance(value, dict):
        raise BadDeclaration("it is not an object")
    combined = value.get("combine")
    if combined is None:
        return (_page(value),)
    if not isinstance(combined, list) or not combined:
        raise BadDeclaration("combine is not a list of pages")
    defaults = {key: value[key] for key in _INHERITED if key in value}
    parts = [defaults | part if isinstance(part, dict) else part for part in combined]
    return tuple(_page(part) for part in parts)


def _page(value: object) -> Page:
    if not isinstance(value, dict):
        raise BadDeclaration("a page in combine is not an object")
    url = value.get("fetch")
    if not isinstance(url, str) or not _is_web_address(url):
        said = (
            "is missing"
            if url is None
            else f"{json.dumps(url, ensure_ascii=False)[:80]} is not a web address"
        )
        raise BadDeclaration(f"fetch {said}")
    return Page(
        url=url,
        select=_selectors(value.get("select")),
        remove=_selectors(value.get("remove")),
        filters=_filters(value.get("filter")),
        needs_browser=value.get("executeClientScripts") is True,
    )


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        is_plain = parts.port != 0 and parts.username is None and bool(parts.hostname)
    except ValueError:
        return False
    return is_plain and parts.scheme in {"http", "https"} and "\\" not in url and len(url) <= _MAX_URL


def _selectors(value: object) -> tuple[Selector, ...]:
    values = [] if value is None else value if isinstance(value, list) else [value]
    for selector in values:
        if problem := bad_selector(selector):
            raise BadDeclaration(problem)
    return tuple(values)


def _filters(value: object) -> tuple[str, ...]:
    """The names of filters that are code."""
    values = [] if value is None else value if isinstance(value, list) else [value]
    names = [name for one in values for name in (one if isinstance(one, dict) else [one])]
    if any(not isinstance(name, str) for name in names):
        raise BadDeclaration("filter is neither a name nor an object of names")
    return tuple(str(name) for name in names if name not in _HARMLESS_FILTERS)
