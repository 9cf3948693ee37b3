"""What a source would give, before anything is saved."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from django.test import override_settings

from monitor.previewing import preview
from tests.web_site import WebSite, web_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages() -> Iterator[WebSite]:
    with web_site() as running, override_settings(FETCH_ALLOW_PRIVATE=True):
        yield running


def test_the_text_comes_by_blocks(pages: WebSite) -> None:
    url = pages.publish("/terms", "<h2>Rules</h2><ul><li>Be kind.</li></ul><p>Or leave.</p>")
    shown = preview(url, ["main"], [])
    assert [(block.kind, block.level, block.text) for block in shown.blocks] == [
        ("heading", 2, "Rules"),
        ("item", 1, "Be kind."),
        ("paragraph", 0, "Or leave."),
    ]
    assert (shown.words, shown.title, shown.language, shown.error) == (5, "Terms", "en", "")


def test_selectors_decide_what_is_read(pages: WebSite) -> None:
    url = pages.publish("/terms", "<div class='a'>One. <i class='b'>Two.</i></div><div>Three.</div>")
    assert [block.text for block in preview(url, [".a"], [".b"]).blocks] == ["One."]


@pytest.mark.parametrize(
    ("path", "select", "error"),
    [
        ("/terms", ["#missing"], "Not readable: No element of the page matches the selectors."),
        ("/empty", ["main"], "Not readable: "),
        ("/gone", [], "The server answered 404."),
        ("/terms", ["main >"], "Not readable: Not a CSS selector"),
    ],
)
def test_an_error_is_one_line(pages: WebSite, path: str, select: list[str], error: str) -> None:
    pages.publish("/terms", "<p>Text.</p>")
    pages.publish("/empty", "")
    shown = preview(pages.url + path, select, [])
    assert shown.error.startswith(error)
    assert len(shown.error.splitlines()) == 1
    assert shown.blocks == ()


@override_settings(FETCH_ALLOW_PRIVATE=False)
def test_a_private_address_is_never_asked() -> None:
    with web_site() as inside:
        shown = preview(inside.publish("/secret", "<p>Inside.</p>"), [], [])
        assert inside.requests == []
    assert "leads into a private network" in shown.error


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://host.example/x", "http://user@host.example/"])
def test_only_plain_web_addresses_are_fetched(url: str) -> None:
    assert preview(url, [], []).error.startswith("Not readable: ")


def test_a_name_that_is_unknown_and_a_port_nobody_listens_on_are_told_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "in the words of the machine")

    with socket.socket() as taken, override_settings(FETCH_ALLOW_PRIVATE=True):
        # Bound, but it does not listen: nobody else can open the port meanwhile.
        taken.bind(("127.0.0.1", 0))
        shown = preview(f"http://127.0.0.1:{taken.getsockname()[1]}/", [], [])
    assert shown.error == "Not readable: the connection was refused"
    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert preview("http://nobody.example/", [], []).error == "Not readable: the name could not be found"
