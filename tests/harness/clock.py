"""Every test begins at the same moment, so that none depends on the day it runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import PurePath
from zoneinfo import ZoneInfo

import pytest
import time_machine

# A Wednesday in the middle of a month, of a quarter and of British Summer Time.
STARTS_AT = dt.datetime(2026, 8, 12, 10, 0, tzinfo=ZoneInfo("Europe/London"))

# Folders whose tests deal with programs of their own, which read the machine's clock.
REAL_CLOCK = {
    "tests/involvement/servers": "supervised programs write their own times",
    "tests/browser": "the browser judges the age of cookies by the machine's clock",
    "tests/benchmarks": "what is measured must not be patched",
}


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "real_clock(reason): begins at the machine's own time, for the reason given"
    )


@pytest.fixture(autouse=True)
def _fixed_start(request: pytest.FixtureRequest) -> Iterator[None]:
    path = PurePath(request.node.path).relative_to(request.config.rootpath)
    if request.node.get_closest_marker("real_clock") or any(
        path.is_relative_to(folder) for folder in REAL_CLOCK
    ):
        yield
        return
    with time_machine.travel(STARTS_AT, tick=True):
        yield
