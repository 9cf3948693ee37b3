"""How the browser is started, and how it behaves to a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_SWITCHES = (
    # Browsers go to loopback directly otherwise.
    "--proxy-bypass-list=<-loopback>",
    # No look-up of its own succeeds, so that what does not go through the proxy goes nowhere.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--dns-prefetch-disable",
    "--disable-quic",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--no-pings",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--disable-notifications",
    "--disable-file-system",
    "--disable-remote-fonts",
    "--deny-permission-prompts",
    "--block-new-web-contents",
    "--disable-gpu",
    "--mute-audio",
    "--blink-settings=imagesEnabled=false",
)


def switches(proxy: str) -> list[str]:
    """The switches that leave a proxy as the only way out."""
    return [f"--proxy-server={proxy}", *_SWITCHES]


def manners(user_agent: str, headers: Mapping[str, str]) -> dict[str, Any]:
    """What a page is told of its reader: always the same, so that it shows the same. In the words of Playwright.

    Of the headers of a source only the language is told to every host, as scripts can read it anyway.
    """
    languages = _lowered(headers).get("accept-language", "en")
    return {
        "user_agent": user_agent,
        # Scripts are told the same language as servers.
        "locale": languages.partition(",")[0].partition(";")[0].strip() or "en",
        "timezone_id": "UTC",
        "viewport": {"width": 1280, "height": 1600},
        "reduced_motion": "reduce",
        "accept_downloads": False,
        "service_workers": "block",
        "permissions": [],
    }


def told_at_home(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers of a source that only its own host gets, names in lower case."""
    return {name: value for name, value in _lowered(headers).items() if name != "accept-language"}


def _lowered(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}
