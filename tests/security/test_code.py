"""What the code may not contain, read from the code itself: each ban is the lesson of a hole in a project like ours."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Set
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = ("monitor", "clauses", "config")
# Whatever can open a connection, or have another program open one.
NETWORK = frozenset(
    {
        "aiohttp",
        "asyncio",
        "ftplib",
        "http",
        "httplib2",
        "httpx",
        "imaplib",
        "nntplib",
        "playwright",
        "poplib",
    }
    | {
        "pycurl",
        "requests",
        "selenium",
        "smtplib",
        "socket",
        "socketserver",
        "ssl",
        "subprocess",
        "telnetlib",
    }
    | {"urllib.request", "urllib3", "websocket", "websockets", "xmlrpc"}
)
# Each with its reason. Mail goes to the server of the settings; its module is only asked for the names of its errors.
MAY = {
    "monitor/fetching.py": {"requests", "socket", "urllib3"},
    "monitor/rendering/proxy.py": {"socket"},
    "monitor/rendering/browser.py": {"playwright"},
    "monitor/rendering/driver.py": {"subprocess"},
    "monitor/git.py": {"subprocess"},
    "monitor/importing/repositories.py": {"subprocess"},
    "monitor/exporting/versions.py": {"subprocess"},
    "clauses/retrying.py": {"smtplib"},
}
ARCHIVES = {"zipfile", "tarfile", "py7zr", "rarfile"}
EXPRESSIONS = {
    "jq",
    "jsonpath_ng",
    "jmespath",
    "elementpath",
    "jinja2",
    "mako",
    "pickle",
    "marshal",
    "shelve",
    "dill",
}
DANGEROUS_CALLS = {"eval", "exec", "compile", "__import__", "mark_safe", "SafeString", "SafeText"}


def _modules(*folders: str) -> list[Path]:
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return sorted(path for path in found if "migrations" not in path.parts)


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _imports(path: Path) -> set[str]:
    """Every module a file imports, at its top or inside of a function."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def _calls(path: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def _within(imports: set[str], names: Set[str]) -> set[str]:
    return {name for name in names if any(i == name or i.startswith(f"{name}.") for i in imports)}


def test_nothing_but_the_guarded_client_opens_connections_ghsa_56fq() -> None:
    """GHSA-56fq, GHSA-hm22, GHSA-jrxm: previews, browser steps and webhooks that went around the gate."""
    found = {_name(path): _within(_imports(path), NETWORK) for path in _modules(*CODE)}
    assert {name: modules for name, modules in found.items() if modules} == MAY


def test_the_proxy_of_the_browser_connects_through_the_guard_only_ghsa_hm22() -> None:
    calls = [
        call for call in _calls(ROOT / "monitor/rendering/proxy.py") if isinstance(call.func, ast.Attribute)
    ]
    outward = {
        ast.unparse(call.func) for call in calls if re.search("connect|create_|sendto", call.func.attr)
    }
    assert outward == {"guard.connect", "self._connect", "socket.create_server"}


def test_no_module_is_imported_by_a_name_that_is_made_at_run_time() -> None:
    """It would lead around the test above."""
    for path in _modules(*CODE):
        assert {_called(call) for call in _calls(path)} & {"import_module", "__import__"} == set(), _name(
            path
        )


def test_no_archive_is_unpacked_cve_2026_29065() -> None:
    """CVE-2026-29065, GHSA-8757: zip slip and zip bomb. Pages are no archives, and what is restored reaches no disk."""
    # One writes bundles, and one is in them and reads them where they are checked, member by member into memory. The
    # archive of a site is read as a stream: of the tar format, the head of a member and nothing that follows links.
    allowed = {
        "clauses/archive_file/container.py": "TarInfo.frombuf(",
        "clauses/evidence/bundle.py": 'ZipFile(stream, "w"',
        "clauses/evidence/verify.py": "archive.read(",
    }
    for path in _modules(*CODE):
        text = path.read_text()
        if _name(path) in allowed:
            assert allowed[_name(path)] in text
        else:
            assert _within(_imports(path), ARCHIVES) == set(), _name(path)
            assert not re.search(r"evidence(\.| import )verify", text), _name(path)
        assert not re.search(r"unpack_archive|\.extract(all)?\(", text), _name(path)


