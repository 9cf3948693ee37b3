import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.normalize import comparable, fingerprint, sha256


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We keep it.", "We  keep\n it."),
        ("free</b> of".replace("</b>", ""), "freeof"),
        ("“Service” – it’s ours", '"Service" - it\'s ours'),
        ("don`t share", "don't share"),
        ("30\u00a0days", "30 days"),
        ("ser\u00advice\u200b", "service"),
        ("ﬁle", "file"),
        ("cafe\u0301", "café"),
    ],
)
def test_glyphs_and_white_space_never_count_as_a_change(one, other):
    assert fingerprint(one) == fingerprint(other)


@given(st.text(alphabet=[chr(at) for at in range(128)]))
def test_plain_letters_alone_come_out_as_they_do_beside_others(text):
    assert comparable(f"{text}é") == f"{comparable(text)}é"


@pytest.mark.parametrize(
    ("one", "other"),
    [("30 days", "60 days"), ("We may share.", "We may not share."), ("Services", "services"), ("a.", "a")],
)
def test_a_changed_word_letter_case_or_mark_counts(one, other):
    assert fingerprint(one) != fingerprint(other)


@given(st.text())
def test_neither_white_space_nor_a_zero_width_character_is_left(text):
    left = comparable(f" {text}\u200b\n")
    assert not any(character.isspace() or character in "\u00ad\u200b\ufeff" for character in left)


@given(st.lists(st.text(alphabet="abc“”’–é1.,", min_size=1), min_size=1))
def test_where_the_white_space_stands_does_not_matter(words):
    assert fingerprint(" ".join(words)) == fingerprint("\n\t ".join(words)) == fingerprint("".join(words))


def test_bytes_are_hashed_as_they_are():
    assert sha256(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
