"""How words become the markup of a printed paragraph."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from clauses.printed.letters import REGULAR, link, load_letters, words


def shown(markup: str) -> str:
    """What a paragraph of this markup shows."""
    load_letters()
    return Paragraph(markup, ParagraphStyle("body", fontName=REGULAR)).getPlainText()


@pytest.mark.parametrize(
    "text",
    [
        "<b>bold</b> & <script>alert(1)</script>",
        "&lt;already escaped&gt; &amp; &#60;",
        '<font name="nowhere">x</font> <img src="file:///etc/passwd"/>',
        "]]> <!-- --> <![CDATA[ x ]]>",
        "Größe, Łódź, Ελλάδα, Жизнь, “quotes” – dashes — …",
    ],
)
def test_words_are_shown_as_they_are_and_never_understood_as_markup(text: str) -> None:
    assert shown(words(text)) == " ".join(text.split())


@given(st.text(max_size=200))
def test_any_text_makes_a_paragraph(text: str) -> None:
    load_letters()
    Paragraph(words(text), ParagraphStyle("body", fontName=REGULAR)).wrap(400, 800)


@pytest.mark.parametrize(
    ("text", "font"),
    [
        ("개인정보 처리방침", "HYSMyeongJo-Medium"),
        ("プライバシー", "HeiseiMin-W3"),
        ("隐私政策", "STSong-Light"),
    ],
)
def test_signs_of_east_asia_have_the_fonts_that_readers_bring(text: str, font: str) -> None:
    assert f'<font name="{font}">' in words(text)
    assert shown(words(f"Terms {text} end")) == f"Terms {text} end"


def test_signs_that_no_font_has_are_boxes_of_the_same_number() -> None:
    assert shown(words("a\U0001f600b")) == "a▯b"


def test_joints_that_show_nothing_are_left_out() -> None:
    assert shown(words("opt\u2011out, co\u00adoperate\u200b")) == "opt-out, cooperate"


def test_line_ends_stay() -> None:
    assert words("one\ntwo") == "one<br/>two"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", ""])
def test_only_addresses_of_the_web_are_links(address: str) -> None:
    assert "<a " not in link(address)


def test_an_address_cannot_leave_its_place() -> None:
    markup = link("https://site.example/\"'><b>x")
    assert shown(markup) == "https://site.example/\"'><b>x"
