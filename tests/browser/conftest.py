"""The browser (the one pinned in package.json), and a world for it: the demonstration's own
landlords, loaded once and served by a thread of this process, so that the strict harness holds
for pages that a browser asks for as well."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from involvement.accounts.models import Membership
from involvement.landlords.models import Landlord
from involvement.servers.chromium import FLAGS, find_chromium
from involvement.servers.places import PROJECT
from tests.browser.journeys import Window
from tests.browser.keyboard import Keyboard
from tests.browser.looking import Looker
from tests.browser.site import Site, walk_site
from tests.browser.states import further_paths
from tests.browser.world import Looking, World, load_world
from tests.database import committed
from tests.factories.accounts import make_member
from tests.factories.landlords import make_landlord

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)
            # Playwright talks to the browser through an event loop that opens a pair of sockets
            item.add_marker(pytest.mark.enable_socket)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """What pytest-playwright starts the browser with."""
    return {"executable_path": str(find_chromium()), "args": list(FLAGS)}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """English as residents have it, on the narrowest screen."""
    return {
        **browser_context_args,
        "locale": "en-GB",
        "timezone_id": "Europe/London",
        "viewport": {"width": 320, "height": 800},
    }


@pytest.fixture(scope="session")
def axe_script() -> str:
    """The accessibility checks. Evaluated, not added to the page, whose policy allows no script
    of others."""
    return (PROJECT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def beside_an_event_loop() -> Iterator[None]:
    """Playwright keeps an event loop in this thread, which Django takes for an async caller."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture(scope="package")
def world(
    beside_an_event_loop: None, django_db_setup: None, django_db_blocker: Any
) -> Iterator[World]:
    """The demonstration's landlords in the test database, and a server. Emptied at the end."""
    with committed(django_db_blocker), override_settings(DEMO_MODE=True):
        server = LiveServer("127.0.0.1")
        try:
            yield load_world(server.thread.port)
        finally:
            server.stop()


@pytest.fixture(scope="package")
def further(world: World) -> list[str]:
    """Pages that no link leads to, in the states they are looked at in."""
    return further_paths(world)


@pytest.fixture(scope="package")
def site(world: World, further: list[str]) -> Site:
    """Which rows the pages of each address can be looked at with."""
    return walk_site(world, further)


@pytest.fixture(scope="package")
def pages(
    world: World, browser: Browser, browser_context_args: dict[str, Any]
) -> Iterator[Callable[[Looking, int], Page]]:
    """A window for each person and width, kept open between tests: each new one would start a
    process, which reads every script and font again. None is a visitor."""
    made: dict[tuple[int | str | None, int], Page] = {}

    def page(member: Looking, width: int) -> Page:
        key = (member.pk if member else None, width)
        if key not in made:
            size = {"width": width, "height": 800}
            context = browser.new_context(**browser_context_args | {"viewport": size})
            if member is not None:
                context.add_cookies([world.session_of(member)])
            made[key] = context.new_page()
        return made[key]

    yield page
    for one in made.values():
        one.context.close()


@pytest.fixture
def look(world: World, pages: Callable[[Looking, int], Page], axe_script: str) -> Looker:
    """Looks at a page as one of the cast and tells its faults."""
    return Looker(world, pages, axe_script)


@pytest.fixture
def housing(world: World, request: pytest.FixtureRequest) -> Landlord:
    """A landlord of the journey's own, at its own address."""
    return make_landlord(
        f"meadow-{Landlord.objects.count()}",
        name="Meadow Homes (demo)",
        short_name="Meadow",
        contact_name="Jean Marlow (demo)",
        contact_phone="01632 960 210",
    )


@pytest.fixture
def jo(housing: Landlord) -> Membership:
    """Jo Field (demo), involvement officer of the journey."""
    return make_member(housing, "Jo Field (demo)", "OFFICER", initials="JF")


@pytest.fixture
def window(
    world: World,
    housing: Landlord,
    browser: Browser,
    browser_context_args: dict[str, Any],
    axe_script: str,
) -> Iterator[Callable[..., Window]]:
    """Opens a window on a telephone's screen, signed in or not, with or without script."""
    opened: list[BrowserContext] = []

    def at(member: Membership | None = None, *, script: bool = True) -> Window:
        context = browser.new_context(**browser_context_args, java_script_enabled=script)
        opened.append(context)
        if member is not None:
            context.add_cookies([world.session_of(member, housing)])
        page = context.new_page()
        return Window(page, Keyboard(page), lambda path: world.address(path, housing), axe_script)

    yield at
    for context in opened:
        context.close()
