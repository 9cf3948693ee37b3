"""Which network addresses a fetch may go to."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from monitor.core.answers import Forbidden

# IPv6 forms that carry an IPv4 address in their last 32 bits: RFC 6052 (NAT64), the deprecated "::a.b.c.d" of RFC 4291,
# and "::ffff:0:a.b.c.d" of RFC 7915.
_WRAPPING = (
    ipaddress.IPv6Network("64:ff9b::/96"),
    ipaddress.IPv6Network("::/96"),
    ipaddress.IPv6Network("::ffff:0:0:0/96"),
)
# RFC 5214 (ISATAP): the same under any prefix, behind these 32 bits.
_ISATAP = {0x0000_5EFE, 0x0200_5EFE}
# The only IPv6 space that is given out (RFC 4291, 2.4): to Python all that is not known to be local is global. In it,
# what RFC 9637 keeps for documentation.
_GIVEN_OUT = ipaddress.ip_network("2000::/3")
_EXAMPLES = ipaddress.ip_network("3fff::/20")
# The one such service that is not at a link-local address.
_CLOUD_CREDENTIALS = ipaddress.ip_address("fd00:ec2::254")


def is_plain(url: str) -> bool:
    """Whether an address has neither control characters, which no database holds, nor a backslash."""
    return not any(letter < " " or letter in "\x7f\\" for letter in url)


def check_address(url: str) -> None:
    """Raises Forbidden for what is no plain http or https address."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"}:
        raise Forbidden("only http and https addresses are fetched")
    if not is_plain(url) or parts.username is not None or not parts.hostname:
        raise Forbidden("the address is not a plain web address")


def is_allowed(address: str, *, allow_private: bool) -> bool:
    """Whether a connection may go to an IP address, whatever it is wrapped in (mapped, 6to4, Teredo, NAT64).

    Public addresses only; private ones and loopback where the site allows them. Link-local addresses never: machines
    of a cloud hand out their credentials there.
    """
    ip: ipaddress.IPv4Address | ipaddress.IPv6Address = ipaddress.ip_address(
        address.split("%", maxsplit=1)[0]
    )
    if isinstance(ip, ipaddress.IPv6Address):
        inner = _wrapped(ip)
        if inner is not None:
            return is_allowed(str(inner), allow_private=allow_private)
        if (int(ip) >> 32) & 0xFFFFFFFF in _ISATAP and not is_allowed(_last(ip), allow_private=allow_private):
            return False
    if ip.is_link_local or ip.is_multicast or ip.is_unspecified or ip == _CLOUD_CREDENTIALS:
        return False
    return allow_private or _is_public(ip)


def _is_public(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    return ip.is_global and (ip.version == 4 or (ip in _GIVEN_OUT and ip not in _EXAMPLES))


def _wrapped(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if ip.is_loopback or ip.is_unspecified:
        return None
    if any(ip in network for network in _WRAPPING):
        return ipaddress.IPv4Address(_last(ip))
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)


def _last(ip: ipaddress.IPv6Address) -> str:
    return str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
