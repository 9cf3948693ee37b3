"""How the Wayback Machine is asked to keep a page, and how the address of a copy reads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

# /web/20250829060000/https://platform.example/terms, maybe with a flag such as "id_" after the moment.
_COPY = re.compile(r"/web/(\d{14})[a-z_]*/")


def save_address(archive: str, url: str) -> str:
    """The address that has a page kept when it is fetched."""
    return f"{archive.rstrip('/')}/save/{url}"


def copied_at(archive: str, final_url: str, headers: Mapping[str, str]) -> datetime | None:
    """The moment of the copy that an answer speaks of: where it led, or what it names as its place. None without.

    Only an address at the archive itself counts.
    """
    for named in (headers.get("content-location", ""), final_url):
        match = _COPY.match(_path_at(archive, named))
        moment = match and _moment(match[1])
        if moment:
            return moment
    return None


def _path_at(archive: str, named: str) -> str:
    """The path of an address at the archive; empty for one elsewhere, and for what is none."""
    try:
        found = urlsplit(urljoin(archive, named))
    except ValueError:
        return ""
    return found.path if found.netloc == urlsplit(archive).netloc else ""


def copy_address(archive: str, url: str, at: datetime) -> str:
    """The address of the copy of a page."""
    return f"{archive.rstrip('/')}/web/{at.astimezone(UTC):%Y%m%d%H%M%S}/{url}"


def _moment(digits: str) -> datetime | None:
    try:
        return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
