"""Whether a text became another edition: for another region, with another company, under other law."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from clauses.core.contracting import bare_name, may_name_party, parties
from clauses.core.folding import folded
from clauses.core.values import ReadClause

_REGION = re.compile(
    r"\b(?:europe(?:an)?(?: economic area| union)?|eea|eu|uk|united kingdom|us|u\.s\.|usa|united states|international"
    r"|rest of (?:the )?world|switzerland|swiss|canada|australia|japan|brazil|india|korea)\b"
)


def edition_sentence(old: Sequence[ReadClause], new: Sequence[ReadClause]) -> str:
    """What the new text names otherwise of title, company, law and courts; empty where it is the same edition.

    Another company or another region in the title is told by itself; other law or courts only with one of the
    others. Nothing is concluded that neither text says.
    """
    title = _titled(old, new)
    told = [
        *([f"is titled “{title}”"] if title else []),
        *_replaced("as the contracting company", _parties(old), _parties(new)),
        *_replaced("as governing law", _facts(old, "governing_law"), _facts(new, "governing_law")),
        *_replaced("as place of court", _facts(old, "venue"), _facts(new, "venue")),
    ]
    is_edition = bool(title) or any(" as the contracting company " in part for part in told) or len(told) > 1
    return f"The text now {_listed(told)}." if told and is_edition else ""


def _titled(old: Sequence[ReadClause], new: Sequence[ReadClause]) -> str:
    """The new title, where it names a region that the old one did not; empty where both titles stand in one text."""
    before, after = _title(old), _title(new)
    is_of_region = set(_REGION.findall(folded(after))) - set(_REGION.findall(folded(before)))
    is_kept = before in _headings(new) or after in _headings(old)
    return after if before and is_of_region and not is_kept else ""


def _headings(clauses: Iterable[ReadClause]) -> set[str]:
    return {title.strip() for clause in clauses for title in clause.passage.heading_path}


def _title(clauses: Sequence[ReadClause]) -> str:
    return next(
        (clause.passage.heading_path[0] for clause in clauses if clause.passage.heading_path), ""
    ).strip()


def _parties(clauses: Iterable[ReadClause]) -> dict[str, str]:
    """The companies that the text says it is an agreement with, by their bare names."""
    texts = dict.fromkeys([clause.passage.text for clause in clauses])
    found: dict[str, str] = {}
    for text in texts if may_name_party("\n".join(texts)) else ():
        for bare, name in parties(text).items():
            found.setdefault(bare, name)
    return found


def _facts(clauses: Iterable[ReadClause], kind: str) -> dict[str, str]:
    facts = (fact for clause in clauses for fact in clause.classification.facts if fact.kind == kind)
    found: dict[str, str] = {}
    for fact in facts:
        found.setdefault(bare_name(fact.value), " ".join(fact.value.split()))
    return found


def _replaced(role: str, before: dict[str, str], after: dict[str, str]) -> list[str]:
    """What is named now and was not, where nothing that was named is named any more."""
    if not before or not after or before.keys() & after.keys():
        return []
    now, was = (" and ".join(found.values()) for found in (after, before))
    return [f"names {now} {role} instead of {was}"]


def _listed(parts: Sequence[str]) -> str:
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)
