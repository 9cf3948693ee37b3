"""Which periods are the time for an answer or a decision, and which belong to a charge."""

from __future__ import annotations

import re

_RESPOND = re.compile(
    r"\b(?:respond|reply|answer|acknowledge (?:receipt|your)|get back|response)\b[^,;:]*\b(?:within|by|further|in"
    r"|than|to|of|additional)\b[^,;:]*$"
)
_COMPLY = re.compile(
    r"\b(?:act (?:up)?on|comply with|fulfil\w*|handle|process|honou?r|complete|acknowledges?)\b[^,;:.]*"
    r"\b(?:requests?|reports?|submissions?)\b[^,;:]{0,40}$"
)
# "We decide within 90 days", "within 90 days our team will review it"; what the user decides is no answer.
_JUDGE = (
    r"\b(?:we|it|they|team|board|committee|company)(?: (?:will|shall|may|must|aim to|try to))?(?: \w+ly)?"
    r" (?:decide|rule|review|examine|assess)\b"
)
_JUDGES_BEFORE = re.compile(rf"{_JUDGE}[^,;:]*\b(?:within|by|in|than)\b[^,;:]*$")
_JUDGES_AFTER = re.compile(rf"(?: (?:of|after|from) [^.;,]{{1,60}})?,? (?:our )?{_JUDGE}")
_CHARGE = re.compile(
    r"\b(?:fees?|charges?|prices?|due|billed|billing|invoices?|unpaid|overdue|payable|interest)\b|[$€£] ?\d|\d ?%"
)
_GIVES_BACK = re.compile(
    r"\b(?:refund|back\b|return|reimburs|cancel|withdraw(?!al\b(?! (?:from|period|right)))|money|credit(?:ed)?\b"
    r"|rescind)"
)


def is_answered_within(before: str, after: str) -> bool:
    """Whether a period between two parts of a sentence is the time for an answer, or for a decision of the company."""
    if _RESPOND.search(before) or _COMPLY.search(before) or _JUDGES_BEFORE.search(before):
        return True
    return before.rstrip().endswith("within") and _JUDGES_AFTER.match(after) is not None


def is_of_charge(sentence: str) -> bool:
    """Whether a sentence, or a row with its header, says when something is charged, and nothing of giving it back."""
    return _CHARGE.search(sentence) is not None and _GIVES_BACK.search(sentence) is None
