"""Warnings are errors. Those of others that we cannot put right are named here, with the reason."""

from __future__ import annotations

import pytest

# A filter of Python's `warnings` → why nothing here can put it right.
NOT_OURS: dict[str, str] = {
    "ignore:Session-scoped fixtures defined as instance methods:pytest.PytestRemovedIn10Warning": (
        "pytest-playwright's base_url fixture is still written for pytest 9"
    ),
    "ignore:HarfBuzz-Subset will be required by future versions:DeprecationWarning": (
        "WeasyPrint subsets fonts with fontTools where the system lacks libharfbuzz-subset0"
    ),
}


def pytest_configure(config: pytest.Config) -> None:
    for line in ("error", *NOT_OURS):
        config.addinivalue_line("filterwarnings", line)
