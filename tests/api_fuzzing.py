"""Requests to the API that schemathesis makes up, valid and invalid, with every check it knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import schemathesis
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from schemathesis.checks import CHECKS
from schemathesis.generation import GenerationMode

from clauses import tokens
from clauses.models import ChangeSet, Clause, Decision, TokenScope
from monitor.models import Document, Platform, Snapshot, Version
from tests.builders import make_user

# The description states their shape, and only the rows of a site which there are: one of that shape may be refused.
LOOKED_UP = {
    *("cursor", "since", "platform", "document", "first", "type", "document_type"),
    *("language", "jurisdiction", "audience", "types", "pages", "name"),
}


def described(application: Any) -> Any:
    """The API as it describes itself."""
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


def secrets_by_scope() -> dict[str, str]:
    """A token of an administrator for every scope."""
    user = make_user(role="administrator")
    return {scope.value: tokens.make(user, scope.value, scope, 30, timezone.now())[1] for scope in TokenScope}


def operations(schema: Any) -> Iterator[tuple[str, Any]]:
    """Every operation with its ID."""
    for found in schema.get_all_operations():
        operation = found.ok()
        yield operation.definition.raw["operationId"], operation


def fuzz(operation: Any, secrets: Mapping[str, str], examples: int) -> Counter[int]:
    """Ask for an operation so many times, half of them with valid values. How often it answered with which status."""
    scopes = [scope for one in operation.definition.raw["security"] for scope in one.get("token", [])]
    headers = {"Authorization": f"Bearer {secrets[scopes[0] if scopes else 'read']}"}
    answered: Counter[int] = Counter()
    modes = [GenerationMode.POSITIVE]
    if operation.definition.raw["parameters"] or operation.body:
        modes.append(GenerationMode.NEGATIVE)
    for mode in modes:
        _run(
            _cases(operation, mode),
            headers,
            examples // 2,
            answered,
            is_valid=mode == GenerationMode.POSITIVE,
        )
    return answered


def _cases(operation: Any, mode: GenerationMode) -> Any:
    """Made-up values; in half of the cases with the ID of something that there is."""
    made_up = operation.as_strategy(generation_mode=mode)
    if mode == GenerationMode.NEGATIVE:
        return made_up
    there = [operation.as_strategy(generation_mode=mode, **known) for known in _known(operation)]
    return st.one_of(made_up, made_up.map(_without_names), *there)


def _without_names(case: Any) -> Any:
    """The same, asking for no row by a name that hardly any has."""
    if case.query:
        case.query = {name: value for name, value in case.query.items() if name not in LOOKED_UP}
        if case.operation.definition.raw["operationId"] in {"compare_clause_type", "compare_platforms"}:
            case.query["platform"] = ["sorrelmind", "coppermere"]
    return case


def _known(operation: Any) -> list[dict[str, Any]]:
    """What leads to rows that there are: values of the address, and bodies that can be acted on."""
    if made := _ACTS.get(operation.definition.raw["operationId"]):
        return made()
    names = [row["name"] for row in operation.definition.raw["parameters"] if row["in"] == "path"]
    if not names:
        return []
    rows = zip(*(_ROWS[name]() for name in names), strict=False)
    return [{"path_parameters": dict(zip(names, values, strict=True))} for values in rows]


def _decisions() -> list[dict[str, Any]]:
    rows = Clause.objects.standing().select_related("current__wording").order_by("?")[:8]
    said = {"types": ["arbitration"], "severity": "high", "reason": "For show."}
    return [
        {
            "path_parameters": {"record_id": row.public_id},
            "body": said | {"wording_sha256": row.current.wording.sha256},
        }
        for row in rows
    ]


def _documents() -> list[dict[str, Any]]:
    page = {"url": "https://www.fuzzed.example/terms", "select": ["main"]}
    return [{"body": {"platform": "Fuzzed", "name": name, "pages": [page]}} for name in ("Terms", "Privacy")]


_ACTS: dict[str, Callable[[], list[dict[str, Any]]]] = {
    "decide_on_record": _decisions,
    "watch_document": _documents,
}


def _ids(model: Any) -> Callable[[], list[str]]:
    return lambda: [row.public_id for row in model.objects.order_by("?")[:8]]


_ROWS: dict[str, Callable[[], list[Any]]] = {
    "platform": lambda: list(Platform.objects.values_list("slug", flat=True)[:8]),
    "document_id": _ids(Document),
    "version_id": _ids(Version),
    "old_id": lambda: [row.old_version.public_id for row in ChangeSet.objects.order_by("pk")[:8]],
    "new_id": lambda: [row.new_version.public_id for row in ChangeSet.objects.order_by("pk")[:8]],
    "snapshot_id": _ids(Snapshot),
    "change_set_id": _ids(ChangeSet),
    "record_id": _ids(Clause),
    "type": lambda: ["data_retention", "arbitration"],
    "decision": lambda: list(Decision.objects.values_list("pk", flat=True)[:8]),
}


def _run(cases: Any, headers: Any, examples: int, answered: Counter[int], *, is_valid: bool) -> None:
    @given(case=cases)
    @hypothesis_settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=False,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: Any) -> None:
        answer = case.call(headers=headers)
        answered[answer.status_code] += 1
        checks = CHECKS.get_all()
        if is_valid and answer.status_code == 400:
            wrong = {row["parameter"].split(".")[0] for row in answer.json()["parameters"]}
            assert wrong, answer.text
            assert wrong <= LOOKED_UP, answer.text
            checks = [check for check in checks if check.__name__ != "positive_data_acceptance"]
        case.validate_response(answer, headers=headers, checks=checks)

    ask()
