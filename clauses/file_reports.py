"""What the file commands print: the reading of one file, and the comparison of two. No database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from clauses.core.change_rubric_file import shipped_change_rubric
from clauses.core.compare import compare
from clauses.core.read import read_clause
from clauses.core.segment import segment
from clauses.core.taxonomy import shipped_taxonomy
from clauses.core.values import Classification, ClauseChange, DocumentChangeKind, Fact, Passage, ReadClause
from monitor.core.effective_date import find_effective_date
from monitor.core.language import believed
from monitor.core.links import links
from monitor.core.normalize import fingerprint, sha256
from monitor.core.selectors import Selector
from monitor.files import ReadFile

SUBJECT = "The document"
_BELOW_CLAUSES: dict[DocumentChangeKind, str] = {
    "editorial": "rewords what stands in no clause",
    "links": "changes nothing but links",
    "whitespace": "changes nothing but white space or markup",
    "none": "changes nothing",
}


def read_clauses(file: ReadFile) -> list[ReadClause]:
    """The clauses of a file with what was read from them."""
    taxonomy = shipped_taxonomy()
    effective_on = find_effective_date(file.extract.text)
    return [
        ReadClause(passage, read_clause(passage, taxonomy, effective_on))
        for passage in segment(file.extract.text, file.extract.blocks)
    ]


def analysis(file: ReadFile) -> dict[str, Any]:
    """The `analyze --json` document."""
    found = file.extract
    effective_on = find_effective_date(found.text)
    return {
        "title": found.title,
        "language": believed(found.language, found.text),
        "effective_on": effective_on.isoformat() if effective_on else None,
        "text_sha256": sha256(found.text.encode()),
        "clauses": [_clause(clause) for clause in read_clauses(file)],
    }


def classification(read: Classification) -> dict[str, Any]:
    """A classification as JSON: types, severity, confidence, reasons, facts, best candidates."""
    return {
        "types": [asdict(match) for match in read.types],
        "severity": read.severity,
        "confidence": read.confidence,
        "reasons": [reason.row for reason in read.reasons],
        "facts": [asdict(fact) for fact in read.facts],
        "candidates": [asdict(candidate) for candidate in read.candidates],
    }


def _clause(clause: ReadClause) -> dict[str, Any]:
    passage = clause.passage
    head = {
        "index": passage.index,
        "heading_path": list(passage.path),
        "text": passage.text,
        "sha256": passage.sha256,
    }
    return head | classification(clause.classification) | {"number": passage.number}


def compared(old: ReadFile, new: ReadFile, selectors: dict[str, Sequence[Selector]]) -> dict[str, Any]:
    """The `compare --json` document. `selectors` are the `select` and `remove` the files were read with."""
    before, after = read_clauses(old), read_clauses(new)
    names = {slug: clause_type.name for slug, clause_type in shipped_taxonomy().types.items()}
    result = compare(before, after, subject=SUBJECT, rubric=shipped_change_rubric(), type_names=names)
    if result.kind == "none":
        kind = _kind_below_clauses(old, new, selectors)
        result = replace(result, kind=kind, headline=f"{SUBJECT} {_BELOW_CLAUSES[kind]}")
    return {
        "severity": result.severity,
        "direction": result.direction,
        "headline": result.headline,
        "kind": result.kind,
        "counts": result.counts,
        "changes": [change_json(change, before, after) for change in result.changes],
        "adverse": result.adverse,
        "favorable": result.favorable,
        "summary": list(result.summary),
        "affected": list(result.affected),
    }


def _kind_below_clauses(
    old: ReadFile, new: ReadFile, selectors: dict[str, Sequence[Selector]]
) -> DocumentChangeKind:
    """What differs where no clause does: words that are in none (a last heading), links, white space or nothing."""
    if fingerprint(old.extract.text) != fingerprint(new.extract.text):
        return "editorial"
    if links(old.body, old.content_type, **selectors) != links(new.body, new.content_type, **selectors):
        return "links"
    return "none" if old.body == new.body else "whitespace"


def change_json(change: ClauseChange, old: Sequence[ReadClause], new: Sequence[ReadClause]) -> dict[str, Any]:
    """One change in the shape of `compare --json`. A side that does not exist is null."""
    return {
        "kind": change.kind,
        "types": list(change.types),
        "severity": change.severity,
        "direction": change.direction,
        "summary": change.summary,
        "reasons": [reason.row for reason in change.reasons],
        "old": _side([old[index].passage for index in change.pair.old]),
        "new": _side([new[index].passage for index in change.pair.new]),
        "redline": [[run.op, run.text] for run in change.redline],
        "facts": [asdict(fact) for fact in change.facts],
    }


def _side(passages: Sequence[Passage]) -> dict[str, Any] | None:
    if not passages:
        return None
    first = passages[0]
    return {
        "index": first.index,
        "heading_path": list(first.path),
        "text": "\n".join(passage.text for passage in passages),
    }


def comparison_lines(result: dict[str, Any]) -> list[str]:
    """A comparison for the terminal."""
    counts = ", ".join(f"{count} {kind}" for kind, count in result["counts"].items() if count)
    lines = [
        result["headline"],
        f"{result['severity']} severity, {result['direction']}, {result['kind']}: {counts}",
        f"worst for users {result['adverse']}, best {result['favorable']}",
        *result["summary"][:-1],
    ]
    if result["affected"]:
        lines.append(f"names {', '.join(result['affected'])}")
    for change in result["changes"]:
        side = change["new"] or change["old"]
        where = " › ".join(side["heading_path"]) or "(no heading)"
        lines += ["", f"{change['kind']}, {change['severity']}, {change['direction']}: {where}"]
        lines.append("".join(_marked(op, text) for op, text in change["redline"]))
        lines += map(_reason_line, change["reasons"])
    return lines


def _reason_line(reason: dict[str, Any]) -> str:
    direction = f", {reason['direction']}" if "direction" in reason else ""
    return f"  {reason['points']:+d} {reason['code']}{direction}: “{reason['quote']}”"


def _marked(op: str, text: str) -> str:
    return text if op == "=" else f"[{op}{text}{op}]"


def analysis_lines(result: dict[str, Any]) -> list[str]:
    """An analysis for the terminal: each clause with the reasons of its severity and its figures."""
    lines = [result["title"] or "(no title)", f"effective {result['effective_on'] or 'date not stated'}"]
    for clause in result["clauses"]:
        types = ", ".join(match["slug"] for match in clause["types"]) or "other"
        lines += [
            "",
            f"{clause['index']}. {' › '.join(clause['heading_path'])}  [{types}; {clause['severity']}]",
        ]
        lines.append(f"   {clause['text']}")
        lines += [
            f"   {reason['points']:+d} {reason['code']}: “{reason['quote']}”" for reason in clause["reasons"]
        ]
        lines += [f"   {fact['kind']}: {Fact(**fact).amount} – “{fact['quote']}”" for fact in clause["facts"]]
    return lines
