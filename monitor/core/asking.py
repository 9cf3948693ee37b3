"""What one request says beyond what all requests say, and to whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Asking:
    """What is said and sent to one address. No header of it crosses to another host."""

    headers: Mapping[str, str] = field(default_factory=dict)
    validators: Mapping[str, str] = field(default_factory=dict)
    validated_url: str = ""
    # Sent as a POST, where there is one.
    body: bytes | None = None

    def told(self, url: str, *, is_at_home: bool) -> dict[str, str]:
        """The headers of one hop, names in lower case; `is_at_home`: no redirect has led to another host yet.

        Validators go only to the very address whose answer carried them: another one may use the same tag.
        """
        told = {name.lower(): value for name, value in self.headers.items()} if is_at_home else {}
        if self.is_validated(url):
            told |= {name.lower(): value for name, value in self.validators.items()}
        return told

    def said_to(self, url: str) -> tuple[str, str, None, bytes | None]:
        """Method, address, nothing to add to the address, and body."""
        return ("GET" if self.body is None else "POST"), url, None, self.body

    def is_validated(self, url: str) -> bool:
        """Whether the question to this address is conditional."""
        return bool(self.validators) and url == self.validated_url


def host_key(url: str) -> str:
    """Name and port of a web address: "example.org:443", names in lower case, IPv6 addresses in brackets.

    Raises ValueError for a port that is none.
    """
    parts = urlsplit(url)
    name = (parts.hostname or "").rstrip(".")
    return f"{f'[{name}]' if ':' in name else name}:{parts.port or _PORTS.get(parts.scheme, 0)}"


def is_same_host(old: str, new: str) -> bool:
    """Whether a redirect stays on its host. The step from http to https at the usual ports does; the way back not."""
    was, now = urlsplit(old), urlsplit(new)
    if was.hostname != now.hostname:
        return False
    if was.scheme == now.scheme:
        return host_key(old) == host_key(new)
    return (
        was.port in {None, 80} and now.port in {None, 443} and (was.scheme, now.scheme) == ("http", "https")
    )


def is_moved(old: str, new: str) -> bool:
    """Whether two final addresses are different places; http to https and a slash at the end make no difference."""
    return _place(old) != _place(new)


def _place(url: str) -> tuple[str, str, str]:
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port not in {None, 80, 443} else ""
    return f"{parts.hostname or ''}{port}", parts.path.rstrip("/"), parts.query
