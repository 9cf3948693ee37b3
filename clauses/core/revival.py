"""Which removed provisions came back, in the same words or nearly the same."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from clauses.core.align import without_number
from clauses.core.similar_passages import nearest_wordings
from clauses.core.values import Passage
from clauses.core.worded_passages import Placed, worded
from monitor.core.normalize import fingerprint

# A clause that was gone is believed to be back with few of its words changed, and with enough words to be known by.
_ALIKE = 0.75
_LEAST_CONTENT = 5


@dataclass(frozen=True, slots=True)
class Gone:
    """The last wording of a removed clause, and the headings it stood under."""

    text: str
    heading_path: tuple[str, ...]


def came_back(gone: Sequence[Gone], added: Sequence[Passage]) -> dict[int, int]:
    """For added passages that are removed clauses, by index: which one. Each clause comes back once.

    The same words under the same heading first, then the same words, then the same but for the number, then
    wordings of which at most a quarter changed, the most alike first.
    """
    found: dict[int, int] = {}
    for exact in (_words_and_heading, _words, _words_without_number):
        waiting: dict[Hashable, list[int]] = {}
        taken = set(found.values())
        for at, one in enumerate(gone):
            if at not in taken:
                waiting.setdefault(exact(one.text, one.heading_path), []).append(at)
        for index, passage in enumerate(added):
            same = waiting.get(exact(passage.text, passage.heading_path))
            if index not in found and same:
                found[index] = same.pop(0)
    return found | dict(_alike(gone, added, found))


def _alike(
    gone: Sequence[Gone], added: Sequence[Passage], found: dict[int, int]
) -> Iterator[tuple[int, int]]:
    taken = set(found.values())
    old = (
        Placed(at, without_number(one.text), 0, one.heading_path, 0)
        for at, one in enumerate(gone)
        if at not in taken
    )
    new = (
        Placed(at, without_number(one.text), 0, one.heading_path, 0)
        for at, one in enumerate(added)
        if at not in found
    )
    for at, index in nearest_wordings(*worded(old, new), least=_ALIKE, content=_LEAST_CONTENT):
        yield index, at


def _words_and_heading(text: str, heading_path: tuple[str, ...]) -> Hashable:
    return fingerprint(text), heading_path


def _words(text: str, _: tuple[str, ...]) -> Hashable:
    return fingerprint(text)


def _words_without_number(text: str, _: tuple[str, ...]) -> Hashable:
    return fingerprint(without_number(text))
