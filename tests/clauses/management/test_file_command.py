"""What the commands on files refuse: one line, exit code 1, whatever the file is."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.clauses.management.running import refusal

PAGE = b"<html lang='en'><body><main><p>We keep your photos for 30 days.</p></main></body></html>"
FILES = {
    "page.html": PAGE,
    "terms.md": b"# Terms\n\nWe keep your photos for 60 days.",
    "empty.html": b"",
    "blank.txt": b" \n\n \t\n",
    "scripts.html": b"<html><body><script>var a = 1</script></body></html>",
    "binary.html": bytes(range(256)) * 8,
    "picture.txt": b"\x89PNG\r\n\x1a\n" + bytes(64),
    "paper.pdf": b"%PDF-1.7\n1 0 obj",
}
REFUSED = {
    "absent.html": "No such file or directory",
    "folder": "Is a directory",
    "page.html/below": "Not a directory",
    "empty.html": "no text",
    "blank.txt": "no text",
    "scripts.html": "no text",
    "binary.html": "binary",
    "picture.txt": "binary",
    "paper.pdf": "The PDF cannot be read",
    f"{'n' * 300}.html": "name too long",
}
SELECTORS = {"<<": "Not a CSS selector", "": "Not a CSS selector", "p::before": "Not a CSS selector"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, body in FILES.items():
        (tmp_path / name).write_bytes(body)
    (tmp_path / "folder").mkdir()
    return tmp_path


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_holds_no_text_is_refused_by_its_name(folder: Path, name: str) -> None:
    for arguments in (["analyze", name], ["extract", name], ["compare", "page.html", name]):
        with pytest.raises(CommandError, match="(?i)" + REFUSED[name]) as refused:
            call_command(arguments[0], *(str(folder / file) for file in arguments[1:]))
        assert name in str(refused.value)
        assert "\n" not in str(refused.value)


@pytest.mark.parametrize("selector", SELECTORS)
@pytest.mark.parametrize("option", ["--select", "--remove"])
def test_a_selector_that_is_none_is_refused(folder: Path, option: str, selector: str) -> None:
    with pytest.raises(CommandError, match=SELECTORS[selector]):
        call_command("extract", str(folder / "page.html"), option, selector)


@pytest.mark.parametrize("selector", SELECTORS)
@pytest.mark.parametrize("command", ["analyze", "extract", "compare"])
def test_a_selector_that_is_none_is_refused_for_a_file_that_needs_none_too(
    folder: Path, command: str, selector: str
) -> None:
    files = [str(folder / "terms.md")] * (2 if command == "compare" else 1)
    with pytest.raises(CommandError, match=SELECTORS[selector]):
        call_command(command, *files, "--select", selector)


@pytest.mark.parametrize("option", ["--select", "--remove"])
@pytest.mark.parametrize(
    "arguments", [["analyze", "terms.md"], ["extract", "terms.md"], ["compare", "terms.md", "terms.md"]]
)
def test_a_selector_that_nothing_is_read_with_is_refused(
    folder: Path, arguments: list[str], option: str
) -> None:
    refused = refusal(*arguments, option, "main", folder=folder)
    assert f"{option} picks from HTML only, and terms.md is read as text/markdown" in refused


def test_a_selector_serves_a_comparison_of_a_page_with_a_text(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("compare", str(folder / "terms.md"), str(folder / "page.html"), "--select", "main")
    assert "photos" in capsys.readouterr().out


def test_a_selector_that_matches_nothing_is_refused_and_a_removal_of_nothing_is_not(folder: Path) -> None:
    with pytest.raises(CommandError, match="matches the selectors"):
        call_command("extract", str(folder / "page.html"), "--select", ".terms")
    call_command("extract", str(folder / "page.html"), "--remove", ".advert")


def test_removing_everything_leaves_no_text(folder: Path) -> None:
    with pytest.raises(CommandError, match="no text"):
        call_command("extract", str(folder / "page.html"), "--remove", "main")


def test_a_process_refuses_in_one_line_with_exit_code_1(folder: Path) -> None:
    assert "No such file" in refusal("analyze", "absent.html", "--json", folder=folder)
    assert "Not a CSS selector" in refusal(
        "compare", "page.html", "page.html", "--remove", "[", folder=folder
    )
    assert "first line second" in refusal("extract", "first line\nsecond", folder=folder)


@pytest.mark.parametrize(
    "arguments",
    [
        ["analyze"],
        ["compare", "page.html"],
        ["extract", "page.html", "--content-type", "paper"],
        ["extract", "page.html", "--select", '{"startAfter": "h1"'],
        ["extract", "page.html", "--remove", '{"startAfter": "h1"}'],
        ["classify", "--yes"],
    ],
)
def test_wrong_options_are_refused_in_one_line_too(folder: Path, arguments: list[str]) -> None:
    assert "error" in refusal(*arguments, folder=folder)


def test_a_file_that_is_no_pdf_is_refused_in_one_line_whatever_the_reader_of_pdfs_says(folder: Path) -> None:
    refused = refusal("extract", "page.html", "--content-type", "pdf", folder=folder)
    assert refused == "CommandError: page.html: The PDF cannot be read (PdfStreamError)."


def test_a_range_is_written_as_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "long.html").write_bytes(
        b"<main><p>About this page.</p><h1>Terms</h1><p>We keep your photos.</p><footer>Contact us.</footer></main>"
    )
    span = '{"startAfter": "h1", "endBefore": "footer"}'
    call_command("extract", str(folder / "long.html"), "--select", span)
    assert capsys.readouterr().out.strip() == "We keep your photos."
    call_command("extract", str(folder / "long.html"), "--select", "main", "--remove", span)
    left = capsys.readouterr().out
    assert "Contact us." in left
    assert "photos" not in left
