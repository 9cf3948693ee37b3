"""How log lines look, with the settings that a site has."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable, Iterator

import pytest
import structlog
from django.test import Client
from structlog.stdlib import ProcessorFormatter

from config.env import SettingError, one_of
from config.logs import log_lines


@pytest.fixture
def lines(request: pytest.FixtureRequest) -> Iterator[Callable[[], list[str]]]:
    """What was logged, line by line, in the form of the parameter."""
    form = log_lines("INFO", request.param)["formatters"]["log"]
    stream, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(stream), root.level
    handler.setFormatter(ProcessorFormatter(**{key: value for key, value in form.items() if key != "()"}))
    root.addHandler(handler)
    root.setLevel("INFO")
    yield lambda: stream.getvalue().splitlines()
    root.removeHandler(handler)
    root.setLevel(level)
    structlog.contextvars.clear_contextvars()


@pytest.mark.parametrize("lines", ["json"], indirect=True)
def test_a_line_for_programs_is_one_object_with_the_id_of_its_request(lines) -> None:
    structlog.contextvars.bind_contextvars(request_id="r-1")
    logging.getLogger("monitor.fetching").warning("%s answered\n%s", "a.example", "503")
    (line,) = map(json.loads, lines())
    assert (line["event"], line["level"], line["logger"]) == (
        "a.example answered\n503",
        "warning",
        "monitor.fetching",
    )
    assert line["request_id"] == "r-1"
    assert line["timestamp"].endswith("Z")


@pytest.mark.parametrize("lines", ["line"], indirect=True)
def test_a_line_for_people_begins_with_time_level_and_logger(lines) -> None:
    structlog.contextvars.bind_contextvars(task_id="t-1")
    logging.getLogger("clauses").error("It failed")
    (line,) = lines()
    assert line.split(" ", 1)[1] == "ERROR clauses: It failed task_id=t-1"


@pytest.mark.parametrize("lines", ["line", "json"], indirect=True)
def test_what_a_server_sent_writes_no_lines_of_its_own(lines) -> None:
    logging.getLogger("monitor").error("It said %s", "x\r\n2026-11-30 CRITICAL root: forged")
    assert len(lines()) == 1


@pytest.mark.parametrize("lines", ["json"], indirect=True)
def test_a_fault_brings_its_stack_in_the_same_line(lines) -> None:
    try:
        raise ValueError("broken")
    except ValueError:
        logging.getLogger("clauses").exception("It failed")
    (line,) = map(json.loads, lines())
    assert "ValueError: broken" in line["exception"]


@pytest.mark.django_db
@pytest.mark.parametrize("lines", ["json"], indirect=True)
def test_a_request_is_told_with_its_id_and_without_the_secrets_in_its_address(lines, client: Client) -> None:
    client.get("/unsubscribe/AbCdEfGhIjKlMnOpQrStUvWxYz0123456789/")
    told = [line for line in map(json.loads, lines()) if line["event"] == "request_finished"]
    assert told[0]["request"] == "GET /unsubscribe/…/"
    assert len(told[0]["request_id"]) == 36
    assert "ip" not in told[0]


def test_a_form_that_is_none_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_FORMAT", "xml")
    with pytest.raises(SettingError, match="LOG_FORMAT='xml' is none of line, json"):
        one_of("LOG_FORMAT", ("line", "json"))
    monkeypatch.delenv("LOG_FORMAT")
    assert one_of("LOG_FORMAT", ("line", "json")) == "line"
