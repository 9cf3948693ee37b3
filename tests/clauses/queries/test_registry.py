"""Counts, orders and limits of the registry."""

from __future__ import annotations

import pytest

from clauses.models import Clause, ListedClause
from clauses.queries import registry as module
from clauses.queries.like_documents import LikeDocuments
from clauses.queries.registry import Registry, Wanted
from tests.builders import day, make_document, make_platform, make_source, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> None:
    for name, language, kind in (("Zinc", "en", "privacy_policy"), ("Alum", "de", "terms_of_service")):
        document = make_document(
            make_platform(slug=name.lower(), name=name),
            language=language,
            type=kind,
            jurisdiction=f"of {name}",
        )
        texts = "".join(f"<p>We keep record {n} of {name} for {n + 2} years.</p>" for n in range(4))
        publish(make_source(document), f"{texts}<p>Plain words of {name}.</p>", day(len(name) + ord(name[0])))


def _texts(**asked: object) -> list[str]:
    return [clause.current.wording.text for clause in Registry(Wanted(**asked))[:100]]


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"words": "record"},
        {"types": ("data_retention",)},
        {"platforms": ("zinc",)},
        {"confidence": "high"},
        {"severity": 0},
        {"severity": 2, "types": ("data_retention",)},
        {"severity": 2, "types": ("data_retention", "arbitration"), "confidence": "high"},
        {"words": "plain OR record", "types": ("data_retention",), "platforms": ("alum",)},
        {"types": ("data_retention", "arbitration")},
        {"types": ("data_retention", "arbitration"), "words": "of", "platforms": ("alum", "zinc")},
        {"document_types": ("privacy_policy", "terms_of_service"), "platforms": ("zinc",)},
        {"like": LikeDocuments(language="de")},
        {"like": LikeDocuments(document_type="privacy_policy", jurisdiction="of Zinc"), "words": "plain"},
        {"like": LikeDocuments(language="xx")},
    ],
)
@pytest.mark.parametrize("sort", ["", "severity", "relevance", "newest", "platform"])
def test_total_and_rows_agree_in_every_order(asked: dict[str, object], sort: str) -> None:
    found = Registry(Wanted(**asked, sort=sort))
    rows = found[:100]
    assert len(rows) == found.total == len(found)
    assert len({clause.pk for clause in rows}) == len(rows)
    assert (found.is_cut, found.is_more_than, found.is_sorted_in_part) == (False, False, False)
    assert {clause.pk for clause in rows} == {clause.pk for clause in Registry(Wanted(**asked))[:100]}


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize("words", ["", "of"])
def test_of_several_values_any_will_do(words: str) -> None:
    both = set(_texts(words=words))
    assert set(_texts(words=words, platforms=("zinc", "alum"))) == both
    assert set(_texts(words=words, document_types=("privacy_policy", "terms_of_service"))) == both
    zinc = {text for text in both if "Zinc" in text}
    assert set(_texts(words=words, platforms=("zinc", "alum"), document_types=("privacy_policy",))) == zinc
    publish(make_source(), "<p>Disputes of any kind are decided by binding arbitration.</p>", day(9))
    types = ("data_retention", "arbitration")
    kept, decided = (set(_texts(words=words, types=(slug,))) for slug in types)
    assert (len(kept), len(decided)) == (8, 1)
    found = _texts(words=words, types=types)
    assert set(found) == kept | decided
    assert len(found) == 9, "each once"


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize("words", ["", "of"])
def test_orders(words: str) -> None:
    by_platform = _texts(words=words, sort="platform")
    assert ["Alum" in text for text in by_platform] == [True] * 5 + [False] * 5
    newest = _texts(words=words, sort="newest")
    assert ["Zinc" in text for text in newest] == [True] * 5 + [False] * 5
    severities = [clause.severity for clause in Registry(Wanted(words=words, sort="severity"))[:100]]
    assert severities == sorted(severities, reverse=True)


@pytest.mark.usefixtures("site")
def test_what_cannot_all_be_sorted_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_LISTED", 3)
    everything = Registry(Wanted())
    assert (everything.total, len(everything), everything.is_cut, everything.is_sorted_in_part) == (
        10,
        3,
        True,
        False,
    )
    searched = Registry(Wanted(words="of"))
    assert (searched.total, searched.is_more_than, searched.is_sorted_in_part) == (3, True, True)
    assert len(searched[:100]) == 3
    assert Registry(Wanted(sort="platform")).is_sorted_in_part
    assert not Registry(Wanted(sort="newest")).is_sorted_in_part


@pytest.mark.usefixtures("site")
def test_most_of_the_documents_are_gone_through_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    like = LikeDocuments(language="de")
    few = _texts(like=like)
    monkeypatch.setattr(module, "_MANY_DOCUMENTS", 0)
    assert _texts(like=like) == few
    assert _texts(like=like, types=("data_retention",))


@pytest.mark.usefixtures("site")
def test_many_types_are_gone_through_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    types = ("data_retention", "arbitration")
    few = _texts(types=types)
    assert len(few) == 8
    monkeypatch.setattr(module, "_MANY_TYPES", 0)
    for more in ({}, {"platforms": ("zinc", "alum")}, {"sort": "newest"}):
        assert sorted(_texts(types=types, **more)) == sorted(few)


@pytest.mark.usefixtures("site")
def test_a_clause_that_went_while_the_page_was_made_is_left_out() -> None:
    found = Registry(Wanted(words="plain"))
    assert found.total == 2
    Clause.objects.filter(listed=ListedClause.objects.last()).update(current=None)
    assert len(found[:10]) == 1
