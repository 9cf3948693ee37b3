"""The addresses a text names."""

from __future__ import annotations

import time

from clauses.core.contacts import mailboxes, web_pages


def test_addresses_are_found_once_each_in_order_without_what_stands_around_them() -> None:
    text = (
        "Write to <optout@terms.example>, or (privacy@mail.terms.example). See https://terms.example/opt-out. "
        "Again: optout@terms.example; https://terms.example/opt-out, “http://terms.example/a?b=c”."
    )
    assert mailboxes(text) == ("optout@terms.example", "privacy@mail.terms.example")
    assert web_pages(text) == ("https://terms.example/opt-out", "http://terms.example/a?b=c")


def test_what_is_no_address_is_none() -> None:
    text = "You @ home, at mail@localhost, javascript:alert(1), ftp://x.example, 3@ 4.example"
    assert mailboxes(text) == ()
    assert web_pages(text) == ()


def test_long_texts_take_no_time() -> None:
    began = time.process_time()
    for text in ("a" * 200_000, "a@" * 100_000, "a.b" * 70_000 + "@", "http://" * 30_000):
        mailboxes(text)
        web_pages(text)
    assert time.process_time() - began < 2
