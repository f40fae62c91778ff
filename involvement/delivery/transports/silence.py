"""Whether a request that met no answer can have been taken."""

from __future__ import annotations

import requests
from urllib3.exceptions import NewConnectionError


def certainly_unsent(failure: BaseException | None) -> bool:
    """Whether a connection failed before anything was said, and not after."""
    if isinstance(failure, requests.ConnectTimeout):
        return True
    pool = failure.args[0] if failure is not None and failure.args else None
    return isinstance(getattr(pool, "reason", None), NewConnectionError)
