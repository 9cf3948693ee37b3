"""What is said to a webhook, and what its answer means."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clauses.core.webhook_calls import Verdict, asked_wait, signature, slack_escaped, verdict


def test_a_signature_is_the_hmac_of_timestamp_stop_and_body() -> None:
    # printf '1700000000.{}' | openssl dgst -sha256 -hmac whsec_test
    assert signature("whsec_test", 1700000000, b"{}") == _BY_OPENSSL


_BY_OPENSSL = "sha256=35495024f4ef3f94e5a93e22221544c4b75e9a42300cd965ab81cb85cd994e91"


def test_a_signature_holds_for_one_secret_one_moment_and_one_body() -> None:
    given = {
        signature("a", 1, b"x"),
        signature("b", 1, b"x"),
        signature("a", 2, b"x"),
        signature("a", 1, b"y"),
    }
    assert len(given) == 4


@pytest.mark.parametrize(
    ("statuses", "meaning"),
    [
        ((200, 201, 204, 299), Verdict.TAKEN),
        ((410,), Verdict.GONE),
        ((408, 425, 429, 500, 502, 503, 599), Verdict.LATER),
        ((199, 300, 301, 302, 307, 308, 400, 401, 403, 404, 413, 422), Verdict.REFUSED),
    ],
)
def test_a_status_is_taken_gone_later_or_refused(statuses: tuple[int, ...], meaning: Verdict) -> None:
    assert {verdict(status) for status in statuses} == {meaning}


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("90", 90),
        (" 0 ", 0),
        ("999999", 21600),
        ("", 0),
        ("-5", 0),
        ("1e9", 0),
        ("²", 0),
        ("9" * 400, 0),
        ("Fri, 31 Dec 1999 23:59:59 GMT", 0),
    ],
)
def test_only_seconds_are_heeded_and_six_hours_at_most(said: str, seconds: int) -> None:
    assert asked_wait(said) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("We & <you> agree", "We &amp; &lt;you&gt; agree"),
        (
            "<!channel> <https://evil.example|Sign in>",
            "&lt;!channel&gt; &lt;https://evil.example|Sign in&gt;",
        ),
        ("&lt;", "&amp;lt;"),
        ("one\ntwo\u202ethree", "one two three"),
        (
            "@channel @Everyone @hereafter a@all.example",
            "@\u200bchannel @\u200bEveryone @hereafter a@all.example",
        ),
    ],
)
def test_what_a_page_says_starts_no_link_and_wakes_nobody(text: str, escaped: str) -> None:
    assert slack_escaped(text) == escaped
