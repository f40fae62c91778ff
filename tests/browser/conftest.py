"""The browser: the one pinned in package.json, whichever others this machine has."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from involvement.servers.chromium import FLAGS, find_chromium
from involvement.servers.places import PROJECT


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """What pytest-playwright starts the browser with."""
    return {"executable_path": str(find_chromium()), "args": list(FLAGS)}


@pytest.fixture(scope="session")
def axe_script() -> Path:
    """The accessibility checks, to be added to a page that allows no script of others."""
    return PROJECT / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """English as residents have it; axe is let past the pages' content policy."""
    return {**browser_context_args, "locale": "en-GB", "bypass_csp": True}
