from datetime import timedelta

import pytest

from monitor.core.robots import MAX_BYTES, as_text, crawl_delay, is_readable

AGENT = "Proviso/0.1 (+https://watch.example/methodology/)"
URL = "https://hollowreed.example/legal/terms?lang=en"


@pytest.mark.parametrize(
    ("robots", "readable"),
    [
        ("", True),
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: *\nDisallow:", True),
        ("User-agent: *\nDisallow: /legal/", False),
        ("User-agent: *\nDisallow: /legal/\nAllow: /legal/terms", True),
        ("User-agent: *\nDisallow: /*?lang=", False),
        ("User-agent: *\nDisallow: /terms$", True),
        ("User-agent: proviso\nDisallow: /\n\nUser-agent: *\nAllow: /", False),
        ("User-agent: Proviso\nAllow: /\n\nUser-agent: *\nDisallow: /", True),
        ("User-agent: OtherBot\nDisallow: /", True),
        ("<html><body>Not found</body></html>", True),
    ],
)
def test_the_rules_for_us_decide(robots, readable):
    assert is_readable(robots, URL, AGENT) == readable


@pytest.mark.parametrize(
    ("line", "seconds"),
    [
        ("", 0),
        ("Crawl-delay: 7", 7),
        ("Crawl-delay: 86400", 60),
        ("Crawl-delay: -3", 0),
        ("Crawl-delay: inf", 0),
        ("Crawl-delay: nan", 0),
        ("Crawl-delay: soon", 0),
        ("Crawl-delay: 0.5", 0.5),
    ],
)
def test_a_delay_is_kept_up_to_a_minute(line, seconds):
    assert crawl_delay(f"User-agent: *\n{line}\nDisallow: /x", AGENT) == timedelta(seconds=seconds)


def test_bytes_are_read_as_utf_8_with_or_without_a_mark_and_stored_without_nul():
    assert as_text(b"\xef\xbb\xbfUser-agent: *\nDisallow: /\xff\0x") == "User-agent: *\nDisallow: /\ufffdx"


def test_a_rule_cut_off_at_the_limit_is_no_rule():
    text = as_text(b"User-agent: *\n" + b"Disallow: /secret/page\n" * 30_000)
    assert len(text) <= MAX_BYTES
    assert set(text.splitlines()) == {"User-agent: *", "Disallow: /secret/page"}


def test_a_hostile_file_is_read_in_time():
    pattern = b"Disallow: /" + b"*a" * 200 + b"$\n"
    robots = as_text(b"User-agent: *\n" + pattern * 2000)
    assert is_readable(robots, "https://x.example/" + "a" * 900 + "b", AGENT)
