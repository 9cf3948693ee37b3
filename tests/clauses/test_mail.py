"""What an alert mail says, in both parts."""

from __future__ import annotations

import re
from datetime import date, timedelta
from email import policy
from email.parser import BytesParser

import pytest
from django.conf import settings
from django.test import override_settings
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from clauses import subscribing
from clauses.core.plain_line import plain_line
from clauses.mail.alerts import alert_message
from clauses.mail.writing import subject_line
from clauses.models import Alert, Change
from clauses.models.choices import SeverityLevel
from clauses.queries.reason_names import reason_name
from tests.builders import KEPT_5_YEARS, KEPT_30_DAYS, make_change_set, make_platform, make_user
from tests.mail_server import parts, smtp_inbox


def make_alert(new: str | None = None) -> Alert:
    platform = make_platform(name="Hollowreed")
    subscribing.subscribe(make_user(), platform, SeverityLevel.LOW)
    make_change_set(platform, new=new) if new else make_change_set(platform)
    return Alert.objects.get()


def plain(part: str) -> str:
    return re.sub(r"</?strong[^>]*>", "", part)


def sent_parts(alert: Alert) -> tuple[str, str]:
    raw = alert_message(alert).message().as_bytes()
    return parts(BytesParser(policy=policy.default).parsebytes(raw))


@pytest.mark.django_db
def test_both_parts_say_the_same_and_neither_is_blank() -> None:
    alert = make_alert()
    change_set = alert.change_set
    place = f"/platforms/{change_set.document.platform.slug}/{change_set.document.slug}/compare/"
    for part in sent_parts(alert):
        assert change_set.headline in part
        assert "30 days" in part
        assert "5 years" in part
        assert "Effective date not stated" in part
        assert "High" in part
        assert settings.SITE_URL + place in part
        assert f"{settings.SITE_URL}/records/P-" in part
        assert f"{settings.SITE_URL}/unsubscribe/{alert.subscription.token}/" in part


@pytest.mark.django_db
def test_the_sentences_after_the_headline_and_whom_it_names_are_in_both_parts() -> None:
    alert = make_alert(KEPT_5_YEARS.replace("your feedback", "the feedback of enterprise customers"))
    change_set = alert.change_set
    assert change_set.affected == ["business customers"]
    for part in sent_parts(alert):
        assert change_set.summary[-1] in part
        assert "Names business customers." in part


@pytest.mark.django_db
def test_the_redline_is_readable_without_tags() -> None:
    text, html = sent_parts(make_alert())
    assert "[removed: 30 days]" in text
    assert "[added: 5 years]" in text
    assert "[−30 days−]</del>" in html
    assert "[+5 years+]</ins>" in html


@pytest.mark.django_db
def test_a_stated_effective_date_is_named() -> None:
    alert = make_alert()
    alert.change_set.effective_on = alert.change_set.detected_at.date().replace(year=2025, month=4, day=9)
    for part in sent_parts(alert):
        assert "In force from 9 April 2025" in plain(part)


@pytest.mark.django_db
def test_an_effective_date_that_both_texts_state_is_named_as_that() -> None:
    alert = make_alert()
    alert.change_set.new_version.effective_on = date(2025, 4, 9)
    for part in sent_parts(alert):
        assert "In force from 9 April 2025, as both texts say" in plain(part)


@pytest.mark.django_db
def test_every_reason_and_figure_of_the_worst_change_is_given() -> None:
    alert = make_alert()
    worst = alert.change_set.changes.order_by("-severity").first()
    assert worst
    assert worst.reasons
    assert worst.facts
    for part in sent_parts(alert):
        assert f"{worst.reasons[0]['points']:+d}" in part
        assert f"{reason_name(worst.reasons[0]['code'])}, adverse" in part
        assert "Retention period of your feedback:" in plain(part)
        assert "30 days → 5 years" in part


