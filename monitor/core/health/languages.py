"""The document in another language, or for another region."""

from __future__ import annotations

import re
from itertools import dropwhile, takewhile
from urllib.parse import urlsplit

from monitor.core.health.looks import Look
from monitor.core.health.verdicts import OTHER_LANGUAGE, Verdict, verdict
from monitor.core.language import detect, is_same

# Characters, and how sure the detector must be: see monitor/core/language.py.
_ENOUGH, _SURE = 150, 0.9
# The codes of ISO 639-1 and ISO 3166-1 in use for pages, and uk, which addresses write for gb.
_LANGUAGES = re.findall(
    r"\w+",
    "aa ab af am ar as ay az ba be bg bn bo br bs ca co cs cy da de dv dz el en eo es et eu fa fi fj fo fr fy ga gd gl "
    "gn gu ha he hi hr ht hu hy ia id ig is it ja jv ka kk km kn ko ku ky la lb ln lo lt lv mg mi mk ml mn mr ms mt my "
    "nb ne nl nn no ny or pa pl ps pt qu ro ru rw sa sd si sk sl sm sn so sq sr st su sv sw ta te tg th ti tk tl tn to "
    "tr ts tt ug uk ur uz vi wo xh yi yo za zh zu",
)
_COUNTRIES = re.findall(
    r"\w+",
    "ad ae af ag al am ao ar at au az ba bb bd be bf bg bh bi bj bn bo br bs bt bw by bz ca cd cg ch ci cl cm cn co cr "
    "cu cv cy cz de dj dk dm do dz ec ee eg es et fi fj fr ga gb gd ge gh gm gn gq gr gt gw gy hk hn hr ht hu id ie il "
    "in iq ir is it jm jo jp ke kg kh km kp kr kw kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mk ml mm mn mo mr "
    "mt mu mv mw mx my mz na ne ng ni nl no np nz om pa pe pg ph pk pl ps pt py qa ro rs ru rw sa sb sc sd se sg si sk "
    "sl sm sn so sr st sv sy sz td tg th tj tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vn vu ws ye za zm "
    "zw",
)
_CODES = frozenset(_LANGUAGES + _COUNTRIES)
_LOCALE = re.compile(r"([a-z]{2})(?:[-_](?:([a-z]{2})|[a-z]{4}|\d{3}))?", re.IGNORECASE)
_LOCALE_NAMES = re.compile(
    r"(?:^|&)(?:hl|lang|locale|language|gl|country|region)=([\w-]{2,7})(?:&|$)", re.IGNORECASE
)
# Codes that stand in addresses for something else.
_NO_LOCALES = {"my", "do", "tv", "hr", "pr", "id", "me", "to", "is", "so"}
# Segments of a path: a locale stands at its beginning, or behind the name of a section (/hc/en-us/).
_SEGMENTS = 3


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
    """Whether a redirect leads to the page for another language or region than before.

    For a text that has little in common with the last good one: the same text may move to another address.
    """
    if look.history is None or not look.page.final_url:
        return None
    now, then = _locale(look.page.final_url), _locale(look.history.url)
    # What only says more of itself, or less, is the same: en and en-us.
    if set(now) <= set(then) or set(then) <= set(now):
        return None
    words = f"the redirect leads to the page for {'-'.join(now)}, not for {'-'.join(then)}"
    return verdict(OTHER_LANGUAGE, ("region", words))


def _other(now: str, then: str, how: str) -> Verdict:
    return verdict(OTHER_LANGUAGE, ("language", f"the text {how} {now[:12]}, not {then[:12]}"))


def _reads_unlike(text: str, language: str) -> bool:
    code, confidence = detect(text)
    return not (code and confidence >= _SURE and is_same(code, language))


def _locale(url: str) -> list[str]:
    """The languages and regions that an address names: /de-de/, /us/en/, hl=de, de.example.com. Empty for none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return []
    segments = [segment for segment in parts.path.split("/") if segment][:_SEGMENTS]
    at_first = dropwhile(lambda segment: not _codes(segment), segments)
    if found := [code for segment in takewhile(_codes, at_first) for code in _codes(segment)]:
        return found
    if named := _LOCALE_NAMES.search(parts.query):
        return re.split("[-_]", named.group(1).lower())
    labels = (parts.hostname or "").split(".")
    return _codes(labels[0]) if len(labels) > 2 else []


def _codes(word: str) -> list[str]:
    """The codes of a language or region a word is made of, empty where it is anything else."""
    word = word.lower()
    found = _LOCALE.fullmatch(word)
    if not found or word in _NO_LOCALES:
        return []
    first, region = found.groups()
    is_known = first in _CODES and (not region or region in _CODES)
    return re.split("[-_]", word) if is_known else []
