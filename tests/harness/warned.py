"""Warnings are errors. Those of others that we cannot put right are named here, with the reason."""

from __future__ import annotations

import pytest

# A filter of Python's `warnings` → why nothing here can put it right.
NOT_OURS: dict[str, str] = {}


def pytest_configure(config: pytest.Config) -> None:
    for line in ("error", *NOT_OURS):
        config.addinivalue_line("filterwarnings", line)
