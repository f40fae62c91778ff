"""What a form was sent, if it was sent at all; an empty form that was sent counts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def sent(request: HttpRequest) -> Any:
    """The fields that were sent, or None where the page is only read."""
    return request.POST if request.method == "POST" else None


def sent_files(request: HttpRequest) -> tuple[Any, Any]:
    """The fields and the files that were sent, or None for both."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)