@pytest.mark.django_db
def test_a_date_that_changed_is_told_as_a_date() -> None:
    alert = make_alert()
    plain = {"kind": "effective_date", "subject": "", "condition": "", "quote": "x", "start": 0, "end": 1}
    days = [
        {**plain, "value": day, "unit": "date", "normalized": day} for day in ("2025-01-06", "2025-05-22")
    ]
    alert.change_set.changes.update(
        facts=[{"kind": "effective_date", "subject": "", "old": days[0], "new": days[1]}]
    )
    assert "Effective date: 6 Jan 2025 → 22 May 2025" in sent_parts(alert)[0]


@pytest.mark.django_db
def test_the_subject_is_plain() -> None:
    alert = make_alert()
    assert alert.change_set.headline.startswith("Hollowreed")
    assert alert_message(alert).subject == f"[Proviso] High: {alert.change_set.headline}"


@pytest.mark.django_db
def test_one_click_unsubscribe_is_offered_in_the_headers() -> None:
    alert = make_alert()
    message = alert_message(alert).message()
    assert message["List-Unsubscribe"] == f"<{settings.SITE_URL}/unsubscribe/{alert.subscription.token}/>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.django_db
def test_a_message_id_belongs_to_the_alert() -> None:
    alert = make_alert()
    again = Alert.objects.get(pk=alert.pk)
    assert alert_message(alert).message()["Message-ID"] == alert_message(again).message()["Message-ID"]
    with override_settings(SITE_URL="https://watch.example"):
        assert str(alert_message(alert).message()["Message-ID"]).endswith("@watch.example>")


@pytest.mark.django_db
def test_a_headline_cannot_add_a_header() -> None:
    alert = make_alert()
    hostile = "Kept\r\nBcc: thief@example.org\r\n\r\n<b>Body</b>"
    alert.change_set.headline = hostile
    alert.change_set.save()
    with smtp_inbox() as inbox:
        alert_message(alert).send()
    (received,) = inbox.messages
    assert received["Bcc"] is None
    assert received["Subject"] == "[Proviso] High: Hollowreed: Kept Bcc: thief@example.org <b>Body</b>"


@pytest.mark.django_db
def test_words_of_a_page_are_escaped_in_the_html_part_only() -> None:
    script = "&lt;script&gt;steal()&lt;/script&gt;"
    script = f"<p>We keep {script} &amp; your feedback for 5 years after you send it.</p>"
    text, html = sent_parts(make_alert(f"<h2>&lt;img src=x&gt;</h2>{script}"))
    assert "<script>steal()" not in html
    assert "&lt;script&gt;steal()" in html
    assert "<img" not in html
    assert "<script>steal()</script> & your" in text


@pytest.mark.django_db
def test_a_mail_about_many_changes_shows_the_worst_and_counts_the_rest() -> None:
    extra = "".join(f"<p>You must pay us a fee of {n} dollars within {n} days.</p>" for n in range(2, 11))
    alert = make_alert(KEPT_30_DAYS.replace("30 days", "5 years") + extra)
    text, _ = sent_parts(alert)
    shown = text.count("Record P-")
    hidden = Change.objects.filter(change_set=alert.change_set).count() - shown
    assert shown == 5
    assert f"And {hidden} more change" in text
    assert text.index("5 years") < text.index("dollars")


@pytest.mark.django_db
def test_of_changes_alike_in_severity_the_weightiest_comes_first() -> None:
    sold = "<p>We sell your personal data to data brokers for money.</p>"
    alert = make_alert(sold + KEPT_30_DAYS.replace("30 days", "5 years"))
    first, second = Change.objects.filter(change_set=alert.change_set).order_by("position")
    assert first.severity == second.severity
    assert max(row["points"] for row in first.reasons) < max(row["points"] for row in second.reasons)
    text, _ = sent_parts(alert)
    assert text.index("5 years") < text.index("data brokers")


@given(st.text(max_size=400))
def test_a_subject_is_one_line_whatever_the_headline(headline: str) -> None:
    subject = subject_line("Low", headline)
    assert subject.startswith("[Proviso] Low: ")
    assert len(subject) <= 200
    assert subject.splitlines() == [subject]


