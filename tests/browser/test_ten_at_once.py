"""Ten rows from one stall: all in sight on a desk, three at first on a telephone without script."""

from __future__ import annotations

from collections.abc import Callable

from actionplans.feedback.models import Feedback
from involvement.accounts.models import Membership
from involvement.isolation import landlord_scope
from tests.browser.journeys import Window

PATH = "/desk/said/record/many/"
ROWS = ".entry__rows > li"


def rows_in_sight(here: Window) -> int:
    return sum(row.is_visible() for row in here.page.locator(ROWS).all())


def height(here: Window) -> int:
    found: int = here.page.evaluate("document.documentElement.scrollHeight")
    return found


def test_a_telephone_shows_three_rows_and_the_others_when_asked(
    window: Callable[..., Window], jo: Membership
) -> None:
    here = window(jo, script=False)
    here.open(PATH)
    assert rows_in_sight(here) == 3
    assert height(here) < 2000
    here.page.locator("#id_row-0-words").fill("The bin store is dark")
    here.page.get_by_role("link", name="Show rows 4 to 10").click()
    assert rows_in_sight(here) == 10
    assert not here.page.get_by_role("link", name="Show rows 4 to 10").is_visible()
    here.page.locator("#id_row-4-words").fill("The lift is slow")
    here.page.locator("#id_row-4-contact").fill("01632 960 300")
    here.page.get_by_role("button", name="Save all rows").click()
    assert "Write the name of the person to be reached like this." in here.words
    assert here.page.locator("#id_row-4-words").is_visible()
    assert here.page.locator("#id_row-0-words").input_value() == "The bin store is dark"
    here.page.locator("#id_row-4-who").fill("Doreen Hackett (demo)")
    here.page.get_by_role("button", name="Save all rows").click()
    assert "2 pieces are recorded." in here.words
    with landlord_scope(jo.landlord):
        said = Feedback.objects.order_by("pk").values_list("words", flat=True)
        assert list(said) == ["The bin store is dark", "The lift is slow"]


def test_a_desk_shows_all_ten_rows(window: Callable[..., Window], jo: Membership) -> None:
    here = window(jo)
    here.open(PATH)
    here.is_sound()
    here.page.get_by_role("link", name="Show rows 4 to 10").click()
    here.is_sound()
    here.page.set_viewport_size({"width": 1280, "height": 800})
    here.open(PATH)
    assert rows_in_sight(here) == 10
    assert not here.page.get_by_role("link", name="Show rows 4 to 10").is_visible()
