"""A setting that makes no sense stops the start with one sentence, whatever the command."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config import env
from monitor import watching

ROOT = Path(__file__).resolve().parents[1]


def started(tmp_path: Path, code: list[str], **values: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "VAR_DIR": str(tmp_path), "PROVISO_ENVIRONMENT_IS_READY": "1", **values}
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings"
    command = [sys.executable, *code]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("command", ["up", "fetch"])
def test_a_command_says_in_one_sentence_which_setting_is_wrong(tmp_path: Path, command: str) -> None:
    done = started(tmp_path, ["manage.py", command], FETCH_TIMEOUT_SECONDS="abc")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "manage.py: FETCH_TIMEOUT_SECONDS='abc' is not a whole number\n"


@pytest.mark.parametrize(("value", "lowest"), [("-5", 1), ("0", 1), ("-1", 0)])
def test_a_number_below_the_lowest_that_makes_sense_is_refused(
    monkeypatch: pytest.MonkeyPatch, value: str, lowest: int
) -> None:
    monkeypatch.setenv("CONFIRM_AFTER_MINUTES", value)
    with pytest.raises(env.SettingError, match=f"{value}' is too low: {lowest} at least"):
        env.whole("CONFIRM_AFTER_MINUTES", 30, at_least=lowest)


def test_a_word_that_is_none_of_the_choices_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.one_of("SIGN_UP", ("closed", "open")) == "closed"
    monkeypatch.setenv("SIGN_UP", "ajar")
    with pytest.raises(env.SettingError, match="SIGN_UP='ajar' is none of closed, open"):
        env.one_of("SIGN_UP", ("closed", "open"))


def test_requests_name_the_address_that_the_site_has_when_they_are_sent(settings: object) -> None:
    settings.SITE_URL = "http://127.0.0.1:8765"
    assert watching.limits().user_agent.endswith("(+http://127.0.0.1:8765/methodology/)")


def test_advice_for_authors_of_selectors_stays_out_of_the_log(tmp_path: Path) -> None:
    code = "import django; django.setup(); from monitor.core.selectors import bad_selector as bad; "
    done = started(tmp_path, ["-c", code + "print(repr(bad('p:contains(x)')))"])
    assert (done.stdout, done.stderr) == ("''\n", "")


@pytest.mark.parametrize("secret", ["", "provider", "provider:short", ":a-secret-without-any-name"])
def test_reports_of_a_mail_provider_without_a_secret_stop_the_start(tmp_path: Path, secret: str) -> None:
    done = started(tmp_path, ["manage.py", "check"], MAIL_EVENTS="postmark", MAIL_EVENTS_SECRET=secret)
    assert done.returncode == 1
    assert "(proviso.E005) MAIL_EVENTS is on, but MAIL_EVENTS_SECRET" in done.stderr


def test_reports_of_a_mail_provider_start_with_all_they_need(tmp_path: Path) -> None:
    secret = {"MAIL_EVENTS_SECRET": "provider:twenty-characters-or-more"}
    assert started(tmp_path, ["manage.py", "check"], MAIL_EVENTS="brevo", **secret).returncode == 0
    done = started(tmp_path, ["manage.py", "check"], MAIL_EVENTS="mailgun", **secret)
    assert (done.returncode, "(proviso.E006)" in done.stderr) == (1, True)
