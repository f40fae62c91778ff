from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.residents.profiles.window import opened


@pytest.fixture(scope="module")
def window(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Lets a test look into the sealed store."""
    with django_db_blocker.unblock(), opened():
        yield
