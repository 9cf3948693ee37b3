"""The address of an embedded site: where `up` last listened. Commands beside it write the same links."""

from __future__ import annotations

from pathlib import Path

_UNTIL_IT_LISTENS = "http://127.0.0.1:8000"


def own_address(folder: Path) -> str:
    """Where `up` last listened."""
    try:
        return (folder / "address").read_text().strip() or _UNTIL_IT_LISTENS
    except (OSError, UnicodeDecodeError):
        return _UNTIL_IT_LISTENS


def note_address(folder: Path, address: str) -> None:
    """Note where `up` listens."""
    (folder / "address").write_text(f"{address}\n")
