"""What a list of recorded texts comes to, judged by its dates alone: changes, returns, and what was only in passing.

For an archive that kept texts and no captures: every text it recorded counts, unless the one before it soon came back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from monitor.core.returns import DURABLE, is_flip


class Label(Enum):
    """What a recorded text is."""

    FIRST = "first"
    SAME = "same"
    CHANGE = "change"
    TECHNICAL = "technical"
    TRANSIENT = "transient"
    FLIP = "flip"


@dataclass(frozen=True, slots=True)
class Text:
    """A recorded text: when, the fingerprint of its comparable form, and whether the archive itself made it anew.

    `settled` is the label under which it already counts: a longer archive judges it no more.
    """

    at: datetime
    fingerprint: str
    is_technical: bool = False
    settled: Label | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """The label of a text; for a return, the index of the text it returns to."""

    label: Label
    returns_to: int | None = None


@dataclass(frozen=True, slots=True)
class _Standing:
    """A text in force: which, since when it is the publisher's, whether it came back, and the one before it."""

    index: int
    since: datetime
    has_returned: bool = False
    before: str = ""


def judged(texts: Sequence[Text], ends_at: datetime) -> list[Judged]:
    """Each text's label. Texts are in order of time; the last stands until `ends_at`.

    A text that equals the standing one is the same; one that the archive made anew is technical. One that gives way
    to the text before it in under seven days is transient. The return of an earlier text is believed by the rule for
    live captures (`monitor.core.returns`). Every other text is a change.
    """
    found: list[Judged] = []
    standing: _Standing | None = None
    versions: dict[str, int] = {}
    followers = _followers(texts)
    for index, text in enumerate(texts):
        if text.settled:
            earlier = versions.get(text.fingerprint) if text.settled == Label.CHANGE else None
            found.append(Judged(text.settled, earlier))
        elif standing is None:
            found.append(Judged(Label.FIRST))
        else:
            after = followers[index]
            found.append(_judge(text, after, texts[standing.index], standing, versions, ends_at))
        if found[-1].label in {Label.FIRST, Label.CHANGE, Label.TECHNICAL}:
            standing = _next(texts, index, standing, found[-1])
            versions[text.fingerprint] = index
    return found


def _followers(texts: Sequence[Text]) -> list[Text | None]:
    """For each text the next other one."""
    found: list[Text | None] = [None] * len(texts)
    for index in range(len(texts) - 2, -1, -1):
        following = texts[index + 1]
        is_other = following.fingerprint != texts[index].fingerprint
        found[index] = following if is_other else found[index + 1]
    return found


def _judge(
    text: Text,
    after: Text | None,
    in_force: Text,
    standing: _Standing,
    versions: dict[str, int],
    ends_at: datetime,
) -> Judged:
    current = in_force.fingerprint
    if text.fingerprint == current:
        return Judged(Label.SAME)
    if text.is_technical:
        return Judged(Label.TECHNICAL)
    if after and after.fingerprint == current and after.at - text.at < DURABLE:
        return Judged(Label.TRANSIENT)
    earlier = versions.get(text.fingerprint)
    if earlier is not None:
        seen_until = after.at if after else max(ends_at, text.at)
        alternates = standing.has_returned and text.fingerprint == standing.before
        if is_flip(standing.since, text.at, seen_until, alternates=alternates):
            return Judged(Label.FLIP)
    return Judged(Label.CHANGE, earlier)


def _next(texts: Sequence[Text], index: int, standing: _Standing | None, came: Judged) -> _Standing:
    if standing and came.label == Label.TECHNICAL:
        # A reading of the archive's own does not restart the clock.
        return _Standing(index, standing.since, standing.has_returned, standing.before)
    before = texts[standing.index].fingerprint if standing else ""
    return _Standing(index, texts[index].at, came.returns_to is not None, before)
