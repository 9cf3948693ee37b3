"""The versions of all documents as a git repository as Open Terms Archive keeps one: a commit each, at its own date."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path
from typing import IO

from django.conf import settings

from monitor.core.archive import trailers
from monitor.core.archive_names import free_name, safe_name
from monitor.core.blocks import Extract
from monitor.core.manifest import public_id
from monitor.core.to_markdown import markdown
from monitor.git import RepositoryError, command, environment, finished, run
from monitor.importing.repositories import Repository
from monitor.models import Cause, Document, Part, Platform, Version

_BRANCH = "refs/heads/main"
_ENDING = ".md"
# What a commit says of itself, for the next run.
_DOCUMENT, _VERSION, _TEXT = "X-proviso-document", "X-proviso-version", "X-proviso-text"
_SUBJECTS = {
    Cause.FIRST: "First record of",
    Cause.PUBLISHER: "Record new changes of",
    Cause.TECHNICAL: "Apply technical or declaration upgrade on",
}


class HistoryDiffers(RepositoryError):
    """What was published is no longer what is on record."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a commit says of a version: ID, moment in seconds since 1970, hash of the text, and what it was."""

    version: str
    at: int
    text_sha256: str
    subject: str


@dataclass
class Published:
    """What a repository holds: the entries of each document, in order, and the path of its file."""

    entries: dict[str, list[Entry]] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)


Row = tuple[int, Entry]


def publish_versions(
    folder: Path, *, rebuild: bool, begun: Callable[[int], object], step: Callable[[], object]
) -> int:
    """Write what the repository in a folder does not hold yet, all at once. How many versions were written.

    With `rebuild`, all of it is written anew. `begun` is told how many versions there are to write, `step` is called
    after each. Raises HistoryDiffers, RepositoryError, and CorruptBytes: then the repository is as it was.
    """
    tip = _opened(folder)
    published = Published() if rebuild or not tip else _published(Repository(folder, tip))
    wanted = _wanted()
    _compare(folder, published, wanted)
    fresh = _fresh(published, wanted)
    begun(len(fresh))
    if fresh:
        _write(folder, "" if rebuild else tip, _commits(fresh, _paths(published.paths, wanted), step))
    return len(fresh)


