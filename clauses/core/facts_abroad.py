"""Periods and ages in German and French texts: only what a word beside the figure makes certain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_UNITS = {
    "stunde": "hour", "werktag": "business day", "tag": "day", "woche": "week", "monat": "month", "jahr": "year",
    "heure": "hour", "jour": "day", "semaine": "week", "mois": "month", "an": "year",
}  # fmt: skip
_WORDS = {
    "ein": 1, "eine": 1, "einem": 1, "einer": 1, "eines": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6,
    "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "zwölf": 12, "vierzehn": 14, "dreißig": 30, "sechzig": 60,
    "neunzig": 90, "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8,
    "neuf": 9, "dix": 10, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "trente": 30, "soixante": 60,
}  # fmt: skip
# A sentence without these is not worth a closer look.
WORTH_READING = re.compile(
    r"\b(?:stunden?|werktage?n?|tage?n?|wochen?|monate?n?|jahre?n?|heures?|jours?"
    r"|semaines?|mois|ans?|années?)\b"
)
_UNIT = (
    r"(?P<unit>stunde|werktag|tag|woche|monat|jahr|heure|jour|semaine|mois|an)(?:e?s|en?|n|nées?)?(?: ouvrés?"
    r"| ouvrables?)?\b"
)
_LENGTH = re.compile(
    rf"(?<![\w.,])(?:(?P<figure>\d{{1,4}})|(?P<word>{'|'.join(_WORDS)}))"
    rf"(?: ?\([^()]{{1,20}}\))?[ -](?:kalender)?{_UNIT}"
)
# What a period is: the first whose words stand near it.
_KINDS = (
    ("refund_period", re.compile(r"\bwiderruf|\brétract|\brembours|\berstatt")),
    (
        "notice_period",
        re.compile(
            r"\bkündigungsfrist|\bim voraus|\bvor (?:dem )?inkrafttreten|\bpréavis|\bà l'avance|\bavant (?:l'"
            r"|leur )entrée"
        ),
    ),
    (
        "retention",
        re.compile(
            r"\b(?:gespeichert|speicher\w*|aufbewahr\w*|gelöscht|löschen|löschung|conserv\w+|stock(?:ée?s?|ons)"
            r"|supprim\w+"
            r"|effac\w+)\b"
        ),
    ),
)
_OF_AGE = re.compile(
    r"\b(?:âgée?s? (?:de |d'|d'au )(?:moins de |moins )?|moins de |unter (?:von )?|vollendetes |vollendung des )$"
)
_AGED = re.compile(r" alt\b")
_YOUNGEST, _OLDEST = 10, 25


@dataclass(frozen=True, slots=True)
class Length:
    """A period or an age at `text[start:end]`, in a unit of ours."""

    kind: str
    start: int
    end: int
    value: float
    unit: str


def lengths(low: str) -> Iterator[Length]:
    """The periods and ages of a folded German or French sentence whose meaning is said beside them."""
    for match in _LENGTH.finditer(low):
        value = float(match.group("figure") or _WORDS[match.group("word")])
        unit = _UNITS[match.group("unit")]
        if unit == "day" and "ouvr" in match.group():
            unit = "business day"
        kind = _kind(low, match, value, unit)
        if kind:
            yield Length(kind, match.start(), match.end(), value, unit)


def _kind(low: str, match: re.Match[str], value: float, unit: str) -> str:
    near = low[max(0, match.start() - 30) : match.start()]
    if unit == "year" and (_OF_AGE.search(near) or _AGED.match(low, match.end())):
        return "minimum_age" if _YOUNGEST <= value <= _OLDEST else ""
    around = low[max(0, match.start() - 200) : match.end() + 100]
    return next((kind for kind, cue in _KINDS if cue.search(around)), "")
