import hashlib
import json

from monitor import texts
from monitor.core.extract import EXTRACTOR_VERSION
from monitor.models import Source
from monitor.texts import read, reading_key

BODY = b"<h1 id=a>Title</h1><p>Read this.</p><p id=z>Not this.</p>"


def test_a_source_reads_a_range():
    source = Source(select=[{"startAfter": "#a", "endBefore": "#z"}], remove=[])
    assert [read(source, BODY, "text/html").extract.text for _ in range(2)] == ["Read this."] * 2


def test_the_order_in_which_a_database_gives_the_ends_of_a_range_changes_no_key():
    one = Source(select=[{"startAfter": "#a", "endBefore": "#z"}], remove=[])
    other = Source(select=[{"endBefore": "#z", "startAfter": "#a"}], remove=[])
    different = Source(select=[{"startAfter": "#a", "endAfter": "#z"}], remove=[])
    assert reading_key(one) == reading_key(other) != reading_key(different)


def test_the_key_of_plain_selectors_is_what_it_was_before_there_were_ranges():
    plain = json.dumps([EXTRACTOR_VERSION, ["main"], [".x"]])
    assert reading_key(Source(select=["main"], remove=[".x"])) == hashlib.sha256(plain.encode()).hexdigest()


def test_the_last_readings_are_remembered_and_large_ones_soon_forgotten():
    source = Source(select=["main"], remove=[])
    small = [b"<main><p>Page %d.</p></main>" % number for number in range(20)]
    first = read(source, small[0], "text/html")
    assert read(source, small[0], "text/html") is first
    for body in small[1:]:
        read(source, body, "text/html")
    assert read(source, small[0], "text/html") is not first
    for number in range(3):
        words = b"Many words. " * 200_000
        large = read(source, b"<main><p>%d %s</p></main>" % (number, words), "text/html")
    assert list(texts._latest.values()) == [large]


def test_other_selectors_are_another_reading_of_the_same_bytes():
    body = b"<main><p>One.</p></main><aside><p>Two.</p></aside>"
    found = [
        read(Source(select=[name], remove=[]), body, "text/html").extract.text for name in ("main", "aside")
    ]
    assert found == ["One.", "Two."]
