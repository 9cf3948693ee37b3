"""The secret of an embedded site."""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from pathlib import Path


def own_secret(folder: Path) -> str:
    """The embedded site's secret, made once and kept: sessions and links survive a restart."""
    file = folder / "secret_key"
    if not file.exists() or not file.read_text():
        # Written whole before it gets its name: a kill or a second process never meets an empty secret.
        descriptor, draft = tempfile.mkstemp(dir=folder, prefix="secret_key.")
        with os.fdopen(descriptor, "w") as stream:
            stream.write(secrets.token_urlsafe(50))
        if file.exists() and not file.read_text():
            file.unlink()
        with contextlib.suppress(FileExistsError):
            os.link(draft, file)
        Path(draft).unlink()
    return file.read_text()
