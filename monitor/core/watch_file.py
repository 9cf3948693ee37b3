"""A list of pages to watch, read from a file: CSV, OPML, or a declaration of Open Terms Archive."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import PurePath

from lxml import etree

from monitor.core.declaration import BadDeclaration, Page, read_service
from monitor.core.page_guess import guess_page
from monitor.core.selectors import Selector, bad_selector
from monitor.core.terms_types import document_type

MOST_PAGES = 1000
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
    """A document to watch and its pages. `line`: where it stands in the file; `problem`: why it cannot be read.

    `is_guessed`: the file names no platform or no document.
    """

    line: int
    platform: str
    name: str
    pages: tuple[Page, ...]
    type: str
    language: str = ""
    jurisdiction: str = ""
    audience: str = ""
    problem: str = ""
    is_guessed: bool = False


def read_watch_file(name: str, text: str) -> list[WatchEntry]:
    """The documents that a file lists. Its kind is told by how it begins, not by its name.

    CSV: a line of column names (`COLUMNS`; only url is needed), or addresses alone, one a line. Rows that follow each
    other and name the same platform and document are its pages. OPML: an outline with an address is a page, the one
    around it its platform. JSON: the declaration of one service. Raises BadWatchFile.
    """
    if "\x00" in text:
        raise BadWatchFile("The file holds null characters, so it is no text")
    beginning = text.lstrip("\ufeff \t\r\n")[:1]
    read = {"<": _opml, "{": _declaration}.get(beginning, _table)
    entries = [_as_text(entry) for entry in read(name, text.lstrip("\ufeff"))]
    if not entries:
        raise BadWatchFile("The file lists no page")
    if (pages := sum(len(entry.pages) for entry in entries)) > MOST_PAGES:
        raise BadWatchFile(f"The file lists {pages:,} pages; take {MOST_PAGES:,} at a time")
    return _apart(entries)


def _as_text(entry: WatchEntry) -> WatchEntry:
    """An entry that can be shown and stored: half a sign, which only JSON can hold, is replaced and named."""
    said = ("platform", "name", "type", "language", "jurisdiction", "audience", "problem")
    written = {name: getattr(entry, name) for name in said}
    shown = {name: text.encode("utf-8", "replace").decode() for name, text in written.items()}
    if "\x00" in "".join(written.values()) or shown != written:
        return replace(
            entry,
            **{name: text.replace("\x00", "?") for name, text in shown.items()}
            | {"problem": "A name is no text"},
        )
    return entry


def _apart(entries: list[WatchEntry]) -> list[WatchEntry]:
    """The same, guessed names that came before with a number: two pages called Privacy are two documents."""
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for entry in entries:
        key = (entry.platform.casefold(), entry.name.casefold())
        seen[key] += 1
        is_again = entry.is_guessed and seen[key] > 1
        found.append(replace(entry, name=f"{entry.name} {seen[key]}") if is_again else entry)
    return found


def _table(_name: str, text: str) -> Iterator[WatchEntry]:
    first = text.strip().partition("\n")[0]
    if "://" in first and _places(re.split("[,;\t]", first)) is None:
        yield from _addresses(text)
        return
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    try:
        lines = [(rows.line_num, [cell.strip() for cell in row]) for row in rows]
    except csv.Error as error:
        raise BadWatchFile(f"Line {rows.line_num}: {error}") from None
    lines = [(line, row) for line, row in lines if any(row)]
    places = _places(lines[0][1]) if lines else {}
    if places is None:
        raise BadWatchFile(
            f"The first line names no column url. Columns can be: {', '.join(COLUMNS)}; or give addresses alone"
        )
    entries = [_of_row(line, _cells(row, places)) for line, row in lines[1:]]
    for _, same in groupby(enumerate(entries), key=_document):
        yield _joined([entry for _, entry in same])


def _addresses(text: str) -> Iterator[WatchEntry]:
    """One address a line, whatever signs it holds."""
    for line, address in enumerate(text.splitlines(), 1):
        if address.strip():
            yield _named(line, "", "", Page(address.strip()))


def _document(numbered: tuple[int, WatchEntry]) -> object:
    """What rows of one document have in common; a row whose document was guessed stands alone."""
    at, entry = numbered
    return at if entry.is_guessed else (entry.platform.casefold(), entry.name.casefold())


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
    return WatchEntry(
        line,
        platform or guess.platform,
        name or guess.document,
        (page,),
        kind or guess.type,
        is_guessed=not (platform and name),
    )


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
