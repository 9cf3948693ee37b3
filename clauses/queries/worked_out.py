"""Comparisons of versions that are no neighbors: worked out when asked for, and kept for who asks again."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from threading import Lock
from typing import Any

from clauses.core.align import align
from clauses.core.compare import compare
from clauses.core.rereading import joined
from clauses.core.rulings import Ruling
from clauses.core.segment import SEGMENTER_VERSION
from clauses.core.values import Comparison
from clauses.models import Analysis, Occurrence
from clauses.queries.decided import rulings
from clauses.queries.standing import PlacedClause
from clauses.reading import as_read, readings_of
from clauses.site_taxonomy import change_rubric_in_force, taxonomy_in_force
from monitor.models import Version

# Characters of all kept redlines and quotes together: some tens of megabytes in memory at most.
MOST_CHARACTERS = 8_000_000
_BESIDES = 400


class Kept:
    """Comparisons by key, the least recently used dropped first. For many threads of one process.

    They live in memory and end with the process: no file or row of an older program can answer for this one, and
    nothing that somebody else wrote is ever loaded.
    """

    def __init__(self, most_characters: int = MOST_CHARACTERS) -> None:
        self._most = most_characters
        self._lock = Lock()
        self._found: OrderedDict[str, tuple[Comparison, int]] = OrderedDict()
        self.characters = 0

    def get(self, key: str, work_out: Callable[[], Comparison]) -> Comparison:
        """What is kept under a key, else what `work_out` gives. Two that ask at once may both work it out."""
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                return self._found[key][0]
        comparison = work_out()
        self._keep(key, comparison, characters_of(comparison))
        return comparison

    def _keep(self, key: str, comparison: Comparison, size: int) -> None:
        with self._lock:
            if size > self._most or key in self._found:
                return
            self._found[key] = comparison, size
            self.characters += size
            while self.characters > self._most:
                _, (_, dropped) = self._found.popitem(last=False)
                self.characters -= dropped


def characters_of(comparison: Comparison) -> int:
    """About how much a comparison weighs: its redlines and quotes, and something for each change and pair."""
    words = sum(
        sum(len(run.text) for run in change.redline) + sum(len(reason.quote) for reason in change.reasons)
        for change in comparison.changes
    )
    told = sum(len(change.summary) + _BESIDES * len(change.facts) for change in comparison.changes)
    return words + told + _BESIDES * (len(comparison.changes) + len(comparison.pairs) + 1)


_kept = Kept()


def comparison_of(
    old: Version, new: Version, before: Sequence[PlacedClause], after: Sequence[PlacedClause]
) -> Comparison:
    """Two analyzed versions compared as neighbors are, with what curators ruled of the clauses of the old one.

    Kept under a hash of all that it follows from, so that whatever changes is worked out anew.
    """
    ruled = rulings([clause.occurrence.clause_id for clause in before])
    names = {slug: clause_type.name for slug, clause_type in taxonomy_in_force().types.items()}

    def work_out() -> Comparison:
        readings = readings_of(clause.occurrence for clause in (*before, *after))
        was, now = (
            as_read(version.text, [_at(clause) for clause in placed], readings)
            for version, placed in ((old, before), (new, after))
        )
        pairs = align([clause.passage for clause in was], [clause.passage for clause in now])
        records = [[clause.occurrence.clause_id for clause in placed] for placed in (before, after)]
        return compare(
            was,
            now,
            # Over many versions a clause can change out of recognition; its record knows it.
            pairs=joined(pairs, *records),
            subject=new.document.platform.name,
            document=new.document.name,
            rubric=change_rubric_in_force(),
            type_names=names,
            rulings=ruled,
        )

    read_by = dict(Analysis.objects.filter(version__in=(old, new)).values_list("version", "taxonomy_version"))
    sides = [
        [version.text_sha256, read_by.get(version.pk), [_place(clause) for clause in placed]]
        for version, placed in ((old, before), (new, after))
    ]
    return _kept.get(_key(new, sides, ruled, names), work_out)


def _at(clause: PlacedClause) -> tuple[Occurrence, int, int, str]:
    return clause.occurrence, clause.start, clause.end, clause.cited_as


def _place(clause: PlacedClause) -> list[Any]:
    """What decides how a clause is read and paired, besides its words: these are in the text, from `start` to `end`."""
    row = clause.occurrence
    return [clause.start, clause.end, clause.cited_as, row.heading_path, row.intro, row.header, row.clause_id]


def _key(
    version: Version,
    sides: Sequence[Any],
    ruled: Mapping[int, Sequence[Ruling]],
    names: Mapping[str, str],
) -> str:
    """The hash of everything that the comparison follows from."""
    decided = [[index, [[ruling.text, ruling.types] for ruling in found]] for index, found in ruled.items()]
    versions = [change_rubric_in_force().version, SEGMENTER_VERSION, taxonomy_in_force().version]
    follows_from = [versions, version.document.platform.name, version.document.name, names, decided, sides]
    return hashlib.sha256(json.dumps(follows_from, sort_keys=True).encode()).hexdigest()
