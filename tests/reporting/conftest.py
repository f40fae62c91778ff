from __future__ import annotations

from typing import Any

import pytest

from involvement.landlords.models import Landlord
from tests.factories.reports import a_quarter


@pytest.fixture(autouse=True)
def _in_november(time_machine: Any) -> None:
    """The quarter from July to September is over, and so is the month in which it is counted."""
    time_machine.move_to("2026-11-12T09:30:00+00:00")


@pytest.fixture
def quarter(in_poole: Landlord) -> dict[str, Any]:
    return a_quarter(in_poole)
