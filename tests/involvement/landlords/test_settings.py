"""The pages that set a landlord up."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from actionplans.feedback.operations import issue_mail_key
from involvement.accounts.models import Membership
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord, Place, Subject
from tests.conftest import client_for
from tests.factories.accounts import make_member
from tests.factories.feedback import CLERK

pytestmark = pytest.mark.django_db

SETTINGS = "/desk/settings/"


@pytest.fixture
def ada(poole: Landlord) -> Membership:
    return make_member(poole, "Ada Frost (demo)", "ADMINISTRATOR", initials="AF")


@pytest.fixture
def client(poole: Landlord, ada: Membership) -> Client:
    return client_for(poole, ada)


def test_feedback_by_email_says_what_has_still_to_be_set_up(
    poole: Landlord, client: Client, now: dt.datetime
) -> None:
    page = f"{SETTINGS}about/mail/"
    shown = client.get(page).content.decode()
    assert "No e-mail comes in yet." in shown
    assert "manage.py issue_mail_key --landlord poole" in shown
    with landlord_scope(poole):
        issue_mail_key(by=CLERK, at=now)
    shown = client.get(page).content.decode()
    assert "A key is in force" in shown
    assert "No e-mail comes in yet." not in shown
    assert "How e-mail comes in" not in client.get(f"{SETTINGS}about/year/").content.decode()


def test_a_telephone_number_that_nobody_can_ring_is_refused(
    poole: Landlord, client: Client
) -> None:
    page = f"{SETTINGS}about/names/"
    names = {"name": "Poole", "short_name": "Poole", "contact_phone": "nonsense phone"}
    shown = client.post(page, names).content.decode()
    assert "Write the number with its digits, such as 01632 960 142." in shown
    poole.refresh_from_db()
    assert poole.contact_phone == ""
    client.post(page, {**names, "contact_phone": "01632 960 142, ask for Jean"})
    poole.refresh_from_db()
    assert poole.contact_phone == "01632 960 142, ask for Jean"


def test_a_list_of_steps_of_which_none_is_done_says_so(
    poole: Landlord, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = client.get(f"{SETTINGS}start/").context["steps"]
    undone = [replace(shown, done=False) for shown in steps]
    monkeypatch.setattr("involvement.landlords.views.settings.steps_for", lambda _request: undone)
    assert "<p>None of " in client.get(f"{SETTINGS}start/").content.decode()


def picture(size: tuple[int, int] = (900, 300)) -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", size, "#0F5E5A").save(kept, "PNG")
    return kept.getvalue()


def test_promises_are_changed_and_told_in_the_history(poole: Landlord, client: Client) -> None:
    page = f"{SETTINGS}about/promises/"
    client.post(page, {"decision_days": 45, "reply_days": 10})
    assert Landlord.objects.get(pk=poole.pk).decision_days == 45
    assert "from “60” to “45”" in client.get(page).content.decode()
    assert "Ada Frost (demo)" in client.get(f"{SETTINGS}history/?q=decision").content.decode()


def test_a_colour_that_cannot_be_read_is_not_saved_and_a_darker_one_is_offered(
    poole: Landlord, client: Client
) -> None:
    answer = client.post(f"{SETTINGS}brand/", {"colour": "#FF9900"})
    offered = answer.context["form"].offered
    assert offered
    assert offered in answer.content.decode()
    assert Landlord.objects.get(pk=poole.pk).brand_colour == "#0F5E5A"
    client.post(f"{SETTINGS}brand/", {"colour": offered})
    assert Landlord.objects.get(pk=poole.pk).brand_colour == offered


def test_a_logo_is_kept_small_and_drawn_anew(poole: Landlord, client: Client) -> None:
    client.post(f"{SETTINGS}brand/logo/", {"logo": SimpleUploadedFile("logo.png", picture())})
    kept = bytes(Landlord.objects.get(pk=poole.pk).logo_png or b"")
    assert len(kept) <= 200 * 1024
    assert Image.open(io.BytesIO(kept)).size == (480, 160)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a picture we can read"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "not a picture we can read"),
        (b"\x89PNG" + b"\x00" * (5 * 1024 * 1024), "larger than 5 MB"),
    ],
)
def test_what_is_no_logo_is_refused_with_a_sentence(
    poole: Landlord, client: Client, data: bytes, words: str
) -> None:
    upload = SimpleUploadedFile("logo.png", data)
    page = client.post(f"{SETTINGS}brand/logo/", {"logo": upload}).content.decode()
    assert words in page
    assert Landlord.objects.get(pk=poole.pk).logo_png is None


def test_the_starting_subjects_come_once(poole: Landlord, client: Client) -> None:
    client.post(f"{SETTINGS}lists/subjects/start/")
    with landlord_scope(poole):
        count = Subject.objects.count()
    assert count > 30
    page = client.post(f"{SETTINGS}lists/subjects/start/", follow=True).content.decode()
    assert "There are subjects already" in page
    with landlord_scope(poole):
        assert Subject.objects.count() == count


def test_a_place_cannot_lie_inside_what_lies_in_it(poole: Landlord, client: Client) -> None:
    with landlord_scope(poole):
        estate = Place.objects.create(name="Turlin Moor", kind="ESTATE")
        block = Place.objects.create(name="Foster Road", kind="BLOCK", parent=estate)
    values = {"name": "Turlin Moor", "kind": "ESTATE", "parent": block.pk}
    answer = client.post(f"{SETTINGS}lists/places/{estate.pk}/", values)
    assert "It cannot lie inside itself" in answer.content.decode()
    refused = client.post(f"{SETTINGS}lists/places/{estate.pk}/archive/", follow=True)
    assert "Others lie inside it" in refused.content.decode()


def test_officers_do_not_change_settings_and_strangers_find_none(
    officer_client: Client, stranger_client: Client
) -> None:
    for path in ("", "about/names/", "brand/", "words/", "lists/units/", "start/", "sign-in/"):
        assert officer_client.get(SETTINGS + path).status_code == 403
        assert stranger_client.get(SETTINGS + path).status_code == 404
