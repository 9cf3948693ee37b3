"""How repositories of Open Terms Archive are laid out: what a path, a subject and a trailer say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

_PATH = re.compile(r"([^/\0-\x1f]+)/([^/\0-\x1f]+)\.(html|pdf|md)")
_TRAILER = re.compile(r"^(X-[A-Za-z-]+): +(\S.*?)\s*$", re.MULTILINE)


class Kind(Enum):
    """What a commit of the archive's bot records."""

    FIRST = "first"
    CHANGE = "change"
    TECHNICAL = "technical"


# The wording of today and, after it, the one until about November 2022.
_SUBJECTS = {
    "First record of ": Kind.FIRST,
    "Start tracking ": Kind.FIRST,
    "Record new changes of ": Kind.CHANGE,
    "Update ": Kind.CHANGE,
    "Apply technical or declaration upgrade on ": Kind.TECHNICAL,
    "Refilter ": Kind.TECHNICAL,
}


@dataclass(frozen=True, slots=True)
class Place:
    """What a path names: `<service>/<terms type>[ #<page>].<ending>`; `page` is empty where there is one page."""

    service: str
    terms: str
    page: str
    ending: str


def kind_of(message: str, service: str) -> Kind | None:
    """What a commit about a service records; None where its subject is a person's."""
    subject = message.strip().split("\n", 1)[0]
    for beginning, kind in _SUBJECTS.items():
        # The older wording is also a usual beginning for a person: "Update README.md".
        if subject.startswith(beginning + service):
            return kind
    return None


def place_of(path: str) -> Place | None:
    """The service, document and page of a path; None for any other file."""
    found = _PATH.fullmatch(path)
    if found is None:
        return None
    service, name, ending = found.groups()
    terms, _, page = name.partition(" #")
    if service in {".", ".."} or not terms.strip():
        return None
    return Place(service, terms, page, ending)


def trailers(message: str) -> dict[str, str]:
    """The trailers of a commit, by lower-case name."""
    return {name.lower(): value for name, value in _TRAILER.findall(message)}
