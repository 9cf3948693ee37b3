import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clauses.core import unnamed_denials as module
from clauses.core.unnamed_denials import unnamed_denials


@pytest.mark.parametrize(
    ("read", "verb"),
    [
        ("nothing in these rules limits our liability.", "limits"),
        ("in no event shall northlight be liable for a storm.", "liable"),
        ("under no circumstances will your letters be sold.", "sold"),
    ],
)
def test_the_verb_of_a_denial_that_names_nobody_is_found(read, verb):
    (said, start, end) = next(unnamed_denials(read))
    assert (said, read[start:end].endswith(verb)) == (verb, True)


def test_what_denies_nothing_gives_nothing():
    assert list(unnamed_denials("we may sell your letters in every event.")) == []


@pytest.mark.parametrize("name", ["_NOTHING", "_NEVER"])
@settings(max_examples=60)
@given(st.data())
def test_whatever_denies_before_anyone_is_named_holds_what_it_is_looked_for_by(name, data):
    pattern, needs = getattr(module, name), getattr(module, f"{name}_NEEDS")
    text = data.draw(st.from_regex(pattern))
    assert [*module._found(pattern, needs, text)] != []
