"""The document in another language, or for another region."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from monitor.core.health.looks import Look
from monitor.core.health.verdicts import OTHER_LANGUAGE, Verdict, verdict
from monitor.core.language import detect, is_same

# Characters, and how sure the detector must be: see monitor/core/language.py.
_ENOUGH, _SURE = 150, 0.9
_LOCALE = re.compile(r"[a-z]{2}(?:[-_](?:[a-z]{2}|[a-z]{4}|\d{3}))?", re.IGNORECASE)
_LOCALE_NAMES = re.compile(
    r"(?:^|&)(?:hl|lang|locale|language|gl|country|region)=([\w-]{2,7})(?:&|$)", re.IGNORECASE
)
# Words that stand where a locale would: not languages nor countries.
_NO_LOCALES = {"my", "go", "do", "us-west", "eu-west", "tv", "hr", "pr", "io", "ai", "id", "me"}


def judge_language(look: Look) -> Verdict | None:
    """Whether the text is surely in another language than the last good one, or is stated so where it is short."""
    history = look.history
    if history is None:
        return None
    text, before = look.page.text, history.text
    if min(len(text), len(before)) >= _ENOUGH:
        (now, is_sure), (then, was_sure) = detect(text), detect(before)
        differs = now and then and not is_same(now, then) and min(is_sure, was_sure) >= _SURE
        return _other(now, then, "is written in") if differs else None
    now, then = look.page.language, history.language
    if now and then and not is_same(now, then) and _reads_unlike(text, then):
        return _other(now, then, "states the language")
    return None


def judge_region(look: Look) -> Verdict | None:
    """Whether a redirect leads to the page for another language or region than before, and the text differs."""
    if look.history is None or not look.page.final_url:
        return None
    now, then = _locale(look.page.final_url), _locale(look.history.url)
    if not now or not then or now == then:
        return None
    return verdict(OTHER_LANGUAGE, ("region", f"the redirect leads to the page for {now}, not for {then}"))


def _other(now: str, then: str, how: str) -> Verdict:
    return verdict(OTHER_LANGUAGE, ("language", f"the text {how} {now[:12]}, not {then[:12]}"))


def _reads_unlike(text: str, language: str) -> bool:
    code, confidence = detect(text)
    return not (code and confidence >= _SURE and is_same(code, language))


def _locale(url: str) -> str:
    """The language or region that an address names: /de-de/, hl=de, de.example.com. Empty for none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    steps = [step for step in parts.path.split("/") if step][:2]
    labels = (parts.hostname or "").split(".")
    named = _LOCALE_NAMES.search(parts.query)
    found = [step for step in steps if _is_locale(step)]
    found += [named.group(1)] if named else []
    found += labels[:1] if len(labels) > 2 and _is_locale(labels[0]) else []
    return found[0].lower().replace("_", "-") if found else ""


def _is_locale(word: str) -> bool:
    return bool(_LOCALE.fullmatch(word)) and word.lower() not in _NO_LOCALES
