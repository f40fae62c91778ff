"""Roles: who may do what, cell by cell, and who may change it."""

from __future__ import annotations

import pytest
from django.test import Client

from involvement.accounts.models import Membership
from involvement.accounts.permissions import PERMISSION_WORDS, ROLES, Permission, Role
from involvement.accounts.queries import staff_who_may
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from tests.conftest import client_for
from tests.factories.accounts import make_member

P = Permission

# What each role may do, written out by hand: a change to a role must be made here too.
MAY: dict[Role, str] = {
    Role.ADMINISTRATOR: "desk.open settings.change staff.manage staff.invite audit.read "
    "strategy.read strategy.change plan.read plan.update plan.change plan.publish feedback.read "
    "feedback.record feedback.change decision.record reply.send people.read people.change "
    "equality.read equality.record people.import people.export people.merge people.erase privacy.manage "
    "report.read report.edit report.publish library.read",
    Role.OFFICER: "desk.open staff.invite audit.read strategy.read strategy.change plan.read "
    "plan.update plan.change plan.publish feedback.read feedback.record feedback.change "
    "decision.record reply.send people.read people.change equality.read equality.record "
    "people.import people.export people.merge report.read "
    "report.edit report.publish library.read",
    Role.CONTRIBUTOR: "desk.open strategy.read plan.read plan.update feedback.read feedback.record "
    "report.read library.read",
    Role.MANAGER: "desk.open audit.read strategy.read plan.read plan.update plan.publish "
    "feedback.read decision.record equality.read report.read report.edit report.publish "
    "library.read",
    Role.BOARD: "library.read",
    Role.GROUP_VIEWER: "library.read group.read",
}


@pytest.mark.parametrize("permission", list(Permission))
@pytest.mark.parametrize("role", list(Role))
def test_each_role_may_do_exactly_this(role: Role, permission: Permission) -> None:
    membership = Membership(role=role, landlord_id=1)
    assert membership.may(permission) is (permission.value in MAY[role].split())


def test_a_closed_membership_may_do_nothing() -> None:
    closed = Membership(role=Role.ADMINISTRATOR, is_active=False, landlord_id=1)
    assert [each for each in Permission if closed.may(each)] == []


def test_every_permission_and_role_is_said_in_words() -> None:
    assert set(PERMISSION_WORDS) == set(Permission)
    assert set(ROLES) == set(Role)


def test_no_role_is_said_to_read_what_it_may_not() -> None:
    reads = {each for each in Permission if each.value.endswith(".read")} - {P.GROUP_READ}
    claims = [role for role, said in ROLES.items() if "reads everything" in said.prose.lower()]
    assert [role for role in claims if not reads <= ROLES[role].permissions] == []
    assert P.PEOPLE_READ not in ROLES[Role.MANAGER].permissions
    assert "Opens no resident’s own record" in ROLES[Role.MANAGER].prose


@pytest.mark.django_db
def test_work_with_residents_records_is_given_only_to_who_may_open_them(
    in_poole: Landlord, jean: Membership, asha: Membership
) -> None:
    manager = make_member(in_poole, "Dev Rao (demo)", "MANAGER", initials="DR")
    closed = make_member(in_poole, "Cy Lunt (demo)", "OFFICER", initials="CL")
    Membership.objects.filter(pk=closed.pk).update(is_active=False)
    assert all(each.staff for each in (jean, asha, manager, closed))

    assert list(staff_who_may(P.PEOPLE_READ)) == [jean.staff]
    assert set(staff_who_may(P.PLAN_UPDATE)) == {jean.staff, asha.staff, manager.staff}


@pytest.fixture
def ada(poole: Landlord) -> Membership:
    return make_member(poole, "Ada Frost (demo)", "ADMINISTRATOR", initials="AF")


@pytest.fixture
def ada_client(poole: Landlord, ada: Membership) -> Client:
    return client_for(poole, ada)


@pytest.mark.django_db
def test_everybody_at_the_desk_sees_the_roles_and_only_administrators_change_them(
    contributor_client: Client, officer_client: Client, asha: Membership
) -> None:
    page = contributor_client.get("/desk/staff/roles/").content.decode()
    assert "Updates progress on plan lines" in page
    assert f"/desk/staff/roles/{asha.pk}/" not in page
    assert officer_client.get(f"/desk/staff/roles/{asha.pk}/").status_code == 403
    assert officer_client.post(f"/desk/staff/roles/{asha.pk}/", {"act": "close"}).status_code == 403


@pytest.mark.django_db
def test_an_administrator_changes_a_role(
    poole: Landlord, ada_client: Client, asha: Membership
) -> None:
    ada_client.post(f"/desk/staff/roles/{asha.pk}/", {"act": "role", "role": "MANAGER"})
    with landlord_scope(poole):
        assert Membership.objects.get(pk=asha.pk).role == "MANAGER"
    page = ada_client.get(f"/desk/staff/roles/{asha.pk}/").content.decode()
    assert "made Asha Patel (demo) manager" in page
    assert "from “Contributor” to “Manager”" in page


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"act": "role", "role": "OFFICER"}, {"act": "close"}])
def test_the_last_administrator_stays(
    poole: Landlord, ada: Membership, ada_client: Client, change: dict[str, str]
) -> None:
    page = ada_client.post(f"/desk/staff/roles/{ada.pk}/", change, follow=True).content.decode()
    assert "This is the last administrator" in page
    with landlord_scope(poole):
        kept = Membership.objects.get(pk=ada.pk)
        assert (kept.role, kept.is_active) == ("ADMINISTRATOR", True)


@pytest.mark.django_db
def test_an_administrator_whose_log_in_is_closed_does_not_count(
    poole: Landlord, ada: Membership, ada_client: Client
) -> None:
    other = make_member(poole, "Bea Lunt (demo)", "ADMINISTRATOR")
    other.user.is_active = False
    other.user.save()
    page = ada_client.post(f"/desk/staff/roles/{ada.pk}/", {"act": "close"}, follow=True)
    assert "This is the last administrator" in page.content.decode()


@pytest.mark.django_db
def test_with_a_second_administrator_the_first_may_go(
    poole: Landlord, ada: Membership, ada_client: Client
) -> None:
    make_member(poole, "Bea Lunt (demo)", "ADMINISTRATOR")
    ada_client.post(f"/desk/staff/roles/{ada.pk}/", {"act": "close"})
    with landlord_scope(poole):
        assert Membership.objects.get(pk=ada.pk).is_active is False
    assert ada_client.get("/desk/").status_code == 404


@pytest.mark.django_db
def test_a_member_of_another_landlord_is_not_found(
    poole: Landlord, ada_client: Client, stranger: Membership
) -> None:
    assert ada_client.get(f"/desk/staff/roles/{stranger.pk}/").status_code == 404


@pytest.mark.django_db
def test_who_lacks_a_permission_is_told_whom_to_ask(
    contributor_client: Client, ada: Membership
) -> None:
    answer = contributor_client.get("/desk/settings/")
    assert answer.status_code == 403
    assert "Ada Frost (demo)" in answer.content.decode()
