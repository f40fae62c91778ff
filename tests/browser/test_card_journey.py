"""A pile of paper cards, keyed in without a mouse: each in under half a minute."""

from __future__ import annotations

import time

from django.urls import reverse
from playwright.sync_api import Page, expect

from involvement.accounts.permissions import Permission
from involvement.isolation import landlord_scope
from residents.interests.models import MethodWish
from residents.people.models import Person
from residents.preferences.models import Need
from tests.browser.world import World

MOST_SECONDS = 30


def key_in(page: Page, name: str, contact: str) -> float:
    """Key one card in from the keyboard alone. Answers how many seconds it took."""
    began = time.monotonic()
    keys = page.keyboard
    expect(page.locator("#id_who")).to_be_focused()
    keys.type(name)
    keys.press("Tab")
    keys.type(contact)
    keys.press("Tab")  # what interests them: the first tick
    keys.press("Space")
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    keys.press("Space")
    keys.press("Tab")  # ways of taking part
    keys.press("s")
    keys.press("Space")
    keys.press("Tab")  # time
    keys.type("2")
    for _ in range(3):
        keys.press("Tab")
    if page.evaluate("document.activeElement.name") == "level":
        keys.press("Tab")
    keys.press("l")  # formats: large print
    keys.press("Space")
    keys.press("Tab")  # support
    keys.press("t")
    keys.press("Space")
    keys.press("Tab")  # language, a line in which Enter saves
    keys.press("Enter")
    page.wait_for_url("**/interests/card/?*")
    expect(page.locator(".message")).to_contain_text(f"The card of {name} is keyed in.")
    return time.monotonic() - began


def test_a_pile_of_cards_is_keyed_in_by_keyboard_alone(world: World, page: Page) -> None:
    page.context.add_cookies([world.session_of(world.who_may(Permission.PEOPLE_CHANGE))])
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(world.address(reverse("interests:card")))
    cards = [("Ŵyn Keyed (demo)", "07700 900 871"), ("Zoë Keyed (demo)", "zoe@keyed.example")]
    seconds = [key_in(page, name, contact) for name, contact in cards]
    assert max(seconds) < MOST_SECONDS, seconds
    with landlord_scope(world.landlord):
        people = list(Person.objects.filter(name__contains="Keyed").order_by("name_sort", "pk"))
        assert {person.name for person in people} == {name for name, _ in cards}
        for person in people:
            assert person.large_print
            assert person.interests.count() == 2
            assert [str(row.method) for row in MethodWish.objects.filter(person=person)] == [
                "Surveys"
            ]
            kinds = Need.objects.filter(person=person).order_by("kind")
            assert list(kinds.values_list("kind", flat=True)) == ["LARGE_PRINT", "TRANSPORT"]
