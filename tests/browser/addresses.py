"""Where a page of every type is, on a site with the samples: found as a program would, through the JSON twins."""

from __future__ import annotations

import json
import urllib.request
from typing import Any

PAGES = (
    "dashboard",
    "platforms",
    "platform",
    "document",
    "version",
    "compare",
    "change set",
    "record",
    "snapshot",
    "clauses",
    "clause type",
    "compare type",
    "compare platforms",
    "changes",
    "coming",
    "status",
    "methodology",
    "keys",
    "sign in",
    "not found",
)
_DOCUMENT = "/platforms/sorrelmind/feedback-and-training"


def addresses(site: str) -> dict[str, str]:
    """The path of one page of each type, in the order of PAGES."""
    newest, *_, newer, oldest = get_json(f"{site}{_DOCUMENT}.json")["versions"]
    compare = f"{_DOCUMENT}/compare/{oldest['id']}...{newer['id']}"
    changes = get_json(f"{site}{compare}.json")["changes"]
    record = next(change["record"] for change in changes if change["kind"] == "modified")
    read = get_json(f"{site}{_DOCUMENT}/versions/{newest['id']}.json")
    return {
        "dashboard": "/",
        "platforms": "/platforms/",
        "platform": "/platforms/sorrelmind/",
        "document": f"{_DOCUMENT}/",
        "version": f"{_DOCUMENT}/versions/{newest['id']}/",
        "compare": f"{compare}/",
        "change set": f"/changes/{newer['change_set']['id']}/",
        "record": f"/records/{record}/",
        "snapshot": f"/snapshots/{read['parts'][0]['snapshot']}/",
        "clauses": "/clauses/?q=we",
        "clause type": "/clauses/arbitration/",
        "compare type": "/compare/?type=arbitration&platform=sorrelmind&platform=coppermere",
        "compare platforms": "/compare/?platform=sorrelmind&platform=coppermere",
        "changes": "/changes/",
        "coming": "/coming/",
        "status": "/status/",
        "methodology": "/methodology/",
        "keys": "/keys/",
        "sign in": "/sign-in/",
        "not found": "/nowhere/",
    }


def get_json(url: str) -> Any:
    """The JSON at an address."""
    with urllib.request.urlopen(url, timeout=30) as answer:
        return json.load(answer)
