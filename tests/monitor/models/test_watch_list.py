import pytest
from django.core.exceptions import ValidationError

from monitor.models import Source
from tests.builders import day, make_document, make_source

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "url", ["https://a.example/", "http://a.example:8080/x?y#z", "https://[2606:2800::1]/"]
)
def test_a_web_address_is_accepted(url):
    Source(document=make_document(), url=url).full_clean()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ftp://a.example/",
        "//a.example/",
        "https://",
        "a.example",
        "https:\\\\a.example",
        "https://a.example\\@b.example/",
        " ",
        "data:text/html,x",
        "http:///x",
        "http://[::1/",
        "https://a.example:99999/",
        "https://a.example:port/",
        "https://someone:secret@a.example/",
    ],
)
def test_what_is_no_web_address_is_refused_in_the_model(url):
    with pytest.raises(ValidationError):
        Source(document=make_document(), url=url).full_clean()


@pytest.mark.parametrize("select", ["main", [1], [""], ["p["], {"a": 1}, [["main"]]])
def test_what_is_no_list_of_selectors_is_refused(select):
    with pytest.raises(ValidationError):
        Source(document=make_document(), url="https://a.example/", select=select).full_clean()


def test_a_validity_that_ends_before_it_begins_is_refused():
    for until in (day(0), day(1)):
        with pytest.raises(ValidationError):
            make_source(valid_from=day(1), valid_until=until).full_clean()


def test_a_source_is_valid_from_its_beginning_until_just_before_its_end():
    source = make_source(valid_from=day(1), valid_until=day(2))
    valid = [at for at in (0.99, 1, 1.99, 2) if Source.objects.valid(day(at)).filter(pk=source.pk).exists()]
    assert valid == [1, 1.99]


def test_sources_come_in_reading_order():
    document = make_document()
    last, first, second = (make_source(document, position=position) for position in (3, 1, 1))
    assert list(Source.objects.valid(day(0))) == [first, second, last]
