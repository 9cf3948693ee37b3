"""Whatever the blocks hold: clauses are exact slices, no words are lost, and long texts are cut in time."""

from __future__ import annotations

from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from bench.segmentation import build as lay_out
from bench.segmentation import contract
from clauses.core.segment import segment
from clauses.core.sentences import sentences
from tests.clauses.core.texts import build

# A busy or slower machine is no failure.
SLOW_MACHINE = 3
BLOCK = st.tuples(
    st.sampled_from(["heading", "paragraph", "item", "row"]),
    st.text(alphabet="aB1. :;?\u00a0()“”-", min_size=1, max_size=40),
    st.integers(1, 6),
)


@given(st.lists(BLOCK, max_size=12))
def test_clauses_are_exact_slices_in_order_and_lose_no_figure(rows):
    text, blocks = build(*rows)
    passages = segment(text, blocks)
    end = 0
    for index, passage in enumerate(passages):
        assert passage.index == index
        assert text[passage.start : passage.end] == passage.text
        assert passage.start >= end
        end = passage.end
    covered = {place for p in passages for place in range(p.start, p.end)}
    for block in blocks:
        words = text[block.start : block.end].strip()
        if block.kind in {"item", "row"} and any(map(str.isalnum, words)):
            assert set(range(block.start, block.end)) & covered


MARKS = [
    *(
        "4.2",
        "(b)",
        "(i)",
        "ARTICLE IV",
        "§ 3 Abs. 2",
        "Annex A",
        "1.",
        "第三条",
        "“Order” means",
        "Fees.",
        "You may not:",
    ),
    *("the following", "Data Use", "\u200b", "\u0301", "🙂", "\ufeff", "؟", "。", " | "),
]
PIECES = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.sampled_from(MARKS),
    ),
    min_size=1,
    max_size=5,
).map(lambda pieces: " ".join(pieces).replace("\n", " "))
HOSTILE = st.tuples(st.sampled_from(["heading", "paragraph", "item", "row"]), PIECES, st.integers(1, 7))


@given(st.lists(HOSTILE, max_size=14))
def test_any_text_gives_exact_slices_whose_sentences_cover_them(rows):
    text, blocks = build(*rows)
    end = 0
    for passage in segment(text, blocks):
        assert text[passage.start : passage.end] == passage.text == passage.text.strip() != ""
        assert passage.start >= end
        end = passage.end
        covered = "".join(passage.text[start:stop] for start, stop in sentences(passage.text))
        assert "".join(covered.split()) == "".join(passage.text.split())


@given(st.lists(HOSTILE, max_size=10))
def test_no_words_are_lost_between_clauses_and_headings(rows):
    text, blocks = build(*rows)
    found = segment(text, blocks)
    places = {place for passage in found for place in range(passage.start, passage.end)}
    titles = {title for passage in found for title in passage.heading_path}
    for block in blocks[:-1]:
        words = text[block.start : block.end].strip()
        if block.kind in {"item", "row"} and len(words.split()) > 1 and any(map(str.isalpha, words)):
            assert words in titles or places.intersection(range(block.start, block.end))


def test_a_contract_of_106_000_words_is_cut_in_two_seconds():
    text, blocks = lay_out(contract(106_000))
    start = process_time()
    found = segment(text, blocks)
    assert process_time() - start < 2 * SLOW_MACHINE
    assert len(found) > 5_000
    assert found[-1].number.count(".") == 1