def test_there_is_no_language_of_expressions_cve_2026_29039() -> None:
    """CVE-2026-29039, CVE-2026-33981, CVE-2024-32651: XPath 3, jq and templates written by users. CSS only."""
    for path in _modules(*CODE):
        assert _within(_imports(path), EXPRESSIONS) == set(), _name(path)
        names = {_called(call) for call in _calls(path) if not _is_compiled_pattern(call)}
        assert names & (DANGEROUS_CALLS | {"xpath", "XPath", "from_string"}) == set(), _name(path)


def _is_compiled_pattern(call: ast.Call) -> bool:
    return _called(call) == "compile" and isinstance(call.func, ast.Attribute)


def test_no_template_is_made_of_text_cve_2024_32651() -> None:
    """A template is a file of ours: its name is written in the code, its text never."""
    for path in _modules(*CODE):
        imports = _imports(path)
        assert not imports & {
            "django.template.Template",
            "django.template.Engine",
            "django.template.engines",
        }, path
        for call in _calls(path):
            if _called(call) in {"render_to_string", "get_template", "select_template"}:
                assert isinstance(call.args[0], ast.Constant), f"{_name(path)}: {ast.unparse(call)}"


def test_every_template_escapes_cve_2024_34061() -> None:
    """Only mail in plain text does not, and no suffix of a file decides."""
    for path in sorted((ROOT / "templates").rglob("*")):
        text = path.read_text() if path.is_file() else ""
        assert not re.search(r"\|\s*(?:safe|safeseq)\b|\{%\s*filter\b", text), _name(path)
        if "autoescape" in text:
            assert path.match("emails/*.txt"), _name(path)


def test_no_text_becomes_markup_in_code_cve_2024_34061() -> None:
    """What format_html is given as format is written in the code; everything else it escapes."""
    for path in _modules(*CODE):
        for call in _calls(path):
            assert _called(call) not in {"mark_safe", "SafeString", "SafeText", "format_html_join"}, _name(
                path
            )
            if _called(call) == "format_html":
                assert isinstance(call.args[0], ast.Constant), f"{_name(path)}: {ast.unparse(call)}"


def test_no_script_of_ours_writes_markup() -> None:
    """Two commits of a peer: innerHTML made of what a page held."""
    scripts = sorted((ROOT / "static").rglob("*.js"))
    assert scripts
    for path in scripts:
        found = re.findall(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|srcdoc|\beval\(|new Function|\.cssText|"
            r"setAttribute\(\s*['\"](?:style|on)",
            path.read_text(),
        )
        assert found == [], path


def test_no_template_has_a_style_or_a_script_of_its_own_ghsa_4j9m() -> None:
    """GHSA-4j9m: a color from data that was a piece of CSS. Colors here are classes named by an enum."""
    for path in sorted((ROOT / "templates").rglob("*.html")):
        if "emails" in path.parts:
            continue
        text = path.read_text()
        assert not re.search(r"<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']", text), _name(path)
        assert not re.search(r"<script(?![^>]*\bsrc=)", text), _name(path)


def test_no_address_is_judged_by_a_part_of_it_ghsa_vwgh() -> None:
    """GHSA-vwgh: a substring of an endpoint's name opened others. What a view may do stands at the view."""
    name = re.compile(r"\brequest\.path|\bresolver_match|\burl_name\b")
    for path in _modules(*CODE):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn):
                assert not name.search(ast.unparse(node.comparators[0])), (
                    f"{_name(path)}: {ast.unparse(node)}"
                )
            if isinstance(node, ast.Call) and _called(node) in {
                "startswith",
                "endswith",
                "find",
                "search",
                "match",
            }:
                assert not name.search(ast.unparse(node)), f"{_name(path)}: {ast.unparse(node)}"


def test_views_open_no_files_cve_2026_25527() -> None:
    """CVE-2026-25527: a path made of the address. Pages are made of rows; the mail folder is a setting."""
    for path in _modules("clauses/views", "clauses/forms"):
        if path.name == "mail_folder.py":
            continue
        assert _within(_imports(path), {"os", "pathlib", "shutil", "io", "glob"}) == set(), _name(path)
        assert "open" not in {_called(call) for call in _calls(path)}, _name(path)


def test_no_command_goes_through_a_shell() -> None:
    for path in _modules(*CODE):
        for call in _calls(path):
            assert not any(word.arg == "shell" for word in call.keywords), _name(path)
            assert _called(call) not in {"system", "popen"}, _name(path)
