"""Who asks us to write to an address, without keeping who it is, and how often is enough."""

from __future__ import annotations

import ipaddress
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

# Nobody's address becomes the target of many mails, and nobody sends them by us.
A_DAY_TO_AN_ADDRESS = 3
_AN_HOUR_BY_A_CLIENT = 10


def client_key(address: str) -> str:
    """A network address as a key that does not tell it; those of one IPv6 network are the same client."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        found = ipaddress.ip_address("0.0.0.0")  # noqa: S104
    if found.version == 6 and (inside := found.ipv4_mapped):
        found = inside
    prefix = 64 if found.version == 6 else 32
    network = ipaddress.ip_network((found, prefix), strict=False)
    return salted_hmac("proviso.confirming", str(network), algorithm="sha256").hexdigest()


def is_too_often(asked: QuerySet[Any], client: str, now: datetime) -> bool:
    """Whether a client has asked for as many of these mails within an hour as it may."""
    lately = asked.filter(client=client, owed_at__gte=now - timedelta(hours=1))
    return lately.count() >= _AN_HOUR_BY_A_CLIENT


def is_enough(asked: QuerySet[Any], now: datetime) -> bool:
    """Whether these mails, all to one address, are as many within a day as it gets."""
    return asked.filter(owed_at__gte=now - timedelta(days=1)).count() >= A_DAY_TO_AN_ADDRESS
