"""The parts of a page that may be its text."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from monitor.core.extract import extract_html
from monitor.core.page_choices import page_choices

WORDS = " ".join(["We keep what you send for thirty days."] * 12)
ASIDE = " ".join(["Read our other articles about gardens."] * 12)


def _choices(body: str):
    return page_choices(f"<html><body>{body}</body></html>".encode(), "utf-8")


def test_the_longest_part_comes_first_with_how_it_begins():
    found = _choices(
        f"<div id='terms'><h1>Our house rules</h1><p>{WORDS}</p><p>{WORDS}</p></div><div id='more'><p>{ASIDE}</p></div>"
    )
    assert [choice.selector for choice in found] == ["#terms", "#more"]
    assert found[0].begins == "Our house rules"
    assert found[0].words > found[1].words


def test_a_frame_around_one_part_is_no_choice_of_its_own():
    found = _choices(f"<div class='outer'><div class='frame'><article><p>{WORDS}</p></article></div></div>")
    assert [choice.selector for choice in found] == ["article"]


@pytest.mark.parametrize(
    "body",
    [
        f"<div><p>{WORDS}</p></div><div><p>{ASIDE}</p></div>",
        f"<div id='b'><p>{WORDS}</p></div><div id='b'><p>{ASIDE}</p></div>",
        f"<section class='css-1x2y3z'><p>{WORDS}</p></section><section class='css-9z8y7x'><p>{ASIDE}</p></section>",
        f"<table><tr><td><p>{WORDS}</p></td><td><p>{ASIDE}</p></td></tr></table>",
        f"<div class='a:b'><p>{WORDS}</p></div><div class='a:b'><p>{ASIDE}</p></div>",
    ],
)
def test_every_choice_picks_its_own_part_alone(body):
    markup = f"<html><body>{body}</body></html>"
    found = page_choices(markup.encode(), "utf-8")
    assert len(found) == 2
    for choice in found:
        assert len(BeautifulSoup(markup, "lxml").select(choice.selector)) == 1
        text = extract_html(markup.encode(), charset="utf-8", select=[choice.selector]).text
        assert choice.begins[:30] in text
    texts = {
        extract_html(markup.encode(), charset="utf-8", select=[choice.selector]).text for choice in found
    }
    assert len(texts) == 2


def test_names_that_a_program_made_for_one_delivery_are_not_used():
    found = _choices(
        f"<div class='css-1x2y3z terms'><p>{WORDS}</p></div><div id='r12345'><p>{ASIDE}</p></div>"
    )
    assert [choice.selector for choice in found] == ["div.terms", "body > div:nth-of-type(2)"]


def test_a_page_without_a_text_has_no_choices():
    assert _choices("<p>Please wait.</p>") == ()