@pytest.mark.parametrize("mark", ["\n", "\r", "\x00", "\u2028", "\u202e", "\x85", "\t"])
def test_no_mark_that_bends_a_line_survives(mark: str) -> None:
    assert plain_line(f"a{mark}b") == "a b"


def days_ahead(alert: Alert, days: int) -> date:
    return timezone.now().date() + timedelta(days=days)


@pytest.mark.django_db
def test_a_change_that_comes_into_force_says_in_how_many_days() -> None:
    alert = make_alert()
    alert.change_set.effective_on = days_ahead(alert, 12)
    for part in sent_parts(alert):
        assert plain(part).count("as the text says: in 12 days.") == 1
    alert.change_set.effective_on = days_ahead(alert, -12)
    assert "in force in" not in sent_parts(alert)[0]
    assert "as the text says." in sent_parts(alert)[0]


@pytest.mark.django_db
def test_days_ahead_that_a_changed_clause_names_are_named_once() -> None:
    alert = make_alert()
    on = days_ahead(alert, 30)
    fact: dict[str, object] = {
        "kind": "deadline",
        "subject": "",
        "condition": "",
        "quote": "opt out by <b>then</b>",
        "unit": "date",
    }
    fact |= {"value": "x", "normalized": on.isoformat(), "start": 0, "end": 1}
    gone = fact | {"normalized": "2020-01-01", "quote": "long gone"}
    rows = [{"kind": "deadline", "subject": "", "old": None, "new": new} for new in (fact, gone, fact)]
    alert.change_set.changes.update(facts=rows)
    text, html = sent_parts(alert)
    assert text.count(f"Day to act by: {on.day} {on:%B %Y}, in 30 days: “opt out by <b>then</b>”") == 1
    assert "opt out by &lt;b&gt;then&lt;/b&gt;" in html
    assert "long gone" not in text


@pytest.mark.django_db
def test_figures_come_before_the_redline_and_reasons_after_it() -> None:
    text, html = sent_parts(make_alert())
    assert text.index("30 days → 5 years") < text.index("[removed: 30 days]") < text.index("Why high")
    assert html.index("30 days → 5 years") < html.index("[−30 days−]") < html.index("Why high")


@pytest.mark.django_db
def test_styles_stand_in_the_elements_and_dark_ones_in_a_sheet() -> None:
    html = sent_parts(make_alert())[1]
    assert re.search(r'<del class="removed" style="[^"]*background: #ffe3b8[^"]*line-through', html)
    assert re.search(r'<ins class="added" style="[^"]*background: #cfe8ff[^"]*underline', html)
    (sheet,) = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    assert sheet.lstrip().startswith("@media (prefers-color-scheme: dark)")
    assert "<link" not in html
    assert "url(" not in html


@pytest.mark.django_db
def test_mails_about_one_platform_are_one_thread_of_their_reader() -> None:
    first = make_alert()
    make_change_set(first.change_set.document.platform)
    second = Alert.objects.exclude(pk=first.pk).get()
    other = make_change_set()
    subscribing.subscribe(first.recipient.user, None, SeverityLevel.LOW, type="data_retention")
    third = Alert.objects.create(recipient=first.recipient, subscription=first.subscription, change_set=other)
    threads = []
    for alert in (first, second, third):
        message = alert_message(alert).message()
        assert message["References"] == message["In-Reply-To"] != message["Message-ID"]
        threads.append(message["References"])
    assert threads[0] == threads[1] != threads[2]


@pytest.mark.django_db
def test_headers_are_read_without_a_defect_by_a_strict_parser() -> None:
    raw = alert_message(make_alert()).message().as_bytes()
    message = BytesParser(policy=policy.default).parsebytes(raw)
    assert not message.defects
    for name in ("Subject", "From", "To", "Date", "Message-ID", "References", "List-Unsubscribe"):
        assert message[name], name
        assert not message[name].defects, name
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert re.fullmatch(r"<[^<>@ ]+@[^<>@ ]+>", message["Message-ID"])
