"""What can be wrong with an archive: changes to its members, and the words in which each is refused."""

from __future__ import annotations

import json
import tarfile
from collections.abc import Callable
from typing import Any

import zstandard

from tests.clauses.archive_file.reading import Member, members

Members = list[Member]


def of(archive: bytes) -> Members:
    """Its members but the last one, to be changed."""
    return [(name, body) for name, body in members(archive).items() if name != "SHA256SUMS"]


def at(found: Members, name: str) -> int:
    """Where the first member with a name that begins like this is."""
    return next(index for index, (one, _) in enumerate(found) if str(one).startswith(name))


def changed(found: Members, name: str, change: Callable[[bytes], bytes]) -> Members:
    """The members with one of them changed."""
    index = at(found, name)
    found[index] = (found[index][0], change(found[index][1]))
    return found


def with_row(table: str, **values: Any) -> Callable[[Members], Members]:
    """Values put into the first row of a table, written as they should be."""

    def change(body: bytes) -> bytes:
        first, rest = body.split(b"\n", 1)
        row = {**json.loads(first), **values}
        return (
            json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() + b"\n" + rest
        )

    return lambda found: changed(found, f"rows/{table}/", change)


def with_the_key_of_the_next(table: str) -> Callable[[Members], Members]:
    """The first row of a table under the key of the second one."""

    def change(found: Members) -> Members:
        second = json.loads(found[at(found, f"rows/{table}/")][1].split(b"\n")[1])
        return with_row(table, id=second["id"])(found)

    return change


def with_manifest(**values: Any) -> Callable[[Members], Members]:
    """Values put into the manifest."""
    return lambda found: changed(
        found, "manifest.json", lambda body: json.dumps({**json.loads(body), **values}).encode()
    )


def with_table(change: Callable[[dict[str, Any]], Any]) -> Callable[[Members], Members]:
    """What the manifest says of the watch list's platforms, changed."""

    def changed_manifest(body: bytes) -> bytes:
        told = json.loads(body)
        change(next(table for table in told["tables"] if table["name"] == "monitor.platform"))
        return json.dumps(told).encode()

    return lambda found: changed(found, "manifest.json", changed_manifest)


def with_member(
    name: str | tarfile.TarInfo, body: bytes = b"", before: str = "rows/"
) -> Callable[[Members], Members]:
    """Another member, before the first that begins like this."""

    def insert(found: Members) -> Members:
        index = at(found, before)
        return [*found[:index], (name, body), *found[index:]]

    return insert


def without(name: str) -> Callable[[Members], Members]:
    """The first member that begins like this left out."""
    return lambda found: [one for index, one in enumerate(found) if index != at(found, name)]


def with_line(table: str, change: Callable[[bytes], bytes]) -> Callable[[Members], Members]:
    """The bytes of the first part of a table changed."""
    return lambda found: changed(found, f"rows/{table}/", change)


def link(kind: bytes) -> Callable[[Members], Members]:
    """The first part of the platforms as something that is no file."""

    def replace(found: Members) -> Members:
        index = at(found, "rows/monitor.platform/")
        member = tarfile.TarInfo(str(found[index][0]))
        member.type, member.linkname = kind, "/etc/passwd"
        return [*found[:index], (member, b""), *found[index + 1 :]]

    return replace


def lying_bytes(found: Members) -> Members:
    """A capture that says of itself that it unpacks to a terabyte."""
    frame = b"\x28\xb5\x2f\xfd" + bytes([0b11100000]) + (1 << 40).to_bytes(8, "little") + b"\x01\x00\x00"
    assert zstandard.frame_content_size(frame) == 1 << 40
    return changed(found, "bytes/monitor.blob/", lambda body: frame)


def other_bytes(found: Members) -> Members:
    """A capture of another page of the same length."""
    return changed(
        found,
        "bytes/monitor.blob/",
        lambda body: zstandard.ZstdCompressor().compress(bytes(zstandard.frame_content_size(body))),
    )


def deep(body: bytes) -> bytes:
    """A row that is lists in lists."""
    return b"[" * 100_000 + b"\n" + body


