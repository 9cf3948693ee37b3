"""Error pages that answer as if all were well."""

from __future__ import annotations

import re

from monitor.core.health.looks import Look
from monitor.core.health.pages import path_of
from monitor.core.health.phrases import ERROR, STATUS, legal_density
from monitor.core.health.verdicts import SOFT_ERROR, Verdict, percent, verdict

_HOME = re.compile(
    r"/?(?:[a-z]{2}(?:[-_][a-z]{2,4})?/?)?(?:(?:index|home|default)(?:\.\w{2,5})?/?)?", re.IGNORECASE
)
_ERROR_PATH = re.compile(
    r"/(?:404|403|500|error|errors|not-?found|page-not-found|unavailable|maintenance)(?:[/.]|$)",
    re.IGNORECASE,
)
# Words: an error page with the site's map around it.
_WITH_SITE_MAP = 600
_LITTLE_LEFT = 0.35
_LEGAL = 4.0
_VERY_SHORT = 60
_SAID = 0.3


def judge_error(look: Look) -> Verdict | None:
    """Whether the page says that there is nothing to show, in its title, its heading or nearly all of its text."""
    is_small = look.words <= _WITH_SITE_MAP or look.shrunk <= _LITTLE_LEFT
    if not is_small:
        return None
    return _says_so(look) or _led_astray(look)


def _says_so(look: Look) -> Verdict | None:
    is_titled = look.is_titled(ERROR) or any(STATUS.fullmatch(title) for title in look.titles)
    said = look.share_saying(ERROR)
    length = f"{look.words} words in all" + (f", {look.words_before} before" if look.words_before else "")
    if is_titled and (look.is_slight or legal_density(look.page.text) < _LEGAL):
        return verdict(SOFT_ERROR, ("error_title", f"title or heading is that of an error page; {length}"))
    is_all_it_says = said >= _SAID or (said and look.words <= _VERY_SHORT)
    if is_all_it_says and look.is_slight:
        return verdict(
            SOFT_ERROR, ("error_text", f"{percent(said)} of the text says that it failed; {length}")
        )
    if said and look.history and look.shrunk <= _LITTLE_LEFT:
        return verdict(SOFT_ERROR, ("error_text", f"begins with the words of an error page; {length}"))
    return None


def _led_astray(look: Look) -> Verdict | None:
    """Whether a redirect led to the front page or to an error page, and the text is not the document."""
    if not look.page.final_url:
        return None
    came_to, asked = path_of(look.page.final_url), path_of(look.page.url)
    if _ERROR_PATH.search(came_to) and not _ERROR_PATH.search(asked):
        return verdict(SOFT_ERROR, ("error_address", "the redirect leads to the address of an error page"))
    is_home = _HOME.fullmatch(came_to) and not _HOME.fullmatch(asked)
    if is_home and legal_density(look.page.text) < _LEGAL:
        return verdict(
            SOFT_ERROR, ("front_page", f"the redirect leads to the front page; {look.words} words")
        )
    return None
