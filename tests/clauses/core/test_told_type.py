"""By which type of clause a sentence names what changed."""

import pytest

from bench.changes import read_markdown
from clauses.core.compare import compare
from clauses.core.told_type import is_sure
from clauses.core.values import Classification, Evidence, Passage, ReadClause, TypeMatch
from tests.clauses.core.test_change_phrases import NAMES, lead, told

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
    # Without headings, which a clause is named by where its types are less sure.
    before, after = (read_markdown(f"Letters are carried by horse.\n\n{text}") for text in (old, new))
    change = compare(before, after, subject="Northlight").changes[0]
    assert len(change.types) > 1
    assert change.told_type == slug


def test_what_no_type_tells_is_told_by_its_heading():
    change = told(SURVIVE.format(""), SURVIVE.format("secrets of the post house, ")).changes[0]
    assert " under “Survival” " in change.summary


def cookie(purpose):
    """A row of a table of cookies, read as one on advertising by the words of its purpose."""
    text = f"_seal | 90 days | {purpose} | letters.example, post.example"
    shown = Evidence(18, 18 + len(purpose), purpose)
    read = Classification((TypeMatch("ad_targeting", 1.0, "rule", (shown,)),), "low", "high", (), ())
    return ReadClause(
        Passage(0, 0, len(text), text, ("Cookies",), "", ("Cookie", "Kept", "Purpose", "Site")), read
    )


@pytest.mark.parametrize(
    ("purpose", "headline"),
    [
        ("Campaign measurement", "Northlight adds a clause on advertising and marketing"),
        ("Targeted advertising", "Northlight allows itself to use data for advertising or marketing"),
        ("To measure what you buy", "Northlight allows itself to use data for advertising or marketing"),
    ],
)
def test_a_cell_that_names_no_act_is_told_by_the_name_of_its_type(purpose, headline):
    assert compare([], [cookie(purpose)], subject="Northlight", type_names=NAMES).headline == headline


@pytest.mark.parametrize(
    ("new", "headline"),
    [
        (
            "## Notice for non-users\n\nWe train our models on personal data.",
            "Northlight allows itself to train models on data of people who do not use the service",
        ),
        (
            "For business customers, we will not train our models on your prompts.",
            "Northlight promises not to train models on data of business customers",
        ),
        (
            "We train our models on your prompts.",
            "Northlight allows itself to train models on what users provide",
        ),
        (
            "## Free services\n\nWe train our models on your prompts.",
            "Northlight allows itself to train models on data of users of free services",
        ),
    ],
)
def test_what_is_done_to_the_data_of_some_is_told_of_theirs(new, headline):
    assert lead("", new) == headline


@pytest.mark.parametrize("answer", ["Yes", "✓"])
def test_a_cell_that_says_yes_to_a_column_of_the_act_is_told_as_the_act(answer):
    table = "| Category | Sold or shared? |\n|---|---|\n| Names | {} |"
    assert (
        lead(table.format("No"), table.format(answer)) == "Northlight allows itself to share data with others"
    )


@pytest.mark.parametrize(("score", "is_sure_of_it"), [(0.5, False), (0.6, True)])
def test_a_type_is_told_where_it_is_surer_than_the_heading(score, is_sure_of_it):
    read = Classification((TypeMatch("data_security", score, "rule"),), "low", "medium", (), ())
    clauses = [ReadClause(Passage.alone("We lock the stable."), read)]
    assert is_sure("data_security", clauses) == is_sure_of_it
    assert not is_sure("account_termination", clauses)
