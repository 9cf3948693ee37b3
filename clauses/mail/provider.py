"""The name by which a mail provider tells us later which message came back.

A provider may give a message another ID than ours. Each has a header whose value it reports with every event.
"""

from __future__ import annotations

import json

# What the value is called where a provider reports it.
FIELD = "proviso"
# Mailgun reports the Message-ID itself. Sources: the SMTP pages of each provider's manual.
_HEADERS = {
    "postmark": f"X-PM-Metadata-{FIELD}",
    "sparkpost": "X-MSYS-API",
    "brevo": "X-Mailin-custom",
    "mailjet": "X-MJ-EventPayload",
}


def name_for_provider(message_id: str, provider: str) -> dict[str, str]:
    """The header that has a provider report our name for a message; none for Mailgun, or without a provider."""
    header = _HEADERS.get(provider)
    if header is None:
        return {}
    # Without the host: Postmark takes eighty characters.
    name = message_id.strip("<>").partition("@")[0]
    if provider == "postmark":
        return {header: name}
    value = {FIELD: name}
    return {header: json.dumps({"metadata": value} if provider == "sparkpost" else value)}
