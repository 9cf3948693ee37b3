"""The team's work on its pages: steps, stale pages, the list, many at once, the table for an audit."""

from __future__ import annotations

import csv

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clauses import working
from clauses.models import ChangeSet, Work, WorkEntry, WorkStatus
from tests.builders import START, make_change_set, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(client: Client) -> User:
    user = make_user("anna")
    client.force_login(user)
    return user


def step(client: Client, change_set: ChangeSet, seen: int = 0, **values: object):
    sent = {"status": "follow_up", "assignee": "", "note": "", "seen": seen, **values}
    return client.post(reverse("change-set-work", args=[change_set.number]), sent)


def table(client: Client, query: str = "") -> list[list[str]]:
    answer = client.get(reverse("work-csv") + query)
    assert answer["Content-Type"].startswith("text/csv")
    return list(csv.reader(b"".join(answer.streaming_content).decode().splitlines()))


def test_a_step_from_the_page_of_the_change_is_saved_with_who_and_when(client: Client, anna: User):
    change_set, ben = make_change_set(), make_user("ben")
    page = reverse("change-set", args=[change_set.number])
    assert "Nobody has worked on this change yet." in client.get(page).content.decode()
    answer = step(client, change_set, assignee=ben.pk, note="Ask <b>legal</b>.", next=f"{page}#work")
    assert answer.url == f"{page}#work"
    text = client.get(page).content.decode()
    assert "Status: Follow-up." in text
    assert "Assigned to ben." in text
    assert "Ask &lt;b&gt;legal&lt;/b&gt;." in text
    assert WorkEntry.objects.get().by == anna


def test_who_acts_on_a_stale_page_is_told_what_others_did_and_keeps_the_words(client: Client, anna: User):
    change_set, ben = make_change_set(), make_user("ben")
    working.take(
        working.Step(WorkStatus.REVIEWED, note="All fine."), {change_set.number: 0}, by=ben, at=START
    )
    answer = step(client, change_set, note="We must object.")
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "others acted on this change since you opened it" in text
    assert "All fine." in text
    assert "We must object.</textarea>" in text
    assert Work.objects.get().status == WorkStatus.REVIEWED
    assert 'name="seen" value="1"' in text, "sending it again is a decision"
    assert step(client, change_set, 1, note="We must object.").status_code == 302
    assert Work.objects.get().status == WorkStatus.FOLLOW_UP
    assert WorkEntry.objects.count() == 2


@pytest.mark.parametrize("name", ["change-set", "change-set-work"])
def test_a_note_leaves_the_work_with_somebody_who_was_deactivated(client: Client, anna: User, name: str):
    change_set, ben = make_change_set(), make_user("ben")
    step(client, change_set, assignee=ben.pk)
    User.objects.filter(pk=ben.pk).update(is_active=False)
    text = client.get(reverse(name, args=[change_set.number])).content.decode()
    assert f'<option value="{ben.pk}" selected>ben (deactivated)</option>' in text
    step(client, change_set, 1, assignee=ben.pk, note="He left it at that.")
    assert (Work.objects.get().assignee, Work.objects.get().revision) == (ben, 2)
    step(client, change_set, 2, assignee=anna.pk)
    assert Work.objects.get().assignee == anna
    assert "ben (deactivated)" not in client.get(reverse(name, args=[change_set.number])).content.decode()
    assert step(client, change_set, 3, assignee=ben.pk).status_code == 400, "he is given nothing new"


@pytest.mark.parametrize(
    "values",
    [{"status": "done"}, {"assignee": "999"}, {"seen": "x"}, {"seen": "-1"}, {"note": "x" * 4001}],
)
def test_a_form_that_is_wrong_saves_nothing_and_says_so(client: Client, anna: User, values: dict):
    answer = step(client, make_change_set(), **values)
    assert answer.status_code == 400
    assert "errorlist" in answer.content.decode()
    assert not WorkEntry.objects.exists()


def test_a_step_without_a_change_is_said_to_be_none(client: Client, anna: User):
    answer = step(client, make_change_set(), status="new")
    assert "Nothing was changed" in client.get(answer.url).content.decode()
    assert not WorkEntry.objects.exists()


