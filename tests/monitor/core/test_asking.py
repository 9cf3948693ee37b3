import pytest

from monitor.core.asking import Asking, host_key, is_moved, is_same_host

ASKING = Asking({"Accept-Language": "de"}, {"if-none-match": '"one"'}, "https://a.example/terms")


def test_headers_go_along_at_home_and_validators_to_their_address():
    assert ASKING.told("https://a.example/start", is_at_home=True) == {"accept-language": "de"}
    assert ASKING.told("https://b.example/terms", is_at_home=False) == {}
    told = ASKING.told("https://a.example/terms", is_at_home=True)
    assert told == {"accept-language": "de", "if-none-match": '"one"'}
    assert ASKING.is_validated("https://a.example/terms")
    assert not ASKING.is_validated("https://a.example/terms/")
    assert not Asking().is_validated("")


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://Example.ORG/terms", "example.org:443"),
        ("http://example.org", "example.org:80"),
        ("http://example.org.:8080/", "example.org:8080"),
        ("http://[2001:DB8::1]/", "[2001:db8::1]:80"),
    ],
)
def test_a_host_is_a_name_and_a_port(url, key):
    assert host_key(url) == key


def test_a_port_that_is_none_is_no_host():
    with pytest.raises(ValueError, match="Port"):
        host_key("http://example.org:99999999/")


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("https://a.example/1", "https://A.example/2", True),
        ("http://a.example/", "https://a.example/", True),
        ("http://a.example:80/", "https://a.example:443/", True),
        ("https://a.example/", "http://a.example/", False),
        ("https://a.example/", "https://www.a.example/", False),
        ("https://a.example/", "https://a.example:8443/", False),
        ("http://a.example:8080/", "https://a.example/", False),
        ("http://a.example/", "https://a.example.evil.example/", False),
    ],
)
def test_another_name_port_or_a_step_down_from_https_is_another_host(old, new, same):
    assert is_same_host(old, new) == same


@pytest.mark.parametrize(
    ("old", "new", "moved"),
    [
        ("http://a.example/terms", "https://a.example/terms/", False),
        ("https://a.example/terms", "https://a.example/terms#top", False),
        ("https://a.example", "https://a.example/", False),
        ("https://a.example/terms", "https://a.example/terms?lang=de", True),
        ("https://a.example/terms", "https://a.example/Terms", True),
        ("https://a.example/terms", "https://www.a.example/terms", True),
        ("https://a.example/terms", "https://a.example:8443/terms", True),
    ],
)
def test_a_place_is_where_a_page_is_but_for_https_and_the_last_slash(old, new, moved):
    assert is_moved(old, new) == moved
    assert is_moved(new, old) == moved


def test_what_is_sent_is_posted():
    assert Asking().said_to("https://a.example/") == ("GET", "https://a.example/", None, None)
    assert Asking(body=b"?").said_to("https://a.example/") == ("POST", "https://a.example/", None, b"?")
