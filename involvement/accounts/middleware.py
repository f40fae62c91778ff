from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

SESSION_KEY = "landlord_id"


class SessionBoundToLandlord:
    """A session opened at one landlord's address is nobody's at another's.

    Under `/at/<slug>/` all landlords share one cookie, so the binding is what keeps them apart.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        landlord = request.landlord  # type: ignore[attr-defined]  # set by LandlordMiddleware
        if landlord is not None and request.session.get(SESSION_KEY) != landlord.pk:
            request.user = AnonymousUser()
        return self.get_response(request)