def test_work_goes_along_when_earlier_history_supersedes_a_change(client: Client, anna: User):
    old, new = make_change_set(), make_change_set()
    step(client, old, note="Said before.")
    ChangeSet.objects.filter(pk=old.pk).update(superseded_by=new)
    address = reverse("change-set-work", args=[new.number])
    assert client.get(reverse("change-set-work", args=[old.number])).url == address
    text = client.get(address).content.decode()
    assert "Said before." in text
    assert f"{old.public_id}</a>, which this change took the place of" in text
    answer = step(client, old, 1, note="Said to the old one.")
    assert answer.status_code == 409
    assert "took the place of the one you opened" in answer.content.decode()
    assert "Said to the old one.</textarea>" in answer.content.decode()
    assert WorkEntry.objects.count() == 1


def test_the_list_shows_what_is_open_and_by_filter_the_rest(client: Client, anna: User):
    mine, theirs, done, untouched = (make_change_set() for _ in range(4))
    step(client, mine, assignee=anna.pk)
    step(client, theirs, assignee=make_user("ben").pk)
    step(client, done, status="no_action")

    def listed(query: str = "") -> set[str]:
        text = client.get(reverse("work") + query).content.decode()
        return {row.public_id for row in (mine, theirs, done, untouched) if f"Choose {row.public_id}" in text}

    assert listed() == {mine.public_id, theirs.public_id}
    assert listed("?assignee=me") == {mine.public_id}
    assert listed("?assignee=nobody&status=any") == {done.public_id}
    assert listed("?status=no_action") == {done.public_id}
    assert listed("?status=any") == {mine.public_id, theirs.public_id, done.public_id}
    assert listed(f"?status=any&platform={done.document.platform.slug}") == {done.public_id}
    both = "&platform=".join(row.document.platform.slug for row in (done, mine))
    assert listed(f"?status=any&platform={both}") == {done.public_id, mine.public_id}
    twin = client.get(reverse("work-json") + "?assignee=me").json()
    assert (twin["count"], twin["work"][0]["id"], twin["work"][0]["assignee"]) == (1, mine.public_id, "anna")


def test_changes_and_dashboard_filter_by_status_assignee_and_reading(client: Client, anna: User):
    client.get(reverse("changes"))
    mine, untouched = make_change_set(), make_change_set()
    step(client, mine, assignee=anna.pk)

    def listed(query: str, page: str = "changes") -> set[str]:
        text = client.get(f"{reverse(page)}?{query}").content.decode()
        return {row.public_id for row in (mine, untouched) if f"Choose {row.public_id}" in text}

    for page in ("changes", "dashboard"):
        assert listed("status=follow_up", page) == {mine.public_id}
        assert listed("status=new", page) == {untouched.public_id}
        assert listed("assignee=me", page) == {mine.public_id}
        assert listed("assignee=nobody", page) == {untouched.public_id}
        assert listed("read=unread", page) == {untouched.public_id}, "who works on a change has read it"


def test_many_are_set_at_once_and_those_touched_meanwhile_are_named(client: Client, anna: User):
    first, second = make_change_set(), make_change_set()
    step(client, second, note="Meanwhile.")
    rows = [f"{first.number}.0", f"{second.number}.0"]
    answer = client.post(reverse("work-set"), {"row": rows, "status": "no_action", "assignee": "keep"})
    text = client.get(answer.url + "?status=any").content.decode()
    assert "1 change is saved." in text
    assert f"Somebody acted on {second.public_id} since" in text
    assert Work.objects.get(change_set=first).status == WorkStatus.NO_ACTION
    assert Work.objects.get(change_set=second).status == WorkStatus.FOLLOW_UP


def test_many_are_given_to_somebody_or_nobody_without_another_status(client: Client, anna: User):
    change_set = make_change_set()
    for revision, (assignee, owner) in enumerate([(str(anna.pk), anna), ("keep", anna), ("nobody", None)]):
        status = "reviewed" if assignee == "keep" else ""
        sent = {"row": [f"{change_set.number}.{revision}"], "status": status, "assignee": assignee}
        client.post(reverse("work-set"), sent)
        assert Work.objects.get().assignee == owner
    assert Work.objects.get().status == WorkStatus.REVIEWED


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"row": "1.0"},
        {"status": "reviewed"},
        {"row": "1.0", "status": "done"},
        {"row": "1.0", "assignee": "x"},
    ],
)
def test_setting_nothing_or_on_nothing_is_said_and_done_to_nobody(client: Client, anna: User, sent: dict):
    make_change_set()
    assert client.post(reverse("work-set"), sent).status_code == 302
    assert not Work.objects.exists()


