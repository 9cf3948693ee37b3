"""Pages without their content: frames that scripts fill in, and what stands there until they have."""

from __future__ import annotations

import re

from monitor.core.health.looks import Look
from monitor.core.health.phrases import PLACEHOLDER
from monitor.core.health.verdicts import SHELL, Verdict, percent, verdict

_SCRIPT = re.compile(r"<script\b", re.IGNORECASE)
_SKELETON = re.compile(
    r"class\s*=\s*[\"'][^\"']{0,300}(?:skeleton|shimmer|placeholder|spinner|loader)", re.IGNORECASE
)
# Words.
_NEXT_TO_NOTHING = 20
_FEW = 40
_WAITING = 0.3
_WAS_LONG = 200
_HARDLY_ANYTHING = 0.05


def judge_shell(look: Look) -> Verdict | None:
    """Whether the text only waits for the text, or next to nothing is left of a long one."""
    if look.words > _FEW:
        return None
    waiting = look.share_saying(PLACEHOLDER)
    if waiting >= _WAITING or (waiting and look.words <= _NEXT_TO_NOTHING):
        return verdict(
            SHELL, ("waiting", f"{percent(waiting)} of the {look.words} words say that the page is loading")
        )
    is_left_over = look.words_before >= _WAS_LONG and look.shrunk <= _HARDLY_ANYTHING
    if is_left_over and look.words <= _NEXT_TO_NOTHING:
        return verdict(SHELL, ("nearly_empty", f"{look.words} words are left of {look.words_before}"))
    return None


def judge_empty_page(look: Look) -> Verdict | None:
    """Whether a page from which nothing could be read is a frame that a script should have filled."""
    if look.words > _NEXT_TO_NOTHING:
        return None
    scripts = len(_SCRIPT.findall(look.page.markup))
    if not scripts and not _SKELETON.search(look.page.markup):
        return None
    return verdict(SHELL, ("scripts_only", f"{scripts} scripts and {look.words} words in the whole page"))
