"""How operations are declared: what they answer, what they may answer instead, and who may ask."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Router
from ninja.params.functions import Path
from pydantic import BaseModel

from clauses.api.answers.parts import told
from clauses.api.asker import READING
from clauses.api.patterns import CURSOR
from clauses.api.problems import Problem, not_understood
from clauses.forms.understood import NotUnderstood, refuse_unknown

_View = TypeVar("_View", bound=Callable[..., Any])
# One for all of them: of two with one address, each with its own, the second would never be found.
router = Router()
MOST = 100


def _id(letter: str, digits: int, what: str) -> Any:
    return Path(
        pattern=rf"^{letter}-[0-9]{{{digits},12}}$",
        description=f"Public ID of the {what}",
        example=f"{letter}-{12:0{digits}d}",
    )


DocumentId = Annotated[str, _id("D", 5, "document")]
VersionId = Annotated[str, _id("V", 6, "version")]
SnapshotId = Annotated[str, _id("S", 6, "snapshot")]
ChangeSetId = Annotated[str, _id("C", 6, "change set")]
RecordId = Annotated[str, _id("P", 6, "record")]
Slug = Annotated[str, Path(pattern=r"^[-a-zA-Z0-9_]{1,80}$", description="Its name in addresses")]
Key = Annotated[int, Path(ge=1, lt=2**63, description="Its key")]


class Paged(BaseModel):
    """Which part of a list is asked for."""

    cursor: str | None = told(
        "Where to go on: `next` of the part before. Lists stay in order while rows are added",
        default=None,
        max_length=120,
        pattern=CURSOR,
    )
    limit: int = told("How many at most", default=50, ge=1, le=MOST)


def number_of(public_id: str) -> int:
    """The number in a public ID."""
    return int(public_id.partition("-")[2])


def reads(
    tag: str, path: str, answer: Any, *, auth: Any = READING, may_have_moved: bool = False
) -> Callable[[_View], _View]:
    """Declare the view below as what GET answers there."""
    problems = {400, 401, 405, 429}
    if "{" in path:
        problems.add(404)
    if auth is not READING:
        problems.add(403)
    answers: dict[Any, Any] = {200: answer, 304: None, frozenset(problems): Problem}
    if may_have_moved:
        answers[307] = Problem

    def declare(view: _View) -> _View:
        registered: _View = router.get(path, response=answers, auth=auth, **_said(view, tag))(view)
        return registered

    return declare


def acts(tag: str, path: str, answer: Any, *, auth: Any, status: int = 200) -> Callable[[_View], _View]:
    """Declare the view below as what POST does there."""
    problems = {400, 401, 403, 405, 409, 429}
    if "{" in path:
        problems.add(404)

    def declare(view: _View) -> _View:
        answers = {status: answer, frozenset(problems): Problem}
        registered: _View = router.post(path, response=answers, auth=auth, **_said(view, tag))(view)
        return registered

    return declare


def _said(view: Callable[..., Any], tag: str) -> dict[str, Any]:
    """What the reference says of an operation: its first sentence, the rest, and its name."""
    first, _, rest = (view.__doc__ or "").strip().partition("\n")
    name = view.__name__
    rest = "\n".join(line.strip() for line in rest.strip().splitlines())
    return {
        "tags": [tag],
        "summary": first.rstrip("."),
        # None would be taken for the docstring as a whole.
        "description": rest or first,
        "operation_id": name,
        "url_name": name.replace("_", "-"),
        "by_alias": True,
        # What a twin leaves out is left out here, too.
        "exclude_unset": True,
    }


def refusing_unknown(run: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Around an operation: a parameter that it does not know is refused, as a filter that makes no sense is."""
    operation: Any = getattr(run, "__self__", None)
    known = {
        name
        for model in operation.models
        if model.__ninja_param_source__ == "query"
        for name in model.__ninja_flatten_map__
    }

    @wraps(run)
    def asked(request: HttpRequest, *args: Any, **given: Any) -> HttpResponseBase:
        try:
            refuse_unknown(request.GET, known)
        except NotUnderstood as error:
            return not_understood(request, error)
        return run(request, *args, **given)

    return asked
