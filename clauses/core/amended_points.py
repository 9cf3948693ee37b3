"""The points of both rubrics, each under a key of its own, and rubrics with a site's points in their place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from clauses.core.change_rubric import ChangeRubric, ClauseRule, FactRule, StatementRule
from clauses.core.rubric import FactFactor, Factor, Rubric

MOST_POINTS = 8
_HIGHEST_THRESHOLD = 20
_WORDS = ("low", "medium", "high")
_BY_SEVERITY = ("cost_points", "repeat_points", "worse_points")
_BY_ITSELF = ("content_points", "currency_points", "norm_points")
_OF_STATEMENTS = ("promise_points", "firmness_points", "service_points", "statement_points", "duty_points")
_SAID = {
    "promise_points": "a promise is dropped, added or limited",
    "firmness_points": "“may” becomes “will”, or the reverse",
    "service_points": "a service becomes firm or loose, a task goes to the other side",
    "statement_points": "a statement comes or goes",
    "duty_points": "a duty of the user comes or goes",
    "cost_points": "a clause that costs the user comes or goes",
    "repeat_points": "the same, where its types stood already",
    "worse_points": "a clause is rated higher or lower",
    "content_points": "a statement that is neither reaches further or less far",
    "currency_points": "another currency",
    "norm_points": "another standard or norm",
}

AnyFactor = TypeVar("AnyFactor", Factor, FactFactor)
Steps = tuple[tuple[float, int], ...]
Values = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Point:
    """One number of a rubric: its key, where readers find it, what it is for, and from `least` to `most`."""

    key: str
    shelf: str
    label: str
    shipped: int
    least: int = 0
    most: int = MOST_POINTS


def clause_points(rubric: Rubric) -> Iterator[Point]:
    """The points of the rubric of clauses: thresholds and factors. A factor that lowers goes on lowering."""
    yield from _thresholds("clause", rubric)
    factors: list[Factor | FactFactor] = [*rubric.factors, *rubric.fact_factors]
    for factor in factors:
        is_lowering = factor.points < 0
        shelf = "What lowers" if is_lowering else "What raises"
        least, most = (-MOST_POINTS, 0) if is_lowering else (0, MOST_POINTS)
        yield Point(f"clause.factor.{factor.code}", shelf, factor.label, factor.points, least, most)


def change_points(rubric: ChangeRubric, names: Mapping[str, str]) -> Iterator[Point]:
    """The points of the rubric of changes, types by these names. For whom what is, ratios and words stay as shipped."""
    yield from _thresholds("change", rubric)
    for kind, fact in rubric.facts.items():
        yield from _of_figure(kind, fact)
    for index, (ratio, points) in enumerate(rubric.amounts, 1):
        yield Point(
            f"change.amounts.{index}", "Figures", f"any other number, from a ratio of {ratio:g}", points
        )
    yield Point("change.places.points", "Figures", "another governing law or court", rubric.places.points)
    for slug, rule in rubric.types.items():
        name = names.get(slug, slug)
        yield Point(f"change.type.{slug}.points", "Types", f"{name} comes or goes", rule.points)
        yield Point(
            f"change.type.{slug}.repeat", "Types", f"{name}, where another clause has it", rule.repeat
        )
    for words in rubric.words:
        yield Point(f"change.words.{words.code}", "Words", words.name, words.points)
    for name in _OF_STATEMENTS:
        points = getattr(rubric.statements, name)
        yield Point(f"change.statements.{name}", "Statements", _SAID[name], points)
    yield from _of_clauses(rubric.clauses)


def checked_points(known: Iterable[Point], given: Mapping[str, Any]) -> tuple[dict[str, int], list[str]]:
    """The points that can be used, and what is wrong with the others."""
    points = {point.key: point for point in known}
    good: dict[str, int] = {}
    problems: list[str] = []
    for key, value in given.items():
        point = points.get(key)
        if point is None:
            problems.append(f"points: {key} is not in the rubric")
        elif type(value) is not int:
            problems.append(f"{point.shelf}, {point.label}: must be a whole number")
        elif not point.least <= value <= point.most:
            problems.append(
                f"{point.shelf}, {point.label}: must be between {point.least} and {point.most}, not {value}"
            )
        else:
            good[key] = value
    for keys, problem in _disorder(points, good):
        problems.append(problem)
        good = {key: value for key, value in good.items() if key not in keys}
    return good, problems


def clause_rubric_with(rubric: Rubric, values: Values, version: str) -> Rubric:
    """The rubric with these points, checked ones, under a version."""
    return replace(
        rubric,
        version=version,
        **_levels("clause", rubric, values),
        factors=_with_points(rubric.factors, values),
        fact_factors=_with_points(rubric.fact_factors, values),
    )


def change_rubric_with(rubric: ChangeRubric, values: Values, version: str) -> ChangeRubric:
    """The rubric with these points, checked ones, under a version."""
    return replace(
        rubric,
        version=version,
        **_levels("change", rubric, values),
        facts={kind: _figure_with(kind, fact, values) for kind, fact in rubric.facts.items()},
        amounts=_steps_with("change.amounts", rubric.amounts, values),
        places=replace(rubric.places, points=values.get("change.places.points", rubric.places.points)),
        types={
            slug: replace(
                rule,
                points=values.get(f"change.type.{slug}.points", rule.points),
                repeat=values.get(f"change.type.{slug}.repeat", rule.repeat),
            )
            for slug, rule in rubric.types.items()
        },
        words=tuple(
            replace(rule, points=values.get(f"change.words.{rule.code}", rule.points))
            for rule in rubric.words
        ),
        statements=_statements_with(rubric.statements, values),
        clauses=_clauses_with(rubric.clauses, values),
    )


def _thresholds(name: str, rubric: Rubric | ChangeRubric) -> Iterator[Point]:
    for word in reversed(_WORDS):
        yield Point(
            f"{name}.threshold.{word}",
            "Thresholds",
            f"{word} from",
            getattr(rubric, word),
            1,
            _HIGHEST_THRESHOLD,
        )


def _levels(name: str, rubric: Rubric | ChangeRubric, values: Values) -> dict[str, Any]:
    return {word: values.get(f"{name}.threshold.{word}", getattr(rubric, word)) for word in _WORDS}


def _of_figure(kind: str, fact: FactRule) -> Iterator[Point]:
    for index, (ratio, points) in enumerate(fact.steps, 1):
        label = f"{fact.name}, from a ratio of {ratio:g}"
        yield Point(f"change.figure.{kind}.{index}", "Figures", label, points)
    for name, said in (("unbounded", "without an end"), ("vague", "vague"), ("stated", "stated or dropped")):
        points = getattr(fact, f"{name}_points")
        yield Point(f"change.figure.{kind}.{name}", "Figures", f"{fact.name}, {said}", points)


def _of_clauses(rule: ClauseRule) -> Iterator[Point]:
    for name in _BY_SEVERITY:
        for word, points in zip(_WORDS, getattr(rule, name), strict=True):
            yield Point(f"change.clauses.{name}.{word}", "Whole clauses", f"{_SAID[name]}: {word}", points)
    for name in _BY_ITSELF:
        yield Point(f"change.clauses.{name}", "Whole clauses", _SAID[name], getattr(rule, name))


def _disorder(points: Mapping[str, Point], good: Values) -> Iterator[tuple[list[str], str]]:
    """What no longer ascends: the keys of it and what to say. Larger changes never weigh less."""
    rows: dict[str, list[str]] = {}
    for key in points:
        head, _, last = key.rpartition(".")
        if last.isdigit() or last in _WORDS:
            rows.setdefault(head, []).append(key)
    for head, keys in rows.items():
        # Thresholds are listed from the highest down.
        is_threshold = head.endswith("threshold")
        values = [good.get(key, points[key].shipped) for key in (reversed(keys) if is_threshold else keys)]
        if values != sorted(values) or (is_threshold and len(set(values)) < len(values)):
            first = points[keys[0]]
            yield (
                keys,
                f"{first.shelf}, {first.label}: with its neighbors it must ascend, not {', '.join(map(str, values))}",
            )


def _with_points(factors: tuple[AnyFactor, ...], values: Values) -> tuple[AnyFactor, ...]:
    return tuple(
        replace(factor, points=values.get(f"clause.factor.{factor.code}", factor.points))
        for factor in factors
    )


def _figure_with(kind: str, fact: FactRule, values: Values) -> FactRule:
    head = f"change.figure.{kind}"
    return replace(
        fact,
        steps=_steps_with(head, fact.steps, values),
        unbounded_points=values.get(f"{head}.unbounded", fact.unbounded_points),
        vague_points=values.get(f"{head}.vague", fact.vague_points),
        stated_points=values.get(f"{head}.stated", fact.stated_points),
    )


def _steps_with(head: str, steps: Steps, values: Values) -> Steps:
    return tuple(
        (ratio, values.get(f"{head}.{index}", points)) for index, (ratio, points) in enumerate(steps, 1)
    )


def _statements_with(rule: StatementRule, values: Values) -> StatementRule:
    found = {name: values.get(f"change.statements.{name}", getattr(rule, name)) for name in _OF_STATEMENTS}
    return replace(rule, **found)


def _clauses_with(rule: ClauseRule, values: Values) -> ClauseRule:
    by_severity = {
        name: tuple(
            values.get(f"change.clauses.{name}.{word}", points)
            for word, points in zip(_WORDS, getattr(rule, name), strict=True)
        )
        for name in _BY_SEVERITY
    }
    by_itself = {name: values.get(f"change.clauses.{name}", getattr(rule, name)) for name in _BY_ITSELF}
    return replace(rule, **by_severity, **by_itself)  # type: ignore[arg-type]
