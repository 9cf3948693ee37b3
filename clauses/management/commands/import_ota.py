"""`manage.py import_ota`: a watch list and its history from Open Terms Archive."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, time
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone
from tqdm import tqdm

from clauses.analysis import analyze
from clauses.core.periods import counted
from clauses.joining import NotAnalyzed, join_earlier
from clauses.management.one_line import OneLineCommand, one_line
from clauses.models import AnalysisClaim
from clauses.queries.import_report import import_report
from monitor.core.declaration import Service
from monitor.git import RepositoryError
from monitor.importing.declared import NoDeclarations, read_declarations
from monitor.importing.histories import Selection, read_archive
from monitor.importing.ota import Holdings, Imported, Wanted, begin, bring_in, finish, wanted_documents
from monitor.importing.repositories import opened
from monitor.models import Document, Version

_PAGES = frozenset({"html", "pdf"})
_TEXTS = frozenset({"md"})


class Command(OneLineCommand):
    """Imports, analyzes, reports."""

    help = "Import documents and their history from repositories of Open Terms Archive. Owes no alert."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where from, which part, and how to print."""
        repository = "git folder, bundle, or address to clone"
        parser.add_argument("--snapshots", metavar="REPO", help=f"raw captures: {repository}")
        parser.add_argument(
            "--versions", metavar="REPO", help=f"texts as the archive recorded them: {repository}"
        )
        parser.add_argument("--declarations", metavar="DIR", help="folder of <service>.json files")
        parser.add_argument("--service", metavar="NAME", help="only this service")
        parser.add_argument("--terms-type", metavar="T", help='only these, as in "Privacy Policy"')
        parser.add_argument(
            "--since", metavar="DATE", help="no capture before this day or moment (UTC unless said)"
        )
        parser.add_argument("--until", metavar="DATE", help="no capture after this day or moment")
        parser.add_argument("--json", action="store_true", help="print one JSON line a document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import one document after another."""
        selection = _selection(options)
        try:
            self._import(selection, options)
        except (RepositoryError, NoDeclarations) as error:
            raise one_line(error) from None
        except KeyboardInterrupt:
            raise CommandError("interrupted; run it again to go on where it was") from None

    def _import(self, selection: Selection, options: dict[str, Any]) -> None:
        services = self._services(options["declarations"])
        with ExitStack() as stack:
            pages = _holdings(stack, options["snapshots"], _PAGES, selection)
            texts = _holdings(stack, options["versions"], _TEXTS, selection)
            wanted = wanted_documents(services, pages, texts, selection)
            recorded = {name for one in (pages, texts) if one for name in one.archive.services}
            known = recorded | set(services)
            _check(selection, wanted, known, _terms_types(services, pages, texts), options["declarations"])
            with tqdm(total=_count(wanted, selection), unit="capture", disable=None, leave=False) as bar:
                for one in wanted:
                    bar.set_postfix_str(f"{one.service}, {one.terms}"[:40], refresh=False)
                    self._import_one(one, selection, bar, as_json=options["json"])

    def _import_one(self, wanted: Wanted, selection: Selection, bar: tqdm[Any], *, as_json: bool) -> None:
        imported = begin(wanted)
        before = bar.n
        for behind in bring_in(imported, selection):
            bar.update(before + behind - bar.n)
        finish(imported, selection)
        imported.remarks += _analyze(imported.document) or _join(imported.document)
        self._report(imported, as_json=as_json)

    def _services(self, folder: str | None) -> dict[str, Service]:
        if folder is None:
            return {}
        services, problems = read_declarations(folder)
        for problem in problems:
            self.stderr.write(f"passed over: {' '.join(problem.split())}")
        return services

    def _report(self, imported: Imported, *, as_json: bool) -> None:
        wanted = imported.wanted
        report = import_report(imported.document, wanted.service, wanted.terms)
        for remark in imported.remarks:
            self.stderr.write(f"{wanted.service}, {wanted.terms}: {remark}")
        if as_json:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(_lines(report, imported)))
        self.stdout.flush()


