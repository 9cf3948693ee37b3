"""Which source a record of the archive belongs to: the page declared at that moment, or one that nobody declared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote

from django.core.exceptions import ValidationError

from monitor.core.declaration import Page, Terms, Window, page_id, same_address, windows
from monitor.importing.histories import Record
from monitor.models.entered import validate_web_address

_TICK = timedelta(microseconds=1)
# Reserved by RFC 2606, never fetched: the archive does not say where a page was.
UNKNOWN_ADDRESS = "https://unknown.invalid/"


@dataclass(frozen=True)
class Plan:
    """The windows of a document's sources, for each record those it belongs to, and what was assumed, in words."""

    windows: tuple[Window, ...]
    belongs: tuple[tuple[int, ...], ...]
    remarks: tuple[str, ...]


def plan(terms: Terms | None, records: Sequence[Record]) -> Plan:
    """Match records to declared pages, by address, by the page's name in the path, or as the only page there is.

    What matches nothing gets a window of its own, without selectors.
    """
    planning = _Planning(terms)
    belongs = [planning.belongs(record) for record in records]
    return Plan(tuple(planning.windows), tuple(belongs), tuple(dict.fromkeys(planning.remarks)))


class _Planning:
    """The windows so far."""

    def __init__(self, terms: Terms | None) -> None:
        self._terms = terms
        self.windows = list(windows(terms)) if terms else []
        self.remarks: list[str] = []
        self._undeclared: dict[str, int] = {}

    def belongs(self, record: Record) -> tuple[int, ...]:
        """The indices of the windows that a record belongs to: two where one page is declared twice."""
        valid = [index for index, window in enumerate(self.windows) if _holds(window, record)]
        valid = [index for index in valid if index not in self._undeclared.values()]
        found = self._matching(record, valid)
        return found or (self._own(record, is_declared=bool(valid)),)

    def _matching(self, record: Record, valid: list[int]) -> tuple[int, ...]:
        urls = {index: self.windows[index].page.url for index in valid}
        address = same_address(record.url) if record.url else None
        if address and (found := [i for i in valid if same_address(urls[i]) == address]):
            return tuple(found)
        if record.place.page and (found := [i for i in valid if page_id(urls[i]) == record.place.page]):
            return tuple(found)
        if len({same_address(url) for url in urls.values()}) == 1:
            return tuple(valid)
        return ()

    def _own(self, record: Record, *, is_declared: bool) -> int:
        """A window for a page that no declaration of that time holds, without selectors.

        It ends with its last record; where nothing at all is declared any more it stays open.
        """
        url = self._address(record, is_declared=is_declared)
        until = record.at + _TICK if is_declared else None
        index = self._undeclared.get(url)
        if index is None:
            self.remarks.append(f"no declaration holds {url} on {record.at:%Y-%m-%d}: read without selectors")
            index = self._undeclared[url] = len(self.windows)
            self.windows.append(Window(Page(url), self._position(url), record.at, until))
        else:
            held = self.windows[index]
            self.windows[index] = Window(held.page, held.position, held.since, until)
        return index

    def _position(self, url: str) -> int:
        same = [w.position for w in self.windows if same_address(w.page.url) == same_address(url)]
        return same[0] if same else max((w.position for w in self.windows), default=-1) + 1

    def _address(self, record: Record, *, is_declared: bool) -> str:
        """The address that the record names, else of the page declared last before.

        Where several pages are declared at that time it may be any of them, or one that the history has forgotten.
        """
        try:
            validate_web_address(record.url)
        except ValidationError:
            before = [w for w in self.windows if w.until and w.until <= record.at]
            if before and not is_declared:
                return max(before, key=lambda window: (window.until or record.at, -window.position)).page.url
            return UNKNOWN_ADDRESS + quote(record.place.page)
        return record.url[:1000]


def _holds(window: Window, record: Record) -> bool:
    begun = window.since is None or window.since <= record.at
    return begun and (window.until is None or record.at < window.until)
