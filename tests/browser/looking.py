"""Looks at one page as a browser draws it, and says in words what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import ConsoleMessage, Error, Page

from tests.browser.world import Looking, World

NARROW = 320
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ASK_AXE = """async rules => (await axe.run(document, {
    runOnly: {type: "tag", values: rules}, resultTypes: ["violations"]
})).violations.flatMap(fault => fault.nodes.map(
    node => `${fault.id}: ${node.target} ${node.html.slice(0, 160)}`
))"""
ASK_PAGE = """() => ({
    headings: document.querySelectorAll("h1").length,
    title: document.title.trim(),
    lang: document.documentElement.lang,
    over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
})"""


class Looker:
    """Opens pages of the world as somebody and at a width."""

    def __init__(
        self,
        world: World,
        pages: Callable[[Looking, int], Page],
        axe: str,
    ) -> None:
        self.world = world
        self.pages = pages
        self.axe = axe

    def faults(
        self, path: str, *, member: Looking, width: int = NARROW, sent: str = ""
    ) -> list[str]:
        """What is wrong with the page at `path`, as sentences; nothing where all is well. With
        `sent`, a form's selector, with the page that answers when its form is sent as it is.
        """
        page = self.pages(member, width)
        said: list[str] = []

        def hear(line: ConsoleMessage) -> None:
            if line.type == "error":
                said.append(line.text)

        def hear_error(error: Error) -> None:
            said.append(str(error))

        page.on("console", hear)
        page.on("pageerror", hear_error)
        try:
            answer = page.goto(self.world.address(path))
            if sent:
                with page.expect_navigation() as sending:
                    page.locator(sent).evaluate("form => form.submit()")
                answer = sending.value
            assert answer is not None
            found = [] if answer.status == 200 else [f"answers {answer.status}"]
            return found + faults_of(page, self.axe) + said
        finally:
            page.remove_listener("console", hear)
            page.remove_listener("pageerror", hear_error)


def faults_of(page: Page, axe: str) -> list[str]:
    """What is wrong with the page that is open."""
    facts: dict[str, Any] = page.evaluate(ASK_PAGE)
    found = []
    if facts["headings"] != 1:
        found.append(f"has {facts['headings']} first headings")
    if not facts["title"]:
        found.append("has no title")
    if not facts["lang"].startswith(("en", "cy")):
        found.append(f"says its language is “{facts['lang']}”")
    if facts["over"] > 0:
        found.append(f"is {facts['over']} px wider than the screen")
    page.evaluate(f"() => {{ {axe} }}")
    faults: list[str] = page.evaluate(ASK_AXE, RULES)
    return found + faults