def _analyze(document: Document) -> list[str]:
    """Analyze the document's versions, those that a killed run had claimed included. What could not be, in words.

    An analysis is unique to its version: where another process is at the same one, only work is lost.
    """
    waiting = Version.objects.filter(document=document, analysis__isnull=True).order_by("ordinal")
    for version in waiting:
        try:
            analyze(version.pk)
        except Exception as error:
            # One text that our analysis fails on holds up no other document.
            return [
                f"the analysis of {version.public_id} failed ({type(error).__name__}); the sweeps try it again"
            ]
        finally:
            AnalysisClaim.objects.filter(version=version).delete()
    return []


def _join(document: Document) -> list[str]:
    """Put the earlier history that came in, if any, in front of the document, and say so."""
    try:
        joined = join_earlier(document)
    except NotAnalyzed as error:
        return [f"its earlier history came in and waits: {error}; run the import again"]
    if joined is None:
        return []
    came = "a version" if joined.versions == 1 else f"{joined.versions or 'no'} versions"
    said = [f"its earlier history came in: {came} before those on record"]
    if joined.is_same:
        said.append("its first text on record is older than its watching: it is dated at its first sight")
    # Where the document had no version of its own, those that came in are analyzed like any other.
    return said + _analyze(document)


def _selection(options: dict[str, Any]) -> Selection:
    if not any(options[name] for name in ("snapshots", "versions", "declarations")):
        raise CommandError("name what to import from: --snapshots, --versions or --declarations")
    for name in ("service", "terms_type"):
        if options[name] is not None and not options[name].strip():
            raise CommandError(f"--{name.replace('_', '-')} is empty; leave it out to import all")
    since, until = (_moment(options[name], name) for name in ("since", "until"))
    if since and until and until < since:
        raise CommandError("--until is before --since")
    return Selection(options["service"] or "", options["terms_type"] or "", since, until)


def _moment(value: str | None, name: str) -> datetime | None:
    """A moment; a day is its first moment for --since and its last for --until."""
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value)
        if len(value) == 10 and name == "until":
            moment = datetime.combine(moment, time.max)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise CommandError(
            f"--{name} {value!r} is not a date; write 2025-08-29 or 2025-08-29T06:00"
        ) from None


def _terms_types(services: dict[str, Service], *held: Holdings | None) -> set[str]:
    declared = {name for service in services.values() for name in service.terms}
    return declared | {terms for one in held if one for terms in one.archive.terms_types}


def _check(
    selection: Selection, wanted: list[Wanted], services: set[str], terms: set[str], folder: str | None
) -> None:
    if not services and folder:
        raise CommandError(f"nothing to import: no declaration in {folder} can be read")
    if selection.service and selection.service not in services:
        raise CommandError(f"there is no service {selection.service!r} here; there are {_some(services)}")
    if not wanted:
        asked = f" of the terms type {selection.terms!r}" if selection.terms else ""
        raise CommandError(f"there is no document{asked} here; there are the terms types {_some(terms)}")


def _some(names: set[str]) -> str:
    shown = sorted(names)[:10]
    return ", ".join(shown) + (" …" if len(names) > len(shown) else "") if shown else "none"


def _holdings(
    stack: ExitStack, reference: str | None, endings: frozenset[str], selection: Selection
) -> Holdings | None:
    """An archive opened for as long as the stack lasts."""
    if reference is None:
        return None
    repository = stack.enter_context(opened(reference))
    archive = read_archive(repository, endings, selection, timezone.now())
    if archive.ends_at is None:
        raise CommandError(
            f"{reference} holds no records of Open Terms Archive ending in {', '.join(sorted(endings))}"
        )
    ends_at = min(archive.ends_at, selection.until) if selection.until else archive.ends_at
    return Holdings(archive, stack.enter_context(repository.blobs()), ends_at)


def _count(wanted: list[Wanted], selection: Selection) -> int:
    return sum(selection.covers(record.at) for one in wanted for record in one.records)


def _lines(report: dict[str, Any], imported: Imported) -> Iterator[str]:
    captures = ", ".join(f"{count} {outcome}" for outcome, count in report["captures"].items())
    yield f"{report['document']} {imported.document}: {counted(imported.recorded, 'capture')} recorded now"
    yield f"  captures: {captures or 'none'}"
    rated = {row["detected_at"]: row for row in report["change_sets"]}
    for version in report["versions"]:
        seen = version["first_seen_at"]
        line = f"  {version['id']}  {seen[:16]}  {version['cause']}, {counted(version['words'], 'word')}"
        if row := rated.get(seen):
            line += f"  {row['severity']} {row['direction']}: {row['headline']}"
        yield line
