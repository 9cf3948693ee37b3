"""Pages for the tests of extraction, and what is looked at in their text."""

from monitor.core.blocks import BLOCK_SEPARATOR
from monitor.core.extract import extract_html

LEGAL = (
    "We keep what you send us for as long as your account is open, and for thirty days after you close it, "
)
PROSE = (
    LEGAL + "unless a law asks us to keep it longer or you have agreed to another period with us in writing."
)


def page(body, head=""):
    return f"<!doctype html><html lang=en><head>{head}</head><body>{body}</body></html>".encode()


def lines(body, **options):
    return extract_html(page(body), charset=None, **options).text.split("\n")


def shapes(found):
    return [(block.kind, block.level, found.text[block.start : block.end]) for block in found.blocks]


def assert_exact(found):
    texts = [found.text[block.start : block.end] for block in found.blocks]
    assert BLOCK_SEPARATOR.join(texts) == found.text
    for text in texts:
        assert text
        assert text == " ".join(text.split())
