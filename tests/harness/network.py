"""No test reaches the network. Sockets in folders are allowed, for the tests' own servers; the
machine's own address only where a test serves pages to a browser."""

from __future__ import annotations

import pytest

OWN_ADDRESS = "127.0.0.1"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if item.get_closest_marker("browser") or "live_server" in fixtures:
            item.add_marker(pytest.mark.allow_hosts([OWN_ADDRESS]))
        elif not item.config.getoption("--disable-socket"):
            # However pytest was called. The development database may listen on the own address.
            item.add_marker(pytest.mark.allow_hosts([OWN_ADDRESS]))
