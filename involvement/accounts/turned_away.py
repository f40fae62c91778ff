"""What the server's log says of a page that was refused: one line, and no traceback."""

from __future__ import annotations

import logging
from typing import Any


class OneLine(logging.Filter):
    """Rewrites Django's warning of a 4xx answer to status, path, who asked, and what they lack.

    People stand there by key, never by name or address. Errors of our own (5xx) keep their
    traceback.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        status = getattr(record, "status_code", 0)
        request = getattr(record, "request", None)
        # Logging set up twice filters twice, and by then what they lack is gone
        if request is None or not 400 <= status < 500 or hasattr(record, "is_one_line"):
            return True
        record.is_one_line = True
        refused = record.exc_info[1] if record.exc_info else None
        words = [f"{status} {request.method} {_one_line(request.path)}", _who(request)]
        if refused is not None and refused.args:
            words.append(f"lacks {_one_line(str(refused.args[0]))}")
        record.msg, record.args = ", ".join(words), ()
        record.exc_info = record.exc_text = None
        return True


def _who(request: Any) -> str:
    membership = getattr(request, "membership", None)
    landlord = getattr(request, "landlord", None)
    at = f" at {landlord.slug}" if landlord else ""
    if membership is not None:
        return f"member {membership.pk}{at}"
    # Only where it has been read already: a log line asks the database nothing.
    user = getattr(request, "_cached_user", None)
    return f"user {user.pk}{at}" if user is not None and user.pk else f"nobody signed in{at}"


def _one_line(words: str) -> str:
    return words.encode("unicode_escape").decode()
