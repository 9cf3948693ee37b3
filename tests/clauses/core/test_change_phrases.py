"""What is said of a change: about what, for whom, on which condition."""

import pytest

from bench.changes import read_markdown
from clauses.core.compare import compare
from clauses.core.headline import MAX_LENGTH
from clauses.core.taxonomy import shipped_taxonomy

NAMES = {slug: clause_type.name for slug, clause_type in shipped_taxonomy().types.items()}
STAYS = "# Terms\n\n## Letters\n\nNorthlight carries letters by horse.\n\n"


def told(old, new):
    sides = read_markdown(STAYS + old), read_markdown(STAYS + new)
    return compare(*sides, subject="Northlight", type_names=NAMES)


def lead(old, new):
    return told(old, new).headline


@pytest.mark.parametrize(
    ("old", "new", "headline"),
    [
        (
            "",
            "For business customers, we will not sell personal data.",
            "Northlight promises not to sell data for business customers",
        ),
        (
            "",
            "We will not sell your personal data if you pay for the service.",
            "Northlight promises not to sell data, on conditions",
        ),
        (
            "",
            "For business customers, we will not train our models on letters by default.",
            "Northlight promises not to train models on data of business customers, on conditions",
        ),
        (
            "",
            "Once you opt out, we will not train our models on your letters.",
            "Northlight promises not to train models on what users provide once users opt out",
        ),
        ("", "We will not sell your personal data.", "Northlight promises not to sell data"),
        (
            "",
            "If an object is lost, we will not sell your personal data.",
            "Northlight promises not to sell data, on conditions",
        ),
        (
            "",
            "We sell your personal data, unless you ask us not to.",
            "Northlight allows itself to sell data",
        ),
        (
            "We sell personal data with your consent.",
            "We sell personal data without your consent.",
            "Northlight allows itself to sell data",
        ),
        (
            "",
            "## Notice for non-users\n\nWe will not sell personal data.",
            "Northlight promises not to sell data for people who do not use the service",
        ),
    ],
)
def test_a_promise_is_told_with_those_it_is_for_and_that_it_has_conditions(old, new, headline):
    assert lead(old, new) == headline


def test_words_of_the_rubric_are_told_with_the_clause_they_stand_in():
    old = "Any dispute is decided by binding arbitration."
    new = f"{old} You may opt out within the time we set."
    assert lead(old, new) == "Northlight adds a way to opt out in its clause on arbitration"


def test_a_term_of_no_type_is_told_by_its_heading_and_its_words():
    new = "## Stables\n\nWe will repair every saddle that breaks on the way."
    words = "We will repair every saddle that breaks on the way"
    assert lead("", new) == f"Northlight adds a term under “Stables” that serves the user: “{words}”"


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("Business customers", "serves the user"),
        ("Business customers’ stables", "serves the user"),
        ("Business users", "serves business customers"),
    ],
)
def test_a_group_that_the_heading_names_is_not_named_again(heading, words):
    sentence = lead("", f"## {heading}\n\nWe will repair saddles.")
    assert sentence.startswith(f"Northlight adds a term under “{heading}” that {words}: ")


def test_a_promise_that_holds_for_fewer_is_told_as_it_now_stands():
    old = "We do not train models on the letters you send."
    new = "We do not train models on the letters customers of the plan for companies send."
    assert lead(old, new) == (
        "Northlight keeps a term on AI training that serves the user for some alone:"
        " “We do not train models on the letters customers of the…”"
    )


def test_a_term_without_type_and_heading_is_told_by_its_words():
    sides = [
        read_markdown(text) for text in ("Mail is late.", "Mail is late.\n\nWe will repair your saddle.")
    ]
    assert (
        compare(*sides, subject="Northlight").headline
        == "Northlight adds a term that serves the user: “We will repair your saddle”"
    )


def test_the_words_of_a_term_are_cut_so_that_the_sentence_stays_readable():
    long = f"We will repair your saddle and {'the very long strap and ' * 9}your boots."
    sides = [read_markdown(text) for text in ("Mail is late.", f"Mail is late.\n\n{long}")]
    sentence = compare(*sides, subject="Northlight").headline
    assert len(sentence) <= MAX_LENGTH
    assert sentence.endswith("…”")
    assert sentence.count("“") == sentence.count("”") == 1


def test_each_reason_says_for_whom_it_is():
    change = told(
        "We keep letters for 30 days. You may opt out of advertising.", "We keep letters for two years."
    ).changes[0]
    assert {(reason.code, reason.direction) for reason in change.reasons} == {
        ("retention_raised", "adverse"),
        ("opt_out_dropped", "adverse"),
    }
    assert [*change.reasons[0].row] == ["code", "points", "quote", "direction"]
