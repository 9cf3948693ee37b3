import pytest
from django.contrib.auth.models import AnonymousUser, Group, User

from monitor.roles import ADMINISTRATOR, CURATOR, is_administrator, is_curator

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("group", "values", "curates", "administers"),
    [
        (None, {}, False, False),
        (CURATOR, {}, True, False),
        (ADMINISTRATOR, {}, True, True),
        (None, {"is_superuser": True}, True, True),
        (None, {"is_staff": True}, False, False),
        (ADMINISTRATOR, {"is_active": False}, False, False),
        (None, {"is_superuser": True, "is_active": False}, False, False),
    ],
)
def test_a_role_is_a_group_of_an_active_user(group, values, curates, administers):
    user = User.objects.create(username="someone", **values)
    if group:
        user.groups.add(Group.objects.get_or_create(name=group)[0])
    assert (is_curator(user), is_administrator(user)) == (curates, administers)


def test_who_is_not_signed_in_has_no_role():
    assert not is_curator(AnonymousUser())
    assert not is_administrator(AnonymousUser())
