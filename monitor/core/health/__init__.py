"""The capture gate: whether what was captured is the document, or an error page, a wall, a half-loaded page.

Signs of the page decide alone only where its text is short, or next to nothing of it was known: a policy that speaks
of error pages or cookies, a page with a sign-in form beside its text, are healthy. A text that has half in common
with the last good one is the document; of it, only half of it can be said.
"""

from __future__ import annotations

from monitor.core.health.errors import judge_error
from monitor.core.health.garbled import judge_garbled
from monitor.core.health.languages import judge_language, judge_region
from monitor.core.health.looks import Look
from monitor.core.health.other_documents import judge_other_document
from monitor.core.health.pages import History, Neighbor, Neighbors, Page
from monitor.core.health.partial import UNCLOSED, judge_cut, judge_partial
from monitor.core.health.shells import judge_empty_page, judge_shell
from monitor.core.health.verdicts import Reason, Verdict
from monitor.core.health.walls import judge_bot_wall, judge_challenge, judge_consent_wall, judge_login_wall

__all__ = ["UNCLOSED", "History", "Neighbor", "Neighbors", "Page", "Reason", "Verdict", "judge"]


def judge(page: Page, history: History | None = None, neighbors: Neighbors = tuple) -> Verdict | None:
    """Why a page is held back, or None for a healthy one.

    `history` is the last good text of the source, None for its first; `neighbors` gives the other documents of the
    platform, and is asked only where the text is not the document's own. The same arguments give the same verdict,
    in work that grows with the length of the page and of these texts.
    """
    look = Look(page, history)
    if not page.is_selected:
        # The selectors found nothing: the page is looked at only for what it says itself.
        return _judge_stand_in(look) or judge_empty_page(look)
    if history and page.text == history.text:
        return None
    found = judge_garbled(look)
    if look.is_akin:
        found = found or judge_shell(look) or judge_partial(look)
        return found or judge_other_document(look, neighbors)
    found = found or _judge_stand_in(look) or judge_shell(look) or judge_region(look) or judge_language(look)
    return found or judge_cut(look) or judge_other_document(look, neighbors)


def _judge_stand_in(look: Look) -> Verdict | None:
    kinds = (judge_bot_wall, judge_error, judge_login_wall, judge_consent_wall, judge_challenge)
    return next((found for kind in kinds if (found := kind(look))), None)
