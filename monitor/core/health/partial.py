"""Half of a page: bytes that end too early, or parts that had not loaded.

What separates it from a shortening by the publisher: who edits a policy leaves traces – a new date, a new sentence at
the seam, other numbers. Where half is gone and not one word came, nobody has edited.
"""

from __future__ import annotations

import re

from monitor.core.blocks import BLOCK_SEPARATOR
from monitor.core.health.kinship import Kinship
from monitor.core.health.looks import Look
from monitor.core.health.pages import is_closed
from monitor.core.health.phrases import ERROR, PLACEHOLDER
from monitor.core.health.verdicts import PARTIAL, Verdict, percent, verdict

_OPEN_TAG = re.compile(r"<[a-zA-Z/!][^<>]*\Z")
_OPENED = re.compile(r"<(/?)(script|style)\b|<!--|-->", re.IGNORECASE)
_CODE_END = 300_000
# Words of the last good text: below, a deleted sentence is already a large share.
_ENOUGH = 80
# Shares of the last good text.
_HALF, _END_GONE, _FAILED_GONE, _CUT_GONE = 0.5, 0.25, 0.2, 0.02
# Shares of the new text.
_NOTHING_CAME, _HARDLY_CAME = 0.005, 0.05
_LAST_BLOCKS = 3
# The code of the one reason that a second capture with the same text refutes: some pages are never closed.
UNCLOSED = "unclosed"
_BLOCK_LENGTH = 30


def judge_partial(look: Look) -> Verdict | None:
    """Whether what came of a text akin to the last good one is a part of it, and nobody has edited it."""
    if look.kin is None or look.history is None:
        return None
    if look.words_before < _ENOUGH or not look.history.is_read_alike or look.kin.kept > 1 - _CUT_GONE:
        return None
    gone, came = 1 - look.kin.kept, 1 - look.kin.known
    figures = f"{percent(gone)} of {look.words_before} words are gone, {percent(came)} of what is left is new"
    return _ends_early(look, look.kin, figures) or _not_all_came(
        look.kin, gone, came, _is_end_gone(look, _LAST_BLOCKS), figures
    )


def judge_cut(look: Look) -> Verdict | None:
    """Whether the HTML ends in the middle of a tag or of a script; of a first text, also whether it has no end."""
    end = look.page.markup.rstrip()
    if not end or is_closed(end):
        return None
    if _OPEN_TAG.search(end[-5000:]) or _is_in_code(end):
        return verdict(PARTIAL, ("cut_in_tag", "the HTML ends in the middle of a tag or script"))
    # Who leaves out the tags that may be left out leaves out this one as well.
    if look.history is None and "</head>" in end[:_CODE_END].lower():
        return verdict(PARTIAL, (UNCLOSED, "the HTML has no end, and nothing is known of the page yet"))
    return None


def _is_in_code(markup: str) -> bool:
    opened = [match.group(0).lower() for match in _OPENED.finditer(markup[-_CODE_END:])]
    return bool(opened) and opened[-1] in ("<script", "<style", "<!--")


def _ends_early(look: Look, kin: Kinship, figures: str) -> Verdict | None:
    if look.history is None or not _is_end_gone(look, 1):
        return None
    markup = look.page.markup
    if markup and not is_closed(markup) and is_closed(look.history.markup()):
        return verdict(PARTIAL, ("cut_page", f"the HTML has no end, as it had before; {figures}"))
    last = look.page.text.rpartition(BLOCK_SEPARATOR)[2]
    is_broken_off = last in kin.came and any(block.startswith(last) for block in kin.gone[:-_LAST_BLOCKS])
    if is_broken_off and _is_end_gone(look, _LAST_BLOCKS):
        return verdict(PARTIAL, ("broken_off", f"the last paragraph breaks off; {figures}"))
    return None


def _not_all_came(kin: Kinship, gone: float, came: float, is_end_gone: bool, figures: str) -> Verdict | None:
    if gone >= _HALF and came <= _NOTHING_CAME:
        return verdict(PARTIAL, ("half_gone", f"no word came: {figures}"))
    if gone >= _END_GONE and is_end_gone and came <= _NOTHING_CAME:
        return verdict(PARTIAL, ("end_gone", f"the end is missing and no word came: {figures}"))
    if gone >= _FAILED_GONE and came <= _HARDLY_CAME and any(map(_says_it_failed, kin.came)):
        return verdict(PARTIAL, ("says_it_failed", f"a part says that it did not load: {figures}"))
    return None


def _says_it_failed(block: str) -> bool:
    return len(block.split()) <= 30 and bool(ERROR.match(block) or PLACEHOLDER.match(block))


def _is_end_gone(look: Look, count: int) -> bool:
    """Whether none of the last paragraphs of the last good text is left."""
    if look.history is None:
        return False
    blocks = [block for block in look.history.text.split(BLOCK_SEPARATOR) if len(block) >= _BLOCK_LENGTH]
    last = blocks[-count:]
    return bool(last) and not any(block in look.page.text for block in last)
