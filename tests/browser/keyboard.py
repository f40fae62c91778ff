"""A person with a keyboard and nothing else."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from playwright.sync_api import Page

# What a screen reader would call the element that has the focus
NAME = """() => {
    const one = document.activeElement;
    const words = one.getAttribute("aria-label") || one.labels?.[0]?.innerText
        || one.innerText || one.value || "";
    return words.replace(/\\s+/g, " ").trim();
}"""
MOST_TABS = 250


class Keyboard:
    """Moves through a page by Tab alone, and presses what it finds by its words."""

    def __init__(self, page: Page) -> None:
        self.page = page
        # While nobody listens the browser opens no dialog, and beginning to listen takes a while
        page.on("filechooser", lambda _dialog: None)

    def go_to(self, words: str) -> None:
        """Tab on until what begins with these words has the focus. Fails where nothing has."""
        passed = []
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            name = self.page.evaluate(NAME)
            if name.startswith(words):
                return
            passed.append(name[:40])
        raise AssertionError(f"Tab reaches nothing called “{words}”, but {sorted(set(passed))}")

    def type_into(self, label: str, words: str) -> None:
        """Fill a field in, in place of what it holds."""
        self.go_to(label)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(words)

    def say_day(self, label: str, day: dt.date) -> None:
        """Fill in a day. It is given whole, since each browser takes its parts in an order of its
        own language."""
        self.go_to(label)
        self.page.locator(":focus").fill(day.isoformat())

    def choose(self, label: str, option: str) -> None:
        """Choose from a list by typing its words."""
        self.go_to(label)
        self.page.keyboard.type(option)

    def tick(self, label: str) -> None:
        """Tick a box, or choose one of several buttons beside it with the same key."""
        self.go_to(label)
        self.page.keyboard.press("Space")

    def press(self, words: str) -> None:
        """Press a button or follow a link, and wait for the page it leads to."""
        self.go_to(words)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def give_file(self, label: str, file: Path) -> None:
        """Choose a file in the dialog that opens."""
        self.go_to(label)
        with self.page.expect_file_chooser() as dialog:
            self.page.keyboard.press("Enter")
        dialog.value.set_files(file)
