"""The words of the rubric of change in all their forms."""

from __future__ import annotations

import tomllib
from pathlib import Path

from clauses.core.change_rubric import stem

ROOT = Path(__file__).resolve().parents[3]


def _forms(verb):
    """Its regular forms, with every way of spelling them that a rule of spelling may ask for."""
    root = verb[:-1] if verb.endswith("e") else verb
    forms = {verb, f"{root}ing", f"{root}ed"}
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return {*forms, f"{verb[:-1]}ies", f"{verb[:-1]}ied"} - {f"{verb}ed"}
    return {*forms, f"{verb}es" if verb.endswith(("s", "sh", "ch", "x")) else f"{verb}s"}


STRONG = {
    "sell",
    "keep",
    "lose",
    "tell",
    "pay",
    "seek",
    "bear",
    "choose",
    "leave",
    "bring",
    "withhold",
    "read",
    "let",
}


def test_every_form_of_every_verb_of_the_rubric_meets_its_verb():
    verbs = tomllib.loads((ROOT / "clauses/taxonomy/change_rubric.toml").read_text())["statements"]
    lists = ("taking", "serving", "conceding", "claiming", "deciding")
    for verb in {verb for name in lists for verb in verbs[name]} - {"liable", "responsible", "have", "set"}:
        forms = _forms(verb) - ({f"{verb}ed", f"{verb[:-1]}ed"} if verb in STRONG else set())
        assert {stem(form) for form in forms} == {stem(verb)}, verb


def test_forms_of_one_verb_have_one_stem():
    assert {stem(verb) for verb in ("share", "shares", "shared", "sharing")} == {"shar"}
