import json

from hypothesis import given
from hypothesis import strategies as st

from monitor.core.blocks import Block
from monitor.core.outline import blocks_of, outline_of, read_outline, write_outline
from monitor.core.packing import pack

_offsets = st.integers(min_value=0, max_value=5_000_000)
_blocks = st.builds(
    Block,
    kind=st.sampled_from(["heading", "paragraph", "item", "row"]),
    start=_offsets,
    end=_offsets,
    level=st.integers(min_value=0, max_value=9),
    header=st.lists(st.text(), max_size=3).map(tuple),
    page=st.integers(min_value=0, max_value=999),
)


@given(st.lists(_blocks))
def test_blocks_come_back_as_they_were(blocks: list[Block]) -> None:
    rows = outline_of(blocks)
    assert read_outline(write_outline(rows)) == rows
    assert blocks_of(rows) == tuple(blocks)


def test_rows_stay_what_they_were_as_json() -> None:
    rows = outline_of([Block("row", 0, 5, header=("Kept", "For")), Block("item", 6, 9, level=1, page=2)])
    assert (
        json.loads(json.dumps(rows)) == rows == [["row", 0, 5, 0, ["Kept", "For"]], ["item", 6, 9, 1, [], 2]]
    )


def test_a_longer_word_changes_one_row_and_none_behind_it() -> None:
    before = [Block("paragraph", 30 * number, 30 * number + 29) for number in range(1_000)]
    after = [
        Block("paragraph", block.start + (at > 300), block.end + (at >= 300))
        for at, block in enumerate(before)
    ]
    old, new = (write_outline(outline_of(blocks)) for blocks in (before, after))
    assert [
        at
        for at, pair in enumerate(zip(old.split(b"\n"), new.split(b"\n"), strict=True))
        if len(set(pair)) > 1
    ] == [300]
    assert len(pack(new, old)) < 60
