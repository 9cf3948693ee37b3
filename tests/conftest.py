"""What every test needs: a folder of its own instead of ./var, and a database like the embedded site's."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from config.caches import caches
from config.own_address import own_address

# pytest-django reads the settings before any conftest: the values made from VAR_DIR are replaced one by one.
_FOLDER = tempfile.TemporaryDirectory(prefix="proviso-tests-", ignore_cleanup_errors=True)
VAR_DIR = Path(_FOLDER.name)
os.environ["VAR_DIR"] = str(VAR_DIR)
os.environ.setdefault("PROVISO_ENVIRONMENT_IS_READY", "1")
# Servers of tests need no rest between two requests; the tests of politeness say otherwise.
os.environ.setdefault("FETCH_HOST_DISTANCE_SECONDS", "0")
settings.FETCH_HOST_DISTANCE_SECONDS = 0
settings.VAR_DIR = VAR_DIR
settings.EMAIL_FILE_PATH = VAR_DIR / "mail"
settings.STATIC_ROOT = VAR_DIR / "static"
settings.STATIC_ROOT.mkdir()
# Neither the address that a site in ./var last listened at, nor one that the environment names.
settings.SITE_URL = own_address(VAR_DIR)
settings.CSRF_TRUSTED_ORIGINS = []
# It is emptied before each test: never that of a site whose address the environment happens to name.
settings.CACHES = caches("")
# A busy machine makes nothing wrong: no example fails for the time it took. Nor does chance: of texts drawn by a
# pattern those are thrown away in which a word ends elsewhere, now few and now most.
hypothesis_settings.register_profile(
    "any machine",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
hypothesis_settings.load_profile("any machine")

# What takes longest comes first, so that no process works alone at the end.
_LONGEST = ("tests/services/test_on_postgres.py", "tests/services/", "tests/field/", "tests/browser/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order the tests: those of the longest kinds, then all others as they are found."""
    last = len(_LONGEST)
    items.sort(
        key=lambda item: next((n for n, kind in enumerate(_LONGEST) if item.nodeid.startswith(kind)), last)
    )


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """SQLite in a file, as in production: in memory there is one connection for all threads and no WAL."""
    from django.db import connection

    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(VAR_DIR / "test.sqlite3")


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Nothing counted before counts: all tests ask from one address, which may ask so often a minute."""
    cache.clear()


@pytest.fixture(autouse=True)
def _rules_in_force_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules that a test puts in force end with it: their rows are rolled back, what the process knows is not."""
    from clauses import site_taxonomy

    monkeypatch.setattr(site_taxonomy, "_in_force", site_taxonomy._in_force)
