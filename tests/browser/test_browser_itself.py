"""The browser starts, draws what the product writes, and can be asked about accessibility."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

pytestmark = [
    pytest.mark.browser,
    # Playwright talks to the browser through an event loop that opens a pair of sockets
    pytest.mark.enable_socket,
]

PAGE = """<!doctype html><html lang="en-GB"><title>Have your say</title>
<main><h1>Have your say</h1>{}</main></html>"""


def faults_of(page: Page, axe_script: Path) -> list[str]:
    page.add_script_tag(path=axe_script)
    found = page.evaluate("async () => (await axe.run()).violations.map(fault => fault.id)")
    assert isinstance(found, list)
    return found


def test_axe_finds_a_fault_that_is_there_and_none_where_there_is_none(
    page: Page, axe_script: Path
) -> None:
    page.set_content(PAGE.format("<label>Name <input></label>"))
    assert page.title() == "Have your say"
    assert faults_of(page, axe_script) == []

    page.set_content(PAGE.format("<input>"))
    assert faults_of(page, axe_script) == ["label"]
