"""By which type of clause a sentence names what changed."""

import pytest

from tests.clauses.core.test_change_phrases import told

SURVIVE = "## Survival\n\nThese survive the end of the contract: {}limitation of liability, indemnification."
DISPUTES = "Disputes are decided by binding arbitration. We indemnify you for third party claims."


@pytest.mark.parametrize(
    ("old", "new", "slug"),
    [
        (SURVIVE.format(""), SURVIVE.format("secrets of the post house, "), ""),
        (DISPUTES, DISPUTES.replace("binding", "final"), "arbitration"),
        (DISPUTES, f"{DISPUTES} Riders wear boots of soft leather.", ""),
        (DISPUTES, DISPUTES.replace("We indemnify", "We do not indemnify"), "indemnification"),
        ("", DISPUTES, "arbitration"),
    ],
    ids=["a list of others", "its own words", "words of nothing", "its own statement", "all of it"],
)
def test_a_clause_of_several_types_is_named_by_one_that_its_changed_words_show(old, new, slug):
    change = told(old, new).changes[0]
    assert len(change.types) > 1
    assert change.told_type == slug


def test_what_no_type_tells_is_told_by_its_heading():
    change = told(SURVIVE.format(""), SURVIVE.format("secrets of the post house, ")).changes[0]
    assert " under “Survival” " in change.summary
