"""The page for whoever opens an address that only takes what a form sends."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


class NoPageMiddleware:
    """An address that was opened and is no page is refused with words and a way back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if _was_opened_in_vain(request, answer):
            answer.content = render_to_string("405.html", request=request).encode()
        return answer


def _was_opened_in_vain(request: HttpRequest, answer: HttpResponse) -> bool:
    """Not at the doors that no cookie opens: they are for systems, which read no pages."""
    opened: Any = request.resolver_match.func if request.resolver_match else None
    return (
        answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED
        and request.method == "GET"
        and not answer.content
        and not getattr(opened, "csrf_exempt", False)
    )
