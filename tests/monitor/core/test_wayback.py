"""Where the Wayback Machine says that a copy is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.core.wayback import copied_at, copy_address, save_address

ARCHIVE = "https://archive.example"
PAGE = "https://platform.example/terms?a=1&b=2"
AT = datetime(2025, 8, 29, 6, 0, 7, tzinfo=UTC)


def test_a_page_is_asked_for_by_its_whole_address() -> None:
    assert save_address(f"{ARCHIVE}/", PAGE) == f"{ARCHIVE}/save/{PAGE}"


@pytest.mark.parametrize(
    ("final_url", "headers"),
    [
        (f"{ARCHIVE}/web/20250829060007/{PAGE}", {}),
        (f"{ARCHIVE}/web/20250829060007id_/{PAGE}", {}),
        (f"{ARCHIVE}/save/{PAGE}", {"content-location": f"/web/20250829060007/{PAGE}"}),
        (f"{ARCHIVE}/save/{PAGE}", {"content-location": f"{ARCHIVE}/web/20250829060007/{PAGE}"}),
    ],
)
def test_the_moment_of_a_copy_is_read_from_where_the_answer_led(final_url: str, headers: dict) -> None:
    assert copied_at(ARCHIVE, final_url, headers) == AT


@pytest.mark.parametrize(
    ("final_url", "headers"),
    [
        (f"{ARCHIVE}/save/{PAGE}", {}),
        (f"{ARCHIVE}/web/2025/{PAGE}", {}),
        (f"{ARCHIVE}/web/20259929060007/{PAGE}", {}),
        (f"https://other.example/web/20250829060007/{PAGE}", {}),
        (f"{ARCHIVE}/save/{PAGE}", {"content-location": f"//other.example/web/20250829060007/{PAGE}"}),
        (f"{ARCHIVE}/save/{PAGE}", {"content-location": "http://[broken"}),
    ],
)
def test_what_names_no_copy_at_the_archive_is_none(final_url: str, headers: dict) -> None:
    assert copied_at(ARCHIVE, final_url, headers) is None


def test_the_address_of_a_copy_leads_back_to_its_moment() -> None:
    address = copy_address(ARCHIVE, PAGE, AT)
    assert address == f"{ARCHIVE}/web/20250829060007/{PAGE}"
    assert copied_at(ARCHIVE, address, {}) == AT
