"""Where errors are reported, beside the log."""

from __future__ import annotations

import sentry_sdk


def report_errors(dsn: str) -> None:
    """Report errors to Sentry, or to what speaks its language; nothing where no address is given.

    Neither who was signed in nor what a form held is sent along.
    """
    if dsn:
        sentry_sdk.init(
            dsn=dsn, send_default_pii=False, max_request_body_size="never", traces_sample_rate=0.0
        )