def test_the_table_has_every_step_and_no_cell_is_a_formula(client: Client, anna: User):
    change_set = make_change_set()
    ChangeSet.objects.update(headline='=HYPERLINK("https://evil.example")')
    step(client, change_set, note="+SUM(A1)\nsecond line")
    step(client, change_set, 1, status="reviewed")
    text = b"".join(client.get(reverse("work-csv")).streaming_content).decode()
    head, first, second = csv.reader(text.splitlines(keepends=True))
    assert head[:3] == ["at", "by", "change_set"]
    row = dict(zip(head, first, strict=True))
    assert (row["change_set"], row["by"], row["status"], row["step"]) == (
        change_set.public_id,
        "anna",
        "follow_up",
        "1",
    )
    assert row["headline"] == '\'=HYPERLINK("https://evil.example")'
    assert row["note"].startswith("'+SUM(A1)")
    assert second[head.index("status")] == "reviewed"
    assert not [cell for line in (first, second) for cell in line if cell[:1] in "=+-@" and cell]


def test_the_table_goes_by_the_filter_and_without_one_has_superseded_changes_too(client: Client, anna: User):
    old, new = make_change_set(), make_change_set()
    step(client, old)
    step(client, new, status="reviewed")
    ChangeSet.objects.filter(pk=old.pk).update(superseded_by=new)
    assert len(table(client)) == 3
    assert [row[2] for row in table(client, "?status=reviewed")[1:]] == [new.public_id]


def queries_of(client: Client, page: str) -> int:
    """How many a page takes that was looked at before."""
    client.get(page)
    with CaptureQueriesContext(connection) as queries:
        client.get(page)
    return len(queries)


def test_the_navigation_says_where_the_work_is(client: Client, anna: User):
    page = client.get("/work/").content.decode()
    assert '<a href="/changes/" aria-current="true">Changes</a>' in page
    assert '<a href="/work/" aria-current="page">Work</a>' in page
    page = client.get("/account/tokens/").content.decode()
    assert '<a href="/account/" aria-current="true">Your account</a>' in page
    assert '<a href="/work/">Work</a>' in page


def test_more_work_needs_no_more_queries(client: Client, anna: User):
    pages = [reverse("work"), reverse("changes"), reverse("dashboard")]
    for _ in range(2):
        step(client, make_change_set(), assignee=anna.pk)
    counts = [queries_of(client, page) for page in pages]
    for _ in range(3):
        step(client, make_change_set(), assignee=anna.pk)
    assert [queries_of(client, page) for page in pages] == counts
    assert max(counts) <= 40


def test_nobody_without_an_account_sees_anything_of_it(client: Client, anna: User):
    change_set = make_change_set()
    step(client, change_set, assignee=anna.pk, note="Secret assessment.")
    nobody = Client()
    document = change_set.document
    pair = [
        document.platform.slug,
        document.slug,
        change_set.old_version.number,
        change_set.new_version.number,
    ]
    for address in (
        reverse("dashboard") + "?status=follow_up&assignee=me&read=unread",
        reverse("changes") + f"?status=follow_up&assignee={anna.pk}",
        reverse("changes-json") + "?status=follow_up",
        reverse("atom") + "?status=follow_up",
        reverse("change-set", args=[change_set.number]),
        reverse("change-set-json", args=[change_set.number]),
        reverse("compare", args=pair),
        reverse("document", args=pair[:2]),
        reverse("platform", args=pair[:1]),
        reverse("platform-json", args=pair[:1]),
    ):
        text = nobody.get(address).content.decode()
        assert change_set.headline.split()[0] in text, address
        for secret in ("Secret assessment", "Follow-up", "anna", 'id="work"', "Baselines", "Unread"):
            assert secret not in text, f"{secret} on {address}"
    full = nobody.get(reverse("changes") + "?status=reviewed").content.decode()
    assert change_set.public_id in full, "a filter by status would tell who has which"
