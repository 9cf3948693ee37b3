"""Seven practices of privacy policies, said through the types of the program: OPP-115 and APPSI-139."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np

from clauses.core.blend import spoken_of
from clauses.core.taxonomy import Taxonomy
from clauses.core.values import Passage
from clauses.evaluation.figures import f1_by_label, macro_f1, micro_f1, with_interval
from clauses.training.corpora import APPSI_PRACTICES, PRACTICES, Row

_OPP: Mapping[str, str] = MappingProxyType(
    {
        "First Party Collection/Use": "first_party",
        "Third Party Sharing/Collection": "third_party",
        "User Access, Edit and Deletion": "user_rights",
        "User Choice/Control": "user_rights",
        "Data Retention": "retention",
        "Data Security": "security",
        "International and Specific Audiences": "audiences",
        "Policy Change": "policy_change",
    }
)
_NAMES = {**_OPP, **APPSI_PRACTICES}


def evaluate(rows: Sequence[Row], taxonomy: Taxonomy) -> dict[str, Any]:
    """Micro and macro F1 over the seven practices.

    A text is of a practice when it speaks of one of its types.
    """
    gold = [{_NAMES[label] for label in row["labels"] if label in _NAMES} for row in rows]
    said = [_said(row, taxonomy) for row in rows]
    one, other = (
        np.array([[name in found for name in PRACTICES] for found in side], bool) for side in (gold, said)
    )
    return {
        "evaluated_on": len(rows),
        "micro_f1": with_interval(micro_f1, one, other),
        "macro_f1": with_interval(macro_f1, one, other),
        "by_practice": dict(zip(PRACTICES, f1_by_label(one, other).round(4).tolist(), strict=True)),
    }


def _said(row: Row, taxonomy: Taxonomy) -> set[str]:
    spoken = spoken_of(Passage.alone(row["text"]), taxonomy)
    return {name for name, types in PRACTICES.items() if not spoken.isdisjoint(types)}
