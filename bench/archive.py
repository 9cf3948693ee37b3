"""Dump and load a site's whole history: time, memory and size of each step, and whether all is what it was.

    var/environment/bin/python bench/archive.py --folder FOLDER [--pages 40] [--database postgres]

The folder is the VAR_DIR of a site on SQLite; where it holds no database, the shared history is imported into it first,
which takes half an hour of CPU time. It is dumped twice, loaded into an empty site (SQLite, or a PostgreSQL that ends
with the run), dumped there, and the public pages of both are compared, `--pages` of each kind. Its versions are
published as a git repository. Prints Markdown. Ends with 1 where something is not what it was, or dumping or loading
took more than 400 MB.
"""

from __future__ import annotations

import argparse
import filecmp
import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.services.servers import postgres

_DATA = ROOT.parent / "shared" / "data"
# A load reads every page again, and the parser of pages keeps what names it has met.
_MOST_MEGABYTES = 400


class Run:
    """Commands of sites, each measured."""

    def __init__(self) -> None:
        self.is_well = True
        print("| step | CPU s | peak MB |\n|---|---|---|")

    def manage(self, what: str, folder: Path, url: str, *arguments: str) -> str:
        """Run a command, print what it took. Its standard output."""
        return self._run(what, folder, url, "manage.py", *arguments)

    def prints(self, what: str, folder: Path, url: str, most: int) -> list[str]:
        """The public pages of a site as hashes."""
        return self._run(what, folder, url, "-W", "ignore", "-m", "bench.page_prints", str(most)).splitlines()

    def _run(self, what: str, folder: Path, url: str, *arguments: str) -> str:
        settings = {"VAR_DIR": str(folder), "PROVISO_ENVIRONMENT_IS_READY": "1"}
        environment = {**os.environ, **settings, **({"DATABASE_URL": url} if url else {})}
        with tempfile.TemporaryFile("w+") as said:
            child = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=environment, stdout=said)
            _, status, used = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            said.seek(0)
            output = said.read()
        megabytes = used.ru_maxrss / 1024
        print(f"| {what} | {used.ru_utime + used.ru_stime:.0f} | {megabytes:.0f} |", flush=True)
        self.hold(child.returncode == 0, f"{what} ended with {child.returncode}")
        self.hold(
            "_archive" not in " ".join(arguments) or megabytes <= _MOST_MEGABYTES,
            f"{what} took too much memory",
        )
        return output

    def hold(self, is_well: object, otherwise: str) -> None:
        """Note what is not as it should be."""
        if not is_well:
            self.is_well = False
            print(f"\n**{otherwise}**\n")


def main() -> int:
    """Measure and report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--pages", type=int, default=40)
    arguments = parser.parse_args()
    run = Run()
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="proviso-archive-")))
        url = stack.enter_context(postgres()) if arguments.database == "postgres" else ""
        _import(run, arguments.folder)
        _measure(run, arguments.folder, scratch, url, arguments.pages)
    return not run.is_well


def _import(run: Run, folder: Path) -> None:
    if (folder / "proviso.sqlite3").exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    run.manage("migrate", folder, "", "migrate", "-v0")
    sources = [
        *("--declarations", str(_DATA / "ota-declarations")),
        *("--snapshots", str(_DATA / "ota-snapshots.bundle")),
        *("--versions", str(_DATA / "ota-versions.bundle")),
    ]
    run.manage("import", folder, "", "import_ota", *sources)


def _measure(run: Run, folder: Path, scratch: Path, url: str, pages: int) -> None:
    first, second, third = (scratch / f"{name}.tar.zst" for name in ("first", "second", "third"))
    other, terms = scratch / "other", scratch / "terms.git"
    other.mkdir()
    run.manage("dump", folder, "", "dump_archive", str(first))
    run.manage("dump again", folder, "", "dump_archive", str(second))
    run.hold(filecmp.cmp(first, second, shallow=False), "Dumped twice, it is not the same file")
    run.manage("migrate", other, url, "migrate", "-v0")
    print(run.manage("load", other, url, "load_archive", str(first)), file=sys.stderr)
    run.manage("dump what was loaded", other, url, "dump_archive", str(third))
    run.hold(filecmp.cmp(first, third, shallow=False), "Loaded and dumped again, it is not the same file")
    before = run.prints("pages before", folder, "", pages)
    after = run.prints("pages after", other, url, pages)
    changed = [line for line in after if line not in set(before)]
    run.hold(before and not changed, f"pages that are not what they were: {changed[:10]}")
    run.manage("publish versions", folder, "", "publish_versions", str(terms))
    git = ["git", "--git-dir", str(terms)]
    subprocess.run([*git, "gc", "--quiet", "--aggressive"], check=True)
    print(f"\n{len(before)} pages compared.\n\n| file | bytes |\n|---|---|")
    sizes = {
        "archive": first.stat().st_size,
        "database": sum(path.stat().st_size for path in folder.glob("proviso.sqlite3*")),
        "published versions, packed by git": sum(
            path.stat().st_size for path in terms.rglob("*") if path.is_file()
        ),
    }
    for bundle in sorted(_DATA.glob("*.bundle")):
        sizes[bundle.name] = bundle.stat().st_size
    for name, size in sizes.items():
        print(f"| {name} | {size:,} |")


if __name__ == "__main__":
    sys.exit(main())
