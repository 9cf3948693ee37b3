"""The roles are there after every migration and flush, once."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.apps.registry import Apps
from django.contrib.auth.models import Group
from django.core.management import call_command

from clauses.apps import make_lists, make_roles
from clauses.listing import forget_all
from monitor.roles import ROLES
from tests.builders import make_change_set, make_user
from tests.clauses.listed_truth import listed


@pytest.mark.django_db(transaction=True)
def test_an_emptied_database_has_the_roles_again() -> None:
    call_command("flush", interactive=False, verbosity=0)
    assert set(Group.objects.values_list("name", flat=True)) == set(ROLES)
    call_command("migrate", verbosity=0)
    assert Group.objects.count() == len(ROLES)


@pytest.mark.django_db(transaction=True)
def test_an_emptied_database_has_no_words_left_in_its_index() -> None:
    make_change_set()
    assert listed()["words"]
    call_command("flush", interactive=False, verbosity=0)
    assert not listed()["words"]


@pytest.mark.django_db
def test_who_has_a_role_keeps_it_when_roles_are_made_again() -> None:
    user = make_user(role="curator")
    Group.objects.get(name="analyst").delete()
    make_roles(apps=apps, using="default")
    make_roles(apps=apps, using="default")
    assert Group.objects.count() == len(ROLES)
    assert user.groups.get().name == "curator"


def test_where_there_are_no_groups_yet_nothing_is_made() -> None:
    make_roles(apps=Apps(), using="default")


@pytest.mark.django_db
def test_a_database_without_lists_gets_them_with_the_migration() -> None:
    make_change_set()
    before = listed()
    forget_all()
    make_lists(apps=apps)
    assert listed() == before
    make_lists(apps=Apps())
