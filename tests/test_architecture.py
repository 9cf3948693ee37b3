"""The rules of the house: style, types, import contracts, lengths, documentation."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
# What takes several modules together has no single one to mirror.
_ACROSS = {
    "clauses/core/test_hostile_texts",
    "monitor/core/test_hostile_pages",
    "clauses/test_analysis_queries",
    "clauses/test_random_edits",
    "monitor/test_histories",
    "monitor/test_kills",
    "monitor/test_our_own_changes",
    "monitor/test_returned_texts",
}
CODE = ("config", "monitor", "clauses")
BIN = Path(sys.executable).parent


def _files(*folders: str, ending: str = ".py") -> list[Path]:
    found = [path for folder in folders for path in (ROOT / folder).rglob(f"*{ending}")]
    return sorted(
        path for path in found if "migrations" not in path.parts and "__pycache__" not in path.parts
    )


def _run(*command: str) -> None:
    done = subprocess.run(
        [str(BIN / command[0]), *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_code_passes_the_linter() -> None:
    _run("ruff", "check", ".")


def test_the_code_is_formatted() -> None:
    _run("ruff", "format", "--check", ".")


def test_the_types_hold() -> None:
    _run("mypy", "config", "monitor", "clauses", "tests", "bench", "manage.py")


def test_imports_point_down() -> None:
    _run("lint-imports", "--no-cache")


def test_the_templates_pass_the_linter() -> None:
    _run("djlint", "templates", "--lint", "--quiet")


@pytest.mark.parametrize(
    "path", _files(*CODE, "tests", "bench"), ids=lambda path: str(path.relative_to(ROOT))
)
def test_a_file_stays_under_three_hundred_lines(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 300


@pytest.mark.parametrize("app", CODE)
def test_tests_mirror_the_code(app: str) -> None:
    """A test module says in its place and name what it tests: tests/clauses/core/test_align.py."""
    modules = {path.relative_to(ROOT).with_suffix("") for path in _files(app)}
    packages = {module.parent for module in modules}
    strays = []
    for path in _files(f"tests/{app}", ending=".py"):
        if not path.name.startswith("test_"):
            continue
        tested = path.relative_to(ROOT / "tests").with_suffix("")
        subject = tested.with_name(tested.name.removeprefix("test_"))
        parts = {subject.with_name(name) for name in _beginnings(subject.name)}
        if not parts & (modules | packages) and str(tested) not in _ACROSS:
            strays.append(str(tested))
    assert not strays


def _beginnings(name: str) -> list[str]:
    """A long test may be split: test_fetching_answers.py still tests fetching."""
    words = name.split("_")
    return ["_".join(words[:count]) for count in range(1, len(words) + 1)]


def test_every_setting_is_documented() -> None:
    settings = (ROOT / "config" / "settings.py").read_text()
    documented = (ROOT / "docs" / "settings.md").read_text()
    names = set(re.findall(r'env\.(?:text|flag|whole|words|one_of)\(\s*"([A-Z_]+)"', settings))
    assert names
    assert {name for name in names if f"`{name}`" not in documented} == set()


def test_every_documented_setting_exists() -> None:
    settings = (ROOT / "config" / "settings.py").read_text()
    documented = set(
        re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs" / "settings.md").read_text(), re.MULTILINE)
    )
    assert documented
    assert {name for name in documented if f'"{name}"' not in settings} == set()


@pytest.mark.parametrize("lock", ["requirements.lock", "tests/requirements.lock", "config/bootstrap.lock"])
def test_a_lock_pins_by_hash_and_names_no_host(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert not re.search(r"://|index-url|find-links|\.org|\.com", text)
    for line in text.splitlines():
        if line and not line.startswith((" ", "#")):
            assert "==" in line, line
            assert line.endswith("\\"), f"{line} has no hash"


def test_the_test_lock_holds_the_run_lock() -> None:
    def pins(lock: str) -> set[str]:
        return set(re.findall(r"^(\S+==\S+)", (ROOT / lock).read_text(), re.MULTILINE))

    assert pins("requirements.lock") <= pins("tests/requirements.lock")


def test_no_migration_is_missing() -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_compose_file_runs_every_process() -> None:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    assert set(compose["services"]) == {"web", "worker", "render", "beat", "postgres", "redis", "migrate"}
    if shutil.which("docker") and _has_compose():
        environment = {
            "SECRET_KEY": "x" * 50,
            "ALLOWED_HOSTS": "example.org",
            "PATH": "/usr/bin:/usr/local/bin",
        }
        done = subprocess.run(
            ["docker", "compose", "config", "--quiet"],
            cwd=ROOT,
            check=False,
            capture_output=True,
            text=True,
            env=environment,
        )
        assert done.returncode == 0, done.stderr


def _has_compose() -> bool:
    return subprocess.run(["docker", "compose", "version"], capture_output=True, check=False).returncode == 0


def test_page_text_is_never_marked_safe() -> None:
    for path in [*_files(*CODE), *_files("templates", ending=".html")]:
        text = path.read_text()
        assert "mark_safe" not in text, path
        assert "|safe" not in text, path
        assert "autoescape off" not in text, path


def test_one_module_opens_connections_to_the_outside() -> None:
    for path in _files(*CODE):
        # The proxy of the browser only listens: what it connects to, the guard of fetching.py opens.
        if path.name in {"fetching.py", "proxy.py"}:
            continue
        imports = re.findall(
            r"^(?:from|import) (requests|urllib3|urllib\.request|http\.client|socket)\b",
            path.read_text(),
            re.M,
        )
        assert not imports, f"{path} imports {imports}"


def _pages() -> list[str]:
    return sorted(str(path.relative_to(ROOT)) for path in (ROOT / "docs").rglob("*.md"))


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", *_pages()])
def test_every_linked_file_exists(page: str) -> None:
    path = ROOT / page
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text())
    missing = [target for target in targets if "://" not in target and not (path.parent / target).exists()]
    assert not missing
