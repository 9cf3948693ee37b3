"""How tests ask the API."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from clauses import tokens
from clauses.models import TokenScope

BASE = "/api/v1"


def secret_of(user: User, scope: str = "read") -> str:
    """A fresh token of a person's."""
    return tokens.make(user, f"to {scope}", TokenScope(scope), 30, timezone.now())[1]


def bearing(secret: str) -> Client:
    """A client that sends a token."""
    return Client(headers={"Authorization": f"Bearer {secret}"})


def ask(client: Client, path: str, **query: Any) -> Any:
    """What it answers to a GET."""
    return client.get(f"{BASE}{path}", query_params=query)


def send(client: Client, path: str, body: Any = None, key: str = "") -> Any:
    """What it answers to a POST."""
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(f"{BASE}{path}", body, content_type="application/json", headers=headers)
