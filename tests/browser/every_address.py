"""The pages of all addresses of the project, on a site that is full and on one that watches nothing.

A page that is added to the addresses is among them by itself; what is no page is told by what it answers.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page

from tests.browser.addresses import addresses
from tests.services.site import Running, Site

_PASSWORD = "lanterns over the harbor"
_FURNISH = f"import json; from tests.full_site import furnish; print(json.dumps(furnish({_PASSWORD!r})))"
_EMPTY = f"""
import json
from clauses.samples import remove_samples
from tests.builders import make_user
from tests.full_site import plain_addresses
remove_samples()
make_user("cleo", "administrator", password={_PASSWORD!r})
print(json.dumps(plain_addresses()))
"""
# The samples have more to show there than the rows that are made beside them.
_OF_SAMPLES = (
    "platform",
    "document",
    "version",
    "compare",
    "change-set",
    "record",
    "snapshot",
    "compare-type",
    "compare-platforms",
    "not-found",
)


def furnished(site: Site) -> dict[str, str]:
    """The path of every address by its name, after rows of every kind were made beside the samples."""
    return dict(json.loads(site.shell(_FURNISH).splitlines()[-1]))


def emptied(site: Site) -> dict[str, str]:
    """The path of every address that is made of no row, after all rows but an administrator's were removed."""
    return dict(json.loads(site.shell(_EMPTY).splitlines()[-1]))


def of_samples(running: Running) -> dict[str, str]:
    """Where the samples have most to show, by the same names."""
    found = {name.replace(" ", "-"): path for name, path in addresses(running.address).items()}
    return {name: found[name] for name in _OF_SAMPLES}


@contextmanager
def visitors(browser: Browser, site: str, **look: Any) -> Iterator[tuple[Page, Page]]:
    """What the administrator cleo looks at, and what a stranger does."""
    with browser.new_context(**look) as ours, browser.new_context(**look) as strangers:
        page = ours.new_page()
        page.goto(f"{site}/sign-in/")
        page.get_by_label("Username").fill("cleo")
        page.get_by_label("Password").fill(_PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        yield page, strangers.new_page()


def opened(page: Page, site: str, paths: Mapping[str, str], names: Iterable[str]) -> Iterator[str]:
    """Opens one after the other what this visitor is shown at these addresses; the name of each."""
    for name in names:
        answer = page.request.get(site + paths[name], max_redirects=0)
        assert answer.status < 500, name
        # Those who are to sign in first, or have signed in already, are led elsewhere; some takes nothing but POST.
        is_page = answer.headers.get("content-type", "").startswith("text/html")
        if is_page and answer.status != 405 and not 300 <= answer.status < 400:
            page.goto(site + paths[name])
            yield name
