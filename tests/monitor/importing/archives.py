"""Small archives for tests: git repositories laid out as Open Terms Archive lays them out, with invented texts."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

START = datetime(2024, 3, 1, 6, 0, tzinfo=UTC)
SERVICE, TERMS = "Larkspur", "Terms of Service"
URL = "https://larkspur.example/legal/terms"
BOT = "Archive Bot <bot@example.org>"


def day(number: float) -> datetime:
    """A moment, in days after a fixed start."""
    return START + timedelta(days=number)


@dataclass(frozen=True)
class Commit:
    """A commit to be: files by path, links by path, and paths to delete."""

    subject: str
    at: datetime
    files: dict[str | bytes, bytes] = field(default_factory=dict)
    modes: dict[str | bytes, str] = field(default_factory=dict)
    deleted: tuple[str, ...] = ()
    body: str = ""


def record(
    path: str, content: str | bytes, at: datetime, *, url: str = "", subject: str = "Record new changes of"
) -> Commit:
    """A commit of the archive's bot that records one file."""
    service, _, name = path.partition("/")
    body = f"X-engine-version: 9.0.0\nX-fetcher: htmlOnly\nX-source-document-location: {url}" if url else ""
    files: dict[str | bytes, bytes] = {path: content.encode() if isinstance(content, str) else content}
    return Commit(f"{subject} {service} {name.split(' #')[0].rsplit('.', 1)[0]}", at, files, body=body)


def page(*paragraphs: str, token: object = "") -> str:
    """A page of these paragraphs; `token` changes its bytes alone."""
    inner = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        "<!doctype html><html lang='en'><head><title>Terms of Larkspur</title>"
        f"<meta name='token' content='{token}'></head><body><nav><a href='/'>Start</a></nav>"
        f"<main><h1>Terms</h1>{inner}</main></body></html>"
    )


KEPT_30 = "We keep your letters for 30 days after you close your account with Larkspur."
KEPT_90 = "We keep your letters for 90 days after you close your account with Larkspur."
KEPT_2Y = "We keep your letters for two years after you close your account with Larkspur."
COMMON = (
    "Larkspur carries letters between people who have an account. You may close your account at any time.",
    "You must be at least 16 years old to open an account. Tell us when your address changes.",
)


def terms(paragraph: str, token: object = "") -> str:
    """A page whose last paragraph is this."""
    return page(*COMMON, paragraph, token=token)


def build(folder: Path, commits: Sequence[Commit], branch: str = "main") -> Path:
    """A bare repository with these commits, in this order. Its HEAD names the branch."""
    folder.mkdir(parents=True)
    git(folder, "init", "--quiet", "--bare", f"--initial-branch={branch}", ".")
    stream = b"".join(_commit(commit, branch) for commit in commits)
    git(folder, "fast-import", "--quiet", "--date-format=raw-permissive", given=stream)
    return folder


def git(folder: Path, *arguments: str, given: bytes = b"") -> str:
    """Run git in a folder, without the configuration of whoever runs the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment = {**kept, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(
        ["git", *arguments], cwd=folder, input=given, capture_output=True, check=True, env=environment
    )
    return done.stdout.decode()


def _commit(commit: Commit, branch: str) -> bytes:
    when = f"{int(commit.at.timestamp())} +0000"
    message = f"{commit.subject}\n\n{commit.body}\n".encode()
    lines = [
        f"commit refs/heads/{branch}\nauthor {BOT} {when}\ncommitter {BOT} {when}\n".encode(),
        b"data %d\n" % len(message) + message,
    ]
    lines += [f'D "{path}"\n'.encode() for path in commit.deleted]
    for path, content in commit.files.items():
        mode = commit.modes.get(path, "100644")
        name = path.encode() if isinstance(path, str) else path
        quoted = b'"' + name.replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n") + b'"'
        if mode == "160000":
            lines.append(b"M 160000 " + content + b" " + quoted + b"\n")
        else:
            lines.append(
                b"M %s inline %s\ndata %d\n" % (mode.encode(), quoted, len(content)) + content + b"\n"
            )
    return b"".join(lines) + b"\n"
