"""What journeys share: a landlord of their own, with its officer, and a person at a window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.browser.keyboard import Keyboard
from tests.browser.looking import faults_of


@dataclass
class Window:
    """A browser's window at the landlord's address, with nothing but a keyboard."""

    page: Page
    keyboard: Keyboard
    address: Callable[[str], str]
    axe: str

    def open(self, path: str) -> None:
        """Type an address."""
        self.page.goto(self.address(path))

    @property
    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    @property
    def words(self) -> str:
        """Everything that stands in the page, spaces aside."""
        return " ".join(self.page.locator("main").inner_text().split())

    def is_sound(self) -> None:
        """Fails where axe or the width finds a fault in this state of the page."""
        faults = faults_of(self.page, self.axe)
        assert not faults, "\n".join([self.page.url, *faults])
