"""Every address that anybody may see, each for many different records: from the project's own list of addresses."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.urls import URLPattern, reverse
from django.utils.http import urlencode

from clauses.models import ChangeSet, Clause
from clauses.site_taxonomy import taxonomy_in_force
from clauses.urls import urlpatterns
from monitor.models import Document, Platform, Snapshot, Version

# What the lists are asked for besides themselves: each is measured under a name of its own.
_QUESTIONS: dict[str, Sequence[dict[str, Any]]] = {
    "clauses": [
        {"page": 40},
        {"type": "{type}"},
        {"type": "{type}", "platform": "{platform}"},
        {"type": ["{type}", "{type}", "{type}"]},
        {"type": ["{type}", "{type}"], "sort": "newest"},
        {"type": ["{type}", "{type}"], "platform": ["platform-1", "{platform}"]},
        {"q": "your", "type": ["{type}", "{type}"]},
        {"severity": "low"},
        {"confidence": "high", "severity": "medium"},
        {"q": "we"},
        {"q": "the of and"},
        {"q": '"of the"'},
        {"q": "{word}"},
        {"q": "{word} -the"},
        {"q": "no", "type": "{type}"},
        {"q": "your", "platform": "{platform}"},
        {"q": "your", "language": "de"},
        {"q": "not", "sort": "newest"},
        {"q": "ba*", "sort": "platform"},
        {"language": "fr", "document_type": "cookie_policy"},
        {"sort": "newest"},
        {"sort": "platform"},
    ],
    "changes": [
        {"type": "{type}"},
        {"severity": "high", "page": 40},
        {"platform": "{platform}"},
        {"type": ["{type}", "{type}", "{type}"]},
        {"type": ["{type}", "{type}"], "platform": ["platform-1", "{platform}", "platform-3"]},
    ],
    "dashboard": [{"severity": "medium"}, {"type": "{type}"}, {"type": ["{type}", "{type}"]}],
    "platforms": [{"page": 3}, {"q": "ba"}, {"sort": "changed"}],
    "compare-type": [
        {"type": "{type}", "platform": ["platform-1", "platform-2"]},
        {"type": "{type}", "platform": ["platform-1", "{platform}", "platform-3", "platform-4"]},
        {"platform": ["platform-1", "{platform}"]},
        {"platform": ["platform-1", "platform-2", "{platform}", "platform-4"]},
    ],
}
# What has no answer without a question, and the root of a day: an invented site has none.
_ASKED_ONLY = {"choose-comparison", "document-on", "document-on-json", "root"}


def addresses(count: int) -> Iterator[tuple[str, list[str]]]:
    """The name of each address and `count` paths of it, for records drawn by chance, the same ones each run."""
    chance = random.Random(5)
    for pattern in _public():
        name = str(pattern.name)
        if name in _ASKED_ONLY:
            continue
        questions = _QUESTIONS.get(name.removesuffix("-json"), ())
        if name != "compare-type-json":
            yield name, [reverse(name, kwargs=_arguments(pattern, chance)) for _ in range(count)]
        for question in questions:
            path = reverse(name)
            yield (
                f"{name}?{_written(question)}",
                [f"{path}?{urlencode(_asked(question, chance), doseq=True)}" for _ in range(count)],
            )


def _public() -> Iterator[URLPattern]:
    for pattern in urlpatterns:
        is_for_members = getattr(pattern.callback, "login_required", True)
        if not is_for_members and pattern.name and "token" not in pattern.pattern.converters:
            yield pattern


def _arguments(pattern: URLPattern, chance: random.Random) -> dict[str, Any]:
    names = set(pattern.pattern.converters)
    if not names:
        return {}
    route = str(pattern.pattern)
    if "platform" in names:
        return _of_a_document(names, chance)
    if route.startswith("platforms/"):
        return {"slug": _one(Platform, chance).slug}
    if route.startswith("clauses/"):
        return {"slug": _type(chance)}
    kinds: dict[str, Callable[[], Any]] = {
        "records/": lambda: _one(Clause, chance).number,
        "changes/": lambda: _one(ChangeSet, chance).number,
        "snapshots/": lambda: _one(Snapshot, chance).number,
    }
    return {"number": next(draw for start, draw in kinds.items() if route.startswith(start))()}


def _of_a_document(names: set[str], chance: random.Random) -> dict[str, Any]:
    document = _one(Document, chance)
    asked: dict[str, Any] = {"platform": document.platform.slug, "slug": document.slug}
    numbers = list(
        Version.objects.filter(document=document).order_by("ordinal").values_list("number", flat=True)
    )
    if "number" in names:
        asked["number"] = chance.choice(numbers)
    if "old" in names:
        asked["old"], asked["new"] = sorted(chance.sample(numbers, 2))
    return asked


def _written(question: dict[str, Any]) -> str:
    return "&".join(
        f"{name}={' '.join(value) if isinstance(value, list) else value}" for name, value in question.items()
    )


def _asked(question: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    def filled(value: Any) -> Any:
        if isinstance(value, list):
            return [filled(one) for one in value]
        drawn = {"type": _type(chance), "platform": _one(Platform, chance).slug, "word": _word(chance)}
        return str(value).format(**drawn)

    return {name: filled(value) for name, value in question.items()}


def _one(model: Any, chance: random.Random) -> Any:
    last = model._default_manager.order_by("-pk").values_list("pk", flat=True)[0]
    return model._default_manager.filter(pk__gte=chance.randint(1, last)).order_by("pk").first()


def _type(chance: random.Random) -> str:
    """A type, the common ones more often."""
    slugs = list(taxonomy_in_force().types)
    return chance.choices(slugs, weights=[1 / (rank + 2) for rank in range(len(slugs))])[0]


def _word(chance: random.Random) -> str:
    """A word of a clause, drawn as it is used."""
    return chance.choice(str(_one(Clause, chance).current.wording.text).lower().split()).strip(".")
