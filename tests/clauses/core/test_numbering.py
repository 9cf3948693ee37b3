"""The number at the start of a text is known as such, and nothing else is taken for one."""

from __future__ import annotations

import pytest

from clauses.core.numbering import mark_of


@pytest.mark.parametrize(
    ("text", "label", "rest"),
    [
        ("4.2 Refunds", "4.2", "Refunds"),
        ("4.2. Refunds", "4.2", "Refunds"),
        ("4.2", "4.2", ""),
        ("5. 1 Right of Use", "5.1", "Right of Use"),
        ("4. your rights", "4", "your rights"),
        ("4.2 “Order” means", "4.2", "“Order” means"),
        ("1.- Objeto", "1", "Objeto"),
        ("(b) resell it", "(b)", "resell it"),
        ("b) resell it", "(b)", "resell it"),
        ("iv. resell it", "(iv)", "resell it"),
        ("(aa) resell it", "(aa)", "resell it"),
        ("B. Account Terms", "B", "Account Terms"),
        ("Section 12: Payment", "12", "Payment"),
        ("SECTION 12 PAYMENT", "12", "PAYMENT"),
        ("ARTICLE IV", "ARTICLE IV", ""),
        ("Article IV – Payment", "Article IV", "Payment"),
        ("Annex A", "Annex A", ""),
        ("Schedule 1 - Details", "Schedule 1", "Details"),
        ("§ 3 Abs. 2 Der Nutzer zahlt", "§ 3 Abs. 2", "Der Nutzer zahlt"),
        ("§3 Haftung", "§3", "Haftung"),
        ("Nr. 3 Haftung", "3", "Haftung"),
        ("Art. 5 Datos", "Art. 5", "Datos"),
        ("Cláusula 4. Objeto", "4", "Objeto"),
        ("第三条 数据", "第三条", "数据"),
        ("第3条（目的）", "第3条", "（目的）"),
        ("제3조 (목적)", "제3조", "(목적)"),
        ("一、总则", "一", "总则"),
    ],
)
def test_a_number_is_read_as_it_is_cited(text, label, rest):
    mark = mark_of(text)
    assert mark is not None
    assert (mark.label, text[mark.end :]) == (label, rest)


@pytest.mark.parametrize(
    "text",
    [
        "17",
        "2031. A year",
        "8. Oktober 2031",
        "2.5 million people",
        "12.05.2031 Update",
        "Section 12 applies to you",
        "SECTION 9 CONTAINS A WAIVER",
        "Article I agree with",
        "§ 3 gilt nicht",
        "第三条规定的数据",
        "e.g. a name",
        "I agree",
        "A lot of data",
        "Part of the tool",
        "",
    ],
)
def test_figures_dates_and_references_are_no_numbers(text):
    assert mark_of(text) is None


def test_a_letter_may_be_a_roman_number():
    assert [mark_of(f"({letter}) x").counts for letter in "ib"] == [(9, 1), (2, 0)]
    assert mark_of("(xiv) x").counts == (0, 14)
