"""An introduction of a list that changes changes what each of its items says, though no word of them does."""

import pytest

from bench.changes import read_markdown
from clauses.core.compare import compare
from clauses.core.introduced import kept_items

FRAME = "# Terms of the post\n\n## Letters\n\n"
ITEMS = "\n\n- sell your personal data to anyone;\n- train AI models on your letters;\n"


def change(old, new, old_items=ITEMS, new_items=ITEMS):
    """The change of the introduction, and the whole comparison."""
    sides = read_markdown(FRAME + old + old_items), read_markdown(FRAME + new + new_items)
    found = compare(*sides, subject="Northlight")
    return next(one for one in found.changes if one.kind == "modified"), found


@pytest.mark.parametrize(
    ("old", "new", "direction"),
    [
        ("We will not:", "We may:", "adverse"),
        ("We may:", "We will not:", "favorable"),
        ("Northlight will never:", "Northlight will:", "adverse"),
        ("We do not do any of the following:", "We may do any of the following:", "adverse"),
    ],
)
def test_a_promise_about_the_items_that_is_turned_is_rated_as_if_each_said_it(old, new, direction):
    found, whole = change(old, new)
    assert (found.severity, found.direction, whole.kind) == ("high", direction, "substantive")
    assert all(reason.quote in {old, new} for reason in found.reasons)
    assert [one.kind for one in whole.changes] == ["modified"]


def test_a_turned_promise_about_what_is_no_type_of_clause_is_told_too():
    items = "\n\n- read your letters;\n- listen to your calls;\n"
    found, _ = change("We will not:", "We may:", items, items)
    assert [(reason.code, reason.quote) for reason in found.reasons] == [("promise_dropped", "We will not:")]


def test_an_introduction_in_other_words_of_the_same_meaning_changes_nothing():
    found, _ = change("We will not:", "We shall not:")
    assert (found.severity, found.direction) == ("none", "neutral")


def test_only_items_that_stand_below_both_wordings_are_held_against_each_other():
    old = read_markdown(f"{FRAME}We will not:\n\n- sell letters;\n- burn letters;\n\nIt rains.")
    new = read_markdown(f"{FRAME}We may:\n\n- sell letters;\n- read letters;\n\nIt rains.")
    texts = [one.passage.text for one in new]
    at = texts.index("We may:")
    kept = {
        j: [one.passage.text for one in old].index(text)
        for j, text in enumerate(texts)
        if "sell" in text or "rains" in text
    }
    assert [now.passage.text for _, now in kept_items(old, new, (at, at), kept)] == ["sell letters;"]


def test_a_long_list_is_read_up_to_a_bound():
    items = "\n\n" + "".join(f"- keep letter {at};\n" for at in range(400))
    found, _ = change("We will not:", "We may:", items, items)
    assert found.severity != "none"
