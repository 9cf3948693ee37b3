import pytest

from monitor.files import FileError, read_file


@pytest.mark.parametrize(
    ("name", "body", "kind", "text"),
    [
        ("a.html", "<main><p>Keep <b>it</b>.</p></main>", "text/html", "Keep it."),
        ("a.md", "Keep **it**.", "text/markdown", "Keep it."),
        ("a.txt", "Keep <b>it</b>.", "text/plain", "Keep <b>it</b>."),
    ],
)
def test_the_ending_of_a_name_says_how_a_file_is_read(tmp_path, name, body, kind, text):
    file = tmp_path / name
    file.write_text(body)
    found = read_file(str(file))
    assert (found.content_type, found.extract.text, found.body) == (kind, text, body.encode())


def test_a_stated_type_wins_over_the_ending(tmp_path):
    file = tmp_path / "a.html"
    file.write_text("Keep <b>it</b>.")
    assert read_file(str(file), "text").extract.text == "Keep <b>it</b>."


@pytest.mark.parametrize("body", [b"", bytes(range(256)) * 9])
def test_a_file_without_a_text_is_one_clear_line(tmp_path, body):
    file = tmp_path / "a.html"
    file.write_bytes(body)
    with pytest.raises(FileError) as caught:
        read_file(str(file))
    assert str(file) in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["gone.html", "."])
def test_a_file_that_cannot_be_opened_is_one_clear_line(tmp_path, name):
    with pytest.raises(FileError):
        read_file(str(tmp_path / name))
