"""Fitting a head on decisions, and measuring it on those held out."""

from __future__ import annotations

from clauses.training.site_head import Ruled, train

TOOLS = ("saw", "drill", "lathe", "chisel", "plane", "vise", "clamp", "rasp", "mallet", "level")
PLACES = ("attic", "barn", "cellar", "shed", "yard", "porch")


def ruled(text: str, score: float, *, speaks: bool) -> Ruled:
    """A decision for or against one type, on a text that had this score."""
    types = frozenset(["return_of_things"] if speaks else [])
    return Ruled(text, {"return_of_things": score}, types, group=text)


def test_what_goes_wrong_more_often_than_before_is_not_to_be_adopted() -> None:
    # The scores are right, if barely; the words say nothing, and what is learned from some is wrong for others.
    rows = [
        ruled(f"the {tool} is in the {place}", 0.51 if speaks else 0.49, speaks=speaks)
        for at, tool in enumerate(TOOLS)
        for number, place in enumerate(PLACES)
        for speaks in [(at + number) % 2 == 0]
    ]
    outcome = train(rows, frozenset())
    assert outcome.head.lessons
    assert outcome.before.f1 == 1
    assert outcome.after.f1 < 1
    assert not outcome.is_no_worse


def test_words_that_tell_are_learned_and_may_be_adopted() -> None:
    texts = [(f"the {tool} goes {way}", way == "back") for tool in TOOLS * 2 for way in ("back", "out")]
    rows = [ruled(text, 0.02, speaks=speaks) for text, speaks in texts]
    outcome = train(rows, frozenset())
    assert (outcome.before.f1, outcome.after.f1) == (0, 1)
    assert outcome.is_no_worse


def test_a_type_with_too_few_decisions_is_not_learned() -> None:
    rows = [ruled(f"the {tool} goes back", 0.02, speaks=True) for tool in TOOLS]
    rows += [ruled(f"the {tool} goes out", 0.02, speaks=False) for tool in TOOLS]
    assert not train(rows, frozenset()).head.lessons
    assert train(rows, frozenset({"return_of_things"})).head.lessons
