"""An address that only takes what a form sends says so to whoever opens it."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from involvement.landlords.models import Landlord


def test_an_address_for_a_form_has_words_and_a_way_back(
    officer_client: Client, poole: Landlord
) -> None:
    answer = officer_client.get(reverse("plans:plan_publish", args=[1]))
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    page = answer.content.decode()
    assert '<h1 class="page-title">There is no page at this address</h1>' in page
    assert f"– {poole.name}</title>" in page
    assert '<html lang="en' in page
    assert f'<a href="{reverse("faces:desk_home")}">Go to the desk</a>' in page


def test_whoever_is_not_signed_in_reads_the_same(visitor: Client, poole: Landlord) -> None:
    answer = visitor.get(reverse("plans:plan_publish", args=[1]))
    assert answer.status_code == 405
    page = answer.content.decode()
    assert "There is no page at this address" in page
    assert "Go to the first page</a>" in page
    assert "Go to the desk" not in page


def test_what_is_sent_to_a_page_stays_refused_without_one(
    officer_client: Client, poole: Landlord
) -> None:
    answer = officer_client.post(reverse("plans:plan_list"))
    assert (answer.status_code, answer.content) == (405, b"")


def test_systems_read_no_page(visitor: Client, poole: Landlord) -> None:
    answer = visitor.get(reverse("feeds_public:receive", args=["people"]))
    assert answer.status_code == 405
    assert b"<h1" not in answer.content
