"""Reading a git repository of somebody else: its commits and files, by commands that run nothing of its own."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from monitor.git import RepositoryError, command, environment, finished, run

_SCHEMES = ("https://", "http://", "ssh://", "file://")
_BRANCHES = ("HEAD", "refs/heads/main", "refs/heads/master")
_PLAIN_FILES = {"100644", "100755", "100664"}
_CHUNK = 1 << 20
# A server that sends a byte now and then would hold an import for ever.
_CLONE_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class File:
    """A file that a commit wrote: its path in the repository and the object that holds its bytes."""

    path: str
    blob: str


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit with its message and the plain files it wrote. `authored_at` is in seconds since 1970."""

    sha: str
    authored_at: int
    message: str
    files: tuple[File, ...]


class Blobs:
    """The bytes of objects, one after another, from one process of git."""

    def __init__(self, reader: subprocess.Popen[bytes]) -> None:
        self._reader = reader

    def read(self, blob: str, limit: int) -> bytes | None:
        """The bytes of an object; None where they are more than `limit`. Raises RepositoryError where it is missing."""
        asking, answering = self._pipes()
        asking.write(f"{blob}\n".encode())
        asking.flush()
        answer = answering.readline().split()
        if len(answer) != 3 or answer[1] != b"blob":
            raise RepositoryError(f"object {blob[:12]} is missing from the repository")
        size = int(answer[2])
        if size > limit:
            _pass_over(answering, size + 1)
            return None
        body = answering.read(size)
        answering.read(1)
        if len(body) != size:
            raise RepositoryError(f"object {blob[:12]} cannot be read to its end")
        return body

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        asking, answering = self._reader.stdin, self._reader.stdout
        assert asking is not None
        assert answering is not None
        return asking, answering


