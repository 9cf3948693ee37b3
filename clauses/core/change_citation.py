"""How a change set is cited: as one sentence, as BibTeX and as CSL JSON. The same facts in the same order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from clauses.core.citation import bibtex_entry, day_parts, long_day

# A headline is the record's sentence about a platform, and not one of the platform's own.
_RECORDER = "Proviso"


@dataclass(frozen=True, slots=True)
class CitedText:
    """One of the two texts: the day it was first seen, and the SHA-256 of the stored text."""

    version_id: str
    seen_on: date
    sha256: str


@dataclass(frozen=True, slots=True)
class CitedChange:
    """What the citation of a change set states."""

    change_set_id: str
    platform: str
    document: str
    headline: str
    old: CitedText
    new: CitedText
    url: str
    language: str = ""


def sentence(cited: CitedChange, accessed_on: date) -> str:
    """The citation as text."""
    stated = (
        f"Proviso change set {cited.change_set_id}",
        cited.platform,
        cited.document,
        f"headed “{cited.headline}”" if cited.headline else "",
        f"text of {_text(cited.old)} against text of {_text(cited.new)}",
        cited.url,
        f"accessed {long_day(accessed_on)}",
    )
    return ", ".join(part for part in stated if part) + "."


def bibtex(cited: CitedChange, accessed_on: date) -> str:
    """The citation as a BibTeX entry that ends in a line break."""
    return bibtex_entry(
        cited.change_set_id,
        author=_RECORDER,
        title=_title(cited),
        kind="change set",
        recorded_on=cited.new.seen_on,
        note=_note(cited),
        url=cited.url,
        accessed_on=accessed_on,
    )


def csl(cited: CitedChange, accessed_on: date) -> dict[str, object]:
    """The citation as one item of CSL JSON (schema 1.0)."""
    item: dict[str, object] = {
        "id": cited.change_set_id,
        "type": "webpage",
        "title": _title(cited),
        "container-title": "Proviso",
        "author": [{"literal": _RECORDER}],
        "number": cited.change_set_id,
        "version": f"{cited.old.version_id}...{cited.new.version_id}",
        "issued": day_parts(cited.new.seen_on),
        "accessed": day_parts(accessed_on),
        "URL": cited.url,
        "note": _note(cited),
    }
    return item | ({"language": cited.language} if cited.language else {})


def _title(cited: CitedChange) -> str:
    place = f"{cited.platform}, {cited.document}"
    return f"{place}: {cited.headline}" if cited.headline else place


def _text(text: CitedText) -> str:
    return f"{long_day(text.seen_on)} (version {text.version_id}, SHA-256 {text.sha256})"


def _note(cited: CitedChange) -> str:
    sides = (
        f"version {text.version_id} first seen {text.seen_on.isoformat()}, SHA-256 {text.sha256}"
        for text in (cited.old, cited.new)
    )
    return "; ".join(sides)
