"""What pages say that stand in for a document, and what documents say: the patterns of phrases.toml."""

from __future__ import annotations

import re
import tomllib
from importlib import resources

from monitor.core.health.kinship import size


def _read() -> dict[str, list[str]]:
    file = resources.files("monitor.core.health") / "phrases.toml"
    groups = tomllib.loads(file.read_text(encoding="utf-8"))
    return {name: lines.strip().split("\n") for name, lines in groups.items()}


_GROUPS = _read()
_ERROR_WORD = (
    r"(?:(?:http )?(?:error|status|fehler|erreur|errore|erro|fout|błąd|エラー|错误|오류)(?: code)?\W{0,3})"
)
_LEAD_IN = rf"(?:{_ERROR_WORD}?[45]\d\d\W{{0,4}})?(?:(?:{'|'.join(_GROUPS['sorry'])})\b[\W_]{{0,4}}){{0,4}}"


def _any_of(name: str) -> str:
    return f"(?:{'|'.join(_GROUPS[name])})"


def _opening(name: str) -> re.Pattern[str]:
    return re.compile(_LEAD_IN + _any_of(name), re.IGNORECASE)


def _anywhere(name: str) -> re.Pattern[str]:
    return re.compile(_any_of(name), re.IGNORECASE)


# To be matched at the beginning of a line or title.
ERROR = _opening("error")
BOT = _opening("bot")
LOGIN = _opening("login")
CONSENT = _opening("consent")
PLACEHOLDER = _opening("placeholder")
# A title that is nothing but a status: "404", "Error 503".
STATUS = re.compile(
    rf"{_ERROR_WORD}?(?:40[0134568]|410|418|429|451|50[0-4]|52[0-7])(?: error| fehler| erreur)?\W*",
    re.IGNORECASE,
)
# To be searched for.
ACCEPT = _anywhere("accept")
REFUSE = _anywhere("refuse")
COOKIES = _anywhere("cookies")
FORM_WORDS = _anywhere("form_words")
_LEGAL = re.compile(rf"\b{_any_of('legal')}\b|{_any_of('legal_unspaced')}", re.IGNORECASE)

_TITLE_PARTS = re.compile(r"\s+[|–—•·»:-]\s+|\s*[|•·»]\s*|:\s+")
_PARTS, _MOST_WORDS = 6, 9
_AROUND = " .…!'\"“”"
_LOOKED_AT = 20_000


def says(pattern: re.Pattern[str], title: str) -> bool:
    """Whether a title or heading is of this kind: the whole or a part of it begins so and is short."""
    parts = [title, *_TITLE_PARTS.split(title)[:_PARTS]]
    return any(len(part.split()) <= _MOST_WORDS and pattern.match(part.strip(_AROUND)) for part in parts)


def legal_density(text: str) -> float:
    """Words of legal prose per hundred words, in the beginning of a text."""
    part = text[:_LOOKED_AT]
    return 100 * len(_LEGAL.findall(part)) / max(1, size(part))
