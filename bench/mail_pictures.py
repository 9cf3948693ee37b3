"""Pictures of an alert and, on a phone, of a digest, as a mail program shows them in light and dark.

    var/environment/bin/python bench/mail_pictures.py docs/images

The mails are those of the sample platforms, written as any mail is; a Chromium renders their HTML part.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, sync_playwright

from tests.browser import chromium

_WIDTHS = {"alert": 720, "digest": 390}
_LONGEST = 1100
_IN_A_DIGEST = 4


def main() -> int:
    """Write the mails and their pictures."""
    folder = Path(sys.argv[1])
    with tempfile.TemporaryDirectory(prefix="proviso-mails-") as place:
        os.environ.update(
            DJANGO_SETTINGS_MODULE="config.settings", PROVISO_ENVIRONMENT_IS_READY="1", VAR_DIR=place
        )
        mails = _mails()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.executable(), args=["--no-sandbox", "--disable-gpu"]
        )
        for name, html in mails.items():
            for scheme in ("light", "dark"):
                _picture(browser, html, scheme, _WIDTHS[name], folder / f"mail-{name}-{scheme}.png")
        browser.close()
    return 0


def _mails() -> dict[str, str]:
    """The HTML parts of an alert about the severest change of the samples and of a digest of several."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_samples", verbosity=0)
    from clauses import subscribing
    from clauses.mail.alerts import alert_message
    from clauses.mail.digests import digest_message
    from clauses.models import Alert, ChangeSet, Digest, Frequency, Recipient

    reader = Recipient.objects.create(own_address="reader@example.org")
    worst = ChangeSet.objects.filter(is_technical=False).order_by("-severity", "-detected_at")
    alerts = []
    for change_set in worst[:_IN_A_DIGEST]:
        wish = subscribing.Wish(platform=change_set.document.platform)
        subscription = subscribing.begin(reader, wish)
        alerts.append(
            Alert.objects.create(recipient=reader, subscription=subscription, change_set=change_set)
        )
    day = worst[0].detected_at.date()
    digest = Digest.objects.create(recipient=reader, frequency=Frequency.WEEKLY, on=day)
    messages = {"alert": alert_message(alerts[0]), "digest": digest_message(digest, alerts)}
    return {name: str(message.alternatives[0].content) for name, message in messages.items()}


def _picture(browser: Browser, html: str, scheme: Any, width: int, path: Path) -> None:
    size = {"width": width, "height": 800}
    with browser.new_context(viewport=size, color_scheme=scheme) as context, context.new_page() as page:
        page.set_content(html)
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if wider > 0:
            print(f"{path.name}: {wider} px wider than the window")
        height = min(_LONGEST, page.evaluate("document.documentElement.scrollHeight"))
        page.set_viewport_size({"width": width, "height": height})
        page.screenshot(path=path)


if __name__ == "__main__":
    sys.exit(main())
