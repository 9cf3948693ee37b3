"""Triples of Open Terms Archive: a recorded text, the captures it was made from, and the selectors it was made with."""

from __future__ import annotations

import json
import subprocess
import tempfile
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

# A version bears the date of its captures; a slow round takes no longer than this.
_SAME_ROUND_SECONDS = 3 * 3600
_RECORDED = ("First record of ", "Record new changes of ", "Start tracking ", "Update ")


@dataclass(frozen=True)
class Page:
    """One capture of one source, and how the source was declared on that day."""

    path: str
    blob: str
    select: list[Any]
    remove: list[Any]


@dataclass(frozen=True)
class Triple:
    """A recorded version of a document with the captures of all its sources."""

    document: str
    at: int
    markdown: str
    pages: tuple[Page, ...]

    @property
    def is_cut_out(self) -> bool:
        """Whether the document is only a part of its page: declared by a range or by the ID of an element."""
        selectors = [selector for page in self.pages for selector in page.select]
        return any(not isinstance(selector, str) or selector.startswith("#") for selector in selectors)


class Change(NamedTuple):
    """A file that a commit wrote; `named` is how many captures its message names."""

    at: int
    subject: str
    named: int
    path: str
    blob: str


class Repository:
    """A git folder or bundle, read by plumbing commands."""

    def __init__(self, path: Path) -> None:
        self._clone: tempfile.TemporaryDirectory[str] | None = None
        if path.is_file():
            self._clone = tempfile.TemporaryDirectory()
            subprocess.run(["git", "clone", "-q", "--bare", path, self._clone.name], check=True)
            path = Path(self._clone.name)
        self._git = ["git", "-c", "core.quotepath=off", "-C", str(path)]
        self._reader = subprocess.Popen(
            [*self._git, "cat-file", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def close(self) -> None:
        """End the reader, and drop the clone of a bundle."""
        self._reader.communicate()
        if self._clone:
            self._clone.cleanup()

    def changes(self) -> Iterator[Change]:
        """Every file that a commit wrote, oldest first."""
        branch = self._run("for-each-ref", "--format=%(refname)", "refs/heads", "refs/remotes").split("\n")[0]
        log = self._run(
            "log", "--reverse", "--raw", "--no-renames", "--no-abbrev", "--format=@%at %s%n%b", branch
        )
        at, subject, named = 0, "", 0
        for line in log.split("\n"):
            if line.startswith("@"):
                seconds, _, subject = line[1:].partition(" ")
                at, named = int(seconds), 0
            elif "/commit/" in line:
                named += 1
            elif line.startswith(":"):
                changed, _, path = line.partition("\t")
                _, _, _, blob, status = changed.split(" ")
                if status != "D":
                    yield Change(at, subject, named, path, blob)

    def bytes_of(self, blob: str) -> bytes:
        """The bytes of an object."""
        assert self._reader.stdin
        assert self._reader.stdout
        self._reader.stdin.write(f"{blob}\n".encode())
        self._reader.stdin.flush()
        size = int(self._reader.stdout.readline().split()[2])
        return self._reader.stdout.read(size + 1)[:size]

    def _run(self, *command: str) -> str:
        return subprocess.run([*self._git, *command], capture_output=True, text=True, check=True).stdout


def triples(versions: Repository, snapshots: Repository, declarations: Path) -> Iterator[Triple]:
    """Every recorded version whose captures are known, oldest first."""
    captures: dict[str, list[tuple[int, str]]] = {}
    for change in snapshots.changes():
        captures.setdefault(change.path, []).append((change.at, change.blob))
    declared: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for change in versions.changes():
        service, _, name = change.path.removesuffix(".md").partition("/")
        if not change.subject.startswith(_RECORDED) or not change.path.endswith(".md") or not name:
            continue
        if service not in declared:
            declared[service] = _declared(declarations, service)
        entry = _valid(declared[service].get(name, []), change.at)
        pages = tuple(_pages(f"{service}/{name}", change.at, entry, captures))
        # One that names fewer captures than the declaration has sources was made by another declaration.
        if pages and len(pages) == max(change.named, 1):
            yield Triple(f"{service} {name}", change.at, versions.bytes_of(change.blob).decode(), pages)


def believable(found: Iterable[Triple]) -> list[Triple]:
    """Those whose text was made with the selectors declared for its day, as far as can be seen.

    A text that two documents with different selectors share was made with others, which the history does not hold.
    """
    kept = list(found)
    made_with: dict[str, set[str]] = {}
    for triple in kept:
        made_with.setdefault(triple.markdown, set()).add(repr([page.select for page in triple.pages]))
    documents: dict[str, set[str]] = {}
    for triple in kept:
        documents.setdefault(triple.markdown, set()).add(triple.document)
    return [one for one in kept if len(made_with[one.markdown]) == 1 or len(documents[one.markdown]) == 1]


def _declared(folder: Path, service: str) -> dict[str, list[dict[str, Any]]]:
    """By terms type: the declarations of the past in the order of their ends, then the one that is valid."""
    found: dict[str, list[dict[str, Any]]] = {}
    past, present = folder / f"{service}.history.json", folder / f"{service}.json"
    if past.exists():
        for name, entries in json.loads(past.read_text()).items():
            found[name] = sorted(entries, key=lambda entry: entry["validUntil"])
    if present.exists():
        for name, entry in json.loads(present.read_text())["terms"].items():
            found.setdefault(name, []).append(entry)
    return found


def _valid(entries: list[dict[str, Any]], at: int) -> dict[str, Any] | None:
    for entry in entries:
        if "validUntil" not in entry or at <= datetime.fromisoformat(entry["validUntil"]).timestamp():
            return entry
    return None


def _pages(
    document: str, at: int, entry: dict[str, Any] | None, captures: dict[str, list[tuple[int, str]]]
) -> Iterator[Page]:
    """The captures of a round; none where one of them, or the declaration of that day, is missing."""
    pages: list[Page] = []
    if entry is None:
        return
    for source in entry.get("combine", [entry]):
        rules = entry | source
        tail = "-".join(part for part in urlsplit(rules["fetch"]).path.split("/") if part)
        path = f"{document} #{tail}.html" if "combine" in entry else f"{document}.html"
        capture = _last(captures.get(path, []), at)
        if capture is None:
            return
        pages.append(Page(path, capture, _listed(rules.get("select")), _listed(rules.get("remove"))))
    yield from pages


def _last(captures: list[tuple[int, str]], at: int) -> str | None:
    index = bisect_right(captures, at, key=lambda capture: capture[0]) - 1
    return captures[index][1] if index >= 0 and at - captures[index][0] <= _SAME_ROUND_SECONDS else None


def _listed(selectors: Any) -> list[Any]:
    if selectors is None:
        return []
    return selectors if isinstance(selectors, list) else [selectors]
