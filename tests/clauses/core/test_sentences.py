from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauses.core import sentences as sentences_of_text
from clauses.core.sentences import parts, sentences


def split(text):
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We log visits. You may object.", ["We log visits.", "You may object."]),
        ("Ask Fernbank Inc. Support first.", ["Ask Fernbank Inc. Support first."]),
        ("It was bought by Fernbank Inc. We stay calm.", ["It was bought by Fernbank Inc.", "We stay calm."]),
        ("See Sec. 4 for more, e.g. Annex B.", ["See Sec. 4 for more, e.g. Annex B."]),
        ("12.3. Refunds are slow.", ["12.3. Refunds are slow."]),
        ("It covers the U.S. Virgin Islands too.", ["It covers the U.S. Virgin Islands too."]),
        ("Really? Yes! (We mean it.) Good.", ["Really?", "Yes!", "(We mean it.)", "Good."]),
        ("one\ntwo", ["one", "two"]),
        ("We run servers.This page explains.", ["We run servers.", "This page explains."]),
        ("It costs 3.50 a day.", ["It costs 3.50 a day."]),
        ("", []),
        ("  \n ", []),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text, expected):
    assert split(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Nach § 3 Abs. 2 Nr. 4 speichern wir z. B. Namen, d. h. Angaben i. S. d. Gesetzes. Danach nichts.",
            [
                "Nach § 3 Abs. 2 Nr. 4 speichern wir z. B. Namen, d. h. Angaben i. S. d. Gesetzes.",
                "Danach nichts.",
            ],
        ),
        ("Frist ist der 8. Oktober 2031. Sie läuft.", ["Frist ist der 8. Oktober 2031.", "Sie läuft."]),
        ("Die Nordufer GmbH. Wir haften nicht.", ["Die Nordufer GmbH.", "Wir haften nicht."]),
        (
            "Selon l'art. 6, p. ex. Lyon. « Non. » Puis ?",
            ["Selon l'art. 6, p. ex. Lyon.", "« Non. »", "Puis ?"],
        ),
        (
            "Ud. ve el núm. 3, p. ej. Madrid. ¿Quién es Ud.? ¡Nadie!",
            ["Ud. ve el núm. 3, p. ej. Madrid.", "¿Quién es Ud.?", "¡Nadie!"],
        ),
        (
            "我们保留数据30天。您同意吗？“是的。”谢谢",
            ["我们保留数据30天。", "您同意吗？", "“是的。”", "谢谢"],
        ),
        ("保存します。「はい。」と言います。", ["保存します。", "「はい。」", "と言います。"]),
        ("데이터를 보관합니다. 그 후 삭제합니다.", ["데이터를 보관합니다.", "그 후 삭제합니다."]),
        ("هل توافق؟ نحن نحتفظ بها. ثم نحذفها.", ["هل توافق؟", "نحن نحتفظ بها.", "ثم نحذفها."]),
        ("Κρατάμε τα δεδομένα; Ναι.", ["Κρατάμε τα δεδομένα;", "Ναι."]),
        ("Храним их, т. е. имена. По ст. 5 всё.", ["Храним их, т. е. имена.", "По ст. 5 всё."]),
        ("Zob. art. 6 ust. 1, np. Kowalski. Usuwamy.", ["Zob. art. 6 ust. 1, np. Kowalski.", "Usuwamy."]),
    ],
)
def test_abbreviations_and_marks_of_other_languages_are_known(text, expected):
    assert split(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is the state of the art. We improve it.", ["It is the state of the art.", "We improve it."]),
        ("Do you agree? No. We keep No. 5.", ["Do you agree?", "No.", "We keep No. 5."]),
        ("See section 12. Marketing is apart.", ["See section 12.", "Marketing is apart."]),
        (
            "(a) You pay. (b) if you leave, you pay. c) We thank.",
            ["(a) You pay.", "(b) if you leave, you pay.", "c) We thank."],
        ),
        ("You may not. We may.", ["You may not.", "We may."]),
    ],
)
def test_a_word_that_is_short_for_something_only_before_a_number_can_end_a_sentence(text, expected):
    assert split(text) == expected


@given(st.text(alphabet="aB1.!?;。？»« \u00a0\u2028\u200bߊΑ؟\n\"')(İ漢ﬁ🙂\u0301", max_size=80))
def test_spans_are_ordered_and_cover_all_but_white_space(text):
    spans = sentences(text)
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    covered = "".join(text[start:end] for start, end in spans)
    assert "".join(covered.split()) == "".join(text.split())


def test_a_long_text_without_a_full_stop_is_one_sentence_in_linear_time():
    text = "word " * 20_000
    assert sentences(text) == [(0, len(text) - 1)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We do not sell it, but we lend it.", ["We do not sell it,", "but we lend it."]),
        ("We never keep letters; they are burned.", ["We never keep letters;", "they are burned."]),
        ("We do not sell it, and we do not rent it.", ["We do not sell it, and we do not rent it."]),
        ("We lend it, but we ask you first.", ["We lend it, but we ask you first."]),
        ("If you do not agree, you may leave.", ["If you do not agree, you may leave."]),
        ("We do not sell letters, stamps or ink.", ["We do not sell letters, stamps or ink."]),
    ],
)
def test_a_denial_is_split_from_what_is_set_against_it(text, expected):
    assert [text[start:end] for start, end in parts(text)] == expected


@given(
    st.lists(
        st.sampled_from(["a", "abc", "Abc ", ".", "!", "?", " ", '"', ")", "]", "1", ";", "\t", "\x1c"])
    ).map("".join)
)
def test_a_text_of_plain_letters_has_the_boundaries_that_any_text_has(text):
    found, expected = (
        [(boundary.span(), boundary.group()) for boundary in pattern.finditer(text)]
        for pattern in (sentences_of_text._PLAIN_BOUNDARY, sentences_of_text._BOUNDARY)
    )
    assert found == expected
