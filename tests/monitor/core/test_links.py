import pytest

from monitor.core.links import links

PAGE = b"""<html><body><nav><a href='/menu'>Menu</a></nav>
<main><a href='/a'>A</a><a name='x'>none</a><p class='x'><a href='/b'>B</a></p><a href='/a'>again</a></main></body>"""


@pytest.mark.parametrize(
    ("select", "remove", "found"),
    [
        ([], [], ("/menu", "/a", "/b", "/a")),
        (["main"], [], ("/a", "/b", "/a")),
        (["main"], [".x"], ("/a", "/a")),
        (["nav", "main"], [], ("/menu", "/a", "/b", "/a")),
        (["#gone"], [], ()),
    ],
)
def test_the_targets_of_the_selected_part_are_given_in_order(select, remove, found):
    assert links(PAGE, "text/html", select=select, remove=remove) == found


@pytest.mark.parametrize("content_type", ["text/plain", "text/markdown", "application/pdf", ""])
def test_other_content_has_no_links(content_type):
    assert links(PAGE, content_type) == ()
