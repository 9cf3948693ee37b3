"""The dates a document states of itself: from when it applies, and when it was last revised."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

# Where a document states its own date, in characters; further on only a line that says little else counts.
_BEGINNING = 3000
_MAX_DATE_LINE = 90

_MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "january januar jänner janvier enero gennaio janeiro januari jan ene gen",
            "february februar février fevrier febrero febbraio fevereiro februari feb févr fev",
            "march märz maerz mars marzo março marco maart mar mrz",
            "april avril abril aprile apr avr abr",
            "may mai mayo maggio maio mei mag",
            "june juni juin junio giugno junho jun giu",
            "july juli juillet julio luglio julho jul juil lug",
            "august août aout agosto augustus aug ago",
            "september septembre septiembre setiembre settembre setembro sept sep set",
            "october oktober octobre octubre ottobre outubro oct okt ott out",
            "november novembre noviembre novembro nov",
            "december dezember décembre decembre diciembre dicembre dezembro dec dez déc dic",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|°|\.)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_MONTH}\s*{_DAY}\s*,?\s*(?:of\s+)?{_YEAR}",
        rf"{_DAY}\s*(?:of\s+|de\s+|d['’])?{_MONTH}\s*,?\s*(?:de\s+|del\s+)?{_YEAR}",
        r"(?P<year>(?:19|20)\d\d)[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)",
        r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>(?:19|20)\d\d)(?!\d)",
        r"(?P<first>\d{1,2})/(?P<second>\d{1,2})/(?P<year>(?:19|20)\d\d)(?!\d)",
    )
)
_EFFECTIVE = (
    r"(?:date\s+of\s+)?effective(?:\s+date)?|in\s+effect|entry\s+into\s+force|valid\s+from|applicable\s+from|"
    r"wirksam|gültig|gilt|in\s+kraft(?:\s+getreten)?|datum\s+des\s+inkrafttretens|"
    r"(?:date\s+d['’])?entrée\s+en\s+vigueur|en\s+vigueur|applicables?\s+(?:à\s+compter|à\s+partir)|"
    r"(?:fecha\s+de\s+)?entrada\s+en\s+vigor|en\s+vigor|vigentes?|fecha\s+de\s+vigencia|"
    r"(?:data\s+di\s+)?entrata\s+in\s+vigore|in\s+vigore|data\s+di\s+efficacia|"
    r"(?:data\s+de\s+)?entrada\s+em\s+vigor|em\s+vigor|data\s+de\s+vigência|"
    r"ingangsdatum|van\s+kracht|geldig"
)
_UPDATED = (
    r"last\s+(?:updated?|modified|revised|revision|amended|changed?|modification)|(?:date\s+of\s+)?last\s+revision|"
    r"revised|updated|modified|revision\s+date|"
    r"zuletzt\s+(?:aktualisiert|geändert|überarbeitet)|letzte\s+(?:aktualisierung|änderung|überarbeitung)|"
    r"aktualisiert|stand|"
    r"dernières?\s+(?:mise\s+à\s+jour|modification|révision)|mise?s?\s+à\s+jour|"
    r"última\s+(?:actualización|modificación|revisión|atualização|modificação|revisão)|actualizad[oa]s?|"
    r"ultim[oa]\s+(?:aggiornamento|modifica|revisione)|aggiornat[oiae]|"
    r"atualizad[oa]s?|laatste?\s+(?:update|wijziging)|laatst\s+(?:bijgewerkt|gewijzigd|herzien)|bijgewerkt"
)
_GAP = (
    r"(?:[\s:,.()|*–—-]|\b(?:date|as|of|on|from|since|starting|beginning|is|are|was|were|ab|am|seit|vom|zum|dem|den|"
    r"le|la|du|au|à|compter|partir|depuis|el|al|desde|del|de|a|il|dal|dall['’]|em|op|per|vanaf|sinds|the)(?![^\W\d_])){0,24}"
)
# A label stands at a word's beginning, or is glued to the word before it and begins with a capital.
_START = r"(?:(?<![^\W_])|(?<=[a-zà-ÿ0-9.)])(?=[A-ZÀ-Ý]))"
_OF_ANOTHER = re.compile(
    r"(?:previous|prior|earlier|former|replac\w*|supersed\w*|until|frühere\w*|ancienne?|anterior)\b[^.\n]{0,40}$",
    re.I,
)
_SAYS_SO = re.compile(
    r"\b(?:is|are|be|becomes?|became|were|was|go|goes|went|version|policy|terms)\s+(?:\w+\s+)?$", re.I
)
_LOWER_NEEDS_VERB = ("effective", "in effect", "updated", "revised", "modified", "stand", "gilt")


def _labels(names: str) -> re.Pattern[str]:
    return re.compile(rf"{_START}(?P<label>(?i:{names}))(?![^\W\d_])(?P<gap>(?i:{_GAP}))")


_EFFECTIVE_LABELS = _labels(_EFFECTIVE)
_UPDATED_LABELS = _labels(_UPDATED)


def find_effective_date(text: str) -> date | None:
    """The date from which a document says that it applies; None when it does not say.

    Reads English, German, French, Spanish, Italian, Portuguese and Dutch, and ISO dates. A date without such
    a label is never taken, nor a numeric one whose day and month could be exchanged (3/4/2025).
    """
    return _first_labeled(text, _EFFECTIVE_LABELS)


def find_updated_date(text: str) -> date | None:
    """The date on which a document says that it was last revised: when it was written, not when it applies."""
    return _first_labeled(text, _UPDATED_LABELS)


def _first_labeled(text: str, labels: re.Pattern[str]) -> date | None:
    beginning = text[:_BEGINNING]
    rest = [line for line in text[_BEGINNING:].split("\n")[1:] if len(line) <= _MAX_DATE_LINE]
    for part in (beginning, "\n".join(rest)):
        for found in _labeled(part, labels):
            return found
    return None


def _labeled(text: str, labels: re.Pattern[str]) -> Iterator[date]:
    for label in labels.finditer(text):
        before = text[max(0, label.start() - 60) : label.start()]
        if _OF_ANOTHER.search(before) or not _is_statement(label.group("label"), before):
            continue
        found = _date_at(text, label.end())
        if found is not None:
            yield found


def _is_statement(label: str, before: str) -> bool:
    """Whether a label speaks of this text: "the law effective 1 May" in the middle of a sentence does not."""
    if label not in _LOWER_NEEDS_VERB or not before.strip() or before.endswith("\n"):
        return True
    return _SAYS_SO.search(before) is not None


def _date_at(text: str, at: int) -> date | None:
    for pattern in _DATES:
        found = pattern.match(text, at)
        if found:
            return _as_date({name: value for name, value in found.groupdict().items() if value})
    return None


def _as_date(parts: dict[str, str]) -> date | None:
    if "first" in parts:
        first, second = int(parts["first"]), int(parts["second"])
        if first <= 12 and second <= 12 and first != second:
            return None
        day, month = (first, second) if first > 12 else (second, first)
    else:
        stated = parts["month"].lower()
        day, month = int(parts["day"]), _MONTHS.get(stated) or int(stated)
    try:
        return date(int(parts["year"]), month, day)
    except ValueError:
        return None
