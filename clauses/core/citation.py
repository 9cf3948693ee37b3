"""How a record is cited: as one sentence, as BibTeX and as CSL JSON. The same facts in the same order."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

_BIBTEX_SIGNS = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


@dataclass(frozen=True, slots=True)
class Cited:
    """What a citation states.

    `recorded_on` is the day the wording was first seen; `version_id`, `captured_at` and `sha256` are those of the
    latest capture that shows it, which is the proof and may be a later one. `number` is the one that the document
    gives the clause ("4.2(b)"), in the version named.
    """

    record_id: str
    version_id: str
    platform: str
    document: str
    title: str
    recorded_on: date
    captured_at: datetime | None
    sha256: str
    url: str
    source_url: str
    language: str = ""
    number: str = ""


def numbered(number: str) -> str:
    """The number of a clause as it reads among other words: "no. 4.2(b)", but "§ 3(2)" and "Annex A, 1.2"."""
    return f"no. {number}" if number[:1].isdigit() or number.startswith("(") else number


def sentence(cited: Cited, accessed_on: date) -> str:
    """The citation as text."""
    at = f"{cited.captured_at:%Y-%m-%d %H:%M:%S} UTC" if cited.captured_at else ""
    print_ = f"SHA-256 {cited.sha256}" if cited.sha256 else ""
    stated = (
        cited.platform,
        cited.document,
        numbered(cited.number),
        f"“{cited.title}”",
        f"Proviso record {cited.record_id}",
        f"wording first recorded {long_day(cited.recorded_on)}",
        _proof(cited, at),
        print_,
        cited.url,
        f"accessed {long_day(accessed_on)}",
    )
    return ", ".join(part for part in stated if part) + "."


def bibtex(cited: Cited, accessed_on: date) -> str:
    """The citation as a BibTeX entry that ends in a line break."""
    return bibtex_entry(
        cited.record_id,
        author=cited.platform,
        title=f"{_place(cited)}: {cited.title}",
        kind="record",
        recorded_on=cited.recorded_on,
        note=_note(cited),
        url=cited.url,
        accessed_on=accessed_on,
    )


def bibtex_entry(
    key: str,
    *,
    author: str,
    title: str,
    kind: str,
    recorded_on: date,
    note: str,
    url: str,
    accessed_on: date,
) -> str:
    """A BibTeX entry of what has an ID here, all values as plain text; `kind` is what the ID names."""
    fields = {
        "author": "{" + _bibtex(author) + "}",
        "title": _bibtex(title),
        "year": str(recorded_on.year),
        "month": str(recorded_on.month),
        "howpublished": _bibtex(f"Proviso {kind} {key}"),
        "note": _bibtex(note),
        "url": url.replace("{", "%7B").replace("}", "%7D"),
        "urldate": accessed_on.isoformat(),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{proviso-{key},", *lines, "}", ""])


def csl(cited: Cited, accessed_on: date) -> dict[str, object]:
    """The citation as one item of CSL JSON (schema 1.0)."""
    item: dict[str, object] = {
        "id": cited.record_id,
        "type": "webpage",
        "title": f"{_place(cited)}: {cited.title}",
        "container-title": "Proviso",
        "author": [{"literal": cited.platform}],
        "number": cited.record_id,
        "version": cited.version_id,
        "issued": day_parts(cited.recorded_on),
        "accessed": day_parts(accessed_on),
        "URL": cited.url,
        "note": _note(cited),
    }
    return item | ({"language": cited.language} if cited.language else {})


def csl_file(item: dict[str, object]) -> str:
    """A file of CSL JSON with one item."""
    return json.dumps([item], ensure_ascii=False, indent=1) + "\n"


def long_day(value: date) -> str:
    """1 March 2031."""
    return f"{value.day} {value:%B %Y}"


def day_parts(value: date) -> dict[str, object]:
    """A day as CSL JSON writes it."""
    return {"date-parts": [[value.year, value.month, value.day]]}


def _place(cited: Cited) -> str:
    return f"{cited.document}, {numbered(cited.number)}" if cited.number else cited.document


def _note(cited: Cited) -> str:
    at = f"{cited.captured_at:%Y-%m-%dT%H:%M:%SZ}" if cited.captured_at else ""
    recorded = f"wording first recorded {cited.recorded_on.isoformat()}"
    print_ = f"SHA-256 {cited.sha256}" if cited.sha256 else ""
    source = f"source {cited.source_url}" if cited.source_url else ""
    return ", ".join(part for part in (recorded, source, _proof(cited, at), print_) if part)


def _proof(cited: Cited, at: str) -> str:
    version = f"version {cited.version_id}" if cited.version_id else ""
    if not at:
        return version
    return f"proof from the capture of {at}" + (f" ({version})" if version else "")


def _bibtex(text: str) -> str:
    return "".join(_BIBTEX_SIGNS.get(sign, sign) for sign in " ".join(text.split()))
