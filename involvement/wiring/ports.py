from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string


class PortNotBound(Exception):
    """`settings.PORTS` binds nothing to this name."""


@cache
def _load(path: str) -> Any:
    return import_string(path)


def port(name: str) -> Any:
    """The adapter bound to a port, e.g. `port("plans.monitors")`. Raises PortNotBound."""
    path = settings.PORTS.get(name)
    if path is None:
        raise PortNotBound(f"No adapter is bound to the port “{name}” in settings.PORTS.")
    return _load(path)
