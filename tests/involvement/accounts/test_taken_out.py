from __future__ import annotations

import io

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from involvement.accounts.models import StaffMember, Team
from involvement.accounts.staff_file import read_staff
from involvement.importing.readers import read_table
from involvement.importing.writers import write_csv
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from involvement.wiring.lists import list_named
from tests.residents.exports.taken import asked_for, doors, take, taken

PAGE = reverse("accounts:staff_list")


def test_the_directory_leaves_as_its_page_narrows_it(
    poole: Landlord, officer_client: Client
) -> None:
    with landlord_scope(poole):
        team = Team.objects.create(name="Repairs")
        StaffMember.objects.create(name="=Rob Lane (demo)", initials="RL", team=team)
        StaffMember.objects.create(name="Una Ward (demo)", left_on=timezone.localdate())
    rows = take(officer_client, doors(officer_client, f"{PAGE}?team={team.pk}")["staff"])
    assert [(row["Name"], row["Team"], row["Signs in"]) for row in rows] == [
        ("'=Rob Lane (demo)", "Repairs", "No")
    ]
    with landlord_scope(poole):
        everybody = {row["Name"]: row["Signs in"] for row in taken("staff")}
        assert everybody["Jean Marlow (demo)"] == "Involvement officer"
        assert "Una Ward (demo)" not in everybody
        assert [row["Name"] for row in taken("staff", left="yes")] == ["Una Ward (demo)"]
        assert [row["Name"] for row in taken("staff", q="rob")] == ["=Rob Lane (demo)"]


def test_what_leaves_and_is_copied_in_again_changes_nothing(
    in_poole: Landlord, jean: object
) -> None:
    wanted, file = list_named("staff"), io.BytesIO()
    assert wanted is not None
    write_csv(file, wanted.headings, wanted.lines({}))
    file.seek(0)
    preview = read_staff(read_table(file, name="staff.csv")).preview
    assert (preview.created, preview.changed, preview.unchanged) == (0, 0, len(taken("staff")))


def test_the_directory_is_read_in_as_many_questions_for_three_as_for_one(
    in_poole: Landlord,
) -> None:
    StaffMember.objects.create(name="Rob Lane (demo)")
    one = asked_for("staff")
    for name in ("Una Ward (demo)", "Vic Hale (demo)"):
        StaffMember.objects.create(name=name)
    assert (len(taken("staff")), asked_for("staff")) == (3, one)


def test_a_row_without_a_name_is_not_counted_as_somebody_new(in_poole: Landlord) -> None:
    rows = io.BytesIO(b"Name,Initials\nBob Tiny,BT\n,QQ\n")
    preview = read_staff(read_table(rows, name="staff.csv")).preview
    assert (preview.rows_read, preview.created, len(preview.problems)) == (2, 1, 1)
