"""One person: found twice and merged, split again, moved, taken out with a list, shown all that is
kept, and forgotten; every step in the browser."""

from __future__ import annotations

import csv
import datetime as dt
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone

from involvement.accounts.models import Membership
from involvement.auditing.actors import Actor, ActorKind
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from residents.duplicates.operations import look_for_duplicates
from residents.exports.models import Export
from residents.people.models import Person
from residents.people.operations.homes import add_home
from residents.privacy.models import AccessRequest, Erasure
from tests.browser.journeys import Window
from tests.factories.accounts import make_member
from tests.factories.feedback import make_feedback
from tests.factories.people import make_person

FIRST, SECOND = "Doreen Hackett (demo)", "D Hackett (demo)"
CLERK = Actor(ActorKind.STAFF, "Ada Frost (demo)")


@pytest.fixture
def ada(housing: Landlord) -> Membership:
    """Ada Frost (demo), administrator of the journey."""
    return make_member(housing, "Ada Frost (demo)", "ADMINISTRATOR", initials="AF")


@pytest.fixture
def doreen(housing: Landlord) -> Person:
    """Doreen, who is here twice, and of whom somebody else spoke."""
    with landlord_scope(housing):
        person = make_person(FIRST, phone="01632 960 123")
        other = make_person(SECOND, phone="01632 960 123", address="5 Mill Row, Meadow")
        make_feedback("The lift is out again.", person=person)
        make_feedback("The gate does not shut.", person=other)
        make_feedback("Doreen Hackett told me about the bins.")
        for number in (1, 2):
            add_home(address=f"{number} Larch Close", by=CLERK, at=timezone.now())
        look_for_duplicates(by=CLERK, at=timezone.now())
    return person


def test_a_person_is_merged_split_moved_exported_shown_and_erased(
    window: Callable[..., Window],
    housing: Landlord,
    ada: Membership,
    doreen: Person,
    tmp_path: Path,
) -> None:
    here = window(ada)
    merges_the_two(here)
    splits_them_again(here)
    moves_her(here, doreen)
    takes_a_list_out(here, tmp_path)
    gets_the_pack(here, doreen, tmp_path)
    erases_her(here, doreen)
    with landlord_scope(housing):
        assert AccessRequest.objects.get().downloads == 1
        assert Export.objects.get().rows == 1
        assert Erasure.objects.get().state == Erasure.State.DONE
        gone = Person.objects.get(pk=doreen.pk)
        assert (gone.name, gone.status, gone.home) == ("A resident", "ERASED", None)
        assert not Person.objects.filter(name=FIRST).exists()


def merges_the_two(here: Window) -> None:
    here.open("/desk/people/")
    here.keyboard.press("People who may be here twice")
    assert "1 pair may be one person, the likeliest first" in here.words
    here.is_sound()
    here.keyboard.press(FIRST)
    assert "the same telephone number" in here.words
    here.is_sound()
    here.keyboard.press("Make them one person")
    assert here.heading == FIRST
    assert "The gate does not shut." in here.words
    here.is_sound()


def splits_them_again(here: Window) -> None:
    here.keyboard.press("Split them again")
    assert here.heading == SECOND
    assert "The gate does not shut." in here.words
    assert "May be" in here.words


def moves_her(here: Window, doreen: Person) -> None:
    """Into one home, and from there to another; what she said stays where it was said."""
    for home, days in (("1 Larch Close", 400), ("2 Larch Close", 10)):
        day = timezone.localdate() - dt.timedelta(days=days)
        here.open(f"/desk/people/{doreen.pk}/")
        here.keyboard.press("They moved")
        here.is_sound()
        here.keyboard.type_into("New home", home)
        here.keyboard.say_day("Moved in on", day)
        here.keyboard.choose("As", "Tenant")
        here.keyboard.press("Keep the move")
        assert here.heading == FIRST
        assert f"{FIRST} lives at {home} now." in here.words
    assert f"since {day.day} {day:%B %Y}" in here.words
    assert "The lift is out again." in here.words
    here.is_sound()


def takes_a_list_out(here: Window, folder: Path) -> None:
    """The list of people as she narrowed it, with what it is for."""
    here.open("/desk/people/")
    here.keyboard.type_into("Name", "Doreen")
    here.keyboard.press("Find")
    here.keyboard.press("Take this list out")
    assert "The file will hold 1 row." in here.words
    here.is_sound()
    here.keyboard.type_into("What it is for", "Invitations to the open day")
    here.keyboard.go_to("Excel workbook")
    here.page.keyboard.press("ArrowUp")
    here.keyboard.press("Take the list out")
    assert here.heading == "Lists taken out"
    assert "Invitations to the open day" in here.words
    here.is_sound()
    with here.page.expect_download() as download:
        here.keyboard.go_to("Fetch it")
        here.page.keyboard.press("Enter")
    download.value.save_as(folder / "people.csv")
    with (folder / "people.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["Name"], row["Home address"]) == (FIRST, "2 Larch Close")


def gets_the_pack(here: Window, doreen: Person, folder: Path) -> None:
    here.open(f"/desk/people/{doreen.pk}/")
    here.keyboard.press("Show them what we keep")
    here.keyboard.type_into("How we know it is them", "Rang from the number we have")
    here.is_sound()
    here.keyboard.press("Record the request")
    assert "Doreen Hackett told me about the bins." in here.words
    here.is_sound()
    here.keyboard.press("Include it")
    here.keyboard.press("Make the pack")
    assert "The pack is ready." in here.words
    here.is_sound()
    here.keyboard.go_to("Fetch the pack")
    with here.page.expect_download() as download:
        here.page.keyboard.press("Enter")
    download.value.save_as(folder / "pack.zip")
    with zipfile.ZipFile(folder / "pack.zip") as pack:
        table = pack.read("What we keep about you.csv").decode("utf-8-sig")
    assert "1 Larch Close" in table
    assert "2 Larch Close" in table
    assert "Doreen Hackett told me about the bins." in table
    here.page.reload()
    here.keyboard.press("Note that it was sent")
    here.keyboard.press("Note it")
    assert "The pack was sent by letter" in here.words
    here.is_sound()


def erases_her(here: Window, doreen: Person) -> None:
    here.open(f"/desk/people/{doreen.pk}/")
    here.keyboard.press("Erase what we keep")
    here.keyboard.tick("They asked to be forgotten")
    here.is_sound()
    here.keyboard.press("Propose to erase them")
    here.is_sound()
    here.keyboard.tick("I have read what will happen")
    here.keyboard.press("Erase for good")
    assert "a resident was erased" in here.heading
    assert "Hackett" not in here.words
    here.is_sound()
    here.open(f"/desk/people/{doreen.pk}/")
    assert "This cannot be undone" in here.words
    here.is_sound()