@dataclass(frozen=True)
class Repository:
    """A repository at hand, and the commit that its history is read from."""

    folder: Path
    tip: str

    def commits(self) -> Iterator[Commit]:
        """The history of the tip, parents first. A merge writes no file of its own."""
        listed = self._run("rev-list", "--reverse", "--topo-order", "--format=%H%x00%at%x00%B%x00", self.tip)
        fields = listed.split(b"\0")
        heads = [
            (fields[index].rsplit(b"\n", 1)[-1].decode(), fields[index + 1], fields[index + 2])
            for index in range(0, len(fields) - 1, 3)
        ]
        written = self._written(sha for sha, _, _ in heads)
        for sha, seconds, message in heads:
            yield Commit(
                sha,
                int(seconds) if seconds.isdigit() else -1,
                message.decode("utf-8", "replace"),
                tuple(written.get(sha, ())),
            )

    def paths(self) -> frozenset[str]:
        """The paths of all files at the tip. Names that are not UTF-8 are left out."""
        listed = self._run("ls-tree", "-r", "-z", "--name-only", "--full-tree", self.tip)
        return frozenset(path for name in listed.split(b"\0") if (path := _text(name)))

    @contextmanager
    def blobs(self) -> Iterator[Blobs]:
        """A reader of objects, ended with the block."""
        reader = subprocess.Popen(  # noqa: S603 - our own arguments
            command("--git-dir", str(self.folder), "cat-file", "--batch"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment("none"),
        )
        try:
            yield Blobs(reader)
        finally:
            reader.kill()
            reader.wait()
            for pipe in (reader.stdin, reader.stdout):
                if pipe:
                    pipe.close()

    def _written(self, commits: Iterable[str]) -> dict[str, list[File]]:
        """The plain files each commit added or changed: no symbolic links, no submodules."""
        shas = "".join(f"{sha}\n" for sha in commits).encode()
        arguments = ("diff-tree", "--stdin", "-r", "-z", "--root", "--no-renames", "--raw")
        found: dict[str, list[File]] = {}
        files: list[File] = []
        fields = iter(self._run(*arguments, given=shas).split(b"\0"))
        for field in fields:
            if not field.startswith(b":"):
                files = found.setdefault(field.decode("ascii", "replace").strip(), [])
                continue
            path = _text(next(fields, b""))
            _, mode, _, blob, state = field.decode("ascii").split(" ")
            if path and mode in _PLAIN_FILES and state in {"A", "M", "T"}:
                files.append(File(path, blob))
        return found

    def _run(self, *arguments: str, given: bytes = b"") -> bytes:
        return run("--git-dir", str(self.folder), *arguments, given=given)


@contextmanager
def opened(reference: str) -> Iterator[Repository]:
    """A repository by folder (bare or ordinary), bundle file, or address to clone. Copies go with the block.

    Raises RepositoryError.
    """
    with tempfile.TemporaryDirectory(prefix="proviso-import-", ignore_cleanup_errors=True) as scratch:
        folder = _folder(reference, Path(scratch) / "copy.git")
        yield Repository(folder, _tip(folder, reference))


def _folder(reference: str, copy: Path) -> Path:
    if reference.startswith(_SCHEMES):
        _clone(reference, copy)
        return copy
    path = Path(reference).absolute()
    try:
        if path.is_file():
            return _unbundled(path, copy)
        if path.is_dir():
            return _git_folder(path, reference)
    except OSError as error:
        raise RepositoryError(f"{reference} cannot be read: {error.strerror}") from None
    raise RepositoryError(f"there is no repository {reference}")


def _clone(address: str, copy: Path) -> None:
    try:
        run(
            *("clone", "--quiet", "--bare", "--", address, str(copy)),
            protocols="https:http:ssh:file",
            seconds=_CLONE_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise RepositoryError(f"{address} was not cloned within {_CLONE_SECONDS} s") from None


def _unbundled(path: Path, copy: Path) -> Path:
    """A bundle may name no HEAD, which a clone would leave without any branch."""
    with path.open("rb") as stream:
        if not stream.read(20).startswith(b"# v"):
            raise RepositoryError(f"{path} is neither a git folder nor a bundle")
    run("init", "--quiet", "--bare", "--template=", "--", str(copy))
    run(
        *(
            "--git-dir",
            str(copy),
            "fetch",
            "--quiet",
            "--no-tags",
            "--",
            str(path),
            "+refs/heads/*:refs/heads/*",
        ),
        protocols="file",
    )
    return copy


def _git_folder(path: Path, reference: str) -> Path:
    inside = path / ".git"
    if inside.is_file():
        # The checkout of a linked worktree or a submodule names its folder in a file.
        named = inside.read_text(errors="replace").removeprefix("gitdir:").strip()
        inside = (path / named).resolve()
    for folder in (inside, path):
        if (_shared(folder) / "objects").is_dir() and (folder / "HEAD").exists():
            return folder
    raise RepositoryError(f"{reference} is not a git repository")


def _shared(folder: Path) -> Path:
    """The folder with the objects: a linked worktree has only its HEAD in its own."""
    named = folder / "commondir"
    return folder / named.read_text(errors="replace").strip() if named.is_file() else folder


def _tip(folder: Path, reference: str) -> str:
    """The commit of HEAD, else of main or master, else of the only branch."""
    for name in (*_BRANCHES, *_only_branch(folder)):
        found = finished("--git-dir", str(folder), "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        if found.returncode == 0:
            return found.stdout.decode().strip()
    raise RepositoryError(f"{reference} has no branch to read: neither HEAD, main, master nor an only one")


def _only_branch(folder: Path) -> list[str]:
    branches = run("--git-dir", str(folder), "for-each-ref", "--format=%(refname)", "refs/heads").split()
    return [branches[0].decode("utf-8", "replace")] if len(branches) == 1 else []


def _pass_over(stream: IO[bytes], size: int) -> None:
    while size > 0:
        size -= len(stream.read(min(size, _CHUNK))) or size


def _text(name: bytes) -> str:
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError:
        return ""
