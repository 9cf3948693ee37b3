"""Another document of the platform, or another page altogether, where this document should be."""

from __future__ import annotations

import re

from monitor.core.health.kinship import kinship
from monitor.core.health.looks import Look
from monitor.core.health.pages import Neighbors
from monitor.core.health.phrases import legal_density
from monitor.core.health.verdicts import WRONG_DOCUMENT, Verdict, percent, verdict

# Words: below, a few set phrases already make a large share.
_ENOUGH = 60
_UNKNOWN, _NEARLY_UNKNOWN = 0.6, 0.06
# A neighbor has half of it and far more than the past, or nearly all of it.
_FOREIGN, _TIMES, _WHOLE = 0.5, 2.5, 0.9
_LEGAL_LEFT = 0.4
_WAS_LEGAL = 2.0
_NAME = re.compile(r"\w{3,}")


def judge_other_document(look: Look, neighbors: Neighbors) -> Verdict | None:
    """Whether the text is that of a neighbor, or of a page that is no such document at all."""
    if look.history is None or look.kin is None or min(look.words, look.words_before) < _ENOUGH:
        return None
    if look.kin.known > _UNKNOWN:
        return None
    return _of_neighbor(look, look.kin.known, neighbors) or _another_page(look, look.kin.known)


def _of_neighbor(look: Look, known: float, neighbors: Neighbors) -> Verdict | None:
    best, name = 0.0, ""
    for neighbor in neighbors():
        share = kinship(look.page.text, neighbor.text).known
        if share > best:
            best, name = share, neighbor.name
    if best < _WHOLE and (best < _FOREIGN or best < _TIMES * known):
        return None
    words = f"{percent(best)} of the text stands in {name[:80]}, {percent(known)} in the last good text"
    return verdict(WRONG_DOCUMENT, ("neighbor", words))


def _another_page(look: Look, known: float) -> Verdict | None:
    if known > _NEARLY_UNKNOWN or look.history is None or _shares_name(look):
        return None
    now, then = legal_density(look.page.text), legal_density(look.history.text)
    if then < _WAS_LEGAL or now > _LEGAL_LEFT * then:
        return None
    words = (
        f"{percent(known)} of the text was known, the title is another, and legal words fell from {then:.1f} to "
        f"{now:.1f} in a hundred"
    )
    return verdict(WRONG_DOCUMENT, ("another_page", words))


def _shares_name(look: Look) -> bool:
    """Whether the page still calls itself by a word of its former title."""
    if look.history is None:
        return False
    before = set(_NAME.findall(look.history.title.lower()))
    names = look.titles[-2:]
    return bool(before & {word for name in names for word in _NAME.findall(name.lower())})
