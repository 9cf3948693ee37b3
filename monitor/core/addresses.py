"""Which network addresses a fetch may go to."""

from __future__ import annotations

import ipaddress

# IPv6 forms that carry an IPv4 address in their last 32 bits: RFC 6052 and the deprecated "::a.b.c.d" of RFC 4291.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_COMPATIBLE = ipaddress.ip_network("::/96")
# Local by RFC 3879 and RFC 8215, global to Python.
_LOCAL = (ipaddress.ip_network("fec0::/10"), ipaddress.ip_network("64:ff9b:1::/48"))
# The one such service that is not at a link-local address.
_CLOUD_CREDENTIALS = ipaddress.ip_address("fd00:ec2::254")


def is_allowed(address: str, *, allow_private: bool) -> bool:
    """Whether a connection may go to an IP address, whatever it is wrapped in (mapped, 6to4, Teredo, NAT64).

    Public addresses only; private ones and loopback where the site allows them. Link-local addresses never: machines
    of a cloud hand out their credentials there.
    """
    ip: ipaddress.IPv4Address | ipaddress.IPv6Address = ipaddress.ip_address(
        address.split("%", maxsplit=1)[0]
    )
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64 or (ip in _COMPATIBLE and not ip.is_loopback and not ip.is_unspecified):
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_allowed(str(inner), allow_private=allow_private)
    if ip.is_link_local or ip.is_multicast or ip.is_unspecified or ip == _CLOUD_CREDENTIALS:
        return False
    return allow_private or (ip.is_global and not any(ip in network for network in _LOCAL))
