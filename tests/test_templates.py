"""Templates are sent without their indentation, and with every word where it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.template import Engine, Origin

from config.templates import Loader

FOLDER = Path(__file__).resolve().parents[1] / "templates"
NAMES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.*"))


def read(name: str) -> str:
    loader = Loader(Engine(dirs=[str(FOLDER)]))
    return loader.get_contents(Origin(str(FOLDER / name), name, loader))


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith(".html")])
def test_a_page_is_read_without_indentation_and_with_the_same_lines(name: str) -> None:
    written = (FOLDER / name).read_text()
    assert read(name).split("\n") == [
        line.lstrip(" \t") if at else line for at, line in enumerate(written.split("\n"))
    ]


@pytest.mark.parametrize("name", [name for name in NAMES if not name.endswith(".html")])
def test_mail_in_plain_text_is_read_as_it_was_written(name: str) -> None:
    assert read(name) == (FOLDER / name).read_text()


def test_the_site_sends_no_indentation(client: object, db: None) -> None:
    page = client.get("/methodology/").content.decode()
    assert "\n<" in page
    assert "\n " not in page
