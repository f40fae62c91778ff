"""Whoever sends a form that is entirely empty is told what is missing, like anybody else."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory

from involvement.accounts.doors import posted, posted_files
from involvement.accounts.models import Membership
from involvement.landlords.models import Landlord
from tests.conftest import client_for
from tests.factories.accounts import make_member

PROBLEM = "govuk-error"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/desk/said/record/",
        "/desk/said/record/many/",
        "/desk/said/import/",
        "/desk/groups/add/",
        "/desk/strategy/begin/",
        "/desk/staff/add/",
        "/desk/staff/invitations/",
        "/desk/people/add/",
        "/desk/segments/add/",
        "/desk/settings/lists/units/",
        "/desk/plans/add/",
        "/tell-us/",
        "/take-part/",
    ],
)
def test_an_empty_form_is_answered(poole: Landlord, address: str) -> None:
    ada: Membership = make_member(poole, "Ada Frost (demo)", "ADMINISTRATOR")
    client: Client = client_for(poole, ada)
    assert PROBLEM not in client.get(address).content.decode()
    answer = client.post(address)
    assert answer.status_code == 200
    assert PROBLEM in answer.content.decode()


def test_only_a_post_sends_anything() -> None:
    looked, sent = RequestFactory().get("/?words=x"), RequestFactory().post("/")
    assert (posted(looked), posted_files(looked)) == (None, None)
    assert posted(sent) is sent.POST
    assert posted_files(sent) is sent.FILES
