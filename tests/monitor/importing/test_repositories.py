"""Repositories by folder, bundle and address, and hostile ones: nothing of theirs is run or followed."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from monitor.git import RepositoryError
from monitor.importing import repositories
from monitor.importing.repositories import opened
from tests.monitor.hostile_server import hostile_server
from tests.monitor.importing.archives import Commit, build, day, git, record

PATH = "Larkspur/Terms of Service.html"


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    return build(tmp_path / "a.git", [record(PATH, "one", day(0)), record(PATH, "two", day(1))])


def _read(reference: object) -> list[tuple[str, bytes | None]]:
    with opened(str(reference)) as repository, repository.blobs() as blobs:
        return [
            (file.path, blobs.read(file.blob, 1000))
            for commit in repository.commits()
            for file in commit.files
        ]


BOTH = [(PATH, b"one"), (PATH, b"two")]


def test_a_bare_folder_is_read_in_order(bare: Path) -> None:
    assert _read(bare) == BOTH


def test_an_ordinary_folder_is_read(bare: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "a.git", "checkout")
    assert _read(tmp_path / "checkout") == BOTH


def test_a_linked_worktree_is_read(bare: Path, tmp_path: Path) -> None:
    git(bare, "worktree", "add", "--quiet", str(tmp_path / "linked"), "HEAD")
    with opened(str(tmp_path / "linked")) as linked, opened(str(bare)) as whole:
        assert linked.tip == whole.tip
        assert linked.paths() == whole.paths()


@pytest.mark.parametrize("names", [["HEAD", "main"], ["main"]])
def test_a_bundle_is_read_with_and_without_a_head(bare: Path, names: list[str]) -> None:
    git(bare, "bundle", "create", "--quiet", "../a.bundle", *names)
    assert _read(bare.parent / "a.bundle") == BOTH


def test_an_address_is_cloned(bare: Path) -> None:
    assert _read(f"file://{bare}") == BOTH


def test_a_server_that_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repositories, "_CLONE_SECONDS", 0.5)
    over = threading.Event()
    with hostile_server(lambda connection, path: over.wait(20) and None) as server:
        with pytest.raises(RepositoryError, match="was not cloned within"):
            _read(server.url)
        over.set()


def test_without_a_head_the_only_branch_is_taken(tmp_path: Path) -> None:
    bare = build(tmp_path / "b.git", [record(PATH, "one", day(0))], branch="trunk")
    (bare / "HEAD").write_text("ref: refs/heads/nowhere\n")
    assert _read(bare) == [(PATH, b"one")]


def test_of_two_strange_branches_none_is_guessed(tmp_path: Path) -> None:
    bare = build(tmp_path / "b.git", [record(PATH, "one", day(0))], branch="trunk")
    git(bare, "branch", "other", "trunk")
    (bare / "HEAD").write_text("ref: refs/heads/nowhere\n")
    with pytest.raises(RepositoryError, match="has no branch to read"):
        _read(bare)


@pytest.mark.parametrize(
    "reference",
    [
        "nowhere",
        "ext::sh -c 'touch {marker}'",
        "--upload-pack=touch {marker}",
        "ssh://-oProxyCommand=touch%20{marker}/x",
        "git://larkspur.example/x.git",
        "file:///nowhere/x.git",
        "",
        "a\0b",
    ],
)
def test_what_is_no_repository_is_refused_in_one_line(
    reference: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    marker = tmp_path / "marker"
    with pytest.raises(RepositoryError) as refused:
        _read(reference.format(marker=marker))
    assert "\n" not in str(refused.value)
    assert not marker.exists()


def test_a_file_that_is_no_bundle_and_an_empty_folder_are_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"\x00" * 100)
    for name in ("file", "."):
        with pytest.raises(RepositoryError):
            _read(tmp_path / name)


def test_an_empty_repository_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RepositoryError, match="has no branch to read"):
        _read(build(tmp_path / "empty.git", []))


def test_a_bundle_cut_short_is_refused(bare: Path) -> None:
    git(bare, "bundle", "create", "--quiet", "../a.bundle", "main")
    bundle = bare.parent / "a.bundle"
    bundle.write_bytes(bundle.read_bytes()[:-30])
    with pytest.raises(RepositoryError, match=r"^git: "):
        _read(bundle)


def test_without_git_there_is_one_clear_line(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(RepositoryError, match="git is not installed"):
        _read(bare)


def test_nothing_that_a_repository_configures_is_run(bare: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "a.git", "checkout")
    marker, folder = tmp_path / "marker", tmp_path / "checkout"
    hooks = folder / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for name in ("post-checkout", "reference-transaction", "post-index-change", "fsmonitor"):
        (hooks / name).write_text(f"#!/bin/sh\ntouch {marker}\n")
        (hooks / name).chmod(0o755)
    run = f"touch {marker}"
    for key in (
        "core.fsmonitor",
        "core.pager",
        "core.sshCommand",
        "diff.external",
        "core.editor",
        "diff.x.textconv",
    ):
        git(folder, "config", key, run)
    git(folder, "config", "log.showSignature", "true")
    git(folder, "config", "gpg.program", str(hooks / "fsmonitor"))
    (folder / ".git" / "info").mkdir(exist_ok=True)
    (folder / ".git" / "info" / "attributes").write_text("* diff=x\n")
    assert _read(folder) == BOTH
    assert not marker.exists()


def test_a_missing_object_is_not_fetched_from_where_the_repository_says(bare: Path, tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    git(bare, "config", "remote.origin.url", f"ext::sh -c touch% {marker}")
    git(bare, "config", "remote.origin.promisor", "true")
    git(bare, "config", "protocol.ext.allow", "always")
    git(bare, "config", "extensions.partialClone", "origin")
    git(bare, "config", "core.repositoryFormatVersion", "1")
    missing = pytest.raises(RepositoryError, match="is missing")
    with opened(str(bare)) as repository, repository.blobs() as blobs, missing:
        blobs.read("ab" * 20, 1000)
    assert not marker.exists()


def test_a_huge_file_is_passed_over_and_the_next_one_read(tmp_path: Path) -> None:
    bare = build(tmp_path / "a.git", [record(PATH, b"x" * 5000, day(0)), record(PATH, "two", day(1))])
    assert _read(bare) == [(PATH, None), (PATH, b"two")]


def test_only_plain_files_with_readable_names_are_listed(tmp_path: Path) -> None:
    commit = Commit(
        "Record new changes of Larkspur Terms of Service",
        day(0),
        {
            "Larkspur/link.html": b"/etc/passwd",
            "Larkspur/module.html": b"ab" * 20,
            b"Larkspur/\xff\xfe.html": b"bytes",
            "Larkspur/two\nlines.html": b"lines",
            "Larkspur/Größe.html": b"size",
        },
        {"Larkspur/link.html": "120000", "Larkspur/module.html": "160000"},
    )
    bare = build(tmp_path / "a.git", [commit])
    assert sorted(_read(bare)) == [("Larkspur/Größe.html", b"size"), ("Larkspur/two\nlines.html", b"lines")]
    with opened(str(bare)) as repository:
        assert "Larkspur/Größe.html" in repository.paths()


def test_the_environment_of_whoever_runs_it_does_not_lead_elsewhere(
    bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = build(tmp_path / "other.git", [record(PATH, "other", day(0))])
    monkeypatch.setenv("GIT_DIR", str(other))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", os.devnull)
    assert _read(bare) == BOTH


def test_the_copy_goes_when_it_is_closed(bare: Path) -> None:
    with opened(f"file://{bare}") as repository:
        folder = repository.folder
        assert folder.exists()
    assert not folder.exists()
