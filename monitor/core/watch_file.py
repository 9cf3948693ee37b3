"""A list of pages to watch, read from a file: CSV, OPML, or a declaration of Open Terms Archive."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import PurePath

from lxml import etree

from monitor.core.declaration import BadDeclaration, Page, read_service
from monitor.core.page_guess import guess_page
from monitor.core.selectors import Selector, bad_selector
from monitor.core.terms_types import document_type

MOST_ENTRIES = 1000
# The names a column may have, ours first.
_COLUMNS = {
    "platform": ("platform", "service", "company"),
    "name": ("document", "name", "title"),
    "url": ("url", "address", "web address", "link"),
    "type": ("type", "kind"),
    "language": ("language",),
    "jurisdiction": ("jurisdiction",),
    "audience": ("audience",),
    "select": ("select",),
    "remove": ("remove",),
    "browser": ("browser",),
}
COLUMNS = tuple(names[0] for names in _COLUMNS.values())


class BadWatchFile(ValueError):
    """Why a file is no list of pages, in one line."""


@dataclass(frozen=True, slots=True)
class WatchEntry:
    """A document to watch and its pages. `line`: where it stands in the file; `problem`: why it cannot be read."""

    line: int
    platform: str
    name: str
    pages: tuple[Page, ...]
    type: str
    language: str = ""
    jurisdiction: str = ""
    audience: str = ""
    problem: str = ""


def read_watch_file(name: str, text: str) -> list[WatchEntry]:
    """The documents that a file lists. Its kind is told by how it begins, not by its name.

    CSV: a line of column names (`COLUMNS`; only url is needed), or addresses alone, one a line. Rows of one platform
    and document that follow each other are its pages. OPML: an outline with an address is a page, the one around it
    its platform. JSON: the declaration of one service. Raises BadWatchFile.
    """
    beginning = text.lstrip("\ufeff \t\r\n")[:1]
    read = {"<": _opml, "{": _declaration}.get(beginning, _table)
    entries = list(read(name, text.lstrip("\ufeff")))
    if not entries:
        raise BadWatchFile("The file lists no page")
    if len(entries) > MOST_ENTRIES:
        raise BadWatchFile(f"The file lists {len(entries):,} documents; take {MOST_ENTRIES:,} at a time")
    return entries


def _table(_name: str, text: str) -> Iterator[WatchEntry]:
    first = text.strip().partition("\n")[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    try:
        lines = [(rows.line_num, [cell.strip() for cell in row]) for row in rows if any(row)]
    except csv.Error as error:
        raise BadWatchFile(f"Line {rows.line_num}: {error}") from None
    if not lines:
        return
    places = _places(lines[0][1])
    if places is None and any("://" not in row[0] for _, row in lines):
        raise BadWatchFile(
            f"The first line names no column url. Columns can be: {', '.join(COLUMNS)}; or give addresses alone"
        )
    body = lines[1:] if places else lines
    entries = [_of_row(line, _cells(row, places or {"url": 0})) for line, row in body]
    for _, same in groupby(entries, key=lambda entry: (entry.platform.casefold(), entry.name.casefold())):
        yield _joined(list(same))


def _places(names: list[str]) -> dict[str, int] | None:
    """Which column holds what; None where the first line names no column for the address."""
    lower = [name.lower() for name in names]
    found = {
        column: lower.index(name)
        for column, known in _COLUMNS.items()
        for name in reversed(known)
        if name in lower
    }
    return found if "url" in found else None


def _cells(row: list[str], places: Mapping[str, int]) -> dict[str, str]:
    return {column: row[at] if at < len(row) else "" for column, at in places.items()}


def _of_row(line: int, cells: Mapping[str, str]) -> WatchEntry:
    url = cells["url"]
    select, remove = (_selectors(cells.get(column, "")) for column in ("select", "remove"))
    problems = [*map(bad_selector, (*select, *remove))]
    page = Page(url, select, remove, needs_browser=cells.get("browser", "").lower() in {"yes", "true", "1"})
    entry = _named(line, cells.get("platform", ""), cells.get("name", ""), page, cells.get("type", ""))
    return replace(
        entry,
        language=cells.get("language", ""),
        jurisdiction=cells.get("jurisdiction", ""),
        audience=cells.get("audience", ""),
        problem=next(filter(None, problems), entry.problem if url else "There is no address"),
    )


def _selectors(cell: str) -> tuple[Selector, ...]:
    """One CSS selector, or several as a list in JSON."""
    if not cell.startswith("["):
        return (cell,) if cell else ()
    try:
        return tuple(json.loads(cell))
    except (ValueError, RecursionError):
        return (cell,)


def _named(line: int, platform: str, name: str, page: Page, kind: str = "") -> WatchEntry:
    """An entry, with what the file does not say guessed from its name and address."""
    try:
        guess = guess_page(page.url, name)
    except ValueError:
        return WatchEntry(line, platform, name, (page,), kind, problem=f"{page.url[:80]!r} is no web address")
    return WatchEntry(line, platform or guess.platform, name or guess.document, (page,), kind or guess.type)


def _joined(entries: list[WatchEntry]) -> WatchEntry:
    """The rows of one document as one entry; what is said of it stands in its first row."""
    pages = tuple(page for entry in entries for page in entry.pages)
    return replace(
        entries[0], pages=pages, problem=next((entry.problem for entry in entries if entry.problem), "")
    )


def _opml(_name: str, text: str) -> Iterator[WatchEntry]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise BadWatchFile(f"The file is not well-formed XML: {error.msg}") from None
    if root.getroottree().docinfo.doctype or root.tag != "opml":
        raise BadWatchFile("The file is XML, but no OPML")
    for outline in root.iter("outline"):
        address = outline.get("htmlUrl") or outline.get("url") or ""
        is_feed = not address and outline.get("xmlUrl")
        if address or is_feed:
            entry = _named(outline.sourceline or 0, _around(outline), _text(outline), Page(address))
            yield replace(entry, problem="It is a feed, and names no page") if is_feed else entry


def _around(outline: etree._Element) -> str:
    """The nearest outline around it that is no page."""
    around: Iterable[etree._Element] = outline.iterancestors("outline")
    return next((_text(one) for one in around if not (one.get("htmlUrl") or one.get("url"))), "")


def _text(outline: etree._Element) -> str:
    return str(outline.get("text") or outline.get("title") or "").strip()


def _declaration(name: str, text: str) -> Iterator[WatchEntry]:
    try:
        service = read_service(PurePath(name).stem, text)
    except BadDeclaration as error:
        raise BadWatchFile(str(error)) from None
    for terms in service.terms.values():
        if terms.current:
            yield WatchEntry(0, service.name, terms.name, terms.current.pages, document_type(terms.name))
    for problem in service.problems:
        yield WatchEntry(0, service.name, "", (), "", problem=problem)
