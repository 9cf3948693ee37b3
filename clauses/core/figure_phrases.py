"""How a figure that changed is told: "keeps conversations for 5 years instead of 30 days"."""

from __future__ import annotations

import re

from clauses.core.change_rubric import ChangeRubric
from clauses.core.changed_amounts import PLACE
from clauses.core.quantities import FIGURE, WORDS
from clauses.core.table_rows import row_name
from clauses.core.values import ClauseChange, FactChange, Reason, Run

_NUMBER = re.compile(rf"\b(?:{FIGURE}|{WORDS})\b", re.IGNORECASE)
_WORD_SIGN = re.compile(r"\w")
_UNIT = re.compile(r" ?%| ?(?!(?:per|of|and|or|to)\b)[a-z]+")
# What names a place in the text is no longer.
_PLACE_LENGTH = 20
# The longest name of a row that fits into a sentence of ours.
_ROW_NAME = 40
_POSSESSIVE = re.compile(r"^(?:your|the|our|this|these|that|such) ", re.IGNORECASE)
_FACT_PHRASES = {
    "retention": "keeps {subject} {new} instead of {old}",
    "notice_period": "gives {new} of notice instead of {old}",
    "minimum_age": "sets the minimum age at {new} instead of {old}",
    "liability_cap": "caps its liability at {new} instead of {old}",
    "opt_out_window": "gives {new} to opt out instead of {old}",
    "claim_period": "gives {new} to bring a claim instead of {old}",
}


def figure_phrases(change: ClauseChange, rubric: ChangeRubric) -> dict[str, str]:
    """What is said of the figures that a change was rated by, by the code of the reason."""
    found: dict[str, str] = {}
    if not change.facts:
        return found
    quotes = {reason.code: reason.quote for reason in change.reasons}
    row = _row(change)
    for fact in change.facts:
        for event in ("raised", "lowered", "stated", "dropped"):
            code = f"{fact.kind}_{event}"
            shown = (fact.new or fact.old) if event != "dropped" else fact.old
            if shown is not None and quotes.get(code) == shown.quote and _fits(fact, event):
                found.setdefault(code, _fact_phrase(fact, rubric, row))
    return found


def _fits(fact: FactChange, event: str) -> bool:
    if event == "stated":
        return fact.old is None
    return fact.new is None if event == "dropped" else bool(fact.old and fact.new)


def _fact_phrase(change: FactChange, rubric: ChangeRubric, row: str) -> str:
    rule = rubric.facts.get(change.kind)
    name = rule.name if rule else change.kind.replace("_", " ")
    if change.old is None and change.new is not None:
        return f"states a {name} of {_inside(change.new.amount)}"
    if change.new is None and change.old is not None:
        return f"no longer states a {name} of {_inside(change.old.amount)}"
    if change.old is None or change.new is None:
        return ""
    phrase = _FACT_PHRASES.get(change.kind, f"changes the {name} to {{new}} from {{old}}")
    subject = _POSSESSIVE.sub("", change.subject.strip()) or "data"
    if row and subject.casefold() == row.casefold():
        subject = f"“{row}”"
    if change.kind == "minimum_age":
        return phrase.format(subject=subject, new=change.new.value, old=change.old.value)
    old, new = change.old.amount, change.new.amount
    if change.kind == "retention":
        # "for 5 years instead of 30 days", "indefinitely instead of for 30 days".
        old = f"for {old}" if change.new.normalized is None and change.old.normalized is not None else old
        new = f"for {new}" if change.new.normalized is not None else new
    return phrase.format(subject=subject, new=new, old=old)


def _inside(amount: str) -> str:
    """An amount as it stands inside a sentence: "The time we need" begins small, "USD 5" does not."""
    return amount if amount[1:2].isupper() or not amount[:1].isalpha() else amount[0].lower() + amount[1:]


def amount_phrase(reason: Reason, change: ClauseChange) -> str:
    """ "changes 24 to 36 hours": the number that took the place of another one, with the word it counts."""
    if not reason.code.startswith("amount_"):
        return ""
    # A figure may be the last word.
    runs = (*change.redline, Run("=", ""))
    for before, gone, came, kept in zip(runs, runs[1:], runs[2:], runs[3:], strict=False):
        is_swap = gone.op == "-" and came.op == "+" and before.op == kept.op == "="
        if not is_swap or PLACE.search(before.text[-_PLACE_LENGTH:].casefold()):
            continue
        old, new = gone.text.strip(), came.text.strip()
        if _NUMBER.search(old) and _NUMBER.search(new) and _begins_a_word(new, reason.quote):
            unit, row = _UNIT.match(kept.text), _row(change)
            place = f" for “{row}”" if row else ""
            return f"changes {old} to {new}{unit.group().rstrip() if unit else ''}{place}"
    return ""


def _begins_a_word(words: str, text: str) -> bool:
    """Whether these words stand in a text, not from the middle of a word on."""
    at = text.find(words)
    while at > 0 and _WORD_SIGN.match(text[at - 1]):
        at = text.find(words, at + 1)
    return at >= 0


def _row(change: ClauseChange) -> str:
    """The name of the row that a change is of; "" for what is no row."""
    name = row_name("".join([text for op, text in change.redline if op != "-"]))
    return name if len(name) <= _ROW_NAME else ""
