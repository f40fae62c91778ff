"""The answer where somebody else holds what was to be saved, and did not let go in time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.contrib.messages import get_messages
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from psycopg.errors import DeadlockDetected, LockNotAvailable

WORDS: Final = (
    "Somebody else, or a long list, is changing this just now. Nothing was saved. "
    "Go back, and save again in a minute."
)
AGAIN_AFTER_SECONDS: Final = "60"


class BusyMiddleware:
    """A view that waited too long for a lock, or was picked to end a deadlock, is answered with 503
    and the words. Its transaction is rolled back by then, so they are true.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not _waited_in_vain(error):
            return None
        answer = _for_a_system() if _is_for_systems(request) else _for_a_reader(request)
        answer["Retry-After"] = AGAIN_AFTER_SECONDS
        return answer


def _waited_in_vain(error: Exception) -> bool:
    return isinstance(error, OperationalError) and isinstance(
        error.__cause__, LockNotAvailable | DeadlockDetected
    )


def _is_for_systems(request: HttpRequest) -> bool:
    """Doors that no cookie opens are for systems, which read no pages."""
    opened: Any = request.resolver_match.func if request.resolver_match else None
    return bool(getattr(opened, "csrf_exempt", False))


def _for_a_system() -> HttpResponse:
    return JsonResponse({"error": WORDS}, status=503)


def _for_a_reader(request: HttpRequest) -> HttpResponse:
    # Where the commit itself waited, the view has already promised that all is kept
    list(get_messages(request))
    return render(request, "503.html", {"words": WORDS, "messages": ()}, status=503)
