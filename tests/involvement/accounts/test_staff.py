"""The directory and teams: by hand, and from a copied list."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from involvement.accounts.models import StaffMember, Team
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord

pytestmark = pytest.mark.django_db

STAFF = "/desk/staff/"
LIST = """Name\tInitials\tJob title\tE-mail\tTeam
Moira Dunn (demo)\tMD\tHousing manager\tmoira@poole.example\tHousing
Sam Okoro (demo)\tSO\tSurveyor\t\tRepairs
"""


def names(poole: Landlord) -> list[str]:
    with landlord_scope(poole):
        return list(StaffMember.objects.order_by("name").values_list("name", flat=True))


def test_a_colleague_is_added_changed_and_leaves(poole: Landlord, officer_client: Client) -> None:
    officer_client.post(f"{STAFF}add/", {"name": "Moira Dunn (demo)", "initials": "MD"})
    with landlord_scope(poole):
        moira = StaffMember.objects.get(initials="MD")
    values = {"name": "Moira Dunn (demo)", "initials": "MD", "job_title": "Housing manager"}
    officer_client.post(f"{STAFF}{moira.pk}/", values)
    page = officer_client.get(f"{STAFF}{moira.pk}/").content.decode()
    assert "Job title: to “Housing manager”" in page
    officer_client.post(f"{STAFF}{moira.pk}/", {**values, "left_on": "2026-08-01"})
    officer_client.get(STAFF)  # says what was saved
    assert "Moira Dunn (demo)" not in officer_client.get(STAFF).content.decode()
    assert "Moira Dunn (demo)" in officer_client.get(f"{STAFF}?left=yes").content.decode()


def test_the_same_initials_twice_are_refused_with_a_sentence(
    poole: Landlord, officer_client: Client
) -> None:
    page = officer_client.post(f"{STAFF}add/", {"name": "Jo Marsh (demo)", "initials": "jm"})
    assert "Somebody has these initials already" in page.content.decode()
    assert "Jo Marsh (demo)" not in names(poole)


def test_a_copied_list_is_shown_before_it_is_kept(poole: Landlord, officer_client: Client) -> None:
    before = names(poole)
    page = officer_client.post(f"{STAFF}import/", {"text": LIST}).content.decode()
    assert "2 rows read: 2 new." in page
    assert "Moira Dunn (demo)" in page
    assert names(poole) == before


def test_confirming_keeps_everybody_and_makes_their_teams(
    poole: Landlord, officer_client: Client
) -> None:
    officer_client.post(f"{STAFF}import/", {"text": LIST, "confirm": "yes"})
    with landlord_scope(poole):
        moira = StaffMember.objects.select_related("team").get(initials="MD")
        assert (moira.job_title, moira.email) == ("Housing manager", "moira@poole.example")
        assert moira.team.name == "Housing"
        assert StaffMember.objects.get(initials="SO").team.name == "Repairs"


def test_the_same_list_again_changes_nothing(poole: Landlord, officer_client: Client) -> None:
    officer_client.post(f"{STAFF}import/", {"text": LIST, "confirm": "yes"})
    before = names(poole)
    page = officer_client.post(f"{STAFF}import/", {"text": LIST}).content.decode()
    assert "2 rows read: 2 unchanged." in page
    officer_client.post(f"{STAFF}import/", {"text": LIST, "confirm": "yes"})
    assert names(poole) == before
    with landlord_scope(poole):
        assert Team.objects.count() == 2


def test_the_page_confirms_what_it_showed(poole: Landlord, officer_client: Client) -> None:
    """The preview's own hidden field gives the same rows again."""
    preview = officer_client.post(f"{STAFF}import/", {"text": LIST})
    text = preview.context["read"].text
    officer_client.post(f"{STAFF}import/", {"text": text, "confirm": "yes"})
    assert {"Moira Dunn (demo)", "Sam Okoro (demo)"} <= set(names(poole))


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("Name,E-mail\nMoira Dunn (demo),moira at poole\n", "is no e-mail address"),
        ("Name,Initials\n,MD\n", "The name is missing"),
        ("Name,Initials\nA (demo),MD\nB (demo),md\n", "stands in row 2 too"),
        ("Initials,Team\nMD,Housing\n", "No column is chosen for “Name”"),
        (f"Name,Initials\nMoira (demo),{'M' * 11}\n", "Longer than 10 characters"),
    ],
)
def test_what_is_wrong_is_said_row_by_row_and_nothing_is_kept(
    poole: Landlord, officer_client: Client, rows: str, words: str
) -> None:
    before = names(poole)
    page = officer_client.post(f"{STAFF}import/", {"text": rows, "confirm": "yes"}).content.decode()
    assert words in page
    assert "Put them into the directory" not in page
    assert names(poole) == before


def test_a_wrong_file_is_refused_with_a_sentence(poole: Landlord, officer_client: Client) -> None:
    picture = SimpleUploadedFile("staff.csv", b"\x89PNG\r\n\x1a\n" + b"\x00" * 64)
    answer = officer_client.post(f"{STAFF}import/", {"file": picture})
    assert answer.context["form"].non_field_errors()


def test_a_team_is_added_renamed_and_put_away(poole: Landlord, officer_client: Client) -> None:
    officer_client.post(f"{STAFF}teams/", {"name": "Housing"})
    with landlord_scope(poole):
        team = Team.objects.get()
    officer_client.post(f"{STAFF}teams/{team.pk}/", {"name": "Housing services"})
    assert "Housing services" in officer_client.get(f"{STAFF}teams/").content.decode()
    officer_client.post(f"{STAFF}teams/{team.pk}/archive/")
    with landlord_scope(poole):
        assert Team.objects.get().archived_at is not None
    officer_client.get(STAFF)  # says what was put away
    assert "Housing services" not in officer_client.get(f"{STAFF}add/").content.decode()


def test_a_contributor_reads_the_directory_and_changes_nothing(contributor_client: Client) -> None:
    page = contributor_client.get(STAFF).content.decode()
    assert "Asha Patel (demo)" in page
    assert "/desk/staff/add/" not in page
    for path in ("add/", "import/", "teams/"):
        assert contributor_client.get(STAFF + path).status_code == 403


def test_a_stranger_finds_no_directory(stranger_client: Client) -> None:
    for path in ("", "add/", "import/", "teams/", "roles/", "invitations/"):
        assert stranger_client.get(STAFF + path).status_code == 404


@pytest.mark.parametrize("size", [1, 3])
def test_the_directory_asks_as_often_however_many_work_here(
    poole: Landlord,
    officer_client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    size: int,
) -> None:
    with landlord_scope(poole):
        team = Team.objects.create(name="Housing")
        for number in range(size):
            StaffMember.objects.create(name=f"Person {number} (demo)", team=team)
    with django_assert_num_queries(QUERIES[""]):
        officer_client.get(STAFF)


@pytest.mark.parametrize("size", [1, 3])
def test_the_teams_ask_as_often_however_many_there_are(
    poole: Landlord,
    officer_client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    size: int,
) -> None:
    with landlord_scope(poole):
        for number in range(size):
            Team.objects.create(name=f"Team {number}")
    with django_assert_num_queries(QUERIES["teams/"]):
        officer_client.get(f"{STAFF}teams/")


QUERIES: dict[str, Any] = {"": 10, "teams/": 7}
