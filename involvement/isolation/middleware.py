"""Finds the landlord by the address, so that no URL pattern carries it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import get_script_prefix, set_script_prefix

from involvement.isolation.scope import landlord_scope, no_scope
from involvement.landlords import queries

PATH_FORM = re.compile(r"^/at/(?P<slug>[a-z0-9-]+)(?P<rest>/.*)?$")


@contextmanager
def _prefix_given_back() -> Iterator[None]:
    """What a thread serves next must not write this landlord's address."""
    before = get_script_prefix()
    try:
        yield
    finally:
        set_script_prefix(before)


class LandlordMiddleware:
    """`poole.example.org/…`, a landlord's own domain, or `/at/poole/…` on the bare host.

    Every request enters a scope, also "nobody", so nothing a thread still carries is inherited.
    Raises Http404 for an address that is no landlord's.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with no_scope():
            landlord = queries.landlord_by_host(request.get_host(), settings.BASE_DOMAIN)
            by_path = PATH_FORM.match(request.path_info) if landlord is None else None
            if by_path:
                landlord = queries.landlord_by_slug(by_path["slug"])
                if landlord is None:
                    return self._not_found(request)
            request.landlord = landlord  # type: ignore[attr-defined]  # declared on LandlordRequest
            if landlord is None:
                return self.get_response(request)
            with landlord_scope(landlord), _prefix_given_back():
                if by_path:
                    self._move_prefix(request, by_path["slug"], by_path["rest"] or "/")
                return self.get_response(request)

    @staticmethod
    def _move_prefix(request: HttpRequest, slug: str, rest: str) -> None:
        """`reverse()` then puts `/at/<slug>` before every address by itself."""
        prefix = f"{request.META.get('SCRIPT_NAME', '')}/at/{slug}"
        request.path_info = rest
        request.META["SCRIPT_NAME"] = prefix
        request.path = prefix + rest
        set_script_prefix(prefix + "/")

    def _not_found(self, request: HttpRequest) -> HttpResponse:
        from django.core.handlers.exception import response_for_exception  # noqa: PLC0415 -- only on this path

        request.landlord = None  # type: ignore[attr-defined]  # declared on LandlordRequest
        return response_for_exception(request, Http404("No landlord has this address."))
