"""The figures a clause states: periods, ages, amounts and dates, each with its meaning, scope and quote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice

from clauses.core import fact_scope
from clauses.core.dates import named_days
from clauses.core.fact_ages import ages_of_users
from clauses.core.fact_kept import kept
from clauses.core.fact_kinds import CAP, CAP_LIMIT, period_kind
from clauses.core.fact_scope import Scope
from clauses.core.fact_subjects import forum_condition, forum_subject, subject_of
from clauses.core.facts_abroad import WORTH_READING as FOREIGN_UNITS
from clauses.core.facts_abroad import lengths
from clauses.core.folding import folded
from clauses.core.forum import WORTH_READING as FORUM_WORDS
from clauses.core.forum import named_forums
from clauses.core.open_ended import open_ended_keeping
from clauses.core.quantities import Quantity, amounts, in_days, multiple, periods, recurrences
from clauses.core.sentences import sentences
from clauses.core.values import Fact, Passage
from monitor.core.blocks import CELL_SEPARATOR

# A sentence without any of these states no figure.
_WORTH_READING = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen"
    r"|eighteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|(?:for|within) an?"
    r" (?:day|week|month|year|hour)|long as|renew\w*|indefinite\w*|perpetuity|until|(?:duration|lifetime|life) of"
    r"|(?:period|time|duration|term|longer) (?:\w+ ){0,3}?"
    r"(?:necessary|needed|required)|laws?|courts?|venue|arbitration"
    r"|tage[ns]?|wochen|monate[ns]?|jahre[ns]?|jours?|semaines?|mois|années)\b",
    re.IGNORECASE,
)
# Characters read on either side of a figure: a sentence of many pages takes no more time than its length.
_WINDOW = 1200
# What has more in one sentence is no statement, and would take seconds.
_MOST_PERIODS = 200
_EFFECTIVE = re.compile(
    r"\b(?:effective|takes? effect|into (?:effect|force)|in (?:effect|force)|applies|apply|effect"
    r"|gültig|gilt|gelten)\b"
    r"(?: date| as| of| on| from| since| ab dem| ab| vom| seit dem| starting| beginning|:|,| is| the| version"
    r"| and| last| dated)*\W*$"
)
_STARTING = re.compile(
    r"(?:^|, |\bthat )(?:starting|beginning|from|as of|with effect from|effective)(?: on)? $"
)
_LAST_DAY = re.compile(r"\b(?:until|till|by|before|no later than|prior to|on or before)(?: the)? $")
_USER_ACTS = re.compile(
    r"\b(?:you|users?|customers?|members?|subscribers?)\b[^.;]*\b(?:have|must|need|choose|decide|select"
    r"|cancel|opt|accept"
    r"|reject|object|review|export|download|request)\b"
)
_ANNOUNCES = re.compile(r"\bwill\b|\bnew\b")
_RENEWS_BY_ITSELF = re.compile(
    r"\b(?<!not )(?:auto-)?renew(?:s|ed)?"
    r"(?: \w+ly| (?:by )?itself| on an?|,? and| is| are| billed| charged| for| your \w+)* $"
)
_DATE_LEAD = re.compile(r"(?:\b[a-zü]+:? ){0,3}$")
_NAMES_A_ROW = re.compile(r"\b(?:name|cookie|data|information|category)\b(?! (?:retention|purpose))", re.I)


def find_facts(passage: Passage, published_on: date | None = None) -> tuple[Fact, ...]:
    """The facts of a clause in the order of their quotes; `passage.text[fact.start:fact.end] ==
    fact.quote`.

    Kinds: retention, notice_period, opt_out_window, minimum_age, liability_cap, effective_date, deadline,
    claim_period, response_time, refund_period, renewal_notice, renewal_period, governing_law, venue, and
    period where the meaning of a period is not clear.
    Headings, list introduction and header cells decide what the clause itself leaves open. A day
    without a year is the first one on or after `published_on`; without that it gives no fact.
    """
    if not _WORTH_READING.search(passage.text):
        return ()
    low = folded(passage.text)
    context = folded(" / ".join((*passage.heading_path, passage.intro)))
    header = folded(CELL_SEPARATOR.join(passage.header))
    found: list[Fact] = []
    for start, end in sentences(passage.text):
        if _WORTH_READING.search(passage.text, start, end):
            found += _Sentence(passage, start, low[start:end], context, header).facts()
    found += _dates(passage, low, published_on)
    return tuple(sorted(found, key=lambda fact: (fact.start, fact.end)))


class _Sentence:
    """One sentence of a clause, read for each family of figures in turn."""

    def __init__(self, passage: Passage, offset: int, low: str, context: str, header: str) -> None:
        self.text = passage.text[offset : offset + len(low)]
        self.offset = offset
        self.low = low
        self.context = context
        self.header = header
        self.columns = passage.header
        self.first_column = passage.text.count(CELL_SEPARATOR, 0, offset)
        self.label = _label(passage)

    def facts(self) -> list[Fact]:
        found = [*self._periods(), *self._open_ended(), *self._ages(), *self._caps()]
        found += self._renewals()
        found += self._forums() if FORUM_WORDS.search(self.low) else ()
        return [*found, *self._abroad()] if FOREIGN_UNITS.search(self.low) else found

    def _periods(self) -> Iterator[Fact]:
        for found in periods(self.low)[:_MOST_PERIODS]:
            scope, base = self._scope(found.start, found.end)
            kind = period_kind(*self._beside(scope), self.context, self._column(found.start), found.unit)
            if not kind:
                continue
            is_cap = kind == "liability_cap"
            quantity, scope = self._multiplied(found, scope) if is_cap else (found, scope)
            subject = self._subject(kind, scope)
            quote_start, quote_end = fact_scope.quote_span(scope)
            yield self._fact(
                kind,
                (quantity.plain, quantity.unit, in_days(quantity.value, quantity.unit)),
                (subject, fact_scope.condition(scope)),
                (base + quote_start, base + quote_end),
            )

    def _multiplied(self, quantity: Quantity, scope: Scope) -> tuple[Quantity, Scope]:
        """Twice the fees of six months are the fees of twelve."""
        times = multiple(scope.before)
        if times is None:
            return quantity, scope
        return replace(quantity, value=quantity.value * times.value), replace(scope, start=times.start)

    def _scope(self, start: int, end: int) -> tuple[Scope, int]:
        """A figure in its surroundings, and where these begin in the sentence."""
        base = max(0, start - _WINDOW)
        low = self.low[base : end + _WINDOW]
        return Scope(self.text[base : end + _WINDOW], low, start - base, end - base), base

    def _column(self, at: int) -> str:
        """What heads the column of a cell; the whole header where that is not known."""
        column = self.first_column + self.low.count(CELL_SEPARATOR, 0, at)
        return folded(self.columns[column]) if column < len(self.columns) else self.header

    def _beside(self, scope: Scope) -> tuple[str, str]:
        """The words before and after a figure; in a table with a header those of its cell, which are about it."""
        if not self.columns:
            return scope.before, scope.after
        return scope.before.rpartition(CELL_SEPARATOR)[2], scope.after.partition(CELL_SEPARATOR)[0]

    def _subject(self, kind: str, scope: Scope) -> str:
        return kept(scope, self.label) if kind == "retention" else subject_of(kind, scope)

    def _renewals(self) -> Iterator[Fact]:
        """ "Renews every year", "renews annually"."""
        for often in recurrences(self.low) if "renew" in self.low else ():
            scope, _ = self._scope(often.start, often.end)
            if _RENEWS_BY_ITSELF.search(scope.before):
                yield self._fact(
                    "renewal_period",
                    (often.plain, often.unit, in_days(often.value, often.unit)),
                    (subject_of("renewal_period", scope), fact_scope.condition(scope)),
                    (often.start, often.end),
                )

    def _open_ended(self) -> Iterator[Fact]:
        for start, end in open_ended_keeping(self.low, f"{self.context} {self.header}"):
            scope, _ = self._scope(start, end)
            quote = self.text[start:end].rstrip()
            yield self._fact(
                "retention",
                (quote, "", None),
                (kept(scope, self.label), fact_scope.condition(scope)),
                (start, start + len(quote)),
            )

    def _ages(self) -> Iterator[Fact]:
        for age in ages_of_users(self.low):
            scope, _ = self._scope(age.start, age.end)
            subject = subject_of("minimum_age", scope)
            yield self._fact(
                "minimum_age",
                (f"{age.years:g}", "year", age.years),
                (subject, self.text[slice(*age.condition)]),
                (age.start, age.end),
            )

    def _abroad(self) -> Iterator[Fact]:
        for length in islice(lengths(self.low), _MOST_PERIODS):
            is_age = length.kind == "minimum_age"
            normalized = length.value if is_age else in_days(length.value, length.unit)
            yield self._fact(
                length.kind,
                (f"{length.value:g}", length.unit, normalized),
                ("", ""),
                (length.start, length.end),
            )

    def _forums(self) -> Iterator[Fact]:
        for named in named_forums(self.text, self.low):
            unit = "law" if named.kind == "governing_law" else "venue"
            value = self.text[named.start : named.end]
            scope, base = self._scope(named.start, named.end)
            subject = forum_subject(scope, named.anchor - base)
            yield self._fact(
                named.kind, (value, unit, None), (subject, forum_condition(scope)), (named.start, named.end)
            )

    def _caps(self) -> Iterator[Fact]:
        limited = CAP.search(self.low) or CAP.search(self.context)
        if not limited or not CAP_LIMIT.search(self.low):
            return
        for amount in amounts(self.low):
            yield self._fact(
                "liability_cap",
                (amount.plain, amount.unit, amount.value),
                (self._subject("liability_cap", self._scope(amount.start, amount.end)[0]), ""),
                (amount.start, amount.end),
            )

    def _fact(
        self,
        kind: str,
        measure: tuple[str, str, float | str | None],
        scope: tuple[str, str],
        span: tuple[int, int],
    ) -> Fact:
        value, unit, normalized = measure
        subject, condition = scope
        start, end = span
        quote = self.text[start:end]
        start += len(quote) - len(quote.lstrip())
        quote = quote.strip()
        at = self.offset + start
        return Fact(kind, value, unit, normalized, subject, condition, quote, at, at + len(quote))


def _dates(passage: Passage, low: str, published_on: date | None) -> Iterator[Fact]:
    """Dates are read from the whole clause: "8. Oktober" looks like the end of a sentence."""
    for day in named_days(low, published_on):
        base = max(0, day.start - _WINDOW)
        sentence = max(base, 1 + max(low.rfind(mark, base, day.start) for mark in (". ", "; ", "! ", "? ")))
        kind = _date_kind(low[sentence : day.start], low[sentence : day.end + 200])
        if kind:
            iso = day.on.isoformat()
            lead = _DATE_LEAD.search(low, base, day.start)
            start = lead.start() if lead else day.start
            scope = _around(passage.text, low, sentence, day.start, day.end)
            subject = subject_of(kind, scope)
            yield Fact(kind, iso, "date", iso, subject, "", passage.text[start : day.end], start, day.end)


def _around(text: str, low: str, sentence: int, start: int, end: int) -> Scope:
    """A day in its sentence, which ends at the next full stop that is not one of a date."""
    stop = re.compile(r"[.;!?](?:\s|$)").search(low, end, end + _WINDOW)
    until = stop.start() if stop else end + _WINDOW
    return Scope(text[sentence:until], low[sentence:until], start - sentence, end - sentence)


def _date_kind(before: str, sentence: str) -> str:
    if _LAST_DAY.search(before):
        return "deadline" if _USER_ACTS.search(before) else ""
    if _EFFECTIVE.search(before) or (_STARTING.search(before) and _ANNOUNCES.search(sentence)):
        return "effective_date"
    return ""


def _label(passage: Passage) -> str:
    """What a row or a labeled clause is about.

    It is the cell under a heading such as "Data", else the first cell, else the heading that runs into
    the clause.
    """
    cells = [cell.strip(" \u2060\u200b") for cell in passage.text.split(CELL_SEPARATOR)]
    if len(cells) > 1:
        named = zip(passage.header, cells, strict=False)
        return next((cell for name, cell in named if _NAMES_A_ROW.search(name) and cell), cells[0])
    run_in = passage.heading_path[-1] if passage.heading_path else ""
    return run_in if run_in and passage.text.startswith(run_in) else ""
