"""The pages' twins and the API of one site, to be held against each other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.test import Client
from django.utils import timezone

from clauses import tokens
from clauses.analysis import analyze_pending
from clauses.models import TokenScope
from clauses.samples import attach_news
from monitor.samples.loading import load
from tests.builders import make_user

Json = dict[str, Any]
_BASE = "/api/v1"


class TwoDoors:
    """The samples: asked for twins by a curator who is signed in, and for answers of the API with a token."""

    def __init__(self) -> None:
        load()
        analyze_pending()
        attach_news()
        self.curator = make_user(role="curator")
        _, secret = tokens.make(self.curator, "test", TokenScope.READ, 30, timezone.now())
        self._api = Client(headers={"Authorization": f"Bearer {secret}"})
        self._pages = Client()
        self._pages.force_login(self.curator)

    def twin(self, path: str, **query: object) -> Json:
        answer = self._pages.get(path, query_params=query)
        assert answer.status_code == 200, path
        return answer.json()

    def lines(self, path: str) -> list[Json]:
        text = self._pages.get(path).getvalue().decode()
        return [json.loads(line) for line in text.splitlines()]

    def api(self, path: str, **query: object) -> Json:
        answer = self._api.get(f"{_BASE}{path}?{urlencode(query, doseq=True)}")
        assert answer.status_code == 200, f"{path} {answer.content[:300]!r}"
        return answer.json()

    def every(self, path: str, limit: int = 7, **query: object) -> Iterator[Json]:
        """The items of a list, part by part."""
        cursor: Json = {}
        while True:
            part = self.api(path, limit=limit, **query, **cursor)
            assert len(part["items"]) <= limit
            yield from part["items"]
            if part["next"] is None:
                return
            cursor = {"cursor": part["next"]}

    def pages(self, path: str, name: str, **query: object) -> Iterator[Json]:
        """The rows of a list, page by page."""
        first = self.twin(path, **query)
        for number in range(1, first["pages"] + 1):
            yield from self.twin(path, page=number, **query)[name]
