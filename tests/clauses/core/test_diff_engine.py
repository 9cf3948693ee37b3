import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauses.core import diff_engine
from clauses.core.diff_engine import edits, reference_edits
from clauses.core.redline import redline

# As word_diff encodes words: any code point but the surrogates, also beyond the first 65,536.
_LETTERS = st.characters(exclude_categories=["Cs"], min_codepoint=2)
_FEW = st.text(st.sampled_from("\u0002\u0003a\ud7ff\ue000\U0001f98a"), max_size=40)
TEXTS = st.one_of(_FEW, st.text(_LETTERS, max_size=40))

needs_compiled = pytest.mark.skipif(
    diff_engine.compiled is None, reason="no wheel of fast-diff-match-patch for this machine"
)


@needs_compiled
@given(TEXTS, TEXTS)
def test_the_compiled_engine_gives_the_edits_of_the_reference(old, new):
    assert edits(old, new) == reference_edits(old, new)


@needs_compiled
@pytest.mark.parametrize(("length", "alphabet"), [(700, 2), (700, 40), (700, 700)])
def test_the_compiled_engine_gives_the_edits_of_the_reference_on_large_texts(length, alphabet):
    chance = random.Random(3)
    old, new = ("".join(chr(2 + chance.randrange(alphabet)) for _ in range(length)) for _ in range(2))
    assert edits(old, new) == reference_edits(old, new)


@pytest.mark.parametrize("engine", ["as installed", "reference alone"])
@given(TEXTS, TEXTS)
def test_either_engine_keeps_removes_and_adds_all_there_is(engine, old, new):
    with pytest.MonkeyPatch.context() as patch:
        if engine == "reference alone":
            patch.setattr(diff_engine, "compiled", None)
        found = edits(old, new)
    assert sum(length for op, length in found if op != "+") == len(old)
    assert sum(length for op, length in found if op != "-") == len(new)


WORDS = st.lists(st.sampled_from(["we", "may", "not", "keep", "the", "data", "30", "days", ","]), max_size=60)


@needs_compiled
@given(WORDS, WORDS)
def test_a_redline_is_the_same_without_the_compiled_engine(old, new):
    with_it = redline(" ".join(old), " ".join(new))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(diff_engine, "compiled", None)
        assert redline(" ".join(old), " ".join(new)) == with_it
