"""The sentences that go on where a headline ends."""

import re

from hypothesis import given
from hypothesis import strategies as st

from bench.changes import read_markdown
from clauses.core.change_phrases import Wording
from clauses.core.change_phrases import told as said_of
from clauses.core.change_rubric_file import shipped_change_rubric
from clauses.core.compare import compare
from clauses.core.values import severity_rank

FRAME = "# Terms\n\n## Letters\n\nNorthlight carries letters by horse.\n\n"
WORDING = Wording("Northlight", "Terms", {}, shipped_change_rubric())
CLAUSES = (
    "We keep letters for 30 days.",
    "We keep letters for five years.",
    "We will not sell your personal data.",
    "We may sell your personal data.",
    "Any dispute is decided by binding arbitration.",
    "You may opt out of advertising.",
    "We may share your data with partners, if you are a seller.",
    "We will not share your data with third parties.",
    "We may change these terms without notice.",
    "You must be 16 years old.",
)


def told(old, new):
    return compare(
        read_markdown(FRAME + "\n\n".join(old)),
        read_markdown(FRAME + "\n\n".join(new)),
        subject="Northlight",
        document="Terms",
    )


def told_changes(found):
    """The changes that headline and summary tell, in order."""
    by_summary = {f"{change.summary.rstrip('.')}.": change for change in found.changes}
    lead = max(
        (change for change in found.changes if found.headline.startswith(change.summary)),
        key=lambda change: len(change.summary),
    )
    return [lead, *(by_summary[sentence] for sentence in found.summary[:-1])]


SIDES = st.lists(st.sampled_from(CLAUSES), unique=True, max_size=6)


@given(SIDES, SIDES)
def test_the_told_changes_stand_by_weight_and_never_contradict_each_other(old, new):
    found = told(old, new)
    if found.kind != "substantive":
        return
    changes = told_changes(found)
    ranks = [severity_rank(change.severity) for change in changes]
    assert ranks == sorted(ranks, reverse=True)
    phrases = [said_of(WORDING, change) for change in changes]
    assert not any(one.contradicts(other) for one in phrases for other in phrases)


def test_a_gain_is_told_beside_two_greater_losses_and_after_the_greater_one():
    found = told(
        [],
        [
            "Any dispute is decided by binding arbitration.",
            "We may sell your personal data.",
            "You may opt out of advertising.",
        ],
    )
    assert [change.direction for change in told_changes(found)] == ["adverse", "adverse", "favorable"]


def test_a_permission_is_not_told_beside_the_promise_that_denies_it():
    found = told(
        [],
        [
            "We may share your data with partners, if you are a seller.",
            "We will not share your data with partners.",
        ],
    )
    assert sum("share data" in sentence for sentence in (found.headline, *found.summary)) == 1


LINES = [f"Rider {number} rests at inn {number} on the road of {number} stones." for number in range(60)]


def test_under_a_rewrite_only_figures_and_whole_types_stand_beside_the_counts():
    old = [
        *LINES[:30],
        "We keep letters for 30 days.",
        "We delete your letters, and you may object to advertising.",
    ]
    new = [
        *(line.replace("rests", "never sleeps nor eats").replace("road", "bridge") for line in LINES[30:]),
        "We keep letters for five years.",
        "Any dispute is decided by binding arbitration.",
        "We may change these terms without notice.",
    ]
    found = told(old, new)
    assert found.headline == "Northlight rewrites most of its Terms"
    assert found.summary[:-1] == (
        "Northlight keeps letters for 5 years instead of 30 days.",
        "Northlight adds an arbitration clause.",
    )
    assert re.match(r"\d+ clauses changed: ", found.summary[-1])


def test_where_the_weightiest_gain_contradicts_the_headline_the_next_one_is_told():
    found = told(
        [],
        [
            "We may sell your personal data.",
            "We will not sell your personal data, if you are a seller.",
            "We may change these terms without notice.",
            "We may suspend your account at our sole discretion.",
            "We will refund the postage.",
        ],
    )
    directions = [change.direction for change in told_changes(found)]
    assert sum("sell data" in sentence for sentence in (found.headline, *found.summary)) < 2
    assert "favorable" in directions
