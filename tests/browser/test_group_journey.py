"""Somebody of a group reads the totals of its landlords, on a small telephone and at a desk."""

from __future__ import annotations

from collections.abc import Callable

from involvement.isolation import landlord_scope
from tests.browser.journeys import Window
from tests.browser.world import World
from tests.factories.accounts import make_member
from tests.factories.feedback import make_feedback
from tests.factories.landlords import make_landlord


def test_a_group_viewer_reads_totals_and_finds_them_from_the_library(
    world: World, window: Callable[..., Window]
) -> None:
    group = make_landlord("vale-group", kind="GROUP", name="Vale (demo)")
    member = make_landlord("vale-homes", name="Vale Homes (demo)", parent=group)
    with landlord_scope(member):
        make_feedback("The gate does not shut.")
    viewer = make_member(group, "Hattie Broom (demo)", "GROUP_VIEWER")
    here = window()
    here.page.context.add_cookies([world.session_of(viewer, group)])
    here.page.goto(world.address("/board/", group))
    here.page.get_by_role("link", name="The group’s landlords").click()
    assert here.heading == "The group’s landlords"
    assert "residents said 1 thing to 1 landlord; 1 waits for an answer" in here.words
    assert "gate" not in here.words
    for width in (320, 1280):
        here.page.set_viewport_size({"width": width, "height": 800})
        here.is_sound()
    here.page.locator("summary").get_by_text("The same figures").click()
    here.is_sound()
