"""No page offers anybody an act that they may not do: no link and no button is refused."""

from __future__ import annotations

import pytest

from involvement.accounts.permissions import Role
from tests.browser.acts import Offers, Walk, walk_as
from tests.browser.world import World
from tests.conftest import client_for

# How many rows of each address are looked at. Those who may do nearly everything are refused
# by no row what they are offered at another.
ROWS = {
    Role.ADMINISTRATOR: 1,
    Role.OFFICER: 1,
    Role.CONTRIBUTOR: 2,
    Role.MANAGER: 2,
    Role.BOARD: 3,
    Role.GROUP_VIEWER: 3,
}
# What the walk must come past to have seen anything.
SEEN = {
    Role.ADMINISTRATOR: {"privacy:hub", "accounts:member", "exports:export_ask"},
    Role.OFFICER: {"people:person_detail", "feedback:theme_take_out", "replies:tell"},
    Role.CONTRIBUTOR: {"feedback:record", "feedback:theme_detail", "thread:broken_list"},
    Role.MANAGER: {"decisions:decision_record", "reports:report_detail", "plans:plan_detail"},
    Role.BOARD: {"reports_board:report"},
    Role.GROUP_VIEWER: {"reports_board:report"},
}


@pytest.mark.parametrize("role", list(Role))
def test_nobody_is_offered_what_they_may_not_do(
    role: Role, world: World, further: list[str]
) -> None:
    walk = walk_as(world.cast[role], world, further, ROWS[role])
    assert sorted(walk.faults.values()) == []
    assert SEEN[role] - walk.offered - set(walk.looked) == set()


def test_the_walk_tells_what_is_offered_and_refused(world: World) -> None:
    member = world.cast[Role.CONTRIBUTOR]
    walk = Walk(member, client_for(world.landlord, member))
    page = Offers(
        '<a href="/desk/groups/add/">Add</a><a href="/elsewhere/">Out</a>'
        '<form method="post" action="/desk/thread/clear/"><button>Clear</button></form>'
        '<form><button formaction="/desk/said/chosen/note/">Note</button></form>'
        '<form method="post" action="/desk/said/"><button>Post to a list</button></form>'
    )
    assert page.links == ["/desk/groups/add/", "/elsewhere/"]
    assert not walk.may_take("/desk/", page.links[0])
    for form in page.forms:
        walk.try_form("/desk/", form)
    assert sorted(walk.faults.values()) == [
        "/desk/ → /desk/groups/add/ asks for strategy.change",
        "/desk/ → /desk/said/ does not answer POST",
        "/desk/ → /desk/said/chosen/note/ asks for feedback.change",
        "/desk/ → /desk/thread/clear/ asks for feedback.change",
    ]