def _opened(folder: Path) -> str:
    """The commit of the branch; empty where there is none yet. What is not there, or empty, becomes a repository."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        run("init", "--quiet", "--bare", "--template=", "--initial-branch=main", "--", str(folder))
    if not ((folder / "objects").is_dir() and (folder / "HEAD").is_file()):
        raise RepositoryError(f"{folder} is neither empty nor a bare repository; name a folder of its own")
    found = finished("--git-dir", str(folder), "rev-parse", "--verify", "--quiet", f"{_BRANCH}^{{commit}}")
    return found.stdout.decode().strip()


def _published(repository: Repository) -> Published:
    """What commits of ours say. Those of others, who may add a README, say nothing."""
    found = Published()
    for commit in repository.commits():
        said = trailers(commit.message)
        number, version = said.get(_DOCUMENT.lower()), said.get(_VERSION.lower())
        if not number or not version:
            continue
        subject = next((one for one in _SUBJECTS.values() if commit.message.startswith(one)), "")
        entry = Entry(version, commit.authored_at, said.get(_TEXT.lower(), ""), subject)
        found.entries.setdefault(number, []).append(entry)
        for file in commit.files:
            found.paths[number] = file.path
    return found


def _wanted() -> dict[str, list[Row]]:
    """The entries of each document that is no sample, with the keys of their versions, in order."""
    shown = Version.objects.filter(
        document__platform__is_sample=False, document__platform__incoming_for__isnull=True
    )
    found: dict[str, list[Row]] = {}
    rows = shown.order_by("document__number", "ordinal").values_list(
        "pk", "document__number", "number", "first_seen_at", "text_sha256", "cause"
    )
    for key, document, number, at, text, cause in rows.iterator():
        entry = Entry(public_id("V", number), int(at.timestamp()), text, _SUBJECTS[Cause(cause)])
        found.setdefault(public_id("D", document), []).append((key, entry))
    return found


def _compare(folder: Path, published: Published, wanted: Mapping[str, list[Row]]) -> None:
    for number, entries in published.entries.items():
        now = [entry for _, entry in wanted.get(number, [])]
        if now[: len(entries)] != entries:
            raise HistoryDiffers(
                f"{folder} holds another history of {number} than is on record: earlier versions came in, were dated "
                "anew or removed. --rebuild writes it anew; whoever has a copy has to fetch all of it again"
            )


def _fresh(published: Published, wanted: Mapping[str, list[Row]]) -> list[tuple[str, Row]]:
    """What is not published yet, by date; of a document in the order of its versions, whatever their dates."""
    dated = []
    for number, rows in wanted.items():
        latest = 0
        for row in rows[len(published.entries.get(number, ())) :]:
            latest = max(latest, row[1].at)
            dated.append((latest, number, row))
    return [(number, row) for _, number, row in sorted(dated, key=lambda one: one[:2])]


def _paths(known: Mapping[str, str], wanted: Mapping[str, list[Row]]) -> dict[str, str]:
    """The file of each document. One that has a file keeps it, whatever it is called since."""
    paths = dict(known)
    folders: dict[int, str] = {}
    for platform in Platform.objects.order_by("pk"):
        name = safe_name(platform.name, platform.slug)
        folders[platform.pk] = free_name(name, platform.slug, folders.values())
    taken = [path.removesuffix(_ENDING) for path in paths.values()]
    for document in Document.objects.order_by("number"):
        number = document.public_id
        if number in wanted and number not in paths:
            base = f"{folders[document.platform_id]}/{safe_name(document.name, document.slug)}"
            taken.append(free_name(base, number, taken))
            paths[number] = taken[-1] + _ENDING
    return paths


def _commits(
    fresh: list[tuple[str, Row]], paths: Mapping[str, str], step: Callable[[], object]
) -> Iterator[bytes]:
    """Each version as `git fast-import` reads a commit."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    author = f"{safe_name(name, 'Proviso')} <{safe_name(address, 'proviso')}>"
    for number, (key, entry) in fresh:
        version = Version.objects.select_related(*Version.TEXTS).get(pk=key)
        content = markdown(Extract(version.title, version.language, version.text, version.blocks)).encode()
        message = _message(number, entry, paths[number], version).encode()
        who = f"{author} {entry.at} +0000"
        yield f"commit {_BRANCH}\nauthor {who}\ncommitter {who}\ndata {len(message)}\n".encode()
        yield message + b"\n"
        yield f"M 100644 inline {_quoted(paths[number])}\ndata {len(content)}\n".encode() + content + b"\n"
        step()


def _quoted(path: str) -> str:
    return '"' + path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _message(number: str, entry: Entry, path: str, version: Version) -> str:
    about = path.removesuffix(_ENDING).replace("/", " ", 1)
    parts = Part.objects.filter(version=version).select_related("source", "snapshot").order_by("position")
    said = [
        *(f"X-source-document-location: {part.source.url}" for part in parts),
        f"{_DOCUMENT}: {number}",
        f"{_VERSION}: {entry.version}",
        f"{_TEXT}: {entry.text_sha256}",
    ]
    snapshots = ", ".join(part.snapshot.public_id for part in parts)
    lines = [
        f"{entry.subject} {about}",
        "",
        f"{entry.version} of {number}, read from {snapshots}.",
        "",
        *said,
    ]
    return "\n".join(" ".join(line.split()) for line in lines) + "\n"


def _write(folder: Path, tip: str, commits: Iterator[bytes]) -> None:
    """Add commits behind the tip, or behind nothing. The branch moves when all are written, and only then."""
    # Without force, git sees to it that the branch still is where it was.
    force = () if tip else ("--force",)
    arguments = ("fast-import", "--quiet", "--done", *force, "--date-format=raw")
    with subprocess.Popen(  # noqa: S603 - our own arguments
        command("--git-dir", str(folder), *arguments),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=environment("none"),
    ) as writer:
        assert writer.stdin is not None
        assert writer.stderr is not None
        try:
            writer.stdin.write(f"reset {_BRANCH}\n{f'from {tip}' if tip else ''}\n".encode())
            for commit in commits:
                writer.stdin.write(commit)
            writer.stdin.write(b"done\n")
            writer.stdin.close()
        except BrokenPipeError:
            # Git has ended, and says why.
            _close(writer.stdin)
        except BaseException:
            writer.kill()
            _close(writer.stdin)
            raise
        said = writer.stderr.read().decode("utf-8", "replace").strip().splitlines()
        if writer.wait():
            raise RepositoryError(f"git: {said[0] if said else 'failed without a word'}")


def _close(pipe: IO[bytes]) -> None:
    """Close a pipe that nobody reads any more."""
    with suppress(BrokenPipeError):
        pipe.close()
