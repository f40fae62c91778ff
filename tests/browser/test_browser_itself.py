"""The browser starts, draws what the product writes, and can be asked about accessibility."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.looking import faults_of

PAGE = """<!doctype html><html lang="en-GB"><title>Have your say</title>
<main><h1>Have your say</h1>{}</main></html>"""


def test_axe_finds_a_fault_that_is_there_and_none_where_there_is_none(
    page: Page, axe_script: str
) -> None:
    page.set_content(PAGE.format("<label>Name <input></label>"))
    assert page.title() == "Have your say"
    assert faults_of(page, axe_script) == []

    page.set_content(PAGE.format("<input>"))
    assert [fault.split(":")[0] for fault in faults_of(page, axe_script)] == ["label"]


def test_a_page_wider_than_the_screen_and_a_second_heading_are_told(
    page: Page, axe_script: str
) -> None:
    page.set_content(PAGE.format('<h1>Again</h1><p class="wide">Too wide</p>'))
    page.add_style_tag(content=".wide { width: 500px }")
    faults = faults_of(page, axe_script)
    assert faults[0] == "has 2 first headings"
    assert faults[1].endswith("px wider than the screen")
