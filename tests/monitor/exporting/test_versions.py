"""The versions as a git repository: what is in it, what a second run adds, and that the importer reads it back."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command

from monitor.exporting.versions import HistoryDiffers, publish_versions
from monitor.git import RepositoryError
from monitor.importing.repositories import Repository, opened
from monitor.models import Document, Platform, Version
from monitor.storage import CorruptBytes
from tests.builders import capture, day, make_document, make_platform, make_source, publish, versions_of
from tests.monitor.importing.archives import git

pytestmark = pytest.mark.django_db
OLD = (
    "<h1>Terms</h1><p>We keep *letters* for 30 days, at most.</p><ul><li>One</li><li>Two</li></ul>"
    "<table><tr><th>Fee</th><th>Due</th></tr><tr><td>$1</td><td>Now</td></tr></table>"
)
NEW = OLD.replace("30 days", "5 years")


def published(folder: Path, *, rebuild: bool = False) -> int:
    """How many versions a run writes."""
    return publish_versions(folder, rebuild=rebuild, begun=lambda total: None, step=lambda: None)


def log(folder: Path) -> list[tuple[str, str]]:
    """Subject and author's date of each commit, oldest first."""
    lines = git(folder, "log", "--reverse", "--topo-order", "--format=%s%x00%aI%x00%cI", "main").splitlines()
    rows = [line.split("\0") for line in lines]
    assert all(authored == committed for _, authored, committed in rows)
    return [(subject, authored) for subject, authored, _ in rows]


def files(folder: Path) -> list[str]:
    """The files at the tip."""
    return git(folder, "ls-tree", "-r", "-z", "--name-only", "main").strip("\0").split("\0")


def make_larkspur() -> Document:
    """A document with two versions a month apart, and a reading of our own."""
    document = make_document(
        make_platform(name="Larkspur", slug="larkspur"), name="Terms of Service", slug="terms-of-service"
    )
    source = make_source(document)
    publish(source, OLD, day(0))
    publish(source, NEW, day(30))
    source.select = ["main p"]
    source.save()
    capture(source, NEW, day(60), furniture="again")
    return document


def test_a_commit_a_version_at_its_own_date_in_the_words_of_the_archive(tmp_path: Path) -> None:
    document = make_larkspur()
    assert published(tmp_path / "terms.git") == 3
    dates = [version.first_seen_at.replace(microsecond=0) for version in Version.objects.order_by("ordinal")]
    found = log(tmp_path / "terms.git")
    assert [subject for subject, _ in found] == [
        "First record of Larkspur Terms of Service",
        "Record new changes of Larkspur Terms of Service",
        "Apply technical or declaration upgrade on Larkspur Terms of Service",
    ]
    assert [datetime.fromisoformat(at).astimezone(UTC) for _, at in found] == dates
    assert files(tmp_path / "terms.git") == ["Larkspur/Terms of Service.md"]
    text = git(tmp_path / "terms.git", "show", "main~1:Larkspur/Terms of Service.md")
    assert text.startswith(
        "# Terms\n\nWe keep \\*letters\\* for 5 years, at most.\n\n- One\n- Two\n\n| Fee | Due |\n"
    )
    message = git(tmp_path / "terms.git", "log", "-1", "--format=%B", "main~1")
    assert f"X-proviso-version: {Version.objects.get(ordinal=2).public_id}\n" in message
    assert f"X-proviso-document: {document.public_id}\n" in message


def test_a_second_run_adds_nothing_and_a_third_what_is_new(tmp_path: Path) -> None:
    folder = tmp_path / "terms.git"
    make_larkspur()
    published(folder)
    tip = git(folder, "rev-parse", "main")
    assert published(folder) == 0
    assert git(folder, "rev-parse", "main") == tip
    source = make_source(make_document(Platform.objects.get(), name="Privacy Policy"))
    publish(source, OLD, day(10))
    assert published(folder) == 1
    assert git(folder, "rev-parse", "main~1") == tip
    assert files(folder) == ["Larkspur/Privacy Policy.md", "Larkspur/Terms of Service.md"]
    assert git(folder, "fsck", "--strict") == ""


def test_built_anew_it_is_the_same(tmp_path: Path) -> None:
    make_larkspur()
    for name in ("one.git", "two.git"):
        published(tmp_path / name)
    tip = git(tmp_path / "one.git", "rev-parse", "main")
    assert git(tmp_path / "two.git", "rev-parse", "main") == tip
    published(tmp_path / "one.git", rebuild=True)
    assert git(tmp_path / "one.git", "rev-parse", "main") == tip


