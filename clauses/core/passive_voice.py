"""Who acts where a statement only says what is done: "The app must not be used for mining"."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Literal

from clauses.core.change_rubric import stem

Bearer = Literal["user", "provider", "other"]

PASSIVE = re.compile(r"\b(?:is|are|be|been|being)\b")
_PROVIDERS_LIST = """
we us company provider platform processor licensor site website operator bank supplier service services app apps
application software product products tool tools
"""
PROVIDERS = frozenset(_PROVIDERS_LIST.split())
_PERSONS = frozenset(
    {"we", "us", "company", "provider", "processor", "licensor", "operator", "bank", "supplier"}
)
# What users hold.
_HELD_LIST = """
account accounts login logins credentials password passwords key keys license licenses credit credits balance points
voucher vouchers coupon coupons subscription subscriptions ticket tickets seat seats
"""
_HELD = frozenset(_HELD_LIST.split())
# What one does with a service, or with what one holds of it.
_USING_LIST = """
use access copy reproduce modify distribute sell resell rent sublicense share transfer assign redeem
"""
_USING = frozenset(map(stem, _USING_LIST.split()))
_BARRED = re.compile(r"(?:may|can|must|shall|should) not|can't|cannot")
# What is owed is paid by the user, where nobody else is named.
_OWED = re.compile(r"\b(?:fees?|amounts|charges|invoices?|prices?|payments|taxes)\b[^.;:]*\Z")
_BACK = 40
# "The costs are borne by the customer."
_BY = re.compile(r"(?: \w+ly)? by (?:the |an? |each )?(?P<who>[\w'-]+)")


def agent_of(
    match: re.Match[str], subject: str, bearer: Bearer, users: Container[str], *, is_done: bool
) -> Bearer:
    """Who acts in a passive statement, of which `bearer` is the `subject`: whom "by" names, or who uses the service.

    `match` has the groups not, may and verb and ends with the verb; `is_done`: the verb is one of those that cost or
    serve the user.
    """
    is_held = subject in _HELD
    is_thing = is_held or (bearer == "provider" and subject not in _PERSONS)
    is_freed = is_held and match["may"] is not None
    is_barred = _BARRED.match(match["not"] or "") is not None
    if is_thing and (is_freed or is_barred) and stem(match["verb"]) in _USING:
        # "The app must not be used for mining" binds those who use it, "Credit may be transferred" frees them.
        return "user"
    named = _BY.match(match.string, match.end()) if is_done else None
    if named:
        who = named["who"]
        return "user" if who in users else "provider" if who in PROVIDERS else "other"
    if stem(match["verb"]) == "pay" and _OWED.search(
        match.string, max(0, match.start() - _BACK), match.end()
    ):
        return "user"
    # "You may be charged" says what is done to the user.
    return "other" if is_done and bearer == "user" else bearer