HOSTILE: dict[str, tuple[Callable[[Members], Members], str]] = {
    "a path that leads out": (with_member("../../etc/cron.d/x"), "there is '../../etc/cron.d/x'"),
    "an absolute path": (with_member("/etc/cron.d/x"), "there is"),
    "a member that nobody asked for": (with_member("rows/monitor.other/000001.jsonl"), "there is"),
    "a member twice": (
        lambda found: [
            *found[: at(found, "rows/") + 1],
            found[at(found, "rows/")],
            *found[at(found, "rows/") + 1 :],
        ],
        "there is 'rows/",
    ),
    "a second manifest": (with_member("manifest.json", b"{}"), "there is 'manifest.json'"),
    "a very long name": (with_member("x" * 5000), "there is '././@LongLink'"),
    "a member missing": (
        without("rows/monitor.fetch/"),
        "where rows/monitor.fetch/000001.jsonl should begin",
    ),
    "bytes missing": (without("bytes/monitor.blob/"), "where bytes/monitor.blob/"),
    "a symbolic link": (link(tarfile.SYMTYPE), "is no ordinary file"),
    "a hard link": (link(tarfile.LNKTYPE), "is no ordinary file"),
    "a device": (link(tarfile.CHRTYPE), "is no ordinary file"),
    "another format": (with_manifest(format="other"), "not that of an archive of Proviso"),
    "a later version": (with_manifest(version=2), "it is of version 2 of the format"),
    "another key in the manifest": (with_manifest(more=1), "other keys"),
    "another release": (
        with_manifest(migrations={"clauses": ["0001_initial"], "monitor": []}),
        "load it with that",
    ),
    "migrations of a wrong type": (with_manifest(migrations=[1]), "not named"),
    "tables of a wrong type": (with_manifest(tables={}), "does not say"),
    "no tables": (with_manifest(tables=[]), "its tables are not those of this program"),
    "an unknown table": (
        with_table(lambda table: table.update(name="monitor.else")),
        "a table 'monitor.else', which",
    ),
    "an unknown column of a table": (
        with_table(lambda table: table["columns"].append({"name": "shell", "kind": "text", "null": False})),
        "monitor.platform has a column 'shell', which this program does not know",
    ),
    "a column left out": (
        with_table(lambda table: table["columns"].pop()),
        "the columns of monitor.platform",
    ),
    "another kind of column": (
        with_table(lambda table: table["columns"][0].update(kind="text")),
        "the columns of monitor.platform",
    ),
    "fewer rows than said": (
        with_table(lambda table: table.update(rows=99)),
        "where rows/monitor.platform/000002",
    ),
    "more rows than said": (with_table(lambda table: table.update(rows=1)), "does not have the rows"),
    "rows of a wrong type": (
        with_table(lambda table: table.update(rows=True)),
        "gives monitor.platform no number",
    ),
    "rows below zero": (with_table(lambda table: table.update(rows=-1)), "gives monitor.platform no number"),
    "an unknown column": (with_row("monitor.platform", shell="x"), "has a column 'shell', which this"),
    "text for a number": (with_row("monitor.fetch", status="200"), "line 1: status is no int"),
    "a truth value for a number": (with_row("monitor.fetch", status=True), "line 1: status is no int"),
    "a number for text": (with_row("monitor.platform", name=1), "name is no str"),
    "nothing for text": (with_row("monitor.platform", name=None), "name is empty"),
    "too large a number": (with_row("monitor.fetch", status=10**6), "status is not between 0 and 32767"),
    "a number below zero": (with_row("monitor.document", number=-1), "number is"),
    "too long a text": (with_row("monitor.platform", name="x" * 121), "name is longer than 120"),
    "no moment": (with_row("monitor.platform", created_at="yesterday"), "created_at is no moment"),
    "a moment otherwise written": (
        with_row("monitor.platform", created_at="2025-03-01T06:00:00Z"),
        "not written in the one form",
    ),
    "an address that is a script": (with_row("monitor.source", url="javascript:alert(1)"), "url is refused"),
    "a slug that is a path": (with_row("monitor.platform", slug="../x"), "slug is refused"),
    "an unknown outcome": (with_row("monitor.fetch", outcome="won"), "outcome is none of"),
    "a list for an object": (with_row("monitor.snapshot", headers=[]), "headers is no dict"),
    "a key twice": (
        with_line("monitor.platform", lambda body: body.replace(b'"id":', b'"id":7,"id":', 1)),
        "not written in the one form",
    ),
    "white space": (with_line("monitor.platform", lambda body: body.replace(b":", b": ", 1)), "the one form"),
    "no JSON": (with_line("monitor.platform", lambda body: b"{\n" + body), "line 1 is no JSON"),
    "lists in lists": (with_line("monitor.platform", deep), "line 1 is no"),
    "no object": (with_line("monitor.platform", lambda body: b"[]\n" + body), "line 1 is no row"),
    "no number at all": (
        with_line("monitor.fetch", lambda body: body.replace(b'"seconds":0.0', b'"seconds":NaN', 1)),
        "seconds is no finite number",
    ),
    "a line without an end": (with_line("monitor.platform", lambda body: body[:-1]), "without an end"),
    "a huge line": (
        with_line("monitor.platform", lambda body: b" " * (17 << 20) + b"\n" + body),
        "a line of more than 16777216 bytes",
    ),
    "a huge part": (
        with_line("monitor.platform", lambda body: body + b" " * (21 << 20)),
        "bytes; there may be 20971520",
    ),
    "a key that is there twice": (
        with_the_key_of_the_next("monitor.fetch"),
        "the database refuses rows of monitor.fetch",
    ),
    "a capture that claims a terabyte": (lying_bytes, "are not packed as"),
    "no role of this site": (with_row("auth.user_groups", role="king"), "role is no role of this site"),
}

WRONG_IN_ITSELF: dict[str, Callable[[Members], Members]] = {
    "a capture of another page": other_bytes,
    "a reference that leads nowhere": with_row("monitor.fetch", snapshot_id=999_999),
    "another text": with_row("clauses.wording", text="We owe you nothing."),
    "an altered link": with_row("monitor.link", recorded_at="2020-01-01T00:00:00.000000Z"),
    "a number counted back": with_row("monitor.counter", last=0),
}