def test_history_that_came_in_before_is_said_and_written_anew_only_when_asked(tmp_path: Path) -> None:
    folder = tmp_path / "terms.git"
    document = make_larkspur()
    published(folder)
    tip = git(folder, "rev-parse", "main")
    Version.objects.filter(document=document, ordinal=1).update(first_seen_at=day(-30))
    with pytest.raises(HistoryDiffers, match=f"another history of {document.public_id}.*--rebuild"):
        published(folder)
    assert git(folder, "rev-parse", "main") == tip
    assert published(folder, rebuild=True) == 3
    assert log(folder)[0][1] == "2025-01-30T06:00:00+00:00"
    assert published(folder) == 0


def test_a_document_keeps_its_file_when_it_is_renamed(tmp_path: Path) -> None:
    folder = tmp_path / "terms.git"
    document = make_larkspur()
    published(folder)
    Document.objects.filter(pk=document.pk).update(name="User Agreement")
    publish(document.sources.get(), OLD, day(90))
    assert published(folder) == 1
    assert files(folder) == ["Larkspur/Terms of Service.md"]
    assert log(folder)[-1][0] == "Record new changes of Larkspur Terms of Service"


def test_samples_are_left_out(tmp_path: Path) -> None:
    publish(make_source(make_document(make_platform(is_sample=True))), OLD, day(0))
    assert published(tmp_path / "terms.git") == 0


def test_names_that_are_alike_get_files_of_their_own(tmp_path: Path) -> None:
    for name in ("Larkspur", "LARKSPUR"):
        platform = make_platform(name=name)
        for _ in range(2):
            publish(make_source(make_document(platform, name="Terms")), OLD, day(0))
    assert published(tmp_path / "terms.git") == 4
    assert len({path.casefold() for path in files(tmp_path / "terms.git")}) == 4


def test_hostile_names_end_up_in_files_that_git_checks_out(tmp_path: Path) -> None:
    for number, name in enumerate(["../x", ".git", 'a"\n\\b', "M 100644 inline x", "-rf"]):
        document = make_document(make_platform(name=name), name=name, slug=f"terms-{number}")
        publish(make_source(document), OLD, day(0))
    assert published(tmp_path / "terms.git") == 5
    git(tmp_path, "clone", "--quiet", "terms.git", "copy")
    copied = {path.relative_to(tmp_path / "copy") for path in (tmp_path / "copy").rglob("*.md")}
    assert {str(path) for path in copied} == set(files(tmp_path / "terms.git"))
    assert git(tmp_path / "terms.git", "fsck", "--strict") == ""


def test_what_is_no_repository_of_its_own_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(RepositoryError, match="neither empty nor a bare repository"):
        published(tmp_path)
    git(tmp_path, "init", "--quiet", "work")
    with pytest.raises(RepositoryError, match="neither empty nor a bare repository"):
        published(tmp_path / "work")


def test_without_git_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RepositoryError, match="git is not installed"):
        published(tmp_path / "terms.git")


def test_a_damaged_text_ends_the_run_and_nothing_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "terms.git"
    document = make_larkspur()
    last = versions_of(document.sources.get())[-1]
    Version.objects.filter(pk=last.pk).update(text_sha256="0" * 64)
    with pytest.raises(CorruptBytes):
        published(folder)
    assert git(folder, "for-each-ref") == ""


def test_commits_of_others_are_left_where_they_are(tmp_path: Path) -> None:
    folder = tmp_path / "terms.git"
    make_larkspur()
    published(folder)
    git(tmp_path, "clone", "--quiet", "terms.git", "copy")
    (tmp_path / "copy" / "README.md").write_text("About")
    git(tmp_path / "copy", "add", "README.md")
    someone = ("-c", "user.name=Someone", "-c", "user.email=someone@example.org")
    git(tmp_path / "copy", *someone, "commit", "--quiet", "-m", "Add a README")
    git(tmp_path / "copy", "push", "--quiet")
    publish(make_source(make_document(name="Other")), OLD, day(70))
    assert published(folder) == 1
    assert "README.md" in files(folder)


def test_a_hook_or_a_setting_of_the_folder_runs_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "terms.git"
    make_larkspur()
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "terms.git")
    hook = folder / "hooks" / "reference-transaction"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    hook.chmod(0o755)
    published(folder)
    assert not os.path.exists(tmp_path / "ran")  # noqa: PTH110


def test_the_importer_reads_it_back(tmp_path: Path) -> None:
    """The same texts at the same dates, and for the same reasons."""
    folder = tmp_path / "terms.git"
    document = make_larkspur()
    expected = [
        (version.text, int(version.first_seen_at.timestamp()), version.cause)
        for version in Version.objects.filter(document=document).order_by("ordinal")
    ]
    published(folder)
    Platform.objects.filter(pk=document.platform_id).update(slug="before", name="Before")
    call_command("import_ota", "--versions", str(folder))
    imported = Version.objects.filter(document__platform__slug="larkspur").order_by("ordinal")
    assert [
        (version.text, int(version.first_seen_at.timestamp()), version.cause) for version in imported
    ] == expected
    with opened(str(folder)) as repository:
        assert isinstance(repository, Repository)
